"""Whether acts of one sign prevail in a dyad, and more than in comparable dyads."""

from math import exp, inf, log, sqrt
from typing import Final

import numpy as np

from cuibono.events.figures import NEGATIVE, POSITIVE, Counts
from cuibono.record.compare.records import Estimate, Level
from cuibono.record.compare.student import t_quantile

HALF: Final = 0.5
"""Added to each cell of the log odds, so that a zero gives a finite ratio."""


def level(own: Counts, base: Counts, sign: int) -> Level | None:
    """Share and odds of the claimed sign, or None if there are no signed acts.

    Parameters
    ----------
    own, base : (m, 3) int64
        Monthly positive, negative and neutral acts of the dyad and of comparable
        dyads.
    sign : int
        1 or -1, the acts that a claim speaks of.

    Notes
    -----
    Quasi-binomial: the variance of each side is multiplied by Pearson's chi-square
    over its degrees of freedom where that exceeds 1 (McCullagh and Nelder 1989,
    section 4.5); intervals use Student's t with those of the dyad.
    """
    mine, other = (POSITIVE, NEGATIVE) if sign > 0 else (NEGATIVE, POSITIVE)
    acts, against = own[:, mine], own[:, other]
    base_acts, base_against = base[:, mine], base[:, other]
    signed, base_signed = (
        int((acts + against).sum()),
        int((base_acts + base_against).sum()),
    )
    if signed == 0:
        return None
    spread, months = overdispersion(acts, acts + against)
    base_spread, _ = overdispersion(base_acts, base_acts + base_against)
    logit, variance = _log_odds(int(acts.sum()), int(against.sum()))
    base_logit, base_variance = _log_odds(int(base_acts.sum()), int(base_against.sum()))
    own_error = sqrt(spread * variance)
    error = sqrt(spread * variance + base_spread * base_variance)
    quantile = t_quantile(0.975, max(1, months - 1))
    difference = logit - base_logit
    odds = Estimate(
        value=_exp(difference),
        low=_exp(difference - quantile * error),
        high=_exp(difference + quantile * error),
    )
    return Level(
        acts=int(acts.sum()),
        signed=signed,
        base_acts=int(base_acts.sum()),
        base_signed=base_signed,
        share=Estimate(
            value=float(acts.sum() / signed),
            low=_logistic(logit - quantile * own_error),
            high=_logistic(logit + quantile * own_error),
        ),
        odds_ratio=odds if base_signed else Estimate(value=1.0, low=0.0, high=inf),
        overdispersion=(spread, base_spread),
    )


def overdispersion(acts: Counts, signed: Counts) -> tuple[float, int]:
    """Pearson's chi-square over its degrees of freedom, at least 1, and the months."""
    there = signed > 0
    months = int(there.sum())
    share = acts.sum() / max(1, signed.sum())
    if months < 2 or not 0 < share < 1:
        return 1.0, months
    expected = signed[there] * share
    chi = ((acts[there] - expected) ** 2 / (expected * (1 - share))).sum()
    return max(1.0, float(chi) / (months - 1)), months


def _log_odds(acts: int, against: int) -> tuple[float, float]:
    """Log odds and their variance, a half added to each cell."""
    return (
        log((acts + HALF) / (against + HALF)),
        1 / (acts + HALF) + 1 / (against + HALF),
    )


def _logistic(value: float) -> float:
    """Probability of some log odds."""
    return float(1 / (1 + np.exp(-np.clip(value, -700, 700))))


def _exp(value: float) -> float:
    """Exponential that does not overflow."""
    return exp(min(700.0, max(-700.0, value)))
