"""Triangle inequalities on all triples of actors, whether they are tied or not.

Of three actors, either all stand together or one stands alone: with x = s_i s_j the four
sums x + y + z, x - y - z, -x + y - z and -x - y + z are each at least -1. `kind` 0 to 3
tells which of the four an inequality is.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_BINS = 64


@njit(cache=True)
def least_sum(x: float, y: float, z: float) -> tuple[float, int]:
    """Return the least of the four sums, and which it is."""
    least, kind = x + y + z, 0
    if x - y - z < least:
        least, kind = x - y - z, 1
    if y - x - z < least:
        least, kind = y - x - z, 2
    if z - x - y < least:
        least, kind = z - x - y, 3
    return least, kind


@njit(cache=True)
def violated(point: Floats, above: float, most: int) -> Ints:
    """Return about `most` of the inequalities that `point` (k, k) violates the most.

    One row (i, j, m, kind) each; those violated by less than `above` are left out.
    """
    k = point.shape[0]
    bins = np.zeros(_BINS, np.int64)
    for i in range(k):
        for j in range(i + 1, k):
            for m in range(j + 1, k):
                least, _ = least_sum(point[i, j], point[i, m], point[j, m])
                depth = -1.0 - least
                if depth > above:
                    bins[min(int(depth * _BINS / 2), _BINS - 1)] += 1
    floor, count = _BINS, 0
    while floor > 0 and count + bins[floor - 1] <= most:
        floor -= 1
        count += bins[floor]
    if count == 0:
        floor -= 1
        count = min(most, bins[max(floor, 0)])
    found, at = np.empty((count, 4), np.int64), 0
    for i in range(k):
        for j in range(i + 1, k):
            for m in range(j + 1, k):
                least, kind = least_sum(point[i, j], point[i, m], point[j, m])
                depth = -1.0 - least
                if (
                    depth > above
                    and min(int(depth * _BINS / 2), _BINS - 1) >= floor
                    and at < count
                ):
                    found[at, 0], found[at, 1], found[at, 2] = i, j, m
                    found[at, 3] = kind
                    at += 1
    return found[:at]


@njit(cache=True)
def weighed_down(matrix: Floats, triples: Ints, weight: Floats) -> None:
    """Subtract from a symmetric `matrix` (k, k) the weighted inequalities (t, 4)."""
    for t in range(triples.shape[0]):
        i, j, m, kind = triples[t, 0], triples[t, 1], triples[t, 2], triples[t, 3]
        half = 0.5 * weight[t]
        one = half if kind < 2 else -half
        two = half if kind == 0 or kind == 2 else -half
        three = half if kind == 0 or kind == 3 else -half
        matrix[i, j] -= one
        matrix[j, i] -= one
        matrix[i, m] -= two
        matrix[m, i] -= two
        matrix[j, m] -= three
        matrix[m, j] -= three


@njit(cache=True)
def sums(point: Floats, triples: Ints) -> Floats:
    """Return the left-hand sides of the inequalities (t, 4) at `point` (k, k)."""
    total = np.empty(triples.shape[0])
    for t in range(triples.shape[0]):
        i, j, m, kind = triples[t, 0], triples[t, 1], triples[t, 2], triples[t, 3]
        one = point[i, j] if kind < 2 else -point[i, j]
        two = point[i, m] if kind == 0 or kind == 2 else -point[i, m]
        three = point[j, m] if kind == 0 or kind == 3 else -point[j, m]
        total[t] = one + two + three
    return total
