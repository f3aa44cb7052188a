"""Relaxed balance: search over block models; and signed transitive triads."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cuibono.model.chance import uniform

Ints = NDArray[np.int64]
Signs = NDArray[np.int8]
State = NDArray[np.uint64]


@njit(cache=True)
def block_price(blocks: Ints) -> int:
    """Weight at odds with its block's majority; `blocks` (2, k, k) is + and -."""
    total = np.int64(0)
    for c in range(blocks.shape[1]):
        for d in range(blocks.shape[2]):
            total += min(blocks[0, c, d], blocks[1, c, d])
    return int(total)


@njit(cache=True)
def shifted(
    i: int,
    goal: int,
    start: Ints,
    to: Ints,
    by: Ints,
    arcs: Ints,
    sign: Signs,
    cost: Ints,
    label: Ints,
    blocks: Ints,
) -> None:
    """Move node `i` to cluster `goal`, and its arcs to their new blocks."""
    here = label[i]
    for at in range(start[i], start[i + 1]):
        arc, other = by[at], label[to[at]]
        layer = 0 if sign[arc] > 0 else 1
        if arcs[arc, 0] == i:
            blocks[layer, here, other] -= cost[arc]
            blocks[layer, goal, other] += cost[arc]
        else:
            blocks[layer, other, here] -= cost[arc]
            blocks[layer, other, goal] += cost[arc]
    label[i] = goal


@njit(cache=True)
def relaxed_annealed(
    start: Ints,
    to: Ints,
    by: Ints,
    arcs: Ints,
    sign: Signs,
    cost: Ints,
    label: Ints,
    most: int,
    sweeps: int,
    hot: float,
    cold: float,
    state: State,
) -> int:
    """Leave in `label` where slow cooling and then descent end; return the price."""
    k = start.shape[0] - 1
    blocks = np.zeros((2, most, most), np.int64)
    for arc in range(arcs.shape[0]):
        layer = 0 if sign[arc] > 0 else 1
        blocks[layer, label[arcs[arc, 0]], label[arcs[arc, 1]]] += cost[arc]
    price = block_price(blocks)
    sweep, moved = 0, True
    while sweep <= sweeps or moved:
        # Once it is cold, every cluster is tried in turn until none is better.
        descent = sweep >= sweeps
        heat = hot * (cold / hot) ** (sweep / max(sweeps - 1, 1))
        moved = False
        for i in range(k):
            for turn in range(most if descent else 1):
                goal = turn if descent else int(uniform(state) * most)
                here = label[i]
                if goal == here:
                    continue
                shifted(i, goal, start, to, by, arcs, sign, cost, label, blocks)
                then = block_price(blocks)
                keep = then < price
                if not descent and not keep:
                    keep = uniform(state) < math.exp((price - then) / heat)
                if keep:
                    price = then
                    moved = True
                else:
                    shifted(i, here, start, to, by, arcs, sign, cost, label, blocks)
        sweep += 1
    return price


@njit(cache=True)
def transitive_counts(n: int, start: Ints, to: Ints, sign: Signs) -> Ints:
    """Count arcs i-j, j-k, i-k by their signs (2, 2, 2), 0 for + and 1 for -.

    Arcs that leave `i` are ``to[start[i]:start[i + 1]]``, none twice.
    """
    count = np.zeros((2, 2, 2), np.int64)
    mark = np.zeros(n, np.int8)
    for i in range(n):
        for at in range(start[i], start[i + 1]):
            mark[to[at]] = sign[at]
        for at in range(start[i], start[i + 1]):
            j = to[at]
            for then in range(start[j], start[j + 1]):
                k = to[then]
                if k != i and mark[k] != 0:
                    first = 0 if sign[at] > 0 else 1
                    second = 0 if sign[then] > 0 else 1
                    count[first, second, 0 if mark[k] > 0 else 1] += 1
        for at in range(start[i], start[i + 1]):
            mark[to[at]] = 0
    return count
