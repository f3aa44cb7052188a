"""Models that no strengths can make stable."""

import numpy as np
import pytest
from hypothesis import given, settings

from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.response.drawing import draw_ensemble
from cuibono.response.equilibrium import Reason, no_equilibrium
from cuibono.response.priors import PRIORS
from tests.response import reference
from tests.strategies.digraphs import signed_digraphs


@pytest.mark.parametrize(
    ("name", "node"), [("psot_alqaeda", "PSOT"), ("thucydides_trap", "WAR")]
)
def test_published_conflict_maps_have_none_because_of_one_edge(
    name: str, node: str
) -> None:
    g = reference.small_model(name)
    (found,) = no_equilibrium(g)
    assert found.nodes == (g.position(node),)
    assert found.reason is Reason.SELF_AMPLIFYING
    (loop,) = found.loops
    (edge,) = loop.edges
    assert g.tail[edge] == g.head[edge] == g.position(node)
    rng = np.random.default_rng(20260101)
    drawn = draw_ensemble(g, prior=PRIORS[0], draws=100, rng=rng)
    assert drawn.draws == 0
    assert drawn.blocks == ()
    assert drawn.no_equilibrium == (found,)
    assert drawn.stable_share == 0.0


def _random_matrices(g: SignedDigraph, count: int) -> np.ndarray:
    rng = np.random.default_rng(20260101)
    a = np.zeros((count, g.n, g.n))
    size = np.exp(rng.uniform(-5, 5, (count, g.m)))
    for k in range(g.m):
        sign = g.sign[k] if g.sign[k] else rng.choice([-1, 1], count)
        kept = rng.random(count) < 0.7 if g.group[k] else 1
        a[:, g.head[k], g.tail[k]] += sign * size[:, k] * kept
    for node in np.flatnonzero(g.self_limited):
        a[:, node, node] -= np.exp(rng.uniform(-5, 5, count))
    return a


@settings(deadline=None)
@given(signed_digraphs(self_edges=True, limited=None, uncertain=True, signs=(-1, 1, 0)))
def test_what_is_said_to_have_none_is_never_stable(g: SignedDigraph) -> None:
    if no_equilibrium(g):
        values = np.linalg.eigvals(_random_matrices(g, 200))
        assert (values.real.max(axis=1) >= -1e-9).all()


def test_reinforcing_loops_with_a_node_that_has_no_limit_are_named() -> None:
    edges = [("Arda", "Brun", 1), ("Brun", "Arda", 1), ("Brun", "Brun", 1)]
    (found,) = no_equilibrium(digraph(edges))
    assert found.reason is Reason.UNLIMITED_IN_REINFORCING
    assert [loop.nodes for loop in found.loops] == [(1,), (0, 1)]


def test_a_component_without_any_limit_is_named() -> None:
    edges = [("Arda", "Brun", 1), ("Brun", "Arda", -1)]
    (found,) = no_equilibrium(digraph(edges, self_limitation=False))
    assert found.reason is Reason.NO_LIMIT
    assert found.nodes == (0, 1)


def test_a_component_that_nothing_damps_is_named() -> None:
    """Two nodes hang on one that they could only be matched with one by one."""
    edges = [("hub", "hub", -1), ("hub", "a", 1), ("a", "hub", -1)]
    edges += [("hub", "b", 1), ("b", "hub", -1)]
    (found,) = no_equilibrium(digraph(edges, self_limitation=False))
    assert found.reason is Reason.NO_NET_DAMPING
    assert found.loops == ()


def test_a_doubtful_self_edge_leaves_it_open() -> None:
    assert no_equilibrium(digraph([("a", "a", 1), ("a", "a", -1)])) == ()
    assert no_equilibrium(digraph([("a", "a", 0)])) == ()
    assert len(no_equilibrium(digraph([("a", "a", 1)], group=[1]))) == 1
