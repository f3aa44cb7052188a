"""The four rules, what each predicts, and how a verdict is called."""

from dataclasses import dataclass
from enum import Enum
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One of the four sayings about friends and enemies.

    Attributes
    ----------
    name : str
        As users see it.
    statistic : str
        Column that it is tested by.
    predicts : int
        1 if more of the statistic should make an event friendlier, else -1.
    says : str
        Which third actors count, of sender and receiver.
    """

    name: str
    statistic: str
    predicts: int
    says: str


RULES: Final = (
    Rule(
        name="friend of friend",
        statistic="friend.of.friend",
        predicts=1,
        says="sender and receiver have friends in common",
    ),
    Rule(
        name="friend of enemy",
        statistic="friend.of.enemy",
        predicts=-1,
        says="the receiver is a friend of the sender's enemies",
    ),
    Rule(
        name="enemy of friend",
        statistic="enemy.of.friend",
        predicts=-1,
        says="the receiver is an enemy of the sender's friends",
    ),
    Rule(
        name="enemy of enemy",
        statistic="enemy.of.enemy",
        predicts=1,
        says="sender and receiver have enemies in common",
    ),
)


class Verdict(Enum):
    """What the record says of a rule."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    INDISTINCT = "not distinguishable from the actors' general friendliness"
    TOO_LITTLE = "too little data"


class Partial(Enum):
    """Which null alone rejects, of a rule that stays indistinct."""

    NEITHER = "neither null rejects"
    TIMING = "timing only"
    STRUCTURE = "structure only"
    OPPOSED = "the two nulls reject in opposite directions"


def called(predicts: int, timing: int, structure: int) -> tuple[Verdict, Partial]:
    """Verdict of a rule from the directions in which the two nulls reject.

    Parameters
    ----------
    predicts : int
        Direction that the rule predicts.
    timing, structure : int
        1 if the record lies above what the null gives, -1 below, 0 inside.

    Examples
    --------
    >>> called(-1, timing=-1, structure=-1)[0].value
    'supported'
    >>> called(1, timing=0, structure=1)[1].value
    'structure only'
    """
    if timing and timing == structure:
        held = timing == predicts
        return (
            Verdict.SUPPORTED if held else Verdict.CONTRADICTED,
            Partial.NEITHER,
        )
    if timing and structure:
        return Verdict.INDISTINCT, Partial.OPPOSED
    if timing:
        return Verdict.INDISTINCT, Partial.TIMING
    if structure:
        return Verdict.INDISTINCT, Partial.STRUCTURE
    return Verdict.INDISTINCT, Partial.NEITHER
