"""The page of `cuibono balance`: a network, or a sequence of them, for people."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from markupsafe import Markup

from cuibono.balance.analysis import Analysis, Measures
from cuibono.balance.nulls import Null
from cuibono.balance.series import Passage, Series
from cuibono.model.graph import SignedGraph
from cuibono.report.html import rendered
from cuibono.report.network_pictures import (
    MOST_MATRIX,
    MOST_RING,
    matrix_picture,
    ring_picture,
    sides_of_partition,
)
from cuibono.report.null_words import null_sentence, together
from cuibono.report.time_picture import time_picture

MOST_ROWS = 400
"""Most rows of a table of ties or actors in the page; the rest is in the JSON."""

_MARK = {1: ("plus", "+"), -1: ("minus", "\N{MINUS SIGN}"), 0: ("open", "?")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a network came from and how the page can be made again.

    Attributes
    ----------
    name : str
        File or case.
    made : str
        What symmetrisation did, in words.
    command : str
        What was run.
    seed : int
        Where random numbers started.
    versions, digests : tuple of (str, str)
        Of the programs, and SHA-256 of the files read.
    notes : tuple of str
        What was not read.
    """

    name: str
    made: str
    command: str
    seed: int
    versions: tuple[tuple[str, str], ...]
    digests: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = field(default=())


def balance_page(
    origin: Origin,
    findings: Sequence[str],
    *,
    found: Analysis | None = None,
    series: Series | None = None,
) -> str:
    """One self-contained HTML page on the balance of a network or of a sequence.

    Parameters
    ----------
    origin : Origin
        What was read, and how.
    findings : sequence of str
        The answer in sentences, most important first.
    found : Analysis, optional
        Of one network.
    series : Series, optional
        Of a sequence; exactly one of the two is given.

    Raises
    ------
    ValueError
        If neither or both are given.
    """
    if (found is None) == (series is None):
        raise ValueError("balance_page takes either found or series")
    return rendered(
        "balance.html.j2",
        {
            "title": f"Balance: {origin.name}",
            "origin": origin,
            "findings": findings,
            "one": None if found is None else _one(origin.name, found),
            "series": None if series is None else _series(origin.name, series),
        },
    )


def pictures_of(found: Analysis, name: str) -> dict[str, Markup]:
    """Ring and matrix of a network by file stem; left out where it is too large."""
    g = found.graph
    sides = sides_of_partition(g, found.low.partition, found.freedom.free.tolist())
    drawn = {
        "ring": ring_picture(g, sides, f"Ties of {name} by faction"),
        "matrix": matrix_picture(g, sides, f"Matrix of {name} by faction"),
    }
    return {stem: picture for stem, picture in drawn.items() if picture}


def _one(name: str, found: Analysis) -> dict[str, object]:
    """What the page shows of one network."""
    g, optima = found.graph, found.optima
    known = found.low.proved
    return {
        "pictures": pictures_of(found, name),
        "too_large": (
            f"No picture: more than {MOST_RING} actors (ring) or {MOST_MATRIX} (matrix)."
        ),
        "factions": [
            [g.names[k] for k in np.flatnonzero(found.low.partition == side)]
            for side in (1, -1)
        ]
        if g.n <= MOST_ROWS
        else [],
        "sizes": [int((found.low.partition == side).sum()) for side in (1, -1)],
        "free": [g.names[k] for k in found.freedom.free.tolist()][:MOST_ROWS],
        "free_exact": found.freedom.exact,
        "always": _ties(g, optima.always.tolist()) if known else [],
        "sometimes": _ties(g, optima.sometimes.tolist()) if known else [],
        "triads": found.triads,
        "disputed_triads": found.disputed_triads,
        "nulls": [_null(null) for null in found.nulls],
        "together": together(found.nulls),
        "measures": None
        if found.measures is None
        else _measures(found, found.measures),
    }


def _ties(g: SignedGraph, positions: list[int]) -> list[dict[str, object]]:
    """Rows of ties."""
    rows: list[dict[str, object]] = []
    for k in positions[:MOST_ROWS]:
        i, j = g.ends[k].tolist()
        kind, mark = _MARK[int(g.sign[k])]
        rows.append(
            {"pair": f"{g.names[i]} and {g.names[j]}", "class": kind, "mark": mark}
        )
    return rows


def _null(null: Null) -> dict[str, object]:
    """Rows of a null."""
    compared = [null.frustration, *null.triads]
    return {
        "name": null.name,
        "sentence": null_sentence(null),
        "description": null.description,
        "rows": [
            {
                "quantity": each.quantity,
                "observed": f"{each.observed:g}",
                "mean": f"{each.mean:.4g}",
                "sd": f"{each.sd:.3g}",
                "z": "not defined" if each.z is None else f"{each.z:.1f}",
            }
            for each in compared
        ],
    }


def _measures(found: Analysis, measures: Measures) -> dict[str, object]:
    """Cycles, walks and actors."""
    g = found.graph
    own = measures.standing
    free = set(found.freedom.free.tolist())
    unfit = np.bincount(g.ends[found.low.frustrated].ravel(), minlength=g.n)
    order = np.lexsort((np.arange(g.n), -(own.friendly + own.hostile + own.disputed)))
    return {
        "cycles": [
            {
                "length": each.length,
                "total": each.total,
                "balanced": "" if each.balanced is None else f"{each.balanced:.3f}",
                "one": each.one_negative,
            }
            for each in measures.cycles
        ],
        "walks": measures.walks,
        "actors": [
            {
                "name": g.names[k],
                "faction": 1 if found.low.partition[k] > 0 else 2,
                "free": k in free,
                "friendly": int(own.friendly[k]),
                "hostile": int(own.hostile[k]),
                "unfit": int(unfit[k]),
                "pn": "" if own.pn is None else f"{own.pn[k]:.3f}",
                "eigen": "" if own.eigenvector is None else f"{own.eigenvector[k]:.3f}",
            }
            for k in order[:MOST_ROWS].tolist()
        ],
    }


def _series(name: str, series: Series) -> dict[str, object]:
    """What the page shows of a sequence."""
    arrivals: list[Passage | None] = [None, *series.passages]
    return {
        "picture": time_picture(series, f"Frustration index of {name} over time"),
        "rows": [
            {
                "label": moment.label,
                "actors": moment.graph.n,
                "ties": moment.graph.m,
                "hostile": int((moment.graph.sign < 0).sum()),
                "index": f"{moment.index.upper:g}"
                if moment.index.proved
                else f"[{moment.index.lower:g}, {moment.index.upper:g}]",
                "optima": f"{'' if moment.optima.settled else 'at least '}"
                f"{moment.optima.count}",
                "nulls": [
                    ""
                    if null.frustration.z is None or not null.has_power
                    else f"{null.frustration.z:.1f}"
                    for null in moment.nulls
                ],
                "moved": list(passage.moved) if passage else [],
                "shifts": [
                    f"{tie.one} and {tie.other} ({_turn(tie.before)} to "
                    f"{_turn(tie.after)}): {tie.share:+g}"
                    for tie in (passage.ties if passage else ())
                    if tie.share
                ],
                "changed": len(passage.ties) if passage else 0,
            }
            for moment, passage in zip(series.moments, arrivals, strict=True)
        ],
        "nulls": [null.name for null in series.moments[0].nulls]
        if series.moments
        else [],
    }


def _turn(sign: int | None) -> str:
    """Sign of a tie in a word."""
    return {1: "friendly", -1: "hostile", 0: "disputed", None: "no tie"}[sign]
