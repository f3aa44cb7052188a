"""The signed digraph: its records are whole, frozen, and refuse what does not fit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.model.digraph import SignedDigraph, digraph
from tests.strategies.digraphs import signed_digraphs

PAIR = digraph([("Arda", "Brun", 1), ("Brun", "Arda", -1)], claims=(("c1",), ("c2",)))


def rebuilt(**change: object) -> SignedDigraph:
    """Digraph of a pair with some of its fields changed."""
    fields = {name: getattr(PAIR, name) for name in PAIR.__slots__}
    return SignedDigraph(**(fields | change))


@pytest.mark.parametrize("name", ["tail", "head", "group", "pair", "disputed"])
def test_an_array_of_another_length_is_refused(name: str) -> None:
    """One entry for each edge."""
    short = np.zeros(1, dtype=getattr(PAIR, name).dtype)
    with pytest.raises(ValueError, match=rf"{name} must have shape \(2,\), got \(1,\)"):
        rebuilt(**{name: short})


def test_self_limits_and_claims_of_another_length_are_refused() -> None:
    """One for each node, one for each edge."""
    with pytest.raises(ValueError, match="self_limited must have one entry for each"):
        rebuilt(self_limited=np.ones(3, dtype=np.bool_))
    with pytest.raises(ValueError, match="claims must have 2 entries, got 1"):
        rebuilt(claims=(("c1",),))


@pytest.mark.parametrize("sign", [2, -2])
def test_a_sign_that_is_none_is_refused(sign: int) -> None:
    """1, -1 or 0."""
    with pytest.raises(ValueError, match=f"sign must be 1, -1 or 0, got {sign}"):
        digraph([("Arda", "Brun", sign)])


def test_the_same_edge_twice_is_refused() -> None:
    """Claims gather behind one edge instead."""
    with pytest.raises(ValueError, match="edge Arda -> Brun is given twice"):
        digraph([("Arda", "Brun", 1), ("Arda", "Brun", 1)])


def test_a_position_is_found_by_name() -> None:
    """A name that is not there is told."""
    assert PAIR.position("Brun") == 1
    with pytest.raises(ValueError, match="no node 'Cor' in this model"):
        PAIR.position("Cor")


def test_arrays_cannot_be_changed() -> None:
    """A record is frozen, and so is what it holds."""
    with pytest.raises(ValueError, match="read-only"):
        PAIR.sign[0] = -1


def test_both_signs_on_an_ordered_pair_are_disputed_together() -> None:
    """Each pair under a number of its own; a self-edge replaces the assumed limit."""
    edges = [
        ("a", "b", 1),
        ("a", "b", -1),
        ("b", "a", 1),
        ("c", "c", 1),
        ("c", "c", -1),
    ]
    graph = digraph(edges)
    assert graph.disputed.tolist() == [1, 1, 0, 2, 2]
    assert graph.self_limited.tolist() == [True, True, False]
    assert not digraph(edges, self_limitation=False).self_limited.any()


@settings(deadline=None)
@given(signed_digraphs(disputed=True, self_edges=True, uncertain=True), st.data())
def test_dropped_edges_are_gone_and_the_rest_is_as_it_was(
    graph: SignedDigraph, data: st.DataObject
) -> None:
    """A tie whose other sign is dropped is no longer disputed."""
    m = graph.m
    drop = np.array(
        data.draw(st.lists(st.booleans(), min_size=m, max_size=m)), dtype=np.bool_
    )
    left = graph.without_edges(drop)
    keep = np.flatnonzero(~drop)
    assert left.names == graph.names and left.m == len(keep)
    for name in ("tail", "head", "sign", "group", "pair"):
        assert np.array_equal(getattr(left, name), getattr(graph, name)[keep])
    for place, k in enumerate(keep):
        number = graph.disputed[k]
        both = number and (graph.disputed[keep] == number).sum() == 2
        assert left.disputed[place] == (number if both else 0)
    assert np.array_equal(left.self_limited, graph.self_limited)


def test_claims_go_with_their_edges() -> None:
    """A digraph without claims stays without."""
    drop = np.array([True, False])
    assert PAIR.without_edges(drop).claims == (("c2",),)
    bare = digraph([("Arda", "Brun", 1), ("Brun", "Arda", -1)])
    assert bare.without_edges(drop).claims == ()
    assert PAIR.n == 2 and PAIR.m == 2
