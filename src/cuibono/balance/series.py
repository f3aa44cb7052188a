"""Balance over time: the index, who changed sides, and which ties moved the index."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.certificate import Frustration
from cuibono.balance.clock import Clock
from cuibono.balance.frustration import frustration, frustration_and_optima
from cuibono.balance.nulls import NULLS, Null
from cuibono.balance.optima import PartitionSet
from cuibono.balance.parts import connected_parts, nearest_sides
from cuibono.model.graph import SignedGraph


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moment:
    """Balance in one period.

    Attributes
    ----------
    label : str
        Which period.
    graph : SignedGraph
        Its ties.
    index : Frustration
        Exact where `proved`.
    optima : PartitionSet
        Partitions that attain it, as far as listed.
    sides : (n,) int8
        Of these the one nearest to the period before, turned to match it.
    nulls : tuple of Null
        Those asked for.
    """

    label: str
    graph: SignedGraph
    index: Frustration
    optima: PartitionSet
    sides: NDArray[np.int8]
    nulls: tuple[Null, ...] = ()

    def __post_init__(self) -> None:
        """Freeze the arrays."""
        self.sides.setflags(write=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TieChange:
    """A tie that differs from the period before.

    Attributes
    ----------
    one, other : str
        Names of its ends, the lesser first.
    before, after : int or None
        Signs; None where there was, or is, no tie.
    share : float or None
        What the change alone adds to the index of its period: the index less what it
        would be with this one change undone. None if that is not proved. Shares need
        not add up to the change of the index: two changes can undo each other.
    """

    one: str
    other: str
    before: int | None
    after: int | None
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What happened from one period to the next.

    Attributes
    ----------
    before, after : str
        Labels.
    change : float or None
        Of the index; None unless both are proved.
    entered, left : tuple of str
        Actors with ties in one of the two only.
    moved : tuple of str
        Actors on another side; of all listed optima the pair that moves fewest.
    ties : tuple of TieChange
        Ties whose sign differs, those that move the index most first; a change of
        weight alone is not listed.
    """

    before: str
    after: str
    change: float | None
    entered: tuple[str, ...]
    left: tuple[str, ...]
    moved: tuple[str, ...]
    ties: tuple[TieChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Series:
    """Balance over a sequence of periods."""

    moments: tuple[Moment, ...]
    passages: tuple[Passage, ...]

    @property
    def proven(self) -> bool:
        """Whether every index is proved."""
        return all(moment.index.proved for moment in self.moments)


def balance_over_time(
    periods: Sequence[tuple[str, SignedGraph]],
    *,
    time_limit: float | None = None,
    nulls: Iterable[str] = (),
    draws: int = 200,
    seed: int = 2014,
    progress: Callable[[str, int, int], None] | None = None,
) -> Series:
    """Return the index, sides and frustrated ties of each period, and what changed.

    Actors are the same where their names are. Each period starts from the solution of
    the one before; the proof is made anew.

    Parameters
    ----------
    periods : sequence of (str, SignedGraph)
        Label and ties, in order of time; disputed ties (sign 0) are left free.
    time_limit : float, optional
        Seconds for each period, and for each null of it.
    nulls : iterable of str
        Names of `NULLS`, drawn for each period.
    draws, seed : int
        Draws of each null, and where their random numbers start.
    progress : callable, optional
        Told the label of the next period, how many are done and how many there are.

    Raises
    ------
    ValueError
        If a null is unknown or a number is out of its range.

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> calm = graph([("Arda", "Brun", 1), ("Arda", "Cor", -1), ("Brun", "Cor", -1)])
    >>> torn = graph([("Arda", "Brun", -1), ("Arda", "Cor", -1), ("Brun", "Cor", -1)])
    >>> found = balance_over_time([("spring", calm), ("autumn", torn)])
    >>> [moment.index.upper for moment in found.moments]
    [0.0, 1.0]
    >>> [(tie.one, tie.other, tie.share) for tie in found.passages[0].ties]
    [('Arda', 'Brun', 1.0)]
    """
    unknown = sorted(set(nulls) - set(NULLS))
    if unknown:
        raise ValueError(f"nulls must be of {', '.join(NULLS)}, got {unknown[0]}")
    moments: list[Moment] = []
    for at, (label, g) in enumerate(periods):
        if progress is not None:
            progress(label, at, len(periods))
        earlier = moments[-1] if moments else None
        moments.append(
            _moment(label, g, earlier, time_limit, tuple(nulls), draws, seed)
        )
    if progress is not None:
        progress("", len(periods), len(periods))
    passages = tuple(_passage(one, two, time_limit) for one, two in pairwise(moments))
    return Series(moments=tuple(moments), passages=passages)


def _moment(
    label: str,
    g: SignedGraph,
    earlier: Moment | None,
    time_limit: float | None,
    nulls: tuple[str, ...],
    draws: int,
    seed: int,
) -> Moment:
    """Solve one period and turn its sides to match the one before."""
    wanted = _carried(g, earlier)
    index, optima = frustration_and_optima(
        g,
        time_limit=time_limit,
        sides=wanted if earlier is not None else None,
        cycles=_cycles_left(g, earlier),
    )
    part = connected_parts(g)
    listed = optima.partitions if len(optima.partitions) else [index.partition]
    turned = [nearest_sides(sides, wanted, part) for sides in listed]
    return Moment(
        label=label,
        graph=g,
        index=index,
        optima=optima,
        sides=min(turned, key=lambda found: found[1])[0],
        nulls=tuple(
            NULLS[name](
                g,
                draws=draws,
                rng=np.random.default_rng(seed),
                index=index,
                time_limit=time_limit,
            )
            for name in nulls
        ),
    )


def _carried(g: SignedGraph, earlier: Moment | None) -> NDArray[np.int8]:
    """Return the side (n,) that each actor had before; 0 for those who were not there."""
    wanted = np.zeros(g.n, dtype=np.int8)
    if earlier is not None:
        had = dict(zip(earlier.graph.names, earlier.sides.tolist(), strict=True))
        wanted[:] = [had.get(name, 0) for name in g.names]
    return wanted


def _cycles_left(g: SignedGraph, earlier: Moment | None) -> list[tuple[int, ...]]:
    """List the cycles of the last proof whose ties are all still there."""
    if earlier is None:
        return []
    names = _ties(g)
    now = [
        names.get((min(a, b), max(a, b)), -1)
        for a, b in (
            (earlier.graph.names[i], earlier.graph.names[j])
            for i, j in earlier.graph.ends.tolist()
        )
    ]
    moved = (tuple(now[k] for k in cycle.ties) for cycle in earlier.index.cycles)
    return [cycle for cycle in moved if min(cycle) >= 0]


def _passage(one: Moment, two: Moment, time_limit: float | None) -> Passage:
    """Compare two periods that follow each other."""
    names = set(one.graph.names), set(two.graph.names)
    wanted = _carried(two.graph, one)
    moved = np.flatnonzero((wanted != 0) & (wanted != two.sides))
    proved = one.index.proved and two.index.proved
    return Passage(
        before=one.label,
        after=two.label,
        change=two.index.upper - one.index.upper if proved else None,
        entered=tuple(sorted(names[1] - names[0])),
        left=tuple(sorted(names[0] - names[1])),
        moved=tuple(sorted(two.graph.names[k] for k in moved.tolist())),
        ties=_changes(one.graph, two, time_limit),
    )


def _ties(g: SignedGraph) -> dict[tuple[str, str], int]:
    """Position of the tie of each pair of names."""
    return {
        (min(a, b), max(a, b)): k
        for k, (a, b) in enumerate((g.names[i], g.names[j]) for i, j in g.ends.tolist())
    }


def _changes(
    earlier: SignedGraph, now: Moment, time_limit: float | None
) -> tuple[TieChange, ...]:
    """List the ties that differ, with what each adds to the index."""
    before, after = _ties(earlier), _ties(now.graph)
    undo = _Undo(now, Clock(time_limit))
    found = []
    for one, other in sorted(before.keys() | after.keys()):
        was, now_at = before.get((one, other)), after.get((one, other))
        old = None if was is None else int(earlier.sign[was])
        new = None if now_at is None else int(now.graph.sign[now_at])
        if old == new:
            continue
        weight = 1.0 if was is None else float(earlier.weight[was])
        share = undo.share(one, other, old, new, now_at, weight)
        found.append(
            TieChange(one=one, other=other, before=old, after=new, share=share)
        )
    return tuple(sorted(found, key=lambda tie: -abs(tie.share or 0.0)))


class _Undo:
    """What the index of a period would be with one change undone."""

    def __init__(self, now: Moment, clock: Clock) -> None:
        """Keep which ties the optima frustrate."""
        self.now, self.clock = now, clock
        self.frustrated = {*now.optima.always.tolist(), *now.optima.sometimes.tolist()}
        self.even = bool(np.all(now.graph.weight == 1.0))
        self.at = {name: k for k, name in enumerate(now.graph.names)}
        self.part = connected_parts(now.graph)

    def share(
        self,
        one: str,
        other: str,
        old: int | None,
        new: int | None,
        at: int | None,
        weight: float,
    ) -> float | None:
        """Return the index less that of the period with this change undone."""
        if not self.now.index.proved:
            return None
        if at is not None and new:
            gone = float(self.now.graph.weight[at])
            if at in self.frustrated:
                # An optimum frustrates it: without it, or turned, it costs that less.
                return gone
            if not old and self.even and self.now.optima.settled:
                return 0.0
        elif not self._linked(one, other):
            return 0.0
        return self._solved(one, other, old or 0, weight)

    def _linked(self, one: str, other: str) -> bool:
        """Tell whether a tie between the two could close a cycle."""
        i, j = self.at.get(one), self.at.get(other)
        return i is not None and j is not None and self.part[i] == self.part[j]

    def _solved(self, one: str, other: str, sign: int, weight: float) -> float | None:
        """Solve the period with the tie as it was before."""
        if self.clock.over:
            return None
        g = self.now.graph
        i, j = sorted((self.at[one], self.at[other]))
        kept = ~((g.ends[:, 0] == i) & (g.ends[:, 1] == j))
        undone = SignedGraph(
            names=g.names,
            ends=np.vstack([g.ends[kept], [[i, j]]]).astype(np.intp),
            sign=np.append(g.sign[kept], sign).astype(np.int8),
            weight=np.append(g.weight[kept], weight),
        )
        found = frustration(undone, sides=self.now.sides)
        return self.now.index.upper - found.upper if found.proved else None
