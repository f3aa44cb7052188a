"""Weak balance: any number of factions."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.balance.frustration import frustration
from cuibono.balance.k_factions import weak_frustration
from cuibono.model.graph import SignedGraph, graph
from tests.definitions import balance_brute as brute
from tests.strategies.graphs import signed_graphs


@given(signed_graphs(most_actors=6, disputed=True, weights=(0.5, 1.0)))
@settings(max_examples=50, deadline=None)
def test_index_is_the_least_over_all_clusterings(g: SignedGraph) -> None:
    found = weak_frustration(g)
    assert found.proved
    assert found.upper == brute.weak_index(g, g.n)


@given(signed_graphs(most_actors=6), st.integers(1, 4))
@settings(max_examples=50, deadline=None)
def test_limited_index_is_the_least_over_so_many_factions(
    g: SignedGraph, most: int
) -> None:
    found = weak_frustration(g, most_factions=most)
    assert found.proved
    assert found.upper == brute.weak_index(g, most)
    assert found.partition.max() < most


@given(signed_graphs(most_actors=9))
@settings(max_examples=30, deadline=None)
def test_two_factions_give_the_frustration_index(g: SignedGraph) -> None:
    assert weak_frustration(g, most_factions=2).upper == frustration(g).upper


@given(signed_graphs(most_actors=9))
@settings(max_examples=30, deadline=None)
def test_frustrated_ties_are_negative_within_and_positive_between(
    g: SignedGraph,
) -> None:
    found = weak_frustration(g)
    together = found.partition[g.ends[:, 0]] == found.partition[g.ends[:, 1]]
    wrong = np.flatnonzero(together != (g.sign > 0))
    assert found.frustrated.tolist() == wrong.tolist()
    assert found.upper == len(wrong)


def _large(seed: int) -> SignedGraph:
    """Return 30 actors in three blocs that are hostile to each other, with noise."""
    rng = np.random.default_rng(seed)
    ties = []
    for i, j in combinations(range(30), 2):
        if rng.random() < 0.5:
            sign = 1 if i % 3 == j % 3 else -1
            ties.append((f"A{i}", f"A{j}", -sign if rng.random() < 0.1 else sign))
    return graph(ties)


def test_a_large_component_gets_bounds_and_keeps_to_its_limit() -> None:
    g = _large(3)
    found = weak_frustration(g)
    assert not found.proved
    assert 0 < found.lower < found.upper <= frustration(g).upper
    assert weak_frustration(g, most_factions=2).upper >= frustration(g).upper
    assert weak_frustration(g, most_factions=1).partition.max() == 0


def test_a_large_weakly_balanced_graph_is_proved() -> None:
    g = _large(3)
    blocs = np.array([int(name[1:]) % 3 for name in g.names])[g.ends]
    pure = np.where(blocs[:, 0] == blocs[:, 1], 1, -1).astype(np.int8)
    found = weak_frustration(g.with_sign(pure))
    assert (found.upper, found.proved, found.partition.max()) == (0, True, 2)


def test_no_factions_are_refused() -> None:
    with pytest.raises(ValueError, match="most_factions must be at least 1, got 0"):
        weak_frustration(_large(1), most_factions=0)
