"""The sixteen statistics and the shares straight from their definitions: slow, obvious.

Every value is a sum over all earlier events; nothing is carried from row to row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt


@dataclass(frozen=True)
class Past:
    """One signed event of the past."""

    time: float
    source: str
    target: str
    sign: int
    size: float


@dataclass(frozen=True)
class Rules:
    """How the past counts; the defaults are those of the program."""

    half_life: float = 30.0
    trim: float = 0.0
    form: str = "min"
    directed: bool = False
    density: bool = False


def memory(
    past: Sequence[Past], a: str, b: str, sign: int, now: float, rules: Rules
) -> float:
    """Decayed sum of the events of one sign from a to b."""
    return trimmed(
        [e for e in past if (e.source, e.target, e.sign) == (a, b, sign)], now, rules
    )


def trimmed(events: Sequence[Past], now: float, rules: Rules) -> float:
    """Decayed sum; below the threshold it is forgotten, at once and for good."""
    value, last = 0.0, None
    for event in events:
        if last is not None:
            value *= 2.0 ** (-(event.time - last) / rules.half_life)
            value = value if value >= rules.trim else 0.0
        value += event.size
        last = event.time
    if last is not None:
        value *= 2.0 ** (-(now - last) / rules.half_life)
    value = value if value >= rules.trim else 0.0
    return value * (log(2) / rules.half_life if rules.density else 1.0)


def statistics(
    past: Sequence[Past], a: str, b: str, now: float, rules: Rules
) -> list[float]:
    """The sixteen, in the order of the reference tables."""
    pos, neg = 1, -1
    dyad = [
        memory(past, x, y, s, now, rules)
        for x, y in ((a, b), (b, a))
        for s in (pos, neg)
    ]
    degrees = []
    for actor in (a, b):
        for sign in (pos, neg):
            sent = [e for e in past if e.source == actor and e.sign == sign]
            got = [e for e in past if e.target == actor and e.sign == sign]
            degrees += [trimmed(sent, now, rules), trimmed(got, now, rules)]
    return [*dyad, *degrees, *triads(past, a, b, now, rules)]


def triads(
    past: Sequence[Past], a: str, b: str, now: float, rules: Rules
) -> list[float]:
    """Friend of friend, friend of enemy, enemy of friend, enemy of enemy."""
    actors = {e.source for e in past} | {e.target for e in past}
    found = []
    for first, second in ((1, 1), (-1, 1), (1, -1), (-1, -1)):
        total = 0.0
        for third in sorted(actors - {a, b}):
            one = leg(past, a, third, first, now, rules)
            two = leg(past, third, b, second, now, rules)
            total += min(one, two) if rules.form == "min" else one * two
        found.append(sqrt(total) if rules.form == "root" else total)
    return found


def leg(
    past: Sequence[Past], x: str, y: str, sign: int, now: float, rules: Rules
) -> float:
    """Tie of two actors: from x to y, and unless directed also back."""
    there = memory(past, x, y, sign, now, rules)
    return there if rules.directed else there + memory(past, y, x, sign, now, rules)


def shares(past: Sequence[Past], a: str, b: str) -> list[float]:
    """Long-run log-odds of what a sends, of what b gets, of the two, against all."""

    def counts(events: Sequence[Past]) -> tuple[int, int]:
        friendly = sum(e.sign > 0 for e in events)
        return friendly, len(events) - friendly

    plus, minus = counts(past)
    whole = (plus + 1) / (plus + minus + 2)
    found = []
    for events in (
        [e for e in past if e.source == a],
        [e for e in past if e.target == b],
        [e for e in past if {e.source, e.target} == {a, b}],
    ):
        friendly, hostile = counts(events)
        odds = (friendly + 2 * whole) / (hostile + 2 * (1 - whole))
        found.append(log(odds) - log(whole / (1 - whole)))
    return found
