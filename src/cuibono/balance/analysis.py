"""Everything that `cuibono balance` says about one signed graph."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from cuibono.balance.certificate import Frustration
from cuibono.balance.closed_walks import WalkBalance, walk_balance
from cuibono.balance.frustration import frustration_and_optima, frustration_range
from cuibono.balance.k_factions import weak_frustration
from cuibono.balance.nulls import NULLS, Null
from cuibono.balance.optima import PartitionSet
from cuibono.balance.semicycles import CycleCount, signed_cycles
from cuibono.balance.standing import Freedom, Standing, free_actors, standing
from cuibono.balance.triads import triad_counts
from cuibono.balance.weak_certificate import WeakFrustration
from cuibono.balance.weak_optima import SharedTies, always_frustrated
from cuibono.model.graph import SignedGraph

SHARED_SECONDS = 20.0
"""For which ties all optima of weak balance frustrate, where no limit is given."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measures:
    """Further figures, computed if asked for.

    Attributes
    ----------
    cycles : tuple of CycleCount
        Of 3, 4, ... ties, as far as they could be counted.
    walks : WalkBalance or None
        Closed walks; None above 3,000 actors.
    standing : Standing
        Signed degrees and centralities of each actor.
    """

    cycles: tuple[CycleCount, ...]
    walks: WalkBalance | None
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Analysis:
    """What is known about the balance of one signed graph.

    Attributes
    ----------
    low, high : Frustration
        The index under the kindest and the harshest signs of disputed ties; the same
        object twice if none is disputed.
    optima : PartitionSet
        Partitions that attain `low`.
    freedom : Freedom
        Actors whose side these partitions do not settle.
    triads : tuple of int
        Undisputed triads by their count of negative ties.
    disputed_triads : int
        Triads with a disputed tie.
    weak : WeakFrustration or None
        Weak balance, if asked for.
    weak_shared : SharedTies or None
        Ties that every optimum of it frustrates, if it was asked for and is proved.
    nulls : tuple of Null
        Those asked for.
    measures : Measures or None
        If asked for.
    seconds : float
        Wall time.
    """

    graph: SignedGraph
    low: Frustration
    high: Frustration
    optima: PartitionSet
    freedom: Freedom
    triads: tuple[int, int, int, int]
    disputed_triads: int
    weak: WeakFrustration | None
    weak_shared: SharedTies | None
    nulls: tuple[Null, ...]
    measures: Measures | None
    seconds: float

    @property
    def proven(self) -> bool:
        """Whether both ends of the range are proved."""
        return self.low.proved and self.high.proved

    @property
    def index(self) -> float | None:
        """The frustration index; None if not proved, or a range over disputed ties."""
        one = self.proven and self.low.upper == self.high.upper
        return self.low.upper if one else None


def analysed(
    g: SignedGraph,
    *,
    time_limit: float | None = None,
    factions: int | None = None,
    weak: bool = False,
    nulls: Sequence[str] = (),
    exact: bool = False,
    measures: bool = False,
    draws: int = 200,
    seed: int = 2014,
) -> Analysis:
    """Return the balance of a signed graph, with what was asked for beside it.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors; sign 0 for disputed ones.
    time_limit : float, optional
        Seconds for the index with its optima, for the upper end of a range, for k
        factions, and for each null: so many each.
    factions : int, optional
        At most so many factions, for `weak`.
    weak : bool
        Find the least partition into any number of factions, or into `factions`.
    nulls : sequence of str
        Names of `NULLS`.
    exact : bool
        Prove L of each draw of a null, instead of a local search.
    measures : bool
        Count longer cycles and closed walks, and rank actors.
    draws, seed : int
        Draws of each null, and where their random numbers start.

    Raises
    ------
    ValueError
        If a null is unknown, or a number is out of its range.
    """
    unknown = sorted(set(nulls) - set(NULLS))
    if unknown:
        raise ValueError(f"nulls must be of {', '.join(NULLS)}, got {unknown[0]}")
    start = perf_counter()
    low, optima = frustration_and_optima(g, time_limit=time_limit)
    low, high = frustration_range(g, low=low)
    found = (
        weak_frustration(g, most_factions=factions, time_limit=time_limit)
        if weak
        else None
    )
    counts, disputed = triad_counts(g)
    return Analysis(
        graph=g,
        low=low,
        high=high,
        optima=optima,
        freedom=free_actors(g, optima),
        triads=counts,
        disputed_triads=disputed,
        weak=found,
        weak_shared=always_frustrated(g, found, time_limit=time_limit or SHARED_SECONDS)
        if found is not None and found.proved
        else None,
        nulls=tuple(
            NULLS[name](
                g,
                draws=draws,
                rng=np.random.default_rng(seed),
                index=low,
                time_limit=time_limit,
                exact=exact,
            )
            for name in nulls
        ),
        measures=Measures(
            cycles=signed_cycles(g), walks=walk_balance(g), standing=standing(g)
        )
        if measures
        else None,
        seconds=perf_counter() - start,
    )
