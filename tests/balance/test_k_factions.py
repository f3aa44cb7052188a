"""Weak balance: any number of factions."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.balance.certificate import Proof
from cuibono.balance.frustration import frustration
from cuibono.balance.k_factions import weak_frustration
from cuibono.model.graph import SignedGraph, graph
from tests.balance.reference import signed_network
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


def test_more_factions_never_cost_more_and_are_kept_to() -> None:
    g = _large(3)
    found = [weak_frustration(g, most_factions=most) for most in (1, 2, 3, 4)]
    free = weak_frustration(g)
    prices = [item.upper for item in (*found, free)]
    assert prices == sorted(prices, reverse=True)
    assert all(item.proved for item in (*found, free))
    assert [item.partition.max() for item in found[:3]] == [0, 1, 2]
    assert found[1].upper == frustration(g).upper


def test_a_large_weakly_balanced_graph_is_proved() -> None:
    g = _large(3)
    blocs = np.array([int(name[1:]) % 3 for name in g.names])[g.ends]
    pure = np.where(blocs[:, 0] == blocs[:, 1], 1, -1).astype(np.int8)
    found = weak_frustration(g.with_sign(pure))
    assert (found.upper, found.proved, found.partition.max()) == (0, True, 2)


def test_no_factions_are_refused() -> None:
    with pytest.raises(ValueError, match="most_factions must be at least 1, got 0"):
        weak_frustration(_large(1), most_factions=0)


# Start year, least ties with any number of factions, and with three.
_WINDOWS = (
    ("1946_1949", 12, 13),
    ("1949_1952", 12, 12),
    ("1955_1958", 29, 30),
    ("1989_1992", 33, 33),
    ("1990_1993", 39, 39),
    ("1993_1996", 40, 41),
    ("1996_1999", 33, 34),
)


@pytest.mark.reference
@pytest.mark.parametrize(("window", "free", "three"), _WINDOWS)
def test_alliances_and_disputes_are_proved(window: str, free: int, three: int) -> None:
    """Correlates of War; Doreian and Mrvar (2015) plot twice the first figure."""
    g = signed_network(f"cow/cow_{window}.csv")
    found = weak_frustration(g)
    assert (found.lower, found.upper, found.proof) == (free, free, Proof.PACKING)
    limited = weak_frustration(g, most_factions=3)
    assert (limited.lower, limited.upper) == (three, three)


@pytest.mark.reference
@pytest.mark.parametrize(
    ("name", "least", "proof"),
    [
        ("tribes_read1954", 2, Proof.PACKING),
        ("convote_speeches", 18, Proof.PACKING),
        ("mapping_militants_2016", 28, Proof.PACKING),
        ("bio_egfr", 189, Proof.SEARCH),
        ("bio_macrophage", 316, Proof.SEARCH),
        ("congress/congress_S114", 66, Proof.PACKING),
    ],
)
def test_known_networks_are_proved(name: str, least: int, proof: Proof) -> None:
    found = weak_frustration(signed_network(f"{name}.csv"))
    assert (found.lower, found.upper, found.proof) == (least, least, proof)
