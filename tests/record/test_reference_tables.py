"""Every cell of every reference table."""

import numpy as np
import pytest

from cuibono.record.statistics.catalogue import SIXTEEN, statistics_of
from tests.record.records import VARIANTS, asked_rows, stored_events, stored_rows
from tests.reference import reference

ROUNDING = 5.1e-9
"""The tables have eight decimals."""


@pytest.mark.parametrize("dataset", ["me2014", "raw300"])
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("kind", ["ALL", "COND"])
def test_every_cell_of_a_reference_table_is_reached(
    dataset: str, variant: str, kind: str
) -> None:
    table = stored_rows(reference("rem", dataset, f"stats_{variant}_{kind}.csv.gz"))
    events = stored_events(dataset)
    memory = VARIANTS[variant]
    rows, kept = asked_rows(events, table, memory.order)
    ours = statistics_of(events, rows, memory, SIXTEEN)
    theirs = np.array([[float(row[name]) for name in SIXTEEN] for row in kept])
    assert np.abs(ours - theirs).max() <= ROUNDING
    assert ((ours != 0) == (theirs != 0)).mean() > 0.9999
