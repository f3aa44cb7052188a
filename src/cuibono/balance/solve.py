"""The frustration index of one block: search, cycle packing, branch and bound."""

from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block
from cuibono.balance.certificate import Proof, packing_bound
from cuibono.balance.clock import Clock
from cuibono.balance.cycles import Cycle, negative_triangles, short_negative_cycles
from cuibono.balance.packing import Packing, packed, routed_packing
from cuibono.balance.program import CycleProgram, PartitionProgram
from cuibono.balance.search import (
    MOST_TABU,
    Rows,
    balancing_partition,
    improved,
    searched_partition,
    tree_partition,
)

_SLACK = 1e-6
_TRIANGLES = 500
_ROUNDS = 200
# Beyond so many ties the linear program is too large, and only bounds are given.
MOST_TIES = 60_000


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
    rows = Rows.of(block)
    side = _searched(block, rows, clock)
    packing = routed_packing(block, rows, side, clock=clock)
    found = _with_packing(block, packing, side)
    if found.lower == found.upper or clock.over or len(block.ties) > MOST_TIES:
        return found
    found = _cycle_bound(block, rows, packing, side, clock)
    if found.lower == found.upper or clock.over:
        return found
    return _branched(block, found, most_nodes, clock)


def _searched(block: Block, rows: Rows, clock: Clock) -> NDArray[np.int8]:
    """Search longer where there is more to find."""
    k = len(block.nodes)
    if k <= MOST_TABU:
        restarts = 6 + min(k // 8, 24)
        return searched_partition(block, rows=rows, restarts=restarts, clock=clock)
    return searched_partition(block, rows=rows, restarts=12, sweeps=4000, clock=clock)


def _cycle_bound(
    block: Block, rows: Rows, packing: Packing, side: NDArray[np.int8], clock: Clock
) -> Solved:
    """Add violated negative cycles until none is left or the bounds meet."""
    program = CycleProgram(block)
    program.add([*packing.cycles, *negative_triangles(block, most=_TRIANGLES)])
    known = {frozenset(cycle) for cycle in program.cycles}
    most = max(200, len(block.ties) // 4)
    for _ in range(_ROUNDS):
        value, share, weight = program.solved(clock)
        if clock.over:
            break
        side = _better(block, side, share, rows)
        if ceil(value - _SLACK) >= block.price(side):
            break
        new = [
            cycle
            for cycle in short_negative_cycles(
                block, rows, side, share, below=1 - _SLACK, most=most
            )
            if frozenset(cycle) not in known
        ]
        if not new:
            break
        known.update(map(frozenset, new))
        program.add(new)
    else:
        weight = program.solved(clock)[2]
    loads = packed(block, program.cycles[: len(weight)], weight)
    kept = np.flatnonzero(loads)
    cycles = tuple(program.cycles[k] for k in kept.tolist())
    bound = packing_bound(cycles, loads[kept].tolist(), block.grain)
    found = Packing(cycles=cycles, loads=loads[kept], bound=bound)
    return _with_packing(block, found if bound >= packing.bound else packing, side)


def _better(
    block: Block, side: NDArray[np.int8], share: NDArray[np.float64], rows: Rows
) -> NDArray[np.int8]:
    """Round the program's optimum to a partition; keep the cheaper."""
    rounded = tree_partition(block, np.argsort(share, kind="stable"))
    rounded = improved(block, rounded, rows=rows)
    return rounded if block.price(rounded) < block.price(side) else side


def _with_packing(block: Block, packing: Packing, side: NDArray[np.int8]) -> Solved:
    """Set the bounds of a packing and of a partition side by side."""
    upper = block.price(side)
    return Solved(
        lower=packing.bound,
        upper=upper,
        side=side,
        proof=Proof.PACKING if packing.bound == upper else Proof.BOUNDS,
        cycles=packing.cycles,
        loads=packing.loads,
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
