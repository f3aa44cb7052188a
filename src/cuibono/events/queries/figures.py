"""Monthly counts of some dyads, their comparable dyads and their actors' coverage."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import ibis.expr.types as ir
import numpy as np

from cuibono.events.actors.records import ActorMap
from cuibono.events.conventions.records import Convention
from cuibono.events.figures import (
    Counts,
    Covered,
    Extract,
    Figures,
    Series,
    months_between,
)
from cuibono.events.queries.acting import Acting, mapped
from cuibono.events.queries.coverage import Coverage, coverage
from cuibono.events.queries.dyads import Period, period_of
from cuibono.events.queries.signs import signed
from cuibono.events.queries.small import fetched

NAMES_KEPT: Final = 12
Parties = frozenset[str] | None
_COLUMN: Final = {1: 0, -1: 1, 0: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Acts by month, dyad and sign; unmapped actors are the empty name."""

    months: tuple[date, ...]
    counts: dict[tuple[str, str], Counts]

    def total(self, sources: Parties, targets: Parties) -> Counts:
        """Acts of some senders towards some receivers; None stands for anybody.

        Acts inside a party, between it and its parts, are left out.
        """
        found = np.zeros((len(self.months), 3), np.int64)
        for (one, two), counts in self.counts.items():
            if sources is not None and (one not in sources or two in sources):
                continue
            if targets is not None and (two not in targets or one in targets):
                continue
            found += counts
        return found


def figures(
    events: ir.Table,
    actor_map: ActorMap,
    dyads: Iterable[tuple[str, str]],
    *,
    convention: Convention,
    extract: Extract,
    part_of: Mapping[str, str] | None = None,
) -> Figures:
    """Counts of some dyads of an extract.

    `part_of` names the whole of which an actor is a part; what a part does counts for
    the whole as well.

    Raises
    ------
    UsageError
        If the convention does not fit the codes.
    """
    acting = mapped(events, actor_map)
    months = months_between(extract.first, extract.last)
    grid = _grid(acting, convention, months)
    covered = coverage(events, actor_map, Period.MONTH)
    return Figures(
        extract=extract,
        months=months,
        volume=_by_month(covered.volume, months),
        actors=_actors(covered, months, part_of or {}),
        series=tuple(
            _series(grid, *pair, part_of or {})
            for pair in dict.fromkeys(dyads)
            if set(pair) <= set(actor_map.actors)
        ),
        map_sha256=actor_map.sha256,
    )


def span_of(events: ir.Table) -> tuple[date, date, int]:
    """First day, last day and number of some events."""
    ends = events.aggregate(
        first=events["date"].min(), last=events["date"].max(), n=events.count()
    )
    row = fetched(ends).to_pylist()[0]
    return row["first"], row["last"], row["n"]


def _grid(acting: Acting, convention: Convention, months: tuple[date, ...]) -> _Grid:
    """Signed acts by month and dyad, with anybody unmapped as one actor."""
    table = acting.table.mutate(
        first=acting.table.actor.fill_null(""),
        second=acting.table.counterpart.fill_null(""),
    )
    table = table.filter((table.first != table.second) | (table.first == ""))
    rows = signed(table, convention).table
    rows = rows.mutate(period=period_of(rows, Period.MONTH))
    keys = ["first", "second", "period", "sign"]
    grouped = rows.group_by(keys).aggregate(n=rows.count())
    place = {month: at for at, month in enumerate(months)}
    counts: dict[tuple[str, str], Counts] = {}
    for row in fetched(grouped).to_pylist():
        if row["sign"] is None:
            continue
        cells = counts.setdefault(
            (row["first"], row["second"]), np.zeros((len(months), 3), np.int64)
        )
        cells[place[row["period"]], _COLUMN[row["sign"]]] += row["n"]
    return _Grid(months=months, counts=counts)


def _series(
    grid: _Grid, source: str, target: str, part_of: Mapping[str, str]
) -> Series:
    """Acts of a dyad and of its comparable dyads."""
    senders, receivers = _with_parts(source, part_of), _with_parts(target, part_of)
    if senders & receivers:
        receivers -= senders
    own = grid.total(senders, receivers)
    base = grid.total(senders, None) + grid.total(None, receivers) - 2 * own
    return Series(source=source, target=target, own=own, base=base)


def _with_parts(actor: str, part_of: Mapping[str, str]) -> frozenset[str]:
    """An actor, its parts and theirs."""
    found = {actor}
    while True:
        more = {part for part, whole in part_of.items() if whole in found} - found
        if not more:
            return frozenset(found)
        found |= more


def _by_month(found: Iterable[tuple[date, int]], months: tuple[date, ...]) -> Counts:
    """Counts on the grid of months."""
    counts = np.zeros(len(months), np.int64)
    place = {month: at for at, month in enumerate(months)}
    for period, number in found:
        counts[place[period]] += number
    return counts


def _actors(
    covered: Coverage, months: tuple[date, ...], part_of: Mapping[str, str]
) -> tuple[Covered, ...]:
    """Coverage of each actor, its parts counted in, on the grid of months.

    Whether an actor counts as covered rests on its own main names alone.
    """
    found = []
    for one in covered.actors:
        parts = _with_parts(one.actor, part_of)
        own = [mention for mention in covered.mentions if mention.actor in parts]
        found.append(
            Covered(
                actor=one.actor,
                presence=one.presence.value,
                as_source=_by_month(((m.period, m.as_source) for m in own), months),
                as_target=_by_month(((m.period, m.as_target) for m in own), months),
                names=one.names[:NAMES_KEPT],
                missing=one.missing,
            )
        )
    return tuple(found)
