"""Signed graphs drawn at random with signed degrees kept in expectation, ties free."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.kernels.configuration import drawn_ties
from cuibono.model.graph import SignedGraph

_CLOSE = 1e-6
_SWEEPS = 300
_STEPS = 100
# Newton's equations are twice as many as classes of actors.
_MOST_CLASSES = 1500
# Logarithms are kept below the first while they are iterated, below the second always:
# by then every chance is 0 or 1.
_FAR, _FARTHEST = 20.0, 150.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SignedConfiguration:
    """Independent signed ties of maximum entropy between any two actors.

    Attributes
    ----------
    x, y : (n,) float64
        A tie of i and j is positive with chance ``x_i x_j / (1 + x_i x_j + y_i y_j)``,
        negative with ``y_i y_j`` in the numerator.
    pairs : int
        Pairs of actors who may be tied or not.
    bits : float
        Entropy over all pairs.
    residual : float
        Largest distance of an expected signed degree from the observed one.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    pairs: int
    bits: float
    residual: float

    def drawn(
        self, rng: np.random.Generator
    ) -> tuple[NDArray[np.intp], NDArray[np.int8]]:
        """Return ends (m, 2), the lower first and sorted, and signs (m,) of a draw."""
        order = np.argsort(-(self.x + self.y), kind="stable")
        state = np.array([rng.integers(2**32)], dtype=np.uint64)
        rows = drawn_ties(self.x[order], self.y[order], state)
        ends = np.sort(order[rows[:, :2]], axis=1)
        sorted_ = np.lexsort((ends[:, 1], ends[:, 0]))
        return ends[sorted_], rows[sorted_, 2].astype(np.int8)


def signed_configuration(g: SignedGraph) -> SignedConfiguration:
    """Return the most random signed graphs that keep k+ and k- of each actor on average.

    Actors of the same signed degree share their numbers. These are found by iterating
    their equations and then by Newton's method on the likelihood, which is concave; where
    it has no finite maximum (an actor tied to everyone) they are stopped when far out,
    and `residual` tells what is missed.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors; disputed ones (sign 0) are left out.

    References
    ----------
    Gallo, Garlaschelli, Lambiotte, Saracco and Squartini (2024), Testing structural
    balance theories in heterogeneous signed networks, Communications Physics 7.

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> ring = graph([("A", "B", 1), ("B", "C", -1), ("C", "D", 1), ("A", "D", -1)])
    >>> found = signed_configuration(ring)
    >>> found.x.round(3).tolist(), found.pairs, found.residual < 1e-6
    ([1.0, 1.0, 1.0, 1.0], 6, True)
    """
    degree = np.zeros((g.n, 2))
    np.add.at(degree[:, 0], g.ends[g.sign > 0].ravel(), 1)
    np.add.at(degree[:, 1], g.ends[g.sign < 0].ravel(), 1)
    kinds, kind, size = np.unique(
        degree, axis=0, return_inverse=True, return_counts=True
    )
    model = _Classes(kinds, size)
    log = model.iterated()
    if model.residual(log) > _CLOSE and len(size) <= _MOST_CLASSES:
        log = model.newton(log)
    x, y = np.exp(log).T
    both = model.shares(log)
    pairs = model.pairs[both.sum(axis=0) > 0].sum()
    at = kind.reshape(-1)
    return SignedConfiguration(
        x=x[at],
        y=y[at],
        pairs=round(float(pairs)),
        bits=float((model.pairs * _bits(both)).sum()),
        residual=model.residual(log),
    )


