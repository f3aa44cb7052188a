"""Reductions of a block that keep its frustration index, and the way back from them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block, assembled, parts_of
from cuibono.balance.clock import Clock
from cuibono.balance.cycles import Cycle
from cuibono.balance.search import mirrored
from cuibono.balance.strands import Strands

# Star-triangles halve weights; a unit is cut into at most so many parts.
_FINEST = 64
# The clock is looked at once in so many actors or so.
_GLANCE = 64


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reduction:
    """A block made smaller: index of the block = `constant` + indices of the parts.

    Attributes
    ----------
    block : Block
        What was reduced.
    parts : tuple of Block
        What is left, in units `scale` times finer than those of the block; their `nodes`
        are positions in the block, their `ties` strands.
    constant : int
        What every partition costs beyond the parts, in the finer units.
    scale : int
        Finer units in a unit of the block.
    strands : Strands
        Of which ties of the block each tie of the parts is made.
    taken : tuple
        Actors taken out, the last first: (actor, neighbours, their pulls).
    """

    block: Block
    parts: tuple[Block, ...]
    constant: int
    scale: int
    strands: Strands
    taken: tuple[tuple[int, tuple[int, ...], tuple[int, ...]], ...]

    def restricted(self, side: NDArray[np.int8]) -> list[NDArray[np.int8]]:
        """List what a partition (k,) of the block is on each part."""
        return [mirrored(side[part.nodes]) for part in self.parts]

    def expanded_side(self, sides: Sequence[NDArray[np.int8]]) -> NDArray[np.int8]:
        """Return the partition (k,) of the block that extends those of the parts.

        It costs what they cost and the constant together: whoever was taken out goes
        where it costs less.
        """
        side = assembled(len(self.block.nodes), self.parts, sides)
        for actor, near, pulls in self.taken:
            pull = sum(p * int(side[j]) for j, p in zip(near, pulls, strict=True))
            side[actor] = -1 if pull < 0 else 1
        return mirrored(side)

    def expanded_packing(
        self, packings: Sequence[tuple[Sequence[Cycle], NDArray[np.int64]]]
    ) -> tuple[tuple[Cycle, ...], NDArray[np.int64]]:
        """Return cycles of the block and what each carries, in billionths of weight.

        Together they carry what the packings of the parts do and the constant.

        Parameters
        ----------
        packings : sequence of (cycles, loads)
            One for each part.
        """
        carried: dict[Cycle, int] = {}
        expanding = self.strands.expanding(self.block)
        for part, (cycles, loads) in zip(self.parts, packings, strict=True):
            for cycle, load in zip(cycles, loads.tolist(), strict=True):
                strands = part.ties[list(cycle)].tolist()
                expanding.add(strands, load, carried)
        for pair, load in self.strands.clashes:
            expanding.add(list(pair), load * expanding.grain, carried)
        return tuple(carried), np.array(list(carried.values()), dtype=np.int64)


def reduced(block: Block, *, clock: Clock | None = None) -> Reduction:
    """Return a block with its small and its dominated actors taken out.

    An actor goes where one tie weighs at least as much as all its others together
    (it then stands with or against that neighbour), or where it has three ties (the
    best that it can do depends on the neighbours two by two: a triangle). Ties that
    fall together are added; what pulls both ways is a constant.

    Parameters
    ----------
    block : Block
        With k actors.
    clock : Clock, optional
        Time after which actors are left where they are.

    References
    ----------
    Hueffner, Betzler and Niedermeier (2010), Separator-based data reduction for signed
    graph balancing, Journal of Combinatorial Optimization 20 (other rules, same aim).
    """
    scale = _FINEST
    while block.grain % scale:
        scale //= 2
    work = _Work(block, scale)
    work.run(clock or Clock())
    left = sorted({strand for row in work.near for strand in row.values()})
    ends = np.array([work.strands.ends[s] for s in left], dtype=np.intp).reshape(-1, 2)
    weight = np.array([work.strands.weight[s] for s in left], dtype=np.int64)
    parts = parts_of(
        len(block.nodes),
        ends,
        np.sign(weight).astype(np.int8),
        np.abs(weight),
        block.grain // scale,
    )
    strand = np.array(left, dtype=np.intp)
    return Reduction(
        block=block,
        parts=tuple(part.with_ties(strand[part.ties]) for part in parts),
        constant=sum(load for _, load in work.strands.clashes),
        scale=scale,
        strands=work.strands,
        taken=tuple(reversed(work.taken)),
    )


class _Work:
    """Reduction under way."""

    def __init__(self, block: Block, scale: int) -> None:
        """Start with the ties of the block."""
        self.strands = Strands.of(block, scale)
        self.near: list[dict[int, int]] = [{} for _ in block.nodes]
        for strand, (i, j) in enumerate(self.strands.ends):
            self.near[i][j] = self.near[j][i] = strand
        self.taken: list[tuple[int, tuple[int, ...], tuple[int, ...]]] = []
        self.waiting = list(range(len(block.nodes)))
        self.queued = [True] * len(block.nodes)

    def run(self, clock: Clock) -> None:
        """Take actors out until none can go, or time is over."""
        while self.waiting:
            if len(self.waiting) % _GLANCE == 0 and clock.over:
                return
            actor = self.waiting.pop()
            self.queued[actor] = False
            row = self.near[actor]
            if not row:
                continue
            pulls = [self.strands.weight[s] for s in row.values()]
            total = sum(map(abs, pulls))
            most = max(pulls, key=abs)
            if 2 * abs(most) >= total:
                self._contract(actor, list(row)[pulls.index(most)])
            elif len(row) == 3 and total % 2 == 0:
                self._star(actor)

    def _take(self, actor: int) -> list[tuple[int, int]]:
        """Take an actor out; return its neighbours with the strands to them."""
        row = list(self.near[actor].items())
        pulls = tuple(self.strands.weight[s] for _, s in row)
        self.taken.append((actor, tuple(j for j, _ in row), pulls))
        self.near[actor] = {}
        for j, _ in row:
            del self.near[j][actor]
            self._wait(j)
        return row

    def _wait(self, actor: int) -> None:
        """Look at an actor again."""
        if not self.queued[actor]:
            self.queued[actor] = True
            self.waiting.append(actor)

    def _contract(self, actor: int, heavy: int) -> None:
        """Let an actor stand with or against its heaviest neighbour."""
        along = self.near[actor][heavy]
        for j, strand in self._take(actor):
            if j != heavy:
                room = abs(self.strands.weight[strand])
                self._tie(self.strands.series(along, strand, actor, room))

    def _star(self, actor: int) -> None:
        """Let a triangle of its neighbours stand for an actor with three ties."""
        row = [s for _, s in self._take(actor)]
        half = sum(abs(self.strands.weight[s]) for s in row) // 2
        for at in range(3):
            one, other = row[at - 1], row[at - 2]
            # (a + b - c) / 2, what the third does not need of the two.
            room = half - abs(self.strands.weight[row[at]])
            self._tie(self.strands.series(one, other, actor, room))

    def _tie(self, strand: int) -> None:
        """Put a strand between its ends, with what lies there already."""
        i, j = self.strands.ends[strand]
        there = self.near[i].get(j)
        if there is not None:
            strand = self.strands.parallel(there, strand)
        if self.strands.weight[strand]:
            self.near[i][j] = self.near[j][i] = strand
        elif there is not None:
            del self.near[i][j], self.near[j][i]
        self._wait(i)
        self._wait(j)
