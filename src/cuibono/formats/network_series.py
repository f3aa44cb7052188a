"""A sequence of signed networks: several files, or one table of dated ties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from pathlib import Path

import numpy as np

from cuibono.errors import UsageError
from cuibono.formats.network import read_network, read_statements
from cuibono.formats.symmetrise import RULES, Statements, Symmetrised

MOST_PERIODS = 2000
"""Most periods of a sequence."""
FORGOTTEN_HALF_LIVES = 10
"""A statement older than so many half-lives weighs less than a thousandth: left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How dated ties become periods, in days for dates and as numbers otherwise.

    Attributes
    ----------
    window : float or None
        Length of a period; None if every earlier statement counts, with decay.
    step : float
        From the end of one period to the end of the next.
    half_life : float or None
        Age at which a statement weighs half as much; None without decay.
    """

    window: float | None
    step: float
    half_life: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPeriod:
    """One network of a sequence, and what was done to make it one."""

    label: str
    symmetrised: Symmetrised


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSeries:
    """Signed networks in the order of time, by one rule."""

    name: str
    periods: tuple[NetworkPeriod, ...]
    notes: tuple[str, ...] = ()


def span_of(
    window: float | None, step: float | None, half_life: float | None
) -> Span | None:
    """Return how dated ties become periods; None if no option asks for it.

    Raises
    ------
    UsageError
        If a length is not positive, or the step of a decay is missing.

    Examples
    --------
    >>> span_of(4, None, None)
    Span(window=4, step=4, half_life=None)
    """
    if window is None and half_life is None:
        if step is not None:
            raise UsageError("--step needs --window or --half-life")
        return None
    for name, value in (("window", window), ("step", step), ("half-life", half_life)):
        if value is not None and not 0 < value < float("inf"):
            raise UsageError(f"--{name} must be positive, got {value:g}")
    length = step or window
    if length is None:
        raise UsageError("--half-life without --window needs --step")
    return Span(window=window, step=length, half_life=half_life)


def read_series(
    paths: Sequence[Path],
    *,
    span: Span | None = None,
    rule: str = "drop",
    weighted: bool = False,
) -> NetworkSeries:
    """Sequence of signed graphs: one a file, or one a period of a dated table.

    Parameters
    ----------
    paths : sequence of Path
        Networks in order; exactly one if `span` is given, with a column `time`.
    span : Span, optional
        How the rows of a table become periods.
    rule, weighted : str, bool
        As for `read_network`; with a half-life every statement has a weight.

    Raises
    ------
    CaseFileError
        With every bad row of a file.
    UsageError
        If the options do not fit what the files are.
    """
    if span is None:
        read = [read_network(path, rule=rule, weighted=weighted) for path in paths]
        notes = [f"{item.name}: {note}" for item in read for note in item.notes]
        return NetworkSeries(
            name=f"{len(read)} networks",
            periods=tuple(
                NetworkPeriod(label=item.name, symmetrised=item.symmetrised)
                for item in read
            ),
            notes=tuple(dict.fromkeys(notes)),
        )
    if len(paths) != 1 or paths[0].is_dir():
        raise UsageError(
            "--window, --step and --half-life take one table of dated ties"
        )
    found = read_statements(paths[0], weighted=weighted, dated=True)
    stated = found.finish()
    return NetworkSeries(
        name=paths[0].name,
        periods=_periods(stated, span, rule, dates=bool(found.dates)),
        notes=tuple(found.notes),
    )


def _periods(
    stated: Statements, span: Span, rule: str, *, dates: bool
) -> tuple[NetworkPeriod, ...]:
    """Networks of the periods from the first statement to the last.

    Raises
    ------
    UsageError
        If there is no statement, or there would be too many periods.
    """
    if not stated.time:
        raise UsageError(
            "no signed tie between two actors: nothing to follow over time"
        )
    time = np.array(stated.time)
    first, last = float(time.min()), float(time.max())
    head = span.window or span.step
    count = 1 + max(0, ceil((last - first - head) / span.step + 1e-9))
    if count > MOST_PERIODS:
        raise UsageError(
            f"{count} periods, at most {MOST_PERIODS}: take a longer --step"
        )
    made = []
    for turn in range(count):
        end = first + head + turn * span.step
        since = end - span.window if span.window else -np.inf
        if span.half_life:
            since = max(since, end - FORGOTTEN_HALF_LIVES * span.half_life)
        rows = np.flatnonzero((time >= since) & (time < end))
        worth = np.ones(len(rows))
        if span.half_life:
            worth = np.exp2(-(end - time[rows]) / span.half_life)
        label = f"{_told(max(since, first), dates)} to {_told(end, dates)}"
        made.append(
            NetworkPeriod(
                label=label, symmetrised=RULES[rule](stated.chosen(rows, worth))
            )
        )
    return tuple(made)


def _told(moment: float, dates: bool) -> str:
    """Moment as it stood in the table."""
    if not dates:
        return f"{moment:g}"
    return date.fromordinal(min(int(moment), date.max.toordinal())).isoformat()
