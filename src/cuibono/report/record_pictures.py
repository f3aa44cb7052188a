"""Pictures of a record: coverage, acts by month, before and after."""

from collections.abc import Sequence
from math import isfinite, log

import numpy as np
from markupsafe import Markup, escape

from cuibono.events.figures import Figures
from cuibono.study.recorded import Direction

_NAME = 250.0
_CELL = 13.0
_ROW = 20.0
SHADES = (0, 1, 5, 25, 125)
"""Mentions from which a cell is one shade stronger."""


def coverage_picture(figures: Figures, names: dict[str, str], title: str) -> Markup:
    """Mentions of each actor by month: stronger is more; a cross where not covered."""
    steps = _columns(len(figures.months))
    width = _NAME + _CELL * len(steps) + 20
    height = _ROW * len(figures.actors) + 70
    parts = [_head("coverage", width, height, title)]
    for row, one in enumerate(figures.actors):
        y = 10 + row * _ROW
        parts.append(
            f'<text class="name" dir="auto" x="{_NAME - 22}" y="{y + 13:.1f}" '
            f'text-anchor="end">{escape(_short(names.get(one.actor, one.actor)))}</text>'
        )
        if not one.is_covered:
            parts.append(
                f'<text class="name" x="{_NAME - 16}" y="{y + 13:.1f}">\N{MULTIPLICATION X}'
                f"<title>{escape(one.presence)}</title></text>"
            )
        mentions = one.as_source + one.as_target
        for column, (first, last) in enumerate(steps):
            number = int(mentions[first:last].sum())
            parts.append(_shade(_NAME + column * _CELL, y, number))
    parts += _month_names(figures, steps, height)
    return Markup("".join([*parts, "</svg>"]))


def _columns(months: int) -> list[tuple[int, int]]:
    """Months of each column: one each, or quarters or years where they are many."""
    width = 1 if months <= 60 else 3 if months <= 180 else 12
    return [(at, min(at + width, months)) for at in range(0, months, width)]


def _shade(x: float, y: float, number: int) -> str:
    """Cell whose shade tells how many."""
    level = sum(number >= step for step in SHADES[1:])
    return (
        f'<rect class="border shade-{level}" x="{x:.1f}" y="{y:.1f}" '
        f'width="{_CELL - 1:.1f}" height="{_ROW - 3:.1f}"><title>{number}</title></rect>'
    )


def _month_names(
    figures: Figures, steps: Sequence[tuple[int, int]], height: float
) -> list[str]:
    """Month under each column, as many as fit."""
    every = max(1, len(steps) // 12)
    return [
        f'<text class="tick" x="{_NAME + column * _CELL:.1f}" y="{height - 46:.1f}" '
        f'transform="rotate(35 {_NAME + column * _CELL:.1f} {height - 46:.1f})">'
        f"{figures.months[first]:%Y-%m}</text>"
        for column, (first, _) in enumerate(steps)
        if column % every == 0
    ]


def series_picture(one: Direction, on_place: float | None, title: str) -> Markup:
    """Acts by month: cooperative upwards, hostile downwards, a line at the date."""
    steps = _columns(len(one.months))
    bars = np.array([one.counts[first:last].sum(axis=0) for first, last in steps])
    top = max(1, int(bars[:, :2].max(initial=1)))
    width, middle, tall = 60 + _CELL * len(steps), 62.0, 46.0
    parts = [_head("dyad", width, 136, title)]
    parts.append(f'<path class="axis" d="M40 {middle}H{width - 8:.1f}"/>')
    for value, y in ((top, middle - tall), (0, middle), (top, middle + tall)):
        parts.append(
            f'<text class="tick" x="34" y="{y + 4:.1f}" text-anchor="end">{value}</text>'
        )
    for column, (positive, negative, neutral) in enumerate(bars):
        x = 42 + column * _CELL
        up, down = tall * positive / top, tall * negative / top
        month = f"{one.months[steps[column][0]]:%Y-%m}"
        says = f"{month}: {positive} +, {negative} -, {neutral} 0"
        parts.append(
            f"<g><title>{says}</title>"
            f'<rect class="plus-fill" x="{x:.1f}" y="{middle - up:.1f}" '
            f'width="{_CELL - 3:.1f}" height="{up:.1f}"/>'
            f'<rect class="minus-fill" x="{x:.1f}" y="{middle:.1f}" '
            f'width="{_CELL - 3:.1f}" height="{down:.1f}"/></g>'
        )
    if on_place is not None:
        x = 42 + on_place / max(1, len(one.months)) * _CELL * len(steps)
        parts.append(f'<path class="bounds" d="M{x:.1f} 8V{middle + tall + 4}"/>')
    parts += [
        f'<text class="tick" x="{42 + column * _CELL:.1f}" y="128">'
        f"{one.months[first]:%Y-%m}</text>"
        for column, (first, _) in enumerate(steps)
        if column % max(1, len(steps) // 3 + 1) == 0
    ]
    return Markup("".join([*parts, "</svg>"]))


def ratio_picture(rows: Sequence[tuple[str, Direction]], title: str) -> Markup:
    """Ratio after to before with its interval, on a logarithmic scale."""
    shown = [(name, one.change.ratio) for name, one in rows if one.change is not None]
    if not shown:
        return Markup("")
    width, height = 760.0, 40 + 26.0 * len(shown)
    parts = [_head("ratios", width, height, title)]
    for tick in (0.1, 0.3, 1, 3, 10):
        x = _log_place(tick)
        kind = "bounds" if tick == 1 else "axis"
        parts.append(
            f'<path class="{kind}" d="M{x:.1f} 6V{height - 22:.1f}"/>'
            f'<text class="tick" x="{x:.1f}" y="{height - 6:.1f}" '
            f'text-anchor="middle">{tick:g}</text>'
        )
    for row, (name, ratio) in enumerate(shown):
        y = 20 + row * 26.0
        high = ratio.high if isfinite(ratio.high) else 1e9
        parts.append(
            f'<text class="name" dir="auto" x="300" y="{y + 4:.1f}" text-anchor="end">'
            f"{escape(_short(name, 44))}</text>"
            f'<path class="series" d="M{_log_place(ratio.low):.1f} {y:.1f}'
            f'H{_log_place(high):.1f}"><title>{ratio.value:.2g}, from {ratio.low:.2g} to '
            f"{high:.2g}</title></path>"
            f'<circle class="dot" cx="{_log_place(ratio.value):.1f}" cy="{y:.1f}" r="4"/>'
        )
    return Markup("".join([*parts, "</svg>"]))


def _log_place(value: float) -> float:
    """Place of a ratio; what lies outside 0.05 to 20 is drawn at the edge."""
    share = log(min(max(value, 0.05), 20.0) / 0.05) / log(400)
    return 320 + 420 * share


def _head(kind: str, width: float, height: float, title: str) -> str:
    """First tag of a picture."""
    return (
        f'<svg class="{kind}" role="img" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" aria-label="{escape(title)}">'
    )


def _short(text: str, most: int = 30) -> str:
    """Name cut to fit."""
    return text if len(text) <= most else f"{text[: most - 1]}\N{HORIZONTAL ELLIPSIS}"
