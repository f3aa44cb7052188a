"""Records to test with: the reference folder's, and invented ones."""

import csv
import gzip
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from cuibono.record.events import SignedEvents, signed_events
from cuibono.record.incoming import read_events
from cuibono.record.rows import Rows
from cuibono.record.settings import Memory, Order, Triads, Weights
from tests.definitions.rem_history import Past
from tests.reference import reference

VARIANTS = {
    "A": Memory(),
    "B": Memory(weights=Weights.SIZE, trim_below=0.01),
    "C": Memory(triads=Triads.PRODUCT, half_life_days=60),
    "D": Memory(order=Order.SEQUENTIAL),
}
"""What the four configurations of the reference tables say."""
NAMES = ("Arda", "Brun", "Cor", "Dana", "Esk")
Row = dict[str, str]


def stored_rows(path: Path) -> list[Row]:
    """Rows of a stored table."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def stored_events(dataset: str) -> SignedEvents:
    """Events of a reference data set."""
    return read_events(reference("rem", dataset, "events.csv"))


def asked_rows(
    events: SignedEvents, table: list[Row], order: Order
) -> tuple[Rows, list[Row]]:
    """Rows of a stored table as rows to ask for, with the table in the same order."""
    at = {actor: place for place, actor in enumerate(events.actors)}
    time = np.array([float(row["TIME"]) for row in table])
    after = np.searchsorted(events.time, time)
    if order is Order.SEQUENTIAL:
        after = np.array([int(row["EVENT"]) - 1 for row in table])
    turn = np.argsort(after, kind="stable")
    kept = [table[place] for place in turn]
    rows = Rows(
        after=after[turn].astype(np.int64),
        time=time[turn],
        source=np.array([at[row["SOURCE"]] for row in kept], np.int64),
        target=np.array([at[row["TARGET"]] for row in kept], np.int64),
    )
    return rows, kept


@st.composite
def small_records(draw: st.DrawFn) -> SignedEvents:
    """Up to 25 events of five actors on ten days, some neutral, no loops."""
    count = draw(st.integers(1, 25))
    days = sorted(draw(st.lists(st.integers(0, 10), min_size=count, max_size=count)))
    ends = draw(
        st.lists(
            st.permutations(NAMES).map(lambda names: names[:2]),
            min_size=count,
            max_size=count,
        )
    )
    signs = draw(st.lists(st.sampled_from([1, -1, 0]), min_size=count, max_size=count))
    sizes = draw(
        st.lists(st.sampled_from([0.4, 1.0, 3.5, 10.0]), min_size=count, max_size=count)
    )
    return signed_events(
        np.array(days, np.float64),
        [one for one, _ in ends],
        [other for _, other in ends],
        np.array(signs),
        np.array(signs) * np.array(sizes),
    )


def past_of(events: SignedEvents, count: int, *, by_size: bool) -> list[Past]:
    """Return the first `count` events for the definitions, neutral ones left out."""
    return [
        Past(
            float(events.time[k]),
            events.actors[events.source[k]],
            events.actors[events.target[k]],
            int(events.sign[k]),
            abs(float(events.weight[k])) if by_size else 1.0,
        )
        for k in range(count)
        if events.sign[k] and events.source[k] != events.target[k]
    ]
