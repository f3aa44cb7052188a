"""Good partitions of a block by spanning trees, tabu search and annealing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block
from cuibono.balance.clock import Clock
from cuibono.balance.kernels.walks import (
    annealed,
    crossed,
    rows_of,
    tabu_walk,
    tree_sides,
)

# A tabu step looks at every actor; beyond so many, annealing is the better use of time.
MOST_TABU = 2000
_REFINEMENTS, _LONG = 6, 4000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """A block as rows: `to[start[i]:start[i + 1]]` are the neighbours of i."""

    start: NDArray[np.int64]
    to: NDArray[np.int64]
    by: NDArray[np.int64]

    @classmethod
    def of(cls, block: Block) -> "Rows":
        """Return the rows of a block."""
        ends = np.ascontiguousarray(block.ends, dtype=np.int64)
        start, to, by = rows_of(len(block.nodes), ends)
        return cls(start=start, to=to, by=by)


def balancing_partition(block: Block) -> NDArray[np.int8] | None:
    """Return the partition that frustrates nothing; None if the block has none."""
    side = tree_partition(block, np.arange(len(block.ties)))
    return None if block.frustrated(side).any() else side


def tree_partition(block: Block, order: NDArray[np.intp]) -> NDArray[np.int8]:
    """Return the partition that satisfies a spanning tree, ties taken in `order` (b,).

    Every block is connected, so that the tree fixes all sides up to a swap.
    """
    ends = np.ascontiguousarray(block.ends, dtype=np.int64)
    sign = np.ascontiguousarray(block.sign)
    k = len(block.nodes)
    return mirrored(tree_sides(k, ends, sign, order.astype(np.int64)))


def mirrored(side: NDArray[np.int8]) -> NDArray[np.int8]:
    """Swap the sides (k,) so that the first actor is in 1."""
    turned: NDArray[np.int8] = side * side[0]
    return turned


def searched_partition(
    block: Block,
    *,
    restarts: int = 12,
    sweeps: int = 400,
    seed: int = 0,
    rows: Rows | None = None,
    clock: Clock | None = None,
) -> NDArray[np.int8]:
    """Return a partition (k,) that frustrates little; often, not surely, the least.

    From all on one side, from spanning trees and from annealing, each followed by a tabu
    walk where the block is not too large: one start misses partitions that differ by a
    whole bloc of actors. Each is crossed with the best so far, which takes from either
    the blocs that it places better.

    Parameters
    ----------
    block : Block
        With k actors.
    restarts : int
        How often to anneal anew.
    sweeps : int
        Length of each annealing.
    seed : int
        Where the random numbers start.
    rows : Rows, optional
        The rows of the block, if they are known already.
    clock : Clock, optional
        Time after which no restart is made.
    """
    rng = np.random.default_rng(seed)
    rows = rows or Rows.of(block)
    ties = len(block.ties)
    starts = [np.ones(len(block.nodes), dtype=np.int8)]
    starts += [tree_partition(block, np.arange(ties))]
    starts += [tree_partition(block, rng.permutation(ties)) for _ in range(4)]
    best = improved(block, starts[0], rows=rows)
    for turn in range(1, len(starts) + restarts):
        if clock is not None and clock.over:
            break
        if turn < len(starts):
            side = starts[turn]
        else:
            # Every other time from the best one, to look for more of its kind.
            start = best if turn % 2 else starts[turn // 2 % len(starts)]
            draw = int(rng.integers(2**32))
            side = cooled(block, start, rows, seed=draw, sweeps=sweeps)
        side = improved(block, side, rows=rows)
        best = crossing(block, best, side, rows)
    return best


def refined_partition(
    block: Block, side: NDArray[np.int8], *, rows: Rows, clock: Clock
) -> NDArray[np.int8]:
    """Return a partition (k,) that frustrates no more than `side`, by a few annealings.

    Every other one starts from a spanning tree, to meet what `side` is far from.
    """
    rng = np.random.default_rng(1)
    best = side
    for turn in range(_REFINEMENTS):
        if clock.over:
            break
        order = rng.permutation(len(block.ties))
        start = tree_partition(block, order) if turn % 2 else best
        draw = int(rng.integers(2**32))
        found = cooled(block, start, rows, seed=draw, sweeps=_LONG)
        best = crossing(block, best, found, rows)
    return best


def crossing(
    block: Block, one: NDArray[np.int8], other: NDArray[np.int8], rows: Rows
) -> NDArray[np.int8]:
    """Return the cheaper of two partitions (k,), with what the other does better."""
    best, second = (one, other)
    if block.price(other) < block.price(one):
        best, second = other, one
    best = best.copy()
    pull = (block.cost * block.sign)[rows.by]
    crossed(rows.start, rows.to, pull, best, second)
    return mirrored(best)


def cooled(
    block: Block,
    side: NDArray[np.int8],
    rows: Rows,
    *,
    seed: int,
    sweeps: int,
) -> NDArray[np.int8]:
    """Return where simulated annealing from `side` (k,) ends."""
    side = side.copy()
    state = np.array([seed], dtype=np.uint64)
    pull = (block.cost * block.sign)[rows.by]
    mean = float(np.abs(pull).mean())
    annealed(rows.start, rows.to, pull, side, sweeps, 2 * mean, 0.15 * mean, state)
    return mirrored(side)


def improved(
    block: Block, side: NDArray[np.int8], *, rows: Rows | None = None
) -> NDArray[np.int8]:
    """Return the best partition met on a tabu walk from `side` (k,)."""
    k = len(block.nodes)
    if k > MOST_TABU:
        return mirrored(side)
    rows = rows or Rows.of(block)
    side = side.copy()
    pull = (block.cost * block.sign)[rows.by]
    tabu_walk(rows.start, rows.to, pull, side, 4 * k + 40)
    return mirrored(side)
