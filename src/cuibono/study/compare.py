"""Two readings side by side: claims, verdicts, and the way from one to the other."""

from dataclasses import dataclass

from cuibono.claims.records import Case, Reading, Selector
from cuibono.model.build import SignedModel, build_model
from cuibono.questions.answer import Answer
from cuibono.questions.follows import follows
from cuibono.questions.joint import Joint, jointly
from cuibono.questions.lens import Lens
from cuibono.questions.mixture import Sweep, swept
from cuibono.response.store import CellStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What two readings share, and what each makes of the conclusions.

    Attributes
    ----------
    one, other : Reading
        The two.
    only_one, both, only_other : tuple of str
        Claims that build the models.
    links : (int, int, int)
        Links of the first alone, of both, of the second alone.
    opposed : tuple of (str, str)
        Ordered pairs to which the two give opposite signs.
    answers : tuple of (Answer, Answer)
        Conclusion by conclusion, under each reading.
    joint : (tuple of Joint, tuple of Joint)
        The conclusions in the same models, under each.
    sweeps : tuple of Sweep
        From the first reading to the second, over the disputed ties of both together.
    """

    one: Reading
    other: Reading
    only_one: tuple[str, ...]
    both: tuple[str, ...]
    only_other: tuple[str, ...]
    links: tuple[int, int, int]
    opposed: tuple[tuple[str, str], ...]
    answers: tuple[tuple[Answer, Answer], ...]
    joint: tuple[tuple[Joint, ...], tuple[Joint, ...]]
    sweeps: tuple[Sweep, ...]


Link = tuple[str, str, int]
_MORE = 4
"""Models for mixtures, times the usual: weighing leaves few of them at uneven chances."""


def compared(
    case: Case, one: Reading, other: Reading, *, seed: int, draws: int
) -> Compared:
    """Ask every conclusion of a case under two readings, and of their mixtures.

    Parameters
    ----------
    case : Case
        A valid case.
    one, other : Reading
        Two of its readings.
    seed, draws : int
        As for `Lens`.
    """
    store = CellStore()
    models = [build_model(case, reading) for reading in (one, other)]
    lenses = [Lens(model, seed=seed, draws=draws, store=store) for model in models]
    taken = [dict.fromkeys(claim.id for claim in model.claims) for model in models]
    links = [_links(model) for model in models]
    answers = tuple(
        (follows(lenses[0], item), follows(lenses[1], item))
        for item in case.conclusions
    )
    mixed = Reading(
        id=f"{one.id}+{other.id}",
        title=f"{one.title or one.id} and {other.title or other.id} together",
        include=(Selector(claims=tuple(taken[0] | taken[1])),),
    )
    model = build_model(case, mixed)
    lens = Lens(model, seed=seed, draws=_MORE * draws, store=store)
    second = _second_side(model, links[0], links[1])
    return Compared(
        one=one,
        other=other,
        only_one=tuple(name for name in taken[0] if name not in taken[1]),
        both=tuple(name for name in taken[0] if name in taken[1]),
        only_other=tuple(name for name in taken[1] if name not in taken[0]),
        links=(
            len(links[0] - links[1]),
            len(links[0] & links[1]),
            len(links[1] - links[0]),
        ),
        opposed=tuple(
            sorted(
                (tail, head)
                for tail, head, sign in links[0]
                if (tail, head, -sign) in links[1] and sign
            )
        ),
        answers=answers,
        joint=(
            jointly(lenses[0], case.conclusions),
            jointly(lenses[1], case.conclusions),
        ),
        sweeps=swept(lens, case.conclusions, second) if second else (),
    )


def _links(model: SignedModel) -> set[Link]:
    """Signed links of a model by names."""
    return {model.label(k) for k in range(model.digraph.m)}


def _second_side(
    model: SignedModel, first: set[Link], second: set[Link]
) -> dict[int, bool]:
    """Edges of disputed ties on which the two readings differ, and whose they are."""
    graph = model.digraph
    found: dict[int, bool] = {}
    for tie in {int(number) for number in graph.disputed if number > 0}:
        edges = [k for k in range(graph.m) if graph.disputed[k] == tie]
        owners = {k: (model.label(k) in first, model.label(k) in second) for k in edges}
        sides = set(owners.values())
        if sides == {(True, False), (False, True)}:
            found |= {k: owner[1] for k, owner in owners.items()}
    return found
