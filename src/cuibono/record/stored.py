"""Signed events of a store, for the relational event models."""

from pathlib import Path
from typing import Any

import numpy as np

from cuibono.errors import UsageError
from cuibono.events.conventions import CONVENTIONS
from cuibono.events.conventions.records import Convention
from cuibono.events.store.reading import filled_store
from cuibono.record.events import SignedEvents

DEFAULT = "goldstein"


def stored_events(path: Path, convention: str = DEFAULT) -> SignedEvents:
    """Signed events of a store folder, in the order of time.

    Parameters
    ----------
    path : Path
        A store of `cuibono events import`.
    convention : str
        Name of a sign convention; the weight of an event is its score, if the
        convention has scores, else 1.

    Raises
    ------
    UsageError
        If the folder is no store, there is no such convention, it does not fit the
        codes, the store has no
        event with a sender, or the extra `events` is missing.
    """
    if convention not in CONVENTIONS:
        raise UsageError(
            f'no sign convention "{convention}"; there are {", ".join(CONVENTIONS)}'
        )
    store = filled_store(path)
    # What needs the extra comes in only where a store is read.
    from cuibono.events.store.backends import duckdb_table

    events = duckdb_table(store)
    from cuibono.events.queries.relational import signed_rows

    table = signed_rows(events, CONVENTIONS[convention])
    if table.num_rows == 0:
        raise UsageError(
            f"{path} has no event with a sender, a receiver and a sign by {convention}"
        )
    return _made(path, table, CONVENTIONS[convention], store.imports)


def _made(path: Path, table: Any, convention: Convention, imports: Any) -> SignedEvents:
    """Arrays of a table of events."""
    columns = {name: table.column(name).to_pylist() for name in ("source", "target")}
    actors = tuple(dict.fromkeys([*columns["source"], *columns["target"]]))
    at = {actor: place for place, actor in enumerate(actors)}
    days = table.column("date").to_pylist()
    tenths = table.column("tenths").to_pylist()
    number = len(days)
    return SignedEvents(
        name=f"{path.name} (signs by {convention.name})",
        actors=actors,
        time=np.array([day.toordinal() for day in days], np.float64),
        source=np.array([at[one] for one in columns["source"]], np.int64),
        target=np.array([at[one] for one in columns["target"]], np.int64),
        sign=np.array(table.column("sign").to_pylist(), np.int8),
        weight=np.array([1.0 if ten is None else ten / 10 for ten in tenths]),
        row=np.arange(number, dtype=np.int64),
        dated=True,
        digests=tuple((one.file, one.sha256) for one in imports),
    )
