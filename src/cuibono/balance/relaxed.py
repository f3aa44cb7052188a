"""Relaxed balance: blocks between and within factions that are mostly of one sign."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.directed import DirectedTies
from cuibono.balance.kernels.relaxed import relaxed_annealed
from cuibono.balance.kernels.walks import rows_of
from cuibono.balance.units import cost_units, in_weight
from cuibono.model.graph import SignedGraph

# All partitions are tried where there are no more than so many of them.
_MOST_TRIED = 25_000
_RESTARTS = 24
_SWEEPS = 150


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RelaxedBalance:
    """Least weight found of ties at odds with the majority of their block.

    Attributes
    ----------
    upper : float
        That weight, in units of tie weight.
    proved : bool
        Whether every partition was tried; else `upper` is the best of a search.
    partition : (n,) intp
        Faction of each actor, numbered from 0 in order of first member.
    block_sign : (k, k) int8
        Majority between two factions, of the ties from row to column; 0 where the two
        signs weigh the same, or nothing.
    inconsistent : (c,) intp
        Positions of ties of another sign than their block; of a block of sign 0, the
        negative ones.
    """

    upper: float
    proved: bool
    partition: NDArray[np.intp]
    block_sign: NDArray[np.int8]
    inconsistent: NDArray[np.intp]

    def __post_init__(self) -> None:
        """Freeze the arrays."""
        for array in (self.partition, self.block_sign, self.inconsistent):
            array.setflags(write=False)


def relaxed_balance(
    g: SignedGraph | DirectedTies, factions: int, *, rng: np.random.Generator
) -> RelaxedBalance:
    """Return a partition whose blocks are each as nearly of one sign as can be.

    A block holds the ties between two factions, or within one; in balance those within
    are positive and those between negative, here each may be either. Differential
    popularity, mediation and mutual hostility within a group become visible. More
    factions never cost more, so that their number must be given.

    Parameters
    ----------
    g : SignedGraph or DirectedTies
        Ties between actors; with a direction, a block from one faction to another is
        apart from the one back. Disputed ties (sign 0) are left free.
    factions : int
        At most so many.
    rng : numpy.random.Generator
        For the restarts of the search.

    Raises
    ------
    ValueError
        If `factions` is below 1.

    References
    ----------
    Doreian and Mrvar (2009), Partitioning signed social networks, Social Networks 31.

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> feud = graph([("Arda", "Brun", -1), ("Arda", "Cor", 1), ("Brun", "Cor", 1)])
    >>> found = relaxed_balance(feud, 2, rng=np.random.default_rng(0))
    >>> found.upper, found.partition.tolist(), found.block_sign.tolist()
    (0.0, [0, 0, 1], [[-1, 1], [1, 0]])
    """
    if factions < 1:
        raise ValueError(f"factions must be at least 1, got {factions}")
    cost, unit = cost_units(g.weight)
    arcs = g.arcs if isinstance(g, DirectedTies) else g.ends
    stated = (g.sign != 0) & (cost > 0)
    ties = _Ties(len(g.names), arcs[stated], g.sign[stated], cost[stated], g)
    most = min(factions, max(len(g.names), 1))
    every = _partitions(len(g.names), most)
    label = ties.searched(most, rng) if every is None else ties.least(every)
    return _read(g, arcs, cost, unit, label, proved=every is not None)


class _Ties:
    """Stated ties as arcs; those without direction go both ways, and count double."""

    def __init__(
        self,
        n: int,
        arcs: NDArray[np.intp],
        sign: NDArray[np.int8],
        cost: NDArray[np.int64],
        g: SignedGraph | DirectedTies,
    ) -> None:
        """Keep the arcs in the kernels' types."""
        if isinstance(g, SignedGraph):
            arcs = np.concatenate([arcs, arcs[:, ::-1]])
            sign, cost = np.tile(sign, 2), np.tile(cost, 2)
        self.n = n
        self.arcs = np.ascontiguousarray(arcs, dtype=np.int64)
        self.sign, self.cost = sign, cost

    def least(self, labels: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the row of `labels` (p, n) that costs least."""
        k = int(labels.max(initial=0)) + 1
        at = labels[:, self.arcs[:, 0]] * k + labels[:, self.arcs[:, 1]]
        at += np.arange(len(labels))[:, None] * k * k
        size = len(labels) * k * k
        plus, minus = (
            np.bincount(
                at.ravel(), np.tile(self.cost * (self.sign == s), len(labels)), size
            )
            for s in (1, -1)
        )
        price = np.minimum(plus, minus).reshape(len(labels), -1).sum(axis=1)
        found: NDArray[np.int64] = labels[int(price.argmin())]
        return found

    def searched(self, most: int, rng: np.random.Generator) -> NDArray[np.int64]:
        """Return the best of several annealings from random partitions."""
        start, to, by = rows_of(self.n, self.arcs)
        state = np.array([rng.integers(2**32)], dtype=np.uint64)
        mean = float(self.cost.mean()) if len(self.cost) else 1.0
        best, least = np.zeros(self.n, dtype=np.int64), np.inf
        for _ in range(_RESTARTS):
            label = rng.integers(0, most, self.n)
            price = relaxed_annealed(
                start,
                to,
                by,
                self.arcs,
                self.sign,
                self.cost,
                label,
                most,
                _SWEEPS,
                4 * mean,
                0.2 * mean,
                state,
            )
            if price < least:
                best, least = label, price
        return best


def _partitions(n: int, most: int) -> NDArray[np.int64] | None:
    """List the partitions of n actors into at most `most`; None if they are too many."""
    rows: list[tuple[int, ...]] = [()]
    for _ in range(n):
        rows = [
            (*row, k)
            for row in rows
            for k in range(min(max(row, default=-1) + 2, most))
        ]
        if len(rows) > _MOST_TRIED:
            return None
    return np.array(rows, dtype=np.int64).reshape(len(rows), n)


def _read(
    g: SignedGraph | DirectedTies,
    arcs: NDArray[np.intp],
    cost: NDArray[np.int64],
    unit: int,
    label: NDArray[np.int64],
    *,
    proved: bool,
) -> RelaxedBalance:
    """Read the blocks' signs, and what does not fit them, off a partition."""
    number = {old: new for new, old in enumerate(dict.fromkeys(label.tolist()))}
    partition = np.array([number[old] for old in label.tolist()], dtype=np.intp)
    balance = np.zeros((len(number), len(number)), dtype=np.int64)
    np.add.at(balance, tuple(partition[arcs].T), cost * g.sign)
    if isinstance(g, SignedGraph):
        balance += balance.T - np.diag(np.diag(balance))
    block = np.sign(balance).astype(np.int8)
    fit = np.where(block == 0, 1, block)[tuple(partition[arcs].T)]
    wrong = np.flatnonzero((g.sign != 0) & (g.sign != fit))
    return RelaxedBalance(
        upper=in_weight(int(cost[wrong].sum()), unit),
        proved=proved,
        partition=partition,
        block_sign=block,
        inconsistent=wrong,
    )
