"""L and triad counts of many drawn graphs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block
from cuibono.balance.clock import Clock
from cuibono.balance.frustration import frustration
from cuibono.balance.optima import signed_blocks
from cuibono.balance.search import Rows, searched_partition
from cuibono.balance.triads import stated_triangles, triad_counts
from cuibono.balance.units import in_weight
from cuibono.model.graph import SignedGraph

_RESTARTS = 20

Signs = NDArray[np.int8]
Parts = Sequence[tuple[Block, Rows]]
Measured = tuple[float, bool, tuple[int, ...]]
"""L of a draw, whether that is proved, and its T0 to T3."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Draws:
    """What was drawn.

    Attributes
    ----------
    figures : (d, 5) float64
        L and T0 to T3 of each draw.
    exact : int
        Draws of which L is proved.
    asked : int
        How many draws were asked for.
    """

    figures: NDArray[np.float64]
    exact: int
    asked: int

    def told(self) -> str:
        """Say how many draws were made, and how L of a draw was found."""
        done = len(self.figures)
        made = f"{done} draws"
        if done < self.asked:
            made = f"{done} of {self.asked} draws (time over)"
        if not self.exact:
            return (
                f"{made}; L of a draw is the least found by local search (an upper "
                "bound, mostly exact for up to some hundred ties, else a little high)."
            )
        rest = "" if self.exact == done else ", of the others an upper bound"
        return f"{made}; L is exact in {self.exact} of them{rest}."


def measured_draws(one: Callable[[], Measured], *, draws: int, clock: Clock) -> Draws:
    """Return the figures of so many draws, or of two at least once time is over.

    Raises
    ------
    ValueError
        If `draws` is below 2.
    """
    if draws < 2:
        raise ValueError(f"draws must be at least 2, got {draws}")
    rows: list[Measured] = []
    while len(rows) < 2 or (len(rows) < draws and not clock.over):
        rows.append(one())
    return Draws(
        figures=np.array([[index, *counts] for index, _, counts in rows], dtype=float),
        exact=sum(proved for _, proved, _ in rows),
        asked=draws,
    )


def resigned(
    g: SignedGraph, dealt: Callable[[], Signs], *, exact: bool, clock: Clock
) -> Callable[[], Measured]:
    """Return what measures the same ties under the next deal of signs.

    Parameters
    ----------
    g : SignedGraph
        Gives the ties.
    dealt : callable
        Gives signs (m,) int8.
    exact : bool
        Prove each L, as far as the clock allows; else look for it by local search.
    clock : Clock
        Time that proofs may take.
    """
    parts = [] if exact else parts_of(g)
    counted = triads_under(g)

    def one() -> Measured:
        sign = dealt()
        if exact:
            return *_proved_index(g.with_sign(sign), clock), counted(sign)
        return searched_index(parts, sign), False, counted(sign)

    return one


def redrawn(
    drawn: Callable[[], SignedGraph], *, exact: bool, clock: Clock
) -> Callable[[], Measured]:
    """Return what measures the next graph drawn; as `resigned`."""

    def one() -> Measured:
        g = drawn()
        counts, _ = triad_counts(g)
        if exact:
            return *_proved_index(g, clock), counts
        return searched_index(parts_of(g), g.sign), False, counts

    return one


def triads_under(g: SignedGraph) -> Callable[[Signs], tuple[int, ...]]:
    """Return what counts T0 to T3 of the stated triangles under other signs."""
    closed = stated_triangles(g)

    def counted(sign: Signs) -> tuple[int, ...]:
        count = np.bincount((sign[closed] < 0).sum(axis=1), minlength=4)
        return tuple(count.tolist())

    return counted


def parts_of(g: SignedGraph) -> list[tuple[Block, Rows]]:
    """List the parts that can hold a cycle."""
    return [(part, Rows.of(part)) for part in signed_blocks(g) if len(part.ties) > 1]


def searched_index(parts: Parts, sign: Signs) -> float:
    """Return the frustration index under other signs as local search finds it."""
    total = 0.0
    for part, rows in parts:
        block = replace(part, sign=sign[part.ties])
        side = searched_partition(block, restarts=_RESTARTS, rows=rows)
        total += in_weight(block.price(side), block.unit)
    return total


def _proved_index(g: SignedGraph, clock: Clock) -> tuple[float, bool]:
    """Return the frustration index, and whether there was time to prove it."""
    left = clock.left()
    if not left:
        return searched_index(parts_of(g), g.sign), False
    found = frustration(g, time_limit=left if left < inf else None)
    return found.upper, found.proved
