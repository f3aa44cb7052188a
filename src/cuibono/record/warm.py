"""Compiles every kernel once, so that the first question does not wait.

``python -m cuibono.record.warm`` is run at set-up; compiled code is kept on disk.
"""

import tempfile
from pathlib import Path

import numpy as np

from cuibono.record.controls import eventnet_strata, own_controls, stratified_controls
from cuibono.record.events import SignedEvents, signed_events
from cuibono.record.findings import LEAST_DRAWS, rule_findings
from cuibono.record.fitting import event_fit, rate_fits
from cuibono.record.incoming import read_events
from cuibono.record.rate_model import Ties
from cuibono.record.settings import Memory
from cuibono.record.table import csv_bytes, statistics_table

NAMES = ("Arda", "Brun", "Cor", "Dana")


def example_record(days: int = 40) -> SignedEvents:
    """Record of four invented actors, two events a day."""
    rng = np.random.default_rng(0)
    ends = np.array([rng.permutation(len(NAMES))[:2] for _ in range(2 * days)])
    return signed_events(
        np.repeat(np.arange(days, dtype=np.float64), 2),
        [NAMES[k] for k in ends[:, 0]],
        [NAMES[k] for k in ends[:, 1]],
        rng.choice([1, -1], 2 * days),
        name="invented",
    )


def warm() -> None:
    """Compile the kernels by using each of them on a small record."""
    events, memory = example_record(), Memory(half_life_days=5)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.csv"
        path.write_bytes(csv_bytes(statistics_table(events, memory)))
        read_events(path)
    event_fit(events, memory)
    for sample in (own_controls, stratified_controls):
        rate_fits(
            events, memory, lambda rng, draw=sample: draw(events, each=2, rng=rng),  # type: ignore[misc]
            seed=0, redraws=1, ridge=1.0,
        )  # fmt: skip
    for ties in (Ties.EFRON, Ties.EXACT):
        rate_fits(
            events, memory, lambda rng: eventnet_strata(events, each=1, rng=rng),
            seed=0, redraws=1, ridge=1.0, ties=ties, compat=True,
        )  # fmt: skip
    rule_findings(
        events, memory=memory, draws=LEAST_DRAWS, half_lives=(5.0,), curve_draws=2
    )


if __name__ == "__main__":
    warm()
