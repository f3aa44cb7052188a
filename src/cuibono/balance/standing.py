"""How actors stand: signed degrees, centralities, and whose side is free."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.closed_walks import MOST_ACTORS, adjacency
from cuibono.balance.optima import PartitionSet
from cuibono.balance.parts import connected_parts
from cuibono.model.graph import SignedGraph


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Standing:
    """One row an actor; all arrays (n,).

    Attributes
    ----------
    friendly, hostile, disputed : intp
        Ties by sign.
    pn : float64 or None
        PN centrality: 1 is average; a friend's friends raise it, enemies lower it.
        None where it is not defined or the network is too large.
    eigenvector : float64 or None
        Eigenvector of the eigenvalue of largest size, the largest entry 1; actors of
        opposite sign stand in opposite camps. None if no eigenvalue stands out.
    """

    friendly: NDArray[np.intp]
    hostile: NDArray[np.intp]
    disputed: NDArray[np.intp]
    pn: NDArray[np.float64] | None
    eigenvector: NDArray[np.float64] | None


def standing(g: SignedGraph) -> Standing:
    """Return signed degrees and centralities of every actor.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors; weights count in the eigenvector only.

    References
    ----------
    Everett and Borgatti (2014), Networks containing negative ties, Social Networks 38
    (PN index). Bonacich and Lloyd (2004), Calculating status with negative relations,
    Social Networks 26 (eigenvector).

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> found = standing(graph([("Arda", "Brun", 1), ("Arda", "Cor", -1)]))
    >>> found.friendly.tolist(), found.hostile.tolist()
    ([1, 1, 0], [1, 0, 1])
    >>> found.pn.round(2).tolist()
    [1.09, 1.27, 0.45]
    """
    degrees = [
        np.bincount(g.ends[g.sign == sign].ravel(), minlength=g.n)
        for sign in (1, -1, 0)
    ]
    small = 1 < g.n <= MOST_ACTORS
    return Standing(
        friendly=degrees[0],
        hostile=degrees[1],
        disputed=degrees[2],
        pn=_pn(g) if small else None,
        eigenvector=_eigenvector(g) if small else None,
    )


def _pn(g: SignedGraph) -> NDArray[np.float64] | None:
    """Solve (I - (P - 2N) / (2n - 2)) x = 1."""
    matrix = np.zeros((g.n, g.n))
    value = np.where(g.sign > 0, 1.0, np.where(g.sign < 0, -2.0, 0.0))
    matrix[g.ends[:, 0], g.ends[:, 1]] = value
    matrix += matrix.T
    system = np.eye(g.n) - matrix / (2 * g.n - 2)
    try:
        return np.linalg.solve(system, np.ones(g.n)).astype(np.float64)
    except np.linalg.LinAlgError:
        return None


def _eigenvector(g: SignedGraph) -> NDArray[np.float64] | None:
    """Return the dominant eigenvector if one eigenvalue is larger than all others."""
    values, vectors = np.linalg.eigh(adjacency(g))
    order = np.argsort(-np.abs(values), kind="stable")
    first, second = np.abs(values[order[:2]])
    if first - second <= 1e-9 * max(first, 1.0):
        return None
    vector: NDArray[np.float64] = vectors[:, order[0]]
    peak = vector[np.argmax(np.abs(vector).round(9))]
    return np.where(np.abs(vector) < 1e-12, 0.0, vector / peak)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Freedom:
    """Whose side every optimum agrees on, part by part.

    Attributes
    ----------
    free : (f,) intp
        Actors whose side, seen from the largest group of their part that always keeps
        together, differs between optima.
    exact : bool
        Whether all optima were looked at; if not, `free` may miss or add some.
    """

    free: NDArray[np.intp]
    exact: bool

    def __post_init__(self) -> None:
        """Freeze the array."""
        self.free.setflags(write=False)


def free_actors(g: SignedGraph, optima: PartitionSet) -> Freedom:
    """Return the actors whose side is not settled by the frustration index.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors.
    optima : PartitionSet
        Of the same graph.

    Examples
    --------
    >>> from cuibono.balance.optima import optimal_partitions
    >>> from cuibono.model.graph import graph
    >>> ties = [("A", "B", 1), ("B", "C", 1), ("A", "C", 1), ("A", "D", 1),
    ...         ("B", "D", -1)]
    >>> g = graph(ties)
    >>> [g.names[k] for k in free_actors(g, optimal_partitions(g)).free]
    ['D']
    """
    part = connected_parts(g)
    sides = optima.partitions
    free: list[int] = []
    for label in range(int(part.max(initial=-1)) + 1):
        members = np.flatnonzero(part == label)
        # Seen from the part's first actor; who has one column keeps together.
        column = (sides[:, members] * sides[:, members[:1]]).T
        groups: dict[bytes, list[int]] = {}
        for member, row in zip(members.tolist(), column, strict=True):
            key = (row * row[0]).tobytes()
            groups.setdefault(key, []).append(member)
        core = max(groups.values(), key=lambda group: (len(group), -group[0]))
        free += [k for group in groups.values() if group is not core for k in group]
    return Freedom(free=np.array(sorted(free), dtype=np.intp), exact=optima.complete)
