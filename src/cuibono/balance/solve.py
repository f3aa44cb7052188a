"""The frustration index of one block: search, cycle packing, branch and bound."""

from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block
from cuibono.balance.certificate import Proof, packing_bound
from cuibono.balance.clock import Clock
from cuibono.balance.cycles import Cycle, negative_triangles, short_negative_cycles
from cuibono.balance.packing import PARTS, Packing, packed, routed_packing
from cuibono.balance.program import CycleProgram, PartitionProgram
from cuibono.balance.reduction import Reduction, reduced
from cuibono.balance.search import (
    MOST_TABU,
    Rows,
    balancing_partition,
    improved,
    refined_partition,
    searched_partition,
    tree_partition,
)
from cuibono.balance.semidefinite import MOST_ACTORS, semidefinite_bound

_SLACK = 1e-6
_TRIANGLES = 500
_ROUNDS = 200
# Beyond so many ties the linear program is too large, and only bounds are given.
MOST_TIES = 60_000
# A reduction that leaves a larger share of the ties is not worth the way back.
_SHARE = 0.9
# Share of the time left that a large block is searched for.
_SEARCHING = 0.3
# With fewer actors than these, branch and bound is done before a relaxation.
FEWEST_ACTORS = 30
# Cycles are given up where so many times the last gains would not close the gap.
_LOOK_BACK = 6
_PACES = 10


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

    @property
    def gap(self) -> int:
        """How far the bounds are apart, in units."""
        return self.upper - self.lower


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Start:
    """What is known of a block from a network that is much like it.

    Attributes
    ----------
    side : (k,) int8
        A partition, 1 or -1.
    cycles : tuple of Cycle
        Negative cycles of the block, ties as positions in it.
    """

    side: NDArray[np.int8]
    cycles: tuple[Cycle, ...] = ()


