"""Who met whom and when, apart from the signs: what every simulated record shares."""

from dataclasses import dataclass, replace
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cuibono.record.cells import FORMS
from cuibono.record.events import Floats, Ints, SignedEvents, Signs
from cuibono.record.kernels.draws import COLUMNS, sign_pass, wedges
from cuibono.record.pairs import Pairs, Places, event_sizes, record_pairs
from cuibono.record.rows import history_lengths
from cuibono.record.settings import Legs, Memory, Weights
from cuibono.record.statistics.catalogue import SHARES, SIXTEEN

TERMS: Final = (*SIXTEEN, *SHARES)
"""Columns of `sign_terms`."""
MOST_WEDGES: Final = 400_000_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Skeleton:
    """Signed events without their signs, ready for many passes.

    Attributes
    ----------
    events : SignedEvents
        Friendly and hostile events between two different actors.
    memory : Memory
        How the past is remembered.
    pairs : Pairs
        Of the events.
    after : (m,) int64
        How many events are history to each.
    begin : (m + 1,) int64
        Where the third actors of each event start in `mine` and `theirs`.
    mine, theirs : (w,) int32
        Pair of sender and third actor, of third actor and receiver.
    directed : (m,) int32
        Number of the ordered pair of each event.
    ways : int
        Ordered pairs.
    size : (m,) float64
        What each event adds to the memory.
    """

    events: SignedEvents
    memory: Memory
    pairs: Pairs
    after: Ints
    begin: Ints
    mine: Places
    theirs: Places
    directed: Places
    ways: int
    size: Floats

    def __len__(self) -> int:
        """Count the events."""
        return len(self.events)

    def with_sign(self, sign: Signs) -> "Skeleton":
        """Return the same skeleton with other signs on its events."""
        return replace(self, events=self.events.with_sign(sign))


def skeleton(events: SignedEvents, memory: Memory) -> Skeleton:
    """Skeleton of a record's friendly and hostile events.

    Raises
    ------
    ValueError
        If there is no signed event.
    """
    signed = events.signed()
    if len(signed) == 0:
        raise ValueError("no friendly or hostile event between two different actors")
    pairs = record_pairs(signed)
    after = history_lengths(signed, memory.order)
    begin = np.zeros(len(signed) + 1, np.int64)
    shape = (
        len(signed.actors),
        signed.source,
        signed.target,
        pairs.of_event,
        after,
        pairs.low,
        pairs.high,
        pairs.start,
        pairs.keys,
        pairs.places,
        begin,
    )
    none = np.empty(0, np.int32)
    count = wedges(*shape, none, none, False)
    if count > MOST_WEDGES:
        raise ValueError(
            f"{count} third actors over all events, at most {MOST_WEDGES}: "
            "take a shorter record or fewer actors"
        )
    mine, theirs = np.empty(count, np.int32), np.empty(count, np.int32)
    wedges(*shape, mine, theirs, True)
    _, directed = np.unique(
        signed.source * len(signed.actors) + signed.target, return_inverse=True
    )
    return Skeleton(
        events=signed,
        memory=memory,
        pairs=pairs,
        after=after,
        begin=begin,
        mine=mine,
        theirs=theirs,
        directed=directed.astype(np.int32),
        ways=int(directed.max()) + 1,
        size=event_sizes(signed, by_size=memory.weights is Weights.SIZE),
    )


def sign_terms(bones: Skeleton, sign: Signs, out: Floats | None = None) -> Floats:
    """Terms of every event, as models take them, if the signs were these.

    Returns
    -------
    (m, 19) float64
        Columns `TERMS`.
    """
    terms = np.empty((len(bones), COLUMNS)) if out is None else out
    _passed(bones, np.array(sign, np.int8), terms, draw=False)
    return terms


def drawn_signs(
    bones: Skeleton, base: Floats, theta: Floats, state: NDArray[np.uint64]
) -> tuple[Signs, Floats]:
    """Signs drawn one moment after the other, and the terms that they give rise to.

    Parameters
    ----------
    bones : Skeleton
        Who meets whom and when.
    base : (m,) float64
        Log-odds of friendly, apart from the history.
    theta : (19,) float64
        What one unit of each of `TERMS` adds to them.
    state : (1,) uint64
        State of the generator; moved on.
    """
    sign = np.ones(len(bones), np.int8)
    terms = np.empty((len(bones), COLUMNS))
    _passed(bones, sign, terms, draw=True, base=base, theta=theta, state=state)
    return sign, terms


def _passed(
    bones: Skeleton,
    sign: Signs,
    out: Floats,
    *,
    draw: bool,
    base: Floats | None = None,
    theta: Floats | None = None,
    state: NDArray[np.uint64] | None = None,
) -> None:
    """Run the pass over all events."""
    memory, events, pairs = bones.memory, bones.events, bones.pairs
    sign_pass(
        len(events.actors),
        events.time,
        events.source,
        events.target,
        bones.size,
        pairs.of_event,
        bones.after,
        pairs.low,
        pairs.high,
        bones.begin,
        bones.mine,
        bones.theirs,
        memory.half_life_days,
        memory.trim_below,
        FORMS[memory.triads],
        memory.legs is Legs.SYMMETRIC,
        log(2) / memory.half_life_days if memory.density else 1.0,
        sign,
        draw,
        np.zeros(1) if base is None else base,
        np.zeros(COLUMNS) if theta is None else theta,
        np.zeros(1, np.uint64) if state is None else state,
        out,
    )
