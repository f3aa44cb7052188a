"""What takes longer: lasting in time, telling observations, the way to another reading."""

from dataclasses import dataclass

from cuibono.claims.records import Case, Conclusion
from cuibono.questions.joint_bounded import JointRegion, joint_region
from cuibono.questions.lasts import LASTING
from cuibono.questions.lasts_bounded import LastingCell, lasting_cells
from cuibono.questions.lens import Lens
from cuibono.questions.observe import Observable, observable
from cuibono.questions.policies import PolicyTable, policy_table
from cuibono.study.compare import Compared, compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """What becomes of one push in the bounded lens, cell by cell."""

    conclusion: str
    cells: tuple[LastingCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deep:
    """Answers of the main reading that take longer.

    Attributes
    ----------
    lasting : tuple of Lasting
        Of each conclusion about what lasts.
    observables : tuple of Observable
        Of each conclusion that expects signs.
    region : JointRegion
        Where conclusions hold together once levels saturate.
    policies : PolicyTable
        What each policy that the sources name does to each outcome they name.
    compared : Compared or None
        The main reading beside the second one; None with one reading alone.
    """

    lasting: tuple[Lasting, ...]
    observables: tuple[Observable, ...]
    region: JointRegion
    policies: PolicyTable
    compared: Compared | None


def deepened(case: Case, lens: Lens, *, seed: int, draws: int) -> Deep:
    """Return what takes longer, for the reading that a lens looks at.

    Parameters
    ----------
    case : Case
        A valid case.
    lens : Lens
        On the main reading.
    seed, draws : int
        As for `Lens`.
    """
    main = lens.model.reading
    other = next((item for item in case.readings if item.id != main.id), None)
    seen = (observable(lens, item) for item in case.conclusions)
    return Deep(
        lasting=tuple(
            Lasting(conclusion=item.id, cells=cells)
            for item in case.conclusions
            if _lasting(item) and (cells := lasting_cells(lens, item))
        ),
        observables=tuple(item for item in seen if item is not None),
        region=joint_region(lens, case.conclusions),
        policies=policy_table(lens, case.conclusions),
        compared=None
        if other is None
        else compared(case, main, other, seed=seed, draws=draws),
    )


def _lasting(item: Conclusion) -> bool:
    """Whether a conclusion is about what is left of a push."""
    return not item.untestable and any(word in LASTING for _, word in item.expect)
