"""Signs drawn at random with each actor's signed degree kept in expectation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.kernels.entropy import fit_nodes
from cuibono.balance.kernels.patterns import strong_components
from cuibono.balance.kernels.walks import rows_of
from cuibono.model.graph import SignedGraph

_CLOSE = 1e-6
_SWEEPS = 3000
_DENSE = 1500


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SignEntropy:
    """Independent signs of maximum entropy.

    Attributes
    ----------
    positive : (m,) float64
        Probability that a tie is positive; 0 or 1 where the degrees leave no choice.
    free : int
        Ties whose sign is not settled by the degrees.
    bits : float
        Entropy that remains over all ties.
    residual : float
        Largest distance of an expected degree from the observed one.
    """

    positive: NDArray[np.float64]
    free: int
    bits: float
    residual: float


def sign_entropy(g: SignedGraph) -> SignEntropy:
    """Return the most random signs that keep k+ and k- of every actor in expectation.

    A likelihood without a finite maximum is avoided exactly: a sign can vary only if
    its tie lies on a closed walk of alternating signs. All others are fixed first.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors; disputed ones (sign 0) are left out.

    References
    ----------
    Hao and Kovacs (2024), Proper network randomization is key to assessing social
    balance, Science Advances 10.

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> ring = graph([("A", "B", 1), ("B", "C", -1), ("C", "D", 1), ("A", "D", -1)])
    >>> found = sign_entropy(ring)
    >>> found.free, round(found.bits, 3), found.positive.round(3).tolist()
    (4, 4.0, [0.5, 0.5, 0.5, 0.5])
    """
    free = np.flatnonzero(_can_vary(g))
    positive = (g.sign > 0).astype(np.float64)
    ends = g.ends[free].astype(np.int64)
    start, to, _ = rows_of(g.n, ends)
    wanted = np.bincount(
        ends.ravel(), np.repeat(positive[free], 2), minlength=g.n
    ).astype(np.float64)
    a = np.zeros(g.n)
    residual = float(fit_nodes(start, to, wanted, a, 30, _CLOSE))
    if residual > _CLOSE and g.n <= _DENSE:
        _newton(ends, wanted, a)
    residual = float(fit_nodes(start, to, wanted, a, _SWEEPS, _CLOSE))
    share = 1 / (1 + np.exp(-a[ends].sum(axis=1)))
    positive[free] = share
    return SignEntropy(
        positive=positive,
        free=len(free),
        bits=float(_bits(share).sum()),
        residual=residual,
    )


def _can_vary(g: SignedGraph) -> NDArray[np.bool_]:
    """Tell which ties lie on a closed walk of alternating signs.

    Each actor twice: a positive tie leads from the left to the right, a negative one
    back. A tie is on such a walk if both its ends there are strongly connected.
    """
    tail = np.concatenate([g.ends, g.ends[:, ::-1]])
    sign = np.concatenate([g.sign, g.sign])
    away, back = tail[sign > 0], tail[sign < 0]
    arcs = np.concatenate(
        [
            np.stack([away[:, 0], away[:, 1] + g.n], axis=1),
            np.stack([back[:, 0] + g.n, back[:, 1]], axis=1),
        ]
    ).astype(np.int64)
    arcs = arcs[np.argsort(arcs[:, 0], kind="stable")]
    start = np.searchsorted(arcs[:, 0], np.arange(2 * g.n + 1)).astype(np.int64)
    part = strong_components(start, np.ascontiguousarray(arcs[:, 1]))
    one, other = g.ends.T
    vary: NDArray[np.bool_] = (g.sign != 0) & (part[one] == part[other + g.n])
    return vary


def _newton(
    ends: NDArray[np.int64], wanted: NDArray[np.float64], a: NDArray[np.float64]
) -> None:
    """Improve `a` by Newton steps that are halved while they make it worse."""
    i, j = ends.T
    n = len(a)

    def off(values: NDArray[np.float64]) -> NDArray[np.float64]:
        share = 1 / (1 + np.exp(-(values[i] + values[j])))
        total = np.bincount(i, share, n) + np.bincount(j, share, n)
        rest: NDArray[np.float64] = wanted - total
        return rest

    for _ in range(50):
        left = off(a)
        if np.abs(left).max() < _CLOSE:
            return
        share = 1 / (1 + np.exp(-(a[i] + a[j])))
        slope = share * (1 - share)
        curve = np.zeros((n, n))
        curve[i, j] = curve[j, i] = slope
        diagonal = curve.sum(axis=1)
        curve[np.arange(n), np.arange(n)] = diagonal + 1e-9 + (diagonal == 0)
        step = np.clip(np.linalg.solve(curve, left), -5, 5)
        scale = 1.0
        while scale > 1e-4 and np.sum(off(a + scale * step) ** 2) >= np.sum(left**2):
            scale /= 2
        a += scale * step


def _bits(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Entropy of each probability in bits."""
    p = np.clip(share, 1e-300, 1 - 1e-16)
    bits: NDArray[np.float64] = -(p * np.log2(p) + (1 - p) * np.log2(1 - p))
    return bits
