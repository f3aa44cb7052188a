"""Pictures as SVG text: the signed map, the factions, ranges and bars.

Signs are told three ways: blue or orange, arrowhead or bar, and + or - on the line.
Every text from outside is escaped; nothing here holds a style attribute or a script.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
from markupsafe import Markup, escape

from cuibono.questions.answer import Change
from cuibono.report.layout import map_layout
from cuibono.study.records import Layered
from cuibono.support.withdraw import Carried

LINE_CHARACTERS = 19
CHARACTER = 6.7
LINE = 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MapNode:
    """A node of the map: its id in the page, label, kind and short description."""

    anchor: str
    label: str
    kind: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapEdge:
    """A link of the map: positions of its ends, sign, layers, and what stands behind."""

    tail: int
    head: int
    sign: int
    layers: tuple[str, ...]
    disputed: bool
    says: str


def wrapped_label(text: str) -> list[str]:
    """Label as lines short enough for a box.

    Examples
    --------
    >>> wrapped_label("Government of Iran")
    ['Government of Iran']
    """
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= LINE_CHARACTERS:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def signed_map(
    nodes: Sequence[MapNode], edges: Sequence[MapEdge], title: str
) -> Markup:
    """Signed map of a reading, each node a link to what is claimed of it."""
    if not nodes:
        return Markup("")
    lines = [wrapped_label(node.label) for node in nodes]
    width = np.array([_width(part) for part in lines], dtype=np.float64)
    height = np.array([LINE * len(part) + 12 for part in lines], dtype=np.float64)
    pairs = sorted({(e.tail, e.head) for e in edges if e.tail != e.head})
    place = map_layout(len(nodes), pairs, width, height)
    low = (place - np.column_stack([width, height]) / 2).min(axis=0) - 24
    high = (place + np.column_stack([width, height]) / 2).max(axis=0) + 24
    size = high - low
    place = place - low
    parts = [
        f'<svg class="map" role="group" viewBox="0 0 {size[0]:.0f} {size[1]:.0f}" '
        f'width="{size[0]:.0f}" height="{size[1]:.0f}" aria-label="{escape(title)}">',
        _MARKERS,
    ]
    twins: dict[tuple[int, int], int] = {}
    for edge in edges:
        pair = (min(edge.tail, edge.head), max(edge.tail, edge.head))
        twins[pair] = twins.get(pair, 0) + 1
    seen: dict[tuple[int, int], int] = {}
    glyphs = []
    for edge in edges:
        pair = (min(edge.tail, edge.head), max(edge.tail, edge.head))
        at = seen.get(pair, 0)
        seen[pair] = at + 1
        bend = _bend(at, twins[pair], reverse=edge.tail > edge.head)
        line, glyph = _edge(edge, nodes, place, width, height, bend)
        parts.append(line)
        glyphs.append(glyph)
    parts += glyphs
    for at, node in enumerate(nodes):
        parts.append(_node(node, lines[at], place[at], width[at], height[at], at))
    parts.append("</svg>")
    return Markup("".join(parts))


_MARKERS = (
    '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
    'markerHeight="7" orient="auto"><path class="plus-fill" d="M0 0L10 5L0 10z"/></marker>'
    '<marker id="bar" viewBox="0 0 10 10" refX="6" refY="5" markerWidth="9" '
    'markerHeight="9" orient="auto"><path class="minus-fill" d="M4 0h3v10H4z"/></marker>'
    '<marker id="open" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
    'markerHeight="7" orient="auto"><path class="open-line" d="M1 1L9 5L1 9"/></marker>'
    "</defs>"
)
_MARK = {
    1: ("plus", "arrow", "+"),
    -1: ("minus", "bar", "\N{MINUS SIGN}"),
    0: ("open", "open", "?"),
}


def _width(lines: Sequence[str]) -> float:
    """Width of a box."""
    return max(len(line) for line in lines) * CHARACTER + 18


def _bend(at: int, count: int, *, reverse: bool) -> float:
    """How far a line bows out, so that links of one pair lie apart."""
    if count == 1:
        return 0.06
    bow = (at - (count - 1) / 2) * 0.24
    return -bow if reverse else bow


def _edge(
    edge: MapEdge,
    nodes: Sequence[MapNode],
    place: np.ndarray,
    width: np.ndarray,
    height: np.ndarray,
    bend: float,
) -> tuple[str, str]:
    """Line of a link, and its sign."""
    kind, marker, mark = _MARK[edge.sign]
    classes = [kind, *(f"layer-{name}" for name in edge.layers)]
    if edge.disputed:
        classes.append("disputed")
    if set(edge.layers) == {"covert"}:
        classes.append("only-covert")
    if set(edge.layers) == {"declared"}:
        classes.append("only-declared")
    ends = f"{nodes[edge.tail].label} to {nodes[edge.head].label}"
    data = f'data-tail="{edge.tail}" data-head="{edge.head}"'
    a, b = place[edge.tail], place[edge.head]
    if edge.tail == edge.head:
        x, y = a[0] + width[edge.tail] / 2, a[1]
        path = (
            f"M{x - 14:.1f} {y - 12:.1f}C{x + 34:.1f} {y - 40:.1f} "
            f"{x + 34:.1f} {y + 34:.1f} {x - 8:.1f} {y + 14:.1f}"
        )
        middle = (x + 22, y)
    else:
        bow = (a + b) / 2 + np.array([a[1] - b[1], b[0] - a[0]]) * bend
        start = _border(a, bow, width[edge.tail], height[edge.tail], 1.0)
        end = _border(b, bow, width[edge.head], height[edge.head], 4.0)
        path = (
            f"M{start[0]:.1f} {start[1]:.1f}Q{bow[0]:.1f} {bow[1]:.1f} "
            f"{end[0]:.1f} {end[1]:.1f}"
        )
        spot = 0.25 * start + 0.5 * bow + 0.25 * end
        middle = (float(spot[0]), float(spot[1]))
    title = f"<title>{escape(ends)}: {escape(edge.says)}</title>"
    line = (
        f'<path class="edge {" ".join(classes)}" {data} d="{path}" '
        f'marker-end="url(#{marker})">{title}</path>'
    )
    glyph = (
        f'<g class="glyph {" ".join(classes)}" {data} aria-hidden="true">'
        f'<circle cx="{middle[0]:.1f}" cy="{middle[1]:.1f}" r="7"/>'
        f'<text x="{middle[0]:.1f}" y="{middle[1] + 4.3:.1f}">{mark}</text></g>'
    )
    return line, glyph


def _border(
    centre: np.ndarray, toward: np.ndarray, width: float, height: float, gap: float
) -> np.ndarray:
    """Point where the way from a box's centre leaves the box, `gap` further out."""
    way = toward - centre
    length = float(hypot(way[0], way[1])) or 1.0
    share = min(
        (width / 2) / abs(way[0]) if way[0] else np.inf,
        (height / 2) / abs(way[1]) if way[1] else np.inf,
    )
    point: np.ndarray = centre + way * share + way / length * gap
    return point


