"""Degree of balance and the null of shuffled signs."""

import numpy as np
import pytest
from hypothesis import given, settings

from cuibono.balance.degree import degree_of_balance
from cuibono.balance.nulls import sign_shuffle_null
from cuibono.model.graph import SignedGraph, graph
from tests.definitions import balance_brute as brute
from tests.strategies.graphs import signed_graphs

_TWO_BLOCS = graph(
    [
        ("Arda", "Brun", 1),
        ("Arda", "Cor", 1),
        ("Brun", "Cor", 1),
        ("Dana", "Esk", 1),
        ("Dana", "Fenn", 1),
        ("Esk", "Fenn", 1),
        ("Arda", "Dana", -1),
        ("Brun", "Dana", -1),
        ("Brun", "Esk", -1),
        ("Cor", "Fenn", -1),
        ("Cor", "Gol", 0),
    ]
)


@given(signed_graphs(disputed=True))
@settings(max_examples=40, deadline=None)
def test_degree_is_one_less_twice_the_frustrated_share(g: SignedGraph) -> None:
    found, stated = degree_of_balance(g), int((g.sign != 0).sum())
    if stated:
        assert found.line == 1 - 2 * brute.frustration_index(g) / stated
    else:
        assert found.line is None
    assert (found.triangle is None) == (
        not any(0 not in signs for _, _, _, signs in brute.triads(g))
    )


def test_two_blocs_are_more_balanced_than_shuffled_signs() -> None:
    null = sign_shuffle_null(_TWO_BLOCS, draws=60, rng=np.random.default_rng(7))
    assert null.frustration.observed == 0
    assert null.frustration.z is not None
    assert null.frustration.z < -1
    assert [c.observed for c in null.triads] == [2, 0, 2, 0]
    assert "60 draws" in null.description


def test_same_seed_gives_the_same_null() -> None:
    first, second = (
        sign_shuffle_null(_TWO_BLOCS, draws=5, rng=np.random.default_rng(7))
        for _ in range(2)
    )
    assert first == second


def test_a_null_without_freedom_gives_no_z() -> None:
    g = graph([("Arda", "Brun", -1), ("Arda", "Cor", -1), ("Brun", "Cor", -1)])
    null = sign_shuffle_null(g, draws=3, rng=np.random.default_rng(0))
    assert (null.frustration.sd, null.frustration.z) == (0, None)


def test_one_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="draws must be at least 2, got 1"):
        sign_shuffle_null(_TWO_BLOCS, draws=1, rng=np.random.default_rng(0))
