"""Local search: spanning trees, tabu walks and annealing over sides of a block.

A block comes as compressed rows: neighbours of `i` are ``to[start[i]:start[i + 1]]``, and
`pull` holds sign times cost of the ties to them.
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cuibono.model.chance import uniform

Ints = NDArray[np.int64]
Sides = NDArray[np.int8]
State = NDArray[np.uint64]


@njit(cache=True)
def rows_of(k: int, ends: Ints) -> tuple[Ints, Ints, Ints]:
    """Start of each node's row, its neighbours, and the ties to them."""
    start = np.zeros(k + 1, np.int64)
    for tie in range(ends.shape[0]):
        start[ends[tie, 0] + 1] += 1
        start[ends[tie, 1] + 1] += 1
    for i in range(k):
        start[i + 1] += start[i]
    to, by = np.empty(start[k], np.int64), np.empty(start[k], np.int64)
    filled = start[:-1].copy()
    for tie in range(ends.shape[0]):
        i, j = ends[tie, 0], ends[tie, 1]
        to[filled[i]], by[filled[i]] = j, tie
        to[filled[j]], by[filled[j]] = i, tie
        filled[i] += 1
        filled[j] += 1
    return start, to, by


@njit(cache=True)
def tree_sides(k: int, ends: Ints, sign: Sides, order: Ints) -> Sides:
    """Sides (k,) that fit a spanning tree of the ties taken in `order`."""
    root, size = np.arange(k), np.ones(k, np.int64)
    turn = np.ones(k, np.int8)  # side of a node against the one it hangs on
    for at in range(order.shape[0]):
        tie = order[at]
        i, j = ends[tie, 0], ends[tie, 1]
        fit = sign[tie]
        while root[i] != i:
            fit *= turn[i]
            i = root[i]
        while root[j] != j:
            fit *= turn[j]
            j = root[j]
        if i == j:
            continue
        # The smaller hangs on the larger: no way up is longer than a logarithm.
        if size[i] < size[j]:
            i, j = j, i
        root[j], turn[j] = i, fit
        size[i] += size[j]
    sides = np.empty(k, np.int8)
    for i in range(k):
        side, at = np.int8(1), i
        while root[at] != at:
            side *= turn[at]
            at = root[at]
        sides[i] = side
    return sides


@njit(cache=True)
def changes(start: Ints, to: Ints, pull: Ints, side: Sides) -> Ints:
    """What moving each node would cost (k,)."""
    k = start.shape[0] - 1
    change = np.zeros(k, np.int64)
    for i in range(k):
        for at in range(start[i], start[i + 1]):
            change[i] += pull[at] * side[i] * side[to[at]]
    return change


@njit(cache=True)
def turned(
    i: int, start: Ints, to: Ints, pull: Ints, side: Sides, change: Ints
) -> None:
    """Move node `i` to the other side and bring `change` up to date."""
    side[i] = -side[i]
    change[i] = -change[i]
    for at in range(start[i], start[i + 1]):
        j = to[at]
        change[j] += 2 * pull[at] * side[i] * side[j]


@njit(cache=True)
def tabu_walk(start: Ints, to: Ints, pull: Ints, side: Sides, patience: int) -> int:
    """Leave in `side` the best met on a tabu walk; return how much less it costs."""
    k = start.shape[0] - 1
    change = changes(start, to, pull, side)
    best = side.copy()
    price, best_price = np.int64(0), np.int64(0)
    last, step = 0, 0
    until = np.zeros(k, np.int64)
    while step - last <= patience:
        step += 1
        actor, least = -1, np.int64(2**62)
        for i in range(k):
            if change[i] < least and (
                until[i] < step or price + change[i] < best_price
            ):
                actor, least = i, change[i]
        if actor < 0:
            break
        price += least
        turned(actor, start, to, pull, side, change)
        # The tenure varies with the step, so that the walk does not go in circles.
        until[actor] = step + 3 + (step * 7) % (3 + k // 8)
        if price < best_price:
            best_price, last = price, step
            best[:] = side
    side[:] = best
    return int(-best_price)


@njit(cache=True)
def annealed(
    start: Ints,
    to: Ints,
    pull: Ints,
    side: Sides,
    sweeps: int,
    hot: float,
    cold: float,
    state: State,
) -> None:
    """Leave in `side` where slow cooling ends, and then the descent from there."""
    k = start.shape[0] - 1
    change = changes(start, to, pull, side)
    for sweep in range(sweeps):
        heat = hot * (cold / hot) ** (sweep / max(sweeps - 1, 1))
        for i in range(k):
            if change[i] <= 0 or (
                change[i] < 30.0 * heat and uniform(state) < math.exp(-change[i] / heat)
            ):
                turned(i, start, to, pull, side, change)
    moved = True
    while moved:
        moved = False
        for i in range(k):
            if change[i] < 0:
                turned(i, start, to, pull, side, change)
                moved = True


@njit(cache=True)
def crossed(start: Ints, to: Ints, pull: Ints, side: Sides, other: Sides) -> int:
    """Give `side` the parts of `other` that cost less there; return what was won.

    Actors whom the two place differently fall into parts that are not tied to each
    other, so that each part may be taken from either; so do those placed alike, as the
    mirror image of `other` is as good. After Whitley, Hains and Howe (2009), who cross
    tours.
    """
    k = start.shape[0] - 1
    stack, won = np.empty(k, np.int64), np.int64(0)
    for differ in (True, False):
        open_ = np.empty(k, np.bool_)
        for i in range(k):
            open_[i] = (side[i] != other[i]) == differ
        for root in range(k):
            if not open_[root]:
                continue
            # `stack[:last]` holds the part; its ties to the rest turn if it moves.
            stack[0], open_[root] = root, False
            first, last, change = 0, 1, np.int64(0)
            while first < last:
                i = stack[first]
                first += 1
                for at in range(start[i], start[i + 1]):
                    j = to[at]
                    if (side[j] != other[j]) != differ:
                        change += pull[at] * side[i] * side[j]
                    elif open_[j]:
                        stack[last], open_[j] = j, False
                        last += 1
            if change < 0:
                won -= change
                for at in range(last):
                    side[stack[at]] = -side[stack[at]]
    return int(won)
