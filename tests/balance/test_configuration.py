"""The signed configuration model: degrees met, draws as the chances say."""

import numpy as np
import pytest
from hypothesis import given, settings

from cuibono.balance.configuration import SignedConfiguration, signed_configuration
from cuibono.balance.nulls import configuration_null
from cuibono.model.graph import SignedGraph, graph
from tests.balance.reference import signed_network
from tests.strategies.graphs import signed_graphs


def _chances(model: SignedConfiguration) -> tuple[np.ndarray, np.ndarray]:
    """Return the chance of a positive and of a negative tie for each pair (n, n)."""
    plus, minus = np.outer(model.x, model.x), np.outer(model.y, model.y)
    total = 1 + plus + minus
    for one in (plus, minus):
        np.fill_diagonal(one, 0)
    return plus / total, minus / total


def _degrees(g: SignedGraph, sign: int) -> list[int]:
    """Count each actor's ties of a sign."""
    ends = g.ends[g.sign == sign]
    return [int((ends == actor).sum()) for actor in range(g.n)]


@given(signed_graphs(most_actors=9, disputed=True))
@settings(max_examples=60, deadline=None)
def test_expected_signed_degrees_are_the_observed_ones(g: SignedGraph) -> None:
    model = signed_configuration(g)
    for share, sign in zip(_chances(model), (1, -1), strict=True):
        off = np.abs(share.sum(axis=1) - _degrees(g, sign)).max(initial=0)
        assert off == pytest.approx(model.residual, abs=1e-6) or off < model.residual
    # Where someone is tied to everybody, chances of 1 are met from below.
    assert model.residual < 1e-3


@given(signed_graphs(most_actors=7))
@settings(max_examples=30, deadline=None)
def test_entropy_is_that_of_every_pair(g: SignedGraph) -> None:
    model = signed_configuration(g)
    upper = np.triu_indices(g.n, 1)
    plus, minus = (share[upper] for share in _chances(model))
    every = np.stack([plus, minus, 1 - plus - minus]).clip(1e-300, 1)
    assert model.bits == pytest.approx(-(every * np.log2(every)).sum(), abs=1e-6)
    assert model.pairs == int((plus + minus > 0).sum())


def test_draws_have_each_tie_as_often_as_it_should_be() -> None:
    """2,000 draws; no pair's count is further off than chance allows."""
    ties = "A+B A+C A-D B+C B-E C-F D+E E+F F+G G-A A+H H-B".split()
    g = graph([(tie[0], tie[2], 1 if tie[1] == "+" else -1) for tie in ties])
    model = signed_configuration(g)
    rng = np.random.default_rng(3)
    count = np.zeros((2, g.n, g.n))
    for _ in range(2000):
        ends, sign = model.drawn(rng)
        assert np.all(ends[:, 0] < ends[:, 1])
        assert len(np.unique(ends, axis=0)) == len(ends)
        count[(sign < 0).astype(int), ends[:, 0], ends[:, 1]] += 1
    upper = np.triu_indices(g.n, 1)
    for seen, share in zip(count, _chances(model), strict=True):
        p = share[upper]
        z = (seen[upper] - 2000 * p) / np.sqrt(2000 * p * (1 - p) + 1)
        assert np.abs(z).max() < 4.5


def test_an_actor_tied_to_everyone_is_met_as_nearly_as_told() -> None:
    g = graph([("Arda", name, 1) for name in "BCDEF"])
    null = configuration_null(g, draws=3, rng=np.random.default_rng(0))
    assert signed_configuration(g).residual < 1e-3
    assert null.frustration.mean == 0
    assert not null.has_power


@pytest.mark.reference
def test_alliances_are_as_balanced_as_their_degrees_let_expect() -> None:
    """1946-49: not as under shuffled signs, whether who is tied to whom is kept or not.

    All-positive triangles are many more: alliances cluster, which this null leaves out.
    """
    g = signed_network("cow/cow_1946_1949.csv")
    null = configuration_null(g, draws=100, rng=np.random.default_rng(2014))
    assert (null.draws, null.free_ties) == (100, 1686)
    assert abs(null.frustration.z or 9) < 2
    assert (null.triads[0].z or 0) > 6
