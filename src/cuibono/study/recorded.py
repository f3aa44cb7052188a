"""The claims of a case held against every record at hand, and its named pairs told."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from cuibono.claims.records import Case
from cuibono.events.figures import Counts, Figures
from cuibono.events.plan import RecordPlan
from cuibono.record.compare.change import change, sides
from cuibono.record.compare.compare import compared, uncovered
from cuibono.record.compare.observable import from_plan
from cuibono.record.compare.records import Change, Comparison

Triple = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """Acts of one actor towards another before and after the named date.

    Attributes
    ----------
    before, after : (int, int, int)
        Positive, negative and neutral acts.
    months_before, months_after : int
        Whole months on either side, at most twelve.
    not_covered : str
        Why nothing may be read from these counts, or empty.
    change : Change or None
        Acts of any sign, after against before, beyond comparable dyads.
    months, counts : (m,) and (m, 3)
        The whole series.
    """

    source: str
    target: str
    before: Triple
    after: Triple
    months_before: int
    months_after: int
    not_covered: str
    change: Change | None
    months: tuple[date, ...]
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One extract: its counts, what they say to the claims, and the named pairs."""

    figures: Figures
    comparison: Comparison
    on: date | None
    on_why: str
    pairs: tuple[Direction, ...]


def recorded(case: Case, plan: RecordPlan, *, seed: int) -> tuple[Recorded, ...]:
    """Every extract whose counts a plan holds, held against the claims."""
    written = from_plan(case, plan)
    return tuple(
        Recorded(
            figures=figures,
            comparison=compared(case, figures, written, seed=seed),
            on=plan.on,
            on_why=plan.on_why,
            pairs=_pairs(figures, plan),
        )
        for figures in plan.figures
    )


def _pairs(figures: Figures, plan: RecordPlan) -> tuple[Direction, ...]:
    """Named pairs, both ways, before and after the date."""
    if plan.on is None:
        return ()
    both = [pair for a, b in plan.pairs for pair in ((a, b), (b, a))]
    return tuple(_direction(figures, plan.on, *pair) for pair in both)


def _direction(figures: Figures, on: date, source: str, target: str) -> Direction:
    """One direction of a pair."""
    series = figures.dyad(source, target)
    empty = np.zeros((len(figures.months), 3), np.int64)
    counts = series.own if series is not None else empty
    before, after = sides(figures.months, on)
    whole = np.ones(len(figures.months), np.bool_)
    return Direction(
        source=source,
        target=target,
        before=_triple(counts[before]),
        after=_triple(counts[after]),
        months_before=int(before.sum()),
        months_after=int(after.sum()),
        not_covered=uncovered(figures.actor(source), figures.actor(target), whole),
        change=change(series.own, series.base, figures.months, on, 0)
        if series is not None
        else None,
        months=figures.months,
        counts=counts,
    )


def _triple(counts: Counts) -> Triple:
    """Sums of the three columns."""
    positive, negative, neutral = (int(number) for number in counts.sum(axis=0))
    return positive, negative, neutral
