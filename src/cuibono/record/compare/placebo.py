"""How often the tests give a verdict where there is nothing to find."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import numpy as np

from cuibono.events.figures import (
    NEGATIVE,
    POSITIVE,
    Counts,
    Figures,
    Placebo,
    Series,
)
from cuibono.record.compare.change import change
from cuibono.record.compare.decide import change_direction, level_direction
from cuibono.record.compare.level import level

DRAWS: Final = 100
"""Placebo dyads drawn for each dyad."""

AWAY_MONTHS: Final = 3
"""A placebo date lies at least so far from every named date."""


def placebos(figures: Figures, dates: Iterable[date], seed: int) -> tuple[Placebo, ...]:
    """Rates of false verdicts on an extract.

    Placebo dyads are drawn at random from the acts of the comparable dyads, month by
    month, as many as the dyad has: by construction they differ from those by chance
    alone. Placebo dates are months in which nothing was named; between real dates
    real things happen, so that their rate is an upper bound.
    """
    rng = np.random.default_rng(seed)
    kept = tuple(one for one in figures.placebo if one.kind == "dyads at the date")
    return (
        _drawn_dyads(figures.series, rng, seed),
        _dates(figures, tuple(dates), seed),
        *kept,
    )


def _drawn_dyads(
    series: tuple[Series, ...], rng: np.random.Generator, seed: int
) -> Placebo:
    """Level test on dyads drawn from comparable dyads."""
    tried = verdicts = 0
    for one in series:
        for _ in range(DRAWS):
            own = _drawn(one, rng)
            sign = 1 if rng.random() < 0.5 else -1
            direction = level_direction(level(own, one.base, sign))
            tried += direction is not None
            verdicts += bool(direction)
    return Placebo(
        test="level", kind="dyads", tried=tried, verdicts=verdicts, seed=seed
    )


def _drawn(one: Series, rng: np.random.Generator) -> Counts:
    """Acts as many as the dyad's, month by month, from those of comparable dyads."""
    pool = one.base[:, [POSITIVE, NEGATIVE]]
    wanted = one.own[:, [POSITIVE, NEGATIVE]].sum(axis=1)
    number = np.minimum(wanted, pool.sum(axis=1))
    found = np.zeros_like(one.own)
    found[:, POSITIVE] = rng.hypergeometric(pool[:, 0], pool[:, 1], number)
    found[:, NEGATIVE] = number - found[:, POSITIVE]
    return found


def _dates(figures: Figures, named: tuple[date, ...], seed: int) -> Placebo:
    """Change test at dates that nobody named, rising and falling alike."""
    tried = verdicts = 0
    for one in figures.series:
        for month in figures.months:
            if any(_months_apart(month, day) < AWAY_MONTHS for day in named):
                continue
            for sign in (1, -1):
                found = change(one.own, one.base, figures.months, month, sign)
                direction = change_direction(found)
                tried += direction is not None
                verdicts += bool(direction)
    return Placebo(
        test="change", kind="dates", tried=tried, verdicts=verdicts, seed=seed
    )


def change_at(series: Iterable[Series], months: tuple[date, ...], on: date) -> Placebo:
    """Change test at a named date, on dyads that no claim names."""
    tried = verdicts = 0
    for one in series:
        for sign in (1, -1):
            direction = change_direction(change(one.own, one.base, months, on, sign))
            tried += direction is not None
            verdicts += bool(direction)
    return Placebo(
        test="change", kind="dyads at the date", tried=tried, verdicts=verdicts
    )


def _months_apart(one: date, two: date) -> int:
    """Months between two days."""
    return abs((one.year - two.year) * 12 + one.month - two.month)
