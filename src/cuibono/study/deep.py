"""What takes longer: lasting in time, telling observations, the way to another reading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cuibono.claims.records import Case, Conclusion
from cuibono.questions.answer import Answer
from cuibono.questions.joint_bounded import JointRegion, joint_region
from cuibono.questions.lasts import LASTING
from cuibono.questions.lasts_bounded import LastingCell, lasting_cells
from cuibono.questions.lens import Lens
from cuibono.questions.observe import Observable, observable
from cuibono.questions.policies import PolicyTable, policy_table
from cuibono.study.compare import Compared, compared
from cuibono.support.carriers import Carriers, carriers
from cuibono.support.shared import SharedTests

MAIN_SIZE = 3
"""Size to which sets of claims are tried under the main reading."""
OTHER_SIZE = 2
"""Under the other readings at most."""

Progress = Callable[[str, int, int], None]


def silent(what: str, at: int, of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """What becomes of one push in the bounded lens, cell by cell."""

    conclusion: str
    cells: tuple[LastingCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Carried:
    """What carries one conclusion under one reading, sought to a size."""

    reading: str
    conclusion: str
    size: int
    carriers: Carriers


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
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
    carried : tuple of Carried
        Sets of claims that carry each conclusion: to size 3 under the main reading, to
        size 2 under the others.
    compared : Compared or None
        The main reading beside the second one; None with one reading alone.
    """

    lasting: tuple[Lasting, ...]
    observables: tuple[Observable, ...]
    region: JointRegion
    policies: PolicyTable
    carried: tuple[Carried, ...]
    compared: Compared | None


Asked = tuple[Lens, tuple[Answer, ...]]


def deepened(
    case: Case,
    asked: Sequence[Asked],
    *,
    seed: int,
    draws: int,
    max_size: int = MAIN_SIZE,
    progress: Progress = silent,
) -> Deep:
    """Return what takes longer.

    Parameters
    ----------
    case : Case
        A valid case.
    asked : sequence of (Lens, tuple of Answer)
        Each reading with the answers to its conclusions, the main one first.
    seed, draws : int
        As for `Lens`.
    max_size : int
        Size to which sets of claims are tried under the main reading.
    progress : callable, optional
        Told what is done, and how far it is.
    """
    lens = asked[0][0]
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
        carried=tuple(
            item
            for at, one in enumerate(asked)
            for item in _carried(case, one, at == 0, max_size, progress)
        ),
        compared=None
        if other is None
        else compared(case, main, other, seed=seed, draws=draws),
    )


def _carried(
    case: Case, asked: Asked, is_main: bool, max_size: int, progress: Progress
) -> list[Carried]:
    """What carries the conclusions of one reading."""
    lens, answers = asked
    by_id = {item.id: item for item in case.conclusions}
    authors = {source.id: source.author for source in case.sources}
    shared = SharedTests()
    size = max_size if is_main else min(max_size, OTHER_SIZE)
    found = []
    for at, answer in enumerate(answers):
        progress(f"what carries {answer.id}", at, len(answers))
        carrying = carriers(
            lens,
            by_id[answer.id],
            answer,
            max_size=size,
            authors=authors,
            tests=shared,
            pairs=4 if is_main else 2,
            confirmed=1 if is_main else 0,
        )
        if carrying is not None:
            found.append(
                Carried(
                    reading=lens.model.reading.id,
                    conclusion=answer.id,
                    size=size,
                    carriers=carrying,
                )
            )
    return found


def _lasting(item: Conclusion) -> bool:
    """Whether a conclusion is about what is left of a push."""
    return not item.untestable and any(word in LASTING for _, word in item.expect)
