"""Rows that statistics are asked for: the events themselves, and their controls."""

from dataclasses import dataclass

import numpy as np

from cuibono.record.events import Floats, Ints, SignedEvents
from cuibono.record.settings import Order


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """Dyads and moments, in the order of how many events are their history.

    Attributes
    ----------
    after : (r,) int64
        How many events of the record, in order, are history; ascending.
    time : (r,) float64
        Days.
    source, target : (r,) int64
        Positions of sender and receiver.
    """

    after: Ints
    time: Floats
    source: Ints
    target: Ints

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.after)


def history_lengths(events: SignedEvents, order: Order) -> Ints:
    """How many events are history to each event.

    Simultaneous: all of earlier moments. Sequential: all before it in the file too.
    """
    if order is Order.SEQUENTIAL:
        return np.arange(len(events), dtype=np.int64)
    return np.searchsorted(events.time, events.time, side="left").astype(np.int64)


def event_rows(events: SignedEvents, order: Order, keep: Ints | None = None) -> Rows:
    """One row for each event, or for those at the positions `keep`."""
    after = history_lengths(events, order)
    at = np.arange(len(events)) if keep is None else keep
    return Rows(
        after=after[at],
        time=events.time[at],
        source=events.source[at],
        target=events.target[at],
    )
