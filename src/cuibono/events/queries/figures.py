"""Monthly counts of some dyads, their comparable dyads and their actors' coverage."""

from collections.abc import Iterable
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
_COLUMN: Final = {1: 0, -1: 1, 0: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Acts by month, dyad and sign; unmapped actors are the empty name."""

    months: tuple[date, ...]
    counts: dict[tuple[str, str], Counts]

    def total(self, source: str | None, target: str | None) -> Counts:
        """Acts of a sender, of a receiver, or of a dyad; None stands for anybody."""
        found = np.zeros((len(self.months), 3), np.int64)
        for (one, two), counts in self.counts.items():
            if source in {None, one} and target in {None, two}:
                found += counts
        return found


def figures(
    events: ir.Table,
    actor_map: ActorMap,
    dyads: Iterable[tuple[str, str]],
    *,
    convention: Convention,
    extract: Extract,
) -> Figures:
    """Counts of some dyads of an extract.

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
        actors=_actors(covered, months),
        series=tuple(_series(grid, *pair) for pair in dict.fromkeys(dyads)),
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


def _series(grid: _Grid, source: str, target: str) -> Series:
    """Acts of a dyad and of its comparable dyads."""
    own = grid.total(source, target)
    base = grid.total(source, None) + grid.total(None, target) - 2 * own
    return Series(source=source, target=target, own=own, base=base)


def _by_month(found: Iterable[tuple[date, int]], months: tuple[date, ...]) -> Counts:
    """Counts on the grid of months."""
    counts = np.zeros(len(months), np.int64)
    place = {month: at for at, month in enumerate(months)}
    for period, number in found:
        counts[place[period]] += number
    return counts


def _actors(covered: Coverage, months: tuple[date, ...]) -> tuple[Covered, ...]:
    """Coverage of each actor on the grid of months."""
    return tuple(
        Covered(
            actor=one.actor,
            presence=one.presence.value,
            as_source=_by_month(
                [
                    (mention.period, mention.as_source)
                    for mention in covered.mentions
                    if mention.actor == one.actor
                ],
                months,
            ),
            as_target=_by_month(
                [
                    (mention.period, mention.as_target)
                    for mention in covered.mentions
                    if mention.actor == one.actor
                ],
                months,
            ),
            names=one.names[:NAMES_KEPT],
            missing=one.missing,
        )
        for one in covered.actors
    )
