"""The four rules for a named pair, through every third party tied to both."""

from dataclasses import dataclass
from enum import Enum

from cuibono.model.graph import SignedGraph


class Rule(Enum):
    """Names in the literature: what `b` is to the third party, that party to `a`."""

    FRIEND_OF_FRIEND = "friend of friend"
    FRIEND_OF_ENEMY = "friend of enemy"
    ENEMY_OF_FRIEND = "enemy of friend"
    ENEMY_OF_ENEMY = "enemy of enemy"
    DISPUTED = "a tie on the way is disputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleReading:
    """What one third party lets expect of the pair `a`, `b`.

    Attributes
    ----------
    third : str
        Name of the third party `c`.
    rule : Rule
        Which rule applies; `friend of enemy`: `c` is hostile to `a`, friendly to `b`.
    predicts : int
        1 friendly, -1 hostile, 0 nothing (a tie on the way is disputed).
    ties : tuple of int
        Positions of the ties a-c and c-b.
    stated : int or None
        Sign of a-b: 1, -1, 0 disputed, None not stated.
    """

    third: str
    rule: Rule
    predicts: int
    ties: tuple[int, int]
    stated: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts over the third parties of one pair."""

    friendly: int
    hostile: int
    nothing: int
    stated: int | None
    agree: int
    disagree: int
    by_rule: tuple[tuple[Rule, int], ...]


_RULES = {
    (1, 1): Rule.FRIEND_OF_FRIEND,
    (-1, 1): Rule.FRIEND_OF_ENEMY,
    (1, -1): Rule.ENEMY_OF_FRIEND,
    (-1, -1): Rule.ENEMY_OF_ENEMY,
}


def four_rules(g: SignedGraph, a: str, b: str) -> tuple[RuleReading, ...]:
    """Return what each third party tied to both lets expect of the pair.

    The relation of `a` to the third party comes first: for `enemy of friend` the third
    party is friendly to `a` and hostile to `b`. A product of signs of 1 predicts
    friendly, of -1 hostile.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors.
    a, b : str
        Names of two actors.

    Returns
    -------
    tuple of RuleReading
        One for each third party, in order of position.

    Raises
    ------
    ValueError
        If a name is not in the graph, or both are the same.

    References
    ----------
    Heider (1946), Attitudes and cognitive organization, Journal of Psychology 21.

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> trio = graph([("Arda", "Cor", -1), ("Brun", "Cor", -1)])
    >>> [(r.third, r.rule.value, r.predicts) for r in four_rules(trio, "Arda", "Brun")]
    [('Cor', 'enemy of enemy', 1)]
    """
    for name in (a, b):
        if name not in g.names:
            raise ValueError(f"a and b must be actors of the graph, got {name!r}")
    if a == b:
        raise ValueError(f"a and b must be two actors, got {a!r} twice")
    near_a, near_b = (_neighbours(g, g.names.index(name)) for name in (a, b))
    across = near_a.get(g.names.index(b))
    stated = None if across is None else int(g.sign[across])
    return tuple(
        _reading(g, third, (near_a[third], near_b[third]), stated)
        for third in sorted(near_a.keys() & near_b.keys())
    )


def _neighbours(g: SignedGraph, actor: int) -> dict[int, int]:
    """Map each neighbour of an actor to the tie between them."""
    near = {}
    for tie, (i, j) in enumerate(g.ends.tolist()):
        if actor in {i, j}:
            near[i + j - actor] = tie
    return near


def _reading(
    g: SignedGraph, third: int, ties: tuple[int, int], stated: int | None
) -> RuleReading:
    """Read the rule off the signs of the two ties."""
    first, second = int(g.sign[ties[0]]), int(g.sign[ties[1]])
    return RuleReading(
        third=g.names[third],
        rule=_RULES.get((first, second), Rule.DISPUTED),
        predicts=first * second,
        ties=ties,
        stated=stated,
    )


def tally(readings: tuple[RuleReading, ...]) -> Tally:
    """Return how many third parties predict which sign, and how many are right.

    Parameters
    ----------
    readings : tuple of RuleReading
        Of one pair, from `four_rules`.

    Returns
    -------
    Tally
        `agree` and `disagree` are 0 unless the pair is stated as 1 or -1.

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> trio = graph([("Arda", "Brun", -1), ("Arda", "Cor", -1), ("Brun", "Cor", -1)])
    >>> counts = tally(four_rules(trio, "Arda", "Brun"))
    >>> counts.friendly, counts.agree, counts.disagree
    (1, 0, 1)
    """
    predicted = [reading.predicts for reading in readings]
    stated = readings[0].stated if readings else None
    return Tally(
        friendly=predicted.count(1),
        hostile=predicted.count(-1),
        nothing=predicted.count(0),
        stated=stated,
        agree=predicted.count(stated) if stated else 0,
        disagree=predicted.count(-stated) if stated else 0,
        by_rule=tuple(
            (rule, sum(reading.rule is rule for reading in readings)) for rule in Rule
        ),
    )
