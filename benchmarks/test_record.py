"""The pass over a record, its fit, and one draw of each null, at growing sizes."""

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.record_growth import TRIMMED, anchor, generated
from cuibono.record.findings import usual_design
from cuibono.record.nulls import Null
from cuibono.record.rows import event_rows
from cuibono.record.settings import Memory
from cuibono.record.skeleton import skeleton
from cuibono.record.statistics.catalogue import SIXTEEN, statistics_of
from cuibono.record.trial import Trial


@pytest.mark.parametrize("events", [10_000, 30_000, 90_000])
def test_statistics_of_every_event(benchmark: BenchmarkFixture, events: int) -> None:
    record = generated(events)
    rows = event_rows(record, TRIMMED.order)
    found = benchmark(statistics_of, record, rows, TRIMMED, SIXTEEN)
    assert found.shape == (events, 16)


@pytest.mark.parametrize("each", [5, 50])
def test_controls_statistics_and_fit(benchmark: BenchmarkFixture, each: int) -> None:
    record = generated(10_000)
    fit = benchmark(anchor, record, each, TRIMMED)
    assert fit.converged


@pytest.mark.parametrize("null", Null)
@pytest.mark.parametrize("events", [5_000, 20_000])
def test_one_draw_of_a_null(
    benchmark: BenchmarkFixture, null: Null, events: int
) -> None:
    memory = Memory()
    trial = Trial(skeleton(generated(events), memory), usual_design(memory))
    found = benchmark(trial.refitted, null, 1, 0)
    assert np.all(np.isfinite(found.studentised))
