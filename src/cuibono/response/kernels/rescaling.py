"""Moves of a whole node: along these the stable set is long and thin.

Raising all that acts on a node and lowering all that it does by one factor is a
similarity: the eigenvalues stay. Raising all that acts on it, its own limit too, makes it
quicker: the sign of the determinant stays.
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cuibono.model.chance import uniform
from cuibono.response.kernels.sampling import effect, quantile, share_below

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
State = NDArray[np.uint64]

# Largest factors, as logarithms: small ones are taken often, large ones reach far.
SCALES = np.array([0.15, 0.6, 2.0])


@njit(cache=True)
def log_density(magnitude: float, family: int, first: float, second: float) -> float:
    """Logarithm of the prior's density, a constant apart; -inf outside its support."""
    low = first if family in (0, 3) else 0.0
    high = second if family in (0, 3) else 1.0
    if not low < magnitude < high:
        return -np.inf
    if family == 0:
        return 0.0
    if family == 1:
        return (first - 1.0) * math.log(1.0 - magnitude)
    if family == 2:
        return (first - 1.0) * math.log(magnitude)
    return -math.log(magnitude)


@njit(cache=True)
def incidence(tail: Ints, head: Ints, size: int) -> tuple[Ints, Ints]:
    """Edges at each node, one after the other, and where each node's begin."""
    start = np.zeros(size + 1, dtype=np.int64)
    for e in range(len(tail)):
        start[tail[e] + 1] += 1
        if head[e] != tail[e]:
            start[head[e] + 1] += 1
    for i in range(size):
        start[i + 1] += start[i]
    found, filled = np.empty(start[size], dtype=np.int64), start.copy()
    for e in range(len(tail)):
        found[filled[tail[e]]] = e
        filled[tail[e]] += 1
        if head[e] != tail[e]:
            found[filled[head[e]]] = e
            filled[head[e]] += 1
    return found, start


@njit(cache=True)
def power(node: int, tail: int, head: int, similar: bool) -> int:
    """Power of the factor by which an edge changes: 1 into the node, -1 out of it."""
    if head == node and tail == node:
        return 0 if similar else 1
    if head == node:
        return 1
    return -1 if similar and tail == node else 0


@njit(cache=True)
def rescale(
    a: Floats,
    inverse: Floats,
    node: int,
    similar: bool,
    tail: Ints,
    head: Ints,
    drawn: Ints,
    unit: Ints,
    tie: Ints,
    place: Ints,
    limited: Ints,
    edge_share: Floats,
    limit_share: Floats,
    kept: Ints,
    chosen: Ints,
    family: int,
    first: float,
    second: float,
    state: State,
    touching: Ints,
    touching_start: Ints,
) -> bool:
    """Multiply what acts on a node by a random factor; True if it was taken.

    With `similar` what the node does is divided by the factor, and its own limit
    stays; else its limit is multiplied too. Reversible under the prior: the factor's
    logarithm is drawn evenly around 0, and the change of volume is counted.
    """
    scale = SCALES[int(uniform(state) * len(SCALES))]
    log_factor = (2.0 * uniform(state) - 1.0) * scale
    factor = math.exp(log_factor)
    gain, volume = 0.0, 0
    for e in touching[touching_start[node] : touching_start[node + 1]]:
        by = power(node, tail[e], head[e], similar)
        here = quantile(edge_share[e], family, first, second)
        if by and effect(e, here, drawn, unit, tie, place, kept, chosen) != 0.0:
            gain += log_density(here * factor**by, family, first, second)
            gain -= log_density(here, family, first, second)
            volume += by
    own = -1
    if not similar:
        for q in range(len(limited)):
            if limited[q] == node:
                own = q
        if own >= 0:
            here = quantile(limit_share[own], family, first, second)
            gain += log_density(here * factor, family, first, second)
            gain -= log_density(here, family, first, second)
            volume += 1
    if not math.log(uniform(state)) < gain + volume * log_factor:
        return False
    for e in touching[touching_start[node] : touching_start[node + 1]]:
        by = power(node, tail[e], head[e], similar)
        here = quantile(edge_share[e], family, first, second)
        if by and effect(e, here, drawn, unit, tie, place, kept, chosen) != 0.0:
            edge_share[e] = share_below(here * factor**by, family, first, second)
    if own >= 0:
        here = quantile(limit_share[own], family, first, second)
        limit_share[own] = share_below(here * factor, family, first, second)
    size = a.shape[0]
    for j in range(size):
        a[node, j] *= factor
        inverse[j, node] /= factor
    if similar:
        for i in range(size):
            a[i, node] /= factor
            inverse[node, i] *= factor
    return True
