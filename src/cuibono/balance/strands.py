"""Strands: ties of a reduced network, made of ties in series and side by side.

Every reduction makes a tie from others either in series (a way over the actor that was
taken out) or side by side (two ties between the same ends). A cycle of the reduced network
is therefore a closed walk of the network itself, and a packing stays one.
"""

from dataclasses import dataclass

from cuibono.balance.blocks import Block
from cuibono.balance.cycles import Cycle


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Strands:
    """Ties of a block, and those made of them; each is made of earlier ones only.

    Attributes
    ----------
    ends : list of (int, int)
        Ends of each strand.
    weight : list of int
        Sign times cost, in the finer units of the reduction.
    over : list of int
        Actor over whom a strand in series runs; -1 for the others.
    made : list of tuples of (strand, room)
        Of what a strand is made, and how much of it it may use; empty for a tie.
    clashes : list of ((strand, strand), load)
        Strands of opposite sign side by side: every partition frustrates one of them.
    scale : int
        Finer units in a unit of the block.
    """

    ends: list[tuple[int, int]]
    weight: list[int]
    over: list[int]
    made: list[tuple[tuple[int, int], ...]]
    clashes: list[tuple[tuple[int, int], int]]
    scale: int

    @classmethod
    def of(cls, block: Block, scale: int) -> "Strands":
        """Return the ties of a block as strands."""
        count = len(block.ties)
        return cls(
            ends=[(i, j) for i, j in block.ends.tolist()],
            weight=(block.cost * block.sign * scale).tolist(),
            over=[-1] * count,
            made=[()] * count,
            clashes=[],
            scale=scale,
        )

    def series(self, one: int, other: int, over: int, room: int) -> int:
        """Add a strand along two others, which meet in the actor `over`."""
        first = sum(self.ends[one]) - over
        last = sum(self.ends[other]) - over
        sign = 1 if (self.weight[one] > 0) == (self.weight[other] > 0) else -1
        return self._add((first, last), sign * room, over, ((one, room), (other, room)))

    def parallel(self, one: int, other: int) -> int:
        """Add the sum of two strands with the same ends."""
        a, b = self.weight[one], self.weight[other]
        if (a > 0) == (b > 0):
            made: tuple[tuple[int, int], ...] = ((one, abs(a)), (other, abs(b)))
        else:
            self.clashes.append(((one, other), min(abs(a), abs(b))))
            made = ((one if abs(a) > abs(b) else other, abs(a + b)),)
        return self._add(self.ends[one], a + b, -1, made)

    def _add(
        self,
        ends: tuple[int, int],
        weight: int,
        over: int,
        made: tuple[tuple[int, int], ...],
    ) -> int:
        """Add a strand; return its position."""
        self.ends.append(ends)
        self.weight.append(weight)
        self.over.append(over)
        self.made.append(made)
        return len(self.ends) - 1

    def expanding(self, block: Block) -> "Expanding":
        """Return what expands packings, with all room free."""
        return Expanding(self, block)


Step = tuple[int, int]


class Expanding:
    """Turns loaded cycles of strands into loaded cycles of ties."""

    def __init__(self, strands: Strands, block: Block) -> None:
        """Start with all room free."""
        self.strands, self.block = strands, block
        self.grain = block.grain // strands.scale
        self.room = [
            [room * self.grain for _, room in made] if over < 0 else []
            for over, made in zip(strands.over, strands.made, strict=True)
        ]

    def add(self, cycle: list[int], load: int, carried: dict[Cycle, int]) -> None:
        """Add what a cycle of strands carries, in billionths of weight.

        Where strands lie side by side, the load goes first over the one and then over
        the other; a walk that meets an actor twice is cut to a cycle.
        """
        waiting = [(self._steps(cycle), load)]
        while waiting:
            walk, amount = waiting.pop()
            at = max(range(len(walk)), key=lambda at: walk[at][0])
            strand, start = walk[at]
            made = self.strands.made[strand]
            if not made:
                found = self._simple(walk)
                carried[found] = carried.get(found, 0) + amount
            elif self.strands.over[strand] >= 0:
                walk[at : at + 1] = self._through(strand, start)
                waiting.append((walk, amount))
            else:
                for k, (child, _) in enumerate(made):
                    part = min(amount, self.room[strand][k])
                    if part:
                        self.room[strand][k] -= part
                        amount -= part
                        way = [*walk[:at], (child, start), *walk[at + 1 :]]
                        waiting.append((way, part))

    def _steps(self, cycle: list[int]) -> list[Step]:
        """Return a cycle as steps: strand, actor where it is entered."""
        one, other = self.strands.ends[cycle[0]]
        here = one if other in self.strands.ends[cycle[1]] else other
        steps = []
        for strand in cycle:
            steps.append((strand, here))
            here = sum(self.strands.ends[strand]) - here
        return steps

    def _through(self, strand: int, start: int) -> list[Step]:
        """Return the two steps along a strand in series."""
        over = self.strands.over[strand]
        (one, _), (other, _) = self.strands.made[strand]
        if sum(self.strands.ends[one]) - over != start:
            one, other = other, one
        return [(one, start), (other, over)]

    def _simple(self, walk: list[Step]) -> Cycle:
        """Cut a closed walk of negative sign at actors met twice, to a negative cycle.

        Raises
        ------
        AssertionError
            If the walk was not negative, which cannot happen.
        """
        place: dict[int, int] = {}
        way: list[Step] = []
        for tie, start in [*walk, walk[0]]:
            if start in place:
                cut = place[start]
                piece = [step[0] for step in way[cut:]]
                if self.block.sign[piece].prod() < 0:
                    return tuple(piece)
                for _, gone in way[cut:]:
                    del place[gone]
                del way[cut:]
            place[start] = len(way)
            way.append((tie, start))
        raise AssertionError("a walk of negative sign holds a negative cycle")
