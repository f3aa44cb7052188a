"""How often who acted towards whom, by period and sign."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from cuibono.events.conventions.records import Convention
from cuibono.events.queries.acting import Acting
from cuibono.events.queries.cleaning import (
    Touched,
    mirrored,
    mirrored_once,
    one_a_day,
    within,
)
from cuibono.events.queries.signs import signed
from cuibono.events.queries.small import fetched

PER: Final = 1_000_000
QUADS: Final = (
    "neutral",
    "verbal_coop",
    "material_coop",
    "verbal_conf",
    "material_conf",
)


class Period(StrEnum):
    """Length of a period; weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_UNIT: Final = {
    Period.DAY: "D",
    Period.WEEK: "W",
    Period.MONTH: "M",
    Period.YEAR: "Y",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is counted, and how.

    Attributes
    ----------
    convention : Convention
        How codes become signs.
    by : Period
        Length of a period.
    start, end : date or None
        First and last day.
    one_a_day, mirrored_once, normalise, undirected, by_root, with_self : bool
        Count equal rows of a day once; count a mirrored pair once; add the total of
        the period and the rate per million; take A to B and B to A together; keep the
        roots apart; keep what an actor does to itself.
    """

    convention: Convention
    by: Period = Period.MONTH
    start: date | None = None
    end: date | None = None
    one_a_day: bool = False
    mirrored_once: bool = False
    normalise: bool = False
    undirected: bool = False
    by_root: bool = False
    with_self: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyads:
    """Counts, with all that they depend on.

    Attributes
    ----------
    table : pyarrow.Table
        Columns `period`, `actor`, `counterpart` (and `root`), `events`, `positive`,
        `negative`, `neutral`, `unsigned`; with quads `verbal_coop`, `material_coop`,
        `verbal_conf`, `material_conf`; with scores `score_tenths`; with normalisation
        `period_total` and `per_million`. Sorted by the first columns.
    plan : Plan
        What was asked.
    schemes : tuple of str
        Event schemes.
    touched : tuple of Touched
        What each option did.
    by_parent, unknown : tuple of (code, rows)
        Codes signed by a parent, and codes without a sign.
    """

    table: pa.Table
    plan: Plan
    schemes: tuple[str, ...]
    touched: tuple[Touched, ...]
    by_parent: tuple[tuple[str, int], ...]
    unknown: tuple[tuple[str, int], ...]


def dyads(acting: Acting, plan: Plan) -> Dyads:
    """Counts of a plan; all arithmetic is on integers, so that engines agree.

    Raises
    ------
    UsageError
        If the convention does not fit the codes.
    """
    inside = within(acting.table, plan.start, plan.end)
    events, touched = _cleaned(inside, plan)
    paired = events.actor.notnull() & events.counterpart.notnull()
    kept = paired if plan.with_self else paired & (events.actor != events.counterpart)
    seen = _seen(events, paired, kept)
    with_signs = signed(events.filter(kept), plan.convention, _codes(seen))
    touched = (*touched, *_left_out(seen, plan))
    counts = _counted(with_signs.table, plan)
    if plan.normalise:
        counts = _normalised(counts, events, plan)
    return Dyads(
        table=_sorted(fetched(counts)),
        plan=plan,
        schemes=with_signs.schemes,
        touched=touched,
        by_parent=with_signs.by_parent,
        unknown=with_signs.unknown,
    )


def _cleaned(events: ir.Table, plan: Plan) -> tuple[ir.Table, tuple[Touched, ...]]:
    """Events after the options that leave rows out, with what those did."""
    touched = []
    if plan.mirrored_once:
        before, twice = _rows(events), _rows(mirrored(events))
        events = mirrored_once(events)
        did = f"{before - _rows(events)} left out, one of each pair kept"
        touched.append(Touched(option="mirrored-once", rows=twice, of=before, did=did))
    if plan.one_a_day:
        before = _rows(events)
        events = one_a_day(events)
        gone = before - _rows(events)
        touched.append(
            Touched(option="one-a-day", rows=gone, of=before, did="left out as repeats")
        )
    return events, tuple(touched)


def _seen(events: ir.Table, paired: ir.Value, kept: ir.Value) -> list[dict[str, Any]]:
    """How many events of each code there are, have both sides, and are kept.

    One pass over the events gives all that the options and the signs have to know.
    """
    rows = {
        "n": events.count(),
        "paired": events.count(where=paired),
        "kept": events.count(where=kept),
    }
    cast = {name: value.cast("int64") for name, value in rows.items()}
    found: list[dict[str, Any]] = fetched(
        events.group_by("scheme", "code").aggregate(**cast)
    ).to_pylist()
    return found


def _codes(seen: list[dict[str, Any]]) -> dict[tuple[str, str], int]:
    """Kept events by scheme and code."""
    return {
        (row["scheme"], row["code"] or ""): row["kept"] for row in seen if row["kept"]
    }


def _left_out(seen: list[dict[str, Any]], plan: Plan) -> tuple[Touched, ...]:
    """How many events have a side that is nobody of the map, or only one party."""
    rows, paired, kept = (
        sum(row[name] for row in seen) for name in ("n", "paired", "kept")
    )
    did = "left out: an actor on one side is not asked for"
    actors = Touched(option="actors", rows=rows - paired, of=rows, did=did)
    if plan.with_self:
        return (actors,)
    did = "left out: both sides are the same actor"
    return actors, Touched(option="self", rows=paired - kept, of=paired, did=did)


def _rows(events: ir.Table) -> int:
    """Count the events."""
    return int(fetched(events.aggregate(n=events.count()))["n"][0].as_py())


def period_of(events: ir.Table, by: Period) -> ir.Value:
    """First day of the period of each event."""
    start: ir.Value = events["date"].truncate(_UNIT[by]).cast("date")
    return start


def _counted(events: ir.Table, plan: Plan) -> ir.Table:
    """Counts by period, dyad and, if asked, root."""
    actor, counterpart = events.actor, events.counterpart
    if plan.undirected:
        actor, counterpart = (
            ibis.least(actor, counterpart),
            ibis.greatest(actor, counterpart),
        )
    keyed = events.mutate(
        period=period_of(events, plan.by), first=actor, second=counterpart
    )
    keys = ["period", "first", "second", *(["root"] if plan.by_root else [])]
    rows = {
        "events": keyed.count(),
        "positive": keyed.count(where=keyed.sign == 1),
        "negative": keyed.count(where=keyed.sign == -1),
        "neutral": keyed.count(where=keyed.sign == 0),
        "unsigned": keyed.count(where=keyed.sign.isnull()),
        **_classes(keyed, plan.convention),
    }
    cast = {name: value.cast("int64") for name, value in rows.items()}
    counts: ir.Table = keyed.group_by(keys).aggregate(**cast)
    return counts.rename(actor="first", counterpart="second")


def _classes(events: ir.Table, convention: Convention) -> dict[str, ir.Value]:
    """Counts by quad class, or sum of scores, as the convention has them."""
    entries = [
        entry
        for scheme in convention.schemes
        for entry in convention.of(scheme).values()
    ]
    found: dict[str, ir.Value] = {}
    if any(entry.quad is not None for entry in entries):
        for at in range(1, 5):
            found[QUADS[at]] = events.count(where=events.quad == at)
    if any(entry.tenths is not None for entry in entries):
        found["score_tenths"] = events.tenths.cast("int64").sum().fill_null(0)
    return found


def _normalised(counts: ir.Table, events: ir.Table, plan: Plan) -> ir.Table:
    """Counts beside the total of their period, and the rate per million of it."""
    named = events.mutate(of_period=period_of(events, plan.by))
    totals = named.group_by("of_period").aggregate(period_total=named.count())
    joined = counts.inner_join(totals, [counts.period == totals.of_period])
    wide = joined.drop("of_period").mutate(
        period_total=joined.period_total.cast("int64")
    )
    rate = (wide.events * PER) // wide.period_total
    return wide.mutate(per_million=rate.cast("int64"))


def _sorted(table: pa.Table) -> pa.Table:
    """Rows by period, actor, counterpart and root."""
    keys = [
        key
        for key in ("period", "actor", "counterpart", "root")
        if key in table.column_names
    ]
    return table.select(
        [*keys, *(name for name in table.column_names if name not in keys)]
    ).sort_by([(key, "ascending") for key in keys])
