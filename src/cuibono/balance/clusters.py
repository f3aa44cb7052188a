"""Clusters of one block, any number of them: search, cycle packing, branch and bound."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block
from cuibono.balance.certificate import Proof, packing_bound
from cuibono.balance.clock import Clock
from cuibono.balance.cover import CoverProgram
from cuibono.balance.cycles import Cycle
from cuibono.balance.kernels.weak import annealed_clusters, descended
from cuibono.balance.one_negative import OneNegative
from cuibono.balance.packing import packed
from cuibono.balance.program import CycleProgram
from cuibono.balance.search import Rows
from cuibono.balance.weak_blocks import joined_by

_SLACK = 1e-6
_ROUNDS = 200
# Shares of the linear program from which a positive tie is taken as cut.
_CUTS = (0.01, 0.34, 0.5, 0.67, 0.99)
# Beyond so many ties the linear program is too large, and only bounds are given.
_MOST_TIES = 60_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clustered:
    """Bounds of one block in units, clusters that attain `upper`, and the proof.

    Attributes
    ----------
    lower, upper : int
        Bounds in units.
    label : (k,) intp
        Cluster of each node.
    proof : Proof
        What `lower` rests on.
    cycles : tuple of Cycle
        Cycles with one negative tie, ties as positions in the block.
    loads : (c,) int64
        Weight packed on each cycle, in billionths of weight.
    """

    lower: int
    upper: int
    label: NDArray[np.intp]
    proof: Proof
    cycles: tuple[Cycle, ...] = ()
    loads: NDArray[np.int64]


def cluster_price(block: Block, label: NDArray[np.intp]) -> int:
    """Return the cost of positive ties between and negative ties within clusters."""
    within = label[block.ends[:, 0]] == label[block.ends[:, 1]]
    return int(block.cost[within != (block.sign > 0)].sum())


def searched_clusters(
    block: Block,
    most: int,
    *,
    starts: Sequence[NDArray[np.intp]] = (),
    restarts: int = 8,
    sweeps: int = 200,
    seed: int = 0,
    clock: Clock | None = None,
) -> NDArray[np.intp]:
    """Return clusters (k,) that cost little; often, not surely, the least.

    By annealing from all together, from random clusters and from `starts`, each
    followed by a descent that moves one node at a time.

    Parameters
    ----------
    block : Block
        With k nodes.
    most : int
        Clusters allowed.
    starts : sequence of (k,) intp
        Clusters to improve.
    restarts, sweeps, seed : int
        How often to anneal, for how long, and where the random numbers start.
    clock : Clock, optional
        Time after which no restart is made.
    """
    rows, k = Rows.of(block), len(block.nodes)
    rng = np.random.default_rng(seed)
    state = np.array([rng.integers(2**32)], dtype=np.uint64)
    pull = (block.cost * block.sign)[rows.by]
    mean = float(block.cost.mean())
    tried = [lowered(block, start, most, rows) for start in starts]
    tried = tried or [lowered(block, np.zeros(k, dtype=np.intp), most, rows)]
    for turn in range(restarts):
        if clock is not None and clock.over:
            break
        label = rng.integers(0, min(most, 1 + turn), k)
        annealed_clusters(
            rows.start, rows.to, pull, label, most, sweeps, 2 * mean, 0.15 * mean, state
        )
        tried.append(label.astype(np.intp))
    return min(tried, key=lambda label: cluster_price(block, label))


def lowered(
    block: Block, label: NDArray[np.intp], most: int, rows: Rows
) -> NDArray[np.intp]:
    """Return where moving single nodes from `label` (k,), below `most`, ends."""
    found = label.astype(np.int64)
    pull = (block.cost * block.sign)[rows.by]
    descended(rows.start, rows.to, pull, found, most, np.zeros(most, dtype=np.int64))
    return found.astype(np.intp)


def solved_clusters(block: Block, *, most_nodes: int, clock: Clock) -> Clustered:
    """Return the least cost of any number of clusters of a block.

    Clusters by annealing; a packing of cycles with one negative tie from the linear
    program over them, whose rounding gives clusters too; branch and bound where the two
    do not meet.

    Parameters
    ----------
    block : Block
        With k nodes.
    most_nodes : int
        Branch-and-bound nodes in all.
    clock : Clock
        Time that may be taken.
    """
    k = len(block.nodes)
    label = searched_clusters(block, k, clock=clock)
    if len(block.ties) > _MOST_TIES or clock.over:
        return _greedy(block, label, clock)
    found, cycles = _packed_bound(block, label, clock)
    if found.proof is Proof.BOUNDS and most_nodes and not clock.over:
        found = _branched(block, found, cycles, most_nodes, clock)
    return found


def _greedy(block: Block, label: NDArray[np.intp], clock: Clock) -> Clustered:
    """Pack short cycles, one after the other, until no room or no time is left."""
    room = block.cost * (block.unit * 1000)
    finder = OneNegative(block)
    carried: dict[Cycle, int] = {}
    while cycles := finder.shorter((room == 0).astype(float), 0.5):
        for cycle in cycles:
            ties = list(cycle)
            more = int(room[ties].min())
            if more:
                room[ties] -= more
                carried[cycle] = carried.get(cycle, 0) + more
        if clock.over:
            break
    loads = np.array(list(carried.values()), dtype=np.int64)
    return _with_packing(block, label, tuple(carried), loads)


def _packed_bound(
    block: Block, label: NDArray[np.intp], clock: Clock
) -> tuple[Clustered, list[Cycle]]:
    """Solve the linear program over cycles with one negative tie, and round it.

    All cycles that it needed come along; those without weight are left out of the
    packing.
    """
    finder, program, rows = OneNegative(block), CycleProgram(block), Rows.of(block)
    k = len(block.nodes)
    share = np.zeros(len(block.ties))
    weight = np.zeros(0)
    known: set[Cycle] = set()
    for _ in range(_ROUNDS):
        cycles = [c for c in finder.shorter(share, 1 - _SLACK) if c not in known]
        if not cycles or clock.over:
            break
        known.update(cycles)
        program.add(cycles)
        _, share, weight = program.solved(clock)
        for cut in _CUTS:
            rounded = _rounded(block, share < cut)
            rounded = lowered(block, rounded, k, rows)
            if cluster_price(block, rounded) < cluster_price(block, label):
                label = rounded
    loads = packed(block, program.cycles, weight)
    found = _with_packing(block, label, tuple(program.cycles), loads)
    return found, program.cycles


def _rounded(block: Block, kept: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the clusters that the positive ties `kept` (b,) join."""
    return joined_by(len(block.nodes), block.ends[kept & (block.sign > 0)])


