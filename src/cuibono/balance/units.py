"""Tie weights as whole numbers, so that sums and bounds are exact."""

import numpy as np
from numpy.typing import NDArray

_MILLION = 10**6
_MOST = 10**9


def cost_units(weight: NDArray[np.float64]) -> tuple[NDArray[np.int64], int]:
    """Return weights as whole multiples of one unit, and the unit in millionths.

    Weights are read to the nearest millionth, which makes 0.1 exact and 1/3 nearly so.

    Parameters
    ----------
    weight : (m,) float64
        Not negative, together at most 1e9.

    Returns
    -------
    cost : (m,) int64
        ``weight = cost * unit / 1e6``; the unit is the greatest that fits all.
    unit : int
        Millionths of weight.

    Raises
    ------
    ValueError
        If a weight is negative or not finite, or their sum is above 1e9.
    """
    if not np.all(np.isfinite(weight)) or np.any(weight < 0):
        raise ValueError("weight must be finite and not negative in every tie")
    if float(weight.sum()) > _MOST:
        raise ValueError(f"weight must sum to at most 1e9, got {weight.sum()}")
    millionths = np.rint(weight * _MILLION).astype(np.int64)
    unit = int(np.gcd.reduce(millionths)) if len(millionths) else 0
    unit = unit or _MILLION
    return millionths // unit, unit


def in_weight(cost: int, unit: int) -> float:
    """Return a count of units as a weight."""
    return cost * unit / _MILLION