def _node(
    node: MapNode,
    lines: Sequence[str],
    place: np.ndarray,
    width: float,
    height: float,
    at: int,
) -> str:
    """Box of a node: a link to what is claimed of it."""
    x, y = float(place[0]), float(place[1])
    corner = 4 if node.kind == "actor" else height / 2
    text = "".join(
        f'<tspan x="{x:.1f}" y="{y + (k - (len(lines) - 1) / 2) * LINE + 4.4:.1f}">'
        # The space keeps the words of two lines apart for those who listen.
        f"{escape(line)}{' ' if k < len(lines) - 1 else ''}</tspan>"
        for k, line in enumerate(lines)
    )
    return (
        f'<a class="node kind-{escape(node.kind)}" data-node="{at}" href="#{node.anchor}" '
        f'aria-label="{escape(node.label)}, {escape(node.kind)}: {escape(node.says)}">'
        f"<title>{escape(node.label)}: {escape(node.says)}</title>"
        f'<rect x="{x - width / 2:.1f}" y="{y - height / 2:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}" rx="{corner:.1f}"/>'
        f'<text dir="auto">{text}</text></a>'
    )


def factions_picture(part: Layered, label: Mapping[str, str], title: str) -> Markup:
    """The two sides of an optimal partition, with their ties; frustrated ones thick."""
    left, right = part.factions
    if not left and not right:
        return Markup("")
    rows = max(len(left), len(right), 1)
    row = 34.0
    total = rows * row + 30
    at: dict[str, tuple[float, float]] = {}
    for x, side in ((300.0, left), (700.0, right)):
        gap = total / (len(side) + 1)
        for k, name in enumerate(side):
            at[name] = (x, gap * (k + 1))
    frustrated = {(tie.one, tie.other) for tie in (*part.always, *part.sometimes)}
    parts = [
        f'<svg class="factions" role="img" viewBox="0 0 1000 {total:.0f}" '
        f'width="1000" height="{total:.0f}" aria-label="{escape(title)}">'
    ]
    for tie in part.ties:
        if tie.one not in at or tie.other not in at:
            continue
        (x1, y1), (x2, y2) = at[tie.one], at[tie.other]
        kind = _MARK[tie.sign][0]
        extra = " frustrated" if (tie.one, tie.other) in frustrated else ""
        bow = (x1 + x2) / 2
        if x1 == x2:
            # Ties within a side run between the columns, further in the further apart.
            bow += (1 if x1 < 500 else -1) * (30 + 0.5 * abs(y1 - y2))
        middle = (0.25 * x1 + 0.5 * bow + 0.25 * x2, (y1 + y2) / 2)
        words = {1: "friendly", -1: "hostile", 0: "disputed"}[tie.sign]
        parts.append(
            f'<path class="edge {kind}{extra}" d="M{x1} {y1:.1f}Q{bow:.1f} '
            f'{(y1 + y2) / 2:.1f} {x2} {y2:.1f}"><title>{escape(label[tie.one])} and '
            f"{escape(label[tie.other])}: {words}{extra}</title></path>"
            f'<g class="glyph {kind}"><circle cx="{middle[0]:.1f}" cy="{middle[1]:.1f}" '
            f'r="6"/><text x="{middle[0]:.1f}" y="{middle[1] + 4:.1f}">'
            f"{_MARK[tie.sign][2]}</text></g>"
        )
    for name, (x, y) in at.items():
        anchor, dx = ("end", -9) if x < 500 else ("start", 9)
        parts.append(
            f'<circle class="dot" cx="{x}" cy="{y:.1f}" r="5"/>'
            f'<text class="name" dir="auto" x="{x + dx}" y="{y + 4:.1f}" '
            f'text-anchor="{anchor}">{escape(_shortened(label[name], 38))}</text>'
        )
    return Markup("".join([*parts, "</svg>"]))


