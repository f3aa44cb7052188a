"""Paths with signs, and the signs that walks can have."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.response.paths import open_loop_sign, path_signs
from tests.strategies.digraphs import signed_digraphs


@given(signed_digraphs(self_edges=True))
def test_paths_are_those_of_networkx(g: SignedDigraph) -> None:
    graph = nx.DiGraph(list(zip(g.tail.tolist(), g.head.tolist(), strict=True)))
    graph.add_nodes_from(range(g.n))
    for press in range(g.n):
        for target in range(g.n):
            if press == target:
                continue
            found = path_signs(g, press, target, most=10_000)
            assert found.complete
            expected = {tuple(p) for p in nx.all_simple_paths(graph, press, target)}
            assert {path.nodes for path in found.paths} == expected
            sizes = [len(path.edges) for path in found.paths]
            assert sizes == sorted(sizes)


@given(signed_digraphs(signs=(-1, 0, 1)))
def test_walk_signs_are_those_of_powers_of_the_matrix(g: SignedDigraph) -> None:
    up, down = np.zeros((2, g.n, g.n), dtype=int)
    for t, h, s in zip(g.tail, g.head, g.sign, strict=True):
        up[h, t] |= s >= 0
        down[h, t] |= s <= 0
    step = np.block([[up, down], [down, up]])
    reach = np.linalg.matrix_power(np.eye(2 * g.n, dtype=int) + step, 2 * g.n) > 0
    plus, minus = reach[: g.n, : g.n], reach[g.n :, : g.n]
    expected = np.where(plus & minus, 2, plus * 1 - minus * 1)
    assert (open_loop_sign(g) == expected).all()


def test_a_cut_list_of_paths_says_that_it_is_cut() -> None:
    names = ["Arda", "Brun", "Cor", "Dana", "Esk", "Fenn"]
    g = digraph([(a, b, 1) for a in names for b in names if a != b])
    assert not path_signs(g, 0, 1, most=3).complete
    assert not path_signs(g, 0, 1, max_length=2).complete
    assert path_signs(g, 0, 1, max_length=5).complete


def test_a_path_from_a_node_to_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="must differ"):
        path_signs(digraph([("Arda", "Brun", 1)]), 0, 0)
