"""The frustration index of one block: search, cycle packing, branch and bound."""

from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block
from cuibono.balance.certificate import Proof, packing_bound
from cuibono.balance.clock import Clock
from cuibono.balance.cycles import Cycle, negative_triangles, short_negative_cycles
from cuibono.balance.packing import packed
from cuibono.balance.program import CycleProgram, PartitionProgram
from cuibono.balance.search import (
    balancing_partition,
    improved,
    searched_partition,
    tree_partition,
)

_SLACK = 1e-6
_TRIANGLES = 2000
_ROUNDS = 200
# All-pairs walks take the cube of this many steps; beyond it only bounds are given.
MOST_ACTORS = 700


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solved:
    """Bounds of one block in units, a partition that attains `upper`, and the proof.

    Attributes
    ----------
    lower, upper : int
        Bounds in units.
    side : (k,) int8
        Partition of the block.
    proof : Proof
        What `lower` rests on.
    cycles : tuple of Cycle
        Negative cycles, ties as positions in the block.
    loads : (c,) int64
        Weight packed on each cycle, in billionths of weight.
    """

    lower: int
    upper: int
    side: NDArray[np.int8]
    proof: Proof
    cycles: tuple[Cycle, ...] = ()
    loads: NDArray[np.int64]


def solved_block(
    block: Block, *, most_nodes: int | None = None, clock: Clock | None = None
) -> Solved:
    """Return the frustration index of a block, or bounds.

    Parameters
    ----------
    block : Block
        Signs and costs of its ties.
    most_nodes : int, optional
        Nodes of the branch-and-bound tree after which bounds are returned instead.
    clock : Clock, optional
        Time after which bounds are returned instead.
    """
    clock = clock or Clock()
    none = np.zeros(0, dtype=np.int64)
    side = balancing_partition(block)
    if side is not None:
        return Solved(lower=0, upper=0, side=side, proof=Proof.BALANCED, loads=none)
    side = searched_partition(block)
    if len(block.nodes) > MOST_ACTORS:
        return _bounded(block, side)
    found = _cycle_bound(block, side, clock)
    if found.lower == found.upper or clock.over:
        return found
    return _branched(block, found, most_nodes, clock)


def _bounded(block: Block, side: NDArray[np.int8]) -> Solved:
    """Bounds of a block too large for all-pairs walks: triangles only."""
    program = CycleProgram(block)
    program.add(negative_triangles(block, most=_TRIANGLES))
    return _with_packing(block, program, side)


def _cycle_bound(block: Block, side: NDArray[np.int8], clock: Clock) -> Solved:
    """Add violated negative cycles until none is left or the bounds meet."""
    program = CycleProgram(block)
    program.add(negative_triangles(block, most=_TRIANGLES))
    known = {frozenset(cycle) for cycle in program.cycles}
    for _ in range(_ROUNDS):
        value, share, _ = program.solved()
        side = _better(block, side, share)
        if ceil(value - _SLACK) >= block.price(side):
            break
        if clock.over:
            break
        new = [
            cycle
            for cycle in short_negative_cycles(block, share, below=1 - _SLACK)
            if frozenset(cycle) not in known
        ]
        if not new:
            break
        known.update(map(frozenset, new))
        program.add(new)
    return _with_packing(block, program, side)


def _better(
    block: Block, side: NDArray[np.int8], share: NDArray[np.float64]
) -> NDArray[np.int8]:
    """Round the program's optimum to a partition; keep the cheaper."""
    rounded = tree_partition(block, np.argsort(share, kind="stable"))
    rounded = improved(block, rounded)
    return rounded if block.price(rounded) < block.price(side) else side


def _with_packing(
    block: Block, program: CycleProgram, side: NDArray[np.int8]
) -> Solved:
    """Turn the program's cycle weights into a packing in whole billionths."""
    _, _, weight = program.solved()
    loads = packed(block, program.cycles, weight)
    kept = np.flatnonzero(loads)
    cycles = tuple(program.cycles[k] for k in kept.tolist())
    lower = packing_bound(cycles, loads[kept].tolist(), block.unit)
    upper = block.price(side)
    return Solved(
        lower=lower,
        upper=upper,
        side=side,
        proof=Proof.PACKING if lower == upper else Proof.BOUNDS,
        cycles=cycles,
        loads=loads[kept],
    )


def _branched(
    block: Block, found: Solved, most_nodes: int | None, clock: Clock
) -> Solved:
    """Close the gap by branch and bound, or narrow it as far as allowed."""
    program = PartitionProgram(block, found.cycles)
    program.limit(found.lower, found.upper)
    result = program.searched(start=found.side, most_nodes=most_nodes, clock=clock)
    side = found.side
    if result.side is not None and block.price(result.side) < found.upper:
        side = result.side
    upper = block.price(side)
    lower = min(max(result.lower, found.lower), upper)
    proof = Proof.SEARCH if lower == upper else Proof.BOUNDS
    return replace(found, lower=lower, upper=upper, side=side, proof=proof)
