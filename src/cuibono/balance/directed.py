"""Signed ties with a direction: factions, and triads that are read one way."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.k_factions import weak_frustration
from cuibono.balance.kernels.relaxed import transitive_counts
from cuibono.balance.weak_certificate import WeakFrustration
from cuibono.model.graph import SignedGraph


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DirectedTies:
    """Signed ties that each go from one of `n` actors to another.

    Attributes
    ----------
    names : (n,) tuple of str
        Actor ids, in order of position.
    arcs : (m, 2) intp
        Sender and receiver; no loops, no pair twice in the same direction.
    sign : (m,) int8
        1 friendly, -1 hostile, 0 disputed.
    weight : (m,) float64
        Cost of a frustrated tie.
    """

    names: tuple[str, ...]
    arcs: NDArray[np.intp]
    sign: NDArray[np.int8]
    weight: NDArray[np.float64]

    def __post_init__(self) -> None:
        """Freeze the arrays.

        Raises
        ------
        ValueError
            If the arrays do not fit, or a tie is a loop or comes twice.
        """
        m = len(self.sign)
        if self.arcs.shape != (m, 2) or self.weight.shape != (m,):
            raise ValueError(f"arcs and weight must have {m} entries, as sign has")
        if np.any(self.arcs[:, 0] == self.arcs[:, 1]):
            raise ValueError("arcs must have no loops")
        if len(np.unique(self.arcs, axis=0)) != m:
            raise ValueError("arcs must have no pair twice in the same direction")
        for array in (self.arcs, self.sign, self.weight):
            array.setflags(write=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DirectedFrustration:
    """Least weight of directed ties to change for balance.

    Attributes
    ----------
    lower, upper : float
        Bounds, in units of tie weight.
    contradicted : float
        What of it pairs cost that say the opposite of each other, whatever the
        factions are.
    frustrated : (k,) intp
        Positions of the directed ties that the partition frustrates.
    undirected : WeakFrustration
        Partition and proof, for the ties of `both_ways`.
    """

    lower: float
    upper: float
    contradicted: float
    frustrated: NDArray[np.intp]
    undirected: WeakFrustration


def both_ways(d: DirectedTies) -> tuple[SignedGraph, float]:
    """Return undirected ties that cost as the directed ones do, but for a constant.

    Two ties of a pair that agree weigh together what they weigh apart. Of two that do
    not agree one is frustrated always: the lesser weight is the constant, and what the
    greater has more is left as the tie.

    Returns
    -------
    ties : SignedGraph
        At most one for each pair; disputed ties (sign 0) are left out.
    contradicted : float
        The constant.
    """
    ends = np.sort(d.arcs[d.sign != 0], axis=1)
    pairs, at = np.unique(ends, axis=0, return_inverse=True)
    pull = (d.sign * d.weight)[d.sign != 0]
    at = at.reshape(-1)
    plus = np.bincount(at, pull.clip(min=0), len(pairs))
    minus = np.bincount(at, (-pull).clip(min=0), len(pairs))
    g = SignedGraph(
        names=d.names,
        ends=pairs.reshape(-1, 2),
        sign=np.sign(plus - minus).astype(np.int8),
        weight=np.abs(plus - minus),
    )
    return g, float(np.minimum(plus, minus).sum())


def directed_frustration(
    d: DirectedTies,
    *,
    most_factions: int | None = 2,
    time_limit: float | None = None,
) -> DirectedFrustration:
    """Return the least weight of directed ties to change, each counted by itself.

    Parameters
    ----------
    d : DirectedTies
        Ties between actors; disputed ones are left free.
    most_factions : int, optional
        2 for balance, None for weak balance with any number of factions.
    time_limit : float, optional
        Seconds after which bounds are returned.

    Raises
    ------
    ValueError
        As `weak_frustration`.

    References
    ----------
    Doreian and Mrvar (1996), A partitioning approach to structural balance, Social
    Networks 18.

    Examples
    --------
    >>> pair = DirectedTies(names=("Arda", "Brun"), arcs=np.array([[0, 1], [1, 0]]),
    ...     sign=np.array([1, -1], dtype=np.int8), weight=np.ones(2))
    >>> found = directed_frustration(pair)
    >>> found.upper, found.contradicted
    (1.0, 1.0)
    """
    g, constant = both_ways(d)
    found = weak_frustration(g, most_factions=most_factions, time_limit=time_limit)
    within = found.partition[d.arcs[:, 0]] == found.partition[d.arcs[:, 1]]
    wrong = (within & (d.sign < 0)) | (~within & (d.sign > 0))
    return DirectedFrustration(
        lower=found.lower + constant,
        upper=found.upper + constant,
        contradicted=constant,
        frustrated=np.flatnonzero(wrong),
        undirected=found,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitiveTriads:
    """Signed transitive triads: i to j, j to k, and i to k.

    Attributes
    ----------
    counts : tuple of int
        By the signs of these three ties: +++, ++-, +-+, +--, -++, -+-, --+, ---.
    """

    counts: tuple[int, ...]

    @property
    def balanced(self) -> float | None:
        """Share with an even number of negative ties; None without a triad."""
        even = sum(self.counts[at] for at in (0, 3, 5, 6))
        return even / sum(self.counts) if any(self.counts) else None

    def agreeing(self, first: int, second: int) -> float | None:
        """Share of i-k with the product of the signs i-j and j-k; None without one.

        ``agreeing(1, 1)``: how often a friend of a friend is a friend;
        ``agreeing(-1, -1)``: how often an enemy of an enemy is one.

        Raises
        ------
        ValueError
            If a sign is neither 1 nor -1.
        """
        if {first, second} - {1, -1}:
            raise ValueError(f"signs must be 1 or -1, got {first} and {second}")
        at = 4 * (first < 0) + 2 * (second < 0)
        plus, minus = self.counts[at], self.counts[at + 1]
        if not plus + minus:
            return None
        return (plus if first == second else minus) / (plus + minus)


def transitive_triads(d: DirectedTies) -> TransitiveTriads:
    """Return signed transitive triads by their signs; disputed ties are left out.

    Three ties that go round are none: nobody is tied past anybody there. Three actors
    whose ties are all mutual count six times, once for each order.

    References
    ----------
    Holland and Leinhardt (1971), Transitivity in structural models of small groups,
    Comparative Group Studies 2.
    Cartwright and Harary (1956), Structural balance, Psychological Review 63.

    Examples
    --------
    >>> d = DirectedTies(names=("Arda", "Brun", "Cor"), weight=np.ones(3),
    ...     arcs=np.array([[0, 1], [1, 2], [0, 2]]), sign=np.array([1, 1, 1], np.int8))
    >>> found = transitive_triads(d)
    >>> found.counts, found.balanced, found.agreeing(1, 1)
    ((1, 0, 0, 0, 0, 0, 0, 0), 1.0, 1.0)
    """
    stated = np.flatnonzero(d.sign)
    stated = stated[np.argsort(d.arcs[stated, 0], kind="stable")]
    senders = d.arcs[stated, 0]
    start = np.searchsorted(senders, np.arange(len(d.names) + 1)).astype(np.int64)
    to = np.ascontiguousarray(d.arcs[stated, 1], dtype=np.int64)
    sign = np.ascontiguousarray(d.sign[stated])
    counts = transitive_counts(len(d.names), start, to, sign)
    return TransitiveTriads(counts=tuple(counts.ravel().tolist()))
