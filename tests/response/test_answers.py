"""Responses, and what withdrawing, reversing or holding does to them."""

import numpy as np
import pytest
from hypothesis import given, settings

from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.response.answers import (
    response_matrix,
    responses,
    responses_flipped,
    responses_without,
    sign_shares,
    stable_clamped,
    stable_flipped,
    stable_without,
)
from cuibono.response.condensation import reachability
from cuibono.response.drawing import draw_ensemble
from cuibono.response.priors import PRIORS
from cuibono.response.records import Ensemble
from tests.response.matrices import matrices, stable
from tests.strategies.digraphs import signed_digraphs

GRAPHS = signed_digraphs(
    most_nodes=6, self_edges=True, disputed=True, uncertain=True, signs=(-1, 0, 1)
)


def _drawn(g: SignedDigraph, draws: int = 30) -> Ensemble:
    rng = np.random.default_rng(20260101)
    return draw_ensemble(g, prior=PRIORS[0], draws=draws, rng=rng, most_tries=3000)


@settings(deadline=None)
@given(GRAPHS)
def test_responses_are_minus_the_inverse(g: SignedDigraph) -> None:
    drawn = _drawn(g)
    values = response_matrix(drawn)
    expected = -np.linalg.inv(matrices(drawn))
    scale = np.abs(expected).max(axis=(1, 2), keepdims=True, initial=1.0)
    assert (np.abs(values - expected) <= 1e-8 * scale).all()
    assert (values[:, ~reachability(g)] == 0.0).all()
    push = np.linspace(-1, 1, g.n)
    together = responses(drawn, push)
    assert np.allclose(together, values @ push, rtol=1e-6, atol=1e-6 * scale[:, 0])


def test_orientation_is_effect_by_cause() -> None:
    drawn = _drawn(digraph([("cause", "effect", -1)]))
    values = response_matrix(drawn)
    assert (values[:, 1, 0] < 0).all()
    assert (values[:, 0, 1] == 0).all()
    assert (responses(drawn, {0: 1.0})[:, 1] < 0).all()


def test_zeros_follow_the_edges_of_each_draw() -> None:
    g = digraph([("a", "b", 1), ("b", "c", 1), ("c", "b", 1)], group=[1, 0, 0])
    drawn = _drawn(g, 400)
    absent = drawn.weights[:, 0] == 0
    assert 0 < absent.sum() < 400
    values = responses(drawn, {0: 1.0})
    assert (values[absent, 1:] == 0.0).all()
    assert (values[~absent, 1:] > 0.0).all()


@settings(deadline=None)
@given(GRAPHS)
def test_withdrawing_edges_is_what_a_smaller_matrix_says(g: SignedDigraph) -> None:
    drawn = _drawn(g)
    for edges in ([], [0], list(range(0, g.m, 2))):
        if g.m == 0 and edges:
            continue
        weights = drawn.weights.copy()
        weights[:, edges] = 0
        _same(drawn, weights, stable_without(drawn, edges))
        moved = responses_without(drawn, edges, {0: 1.0})
        _same_response(drawn, weights, moved)
        weights = drawn.weights.copy()
        weights[:, edges] *= -1
        _same(drawn, weights, stable_flipped(drawn, edges))
        _same_response(drawn, weights, responses_flipped(drawn, edges, {0: 1.0}))


def _same(drawn: Ensemble, weights: np.ndarray, found: np.ndarray) -> None:
    """Stability as found is that of the matrices, but for the very edge."""
    a = matrices(drawn, weights)
    edge = np.abs(np.linalg.eigvals(a).real.max(axis=1)) < 1e-9
    assert ((found == stable(a)) | edge).all()


def _same_response(drawn: Ensemble, weights: np.ndarray, found: np.ndarray) -> None:
    """Responses to a press on the first node are those of the matrices."""
    a = matrices(drawn, weights)
    sound = np.abs(np.linalg.det(a)) > 1e-9
    expected = -np.linalg.inv(a[sound])[:, :, 0]
    scale = np.abs(expected).max(axis=1, keepdims=True, initial=1.0)
    assert (np.abs(found[sound] - expected) <= 1e-6 * scale).all()


@settings(deadline=None)
@given(GRAPHS)
def test_holding_nodes_drops_their_rows_and_columns(g: SignedDigraph) -> None:
    drawn = _drawn(g)
    held = (g.n - 1,)
    rest = np.arange(g.n - 1)
    a = matrices(drawn)[:, rest][:, :, rest]
    values = responses(drawn, np.ones(g.n), clamp=held)
    assert (values[:, held] == 0.0).all()
    if g.n > 1:
        edge = np.abs(np.linalg.eigvals(a).real.max(axis=1)) < 1e-9
        assert ((stable_clamped(drawn, held) == stable(a)) | edge).all()
        sound = np.abs(np.linalg.det(a)) > 1e-9
        expected = -np.linalg.inv(a[sound]).sum(axis=2)
        scale = np.abs(expected).max(axis=1, keepdims=True, initial=1.0)
        assert (np.abs(values[sound][:, rest] - expected) <= 1e-6 * scale).all()


def test_withdrawing_can_take_the_equilibrium_away() -> None:
    """The balancing loop holds the reinforcing one in check."""
    g = digraph(
        [("a", "b", 1), ("b", "a", 1), ("a", "c", 1), ("c", "a", -1), ("d", "a", 1)]
    )
    drawn = _drawn(g, 2000)
    assert 0 < stable_without(drawn, [3]).mean() < 1
    assert stable_without(drawn, [0]).all()
    assert stable_without(drawn, [4]).all()
    assert stable_flipped(drawn, [4]).all()
    fewer = np.arange(g.m) == 3
    afresh = _drawn(g.without_edges(fewer), 2000)
    assert stable(matrices(afresh)).all()


def test_a_singular_rest_is_nan_not_a_number() -> None:
    g = digraph([("a", "a", -1), ("b", "b", -1), ("a", "b", 1)], self_limitation=False)
    drawn = _drawn(g)
    moved = responses_without(drawn, [0], {0: 1.0})
    assert np.isnan(moved).all()
    assert not stable_without(drawn, [0]).any()
    shares = sign_shares(moved)
    assert (shares == 0).all()


def test_shares_are_up_down_and_zero() -> None:
    values = np.array([[1.0, -2.0], [0.0, -1.0], [3.0, 0.0], [1.0, -1.0]])
    assert sign_shares(values).tolist() == [[0.75, 0.0], [0.0, 0.75], [0.25, 0.25]]
    assert np.isnan(sign_shares(np.zeros((0, 2)))).all()


def test_an_empty_ensemble_has_empty_answers() -> None:
    drawn = _drawn(digraph([("a", "a", 1), ("a", "b", 1)]))
    assert responses(drawn, {0: 1.0}).shape == (0, 2)
    assert response_matrix(drawn).shape == (0, 2, 2)
    assert stable_without(drawn, [0]).shape == (0,)
    assert stable_clamped(drawn, (0,)).shape == (0,)


def test_a_press_that_does_not_fit_is_refused() -> None:
    drawn = _drawn(digraph([("a", "b", 1)]))
    with pytest.raises(ValueError, match="nodes 0 to 1"):
        responses(drawn, {2: 1.0})
    with pytest.raises(ValueError, match="shape"):
        responses(drawn, np.ones(3))
