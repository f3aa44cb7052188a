"""How a result changes with the sign convention."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

import ibis.expr.types as ir

from cuibono.events.conventions.records import Convention, look_up
from cuibono.events.queries.acting import Acting
from cuibono.events.queries.dyads import Plan, dyads
from cuibono.events.queries.small import fetched

LEAST_EVENTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Signs that a convention gives to the events."""

    convention: str
    rows: int
    positive: int
    negative: int
    neutral: int
    unsigned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """How far two conventions differ on the same events.

    Attributes
    ----------
    first, second : str
        Conventions.
    rows, other, opposite : int
        Events; those with another sign; those with the opposite sign.
    dyads, net_other, net_opposite : int
        Dyad-periods with at least five events; those whose net count has another
        sign; those where it is the opposite.
    """

    first: str
    second: str
    rows: int
    other: int
    opposite: int
    dyads: int
    net_other: int
    net_opposite: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Shares of each convention and the disagreement of each pair."""

    shares: tuple[Shares, ...]
    pairs: tuple[Disagreement, ...]


def differences(
    acting: Acting, conventions: tuple[Convention, ...], plan: Plan
) -> Differences:
    """How signs and net signs of dyads differ between conventions.

    Raises
    ------
    UsageError
        If a convention is not made for the scheme of the events.
    """
    counts = code_counts(acting.table)
    nets = {one.name: _nets(acting, one, plan) for one in conventions}
    return Differences(
        shares=tuple(_shares(counts, one) for one in conventions),
        pairs=tuple(
            _pair(counts, one, two, nets) for one, two in combinations(conventions, 2)
        ),
    )


def code_counts(events: ir.Table) -> Counter[tuple[str, str]]:
    """Events of each scheme and code."""
    grouped = events.group_by("scheme", "code").aggregate(n=events.count())
    rows = fetched(grouped).to_pylist()
    return Counter({(row["scheme"], row["code"] or ""): row["n"] for row in rows})


def _sign(convention: Convention, scheme: str, code: str) -> int | None:
    """Sign of a code, None where the convention does not hold it."""
    entry, _ = look_up(convention.of(scheme), code)
    return None if entry is None else entry.sign


def _shares(counts: Counter[tuple[str, str]], convention: Convention) -> Shares:
    """Events by sign."""
    signs = Counter[int | None]()
    for (scheme, code), number in counts.items():
        signs[_sign(convention, scheme, code)] += number
    return Shares(
        convention=convention.name,
        rows=counts.total(),
        positive=signs[1],
        negative=signs[-1],
        neutral=signs[0],
        unsigned=signs[None],
    )


def _nets(
    acting: Acting, convention: Convention, plan: Plan
) -> dict[tuple[object, str, str], int]:
    """Positive less negative events of each dyad-period that has five or more."""
    asked = Plan(convention=convention, by=plan.by, start=plan.start, end=plan.end)
    rows = dyads(acting, asked).table.to_pylist()
    return {
        (row["period"], row["actor"], row["counterpart"]): row["positive"]
        - row["negative"]
        for row in rows
        if row["events"] >= LEAST_EVENTS
    }


def _pair(
    counts: Counter[tuple[str, str]],
    one: Convention,
    two: Convention,
    nets: dict[str, dict[tuple[object, str, str], int]],
) -> Disagreement:
    """Disagreement of two conventions."""
    other = opposite = 0
    for (scheme, code), number in counts.items():
        signs = (_sign(one, scheme, code), _sign(two, scheme, code))
        other += number * (signs[0] != signs[1])
        opposite += number * (set(signs) == {1, -1})
    first, second = nets[one.name], nets[two.name]
    both = [(_net(first[key]), _net(second[key])) for key in first]
    return Disagreement(
        first=one.name,
        second=two.name,
        rows=counts.total(),
        other=other,
        opposite=opposite,
        dyads=len(both),
        net_other=sum(a != b for a, b in both),
        net_opposite=sum(a * b < 0 for a, b in both),
    )


def _net(number: int) -> int:
    """Sign of a net count."""
    return (number > 0) - (number < 0)
