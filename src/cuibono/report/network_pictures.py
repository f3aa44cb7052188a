"""Pictures of a signed network: ring by faction, matrix by faction, index over time.

Signs are told by colour and by shape: friendly ties are blue whole lines and squares,
hostile ones orange dashed lines and circles. A tie that does not fit its faction is
thick, and its row in the table beside says so in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi

import numpy as np
from markupsafe import Markup, escape
from numpy.typing import NDArray

from cuibono.model.graph import SignedGraph

MOST_RING = 220
"""Most actors of a ring; beyond, names cannot be read."""
MOST_MATRIX = 400
"""Most actors of a matrix."""
MOST_TIES = 20_000
"""Most ties of either picture."""

_KIND = {1: "plus", -1: "minus", 0: "open"}
_WORD = {1: "friendly", -1: "hostile", 0: "disputed"}
_ARC = 15.0
_LABEL = 24
_CHARACTER = 7.2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sides:
    """What the pictures show beside the ties.

    Attributes
    ----------
    group : (n,) intp
        Faction of each actor, from 0.
    frustrated : frozenset of int
        Ties that do not fit.
    free : frozenset of int
        Actors whose side other optimal partitions turn.
    """

    group: NDArray[np.intp]
    frustrated: frozenset[int]
    free: frozenset[int] = frozenset()


def sides_of_partition(
    g: SignedGraph, partition: NDArray[np.int8], free: Sequence[int] = ()
) -> Sides:
    """Two factions as groups, with the ties that do not fit them."""
    product = partition[g.ends[:, 0]] * partition[g.ends[:, 1]]
    unfit = np.flatnonzero((g.sign != 0) & (product != g.sign))
    return Sides(
        group=(partition < 0).astype(np.intp),
        frustrated=frozenset(unfit.tolist()),
        free=frozenset(free),
    )


def ring_picture(g: SignedGraph, sides: Sides, title: str) -> Markup:
    """Actors on a ring, faction by faction; empty where there are too many."""
    if not g.n or g.n > MOST_RING or g.m > MOST_TIES:
        return Markup("")
    angle = _angles(g, sides.group)
    radius = max(240.0, g.n * _ARC / (2 * pi))
    middle = radius + 20 + _CHARACTER * min(max(map(len, g.names)), _LABEL)
    place = middle + radius * np.column_stack([np.cos(angle), np.sin(angle)])
    head = (
        f'<svg class="ring" role="img" viewBox="0 0 {2 * middle:.0f} {2 * middle:.0f}" '
        f'width="{2 * middle:.0f}" height="{2 * middle:.0f}" '
        f'aria-label="{escape(title)}">'
    )
    parts = [head]
    order = sorted(range(g.m), key=lambda k: (k in sides.frustrated, k))
    parts += [_chord(g, k, place, middle, k in sides.frustrated) for k in order]
    parts += [_dot(g.names[k], place[k], float(angle[k]), sides, k) for k in range(g.n)]
    return Markup("".join([*parts, "</svg>"]))


def _angles(g: SignedGraph, group: NDArray[np.intp]) -> NDArray[np.float64]:
    """Angle of each actor: its faction's arc, nearer to those it has ties with."""
    labels, size = np.unique(group, return_counts=True)
    gap = 0.0 if len(labels) == 1 else 0.12
    share = (2 * pi - gap * len(labels)) / g.n
    # The largest faction begins at the left, so that two factions face each other.
    start = pi / 2 + gap / 2
    angle = np.zeros(g.n)
    near: list[list[int]] = [[] for _ in range(g.n)]
    for i, j in g.ends.tolist():
        near[i].append(j)
        near[j].append(i)
    members = [np.flatnonzero(group == label).tolist() for label in labels]
    begin = []
    for count in size.tolist():
        begin.append(start)
        start += share * count + gap
    for turn in range(8):
        for at, ranked in zip(begin, members, strict=True):
            if turn:
                ranked.sort(key=lambda k: (_pull(angle, near[k], at), k))
            for place, k in enumerate(ranked):
                angle[k] = at + share * (place + 0.5)
    return angle


def _pull(angle: NDArray[np.float64], near: list[int], begin: float) -> float:
    """Mean direction of an actor's ties, as an angle from where its arc begins."""
    if not near:
        return 0.0
    way = np.exp(1j * angle[near]).sum()
    return float((np.angle(way) - begin) % (2 * pi)) if abs(way) > 1e-9 else 0.0


def _chord(
    g: SignedGraph, k: int, place: NDArray[np.float64], middle: float, thick: bool
) -> str:
    """One tie as a bow towards the middle."""
    i, j = g.ends[k].tolist()
    sign = int(g.sign[k])
    (x1, y1), (x2, y2) = place[i], place[j]
    bow = 0.35 * (place[i] + place[j]) / 2 + 0.65 * middle
    extra = " frustrated" if thick else " fits"
    return (
        f'<path class="edge {_KIND[sign]}{extra}" d="M{x1:.1f} {y1:.1f}Q{bow[0]:.1f} '
        f'{bow[1]:.1f} {x2:.1f} {y2:.1f}"><title>{escape(g.names[i])} and '
        f"{escape(g.names[j])}: {_WORD[sign]}{', does not fit' * thick}</title></path>"
    )


