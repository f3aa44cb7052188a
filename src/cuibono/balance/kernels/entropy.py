"""Maximum entropy of signs under expected signed degrees, node by node."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@njit(cache=True)
def fit_nodes(
    start: Ints, to: Ints, wanted: Floats, a: Floats, sweeps: int, close: float
) -> float:
    """Fit ``sum_j 1 / (1 + exp(-(a_i + a_j))) = wanted_i``; return the worst residual.

    One node after the other is moved towards its root; the likelihood is concave.
    """
    worst = 0.0
    for _ in range(sweeps):
        worst = 0.0
        for i in range(a.shape[0]):
            if start[i] == start[i + 1]:
                continue
            total, slope = 0.0, 0.0
            for at in range(start[i], start[i + 1]):
                share = 1.0 / (1.0 + math.exp(-(a[i] + a[to[at]])))
                total += share
                slope += share * (1.0 - share)
            off = wanted[i] - total
            worst = max(worst, abs(off))
            a[i] += min(max(off / max(slope, 1e-12), -1.0), 1.0)
        if worst < close:
            break
    return worst
