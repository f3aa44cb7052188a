"""The frustration index against its definition, its laws and misuse."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.balance.certificate import Frustration, Proof, check_certificate
from cuibono.balance.frustration import factions, frustration, frustration_range
from cuibono.model.graph import SignedGraph, graph
from tests.definitions import balance_brute as brute
from tests.strategies.graphs import signed_graphs

_MIXED = (0.0, 0.5, 1.0, 1.25, 0.1, 3.0)


def _complete(n: int, sign: int) -> SignedGraph:
    """Return all ties between n actors, with one sign."""
    names = [f"Actor {i}" for i in range(n)]
    return graph([(a, b, sign) for k, a in enumerate(names) for b in names[k + 1 :]])


@given(signed_graphs(most_actors=8))
@settings(max_examples=150, deadline=None)
def test_index_is_the_least_over_all_partitions(g: SignedGraph) -> None:
    found = frustration(g)
    assert found.proved
    assert found.upper == brute.frustration_index(g)


@given(signed_graphs(weights=_MIXED, disputed=True))
@settings(max_examples=80, deadline=None)
def test_weighted_index_leaves_disputed_ties_free(g: SignedGraph) -> None:
    found = frustration(g)
    assert found.proved
    assert found.upper == pytest.approx(brute.frustration_index(g))
    assert found.upper == pytest.approx(brute.least_index(g))


@given(signed_graphs(), st.data())
@settings(max_examples=40, deadline=None)
def test_switching_one_actor_leaves_the_index_unchanged(
    g: SignedGraph, data: st.DataObject
) -> None:
    """Reversing every tie of one actor swaps its side, nothing else."""
    actor = data.draw(st.integers(0, g.n - 1))
    touched = (g.ends == actor).any(axis=1)
    switched = g.with_sign(np.where(touched, -g.sign, g.sign))
    assert frustration(switched).upper == frustration(g).upper


@given(signed_graphs(weights=(1.0, 0.5)), st.data())
@settings(max_examples=40, deadline=None)
def test_renaming_actors_leaves_the_index_unchanged(
    g: SignedGraph, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(g.n)))
    ends = np.sort(np.array(order)[g.ends], axis=1).reshape(-1, 2)
    rows = np.lexsort((ends[:, 1], ends[:, 0]))
    renamed = SignedGraph(
        names=g.names, ends=ends[rows], sign=g.sign[rows], weight=g.weight[rows]
    )
    assert frustration(renamed).upper == frustration(g).upper


@given(signed_graphs())
@settings(max_examples=40, deadline=None)
def test_without_its_frustrated_ties_the_graph_is_balanced(g: SignedGraph) -> None:
    found = frustration(g)
    sign = g.sign.copy()
    sign[found.frustrated] = 0
    rest = frustration(g.with_sign(sign))
    assert rest.upper == 0
    assert rest.proof is Proof.BALANCED


@given(signed_graphs())
@settings(max_examples=40, deadline=None)
def test_first_actor_of_each_component_is_on_side_one(g: SignedGraph) -> None:
    assert tuple(frustration(g).partition.tolist()) in brute.optimal_splits(g)


@given(signed_graphs(most_actors=5, disputed=True))
@settings(max_examples=40, deadline=None)
def test_range_spans_all_choices_of_the_disputed_signs(g: SignedGraph) -> None:
    low, high = frustration_range(g)
    assert low.proved
    assert high.proved
    assert low.upper == brute.least_index(g)
    assert high.upper == brute.greatest_index(g)
    check_certificate(g, high)


def test_many_disputed_ties_give_a_bound_that_is_not_called_proved() -> None:
    g = _complete(7, 1).with_sign(np.array([-1] * 8 + [0] * 13, dtype=np.int8))
    low, high = frustration_range(g)
    assert high.upper == low.upper + 13
    assert not high.proved
    check_certificate(g, high)


@pytest.mark.parametrize(("actors", "index"), [(3, 1), (5, 4), (7, 9), (10, 20)])
def test_all_hostile_graph_frustrates_what_two_halves_leave(
    actors: int, index: int
) -> None:
    """Complete graphs: n(n-1)/2 less the greatest cut, floor(n^2 / 4)."""
    found = frustration(_complete(actors, -1))
    assert found.upper == index
    assert found.proved


def test_search_is_named_as_proof_where_cycles_do_not_suffice() -> None:
    """The cycle bound of 7 hostile actors is 21 / 3 = 7, the index is 9."""
    found = frustration(_complete(7, -1))
    assert found.proof is Proof.SEARCH
    assert sum(cycle.weight for cycle in found.cycles) == pytest.approx(7)


def test_a_stopped_search_gives_bounds_and_says_so() -> None:
    g = _complete(13, -1)
    found = frustration(g, most_nodes=0)
    assert not found.proved
    assert found.proof is Proof.BOUNDS
    assert found.lower < found.upper == 36


def test_negative_most_nodes_is_refused() -> None:
    with pytest.raises(ValueError, match="most_nodes must not be negative, got -1"):
        frustration(_complete(3, -1), most_nodes=-1)


def test_negative_weight_is_refused() -> None:
    g = graph([("Arda", "Brun", 1)], weights=[-2.0])
    with pytest.raises(ValueError, match="weight must be finite and not negative"):
        frustration(g)


def test_too_heavy_weights_are_refused() -> None:
    g = graph([("Arda", "Brun", 1)], weights=[2e9])
    with pytest.raises(ValueError, match="sum to at most 1e9"):
        frustration(g)


def test_graph_without_ties_is_balanced() -> None:
    found = frustration(graph([], names=("Arda", "Brun")))
    assert (found.upper, found.proof) == (0, Proof.BALANCED)
    assert factions(found.partition) == ((0, 1), ())


def test_factions_refuse_a_side_that_is_none() -> None:
    with pytest.raises(ValueError, match="partition must have a 1 or -1"):
        factions(np.array([1, 0], dtype=np.int8))


def test_same_graph_gives_the_same_answer() -> None:
    g = _complete(8, -1)
    first, second = frustration(g), frustration(g)
    assert first.partition.tolist() == second.partition.tolist()
    assert first.cycles == second.cycles


def _certified() -> tuple[SignedGraph, Frustration]:
    """Return two negative triangles that share a tie, and their index."""
    g = graph(
        [
            ("Arda", "Brun", -1),
            ("Arda", "Cor", 1),
            ("Brun", "Cor", 1),
            ("Brun", "Dana", -1),
            ("Cor", "Dana", -1),
            ("Arda", "Dana", -1),
            ("Dana", "Esk", 1),
        ]
    )
    return g, frustration(g)


def test_checker_accepts_what_holds() -> None:
    g, found = _certified()
    assert found.proof is Proof.PACKING
    check_certificate(g, found)


def test_checker_rejects_a_tampered_partition() -> None:
    g, found = _certified()
    for actor in range(g.n):
        partition = found.partition.copy()
        partition[actor] *= -1
        with pytest.raises(ValueError, match="frustrated is not what"):
            check_certificate(g, replace(found, partition=partition))


def test_checker_rejects_a_side_that_is_none() -> None:
    g, found = _certified()
    with pytest.raises(ValueError, match="1 or -1 for each actor"):
        check_certificate(g, replace(found, partition=found.partition * 0))


def test_checker_rejects_a_tampered_upper_bound() -> None:
    g, found = _certified()
    with pytest.raises(ValueError, match="the partition costs"):
        check_certificate(g, replace(found, upper=found.upper - 1))


def test_checker_rejects_a_tampered_lower_bound() -> None:
    g, found = _certified()
    with pytest.raises(ValueError, match="proved is True"):
        check_certificate(g, replace(found, lower=found.lower - 1))
    with pytest.raises(ValueError, match="the cycles carry"):
        check_certificate(g, replace(found, lower=found.lower - 1, proved=False))
    with pytest.raises(ValueError, match="above upper"):
        check_certificate(g, replace(found, lower=found.upper + 1, proved=False))


def test_checker_rejects_a_missing_cycle() -> None:
    g, found = _certified()
    with pytest.raises(ValueError, match="the cycles carry 0"):
        check_certificate(g, replace(found, cycles=()))


def test_checker_rejects_a_cycle_that_is_none() -> None:
    g, found = _certified()
    cycle = found.cycles[0]
    for ties in (cycle.ties[:-1], cycle.ties[:-1] + cycle.ties[:1], (0, 1, 6), (99,)):
        broken = (replace(cycle, ties=ties), *found.cycles[1:])
        with pytest.raises(ValueError, match="are not a cycle"):
            check_certificate(g, replace(found, cycles=broken))


def test_checker_rejects_a_positive_cycle() -> None:
    g = graph([("Arda", "Brun", 1), ("Arda", "Cor", 1), ("Brun", "Cor", -1)])
    found = frustration(g)
    balanced = g.with_sign(np.array([1, 1, 1], dtype=np.int8))
    with pytest.raises(ValueError, match="tie 2 has another sign"):
        check_certificate(balanced, found)
    claimed = replace(frustration(balanced), cycles=found.cycles, proof=Proof.PACKING)
    with pytest.raises(ValueError, match="is not negative"):
        check_certificate(balanced, claimed)


def test_checker_rejects_an_overloaded_tie() -> None:
    g, found = _certified()
    heavy = tuple(replace(c, weight=c.weight + 1) for c in found.cycles)
    with pytest.raises(ValueError, match="carries more than its weight"):
        check_certificate(g, replace(found, cycles=heavy))
    empty = tuple(replace(c, weight=0.0) for c in found.cycles)
    with pytest.raises(ValueError, match="must carry a positive weight"):
        check_certificate(g, replace(found, cycles=empty))


def test_checker_rejects_another_shape() -> None:
    g, found = _certified()
    with pytest.raises(ValueError, match="must have shapes"):
        check_certificate(g, replace(found, partition=found.partition[:-1]))
