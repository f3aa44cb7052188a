"""All optimal partitions, and what reversing a tie does to the index."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings

from cuibono.balance.flips import balancing_flips
from cuibono.balance.frustration import frustration
from cuibono.balance.optima import optimal_partitions
from cuibono.model.graph import SignedGraph, graph
from tests.definitions import balance_brute as brute
from tests.strategies.graphs import signed_graphs


def _ring(actors: int) -> SignedGraph:
    """Return a ring with one hostile tie: as many optima as ties."""
    names = [f"Actor {i:02}" for i in range(actors)]
    ring = [(a, b, 1) for a, b in pairwise(names)]
    return graph([*ring, (names[0], names[-1], -1)])


@given(signed_graphs(disputed=True))
@settings(max_examples=80, deadline=None)
def test_optima_are_those_of_the_definition(g: SignedGraph) -> None:
    found = optimal_partitions(g, most=1000)
    assert found.complete
    listed = [tuple(row) for row in found.partitions.tolist()]
    assert len(set(listed)) == len(listed) == found.count
    assert set(listed) == brute.optimal_splits(g)


@given(signed_graphs(weights=(0.5, 1.0, 2.0)))
@settings(max_examples=40, deadline=None)
def test_each_tie_stands_as_the_optima_frustrate_it(g: SignedGraph) -> None:
    found = optimal_partitions(g, most=1000)
    for tie, (i, j) in enumerate(g.ends.tolist()):
        hits = found.partitions[:, i] * found.partitions[:, j] != g.sign[tie]
        groups = (hits.all(), hits.any() and not hits.all(), not hits.any())
        standing = (found.always, found.sometimes, found.never)
        assert tuple(tie in group for group in standing) == groups


def test_more_optima_than_asked_for_are_not_called_complete() -> None:
    found = optimal_partitions(_ring(9), most=4)
    assert (len(found.partitions), found.complete, found.settled) == (4, False, False)


def test_as_many_optima_as_asked_for_are_called_complete() -> None:
    found = optimal_partitions(_ring(9), most=9)
    assert (found.count, found.complete, len(found.sometimes)) == (9, True, 9)


def test_combinations_of_separate_parts_are_settled_without_listing_all() -> None:
    """Two rings that meet in one actor: 5 times 5 optima, each ring known."""
    first, second = _ring(5), _ring(5)
    shift = np.where(second.ends == 0, 0, second.ends + 4)
    g = SignedGraph(
        names=tuple("ABCDEFGHI"),
        ends=np.concatenate([first.ends, shift]),
        sign=np.concatenate([first.sign, second.sign]),
        weight=np.ones(10),
    )
    found = optimal_partitions(g, most=8)
    assert (found.count, found.settled, found.complete) == (25, True, False)
    assert len(found.partitions) == 8


def test_fewer_than_one_optimum_is_refused() -> None:
    with pytest.raises(ValueError, match="most must be at least 1, got 0"):
        optimal_partitions(_ring(3), most=0)


@given(signed_graphs(most_actors=6, weights=(0.5, 1.0)))
@settings(max_examples=25, deadline=None)
def test_change_of_a_flip_is_the_difference_of_two_indices(g: SignedGraph) -> None:
    flips = balancing_flips(g)
    assert sorted(flip.tie for flip in flips) == list(range(g.m))
    assert [flip.change for flip in flips] == sorted(flip.change for flip in flips)
    index = brute.frustration_index(g)
    for flip in flips:
        sign = g.sign.copy()
        sign[flip.tie] *= -1
        assert flip.change == brute.frustration_index(g.with_sign(sign)) - index


def test_a_large_graph_lists_only_the_flips_that_help() -> None:
    g = _ring(6)
    assert all(flip.change == -1 for flip in balancing_flips(g, most_ties=5))
    balanced = g.with_sign(np.ones(6, dtype=np.int8))
    assert frustration(balanced).upper == 0
    assert balancing_flips(balanced, most_ties=5) == ()
