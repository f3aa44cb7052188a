"""Biconnected blocks: parts of a signed graph whose frustration simply adds up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cuibono.model.graph import SignedGraph


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """A biconnected part; no cycle of the graph leaves it and comes back.

    Attributes
    ----------
    nodes : (k,) intp
        Positions in the graph, ascending.
    ties : (b,) intp
        Positions of the ties in the graph, ascending.
    ends : (b, 2) intp
        Ends of the ties, as positions in `nodes`.
    sign : (b,) int8
        1 or -1.
    cost : (b,) int64
        Whole units, positive.
    grain : int
        Billionths of weight in a unit.
    """

    nodes: NDArray[np.intp]
    ties: NDArray[np.intp]
    ends: NDArray[np.intp]
    sign: NDArray[np.int8]
    cost: NDArray[np.int64]
    grain: int

    @property
    def unit(self) -> int:
        """Millionths of weight in a unit, where the block is one of a graph."""
        return self.grain // 1000

    def with_ties(self, ties: NDArray[np.intp]) -> "Block":
        """Return the block with other positions of its ties (b,)."""
        return replace(self, ties=ties)

    def frustrated(self, side: NDArray[np.int8]) -> NDArray[np.bool_]:
        """Tell for each tie whether the partition (k,) frustrates it."""
        product: NDArray[np.int8] = side[self.ends[:, 0]] * side[self.ends[:, 1]]
        wrong: NDArray[np.bool_] = product != self.sign
        return wrong

    def price(self, side: NDArray[np.int8]) -> int:
        """Return what the partition (k,) frustrates, in units."""
        return int(self.cost[self.frustrated(side)].sum())

    def neighbours(self) -> list[list[tuple[int, int]]]:
        """List for each node its (node, tie) pairs, all as positions in the block."""
        near: list[list[tuple[int, int]]] = [[] for _ in self.nodes]
        for tie, (i, j) in enumerate(self.ends.tolist()):
            near[i].append((j, tie))
            near[j].append((i, tie))
        return near


def blocks(
    g: SignedGraph, sign: NDArray[np.int8], cost: NDArray[np.int64], unit: int
) -> tuple[Block, ...]:
    """Return the biconnected blocks of the ties that have a sign and a cost.

    Parameters
    ----------
    g : SignedGraph
        Gives the actors and the ends of the ties.
    sign : (m,) int8
        Sign of each tie; a 0 takes the tie out.
    cost : (m,) int64
        Cost of each tie in units; a 0 takes the tie out.
    unit : int
        Millionths of weight in a unit.

    References
    ----------
    Hopcroft and Tarjan (1973), Algorithm 447, Communications of the ACM 16.
    """
    return parts_of(g.n, g.ends, sign, cost, unit * 1000)


def parts_of(
    n: int,
    ends: NDArray[np.intp],
    sign: NDArray[np.int8],
    cost: NDArray[np.int64],
    grain: int,
) -> tuple[Block, ...]:
    """Return the biconnected blocks of ties (m,) between `n` actors, as `blocks` does."""
    kept = np.flatnonzero((sign != 0) & (cost > 0))
    found = []
    for part in sorted(_biconnected(n, kept.tolist(), ends.tolist()), key=min):
        ties = np.array(sorted(part), dtype=np.intp)
        nodes, local = np.unique(ends[ties], return_inverse=True)
        found.append(
            Block(
                nodes=nodes,
                ties=ties,
                ends=local.reshape(-1, 2).astype(np.intp),
                sign=sign[ties],
                cost=cost[ties],
                grain=grain,
            )
        )
    return tuple(found)


def _biconnected(n: int, kept: list[int], ends: list[list[int]]) -> list[list[int]]:
    """List the ties of each block, by depth-first search with low points."""
    near: list[list[tuple[int, int]]] = [[] for _ in range(n)]
    for tie in kept:
        i, j = ends[tie]
        near[i].append((j, tie))
        near[j].append((i, tie))
    depth, low = [-1] * n, [0] * n
    parts: list[list[int]] = []
    for root in range(n):
        if depth[root] < 0:
            _search_from(root, near, depth, low, parts)
    return parts


def _search_from(
    root: int,
    near: list[list[tuple[int, int]]],
    depth: list[int],
    low: list[int],
    parts: list[list[int]],
) -> None:
    """Visit one component and add its blocks to `parts`."""
    depth[root] = 0
    open_ties: list[int] = []
    # One entry per node on the path: node, tie that led here, place of that tie in
    # `open_ties`, rest of its neighbours.
    path = [(root, -1, 0, iter(near[root]))]
    while path:
        here, arrival, cut, rest = path[-1]
        step = next(rest, None)
        if step is None:
            path.pop()
            if path:
                _close(here, path[-1][0], cut, depth, low, open_ties, parts)
            continue
        there, tie = step
        if tie == arrival:
            continue
        if depth[there] < 0:
            depth[there] = low[there] = len(path)
            path.append((there, tie, len(open_ties), iter(near[there])))
            open_ties.append(tie)
        elif depth[there] < depth[here]:
            open_ties.append(tie)
            low[here] = min(low[here], depth[there])


def _close(
    child: int,
    parent: int,
    cut: int,
    depth: list[int],
    low: list[int],
    open_ties: list[int],
    parts: list[list[int]],
) -> None:
    """Leave a node; where nothing below it reaches above its parent, a block ends."""
    low[parent] = min(low[parent], low[child])
    if low[child] >= depth[parent]:
        parts.append(open_ties[cut:])
        del open_ties[cut:]


def assembled(
    n: int, parts: Sequence[Block], sides: Sequence[NDArray[np.int8]]
) -> NDArray[np.int8]:
    """Return one partition (n,) of the graph from one of each block.

    The first actor of each connected component, and whoever has no tie, is in 1.
    """
    member: list[list[int]] = [[] for _ in range(n)]
    for k, block in enumerate(parts):
        for node in block.nodes.tolist():
            member[node].append(k)
    local = [
        dict(zip(b.nodes.tolist(), s.tolist(), strict=True))
        for b, s in zip(parts, sides, strict=True)
    ]
    partition = np.zeros(n, dtype=np.int8)
    done: set[int] = set()
    for root in range(n):
        # Whoever was reached before has his side, and his blocks are done.
        partition[root] = partition[root] or 1
        queue = [root]
        while queue:
            here = queue.pop()
            for k in member[here]:
                if k not in done:
                    done.add(k)
                    queue += _spread(local[k], here, partition)
    return partition


def _spread(side: dict[int, int], fixed: int, partition: NDArray[np.int8]) -> list[int]:
    """Place a block's actors so that it fits the one already placed."""
    turn = side[fixed] * int(partition[fixed])
    for node, value in side.items():
        partition[node] = value * turn
    return [node for node in side if node != fixed]
