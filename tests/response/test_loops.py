"""Loops, their signs, and what kinds a component has."""

import networkx as nx
import pytest
from hypothesis import given

from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.response.condensation import components
from cuibono.response.loops import LoopBalance, loop_balance, loops
from tests.strategies.digraphs import signed_digraphs


def _by_networkx(g: SignedDigraph) -> set[tuple[int, ...]]:
    """Loops as edge indices, begun at the lowest node."""
    graph = nx.MultiDiGraph()
    at: dict[tuple[int, int], list[int]] = {}
    for k, pair in enumerate(zip(g.tail.tolist(), g.head.tolist(), strict=True)):
        at.setdefault(pair, []).append(k)
    graph = nx.DiGraph(list(at))
    found: set[tuple[int, ...]] = set()
    for cycle in nx.simple_cycles(graph):
        low = cycle.index(min(cycle))
        nodes = cycle[low:] + cycle[:low]
        chains: list[tuple[int, ...]] = [()]
        for pair in zip(nodes, nodes[1:] + nodes[:1], strict=True):
            chains = [(*chain, k) for chain in chains for k in at[pair]]
        found |= set(chains)
    return found


@given(signed_digraphs(self_edges=True, disputed=True, signs=(-1, 0, 1)))
def test_loops_are_those_of_networkx(g: SignedDigraph) -> None:
    found = loops(g, max_length=5, most=100_000)
    assert found.complete
    assert {loop.edges for loop in found.loops} == _by_networkx(g)
    keys = [(len(loop.nodes), loop.nodes) for loop in found.loops]
    assert keys == sorted(keys)


@given(signed_digraphs(self_edges=True))
def test_the_kind_of_a_component_is_that_of_its_loops(g: SignedDigraph) -> None:
    listed = loops(g, max_length=5, most=100_000).loops
    from_loops: dict[int, set[int]] = {}
    kinds = loop_balance(g)
    of = {}
    for c, members in enumerate(components(g).members):
        of.update(dict.fromkeys(members, c))
    for loop in listed:
        from_loops.setdefault(of[loop.nodes[0]], set()).add(loop.sign)
    expected = {
        frozenset(): LoopBalance.NO_LOOP,
        frozenset({1}): LoopBalance.REINFORCING,
        frozenset({-1}): LoopBalance.BALANCING,
        frozenset({1, -1}): LoopBalance.MIXED,
    }
    for c, kind in enumerate(kinds):
        assert kind is expected[frozenset(from_loops.get(c, set()))]


def test_a_disputed_tie_gives_a_loop_for_each_sign() -> None:
    g = digraph([("Arda", "Brun", 1), ("Arda", "Brun", -1), ("Brun", "Arda", 1)])
    found = loops(g).loops
    assert sorted(loop.sign for loop in found) == [-1, 1]
    assert all(loop.disputed for loop in found)
    assert loop_balance(g) == (LoopBalance.MIXED,)


def test_an_unknown_sign_gives_a_loop_of_unknown_sign() -> None:
    found = loops(digraph([("Arda", "Brun", 0), ("Brun", "Arda", 1)])).loops
    assert [loop.sign for loop in found] == [0]


def test_a_cut_list_says_that_it_is_cut() -> None:
    names = ["Arda", "Brun", "Cor", "Dana", "Esk", "Fenn"]
    g = digraph([(a, b, 1) for a in names for b in names if a != b])
    assert not loops(g, most=20).complete
    assert len(loops(g, most=20).loops) == 20
    assert not loops(g, max_length=3).complete
    assert loops(g, max_length=6).complete


def test_bounds_below_one_are_refused() -> None:
    with pytest.raises(ValueError, match="bounds must be 1 or more"):
        loops(digraph([("Arda", "Brun", 1)]), most=0)
