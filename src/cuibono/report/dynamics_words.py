"""What bounded dynamics say: JSON, lines for people, and one picture a node."""

import numpy as np
from markupsafe import Markup, escape
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.bounded import Held
from cuibono.response.outcomes import Outcomes

FEWEST = 20
"""With fewer stable draws a cell tells nothing."""
_CONTROLLED = (
    "Only draws whose status quo is stable count; what a push of a thousandth does as "
    "well is not credited to the push."
)
_CURVE = (
    "Levels and weights are drawn, not measured: read the curve over coupling and push, "
    "never one number."
)
CAVEATS = (_CONTROLLED, _CURVE)
"""What holds of every result of this lens."""
_CLASSES = ("low", "back", "high")
_CELL, _ROW, _LEFT, _TOP = 74.0, 34.0, 92.0, 44.0


def dynamics_document(
    name: str, g: SignedDigraph, found: Outcomes, seed: int
) -> dict[str, object]:
    """JSON object of a grid: every cell with its stable share and controls."""
    trial = found.trial
    return {
        "model": name,
        "press": {g.names[node]: size for node, size in trial.press.items()},
        "held": held_document(g, trial.held or {}),
        "length": trial.length,
        "horizon": trial.horizon,
        "changed": trial.changed,
        "draws": found.draws,
        "couplings": list(found.couplings),
        "strengths": list(found.strengths),
        "stable": found.stable.tolist(),
        "cells": [
            {
                "coupling": coupling,
                "strength": strength,
                "stable": int(found.stable[c]),
                "nodes": {
                    g.names[node]: {
                        "during": _named(found.during[c, s, node]),
                        "after": _named(found.after[c, s, node]),
                        "credited": _named(found.credited[c, s, node]),
                        "unstable_after": _named(found.loose[c, s, node]),
                    }
                    for node in range(g.n)
                },
            }
            for c, coupling in enumerate(found.couplings)
            for s, strength in enumerate(found.strengths)
        ],
        "controls": [
            {
                "coupling": coupling,
                "nodes": {
                    g.names[node]: {
                        "along": _named(found.control[c, 0, node]),
                        "against": _named(found.control[c, 1, node]),
                        "unstable_along": _named(found.loose_control[c, node]),
                    }
                    for node in range(g.n)
                },
            }
            for c, coupling in enumerate(found.couplings)
        ],
        "seed": seed,
        "caveats": list(CAVEATS),
    }


def held_document(g: SignedDigraph, held: Held) -> dict[str, object]:
    """Levels by name; the status quo in words."""
    return {
        g.names[node]: "status quo" if level is None else level
        for node, level in held.items()
    }


def _named(counts: NDArray[np.int64]) -> dict[str, int]:
    """Counts by class."""
    return dict(zip(_CLASSES, counts.tolist(), strict=True))


def watched_nodes(found: Outcomes, most: int = 8) -> list[int]:
    """The pushed nodes, and those that the push moves in most draws."""
    moved = found.during[..., [0, 2]].sum(axis=(0, 1, 3))
    order = np.argsort(-moved, kind="stable").tolist()
    pushed = list(found.trial.press)
    others = [node for node in order if node not in pushed and moved[node]]
    return [*pushed, *others][: max(most, len(pushed))]


def dynamics_lines(g: SignedDigraph, found: Outcomes, nodes: list[int]) -> list[str]:
    """Each watched node, cell by cell: what lasts, with stable share and control."""
    lines = [
        f"coupling {coupling:g}: status quo stable in {stable} of {found.draws} draws"
        for coupling, stable in zip(found.couplings, found.stable.tolist(), strict=True)
    ]
    for node in nodes:
        lines.append(f"{g.names[node]}, {found.trial.horizon:g} after the push:")
        for c, coupling in enumerate(found.couplings):
            stable = int(found.stable[c])
            if stable < FEWEST:
                lines.append(f"  coupling {coupling:g}: too few stable draws to tell")
                continue
            for s, strength in enumerate(found.strengths):
                told = ", ".join(
                    f"{word} {count}"
                    for word, count in (
                        ("back", found.after[c, s, node, 1]),
                        ("lastingly lower", found.credited[c, s, node, 0]),
                        ("lastingly higher", found.credited[c, s, node, 2]),
                    )
                )
                lines.append(
                    f"  coupling {coupling:g}, push {strength:g}: of {stable} stable "
                    f"draws {told}; control: back {found.control[c, 0, node, 1]}"
                )
    return [*lines, *CAVEATS]


