"""Components, reachability and switching."""

import networkx as nx
import numpy as np
from hypothesis import given

from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.response.condensation import components, reachability, switching
from tests.strategies.digraphs import signed_digraphs


def _graph(g: SignedDigraph) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(g.n))
    graph.add_edges_from(zip(g.tail.tolist(), g.head.tolist(), strict=True))
    return graph


@given(signed_digraphs(most_nodes=8, self_edges=True))
def test_components_are_those_of_networkx_with_causes_first(g: SignedDigraph) -> None:
    found = components(g)
    expected = {frozenset(c) for c in nx.strongly_connected_components(_graph(g))}
    assert {frozenset(c) for c in found.members} == expected
    assert all(found.of[node] == c for c, ns in enumerate(found.members) for node in ns)
    assert (found.of[g.tail] <= found.of[g.head]).all()


@given(signed_digraphs(most_nodes=8, self_edges=True))
def test_reachability_is_indexed_by_effect_and_cause(g: SignedDigraph) -> None:
    reach = reachability(g)
    for node in range(g.n):
        expected = nx.descendants(_graph(g), node) | {node}
        assert set(np.flatnonzero(reach[:, node]).tolist()) == expected


def test_a_chain_of_a_thousand_nodes_needs_no_recursion() -> None:
    names = [f"node {i}" for i in range(1000)]
    edges = [(a, b, 1) for a, b in zip(names, names[1:] + names[:1], strict=True)]
    assert len(components(digraph(edges)).members) == 1


def test_switching_makes_every_edge_positive() -> None:
    g = digraph([("Arda", "Brun", -1), ("Brun", "Cor", 1), ("Cor", "Arda", -1)])
    side = switching((0, 1, 2), [0, 1, 2], g.tail, g.head, g.sign)
    assert side is not None
    for t, h, s in zip(g.tail.tolist(), g.head.tolist(), g.sign.tolist(), strict=True):
        assert side[t] * side[h] * s == 1


def test_an_unknown_sign_allows_no_switching() -> None:
    g = digraph([("Arda", "Brun", 0), ("Brun", "Arda", 1)])
    assert switching((0, 1), [0, 1], g.tail, g.head, g.sign) is None