class _Classes:
    """Actors of equal signed degree; the numbers are fitted for each class."""

    def __init__(self, degree: NDArray[np.float64], size: NDArray[np.intp]) -> None:
        """Take the signed degrees (c, 2) and how many actors have them."""
        self.degree, self.size = degree, size.astype(np.float64)
        # Nobody is tied to himself.
        self.others = np.broadcast_to(self.size, (len(size), len(size))).copy()
        self.others -= np.eye(len(size))
        # Each pair of classes stands twice, so that it counts half.
        self.pairs = self.size[:, None] * self.others / 2

    def shares(self, log: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the chances (2, c, c) of a positive and of a negative tie."""
        weight = np.exp(log.T[:, :, None] + log.T[:, None, :])
        share: NDArray[np.float64] = weight / (1 + weight.sum(axis=0))
        return share

    def missing(self, log: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return by how much each class's degrees (c, 2) are above the expected ones."""
        expected = (self.shares(log) * self.others).sum(axis=2).T
        left: NDArray[np.float64] = self.degree - expected
        return left

    def residual(self, log: NDArray[np.float64]) -> float:
        """Return the largest miss of any degree."""
        return float(np.abs(self.missing(log)).max(initial=0.0))

    def iterated(self) -> NDArray[np.float64]:
        """Iterate ``x_i = k_i / sum_j x_j / (1 + x_i x_j + y_i y_j)``, halfway each."""
        with np.errstate(divide="ignore"):
            ties = np.maximum((self.degree * self.size[:, None]).sum(axis=0), 1)
            log: NDArray[np.float64] = np.log(self.degree / np.sqrt(ties))
        kept = self.degree > 0
        for _ in range(_SWEEPS):
            expected = self.degree - self.missing(log)
            if np.abs(self.degree - expected).max(initial=0.0) < _CLOSE:
                break
            log[kept] += np.log(self.degree[kept] / expected[kept]) / 2
            log[kept] = np.clip(log[kept], -_FAR, _FAR)
        return log

    def newton(self, log: NDArray[np.float64]) -> NDArray[np.float64]:
        """Take Newton steps, shortened until they make the graph more likely."""
        kept = (self.degree > 0).T.ravel()
        for _ in range(_STEPS):
            left = self.missing(log)
            if np.abs(left).max(initial=0.0) < _CLOSE:
                break
            slope = (left * self.size[:, None]).T.ravel()[kept]
            flat = np.zeros(len(kept))
            flat[kept] = np.linalg.solve(self._curve(log, kept), slope)
            step = flat.reshape(2, -1).T
            scale = min(1.0, 3 / max(float(np.abs(flat).max()), 1e-9))
            now = self._likelihood(log)
            while scale > 1e-4 and self._likelihood(log + scale * step) < now:
                scale /= 2
            log = np.minimum(log + scale * step, _FARTHEST)
        return log

    def _likelihood(self, log: NDArray[np.float64]) -> float:
        """Return the logarithm of how likely the observed graph is."""
        weight = np.exp(log.T[:, :, None] + log.T[:, None, :]).sum(axis=0)
        seen = self.degree * np.maximum(log, -1e300)
        total = (seen * self.size[:, None]).sum() - (
            self.pairs * np.log1p(weight)
        ).sum()
        return float(total)

    def _curve(
        self, log: NDArray[np.float64], kept: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """Return the curvature of the likelihood: covariances of the degrees."""
        plus, minus = self.shares(log)
        count = self.size[:, None] * self.others
        parts = [
            [count * plus * (1 - plus), -count * plus * minus],
            [-count * plus * minus, count * minus * (1 - minus)],
        ]
        blocks = [[part + np.diag(part.sum(axis=1)) for part in row] for row in parts]
        curve = np.block(blocks)[np.ix_(kept, kept)]
        ridge = 1e-10 * max(float(np.trace(curve)), 1e-6)
        full: NDArray[np.float64] = curve + ridge * np.eye(len(curve))
        return full


def _bits(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the entropy in bits of a positive, a negative or no tie, from (2, ...)."""
    every = np.concatenate([share, (1 - share.sum(axis=0))[None]])
    every = np.clip(every, 1e-300, 1)
    bits: NDArray[np.float64] = -(every * np.log2(every)).sum(axis=0)
    return bits
