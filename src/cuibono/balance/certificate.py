"""The frustration index with what proves it, and a check that needs no solver."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import prod

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.units import cost_units, in_weight
from cuibono.model.graph import SignedGraph


class Proof(Enum):
    """What shows that no partition frustrates less."""

    BALANCED = "no negative cycle"
    PACKING = "packing of negative cycles"
    RELAXATION = "semidefinite bound"
    SEARCH = "branch and bound (HiGHS)"
    BOUNDS = "not proved: a bound from either side"


@dataclass(frozen=True, slots=True, kw_only=True)
class NegativeCycle:
    """A cycle with an odd number of negative ties, and the weight packed on it.

    Attributes
    ----------
    ties : tuple of int
        Positions of its ties, in order around the cycle.
    weight : float
        What it uses up of each of its ties; a multiple of 1e-9.
    """

    ties: tuple[int, ...]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frustration:
    """The frustration index of a signed graph, with factions and proof.

    Attributes
    ----------
    lower, upper : float
        Bounds of the index, in units of tie weight; equal where `proved`.
    proved : bool
        Whether the index is known exactly.
    proof : Proof
        What `lower` rests on.
    partition : (n,) int8
        Side of each actor, 1 or -1; it frustrates `upper`. The first actor of each
        connected component (disputed ties do not connect) is in 1.
    frustrated : (k,) intp
        Positions of the ties that the partition frustrates.
    signs : (m,) int8
        Signs under which this holds; a 0 leaves the tie free, so that it costs nothing.
    cycles : tuple of NegativeCycle
        A packing: no tie carries more than its weight; each unit costs at least one.
    """

    lower: float
    upper: float
    proved: bool
    proof: Proof
    partition: NDArray[np.int8]
    frustrated: NDArray[np.intp]
    signs: NDArray[np.int8]
    cycles: tuple[NegativeCycle, ...] = ()

    def __post_init__(self) -> None:
        """Freeze the arrays."""
        for array in (self.partition, self.frustrated, self.signs):
            array.setflags(write=False)

    @property
    def lower_is_word(self) -> bool:
        """Whether `lower` may rest on a solver, beyond what the cycles carry."""
        return self.proof in {Proof.RELAXATION, Proof.SEARCH, Proof.BOUNDS}


def check_certificate(g: SignedGraph, found: Frustration) -> None:
    """Check a frustration index against its graph, in whole numbers, without a solver.

    The partition must frustrate `upper`, each cycle must be negative, no tie may carry
    more than its weight, and the packing must reach `lower` where it is the proof. A
    bound by branch and bound cannot be checked this way beyond what its cycles carry.

    Parameters
    ----------
    g : SignedGraph
        The graph that the index is said to belong to.
    found : Frustration
        What to check.

    Raises
    ------
    ValueError
        If anything does not hold; the message says what.
    """
    cost, unit = cost_units(g.weight)
    _check_signs(g, found)
    upper = _checked_upper(g, found, cost)
    _check_cycles(g, found, cost, unit)
    loads = [_billionths(cycle) for cycle in found.cycles]
    ties = [cycle.ties for cycle in found.cycles]
    packing = packing_bound(ties, loads, unit * 1000)
    lower = round(found.lower * 1e6 / unit)
    if found.proved != (lower == upper):
        raise ValueError(f"proved is {found.proved}, bounds are {lower} and {upper}")
    if lower > upper:
        raise ValueError(f"lower is {lower} units, above upper with {upper}")
    if packing > lower:
        raise ValueError(f"lower is {lower} units, but the cycles carry {packing}")
    if found.proof in {Proof.BALANCED, Proof.PACKING} and packing < lower:
        raise ValueError(f"lower is {lower} units, but the cycles carry {packing}")


def _check_signs(g: SignedGraph, found: Frustration) -> None:
    """Check that no stated sign was changed and that the shapes fit.

    Raises
    ------
    ValueError
        If it does not hold.
    """
    if found.signs.shape != (g.m,) or found.partition.shape != (g.n,):
        raise ValueError(f"signs and partition must have shapes ({g.m},) and ({g.n},)")
    changed = np.flatnonzero((g.sign != 0) & (g.sign != found.signs))
    if len(changed):
        raise ValueError(f"tie {changed[0]} has another sign than in the graph")
    if not np.all(np.abs(found.partition) == 1):
        raise ValueError("partition must have a 1 or -1 for each actor")


def _checked_upper(g: SignedGraph, found: Frustration, cost: NDArray[np.int64]) -> int:
    """Return what the partition costs in units, checked against what is stated.

    Raises
    ------
    ValueError
        If it does not hold.
    """
    product = found.partition[g.ends[:, 0]] * found.partition[g.ends[:, 1]]
    frustrated = np.flatnonzero((found.signs != 0) & (product != found.signs))
    if frustrated.tolist() != sorted(found.frustrated.tolist()):
        raise ValueError("frustrated is not what the partition frustrates")
    upper = int(cost[frustrated].sum())
    _, unit = cost_units(g.weight)
    if round(found.upper * 1e6 / unit) != upper:
        raise ValueError(
            f"upper is {found.upper}, but the partition costs {in_weight(upper, unit)}"
        )
    return upper


def _check_cycles(
    g: SignedGraph, found: Frustration, cost: NDArray[np.int64], unit: int
) -> None:
    """Check that these are negative cycles of which no tie carries too much.

    Raises
    ------
    ValueError
        If it does not hold.
    """
    load = [0] * g.m
    # Lists: there may be hundreds of thousands of cycles with a few ties each.
    ends, signs = g.ends.tolist(), found.signs.tolist()
    for cycle in found.cycles:
        ties = list(cycle.ties)
        if not all(0 <= tie < g.m for tie in ties) or not _is_cycle(ends, ties):
            raise ValueError(f"ties {cycle.ties} are not a cycle")
        if prod(signs[tie] for tie in ties) != -1:
            raise ValueError(f"cycle {cycle.ties} is not negative")
        if _billionths(cycle) <= 0:
            raise ValueError(f"cycle {cycle.ties} must carry a positive weight")
        for tie in ties:
            load[tie] += _billionths(cycle)
    for tie, carried in enumerate(load):
        if carried > int(cost[tie]) * unit * 1000:
            raise ValueError(f"tie {tie} carries more than its weight")


def _is_cycle(ends: list[list[int]], ties: list[int]) -> bool:
    """Tell whether the ties, in this order, go once around."""
    if len(ties) < 3 or len(set(ties)) != len(ties):
        return False
    pairs = [set(ends[tie]) for tie in ties]
    turns = [a & b for a, b in zip(pairs, pairs[1:] + pairs[:1], strict=True)]
    corners = [actor for turn in turns for actor in turn]
    return all(len(turn) == 1 for turn in turns) and len(set(corners)) == len(ties)


def _billionths(cycle: NegativeCycle) -> int:
    """Return the weight of a cycle in billionths."""
    return round(cycle.weight * 1e9)


def packing_bound(
    cycles: Sequence[tuple[int, ...]], loads: Sequence[int], unit: int
) -> int:
    """Return what a packing proves, in units, rounded up in each separate part.

    Cycles that share no tie, not even through others, bound different parts of the
    graph; the index of each part is a whole number of units.

    Parameters
    ----------
    cycles : sequence of tuple of int
        Ties of each negative cycle.
    loads : sequence of int
        What each carries, in billionths of weight.
    unit : int
        Billionths of weight in a unit.
    """
    root: dict[int, int] = {}

    def top(tie: int) -> int:
        while root.setdefault(tie, tie) != tie:
            root[tie] = root[root[tie]]
            tie = root[tie]
        return tie

    for cycle in cycles:
        for tie in cycle:
            root[top(tie)] = top(cycle[0])
    carried: dict[int, int] = {}
    for cycle, load in zip(cycles, loads, strict=True):
        part = top(cycle[0])
        carried[part] = carried.get(part, 0) + load
    return sum(-(-total // unit) for total in carried.values())
