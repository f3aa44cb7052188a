"""Cost of the record: the anchor, stacked years, controls, rules, growth.

``python -m benchmarks.record_growth`` prints CPU seconds and peak memory of each task in
a process of its own, so that imports and the loading of compiled code count where
"cold" stands. The reference data are needed, but for the growth curve.
"""

import argparse
import csv
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

import numpy as np
from tests.reference import REFERENCE

from cuibono.record.controls import own_controls
from cuibono.record.design import SPECIFICATIONS
from cuibono.record.events import SignedEvents, signed_events
from cuibono.record.findings import rule_findings
from cuibono.record.fit import Fit
from cuibono.record.incoming import read_events
from cuibono.record.rate_model import rate_fit
from cuibono.record.rows import event_rows
from cuibono.record.settings import Memory
from cuibono.record.statistics.catalogue import modelled, statistics_of
from cuibono.record.table import statistics_table

TERMS = SPECIFICATIONS[0]
YEARS = Path("build") / "five-years.csv"
TRIMMED = Memory(trim_below=0.01)
ANCHOR = REFERENCE / "rem" / "anchor_icews14" / "events.csv.gz"
SIZES = (50_000, 150_000, 500_000, 1_500_000, 5_000_000)


def anchor(events: SignedEvents, each: int = 5, memory: Memory | None = None) -> Fit:
    """Sample controls, compute eight statistics, fit the rate."""
    used = memory or Memory()
    sample = own_controls(events, each=each, rng=np.random.default_rng(1))
    x = statistics_of(events, sample.rows, used, TERMS)
    modelled(x, TERMS, out=x)
    return rate_fit(
        x,
        sample.case,
        sample.stratum,
        TERMS,
        source=sample.rows.source,
        target=sample.rows.target,
    )


def stacked(events: SignedEvents, years: int = 5) -> SignedEvents:
    """Years one after the other; each year a fifth of the actors is exchanged."""
    rng = np.random.default_rng(5)
    names = np.array(events.actors, dtype=object)
    time, source, target = [], [], []
    for year in range(years):
        called = names.copy()
        new = rng.random(len(names)) < 0.2
        called[new] = [f"{name} of year {year}" for name in names[new]]
        names = called
        time.append(events.time + 365 * year)
        source += called[events.source].tolist()
        target += called[events.target].tolist()
    return signed_events(
        np.concatenate(time), source, target, np.tile(events.sign, years)
    )


def generated(count: int) -> SignedEvents:
    """Events with degrees like those of ICEWS: 250 a day, few actors in most of them.

    Actors come and go: a year's actors are a window that moves on by half.
    """
    rng = np.random.default_rng(count)
    day = np.arange(count) // 250
    year = day // 365
    rank = np.minimum(rng.zipf(1.6, (2, count)) - 1, 6999)
    # The most active stay; the others are exchanged, half of them a year.
    lasting = rank < 40
    actor = np.where(
        lasting, rank, rank + 3500 * (year + rng.integers(0, 2, (2, count)))
    )
    same = actor[0] == actor[1]
    actor[1][same] += 1
    _, place = np.unique(actor, return_inverse=True)
    ends = place.reshape(2, count).astype(np.int64)
    return SignedEvents(
        name=f"{count} events",
        actors=tuple(str(k) for k in range(int(ends.max()) + 1)),
        time=day.astype(np.float64),
        source=ends[0].copy(),
        target=ends[1].copy(),
        sign=rng.choice(np.array([1, 1, 1, -1, 0], np.int8), count),
        weight=np.ones(count),
        row=np.arange(count),
    )


def statistics_pass(
    events: SignedEvents, memory: Memory, each: int
) -> tuple[int, float]:
    """Rows, and CPU seconds of the statistics alone."""
    sample = own_controls(events, each=each, rng=np.random.default_rng(1))
    began = process_time()
    statistics_of(events, sample.rows, memory, TERMS)
    return len(sample), process_time() - began


def task_anchor() -> None:
    """Read, sample, compute and fit the anchor twice: cold, then warm."""
    events = read_events(ANCHOR)
    anchor(events)
    _told("anchor, cold process", process_time(), len(events))
    began = process_time()
    anchor(read_events(ANCHOR))
    _told("anchor, warm", process_time() - began, len(events))
    rows, seconds = statistics_pass(events, Memory(), 5)
    _told("statistics pass alone", seconds, rows)


def task_years() -> None:
    """Five stacked years in a process that has done nothing before."""
    if not YEARS.exists():
        table = statistics_table(stacked(read_events(ANCHOR)), TRIMMED)
        names, columns = zip(*table.columns(), strict=True)
        YEARS.parent.mkdir(exist_ok=True)
        with YEARS.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(names[:4])
            writer.writerows(zip(*columns[:4], strict=True))
        line = [sys.executable, "-m", "benchmarks.record_growth", "--here", "years"]
        subprocess.run(line, check=True)  # noqa: S603
        return
    events = read_events(YEARS)
    anchor(events, memory=TRIMMED)
    _told("five stacked years, cold", process_time(), len(events))


def task_controls() -> None:
    """The statistics of the anchor with five and with fifty controls an event."""
    events = read_events(ANCHOR)
    statistics_pass(events, Memory(), 1)
    for each in (5, 50):
        rows, seconds = statistics_pass(events, Memory(), each)
        told = f"k = {each}, {1e9 * seconds / rows:.0f} ns a row"
        _told(told, seconds, rows)


def task_rules() -> None:
    """The four-rule report with 199 draws of each null and the curve."""
    found = rule_findings(read_events(ANCHOR), draws=199)
    _told("four rules, 2 x 199 draws, curve", process_time(), found.signed)


def task_growth() -> None:
    """Statistics of every event of generated records, to five million."""
    statistics_of(generated(1000), event_rows(generated(1000), TRIMMED.order), TRIMMED)
    for count in SIZES:
        events = generated(count)
        rows = event_rows(events, TRIMMED.order)
        began = process_time()
        statistics_of(events, rows, TRIMMED, TERMS)
        seconds = process_time() - began
        _told(f"{1e9 * seconds / count:.0f} ns an event", seconds, count)


def _told(what: str, seconds: float, count: int) -> None:
    """Print one line: task, events or rows, CPU seconds, peak memory so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{what:34s} {count:9,d} {seconds:8.3f} s {peak:7.0f} MB\n")
    sys.stdout.flush()


TASKS: dict[str, Callable[[], None]] = {
    "anchor": task_anchor,
    "years": task_years,
    "controls": task_controls,
    "rules": task_rules,
    "growth": task_growth,
}


def main() -> None:
    """Run each task in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", nargs="*", choices=[[], *TASKS], default=[])
    parser.add_argument("--here", action="store_true", help="In this process.")
    asked = parser.parse_args()
    if asked.here:
        for name in asked.task:
            TASKS[name]()
        return
    for name in asked.task or TASKS:
        if name != "growth" and not Path(ANCHOR).exists():
            sys.stdout.write(f"{name}: the reference data are not here\n")
            continue
        line = [sys.executable, "-m", "benchmarks.record_growth", "--here", name]
        subprocess.run(line, check=True)  # noqa: S603


if __name__ == "__main__":
    main()
