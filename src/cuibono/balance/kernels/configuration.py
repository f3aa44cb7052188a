"""Draws of independent signed ties whose chances hang on two numbers for each actor."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cuibono.model.chance import uniform

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
State = NDArray[np.uint64]


@njit(cache=True)
def drawn_ties(x: Floats, y: Floats, state: State) -> Ints:
    """Rows of actor, actor and sign; `x + y` must descend.

    Pairs are skipped by chances that bound theirs from above and fall along the row, so
    that the time grows with the ties drawn (Miller and Hagberg 2011).
    """
    n = x.shape[0]
    found = np.empty((16, 3), np.int64)
    count = 0
    for i in range(n - 1):
        j = i + 1
        bound = (x[i] + y[i]) * (x[j] + y[j])
        bound /= 1.0 + bound
        while j < n and bound > 0.0:
            skip = math.log(uniform(state)) / math.log1p(-bound)
            if skip >= n - j:
                break
            j += int(skip)
            plus, minus = x[i] * x[j], y[i] * y[j]
            total = 1.0 + plus + minus
            at = uniform(state) * bound * total
            if at < plus + minus:
                if count == found.shape[0]:
                    wider = np.empty((2 * count, 3), np.int64)
                    wider[:count] = found
                    found = wider
                found[count, 0], found[count, 1] = i, j
                found[count, 2] = 1 if at < plus else -1
                count += 1
            bound = (x[i] + y[i]) * (x[j] + y[j])
            bound /= 1.0 + bound
            j += 1
    return found[:count]
