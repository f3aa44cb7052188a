"""The pairs of a record: numbered once, shared by every pass over it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.record.events import Floats, Ints, SignedEvents
from cuibono.record.kernels.pairs import located, numbered

Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """Unordered pairs that have at least one event, and where to find them.

    Attributes
    ----------
    n : int
        Actors.
    keys, places : arrays
        Open-addressing table from `low * n + high` to the pair's number.
    of_event : (m,) int32
        Pair of each event; -1 for an actor with itself.
    low, high : (k,) int32
        The two actors, the lesser position first.
    start : (n + 1,) int64
        Where each actor's list of neighbours starts; it has room for all of them.
    """

    n: int
    keys: Ints
    places: Places
    of_event: Places
    low: Places
    high: Places
    start: Ints

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.low)

    def of_rows(self, source: Ints, target: Ints) -> Places:
        """Pair of each row; -1 where no event ever joins the two."""
        out = np.empty(len(source), np.int32)
        located(self.n, source, target, self.keys, self.places, out)
        return out


def record_pairs(events: SignedEvents) -> Pairs:
    """Pairs of a record, numbered in the order of their first event."""
    n, m = len(events.actors), len(events)
    keys, places = _room(m)
    of_event = np.empty(m, np.int32)
    low, high = np.empty(m, np.int32), np.empty(m, np.int32)
    count = numbered(n, events.source, events.target, keys, places, of_event, low, high)
    low, high = low[:count].copy(), high[:count].copy()
    # A table just large enough stays in a near cache while it is probed.
    keys, places = _room(count)
    numbered(
        n, low.astype(np.int64), high.astype(np.int64), keys, places,
        np.empty(count, np.int32), np.empty_like(low), np.empty_like(high),
    )  # fmt: skip
    degree = np.bincount(low, minlength=n) + np.bincount(high, minlength=n)
    return Pairs(
        n=n,
        keys=keys,
        places=places,
        of_event=of_event,
        low=low,
        high=high,
        start=np.concatenate([[0], np.cumsum(degree)]).astype(np.int64),
    )


def _room(rows: int) -> tuple[Ints, Places]:
    """Empty table for the pairs of so many rows."""
    room = 4
    while room < rows + rows // 2 + 2:
        room *= 2
    return np.full(room, -1, np.int64), np.zeros(room, np.int32)


def numbered_pairs(n: int, source: Ints, target: Ints) -> tuple[Ints, int]:
    """Number of each row's unordered pair, in the order met, and how many there are.

    Rows of an actor with itself share one number.
    """
    keys, places = _room(len(source))
    pair = np.empty(len(source), np.int32)
    low, high = np.empty_like(pair), np.empty_like(pair)
    count = numbered(n, source, target, keys, places, pair, low, high)
    found = pair.astype(np.int64)
    found[found < 0] = count
    return found, count + 1


def event_sizes(events: SignedEvents, *, by_size: bool) -> Floats:
    """What each event adds to the memory: 1 or its absolute weight."""
    return np.abs(events.weight) if by_size else np.ones(len(events))