def outcome_picture(found: Outcomes, node: int, label: str) -> Markup:
    """Grid of coupling and push: where a change lasts, where it is reversed.

    The share of stable draws in which the change lasts and is the push's own; blue and
    an upward mark for higher, orange and a downward one for lower; a bar under each cell
    is the share of draws whose status quo is stable; hatched where too few are.
    """
    width = _LEFT + _CELL * len(found.strengths) + 10
    height = _TOP + _ROW * len(found.couplings) + 40
    title = f"{label}: where the change lasts after the push"
    head = (
        f'<svg class="outcome" role="img" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" aria-label="{escape(title)}">'
    )
    parts = [head, f'<text class="tick" x="4" y="16">{escape(label)}</text>']
    shares = found.shares(node)
    for s, strength in enumerate(found.strengths):
        x = _LEFT + _CELL * (s + 0.5)
        parts.append(
            f'<text class="tick" x="{x:.0f}" y="{_TOP - 8:.0f}" text-anchor="middle">'
            f"push {strength:g}</text>"
        )
    for c, coupling in enumerate(found.couplings):
        y = _TOP + _ROW * c
        parts.append(
            f'<text class="tick" x="{_LEFT - 6:.0f}" y="{y + 20:.0f}" '
            f'text-anchor="end">coupling {coupling:g}</text>'
        )
        parts += [
            _cell(found, shares[c, s], c, s, _LEFT + _CELL * s, y)
            for s in range(len(found.strengths))
        ]
    return Markup("".join([*parts, "</svg>"]))


def _cell(
    found: Outcomes,
    shares: NDArray[np.float64],
    c: int,
    s: int,
    x: float,
    y: float,
) -> str:
    """One cell of the grid."""
    stable = int(found.stable[c])
    base = f"coupling {found.couplings[c]:g}, push {found.strengths[s]:g}"
    bar = (_CELL - 6) * stable / found.draws
    foot = (
        f'<rect class="firm" x="{x + 3:.1f}" y="{y + _ROW - 5:.1f}" width="{bar:.1f}" '
        'height="3"/>'
    )
    if stable < FEWEST:
        return (
            f'<g><title>{base}: {stable} stable draws, too few</title><rect class="few" '
            f'x="{x + 1:.1f}" y="{y + 1:.1f}" width="{_CELL - 2:.0f}" '
            f'height="{_ROW - 8:.0f}"/><text class="tick" x="{x + _CELL / 2:.1f}" '
            f'y="{y + 18:.1f}" text-anchor="middle">too few</text>{foot}</g>'
        )
    low, back, high = shares.tolist()
    kind, share, mark = "minus", low, "\N{DOWNWARDS ARROW}"
    if high > low:
        kind, share, mark = "plus", high, "\N{UPWARDS ARROW}"
    words = (
        f"{base}: of {stable} stable draws lower for good {low:.2f}, back {back:.2f}, "
        f"higher for good {high:.2f}"
    )
    text = f"{mark}{share:.2f}" if share >= 0.005 else "back"
    return (
        f'<g><title>{words}</title><rect class="{kind}-cell" opacity="{share:.3f}" '
        f'x="{x + 1:.1f}" y="{y + 1:.1f}" width="{_CELL - 2:.0f}" '
        f'height="{_ROW - 8:.0f}"/><rect class="border" x="{x + 1:.1f}" y="{y + 1:.1f}" '
        f'width="{_CELL - 2:.0f}" height="{_ROW - 8:.0f}"/><rect class="plate" '
        f'x="{x + 14:.1f}" y="{y + 6:.1f}" width="{_CELL - 28:.0f}" height="16"/><text '
        f'class="tick" x="{x + _CELL / 2:.1f}" y="{y + 18:.1f}" text-anchor="middle">'
        f"{text}</text>{foot}</g>"
    )