def _dot(
    name: str, place: NDArray[np.float64], angle: float, sides: Sides, k: int
) -> str:
    """One actor, its name turned outwards; a ring of its own if its side is free."""
    x, y = place.tolist()
    turned = cos(angle) < 0
    degrees = (angle * 180 / pi + (180 if turned else 0)) % 360
    dx, anchor = (-9, "end") if turned else (9, "start")
    shown = _shortened(name)
    free = k in sides.free
    words = f"{name}, faction {sides.group[k] + 1}{', side free' * free}"
    return (
        f'<g><title>{escape(words)}</title><circle class="dot{" free" * free}" '
        f'cx="{x:.1f}" cy="{y:.1f}" r="4"/><text class="name" dir="auto" '
        f'x="{x + dx:.1f}" y="{y + 4:.1f}" text-anchor="{anchor}" '
        f'transform="rotate({degrees:.1f} {x:.1f} {y:.1f})">{escape(shown)}</text></g>'
    )


def _shortened(name: str) -> str:
    """Name short enough for a picture."""
    if len(name) <= _LABEL:
        return name
    return name[: _LABEL - 1] + "\N{HORIZONTAL ELLIPSIS}"


def matrix_picture(g: SignedGraph, sides: Sides, title: str) -> Markup:
    """Who is tied to whom, rows and columns by faction; empty where too many."""
    if not g.n or g.n > MOST_MATRIX or g.m > MOST_TIES:
        return Markup("")
    cell = float(np.clip(720 / g.n, 3.0, 16.0))
    named = cell >= 9
    longest = min(max(map(len, g.names)), _LABEL)
    margin = 16 + _CHARACTER * longest if named else 12.0
    degree = np.bincount(g.ends.ravel(), minlength=g.n)
    order = np.lexsort((np.arange(g.n), -degree, sides.group))
    at = np.empty(g.n, dtype=np.intp)
    at[order] = np.arange(g.n)
    width = margin + cell * g.n + 4
    head = (
        f'<svg class="matrix" role="img" viewBox="0 0 {width:.0f} {width:.0f}" '
        f'width="{width:.0f}" height="{width:.0f}" aria-label="{escape(title)}">'
    )
    parts = [head]
    for k, (i, j) in enumerate(g.ends.tolist()):
        says = f"{g.names[i]} and {g.names[j]}: {_WORD[int(g.sign[k])]}"
        says += ", does not fit" * (k in sides.frustrated)
        for row, column in ((at[i], at[j]), (at[j], at[i])):
            parts.append(
                _cell(
                    margin + cell * column,
                    margin + cell * row,
                    cell,
                    int(g.sign[k]),
                    k in sides.frustrated,
                    says,
                )
            )
    edges = np.flatnonzero(np.diff(sides.group[order])) + 1
    for edge in [0, *edges.tolist(), g.n]:
        where = margin + cell * edge
        parts.append(
            f'<path class="border" d="M{where:.1f} {margin:.1f}V{width - 4:.1f}'
            f'M{margin:.1f} {where:.1f}H{width - 4:.1f}"/>'
        )
    if named:
        parts += [
            _names(g.names[k], place, cell, margin) for place, k in enumerate(order)
        ]
    return Markup("".join([*parts, "</svg>"]))


def _cell(x: float, y: float, cell: float, sign: int, thick: bool, says: str) -> str:
    """One tie: a square if friendly, a circle if hostile, a diamond if disputed."""
    kind = f"{_KIND[sign]}-cell{' frustrated' * thick}"
    half, title = cell / 2, f"<title>{escape(says)}</title>"
    if sign > 0:
        return (
            f'<rect class="{kind}" x="{x + 0.5:.1f}" y="{y + 0.5:.1f}" '
            f'width="{cell - 1:.1f}" height="{cell - 1:.1f}">{title}</rect>'
        )
    if sign < 0:
        return (
            f'<circle class="{kind}" cx="{x + half:.1f}" cy="{y + half:.1f}" '
            f'r="{half - 0.5:.1f}">{title}</circle>'
        )
    return (
        f'<path class="{kind}" d="M{x + half:.1f} {y:.1f}l{half:.1f} {half:.1f}'
        f'l{-half:.1f} {half:.1f}l{-half:.1f} {-half:.1f}z">{title}</path>'
    )


def _names(name: str, place: int, cell: float, margin: float) -> str:
    """Name of an actor beside its row and over its column."""
    shown = escape(_shortened(name))
    centre = margin + cell * (place + 0.5)
    return (
        f'<text class="name" dir="auto" x="{margin - 5:.1f}" y="{centre + 4:.1f}" '
        f'text-anchor="end">{shown}</text><text class="name" dir="auto" '
        f'x="{centre + 4:.1f}" y="{margin - 5:.1f}" aria-hidden="true" '
        f'transform="rotate(-90 {centre + 4:.1f} {margin - 5:.1f})">{shown}</text>'
    )


def tick_values(top: float) -> list[float]:
    """About five round values from 0 to at least `top`.

    Examples
    --------
    >>> tick_values(47)
    [0.0, 10.0, 20.0, 30.0, 40.0, 50.0]
    """
    raw = max(top, 1e-9) / 5
    size = 10.0 ** np.floor(np.log10(raw))
    step = next(float(size * k) for k in (1, 2, 2.5, 5, 10) if size * k >= raw - 1e-12)
    count = int(np.ceil(top / step - 1e-9))
    return [round(step * k, 10) for k in range(max(count, 1) + 1)]
