"""Cells: what one pass over the record computes for each row; statistics read them."""

from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np

from cuibono.record.events import Floats, Ints, SignedEvents
from cuibono.record.kernels.history import MIN, PRODUCT, ROOT, WIDTHS, history_pass
from cuibono.record.pairs import Pairs, event_sizes, record_pairs
from cuibono.record.rows import Rows
from cuibono.record.settings import Legs, Memory, Triads, Weights

DYAD: Final = ("pos.rep", "neg.rep", "pos.rec", "neg.rec")
DEGREE: Final = tuple(
    f"{sign}.{way}deg.{end}"
    for end in ("source", "target")
    for sign, way in (("pos", "out"), ("pos", "in"), ("neg", "out"), ("neg", "in"))
)
TRIAD: Final = (
    "friend.of.friend",
    "friend.of.enemy",
    "enemy.of.friend",
    "enemy.of.enemy",
)
COUNT: Final = (
    "sender.pos",
    "sender.neg",
    "receiver.pos",
    "receiver.neg",
    "pair.pos",
    "pair.neg",
    "all.pos",
    "all.neg",
    "recent.pos",
    "recent.neg",
)
"""Signed events so far: sent, received, of the pair, of all; and of all with decay."""
GROUPS: Final = (DYAD, DEGREE, TRIAD, COUNT)
FORMS: Final = {Triads.MIN: MIN, Triads.PRODUCT: PRODUCT, Triads.ROOT: ROOT}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """Values of each row, by cell name.

    Attributes
    ----------
    events : SignedEvents
        The record.
    rows : Rows
        What was asked for.
    memory : Memory
        How the past is remembered.
    names : tuple of str
        Cell of each column.
    values : (r, c) float64
        The values.
    """

    events: SignedEvents
    rows: Rows
    memory: Memory
    names: tuple[str, ...]
    values: Floats

    def __getitem__(self, name: str) -> Floats:
        """Column of a cell.

        Raises
        ------
        KeyError
            If the pass did not compute it.
        """
        if name not in self.names:
            raise KeyError(f"{name} is not among the cells {', '.join(self.names)}")
        return self.values[:, self.names.index(name)]


def record_cells(
    events: SignedEvents,
    rows: Rows,
    memory: Memory,
    *,
    wanted: frozenset[str] | None = None,
    pairs: Pairs | None = None,
) -> Cells:
    """Cells of each row from the events that are its history, in one pass.

    Parameters
    ----------
    events : SignedEvents
        The record.
    rows : Rows
        Dyads and moments.
    memory : Memory
        How the past is remembered.
    wanted : frozenset of str, optional
        Cells that are needed; the groups that hold none of them are not computed.
    pairs : Pairs, optional
        Those of `events`, if they are at hand.
    """
    found = record_pairs(events) if pairs is None else pairs
    column, names = _columns(wanted)
    out = np.empty((len(rows), len(names)))
    norm = log(2) / memory.half_life_days if memory.density else 1.0
    history_pass(
        len(events.actors),
        events.time,
        events.source,
        events.target,
        events.sign,
        event_sizes(events, by_size=memory.weights is Weights.SIZE),
        found.of_event,
        found.low,
        found.high,
        found.start,
        found.keys,
        found.places,
        rows.after,
        rows.time,
        rows.source,
        rows.target,
        found.of_rows(rows.source, rows.target),
        memory.half_life_days,
        memory.trim_below,
        FORMS[memory.triads],
        memory.legs is Legs.SYMMETRIC,
        norm,
        column,
        out,
    )
    return Cells(events=events, rows=rows, memory=memory, names=names, values=out)


def _columns(wanted: frozenset[str] | None) -> tuple[Ints, tuple[str, ...]]:
    """Where each group of cells starts, and the names of all columns."""
    starts: list[int] = []
    names: tuple[str, ...] = ()
    for group, width in zip(GROUPS, WIDTHS, strict=True):
        needed = wanted is None or not wanted.isdisjoint(group)
        starts.append(len(names) if needed else -1)
        if needed:
            names += group[:width]
    return np.array(starts, np.int64), names
