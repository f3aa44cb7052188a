"""A logit with a level for each window, written out with one column a window."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def windowed_logit(
    x: Floats, friendly: Floats, window: NDArray[np.int64], ridge: float, centre: float
) -> tuple[Floats, Floats, Floats, Floats]:
    """Coefficients of the terms, the levels, the terms' covariance, the influences.

    Newton's method on all columns at once; levels are drawn towards `centre`.
    """
    count = int(window.max()) + 1
    full = np.hstack([x, np.eye(count)[window]])
    penalty = np.r_[np.zeros(x.shape[1]), np.full(count, ridge)]
    middle = np.r_[np.zeros(x.shape[1]), np.full(count, centre)]
    beta = middle.copy()
    for _ in range(100):
        mean = 1 / (1 + np.exp(-full @ beta))
        grad = full.T @ (friendly - mean) - penalty * (beta - middle)
        curve = full.T @ (full * (mean * (1 - mean))[:, None]) + np.diag(penalty)
        step = np.linalg.solve(curve, grad)
        beta = beta + step / max(1.0, np.abs(step).max())
    bread = np.linalg.inv(curve)
    influence = (full * (friendly - mean)[:, None]) @ bread
    p = x.shape[1]
    return beta[:p], beta[p:], bread[:p, :p], influence[:, :p]
