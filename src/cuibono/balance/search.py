"""Good partitions of a block by spanning trees, descent and tabu search."""

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block

_FAR = np.int64(2) ** 62


def balancing_partition(block: Block) -> NDArray[np.int8] | None:
    """Return the partition that frustrates nothing; None if the block has none."""
    side = tree_partition(block, np.arange(len(block.ties)))
    return None if block.frustrated(side).any() else side


def tree_partition(block: Block, order: NDArray[np.intp]) -> NDArray[np.int8]:
    """Return the partition that satisfies a spanning tree, ties taken in `order` (b,).

    Every block is connected, so that the tree fixes all sides up to a swap.
    """
    k = len(block.nodes)
    group = np.arange(k)
    side = np.ones(k, dtype=np.int8)
    merges = 0
    ends, sign = block.ends.tolist(), block.sign.tolist()
    for tie in order.tolist():
        i, j = ends[tie]
        if group[i] == group[j]:
            continue
        moved = group == group[j]
        side[moved] *= sign[tie] * side[i] * side[j]
        group[moved] = group[i]
        merges += 1
        if merges == k - 1:
            break
    return mirrored(side)


def mirrored(side: NDArray[np.int8]) -> NDArray[np.int8]:
    """Swap the sides (k,) so that the first actor is in 1."""
    turned: NDArray[np.int8] = side * side[0]
    return turned


def searched_partition(
    block: Block, *, restarts: int = 12, seed: int = 0
) -> NDArray[np.int8]:
    """Return a partition (k,) that frustrates little; often, not surely, the least.

    Restarts from random spanning trees: descent from one start misses partitions that
    differ by a whole bloc of actors.
    """
    rng = np.random.default_rng(seed)
    best = improved(block, tree_partition(block, np.arange(len(block.ties))))
    price = block.price(best)
    for _ in range(restarts):
        order = rng.permutation(len(block.ties))
        side = improved(block, tree_partition(block, order))
        found = block.price(side)
        if found < price:
            best, price = side, found
    return best


def improved(block: Block, side: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return the best partition met on a tabu walk from `side` (k,)."""
    k = len(block.nodes)
    near, pull = _pulls(block)
    side = side.copy()
    product: NDArray[np.int64] = block.cost * block.sign * side[block.ends].prod(axis=1)
    # What moving one actor costs: ties it now satisfies less ties it frustrates.
    change = np.bincount(block.ends.ravel(), np.repeat(product, 2), k).astype(np.int64)
    price, best_price, best = 0, 0, side.copy()
    until, patience = np.zeros(k, dtype=np.int64), 4 * k + 40
    last = 0
    for step in range(1, 10**6):
        allowed = np.where((until < step) | (price + change < best_price), change, _FAR)
        actor = int(allowed.argmin())
        if allowed[actor] == _FAR or step - last > patience:
            break
        price += int(change[actor])
        side[actor] = -side[actor]
        change[near[actor]] += 2 * pull[actor] * side[near[actor]] * side[actor]
        change[actor] = -change[actor]
        # The tenure varies with the step, so that the walk does not go in circles.
        until[actor] = step + 3 + (step * 7) % (3 + k // 8)
        if price < best_price:
            best_price, best, last = price, side.copy(), step
    return mirrored(best)


def _pulls(
    block: Block,
) -> tuple[list[NDArray[np.intp]], list[NDArray[np.int64]]]:
    """Return for each actor its neighbours, and sign times cost of the ties to them."""
    signed = block.cost * block.sign
    near = block.neighbours()
    return (
        [np.array([j for j, _ in row], dtype=np.intp) for row in near],
        [signed[[tie for _, tie in row]] for row in near],
    )
