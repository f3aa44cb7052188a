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
_ROUNDS = 400
# Rounds without gain after which ways are made finer.
_PATIENCE = 40
# Each frustrated tie is routed whole, then in halves and so on: halves are often needed,
# eighths rarely.
PARTS = (1, 2, 4, 8)
# Of so many ways, cycles are not listed before the end.
_MANY = 5000
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
    unit = block.grain
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
    block: Block,
    rows: Rows,
    side: NDArray[np.int8],
    *,
    clock: Clock,
    parts: Sequence[int] = PARTS,
) -> Packing:
    """Return a packing of cycles that each have one tie frustrated by `side` (k,).

    If the partition is an optimum and the cycle bound is tight, a packing that proves
    it has this form: ways between the ends of each frustrated tie over satisfied ones,
    that together carry the whole weight of each. Each tie is routed in so many `parts`,
    one number after the other, each a multiple of the one before.
    """
    first, *finer = parts
    routes = _Routes(block, rows, side, first)
    best = routes.negotiated(routes.greedy(clock), clock)
    for more in finer:
        if best.bound >= routes.goal or clock.over:
            break
        routes.split(more // first)
        first = more
        best = routes.negotiated(best, clock)
    return best


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Carried:
    """Ways with the ties that they close (w,), and what each carries."""

    tie: NDArray[np.int64]
    route: NDArray[np.int32]
    hops: NDArray[np.int64]
    load: NDArray[np.int64]

    @classmethod
    def none(cls) -> "_Carried":
        """Return no way at all."""
        empty = np.zeros(0, dtype=np.int64)
        route = np.zeros((0, _LONGEST), dtype=np.int32)
        return cls(tie=empty, route=route, hops=empty, load=empty)

    @property
    def total(self) -> int:
        """What they carry together, in billionths."""
        return int(self.load.sum())

    def and_also(self, more: "_Carried") -> "_Carried":
        """Return these ways and others."""
        return _Carried(
            tie=np.concatenate([self.tie, more.tie]),
            route=np.concatenate([self.route, more.route]),
            hops=np.concatenate([self.hops, more.hops]),
            load=np.concatenate([self.load, more.load]),
        )

    def packing(self, whole: int) -> Packing:
        """Return the cycles, each once, with a unit of `whole` billionths."""
        carried: dict[Cycle, int] = {}
        ties, hops = self.tie.tolist(), self.hops.tolist()
        for at, load in enumerate(self.load.tolist()):
            cycle = (ties[at], *self.route[at, : hops[at]].tolist())
            carried[cycle] = carried.get(cycle, 0) + load
        loads = np.array(list(carried.values()), dtype=np.int64)
        bound = packing_bound(tuple(carried), loads.tolist(), whole)
        return Packing(cycles=tuple(carried), loads=loads, bound=bound)


def _bound(packing: Packing) -> int:
    """Return what a packing proves."""
    return packing.bound


class _Routes:
    """Ways for the frustrated ties of one partition."""

    def __init__(
        self, block: Block, rows: Rows, side: NDArray[np.int8], parts: int
    ) -> None:
        """Split each frustrated tie into parts, each with a way of its own."""
        self.block, self.rows = block, rows
        self.goal = block.price(side)
        self.closed = block.frustrated(side)
        self.ends = np.ascontiguousarray(block.ends, dtype=np.int64)
        self.whole = block.grain
        self.room = block.cost * self.whole
        bad = np.flatnonzero(self.closed)
        self.tie = bad.astype(np.int64)
        self.amount = self.room[bad]
        self.route = np.zeros((len(bad), _LONGEST), dtype=np.int64)
        self.hops = np.zeros(len(bad), dtype=np.int64)
        self.used = np.zeros(len(self.room), dtype=np.int64)
        self.past = np.ones(len(self.room))
        self.split(parts)

    def split(self, parts: int) -> None:
        """Let each way be `parts` ways, which may go apart from here on."""
        share, rest = np.divmod(self.amount, parts)
        self.amount = np.repeat(share, parts)
        self.amount[::parts] += rest
        self.tie = np.repeat(self.tie, parts)
        self.route = np.repeat(self.route, parts, axis=0)
        self.hops = np.repeat(self.hops, parts)

    def negotiated(self, best: Packing, clock: Clock) -> Packing:
        """Route until the goal is reached, nothing more is won, or time is over."""
        rng = np.random.default_rng(0)
        kept, since, dear = _Carried.none(), 0, 0.5
        for _ in range(_ROUNDS):
            if best.bound >= self.goal or clock.over or since > _PATIENCE:
                break
            told = crowded(self.route, self.hops, self.used, self.room)
            self._reroute(rng.permutation(np.flatnonzero(told)), dear, clock)
            over = np.maximum(self.used - self.room, 0)
            self.past += 0.3 * over / np.maximum(self.room, 1)
            dear = min(dear * 1.3, 50.0)
            found = self._trimmed(clock)
            since = 0 if found.total > kept.total else since + 1
            if since == 0:
                kept = found
                if len(kept.load) < _MANY or kept.total >= self.goal * self.whole:
                    best = max(best, kept.packing(self.whole), key=_bound)
        return max(best, kept.packing(self.whole), key=_bound)

    def greedy(self, clock: Clock) -> Packing:
        """Take short ways first, then longer ones, and never turn back."""
        room = self.room.copy()
        rng = np.random.default_rng(0)
        for limit in _LIMITS:
            chosen = rng.permutation(np.flatnonzero(self.hops == 0))
            self._fill(chosen, room, limit, clock)
        self.used[:] = self.room - room
        load = self.amount * (self.hops > 0)
        return self._carried(np.flatnonzero(load), load).packing(self.whole)

    def _fill(
        self,
        chosen: NDArray[np.intp],
        room: NDArray[np.int64],
        limit: int,
        clock: Clock,
    ) -> None:
        """Give slots without a way a short one that has room, and take it off.

        The first piece is looked at even where time is over: the search for a
        partition may have taken all of it, and a bound of 0 says nothing.
        """
        for at in range(0, len(chosen), _PIECE):
            if at and clock.over:
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

    def _trimmed(self, clock: Clock) -> _Carried:
        """Return what the ways carry without carrying too much, the rest filled."""
        told = crowded(self.route, self.hops, self.used, self.room)
        order = np.argsort(told, kind="stable").astype(np.int64)
        room = self.room.copy()
        load = trimmed(self.route, self.hops, self.amount, room, order)
        first = self._carried(np.flatnonzero(load), load)
        short = np.flatnonzero(load < self.amount)
        kept = self.route[short], self.hops[short], self.amount
        self.amount = self.amount - load
        self.hops[short] = 0
        self._fill(short, room, _LONGEST, clock)
        second = self._carried(short[self.hops[short] > 0], self.amount)
        self.route[short], self.hops[short], self.amount = kept
        return first.and_also(second)

    def _carried(self, slots: NDArray[np.intp], load: NDArray[np.int64]) -> _Carried:
        """Return the ways of some slots with their loads; `load` is that of all slots."""
        return _Carried(
            tie=self.tie[slots],
            route=self.route[slots].astype(np.int32),
            hops=self.hops[slots],
            load=load[slots],
        )
