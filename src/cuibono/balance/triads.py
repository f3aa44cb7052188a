"""Triads of a signed graph: their ties, signs and balance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.kernels.patterns import triangle_ties
from cuibono.model.graph import SignedGraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share from 0 to 1; `low` and `high` differ only where ties are disputed."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Triads:
    """Every triangle of a signed graph.

    Attributes
    ----------
    nodes : (t, 3) intp
        Positions of the three actors, ascending; rows in ascending order.
    ties : (t, 3) intp
        Positions of the ties first-second, first-third, second-third.
    product : (t,) int8
        Product of the three signs; 0 for a disputed triad.
    negatives : (t,) int8
        How many of the three ties are negative; disputed ties are not counted.
    disputed : (t,) int8
        How many of the three ties are disputed.
    """

    nodes: NDArray[np.intp]
    ties: NDArray[np.intp]
    product: NDArray[np.int8]
    negatives: NDArray[np.int8]
    disputed: NDArray[np.int8]

    def __post_init__(self) -> None:
        """Freeze the arrays."""
        for array in (
            self.nodes,
            self.ties,
            self.product,
            self.negatives,
            self.disputed,
        ):
            array.setflags(write=False)

    def __len__(self) -> int:
        """Count of triads, disputed ones included."""
        return len(self.product)

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """T0, T1, T2, T3: undisputed triads by their count of negative ties."""
        stated = self.negatives[self.disputed == 0]
        t0, t1, t2, t3 = (int(np.sum(stated == k)) for k in range(4))
        return t0, t1, t2, t3

    @property
    def most_counts(self) -> tuple[int, int, int, int]:
        """T0..T3 if each disputed triad counts in every class that it may fall in."""
        least, most = self.negatives, self.negatives + self.disputed
        t0, t1, t2, t3 = (int(np.sum((least <= k) & (k <= most))) for k in range(4))
        return t0, t1, t2, t3

    @property
    def strongly_balanced(self) -> Share | None:
        """Share with an even number of negative ties; None without a triad."""
        return self._share(self.product > 0)

    @property
    def weakly_balanced(self) -> Share | None:
        """Share with other than exactly one negative tie; None without a triad."""
        settled = (self.disputed == 0) & (self.negatives != 1)
        # Two or three negative ties stay so, whatever the disputed tie turns out to be.
        return self._share(settled | (self.negatives >= 2))

    def _share(self, balanced: NDArray[np.bool_]) -> Share | None:
        """Return the share of triads that hold, and with the disputed ones added."""
        total = len(self)
        if not total:
            return None
        low = int(np.sum(balanced))
        open_ones = int(np.sum((self.disputed > 0) & ~balanced))
        return Share(low=low / total, high=(low + open_ones) / total)


def triads(g: SignedGraph) -> Triads:
    """Return every triangle with its ties, sign and count of negative ties.

    A triad with a disputed tie (sign 0) may turn out balanced or not: it is left out
    of `counts`, and opens a range in `most_counts` and the shares. The range treats
    each triad by itself, so that it is wide enough where triads share a disputed tie.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors.

    Returns
    -------
    Triads
        In ascending order of actors.

    References
    ----------
    Cartwright and Harary (1956), Structural balance, Psychological Review 63.
    Davis (1967), Clustering and structural balance in graphs, Human Relations 20.

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> found = triads(graph([("Arda", "Brun", 1), ("Arda", "Cor", 1),
    ...                       ("Brun", "Cor", -1)]))
    >>> found.counts, found.strongly_balanced
    ((0, 1, 0, 0), Share(low=0.0, high=0.0))
    """
    rows = _triangles(g)
    nodes = np.array([r[:3] for r in rows], dtype=np.intp).reshape(-1, 3)
    ties = np.array([r[3:] for r in rows], dtype=np.intp).reshape(-1, 3)
    sign = g.sign[ties]
    return Triads(
        nodes=nodes,
        ties=ties,
        product=np.prod(sign, axis=1, dtype=np.int8),
        negatives=np.sum(sign < 0, axis=1, dtype=np.int8),
        disputed=np.sum(sign == 0, axis=1, dtype=np.int8),
    )


def _triangles(g: SignedGraph) -> list[tuple[int, int, int, int, int, int]]:
    """List actors i < j < k and ties ij, ik, jk of every triangle."""
    above: list[dict[int, int]] = [{} for _ in range(g.n)]
    for tie, (i, j) in enumerate(g.ends.tolist()):
        above[i][j] = tie
    rows = [
        (i, j, k, tie, above[i][k], above[j][k])
        for i in range(g.n)
        for j, tie in above[i].items()
        for k in above[j].keys() & above[i].keys()
    ]
    return sorted(rows)


def triad_counts(g: SignedGraph) -> tuple[tuple[int, int, int, int], int]:
    """Return T0..T3 over the undisputed triads, and how many triads are disputed.

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> triad_counts(graph([("Arda", "Brun", 1), ("Arda", "Cor", 1),
    ...                     ("Brun", "Cor", -1)]))
    ((0, 1, 0, 0), 0)
    """
    ties = triangle_ties(g.n, np.ascontiguousarray(g.ends, dtype=np.int64))
    sign = g.sign[ties]
    stated = (sign != 0).all(axis=1)
    negatives = np.bincount((sign[stated] < 0).sum(axis=1), minlength=4)
    t0, t1, t2, t3 = negatives.tolist()
    return (t0, t1, t2, t3), int(np.sum(~stated))


def stated_triangles(g: SignedGraph) -> NDArray[np.int64]:
    """Return the ties (t, 3) of every triangle without a disputed tie."""
    ties = triangle_ties(g.n, np.ascontiguousarray(g.ends, dtype=np.int64))
    return np.ascontiguousarray(ties[(g.sign[ties] != 0).all(axis=1)])
