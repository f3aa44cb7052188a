"""Pictures of networks: every tie and name is there, signs by shape as well as colour."""

import defusedxml.ElementTree as SafeTree
import numpy as np

from cuibono.balance.analysis import analysed
from cuibono.balance.series import balance_over_time
from cuibono.model.graph import SignedGraph, graph
from cuibono.report.network_pictures import (
    MOST_MATRIX,
    MOST_RING,
    matrix_picture,
    ring_picture,
    sides_of_partition,
    tick_values,
)
from cuibono.report.time_picture import time_picture
from tests.balance.reference import signed_network

_SVG = "{http://www.w3.org/2000/svg}"
_NAMES = ("Arda & <Brun>", '"Cor"', "دانا", "Eske " + "x" * 40)


def _drawn() -> tuple[SignedGraph, str, str]:
    a, b, c, d = _NAMES
    g = graph([(a, b, 1), (a, c, 1), (b, c, -1), (c, d, 0)])
    sides = sides_of_partition(g, np.array([1, 1, 1, -1], dtype=np.int8), [3])
    return g, ring_picture(g, sides, "ring"), matrix_picture(g, sides, "matrix")


def test_names_in_any_script_survive_and_none_becomes_markup() -> None:
    _, ring, matrix = _drawn()
    for picture in (ring, matrix):
        root = SafeTree.fromstring(picture)
        told = "".join(root.itertext())
        for name in _NAMES[:3]:
            assert name in told
        assert "<Brun>" not in picture


def test_a_tie_that_does_not_fit_is_marked_and_said() -> None:
    _, ring, matrix = _drawn()
    assert ring.count("does not fit") == 1
    assert matrix.count("does not fit") == 2  # Both halves of the matrix.
    assert ring.count('class="edge minus frustrated"') == 1
    assert ring.count("side free") == 1


def test_the_matrix_tells_signs_by_shape() -> None:
    _, _, matrix = _drawn()
    assert matrix.count("<rect") == 2 * 2
    assert matrix.count("<circle") == 2
    assert matrix.count("open-cell") == 2


def test_every_actor_of_the_tribes_is_on_the_ring_apart_from_all_others() -> None:
    g = signed_network("tribes_read1954.csv")
    found = analysed(g)
    picture = ring_picture(g, sides_of_partition(g, found.low.partition), "tribes")
    root = SafeTree.fromstring(picture)
    dots = [
        (float(dot.get("cx") or 0), float(dot.get("cy") or 0))
        for dot in root.iter()
        if (dot.get("class") or "").startswith("dot")
    ]
    assert len(dots) == g.n
    apart = [np.hypot(a[0] - b[0], a[1] - b[1]) for a in dots for b in dots if a != b]
    assert min(apart) > 12


def test_what_is_too_large_is_not_drawn() -> None:
    names = [f"a{k}" for k in range(MOST_MATRIX + 2)]
    g = graph([(names[0], name, 1) for name in names[1:]])
    sides = sides_of_partition(g, np.ones(g.n, dtype=np.int8))
    assert MOST_RING < MOST_MATRIX
    assert not ring_picture(g, sides, "large")
    assert not matrix_picture(g, sides, "large")


def test_the_time_line_has_a_dot_a_period_and_a_band_a_null() -> None:
    ties = [("A", "B", 1), ("B", "C", 1), ("A", "C", -1), ("C", "D", -1), ("A", "D", 1)]
    periods = [("one", graph(ties[:3])), ("two <2>", graph(ties))]
    found = balance_over_time(periods, nulls=["shuffle", "stp"], draws=5)
    picture = time_picture(found, "over time")
    SafeTree.fromstring(picture)
    assert picture.count('class="dot"') == 2
    assert picture.count('class="band') == 2
    assert "two &lt;2&gt;" in picture


def test_ticks_reach_the_top_in_round_steps() -> None:
    assert tick_values(47) == [0, 10, 20, 30, 40, 50]
    assert tick_values(1) == [0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert tick_values(0)[0] == 0
