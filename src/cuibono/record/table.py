"""The table of statistics that leaves the program: one row an event."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from cuibono.record.events import Floats, SignedEvents
from cuibono.record.rows import event_rows
from cuibono.record.settings import Memory
from cuibono.record.statistics.catalogue import SIXTEEN, statistics_of

TYPES: Final = {1: "pos", -1: "neg", 0: "neu"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StatisticsTable:
    """Statistics of each event, in the order of its file.

    Attributes
    ----------
    events : SignedEvents
        The record.
    at : (r,) int64
        Position in `events` of each row of the table.
    names : tuple of str
        Statistics.
    values : (r, k) float64
        NaN for events of an actor towards itself.
    """

    events: SignedEvents
    at: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    names: tuple[str, ...]
    values: Floats

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.at)

    @property
    def loops(self) -> int:
        """Rows of an actor towards itself."""
        return int(np.isnan(self.values[:, 0]).sum())

    def columns(self) -> Iterator[tuple[str, Sequence[object] | Floats]]:
        """Name and values of each column."""
        events, at = self.events, self.at
        if events.dated:
            days = [date.fromordinal(int(day)) for day in events.time[at].tolist()]
            yield "time", days
        else:
            yield "time", events.time[at]
        yield "source", [events.actors[k] for k in events.source[at].tolist()]
        yield "target", [events.actors[k] for k in events.target[at].tolist()]
        yield "type", [TYPES[k] for k in events.sign[at].tolist()]
        yield "weight", events.weight[at]
        for place, name in enumerate(self.names):
            yield name, self.values[:, place]


def statistics_table(
    events: SignedEvents, memory: Memory, *, signed_only: bool = False
) -> StatisticsTable:
    """Table of the sixteen statistics, without controls.

    Parameters
    ----------
    events : SignedEvents
        The record.
    memory : Memory
        How the past is remembered.
    signed_only : bool
        Leave neutral events out of the table; they are never part of a history.
    """
    values = statistics_of(events, event_rows(events, memory.order), memory, SIXTEEN)
    values[events.source == events.target] = np.nan
    order = np.argsort(events.row, kind="stable")
    if signed_only:
        order = order[events.sign[order] != 0]
    return StatisticsTable(
        events=events,
        at=order.astype(np.int64),
        names=SIXTEEN,
        values=values[order],
    )


def csv_bytes(table: StatisticsTable) -> bytes:
    """Table as CSV in UTF-8; numbers are written so that they are read back the same."""
    names, columns = zip(*table.columns(), strict=True)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(zip(*map(_cells, columns), strict=True))
    return stream.getvalue().encode("utf-8")


def _cells(column: Sequence[object] | Floats) -> Sequence[object]:
    """Cells as the writer takes them: whole numbers without a point, NaN empty."""
    if not isinstance(column, np.ndarray):
        return column
    found: list[object] = column.tolist()
    for at in np.flatnonzero(column == np.rint(column)).tolist():
        found[at] = int(column[at])
    for at in np.flatnonzero(np.isnan(column)).tolist():
        found[at] = ""
    return found
