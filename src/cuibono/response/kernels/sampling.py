"""Draws of one block by rejection, and what the chain shares with them."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cuibono.model.chance import uniform
from cuibono.response.kernels.stability import hurwitz

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
State = NDArray[np.uint64]


@njit(cache=True)
def quantile(share: float, family: int, first: float, second: float) -> float:
    """Magnitude at a share of the prior; as `Prior.quantile`."""
    if family == 0:
        return first + (second - first) * share
    if family == 1:
        return float(1.0 - (1.0 - share) ** (1.0 / first))
    if family == 2:
        return float(share ** (1.0 / first))
    return first * math.exp(math.log(second / first) * share)


@njit(cache=True)
def share_below(magnitude: float, family: int, first: float, second: float) -> float:
    """Share of the prior below a magnitude, 0 to 1: the inverse of `quantile`."""
    low = first if family in (0, 3) else 0.0
    high = second if family in (0, 3) else 1.0
    if magnitude <= low:
        return 0.0
    if magnitude >= high:
        return 1.0
    if family == 0:
        return (magnitude - first) / (second - first)
    if family == 1:
        return float(1.0 - (1.0 - magnitude) ** first)
    if family == 2:
        return float(magnitude**first)
    return float(math.log(magnitude / first) / math.log(second / first))


@njit(cache=True)
def effect(
    e: int,
    magnitude: float,
    sign: Ints,
    unit: Ints,
    tie: Ints,
    place: Ints,
    kept: Ints,
    chosen: Ints,
) -> float:
    """Signed effect of edge e: 0 where its unit is absent or its tie chose another."""
    if unit[e] >= 0 and kept[unit[e]] == 0:
        return 0.0
    if tie[e] >= 0 and chosen[tie[e]] != place[e]:
        return 0.0
    return float(sign[e] * magnitude)


@njit(cache=True, nogil=True)
def reject(
    tail: Ints,
    head: Ints,
    sign: Ints,
    unit: Ints,
    tie: Ints,
    place: Ints,
    tie_size: Ints,
    limited: Ints,
    units: int,
    size: int,
    reinforcing: bool,
    independent: bool,
    family: int,
    first: float,
    second: float,
    begin: int,
    most: int,
    state: State,
    weights: Floats,
    limits: Floats,
    chance: Floats,
) -> tuple[int, int]:
    """Draw until the arrays are full from `begin` on or `most` were tried.

    Fills weights (wanted, e), limits (wanted, q) and chance (wanted,), the last with
    the probability that uncertain edges had. Returns how far it came and the tries.
    """
    wanted, edges = weights.shape
    a = np.zeros((size, size))
    work = np.empty((size, size))
    kept = np.ones(max(units, 1), dtype=np.int64)
    chosen = np.zeros(max(len(tie_size), 1), dtype=np.int64)
    drawn = sign.copy()
    filled, tried = begin, 0
    while filled < wanted and tried < most:
        tried += 1
        a[:, :] = 0.0
        p = 1.0
        if units > 0:
            p = 0.5 if independent else uniform(state)
        for u in range(units):
            kept[u] = 1 if uniform(state) < p else 0
        for t in range(len(tie_size)):
            chosen[t] = int(uniform(state) * tie_size[t])
        for q in range(len(limited)):
            limits[filled, q] = -quantile(uniform(state), family, first, second)
            a[limited[q], limited[q]] += limits[filled, q]
        for e in range(edges):
            if sign[e] == 0:
                drawn[e] = 1 if uniform(state) < 0.5 else -1
            magnitude = quantile(uniform(state), family, first, second)
            value = effect(e, magnitude, drawn, unit, tie, place, kept, chosen)
            weights[filled, e] = value
            a[head[e], tail[e]] += value
        if hurwitz(a, reinforcing, work):
            chance[filled] = p
            filled += 1
    return filled, tried
