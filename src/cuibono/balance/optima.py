"""All optimal partitions, and which ties are frustrated in all, some or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import prod

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block, assembled, blocks
from cuibono.balance.certificate import Proof
from cuibono.balance.clock import Clock
from cuibono.balance.program import PartitionProgram
from cuibono.balance.solve import Solved, solved_block
from cuibono.balance.units import cost_units
from cuibono.model.graph import SignedGraph


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PartitionSet:
    """The partitions that attain the frustration index, up to swapping sides.

    Attributes
    ----------
    partitions : (p, n) int8
        Sides 1 and -1; the first actor of each connected component is in 1.
    complete : bool
        Whether `partitions` holds every one.
    settled : bool
        Whether `always`, `sometimes` and `never` are exact; true where `complete`,
        and also where only the combinations of separate parts are too many to list.
    count : int
        How many there are; at least so many unless `settled`.
    always, sometimes, never : (k,) intp
        Ties frustrated in all, in some but not all, and in none of them.
    """

    partitions: NDArray[np.int8]
    complete: bool
    settled: bool
    count: int
    always: NDArray[np.intp]
    sometimes: NDArray[np.intp]
    never: NDArray[np.intp]

    def __post_init__(self) -> None:
        """Freeze the arrays."""
        for array in (self.partitions, self.always, self.sometimes, self.never):
            array.setflags(write=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BlockOptima:
    """Optimal partitions (p, k) of one block; all of them where `complete`."""

    block: Block
    sides: tuple[NDArray[np.int8], ...]
    complete: bool

    def standing(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Tell for each tie whether all, and whether some, of these frustrate it."""
        frustrated = np.stack([self.block.frustrated(side) for side in self.sides])
        share = frustrated.mean(axis=0)
        return share == 1, share > 0


def optimal_partitions(g: SignedGraph, *, most: int = 64) -> PartitionSet:
    """Return the partitions that attain the frustration index.

    Disputed ties (sign 0) are left free. The first partition is the one that
    `frustration` gives. Found block by block: from a known optimum by moving single
    actors at no cost, then by an integer program without the optima already known,
    until it has no solution.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors.
    most : int
        List at most so many, and look for at most so many in each block.

    Returns
    -------
    PartitionSet
        With at least one partition.

    Raises
    ------
    ValueError
        If `most` is below 1, or a weight is negative or not finite.

    References
    ----------
    Arinik, Figueiredo and Labatut (2020), Multiple partitioning of multiplex signed
    networks, Social Networks 60.

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> trio = graph([("Arda", "Brun", -1), ("Arda", "Cor", -1), ("Brun", "Cor", -1)])
    >>> optimal_partitions(trio).count
    3
    """
    if most < 1:
        raise ValueError(f"most must be at least 1, got {most}")
    found = [block_optima(block, most=most) for block in signed_blocks(g)]
    return partition_set(g, found, most=most)


def partition_set(
    g: SignedGraph, found: Sequence[BlockOptima], *, most: int
) -> PartitionSet:
    """Combine the blocks' optima, listing at most `most`."""
    listed = islice(product(*(each.sides for each in found)), most)
    parts = [each.block for each in found]
    partitions = np.stack([assembled(g.n, parts, sides) for sides in listed])
    settled = all(each.complete for each in found)
    count = prod(len(each.sides) for each in found)
    always, sometimes, never = _standing(found)
    return PartitionSet(
        partitions=partitions,
        complete=settled and count <= most,
        settled=settled,
        count=count,
        always=always,
        sometimes=sometimes,
        never=never,
    )


def signed_blocks(g: SignedGraph) -> tuple[Block, ...]:
    """Return the blocks of the ties that have a sign and a weight."""
    cost, unit = cost_units(g.weight)
    return blocks(g, g.sign, cost, unit)


def _standing(
    found: Sequence[BlockOptima],
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return the ties frustrated in all, in some only, and in none of the optima."""
    groups: tuple[list[int], list[int], list[int]] = ([], [], [])
    for each in found:
        in_all, in_some = each.standing()
        ties = each.block.ties
        groups[0].extend(ties[in_all].tolist())
        groups[1].extend(ties[in_some & ~in_all].tolist())
        groups[2].extend(ties[~in_some].tolist())
    always, sometimes, never = (np.array(sorted(k), dtype=np.intp) for k in groups)
    return always, sometimes, never


def block_optima(block: Block, *, most: int) -> BlockOptima:
    """Return the optimal partitions of one block, at most `most`."""
    return optima_of(block, solved_block(block), most=most, clock=Clock())


def optima_of(block: Block, answer: Solved, *, most: int, clock: Clock) -> BlockOptima:
    """Return the optimal partitions of a solved block, at most `most`."""
    if answer.lower != answer.upper:
        return BlockOptima(block=block, sides=(answer.side,), complete=False)
    if not answer.upper:
        return BlockOptima(block=block, sides=(answer.side,), complete=True)
    known = {answer.side.tobytes(): answer.side}
    _grow(block, answer.side, known, most)
    if answer.proof is Proof.RELAXATION:
        # Where cycles do not suffice a program cannot show that none is left.
        sides = tuple(known.values())
        return BlockOptima(block=block, sides=sides, complete=False)
    program = PartitionProgram(block, answer.cycles)
    program.limit(answer.upper, answer.upper)
    program.satisfy(never_frustrated(block, answer))
    excluded, complete = 0, False
    while not clock.over:
        for side in list(known.values())[excluded:]:
            program.exclude(side)
        excluded = len(known)
        result = program.searched(clock=clock)
        if result.side is None or block.price(result.side) != answer.upper:
            complete = result.infeasible
            break
        if excluded >= most:
            break
        known[result.side.tobytes()] = result.side
        _grow(block, result.side, known, most)
    return BlockOptima(block=block, sides=tuple(known.values()), complete=complete)


def never_frustrated(block: Block, answer: Solved) -> NDArray[np.intp]:
    """Return ties that no optimal partition frustrates, by the packing alone.

    What a partition costs is at least what the cycles carry, plus the room left on
    each tie that it frustrates.
    """
    whole = block.grain
    room = block.cost * whole
    for cycle, load in zip(answer.cycles, answer.loads.tolist(), strict=True):
        room[list(cycle)] -= load
    gap = answer.upper * whole - int(answer.loads.sum())
    return np.flatnonzero(room > gap)


def _grow(
    block: Block,
    side: NDArray[np.int8],
    known: dict[bytes, NDArray[np.int8]],
    most: int,
) -> None:
    """Add the optima reached from `side` by moving one actor at a time at no cost."""
    queue = [side]
    i, j = block.ends.T
    pull = block.cost * block.sign
    while queue and len(known) < most:
        here = queue.pop()
        product = pull * here[i] * here[j]
        change = np.bincount(i, product, len(here)) + np.bincount(j, product, len(here))
        for actor in np.flatnonzero(change == 0).tolist():
            moved = here.copy()
            moved[actor] = -moved[actor]
            moved *= moved[0]
            if moved.tobytes() in known:
                continue
            if len(known) == most:
                return
            known[moved.tobytes()] = moved
            queue.append(moved)
