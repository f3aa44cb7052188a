"""Whether acts in a dyad became more after a date, beyond comparable dyads."""

from datetime import date
from math import exp, inf, log, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cuibono.events.figures import NEGATIVE, POSITIVE, Counts
from cuibono.record.compare.records import Change, Estimate
from cuibono.record.compare.student import t_quantile

HALF: Final = 0.5
LEAST_MONTHS: Final = 3
"""Whole months that must lie on either side of the date."""

MOST_MONTHS: Final = 12
"""Months on either side that are looked at: what lies further away is another time."""


def change(
    own: Counts, base: Counts, months: tuple[date, ...], on: date, sign: int
) -> Change | None:
    """Rates before and after a date, or None if too few months lie on either side.

    The month of the date itself is left out unless the date is its first day. Counts
    of the dyad are taken relative to those of comparable dyads, month by month, so
    that growth of the record's coverage cancels out.

    Notes
    -----
    Quasi-Poisson: Pearson's chi-square over its degrees of freedom multiplies the
    variance where it exceeds 1; where neighbouring months correlate by r, it is
    multiplied by (1 + r) / (1 - r) as well.
    """
    before, after = sides(months, on)
    if min(before.sum(), after.sum()) < LEAST_MONTHS:
        return None
    acts, base_acts = _acts(own, sign), _acts(base, sign)
    chosen = before | after
    own_counts = [int(acts[side].sum()) for side in (before, after)]
    base_counts = [int(base_acts[side].sum()) for side in (before, after)]
    spread, correlation = _spread(acts, base_acts, before, after)
    width = int(chosen.sum()) - 2
    return Change(
        before=own_counts[0],
        after=own_counts[1],
        base_before=base_counts[0],
        base_after=base_counts[1],
        months_before=int(before.sum()),
        months_after=int(after.sum()),
        raw=_raw(own_counts, int(before.sum()), int(after.sum())),
        ratio=_ratio(own_counts, base_counts, spread, correlation, width),
        overdispersion=spread,
        correlation=correlation,
    )


def sides(
    months: tuple[date, ...], on: date
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Months before and months after a date."""
    at = on.year * 12 + on.month
    place = np.array([month.year * 12 + month.month for month in months])
    first_after = at if on.day == 1 else at + 1
    before = (place < at) & (place >= at - MOST_MONTHS)
    after = (place >= first_after) & (place < first_after + MOST_MONTHS)
    return before, after


def _acts(counts: Counts, sign: int) -> Counts:
    """Acts of a sign by month; of any sign, neutral ones too, for 0."""
    if sign == 0:
        every: Counts = counts.sum(axis=1)
        return every
    chosen: Counts = counts[:, POSITIVE if sign > 0 else NEGATIVE]
    return chosen


def _raw(own: list[int], before: int, after: int) -> float:
    """Ratio of monthly rates."""
    return ((own[1] + HALF) / after) / ((own[0] + HALF) / before)


def _ratio(
    own: list[int], base: list[int], spread: float, correlation: float, degrees: int
) -> Estimate:
    """Ratio of ratios with its interval."""
    if min(base) == 0 or degrees < 1:
        return Estimate(value=1.0, low=0.0, high=inf)
    value = log((own[1] + HALF) / (own[0] + HALF)) - log(base[1] / base[0])
    inflated = spread * (1 + correlation) / (1 - correlation)
    variance = inflated * sum(1 / (count + HALF) for count in own)
    variance += inflated * sum(1 / count for count in base)
    width = t_quantile(0.975, degrees) * sqrt(variance)
    return Estimate(
        value=exp(value),
        low=exp(max(-700.0, value - width)),
        high=exp(min(700.0, value + width)),
    )


def _spread(
    acts: Counts, base: Counts, before: NDArray[np.bool_], after: NDArray[np.bool_]
) -> tuple[float, float]:
    """Overdispersion of the months around each side's rate, and their correlation."""
    residuals: list[NDArray[np.float64]] = []
    for side in (before, after):
        exposed = base[side].astype(float)
        rate = acts[side].sum() / max(1.0, exposed.sum())
        expected = exposed * rate
        safe = np.where(expected > 0, expected, 1.0)
        residuals.append((acts[side] - expected) / np.sqrt(safe))
    degrees = sum(len(part) for part in residuals) - 2
    chi = sum(float((part**2).sum()) for part in residuals)
    products = sum(float((part[1:] * part[:-1]).sum()) for part in residuals)
    correlation = products / chi if chi > 0 else 0.0
    return max(1.0, chi / max(1, degrees)), min(0.9, max(0.0, correlation))
