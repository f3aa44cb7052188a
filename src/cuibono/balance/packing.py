"""Packings of negative cycles in whole numbers, so that they check exactly."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block
from cuibono.balance.certificate import packing_bound
from cuibono.balance.clock import Clock
from cuibono.balance.cycles import Cycle
from cuibono.balance.kernels.routes import crowded, negotiated, shortest_ways, trimmed
from cuibono.balance.search import Rows

_LONGEST = 60
_ROUNDS = 60
# Each frustrated tie is routed in so many parts: halves are often needed, rarely more.
_PARTS = (2, 4)
_LARGE = 60_000
# So many ways are looked for before the clock is looked at.
_PIECE = 200
# Lengths of the ways that are tried in turn.
_LIMITS = (2, 3, 4, _LONGEST)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Packing:
    """Negative cycles of a block, and what each carries in billionths of weight."""

    cycles: tuple[Cycle, ...]
    loads: NDArray[np.int64]
    bound: int


def packed(
    block: Block, cycles: Sequence[Cycle], weight: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return how much each cycle carries (c,), in billionths of weight.

    Rounds the weights down, takes back what is too much on any tie, and then fills
    what room is left, so that no tie carries more than its cost.

    Parameters
    ----------
    block : Block
        Costs of the ties in units.
    cycles : sequence of c Cycle
        Negative cycles.
    weight : (c,) float64
        Nearly a packing: the optimal duals of the cycle program.
    """
    unit = block.unit * 1000
    room = block.cost * unit
    loads = np.zeros(len(cycles), dtype=np.int64)
    wanted = np.floor(weight * unit).astype(np.int64)
    for goal in (wanted, np.full(len(cycles), np.iinfo(np.int64).max)):
        for k in np.argsort(-wanted, kind="stable").tolist():
            ties = list(cycles[k])
            more = min(int(room[ties].min()), int(goal[k] - loads[k]))
            if more > 0:
                room[ties] -= more
                loads[k] += more
    return loads


def routed_packing(
    block: Block, rows: Rows, side: NDArray[np.int8], *, clock: Clock
) -> Packing:
    """Return a packing of cycles that each have one tie frustrated by `side` (k,).

    If the partition is an optimum and the cycle bound is tight, a packing that proves
    it has this form: ways between the ends of each frustrated tie over satisfied ones,
    that together carry the whole weight of each.
    """
    best = Packing(cycles=(), loads=np.zeros(0, dtype=np.int64), bound=0)
    goal = block.price(side)
    for parts in _PARTS if len(block.ties) <= _LARGE else (1, *_PARTS):
        routes = _Routes(block, rows, side, parts)
        found = routes.negotiate(goal, clock, routes.greedy(clock))
        if found.bound > best.bound:
            best = found
        if best.bound >= goal or clock.over:
            break
    return best


