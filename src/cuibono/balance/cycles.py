"""Negative cycles of a block that are short under given lengths of the ties."""

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block
from cuibono.balance.kernels.routes import negative_walks
from cuibono.balance.search import Rows

Cycle = tuple[int, ...]

# Added to each tie, so that walks of length zero end and short cycles win.
_NUDGE = 1e-7
# Longer walks are not followed in large blocks.
_LONGEST = 400


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
    block: Block,
    rows: Rows,
    side: NDArray[np.int8],
    length: NDArray[np.float64],
    *,
    below: float,
    most: int,
) -> list[Cycle]:
    """List up to `most` negative cycles shorter than `below`, the shortest first.

    A cycle is a tuple of ties in order. If the list is empty there is no such cycle.

    Parameters
    ----------
    block : Block
        With k actors.
    rows : Rows
        Its rows.
    side : (k,) int8
        Any partition: every negative cycle has a tie that it frustrates, so that only
        cycles through these are looked for; the fewer, the faster.
    length : (b,) float64
        Length of each tie, not negative.
    below : float
        Cycles at least so long are left out.
    most : int
        Leave it at so many.
    """
    walk = length + _NUDGE
    slack = _NUDGE * (2 * len(block.nodes) + 1)
    ends = np.ascontiguousarray(block.ends, dtype=np.int64)
    walks, hops, total = negative_walks(
        rows.start,
        rows.to,
        rows.by,
        ends,
        np.ascontiguousarray(block.sign),
        _cover(block, side),
        walk,
        below + slack,
        2 * len(block.nodes) + 1 if len(block.nodes) < 200 else _LONGEST,
    )
    found: dict[frozenset[int], Cycle] = {}
    listed = block.ends.tolist(), block.sign.tolist()
    for at in np.argsort(total, kind="stable").tolist():
        cycle = _simple(walks[at, : hops[at]].tolist(), *listed)
        if length[list(cycle)].sum() < below:
            found.setdefault(frozenset(cycle), cycle)
            if len(found) >= most:
                break
    return list(found.values())


def _cover(block: Block, side: NDArray[np.int8]) -> NDArray[np.int64]:
    """Return actors of which each tie frustrated by `side` (k,) has at least one."""
    ends = block.ends[block.frustrated(side)]
    count = np.bincount(ends.ravel(), minlength=len(block.nodes))
    taken: set[int] = set()
    for i, j in ends[np.argsort(-count[ends].max(axis=1), kind="stable")].tolist():
        if i not in taken and j not in taken:
            taken.add(i if count[i] >= count[j] else j)
    return np.array(sorted(taken), dtype=np.int64)


def _simple(ties: list[int], ends: list[list[int]], sign: list[int]) -> Cycle:
    """Cut a closed walk at actors met twice; one of the pieces is negative."""
    one, other = ends[ties[0]]
    here = one if other in ends[ties[1]] else other
    place = {here: 0}
    way: list[int] = []
    nodes = [here]
    piece: list[int] = []
    for tie in ties:
        here = sum(ends[tie]) - here
        way.append(tie)
        if here not in place:
            place[here] = len(nodes)
            nodes.append(here)
            continue
        cut = place[here]
        piece = way[cut:]
        if sum(sign[step] < 0 for step in piece) % 2:
            break
        for gone in nodes[cut + 1 :]:
            del place[gone]
        del nodes[cut + 1 :], way[cut:]
    return tuple(piece)
