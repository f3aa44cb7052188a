"""Dyads that nobody named, to see how often a test finds something in them."""

from datetime import date, timedelta
from typing import Final

import ibis.expr.types as ir
import numpy as np

from cuibono.events.conventions.records import Convention
from cuibono.events.figures import Counts, Series
from cuibono.events.queries.cleaning import within
from cuibono.events.queries.dyads import Period, period_of
from cuibono.events.queries.signs import signed
from cuibono.events.queries.small import fetched, small_table

AROUND: Final = timedelta(days=366)
LEAST: Final = 20
_COLUMN: Final = {1: 0, -1: 1, 0: 2}


def placebo_dyads(
    events: ir.Table,
    convention: Convention,
    months: tuple[date, ...],
    on: date,
    *,
    without: frozenset[str],
    number: int,
    seed: int,
) -> tuple[Series, ...]:
    """Some dyads with at least 20 events in the year before and the year after a date.

    Parameters
    ----------
    events : ibis.Table
        The store.
    convention : Convention
        How codes become signs.
    months : tuple of date
        Grid of months.
    on : date
        The named date.
    without : frozenset of str
        Filed actors that the case names.
    number, seed : int
        How many dyads are drawn, and how.

    Raises
    ------
    UsageError
        If the convention does not fit the codes.
    """
    near = within(events, on - AROUND, on + AROUND)
    near = near.filter(near.source != near.target)
    pairs = near.group_by("source", "target").aggregate(n=near.count())
    rows = fetched(pairs.filter(pairs.n >= LEAST)).to_pylist()
    known = sorted(
        (row["source"], row["target"])
        for row in rows
        if row["source"] not in without and row["target"] not in without
    )
    if not known:
        return ()
    rng = np.random.default_rng(seed)
    chosen = sorted(rng.permutation(len(known))[:number])
    dyads = [known[at] for at in chosen]
    return _counted(events, convention, months, dyads)


def _counted(
    events: ir.Table,
    convention: Convention,
    months: tuple[date, ...],
    dyads: list[tuple[str, str]],
) -> tuple[Series, ...]:
    """Monthly counts of some dyads, of their senders and of their receivers."""
    table = signed(events, convention).table
    table = table.mutate(period=period_of(table, Period.MONTH))
    senders = _totals(table, months, "source", [one for one, _ in dyads])
    receivers = _totals(table, months, "target", [two for _, two in dyads])
    own = _pairs(table, months, dyads)
    return tuple(
        Series(
            source=one,
            target=two,
            own=own[one, two],
            base=senders[one,] + receivers[two,] - 2 * own[one, two],
        )
        for one, two in dyads
    )


def _totals(
    table: ir.Table, months: tuple[date, ...], role: str, actors: list[str]
) -> dict[tuple[str, ...], Counts]:
    """Counts of some actors in a role."""
    keys = small_table(
        table, (("key", "string"),), [(one,) for one in sorted(set(actors))]
    )
    rows = table.semi_join(keys, [table[role] == keys.key])
    return _grid(rows, months, [role])


def _pairs(
    table: ir.Table, months: tuple[date, ...], dyads: list[tuple[str, str]]
) -> dict[tuple[str, ...], Counts]:
    """Counts of some dyads."""
    keys = small_table(table, (("one", "string"), ("two", "string")), dyads)
    match = [table.source == keys.one, table.target == keys.two]
    return _grid(table.semi_join(keys, match), months, ["source", "target"])


def _grid(
    rows: ir.Table, months: tuple[date, ...], keys: list[str]
) -> dict[tuple[str, ...], Counts]:
    """Counts by key, month and sign."""
    place = {month: at for at, month in enumerate(months)}
    grouped = rows.group_by([*keys, "period", "sign"]).aggregate(n=rows.count())
    found: dict[tuple[str, ...], Counts] = {}
    for row in fetched(grouped).to_pylist():
        name = tuple(row[key] for key in keys)
        counts = found.setdefault(name, np.zeros((len(months), 3), np.int64))
        if row["sign"] is not None and row["period"] in place:
            counts[place[row["period"]], _COLUMN[row["sign"]]] += row["n"]
    return found
