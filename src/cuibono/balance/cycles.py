"""Negative cycles of a block that are short under given lengths of the ties."""

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block

Cycle = tuple[int, ...]

# Added to each tie, so that walks of length zero end and short cycles win.
_NUDGE = 1e-6


def negative_triangles(block: Block, *, most: int) -> list[Cycle]:
    """List up to `most` negative triangles, each as three ties of the block."""
    near = [dict(row) for row in block.neighbours()]
    sign = block.sign.tolist()
    found: list[Cycle] = []
    for tie, (i, j) in enumerate(block.ends.tolist()):
        found += [
            (tie, near[j][k], near[i][k])
            for k in near[i].keys() & near[j].keys()
            if k > j and sign[tie] * sign[near[i][k]] * sign[near[j][k]] < 0
        ]
        if len(found) >= most:
            break
    return sorted(found)[:most]


def short_negative_cycles(
    block: Block, length: NDArray[np.float64], *, below: float
) -> list[Cycle]:
    """List negative cycles shorter than `below`, at most one through each tie.

    A cycle is a tuple of ties in order. If the list is empty there is no such cycle.

    Parameters
    ----------
    block : Block
        With k actors.
    length : (b,) float64
        Length of each tie, not negative.
    below : float
        Cycles at least so long are left out.
    """
    walk = length + _NUDGE
    even, odd = _distances(block, walk)
    first, last = block.ends[:, 0], block.ends[:, 1]
    # A walk whose sign is opposite to the tie's closes a negative cycle with it.
    back = np.where(block.sign > 0, odd[first, last], even[first, last])
    total = walk + back
    order = np.argsort(total, kind="stable")
    tracer = _Tracer(block, walk, even, odd)
    slack = _NUDGE * (len(block.nodes) + 1)
    found: dict[frozenset[int], Cycle] = {}
    for tie in order[total[order] < below + slack].tolist():
        cycle = tracer.through(tie)
        if length[list(cycle)].sum() < below:
            found.setdefault(frozenset(cycle), cycle)
    return list(found.values())


def _distances(
    block: Block, walk: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Shortest walks (k, k) with an even and with an odd count of negative ties.

    Floyd and Warshall on the graph that has each actor twice, once per parity.
    """
    k = len(block.nodes)
    even, odd = np.full((k, k), np.inf), np.full((k, k), np.inf)
    np.fill_diagonal(even, 0.0)
    for matrix, chosen in ((even, block.sign > 0), (odd, block.sign < 0)):
        i, j = block.ends[chosen].T
        matrix[i, j] = matrix[j, i] = walk[chosen]
    for via in range(k):
        turn = odd[via, via]
        odd[via] = np.minimum(odd[via], even[via] + turn)
        even[via] = np.minimum(even[via], odd[via] + turn)
        odd[:, via], even[:, via] = odd[via], even[via]
        e, o = even[via].copy(), odd[via].copy()
        np.minimum(even, e[:, None] + e, out=even)
        np.minimum(even, o[:, None] + o, out=even)
        np.minimum(odd, e[:, None] + o, out=odd)
        np.minimum(odd, o[:, None] + e, out=odd)
    return even, odd


class _Tracer:
    """Follows shortest walks from their lengths alone."""

    def __init__(
        self,
        block: Block,
        walk: NDArray[np.float64],
        even: NDArray[np.float64],
        odd: NDArray[np.float64],
    ) -> None:
        """Keep the lengths and index the ties by actor."""
        self.block = block
        near = block.neighbours()
        self.to = [np.array([j for j, _ in row], dtype=np.intp) for row in near]
        self.by = [np.array([t for _, t in row], dtype=np.intp) for row in near]
        self.walk = walk
        # State 2 * actor + parity: distance from actor, parity to every other actor.
        self.distance = np.stack([even, odd])

    def through(self, tie: int) -> Cycle:
        """Return a negative cycle no longer than the shortest walk that uses `tie`."""
        start, goal = self.block.ends[tie].tolist()
        parity = int(self.block.sign[tie] > 0)
        ties, here = [tie], start
        nodes = [goal, start]
        while here != goal or parity:
            to, by = self.to[here], self.by[here]
            rest = parity ^ (self.block.sign[by] < 0)
            step = int((self.walk[by] + self.distance[rest, to, goal]).argmin())
            here, parity = int(to[step]), int(rest[step])
            ties.append(int(by[step]))
            nodes.append(here)
        return self._simple(ties, nodes)

    def _simple(self, ties: list[int], nodes: list[int]) -> Cycle:
        """Cut the closed walk at actors met twice; one of the pieces is negative."""
        sign = self.block.sign
        place = {nodes[0]: 0}
        kept_ties: list[int] = []
        kept_nodes = [nodes[0]]
        piece: list[int] = []
        for tie, node in zip(ties, nodes[1:], strict=True):
            kept_ties.append(tie)
            if node not in place:
                place[node] = len(kept_nodes)
                kept_nodes.append(node)
                continue
            cut = place[node]
            piece = kept_ties[cut:]
            if sign[piece].prod() < 0:
                break
            for gone in kept_nodes[cut + 1 :]:
                del place[gone]
            del kept_nodes[cut + 1 :], kept_ties[cut:]
        return tuple(piece)