def _shortened(text: str, most: int) -> str:
    """Text cut with an ellipsis."""
    return text if len(text) <= most else text[: most - 1] + "\N{HORIZONTAL ELLIPSIS}"


def range_picture(change: Change) -> Markup:
    """Share of models that rise, one dot a prior, on a line from 0 to 1."""
    if not change.up:
        return Markup("")
    dots = "".join(
        f'<circle class="dot" cx="{4 + 92 * item.share:.0f}" cy="8" r="3"/>'
        for item in change.up
    )
    low = 4 + 92 * min(item.share for item in change.up)
    high = 4 + 92 * max(item.share for item in change.up)
    words = (
        f"share that rise, by prior, from {(low - 4) / 92:.2f} to {(high - 4) / 92:.2f}"
    )
    return Markup(
        f'<svg class="range" role="img" viewBox="0 0 100 16" width="100" height="16" '
        f'aria-label="{words}"><path class="axis" d="M4 8H96M50 3V13"/>'
        f'<path class="reach" d="M{low:.1f} 8H{high:.1f}"/>{dots}</svg>'
    )


def carried_picture(item: Carried) -> Markup:
    """Three-way shares of a withdrawal as one bar."""
    x, parts = 0.0, []
    for name, share in (
        ("keeps", item.keeps),
        ("flips", item.flips),
        ("lost", item.lost),
    ):
        wide = 120 * share
        if wide > 0:
            parts.append(
                f'<rect class="{name}" x="{x:.0f}" y="1" width="{wide:.0f}" height="12"/>'
            )
        x += wide
    words = f"keeps {item.keeps:.2f}, flips {item.flips:.2f}, lost {item.lost:.2f}"
    return Markup(
        f'<svg class="carried" role="img" viewBox="0 0 120 14" width="120" height="14" '
        f'aria-label="{words}">{"".join(parts)}</svg>'
    )
