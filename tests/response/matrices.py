"""Community matrices of an ensemble written out, for the obvious computations."""

import numpy as np
from numpy.typing import NDArray

from cuibono.response.records import Ensemble


def matrices(
    ensemble: Ensemble, weights: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Matrices (draws, n, n), ``a[to, from]``."""
    g = ensemble.graph
    used = ensemble.weights if weights is None else weights
    a = np.zeros((ensemble.draws, g.n, g.n))
    for k in range(g.m):
        a[:, g.head[k], g.tail[k]] += used[:, k]
    for node in range(g.n):
        a[:, node, node] += ensemble.self_effect[:, node]
    return a


def stable(a: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether all eigenvalues are to the left, (draws,) bool."""
    return np.asarray(np.linalg.eigvals(a).real.max(axis=1) < 0)
