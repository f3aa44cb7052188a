"""Weak balance: the line index over partitions into any number of factions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.clusters import (
    MOST_EXACT,
    exact_clusters,
    packed_bound,
    searched_clusters,
)
from cuibono.balance.frustration import frustration
from cuibono.balance.units import cost_units, in_weight
from cuibono.model.graph import SignedGraph


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WeakFrustration:
    """Least weight of ties to change for weak balance.

    Attributes
    ----------
    lower, upper : float
        Bounds, in units of tie weight; equal where `proved`.
    proved : bool
        Whether the index is known exactly.
    partition : (n,) intp
        Faction of each actor, numbered from 0 in order of first member.
    frustrated : (k,) intp
        Positions of negative ties inside and positive ties between factions.
    """

    lower: float
    upper: float
    proved: bool
    partition: NDArray[np.intp]
    frustrated: NDArray[np.intp]

    def __post_init__(self) -> None:
        """Freeze the arrays."""
        self.partition.setflags(write=False)
        self.frustrated.setflags(write=False)


def weak_frustration(
    g: SignedGraph, *, most_factions: int | None = None
) -> WeakFrustration:
    """Return the line index of weak balance: negative within, positive between.

    Exact for connected components of up to 25 actors (clustering with triangle
    inequalities); for larger ones a local search and a packing of cycles with one
    negative tie bound it. Disputed ties (sign 0) are left free.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors.
    most_factions : int, optional
        At most so many factions; 2 gives the frustration index. Without it any number,
        and actors of separate components share none.

    Returns
    -------
    WeakFrustration
        Exact where `proved`.

    Raises
    ------
    ValueError
        If `most_factions` is below 1, or a weight is negative or not finite.

    References
    ----------
    Davis (1967), Clustering and structural balance in graphs, Human Relations 20.
    Doreian and Mrvar (1996), A partitioning approach to structural balance, Social
    Networks 18.
    Groetschel and Wakabayashi (1989), A cutting plane algorithm for a clustering
    problem, Mathematical Programming 45.

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> trio = graph([("Arda", "Brun", -1), ("Arda", "Cor", -1), ("Brun", "Cor", -1)])
    >>> weak_frustration(trio).upper, weak_frustration(trio, most_factions=2).upper
    (0.0, 1.0)
    """
    if most_factions is not None and most_factions < 1:
        raise ValueError(f"most_factions must be at least 1, got {most_factions}")
    cost, unit = cost_units(g.weight)
    pull = np.zeros((g.n, g.n), dtype=np.int64)
    pull[g.ends[:, 0], g.ends[:, 1]] = cost * g.sign
    pull += pull.T
    two = _two_factions(g, most_factions)
    lower, partition = 0, np.zeros(g.n, dtype=np.intp)
    for nodes in _components(pull):
        inner = pull[np.ix_(nodes, nodes)]
        bound, labels = _solved(inner, most_factions, two[nodes])
        apart = 0 if most_factions else partition.max(initial=0) + 1
        lower, partition[nodes] = lower + bound, labels + apart
    frustrated = _frustrated(g, partition)
    upper = int(cost[frustrated].sum())
    return WeakFrustration(
        lower=in_weight(lower, unit),
        upper=in_weight(upper, unit),
        proved=lower == upper,
        partition=_renumbered(partition),
        frustrated=frustrated,
    )


def _solved(
    pull: NDArray[np.int64], most_factions: int | None, start: NDArray[np.intp]
) -> tuple[int, NDArray[np.intp]]:
    """Return a lower bound and the factions of one component."""
    limit = min(most_factions or len(pull), len(pull))
    if len(pull) <= MOST_EXACT:
        return exact_clusters(pull, limit)
    return packed_bound(pull), searched_clusters(pull, limit, start=start)


def _two_factions(g: SignedGraph, most_factions: int | None) -> NDArray[np.intp]:
    """Return a good start (n,): two factions where these are allowed."""
    if g.n <= MOST_EXACT or most_factions == 1:
        return np.zeros(g.n, dtype=np.intp)
    return (frustration(g).partition < 0).astype(np.intp)


def _components(pull: NDArray[np.int64]) -> list[NDArray[np.intp]]:
    """List the actors of each connected component."""
    label = np.full(len(pull), -1)
    for root in range(len(pull)):
        if label[root] >= 0:
            continue
        label[root] = root
        queue = [root]
        while queue:
            found = np.flatnonzero((pull[queue.pop()] != 0) & (label < 0))
            label[found] = root
            queue += found.tolist()
    return [np.flatnonzero(label == root) for root in np.unique(label)]


def _frustrated(g: SignedGraph, partition: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return negative ties within and positive ties between factions."""
    within = partition[g.ends[:, 0]] == partition[g.ends[:, 1]]
    return np.flatnonzero((within & (g.sign < 0)) | (~within & (g.sign > 0)))


def _renumbered(partition: NDArray[np.intp]) -> NDArray[np.intp]:
    """Number the factions from 0 in order of their first member."""
    number = {label: k for k, label in enumerate(dict.fromkeys(partition.tolist()))}
    return np.array([number[label] for label in partition.tolist()], dtype=np.intp)
