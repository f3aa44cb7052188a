"""The line index of weak balance, and a check of it that needs no solver."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.certificate import NegativeCycle, Proof, packing_bound
from cuibono.balance.units import cost_units
from cuibono.model.graph import SignedGraph


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WeakFrustration:
    """Least weight of ties to change for weak balance.

    Attributes
    ----------
    lower, upper : float
        Bounds, in units of tie weight; equal where `proved`.
    proved : bool
        Whether the index is known exactly.
    proof : Proof
        What `lower` rests on.
    partition : (n,) intp
        Faction of each actor, numbered from 0 in order of first member.
    frustrated : (k,) intp
        Positions of negative ties inside and positive ties between factions.
    cycles : tuple of NegativeCycle
        A packing of cycles with exactly one negative tie (an odd number for two
        factions): no tie carries more than its weight, each unit costs at least one.
    most_factions : int, optional
        At most so many factions were allowed; None for any number. With one, the
        negative ties themselves are the bound.
    """

    lower: float
    upper: float
    proved: bool
    proof: Proof
    partition: NDArray[np.intp]
    frustrated: NDArray[np.intp]
    cycles: tuple[NegativeCycle, ...] = ()
    most_factions: int | None = None

    def __post_init__(self) -> None:
        """Freeze the arrays."""
        self.partition.setflags(write=False)
        self.frustrated.setflags(write=False)

    @property
    def lower_is_word(self) -> bool:
        """Whether `lower` may rest on a solver, beyond what the cycles carry."""
        return self.proof in {Proof.SEARCH, Proof.BOUNDS}


def weakly_frustrated(g: SignedGraph, partition: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return negative ties within and positive ties between factions (n,)."""
    within = partition[g.ends[:, 0]] == partition[g.ends[:, 1]]
    return np.flatnonzero((within & (g.sign < 0)) | (~within & (g.sign > 0)))


def check_weak_certificate(g: SignedGraph, found: WeakFrustration) -> None:
    """Check an index of weak balance against its graph, in whole numbers, by itself.

    The partition must cost `upper` and keep to the factions allowed, each cycle must
    have exactly one negative tie, no tie may carry more than its weight, and the packing
    must reach `lower` where it is the proof. Branch and bound cannot be checked this
    way beyond what its cycles carry.

    Parameters
    ----------
    g : SignedGraph
        The graph that the index is said to belong to.
    found : WeakFrustration
        What to check.

    Raises
    ------
    ValueError
        If anything does not hold; the message says what.
    """
    cost, unit = cost_units(g.weight)
    upper = _checked_upper(g, found, cost, unit)
    load = [0] * g.m
    for cycle in found.cycles:
        _check_cycle(g, cycle, odd=found.most_factions == 2)
        for tie in cycle.ties:
            load[tie] += _billionths(cycle)
    for tie, carried in enumerate(load):
        if carried > int(cost[tie]) * unit * 1000:
            raise ValueError(f"tie {tie} carries more than its weight")
    loads = [_billionths(cycle) for cycle in found.cycles]
    packing = packing_bound([cycle.ties for cycle in found.cycles], loads, unit * 1000)
    if found.most_factions == 1:
        packing = int(cost[g.sign < 0].sum())
    lower = round(found.lower * 1e6 / unit)
    if found.proved != (lower == upper) or lower > upper:
        raise ValueError(f"proved is {found.proved}, bounds are {lower} and {upper}")
    if packing > lower or (not found.lower_is_word and packing < lower):
        raise ValueError(f"lower is {lower} units, but the cycles carry {packing}")


def _checked_upper(
    g: SignedGraph, found: WeakFrustration, cost: NDArray[np.int64], unit: int
) -> int:
    """Return what the partition costs in units, checked against what is stated.

    Raises
    ------
    ValueError
        If it does not hold.
    """
    if found.partition.shape != (g.n,):
        raise ValueError(f"partition must have shape ({g.n},)")
    most = g.n if found.most_factions is None else found.most_factions
    if len(set(found.partition.tolist())) > most:
        raise ValueError(f"partition must have at most {most} factions")
    frustrated = weakly_frustrated(g, found.partition)
    if frustrated.tolist() != sorted(found.frustrated.tolist()):
        raise ValueError("frustrated is not what the partition frustrates")
    upper = int(cost[frustrated].sum())
    if round(found.upper * 1e6 / unit) != upper:
        raise ValueError(
            f"upper is {found.upper}, but the partition costs {upper} units"
        )
    return upper


def _check_cycle(g: SignedGraph, cycle: NegativeCycle, *, odd: bool) -> None:
    """Check that the ties go once around, and how many of them are negative.

    Raises
    ------
    ValueError
        If it does not hold.
    """
    ties = list(cycle.ties)
    if not all(0 <= tie < g.m for tie in ties) or not _goes_around(g.ends[ties]):
        raise ValueError(f"ties {cycle.ties} are not a cycle")
    negative = int((g.sign[ties] < 0).sum())
    if np.any(g.sign[ties] == 0) or not (negative == 1 or (odd and negative % 2)):
        raise ValueError(f"cycle {cycle.ties} has {negative} negative ties")
    if _billionths(cycle) <= 0:
        raise ValueError(f"cycle {cycle.ties} must carry a positive weight")


def _goes_around(ends: NDArray[np.intp]) -> bool:
    """Tell whether pairs (b, 2), in this order, lead once around b actors."""
    if len(ends) < 3 or len(np.unique(ends)) != len(ends):
        return False
    shared = [
        set(a) & set(b) for a, b in zip(ends, np.roll(ends, -1, axis=0), strict=True)
    ]
    turns = [actor for both in shared for actor in both]
    return len(turns) == len(ends) == len(set(turns))


def _billionths(cycle: NegativeCycle) -> int:
    """Return the weight of a cycle in billionths."""
    return round(cycle.weight * 1e9)