def solved_block(
    block: Block,
    *,
    most_nodes: int | None = None,
    clock: Clock | None = None,
    start: Start | None = None,
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
    start : Start, optional
        Tried first; where it can be proved, nothing is searched.
    """
    clock = clock or Clock()
    if start is not None and 1 < len(block.ties) <= MOST_TIES:
        found = _from_start(block, start, clock)
        if found.gap == 0:
            return found
    return _solved(block, most_nodes, clock, slack=None)


def _from_start(block: Block, start: Start, clock: Clock) -> Solved:
    """Improve a partition, route around it, and pack that with the cycles known."""
    rows = Rows.of(block)
    side = improved(block, start.side, rows=rows)
    if not block.frustrated(side).any():
        none = np.zeros(0, dtype=np.int64)
        return Solved(lower=0, upper=0, side=side, proof=Proof.BALANCED, loads=none)
    found = _with_packing(block, routed_packing(block, rows, side, clock=clock), side)
    if found.gap == 0 or not start.cycles or clock.over:
        return found
    program = CycleProgram(block)
    cycles = [*found.cycles, *start.cycles]
    program.add(list({frozenset(cycle): cycle for cycle in cycles}.values()))
    weight = program.solved(clock)[2]
    loads = packed(block, program.cycles[: len(weight)], weight)
    kept = np.flatnonzero(loads)
    used = tuple(program.cycles[k] for k in kept.tolist())
    bound = packing_bound(used, loads[kept].tolist(), block.grain)
    again = Packing(cycles=used, loads=loads[kept], bound=bound)
    return max(found, _with_packing(block, again, side), key=lambda one: one.lower)


def _solved(
    block: Block, most_nodes: int | None, clock: Clock, *, slack: int | None
) -> Solved:
    """Search and pack; where the two do not meet, reduce, then program and branch.

    What is left of a reduced block has some `slack`, by which its bounds may differ
    without harm; it is not reduced again.
    """
    none = np.zeros(0, dtype=np.int64)
    side = balancing_partition(block)
    if side is not None:
        return Solved(lower=0, upper=0, side=side, proof=Proof.BALANCED, loads=none)
    rows = Rows.of(block)
    side = _searched(block, rows, clock)
    if len(block.ties) > MOST_TIES:
        return _large(block, rows, side, clock)
    packing = routed_packing(block, rows, side, clock=clock)
    found = _with_packing(block, packing, side)
    most = slack or 0
    if found.gap <= most or clock.over:
        return found
    if slack is None:
        smaller = reduced(block, clock=clock)
        if sum(len(part.ties) for part in smaller.parts) < _SHARE * len(block.ties):
            return _over_parts(smaller, found, most_nodes, clock)
    found = _cycle_bound(block, rows, packing, side, clock)
    if found.gap > most and FEWEST_ACTORS <= len(block.nodes) <= MOST_ACTORS:
        found = _relaxed(block, found, most, clock)
    if found.gap <= most or clock.over:
        return found
    return _branched(block, found, most_nodes, clock)


def _large(block: Block, rows: Rows, side: NDArray[np.int8], clock: Clock) -> Solved:
    """Bound a large block; where that leaves a gap, search on what a reduction leaves.

    Fewer actors stand for whole blocs there, so that annealing moves them at once.
    """
    packing = routed_packing(block, rows, side, clock=clock, parts=PARTS[:2])
    found = _with_packing(block, packing, side)
    if found.gap == 0 or clock.over:
        return found
    smaller = reduced(block, clock=clock)
    sides = [
        refined_partition(part, known, rows=Rows.of(part), clock=clock)
        for part, known in zip(smaller.parts, smaller.restricted(side), strict=True)
    ]
    other = smaller.expanded_side(sides)
    side = other if block.price(other) < found.upper else side
    again = routed_packing(block, rows, side, clock=clock)
    return _with_packing(block, max(again, packing, key=_bound), side)


def _bound(packing: Packing) -> int:
    """Return what a packing proves."""
    return packing.bound


def _over_parts(
    smaller: Reduction, found: Solved, most_nodes: int | None, clock: Clock
) -> Solved:
    """Solve what is left of a block, and carry what is found back to it."""
    block, answers = smaller.block, {}
    # Less than one unit of the block in all of them together.
    slack = (smaller.scale - 1) // max(len(smaller.parts), 1)
    for at in sorted(
        range(len(smaller.parts)), key=lambda k: len(smaller.parts[k].ties)
    ):
        part = smaller.parts[at]
        answers[at] = _solved(part, most_nodes, clock, slack=slack)
    parts = [answers[at] for at in range(len(smaller.parts))]
    side = smaller.expanded_side([answer.side for answer in parts])
    side = side if block.price(side) < found.upper else found.side
    upper = block.price(side)
    cycles, loads = smaller.expanded_packing([(a.cycles, a.loads) for a in parts])
    bound = packing_bound(cycles, loads.tolist(), block.grain)
    packing = Packing(cycles=cycles, loads=loads, bound=bound)
    if bound < found.lower:
        packing = Packing(cycles=found.cycles, loads=found.loads, bound=found.lower)
    # The parts count in finer units; the index of the block is a whole number of its.
    lower = -(-(smaller.constant + sum(a.lower for a in parts)) // smaller.scale)
    proved = _with_packing(block, packing, side)
    if proved.lower == upper or lower <= proved.lower:
        return proved
    proofs = {answer.proof for answer in parts if answer.gap <= slack}
    best = Proof.RELAXATION if Proof.RELAXATION in proofs else Proof.SEARCH
    proof = best if lower == upper else Proof.BOUNDS
    return replace(proved, lower=lower, proof=proof)


def _searched(block: Block, rows: Rows, clock: Clock) -> NDArray[np.int8]:
    """Search longer where there is more to find."""
    k = len(block.nodes)
    if k <= MOST_TABU:
        restarts = 6 + min(k // 8, 24)
        return searched_partition(block, rows=rows, restarts=restarts, clock=clock)
    # What is left is for the lower bound.
    clock = clock.part(_SEARCHING)
    return searched_partition(block, rows=rows, restarts=12, sweeps=4000, clock=clock)


def _cycle_bound(
    block: Block, rows: Rows, packing: Packing, side: NDArray[np.int8], clock: Clock
) -> Solved:
    """Add violated negative cycles until none is left or the bounds meet."""
    program = CycleProgram(block)
    program.add([*packing.cycles, *negative_triangles(block, most=_TRIANGLES)])
    known = {frozenset(cycle) for cycle in program.cycles}
    most = max(200, len(block.ties) // 4)
    values: list[float] = []
    for _ in range(_ROUNDS):
        value, share, weight = program.solved(clock)
        if clock.over:
            break
        side = _better(block, side, share, rows)
        values.append(value)
        if ceil(value - _SLACK) >= block.price(side) or _stalls(
            values, block.price(side), len(block.nodes)
        ):
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


def _stalls(values: list[float], goal: int, actors: int) -> bool:
    """Tell whether cycles gain so little that a stronger bound should be tried."""
    if len(values) < _LOOK_BACK or not FEWEST_ACTORS <= actors <= MOST_ACTORS:
        return False
    return (values[-1] - values[-_LOOK_BACK]) * _PACES < goal - values[-1]


def _relaxed(block: Block, found: Solved, slack: int, clock: Clock) -> Solved:
    """Raise the lower bound by the semidefinite relaxation."""
    enough = found.upper - slack
    lower = semidefinite_bound(block, enough=enough, clock=clock)
    if lower <= found.lower:
        return found
    # A bound above what a partition attains would be wrong by rounding.
    lower = min(lower, found.upper)
    proof = Proof.RELAXATION if found.upper - lower <= slack else Proof.BOUNDS
    return replace(found, lower=lower, proof=proof)


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
