"""Whether chains tell the same, and how many independent draws they are worth."""

import numpy as np
from numpy.typing import NDArray


def _split(chains: NDArray[np.float64]) -> NDArray[np.float64]:
    """Halves of chains (c, s, v) as chains of their own (2c, s // 2, v)."""
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, half : 2 * half]])


def split_r_hat(chains: NDArray[np.float64]) -> NDArray[np.float64]:
    """Split R-hat of each quantity; infinite where each half stands still elsewhere.

    Parameters
    ----------
    chains : (c, s, v) float64
        s samples of v quantities from each of c chains, s at least 4.

    Returns
    -------
    (v,) float64

    References
    ----------
    Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., section 11.4.
    """
    halves = _split(chains)
    length = halves.shape[1]
    within = halves.var(axis=1, ddof=1).mean(axis=0)
    between = length * halves.mean(axis=1).var(axis=0, ddof=1)
    pooled = (length - 1) / length * within + between / length
    stuck = np.where(between > 0, np.inf, 1.0)
    safe = np.where(within > 0, within, 1.0)
    return np.where(within > 0, np.sqrt(pooled / safe), stuck)


def effective_draws(chains: NDArray[np.float64]) -> NDArray[np.float64]:
    """Effective sample size of each quantity, by Geyer's initial positive sequence.

    Parameters
    ----------
    chains : (c, s, v) float64
        As for `split_r_hat`.

    Returns
    -------
    (v,) float64
        At most c * s.
    """
    halves = _split(chains)
    count, length, _ = halves.shape
    centred = halves - halves.mean(axis=1, keepdims=True)
    power = np.abs(np.fft.rfft(centred, n=2 * length, axis=1)) ** 2
    lagged = np.fft.irfft(power, axis=1)[:, :length].mean(axis=0) / length
    within = lagged[0] * length / (length - 1)
    between = halves.mean(axis=1).var(axis=0, ddof=1)
    pooled = (length - 1) / length * within + between
    safe = np.where(pooled > 0, pooled, 1.0)
    correlation = 1.0 - (within - lagged * length / (length - 1)) / safe
    correlation[0] = 1.0
    even = length - length % 2
    pairs = correlation[:even].reshape(even // 2, 2, -1).sum(axis=1)
    positive = np.logical_and.accumulate(pairs > 0, axis=0)
    tau = 2.0 * (pairs * positive).sum(axis=0) - 1.0
    total = count * length
    worth = np.minimum(total / np.maximum(tau, 1e-9), total)
    return np.asarray(np.where(pooled > 0, worth, total), dtype=np.float64)