class _Routes:
    """Ways for the frustrated ties of one partition."""

    def __init__(
        self, block: Block, rows: Rows, side: NDArray[np.int8], parts: int
    ) -> None:
        """Split each frustrated tie into parts, each with a way of its own."""
        self.block, self.rows = block, rows
        self.closed = block.frustrated(side)
        self.ends = np.ascontiguousarray(block.ends, dtype=np.int64)
        self.room = block.cost * (block.unit * 1000)
        bad = np.flatnonzero(self.closed)
        self.tie = np.repeat(bad, parts).astype(np.int64)
        share, rest = np.divmod(self.room[bad], parts)
        self.amount = np.repeat(share, parts)
        self.amount[::parts] += rest
        self.route = np.zeros((len(self.tie), _LONGEST), dtype=np.int64)
        self.hops = np.zeros(len(self.tie), dtype=np.int64)
        self.used = np.zeros(len(self.room), dtype=np.int64)
        self.past = np.ones(len(self.room))

    def negotiate(self, goal: int, clock: Clock, best: Packing) -> Packing:
        """Route until the goal is reached, nothing more is won, or time is over."""
        rng = np.random.default_rng(0)
        since, dear = 0, 0.5
        for _ in range(_ROUNDS):
            if best.bound >= goal or clock.over or since > 15:
                break
            told = crowded(self.route, self.hops, self.used, self.room)
            chosen = rng.permutation(np.flatnonzero(told))
            self._reroute(chosen, dear, clock)
            over = np.maximum(self.used - self.room, 0)
            self.past += 0.3 * over / np.maximum(self.room, 1)
            dear = min(dear * 1.3, 50.0)
            found = self._trimmed(clock)
            since = 0 if found.bound > best.bound else since + 1
            best = found if found.bound > best.bound else best
        return best

    def greedy(self, clock: Clock) -> Packing:
        """Take short ways first, then longer ones, and never turn back."""
        room = self.room.copy()
        rng = np.random.default_rng(0)
        for limit in _LIMITS:
            chosen = rng.permutation(np.flatnonzero(self.hops == 0))
            self._fill(chosen, room, limit, clock)
        self.used[:] = self.room - room
        cycles, loads = self._cycles(self.amount * (self.hops > 0))
        bound = packing_bound(cycles, loads.tolist(), self.block.unit)
        return Packing(cycles=cycles, loads=loads, bound=bound)

    def _fill(
        self,
        chosen: NDArray[np.intp],
        room: NDArray[np.int64],
        limit: int,
        clock: Clock,
    ) -> None:
        """Give slots without a way a short one that has room, and take it off."""
        for at in range(0, len(chosen), _PIECE):
            if clock.over:
                return
            shortest_ways(
                self.rows.start,
                self.rows.to,
                self.rows.by,
                self.ends,
                room,
                self.closed,
                chosen[at : at + _PIECE].astype(np.int64),
                self.tie,
                self.amount,
                self.route,
                self.hops,
                limit,
            )

    def _reroute(self, chosen: NDArray[np.intp], dear: float, clock: Clock) -> None:
        """Route slots anew, in pieces between which the clock is looked at."""
        for at in range(0, len(chosen), _PIECE):
            if clock.over:
                return
            negotiated(
                self.rows.start,
                self.rows.to,
                self.rows.by,
                self.ends,
                self.room,
                self.closed,
                self.past,
                dear,
                chosen[at : at + _PIECE].astype(np.int64),
                self.tie,
                self.amount,
                self.route,
                self.hops,
                self.used,
            )

    def _trimmed(self, clock: Clock) -> Packing:
        """Return what the ways carry without carrying too much, and fill the rest."""
        kept = self.route.copy(), self.hops.copy(), self.used.copy()
        told = crowded(self.route, self.hops, self.used, self.room)
        order = np.argsort(told, kind="stable").astype(np.int64)
        room = self.room.copy()
        load = trimmed(self.route, self.hops, self.amount, room, order)
        short = np.flatnonzero(load < self.amount)
        first = self._cycles(load)
        self.hops[short] = 0
        whole = self.amount
        self.amount = whole - load
        self._fill(short[self.amount[short] > 0], room, _LONGEST, clock)
        more = np.zeros_like(load)
        more[short] = self.amount[short] * (self.hops[short] > 0)
        second = self._cycles(more)
        self.amount = whole
        self.route, self.hops, self.used = kept
        cycles = (*first[0], *second[0])
        loads = np.concatenate([first[1], second[1]])
        bound = packing_bound(cycles, loads.tolist(), self.block.unit)
        return Packing(cycles=cycles, loads=loads, bound=bound)

    def _cycles(
        self, load: NDArray[np.int64]
    ) -> tuple[tuple[Cycle, ...], NDArray[np.int64]]:
        """Return the cycles of the slots that carry something, each once."""
        carried: dict[Cycle, int] = {}
        for slot in np.flatnonzero(load).tolist():
            way = self.route[slot, : self.hops[slot]].tolist()
            cycle = (int(self.tie[slot]), *way)
            carried[cycle] = carried.get(cycle, 0) + int(load[slot])
        return tuple(carried), np.array(list(carried.values()), dtype=np.int64)
