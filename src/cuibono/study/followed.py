"""Every conclusion under one reading, with what carries it, before and after changes."""

from dataclasses import dataclass

from cuibono.claims.records import Case, Conclusion, Reading
from cuibono.questions.answer import Answer
from cuibono.questions.follows import follows
from cuibono.questions.joint import Joint, jointly
from cuibono.questions.lens import Lens
from cuibono.study.alter import Changes, altered_lens, whole_of
from cuibono.study.merge import merged_conclusion
from cuibono.support.withdraw import Support, support_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """Answers to the conclusions of a case under one reading.

    Attributes
    ----------
    reading : Reading
        Whose premises are granted.
    changes : Changes
        How the reader departs from it.
    answers : tuple of Answer
        One a conclusion, in the case's order, as the reader would have it.
    before : tuple of Answer
        The same without the changes; empty where there are none.
    support : mapping of conclusion to Support
        What carries each, where something does.
    joint : tuple of Joint
        The conclusions in the same models, prior by prior.
    seed, draws : int
        Of every draw.
    """

    reading: Reading
    changes: Changes
    answers: tuple[Answer, ...]
    before: tuple[Answer, ...]
    support: dict[str, Support]
    joint: tuple[Joint, ...]
    seed: int
    draws: int

    @property
    def moved(self) -> tuple[tuple[Answer, Answer], ...]:
        """Answers (before, after) whose verdict the changes turned."""
        pairs = zip(self.before, self.answers, strict=False)
        return tuple((one, two) for one, two in pairs if one.verdict != two.verdict)


def followed_up(
    case: Case,
    reading: Reading,
    changes: Changes,
    *,
    seed: int,
    draws: int,
    deep: bool = False,
) -> Followed:
    """Ask all conclusions of a case under a reading, as a reader would have it.

    Parameters
    ----------
    case : Case
        A valid case with conclusions.
    reading : Reading
        Whose premises are granted.
    changes : Changes
        What the reader withdraws, denies or grants.
    seed, draws : int
        As for `Lens`.
    deep : bool
        Weigh every withdrawal also where there are changes.
    """
    lens = altered_lens(case, reading, changes, seed=seed, draws=draws)
    whole = whole_of(changes)
    conclusions = tuple(
        merged_conclusion(item, lambda name: whole.get(name, name))
        for item in case.conclusions
    )
    answers = tuple(follows(lens, item) for item in conclusions)
    before: tuple[Answer, ...] = ()
    if changes.any:
        plain = altered_lens(case, reading, Changes(), seed=seed, draws=draws)
        before = tuple(follows(plain, item) for item in case.conclusions)
    support = {}
    if deep or not changes.any:
        support = _support(conclusions, lens, answers)
    return Followed(
        reading=reading,
        changes=changes,
        answers=answers,
        before=before,
        support=support,
        joint=jointly(lens, conclusions),
        seed=seed,
        draws=draws,
    )


def _support(
    conclusions: tuple[Conclusion, ...], lens: Lens, answers: tuple[Answer, ...]
) -> dict[str, Support]:
    """What carries each conclusion that has an answer."""
    found = {}
    for item, answer in zip(conclusions, answers, strict=True):
        carried = support_of(lens, item, answer)
        if carried is not None:
            found[item.id] = carried
    return found
