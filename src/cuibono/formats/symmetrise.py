"""From directed, repeated, contradictory statements to one tie for each pair."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cuibono.model.graph import SignedGraph

MOST_ROWS = 50_000
"""Files with more statements do not keep which row stands behind which tie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Symmetrised:
    """A signed graph and what its rule did to the rows behind it.

    Attributes
    ----------
    graph : SignedGraph
        One tie for each pair that was kept.
    rule : str
        How several statements became one tie.
    rows : int
        Statements read, of both signs or 0.
    loops, neutral : int
        Statements of an actor about itself, and of sign 0; neither makes a tie.
    pairs : int
        Pairs of actors with at least one signed statement.
    contradictory : int
        Pairs stated with both signs.
    dropped : int
        Pairs without a tie in the graph.
    cancelled : float
        Weight that every partition frustrates in parallel ties of both signs (multi).
    """

    graph: SignedGraph
    rule: str
    rows: int
    loops: int = 0
    neutral: int = 0
    pairs: int
    contradictory: int = 0
    dropped: int = 0
    cancelled: float = 0.0


@dataclass(slots=True)
class Statements:
    """Signed statements between named actors, in the order read."""

    names: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    loops: int = 0
    neutral: int = 0
    first: list[int] = field(default_factory=list)
    second: list[int] = field(default_factory=list)
    sign: list[int] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    time: list[float] = field(default_factory=list)
    row: list[int] = field(default_factory=list)

    def place(self, name: str) -> int:
        """Return the position of an actor, a new one if not met before."""
        return self.names.setdefault(name, len(self.names))

    def add(
        self,
        source: str,
        target: str,
        sign: int,
        weight: float,
        time: float = 0.0,
        row: int = 0,
    ) -> None:
        """Take one statement, made in `row` of its file."""
        self.rows += 1
        if source == target:
            self.loops += 1
            return
        if not sign:
            self.neutral += 1
            return
        self.first.append(self.place(source))
        self.second.append(self.place(target))
        self.sign.append(sign)
        self.weight.append(weight)
        self.time.append(time)
        self.row.append(row)

    def chosen(
        self, rows: NDArray[np.intp], worth: NDArray[np.float64]
    ) -> "Statements":
        """Return the signed statements at `rows` (r,), each weight times `worth` (r,)."""
        part = Statements(names=self.names, rows=len(rows))
        places = rows.tolist()
        part.first = [self.first[k] for k in places]
        part.second = [self.second[k] for k in places]
        part.sign = [self.sign[k] for k in places]
        part.weight = (np.array(self.weight)[rows] * worth).tolist()
        part.time = [self.time[k] for k in places]
        part.row = [self.row[k] for k in places]
        return part


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Directed:
    """Statements with their direction kept, one for each ordered pair.

    Attributes
    ----------
    names : (n,) tuple of str
        Actors.
    arcs : (m, 2) int64
        Sender and receiver.
    sign : (m,) int8
        1 or -1.
    weight : (m,) float64
        The heaviest of the statements.
    contradictory : int
        Ordered pairs stated with both signs, left out.
    """

    names: tuple[str, ...]
    arcs: NDArray[np.int64]
    sign: NDArray[np.int8]
    weight: NDArray[np.float64]
    contradictory: int


