"""Stable whatever the strengths."""

import numpy as np
import pytest
from hypothesis import given, settings

from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.response.sign_stability import sign_stable
from tests.strategies.digraphs import signed_digraphs


def _largest_real(g: SignedDigraph) -> float:
    """Largest real part over random strengths, and over equal ones."""
    rng = np.random.default_rng(20260101)
    size = np.exp(rng.uniform(-4, 4, (400, g.m + g.n)))
    size[0] = 1.0
    a = np.zeros((400, g.n, g.n))
    for k in range(g.m):
        a[:, g.head[k], g.tail[k]] += g.sign[k] * size[:, k]
    for node in np.flatnonzero(g.self_limited):
        a[:, node, node] -= size[:, g.m + node]
    return float(np.linalg.eigvals(a).real.max())


@settings(deadline=None, max_examples=300)
@given(signed_digraphs(most_nodes=4, self_edges=True, limited=None))
def test_sign_stable_models_are_stable_and_others_are_not(g: SignedDigraph) -> None:
    largest = _largest_real(g)
    assert (largest < -1e-9) == sign_stable(g) or -1e-6 < largest < 0


def _chain(limited: str) -> SignedDigraph:
    edges = [("a", "b", 1), ("b", "c", 1), ("c", "d", 1), ("d", "e", 1)]
    edges += [(h, t, -1) for t, h, _ in edges]
    edges += [(name, name, -1) for name in limited]
    return digraph(edges, self_limitation=False)


@pytest.mark.parametrize(
    ("limited", "stable"),
    [("a", True), ("c", False), ("b", False), ("abcde", True), ("", False)],
)
def test_the_colour_test_decides_a_food_chain_of_five(
    limited: str, stable: bool
) -> None:
    """Jeffries's example: a limit in the middle leaves two halves that swing.

    With a limit on the second only, the determinant vanishes.
    """
    assert sign_stable(_chain(limited)) is stable


def test_an_uncertain_pair_that_carries_the_limit_excludes_it() -> None:
    edges = [("a", "b", 1), ("b", "a", -1), ("b", "b", -1)]
    certain = digraph(edges, self_limitation=False)
    doubtful = digraph(edges, group=[1, 1, 0], pair=[1, 1, 0], self_limitation=False)
    assert sign_stable(certain)
    assert not sign_stable(doubtful)


def test_open_signs_matter_only_inside_a_component() -> None:
    assert sign_stable(digraph([("a", "b", 0)]))
    assert not sign_stable(digraph([("a", "b", 0), ("b", "a", 1)]))


def test_too_many_choices_are_refused() -> None:
    edges = [("a", f"b{i}", 1) for i in range(13)]
    g = digraph(edges, group=[1] * 13, self_limitation=False)
    with pytest.raises(ValueError, match="13 sets of uncertain edges"):
        sign_stable(g)
