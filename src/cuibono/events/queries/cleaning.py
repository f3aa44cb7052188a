"""Options that leave rows out, each of which tells how many it touched."""

from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """How many of `of` rows an option touched, and what it did to them."""

    option: str
    rows: int
    of: int
    did: str


def within(events: ir.Table, start: date | None, end: date | None) -> ir.Table:
    """Events from one day to another, both included."""
    if start is not None:
        events = events.filter(events["date"] >= start)
    if end is not None:
        events = events.filter(events["date"] <= end)
    return events


def mirrored(events: ir.Table) -> ir.Table:
    """Rows whose reverse, same day, code and sentence, is there as well.

    A row without a text that it was read from has no mirror image. Rows of an actor
    with itself are none.
    """
    other = events.select(
        "date", "source", "target", "code", "story", "sentence"
    ).view()
    told = events.filter(events.story.notnull() & (events.source != events.target))
    return told.semi_join(
        other,
        [
            told["date"] == other["date"],
            told.code == other.code,
            told.source == other.target,
            told.target == other.source,
            told.story == other.story,
            told.sentence.fill_null(-1) == other.sentence.fill_null(-1),
        ],
    )


def mirrored_once(events: ir.Table) -> ir.Table:
    """Events without the second row of each mirrored pair: the later in the alphabet."""
    twice = mirrored(events)
    second = twice.filter(twice.source > twice.target).select(
        "import_id", "row", "parts"
    )
    keyed = second.distinct().view()
    return events.anti_join(
        keyed,
        [events.import_id == keyed.import_id, events["row"] == keyed["row"]],
    )


def one_a_day(acting: ir.Table) -> ir.Table:
    """One row for each day, filed source, filed target and code.

    Source: the filter of KEDS and Phoenix. Which of several equal rows stays does not
    matter for what is counted: only those columns are kept.
    """
    columns = ["date", "source", "target", "code", "scheme", "actor", "counterpart"]
    return acting.select(*columns).distinct()