def directed(stated: Statements) -> Directed:
    """Keep each ordered pair whose statements agree on a sign.

    Examples
    --------
    >>> stated = Statements()
    >>> for row in (("A", "B", 1), ("B", "A", -1), ("A", "C", 1), ("A", "C", -1)):
    ...     stated.add(*row, weight=1.0)
    >>> found = directed(stated)
    >>> found.arcs.tolist(), found.sign.tolist(), found.contradictory
    ([[0, 1], [1, 0]], [1, -1], 1)
    """
    arcs = np.array([stated.first, stated.second], dtype=np.int64).T.reshape(-1, 2)
    sign = np.array(stated.sign, dtype=np.int8)
    weight = np.array(stated.weight, dtype=np.float64)
    pairs, at = np.unique(arcs, axis=0, return_inverse=True)
    at = at.reshape(-1)
    up, down = (np.bincount(at, sign == way, len(pairs)) > 0 for way in (1, -1))
    heaviest = np.zeros(len(pairs))
    np.maximum.at(heaviest, at, weight)
    kept = np.flatnonzero(up != down)
    return Directed(
        names=tuple(stated.names),
        arcs=pairs[kept],
        sign=np.where(up[kept], 1, -1).astype(np.int8),
        weight=heaviest[kept],
        contradictory=int(np.sum(up & down)),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Pairs:
    """Each pair with what its statements come to, (p,); `at` (s,) is their pair."""

    ends: NDArray[np.intp]
    at: NDArray[np.intp]
    friendly: NDArray[np.float64]
    hostile: NDArray[np.float64]
    heaviest: NDArray[np.float64]
    has_friendly: NDArray[np.bool_]
    has_hostile: NDArray[np.bool_]

    @property
    def both(self) -> NDArray[np.bool_]:
        """Whether a pair is stated with both signs."""
        told: NDArray[np.bool_] = self.has_friendly & self.has_hostile
        return told


def _pairs(stated: Statements) -> _Pairs:
    """Gather the statements of each pair."""
    ends = np.array([stated.first, stated.second], dtype=np.int64).T.reshape(-1, 2)
    ends.sort(axis=1)
    n = max(len(stated.names), 1)
    code, at = np.unique(ends[:, 0] * n + ends[:, 1], return_inverse=True)
    sign = np.array(stated.sign, dtype=np.int64)
    weight = np.array(stated.weight, dtype=np.float64)
    heaviest = np.zeros(len(code))
    np.maximum.at(heaviest, at, weight)

    def summed(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(at, values, len(code)).astype(np.float64)

    return _Pairs(
        ends=np.stack([code // n, code % n], axis=1).astype(np.intp),
        at=at.astype(np.intp),
        friendly=summed(np.where(sign > 0, weight, 0.0)),
        hostile=summed(np.where(sign < 0, weight, 0.0)),
        heaviest=heaviest,
        has_friendly=summed((sign > 0).astype(np.float64)) > 0,
        has_hostile=summed((sign < 0).astype(np.float64)) > 0,
    )


def _made(
    stated: Statements,
    pairs: _Pairs,
    rule: str,
    sign: NDArray[np.bool_] | NDArray[np.int64],
    weight: NDArray[np.float64],
    *,
    cancelled: float = 0.0,
) -> Symmetrised:
    """Record of the pairs whose `sign` (p,) is not 0, and of their actors."""
    kept = np.flatnonzero(sign)
    used = np.zeros(len(stated.names), dtype=bool)
    used[pairs.ends[kept].ravel()] = True
    # An actor without a tie left has no side: published sizes do not count it.
    names = [name for name, stays in zip(stated.names, used, strict=True) if stays]
    place = np.cumsum(used) - 1
    return Symmetrised(
        graph=SignedGraph(
            names=tuple(names),
            ends=place[pairs.ends[kept]].astype(np.intp).reshape(-1, 2),
            sign=sign[kept].astype(np.int8),
            weight=weight[kept],
            claims=_rows(stated, pairs, kept),
        ),
        rule=rule,
        rows=stated.rows,
        loops=stated.loops,
        neutral=stated.neutral,
        pairs=len(pairs.ends),
        contradictory=int(pairs.both.sum()),
        dropped=len(pairs.ends) - len(kept),
        cancelled=cancelled,
    )


def _rows(
    stated: Statements, pairs: _Pairs, kept: NDArray[np.intp]
) -> tuple[tuple[str, ...], ...]:
    """Rows behind each kept pair, as the claims of its tie; none for a large file."""
    if len(stated.row) > MOST_ROWS or not all(stated.row):
        return ()
    behind: list[list[str]] = [[] for _ in range(len(pairs.ends))]
    for pair, row in zip(pairs.at.tolist(), stated.row, strict=True):
        behind[pair].append(f"row {row}")
    return tuple(tuple(behind[pair]) for pair in kept.tolist())


def _drop(stated: Statements) -> Symmetrised:
    """Keep a pair if all its statements agree; it weighs as the heaviest of them."""
    pairs = _pairs(stated)
    sign = np.where(pairs.both, 0, np.where(pairs.has_friendly, 1, -1))
    return _made(stated, pairs, "drop", sign, pairs.heaviest)


def _any_negative(stated: Statements) -> Symmetrised:
    """One hostile statement makes the pair hostile; it weighs as the heaviest."""
    pairs = _pairs(stated)
    sign = np.where(pairs.has_hostile, -1, 1)
    return _made(stated, pairs, "any-negative", sign, pairs.heaviest)


def _sum(stated: Statements) -> Symmetrised:
    """The pair has the sign and the size of the sum; a sum of 0 is no tie."""
    pairs = _pairs(stated)
    total = pairs.friendly - pairs.hostile
    return _made(stated, pairs, "sum", np.sign(total).astype(np.int64), np.abs(total))


def _multi(stated: Statements) -> Symmetrised:
    """Every statement is a tie of its own; parallel ones of both signs cancel.

    Whichever sides the two take, the lighter of the two sums is frustrated at least:
    that much is `cancelled`, and the rest remains as one tie.
    """
    pairs = _pairs(stated)
    total = pairs.friendly - pairs.hostile
    lost = float(np.minimum(pairs.friendly, pairs.hostile).sum())
    sign = np.sign(total).astype(np.int64)
    return _made(stated, pairs, "multi", sign, np.abs(total), cancelled=lost)


RULES: dict[str, Callable[[Statements], Symmetrised]] = {
    "drop": _drop,
    "sum": _sum,
    "any-negative": _any_negative,
    "multi": _multi,
}
"""Rule by name; the first is the default."""


def taken_as_it_stands(g: SignedGraph) -> Symmetrised:
    """Record of a graph in which contradictory pairs stay, with sign 0."""
    return Symmetrised(
        graph=g,
        rule="none",
        rows=sum(map(len, g.claims)) if g.claims else g.m,
        pairs=g.m,
        contradictory=int(np.sum(g.sign == 0)),
    )
