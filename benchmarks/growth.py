"""Draws how the cost of the frustration index grows, and what a general solver needs.

``python -m benchmarks.growth`` writes ``build/growth.json`` and ``build/growth.svg``. Times
are ratios to the smallest network, both sides of a comparison measured in the same run.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from math import log10
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.networks import KNOWN, drawn_network, known_network
from benchmarks.xor_model import Timed, xor_index
from cuibono.balance.frustration import frustration
from cuibono.balance.warm import warm
from cuibono.model.graph import SignedGraph

OUT = Path("build")
SEEDS = (2014, 2015, 2016)
SIZES = (500, 1000, 2000, 4000, 8000, 16000, 32000)
SHARES = (0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3)
_LIMIT = 60.0
_WIDTH, _HEIGHT, _EDGE = 420, 300, 56


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Median over the seeds at one size or share."""

    at: float
    seconds: float
    ratio: float
    proved: int


def timed(g: SignedGraph) -> Timed:
    """Bounds of the index and the seconds that they took."""
    start = perf_counter()
    found = frustration(g, time_limit=_LIMIT)
    seconds = perf_counter() - start
    return Timed(lower=found.lower, upper=found.upper, seconds=seconds)


def curve(
    at: Sequence[float], drawn: Callable[[float, int], SignedGraph]
) -> list[Point]:
    """Cost at each of some sizes or shares, as ratios to the first."""
    points: list[Point] = []
    for value in at:
        runs = [timed(drawn(value, seed)) for seed in SEEDS]
        seconds = median(run.seconds for run in runs)
        first = points[0].seconds if points else seconds
        proved = sum(run.lower == run.upper for run in runs)
        points.append(
            Point(at=value, seconds=seconds, ratio=seconds / first, proved=proved)
        )
    return points


def by_size(ties: float, seed: int) -> SignedGraph:
    """Four ties to an actor, one in twenty flipped."""
    return drawn_network(int(ties) // 4, int(ties), 0.05, seed)


def by_share(share: float, seed: int) -> SignedGraph:
    """Two hundred actors, 800 ties, a share of them flipped."""
    return drawn_network(200, 800, share, seed)


def against_general_solver() -> dict[str, dict[str, float]]:
    """Seconds and gaps of both sides, and how many times longer the general one took."""
    table: dict[str, dict[str, float]] = {}
    for name in KNOWN:
        g = known_network(name)
        if g is None:
            continue
        ours, plain = timed(g), xor_index(g, time_limit=_LIMIT)
        table[name] = {
            "ties": g.m,
            "index": ours.upper,
            "gap": ours.gap,
            "plain_gap": plain.gap,
            "plain_seconds": plain.seconds,
            "seconds": ours.seconds,
            "ratio": plain.seconds / ours.seconds,
        }
    return table


def picture(panels: Sequence[tuple[str, str, list[Point]]]) -> str:
    """Ratios against size or share, on logarithmic axes, one panel each."""
    wide = _WIDTH * len(panels)
    view = f'viewBox="0 0 {wide} {_HEIGHT}" font-family="sans-serif" font-size="12"'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {view}>']
    for number, (title, unit, points) in enumerate(panels):
        parts.append(f'<g transform="translate({number * _WIDTH} 0)">')
        parts += _panel(title, unit, points)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>\n"])


def _panel(title: str, unit: str, points: list[Point]) -> list[str]:
    """Axes, one circle for each point (open where not all were proved), a line."""
    across = _scaled([p.at for p in points], _EDGE, _WIDTH - 24)
    up = _scaled([p.ratio for p in points], _HEIGHT - _EDGE, 36)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, up, strict=True))
    foot = _HEIGHT - _EDGE + 8
    parts = [
        f'<text x="{_EDGE}" y="20">{title}</text>',
        f'<path d="M{_EDGE} 30V{foot}H{_WIDTH - 16}" fill="none" stroke="#888"/>',
        f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 12}" text-anchor="middle">{unit}</text>',
        f'<polyline points="{line}" fill="none" stroke="#0b5fa5" stroke-width="2"/>',
    ]
    for point, x, y in zip(points, across, up, strict=True):
        fill = "#0b5fa5" if point.proved == len(SEEDS) else "#fff"
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{fill}" stroke="#0b5fa5"/>',
            _label(x, foot + 16, f"{point.at:g}"),
            _label(x, y - 9, f"{point.ratio:.3g}\N{MULTIPLICATION SIGN}"),
        ]
    return parts


def _label(x: float, y: float, text: str) -> str:
    """Text centred on a point."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{text}</text>'


def _scaled(values: Sequence[float], low: float, high: float) -> list[float]:
    """Values on a logarithmic axis from `low` to `high`."""
    logs = [log10(value) for value in values]
    least, span = min(logs), (max(logs) - min(logs)) or 1.0
    return [low + (high - low) * (value - least) / span for value in logs]


def main() -> None:
    """Measure, write, and say where."""
    warm()
    sizes, shares = curve(SIZES, by_size), curve(SHARES, by_share)
    OUT.mkdir(exist_ok=True)
    document = {
        "by_ties": [asdict(point) for point in sizes],
        "by_share_flipped": [asdict(point) for point in shares],
        "against_xor_in_highs": against_general_solver(),
    }
    (OUT / "growth.json").write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    panels = [
        ("Time against size, 5 % flipped", "ties", sizes),
        ("Time against frustration, 800 ties", "share of ties flipped", shares),
    ]
    (OUT / "growth.svg").write_text(picture(panels), "utf-8")


if __name__ == "__main__":
    main()
