"""Simulated nulls: records in which the four rules cannot hold, all else as found.

*Timing*: the signs of each ordered pair stay with it, but blocks of them change their
order. *Structure*: signs are drawn anew from what sender, receiver, pair and climate
incline to, and from what the two did to each other before; third actors play no part.
"""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from cuibono.record.design import Design, stacked
from cuibono.record.events import Floats, Ints, Signs
from cuibono.record.kernels.draws import (
    COLUMNS,
    fresh_levels,
    propensities,
    shuffled,
)
from cuibono.record.pairs import Places
from cuibono.record.skeleton import Skeleton, drawn_signs, sign_terms

OWN_TERMS = 4
"""What sender and receiver did to each other: the first columns of the terms."""


class Null(Enum):
    """Which simulated null."""

    TIMING = "timing"
    STRUCTURE = "structure"


def draw_state(seed: int, null: Null, draw: int) -> NDArray[np.uint64]:
    """Generator state of a draw: the same whatever was drawn before it."""
    which = list(Null).index(null)
    sequence = np.random.SeedSequence([seed, which, draw])
    return np.asarray(sequence.generate_state(1, np.uint64), np.uint64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Blocks:
    """Events of each ordered pair in the order of time, cut into blocks.

    Attributes
    ----------
    order : (m,) int64
        Events by ordered pair and time.
    begin : (ways + 1,) int64
        Where the blocks of each ordered pair start in `blocks`.
    blocks : (b + 1,) int64
        Where each block starts in `order`.
    movable : int
        Events of ordered pairs with two blocks or more.
    """

    order: Ints
    begin: Ints
    blocks: Ints
    movable: int


def sign_blocks(bones: Skeleton, days: float) -> Blocks:
    """Blocks of so many days, counted from the record's first event."""
    time = bones.events.time
    order = np.argsort(bones.directed, kind="stable")
    way = bones.directed[order].astype(np.int64)
    block = np.floor((time[order] - time[0]) / days)
    new = np.r_[True, (np.diff(way) != 0) | (np.diff(block) != 0)]
    starts = np.flatnonzero(new)
    per_way = np.bincount(way[starts], minlength=bones.ways)
    events = np.bincount(way, minlength=bones.ways)
    return Blocks(
        order=order.astype(np.int64),
        begin=np.r_[0, np.cumsum(per_way)].astype(np.int64),
        blocks=np.r_[starts, len(order)].astype(np.int64),
        movable=int(events[per_way > 1].sum()),
    )


def shuffled_signs(
    bones: Skeleton, blocks: Blocks, state: NDArray[np.uint64]
) -> tuple[Signs, Floats]:
    """Signs with their blocks reordered within each ordered pair, and their terms."""
    sign = np.empty(len(bones), np.int8)
    shuffled(bones.events.sign, blocks.order, blocks.begin, blocks.blocks, state, sign)
    return sign, sign_terms(bones, sign)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Propensities:
    """What sender, receiver, pair and climate incline to, apart from third actors.

    Attributes
    ----------
    constant : float
        Log-odds of friendly at the middle of everything.
    own : (4,) float64
        What earlier events of the pair add, per unit of their logged sums.
    spread : (g,) float64
        Variance over senders, receivers, pairs, ordered pairs, windows; with moods also
        over senders by window and receivers by window.
    effect, doubt : (g, most) float64
        Level of each, and its variance given the data.
    group : (g, m) int32
        Level of each event.
    size : (g,) int64
        Number of levels.
    """

    constant: float
    own: Floats
    spread: Floats
    effect: Floats
    doubt: Floats
    group: Places
    size: Ints

    def signs(self, bones: Skeleton, state: NDArray[np.uint64]) -> tuple[Signs, Floats]:
        """Signs drawn from the propensities, as far as the data leave them in doubt."""
        rng = np.random.Generator(np.random.PCG64(int(state[0])))
        noise = rng.standard_normal(self.effect.shape)
        base = np.empty(len(bones))
        fresh_levels(self.constant, self.group, self.effect, self.doubt, noise, base)
        theta = np.zeros(COLUMNS)
        theta[: len(self.own)] = self.own
        return drawn_signs(bones, base, theta, state.copy())


def _moods(
    bones: Skeleton, senders: Ints, receivers: Ints, days: float
) -> tuple[Ints, ...]:
    """Sender by window and receiver by window, if moods are asked for."""
    if days <= 0:
        return ()
    time = bones.events.time
    window = np.floor((time - time[0]) / days).astype(np.int64)
    count = int(window.max()) + 1
    return tuple(
        np.unique(actor * count + window, return_inverse=True)[1].astype(np.int64)
        for actor in (senders, receivers)
    )


def fitted_propensities(
    bones: Skeleton, sign: Signs, terms: Floats, design: Design
) -> Propensities:
    """Propensities fitted to a record's signs, levels shrunk by their own variance."""
    events = bones.events
    window = np.zeros(len(bones), np.int32)
    if design.window_days > 0:
        days = np.floor((events.time - events.time[0]) / design.window_days)
        window = np.unique(days, return_inverse=True)[1].astype(np.int32)
    senders = np.unique(events.source, return_inverse=True)[1]
    receivers = np.unique(events.target, return_inverse=True)[1]
    group = stacked(
        senders,
        receivers,
        bones.pairs.of_event,
        bones.directed,
        window,
        *_moods(bones, senders, receivers, design.mood_days),
    )
    size = group.max(axis=1).astype(np.int64) + 1
    effect = np.zeros((len(group), int(size.max())))
    doubt, spread = np.zeros_like(effect), np.full(len(group), 0.5)
    own, eta = np.zeros(OWN_TERMS), np.empty(len(bones))
    constant = propensities(
        np.ascontiguousarray(terms[:, :OWN_TERMS]),
        np.asarray(sign),
        group,
        size,
        design.sweeps,
        False,
        own,
        spread,
        effect,
        doubt,
        eta,
        np.empty((OWN_TERMS + 1, OWN_TERMS + 1)),
    )
    return Propensities(
        constant=constant,
        own=own,
        spread=spread,
        effect=effect,
        doubt=doubt,
        group=group,
        size=size,
    )