def _with_packing(
    block: Block,
    label: NDArray[np.intp],
    cycles: tuple[Cycle, ...],
    loads: NDArray[np.int64],
) -> Clustered:
    """Return what clusters and packing prove together."""
    used = np.flatnonzero(loads)
    cycles, loads = tuple(cycles[at] for at in used.tolist()), loads[used]
    upper = cluster_price(block, label)
    lower = packing_bound(cycles, loads.tolist(), block.unit * 1000)
    proof = Proof.PACKING if lower == upper else Proof.BOUNDS
    return Clustered(
        lower=lower, upper=upper, label=label, proof=proof, cycles=cycles, loads=loads
    )


def _branched(
    block: Block,
    found: Clustered,
    cycles: Sequence[Cycle],
    most_nodes: int,
    clock: Clock,
) -> Clustered:
    """Branch and bound; cycles that an answer leaves are added until none is left."""
    finder, rows, k = OneNegative(block), Rows.of(block), len(block.nodes)
    program = CoverProgram(block, cycles)
    while found.lower < found.upper and not clock.over:
        answer = program.searched(most_nodes=most_nodes, clock=clock)
        label = lowered(block, _rounded(block, ~answer.taken), k, rows)
        price = cluster_price(block, label)
        if price < found.upper:
            found = replace(found, upper=price, label=label)
        found = replace(found, lower=max(found.lower, min(answer.lower, found.upper)))
        cycles = finder.shorter(answer.taken.astype(float), 1 - _SLACK)
        if not answer.finished or not cycles:
            break
        program.add(cycles)
    return replace(found, proof=proof_of(block, found))


def proof_of(block: Block, found: Clustered) -> Proof:
    """Return what the lower bound rests on: the cycles, if these carry enough."""
    if found.lower < found.upper:
        return Proof.BOUNDS
    carried = packing_bound(found.cycles, found.loads.tolist(), block.unit * 1000)
    return Proof.PACKING if carried == found.lower else Proof.SEARCH
