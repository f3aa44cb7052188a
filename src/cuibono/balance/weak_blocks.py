"""Parts of a signed graph whose weak imbalance simply adds up."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block, blocks
from cuibono.balance.units import cost_units
from cuibono.model.graph import SignedGraph


def weak_blocks(
    g: SignedGraph, cost: NDArray[np.int64], unit: int
) -> tuple[Block, ...]:
    """Return the biconnected parts that hold a cycle with exactly one negative tie.

    Only such cycles cost anything if the number of factions is free. None uses a
    negative tie whose ends no positive ties join, and none leaves a biconnected part:
    taking out the one makes the other smaller, until nothing changes.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors; disputed ones (sign 0) are left out.
    cost : (m,) int64
        Cost of each tie in units; a 0 takes the tie out.
    unit : int
        Millionths of weight in a unit.

    References
    ----------
    Davis (1967), Clustering and structural balance in graphs, Human Relations 20.
    """
    sign = g.sign.copy()
    while True:
        parts = blocks(g, sign, cost, unit)
        idle = [part.ties[_unclosed(part)] for part in parts]
        if not any(len(ties) for ties in idle):
            return tuple(part for part in parts if (part.sign < 0).any())
        sign[np.concatenate(idle)] = 0


def _unclosed(part: Block) -> NDArray[np.bool_]:
    """Tell which negative ties no positive ties of the part close to a cycle."""
    label = joined_by(len(part.nodes), part.ends[part.sign > 0])
    apart: NDArray[np.bool_] = label[part.ends[:, 0]] != label[part.ends[:, 1]]
    return apart & (part.sign < 0)


def joined_by(k: int, ends: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return for each of `k` nodes the first one that ties `ends` (b, 2) join it to."""
    label = np.arange(k)
    while True:
        least = label[ends].min(axis=1) if len(ends) else np.empty(0, dtype=np.intp)
        new = label.copy()
        np.minimum.at(new, ends[:, 0], least)
        np.minimum.at(new, ends[:, 1], least)
        new = new[new]
        if np.array_equal(new, label):
            return new
        label = new


def united(
    g: SignedGraph, parts: Sequence[Block], labels: Sequence[NDArray[np.intp]]
) -> NDArray[np.intp]:
    """Return the clusters (n,) that the parts' clusters make together.

    Whoever is joined by positive ties that no part cuts is together; a negative tie
    within then closes a cycle with them, so that its own part has counted it.
    """
    # A tie without weight joins nobody: no part has looked at it.
    kept = (g.sign > 0) & (cost_units(g.weight)[0] > 0)
    for part, label in zip(parts, labels, strict=True):
        cut = label[part.ends[:, 0]] != label[part.ends[:, 1]]
        kept[part.ties[cut]] = False
    return joined_by(g.n, g.ends[kept])


def recoloured(
    n: int, parts: Sequence[Block], labels: Sequence[NDArray[np.intp]]
) -> NDArray[np.intp]:
    """Return clusters (n,) that agree with each part's up to a renaming.

    The parts are all biconnected parts of a graph, so that each hangs on what is done
    already by one actor: two names are swapped there. Whoever has no tie is in 0.
    """
    member: list[list[int]] = [[] for _ in range(n)]
    for at, part in enumerate(parts):
        for node in part.nodes.tolist():
            member[node].append(at)
    found = np.full(n, -1, dtype=np.intp)
    done: set[int] = set()
    for root in range(n):
        found[root] = max(found[root], 0)
        queue = [root]
        while queue:
            here = queue.pop()
            for at in member[here]:
                if at not in done:
                    done.add(at)
                    queue += _renamed(parts[at], labels[at], here, found)
    return found


def _renamed(
    part: Block, label: NDArray[np.intp], here: int, found: NDArray[np.intp]
) -> list[int]:
    """Place a part's actors so that it fits the one already placed."""
    is_here = part.nodes == here
    old, new = int(label[is_here][0]), int(found[here])
    swapped = label.copy()
    swapped[label == old], swapped[label == new] = new, old
    if old == new:
        swapped = label
    found[part.nodes] = swapped
    return [int(node) for node in part.nodes[~is_here]]
