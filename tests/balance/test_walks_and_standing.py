"""Cycles by sign, closed walks, centralities and free sides, against definitions."""

from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from cuibono.balance.closed_walks import adjacency, walk_balance
from cuibono.balance.optima import optimal_partitions
from cuibono.balance.parts import connected_parts, nearest_sides
from cuibono.balance.semicycles import CycleCount, signed_cycles, weighted_balance
from cuibono.balance.standing import free_actors, standing
from cuibono.model.graph import SignedGraph, graph
from tests.balance.reference import signed_network

_SMALL = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from((1, 1, -1, 0))),
    min_size=1,
    max_size=16,
)


def _graph(rows: list[tuple[int, int, int]]) -> SignedGraph:
    ties = {(min(a, b), max(a, b)): sign for a, b, sign in rows if a != b}
    names = tuple(f"a{k}" for k in range(7))
    return graph(
        [(f"a{a}", f"a{b}", sign) for (a, b), sign in ties.items()], names=names
    )


@given(_SMALL)
@settings(max_examples=60, deadline=None)
def test_cycles_are_those_of_a_plain_enumeration(
    rows: list[tuple[int, int, int]],
) -> None:
    g = _graph(rows)
    matrix = adjacency(g)
    counted = {each.length: each.by_negatives for each in signed_cycles(g, longest=6)}
    for length in range(3, 7):
        expected = [0] * (length + 1)
        for ring in permutations(range(g.n), length):
            signs = [matrix[a, b] for a, b in zip(ring, ring[1:] + ring[:1])]  # noqa: B905
            if ring[0] == min(ring) and ring[1] < ring[-1] and all(signs):
                expected[sum(sign < 0 for sign in signs)] += 1
        assert counted[length] == tuple(expected)


def test_cycles_of_the_tribes_hold_the_published_triads() -> None:
    found = signed_cycles(signed_network("tribes_read1954.csv"), longest=4)
    assert found[0].by_negatives == (19, 2, 40, 7)
    assert round(found[0].balanced or 0, 7) == 0.8676471


def test_a_length_that_takes_too_long_is_left_out_with_all_longer_ones() -> None:
    g = signed_network("tribes_read1954.csv")
    assert [each.length for each in signed_cycles(g, longest=7, most_steps=5000)] == [3]
    with pytest.raises(ValueError, match="longest must be at least 3"):
        signed_cycles(g, longest=2)


def test_the_weight_of_long_cycles_shrinks() -> None:
    counts = (
        CycleCount(length=3, by_negatives=(1, 0, 0, 0)),
        CycleCount(length=4, by_negatives=(0, 1, 0, 0, 0)),
    )
    assert weighted_balance(counts, shrink=3.0) == pytest.approx(0.75)
    assert weighted_balance((), shrink=3.0) is None
    assert counts[1].one_negative == 1
    with pytest.raises(ValueError, match="shrink"):
        weighted_balance(counts, shrink=1.0)


def test_walk_balance_of_the_tribes_is_that_of_the_peer() -> None:
    # signnet 1.0 prints 0.3575761 for method = "walk" on these data.
    found = walk_balance(signed_network("tribes_read1954.csv"))
    assert found is not None
    assert round(found.whole, 7) == 0.3575761
    assert "hubs dominate" in found.warning


@given(_SMALL)
@settings(max_examples=40, deadline=None)
def test_walk_balance_is_the_ratio_of_traces(rows: list[tuple[int, int, int]]) -> None:
    g = _graph(rows)
    found = walk_balance(g)
    if not g.sign.any():
        assert found is None
        return
    assert found is not None
    matrix = adjacency(g)
    whole = np.trace(expm(matrix)) / np.trace(expm(np.abs(matrix)))
    assert found.whole == pytest.approx(whole, abs=1e-9)
    for k, value in found.by_length:
        power = np.linalg.matrix_power
        expected = np.trace(power(matrix, k)) / np.trace(power(np.abs(matrix), k))
        assert value == pytest.approx(expected, abs=1e-7)


def test_centralities_are_those_that_the_peer_prints() -> None:
    # The example of signnet's vignette on centrality, with its printed results.
    ties = [(0, 1, 1), (0, 3, 1), (0, 7, -1), (0, 8, -1), (1, 2, 1), (1, 3, -1)]
    ties += [(1, 4, 1), (1, 5, -1), (1, 6, -1), (2, 3, 1), (2, 4, -1), (2, 8, -1)]
    ties += [(3, 4, 1), (3, 5, -1), (3, 6, -1), (4, 5, 1), (4, 7, -1), (4, 9, -1)]
    ties += [(5, 6, 1), (5, 8, 1), (5, 9, -1), (6, 7, 1), (6, 8, -1), (6, 9, 1)]
    ties += [(7, 8, 1), (8, 9, 1)]
    names = tuple(f"a{k}" for k in range(10))
    g = graph([(f"a{i}", f"a{j}", sign) for i, j, sign in ties], names=names)
    found = standing(g)
    assert found.pn is not None
    assert found.eigenvector is not None
    assert found.pn.round(7).tolist() == [
        *(0.9009747, 0.8613482, 0.9076997, 0.8613482, 0.8410658),
        *(0.8496558, 0.8617321, 0.9015909, 0.8509848, 0.9072930),
    ]
    assert np.abs(found.eigenvector).round(8).tolist() == [
        *(0.62214960, 1.0, 0.74518850, 1.0, 0.89990041),
        *(0.64289592, 0.35828159, 0.37471921, 0.28087411, 0.07834568),
    ]
    assert (found.friendly == found.hostile).all()


def test_no_eigenvector_is_told_where_no_eigenvalue_stands_out() -> None:
    assert standing(graph([("A", "B", 1)])).eigenvector is None


@given(_SMALL)
@settings(max_examples=40, deadline=None)
def test_parts_are_the_connected_ones(rows: list[tuple[int, int, int]]) -> None:
    g = _graph(rows)
    plain = nx.Graph()
    plain.add_nodes_from(range(g.n))
    plain.add_edges_from(g.ends[g.sign != 0].tolist())
    part = connected_parts(g)
    found = {frozenset(np.flatnonzero(part == k).tolist()) for k in set(part.tolist())}
    assert found == {frozenset(each) for each in nx.connected_components(plain)}
    size = np.bincount(part)
    assert (np.diff(size) <= 0).all()


def test_turning_a_whole_part_is_no_move() -> None:
    sides = np.array([1, -1, 1, 1], dtype=np.int8)
    wanted = np.array([-1, 1, 0, 1], dtype=np.int8)
    turned, moves = nearest_sides(sides, wanted, np.array([0, 0, 0, 1]))
    assert turned.tolist() == [-1, 1, -1, 1]
    assert moves == 0


@given(_SMALL)
@settings(max_examples=60, deadline=None)
def test_free_actors_part_from_the_largest_group_in_some_optimum(
    rows: list[tuple[int, int, int]],
) -> None:
    g = _graph(rows)
    optima = optimal_partitions(g, most=500)
    found = free_actors(g, optima)
    assert found.exact == optima.complete
    part = connected_parts(g)
    for label in set(part.tolist()):
        members: list[int] = np.flatnonzero(part == label).tolist()
        kept = [k for k in members if k not in found.free.tolist()]
        first = kept[0]
        for k in members:
            together = optima.partitions[:, k] * optima.partitions[:, first]
            assert (abs(together.sum()) == len(together)) == (k in kept)
