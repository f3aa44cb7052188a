"""Pushed back, short against long, and regrowth."""

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.linalg import expm

from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.response.answers import responses, stable_clamped
from cuibono.response.drawing import draw_ensemble
from cuibono.response.lasting import push_back, regrowth, short_and_long
from cuibono.response.priors import PRIORS
from cuibono.response.records import Ensemble
from tests.response.matrices import matrices
from tests.strategies.digraphs import signed_digraphs


def _drawn(g: SignedDigraph, draws: int = 20) -> Ensemble:
    rng = np.random.default_rng(20260101)
    return draw_ensemble(g, prior=PRIORS[0], draws=draws, rng=rng, most_tries=3000)


@settings(deadline=None, max_examples=30)
@given(signed_digraphs(most_nodes=6, self_edges=True, uncertain=True))
def test_time_courses_are_those_of_the_matrix_exponential(g: SignedDigraph) -> None:
    drawn = _drawn(g, 4)
    push = np.linspace(-1, 1, g.n) if g.n > 1 else np.ones(1)
    times = (0.2, 1.0, 5.0, 20.0)
    found = short_and_long(drawn, push, times)
    for d, a in enumerate(matrices(drawn)):
        for t, time in enumerate(times):
            whole = np.zeros((g.n + 1, g.n + 1))
            whole[: g.n, : g.n], whole[: g.n, g.n] = a, push
            expected = expm(time * whole)[: g.n, g.n]
            assert np.allclose(found[d, t], expected, rtol=1e-9, atol=1e-10)
    assert (found[:, -1] == responses(drawn, push)).all()


def test_what_nothing_leads_to_stays_at_zero_all_the_time() -> None:
    drawn = _drawn(digraph([("a", "b", 1), ("b", "c", -1)]))
    found = short_and_long(drawn, {1: 1.0}, (0.5, 3.0))
    assert (found[:, :, 0] == 0.0).all()
    assert (found[:, :, 2] < 0.0).all()


@pytest.mark.parametrize("times", [(), (0.0,), (2.0, 1.0)])
def test_times_that_do_not_ascend_are_refused(times: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="ascending"):
        short_and_long(_drawn(digraph([("a", "b", 1)])), {0: 1.0}, times)


def test_a_node_alone_keeps_all_of_a_push() -> None:
    drawn = _drawn(digraph([("a", "b", 1)]))
    assert np.allclose(push_back(drawn, 0), 1.0)


def test_loops_push_back_or_amplify() -> None:
    balancing = _drawn(digraph([("a", "b", 1), ("b", "a", -1)]))
    assert (push_back(balancing, 0) < 1).all()
    reinforcing = _drawn(digraph([("a", "b", 1), ("b", "a", 1)]))
    assert (push_back(reinforcing, 0) > 1).all()


def test_a_node_without_limit_has_no_measure_alone() -> None:
    g = digraph([("a", "b", 1), ("b", "a", -1), ("b", "b", -1)], self_limitation=False)
    assert np.isnan(push_back(_drawn(g), 0)).all()


@settings(deadline=None)
@given(signed_digraphs(most_nodes=5))
def test_what_is_removed_alone_always_grows_back(g: SignedDigraph) -> None:
    """The first half of "temporary unless" is a tautology of the model."""
    drawn = _drawn(g)
    found = regrowth(drawn, 0, rng=np.random.default_rng(1))
    rest = stable_clamped(drawn, (0,))
    assert (found.rate[rest] > -1e-9).all()


@settings(deadline=None)
@given(signed_digraphs(most_nodes=5))
def test_regrowth_is_that_of_the_rest_at_its_own_equilibrium(g: SignedDigraph) -> None:
    drawn = _drawn(g)
    removed = tuple(range(1, min(g.n, 2)))
    found = regrowth(drawn, 0, removed, rng=np.random.default_rng(1))
    level = np.random.default_rng(1).random((drawn.draws, g.n))
    rest = np.array([i for i in range(g.n) if i not in (0, *removed)], dtype=int)
    for d, a in enumerate(matrices(drawn)):
        own = -a @ level[d]
        part = a[np.ix_(rest, rest)]
        if abs(np.linalg.det(part)) < 1e-6:
            continue
        settled = -np.linalg.solve(part, own[rest])
        assert np.isclose(found.rate[d], own[0] + a[0, rest] @ settled, atol=1e-6)
        assert found.rest_feasible[d] == (settled > 0).all()


def test_the_target_cannot_be_removed_for_good() -> None:
    with pytest.raises(ValueError, match="both the target and removed"):
        regrowth(
            _drawn(digraph([("a", "b", 1)])), 0, (0,), rng=np.random.default_rng(1)
        )
