"""The null of kept signed degrees: what can vary, what is kept, and its freedom."""

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import linprog

from cuibono.balance.entropy import sign_entropy
from cuibono.balance.nulls import NULLS, signed_degree_null, triad_comparisons
from cuibono.balance.triads import stated_triangles, triad_counts, triads
from cuibono.balance.warm import warm
from cuibono.model.graph import SignedGraph, graph
from tests.balance.reference import signed_network
from tests.strategies.graphs import signed_graphs


def _varies(g: SignedGraph, tie: int) -> bool:
    """Whether shares that keep all signed degrees leave this tie a choice."""
    rows = np.zeros((g.n, g.m))
    for k, (i, j) in enumerate(g.ends):
        rows[[i, j], k] = 1
    observed = (g.sign > 0).astype(float)
    bounds = [(0, 1) if sign else (0, 0) for sign in g.sign]
    cost = np.zeros(g.m)
    cost[tie] = 1 if observed[tie] else -1
    best = linprog(cost, A_eq=rows, b_eq=rows @ observed, bounds=bounds)
    return bool(abs(best.x[tie] - observed[tie]) > 1e-6)


@given(signed_graphs(most_actors=6, disputed=True))
@settings(max_examples=60, deadline=None)
def test_free_ties_are_those_that_the_degrees_do_not_settle(g: SignedGraph) -> None:
    found = sign_entropy(g)
    free = [tie for tie in range(g.m) if g.sign[tie] and _varies(g, tie)]
    inside = (found.positive > 0) & (found.positive < 1)
    assert np.flatnonzero(inside).tolist() == free
    assert found.free == len(free)
    assert (found.bits > 0) == bool(free)


@given(signed_graphs(most_actors=9))
@settings(max_examples=60, deadline=None)
def test_expected_signed_degrees_are_the_observed_ones(g: SignedGraph) -> None:
    found = sign_entropy(g)
    for actor in range(g.n):
        at = (g.ends == actor).any(axis=1)
        wanted = int((g.sign[at] > 0).sum())
        assert found.positive[at].sum() == pytest.approx(wanted, abs=1e-4)
    assert found.residual < 1e-4


@given(signed_graphs(most_actors=9, disputed=True))
@settings(max_examples=60, deadline=None)
def test_counted_triads_are_the_listed_ones(g: SignedGraph) -> None:
    listed = triads(g)
    counts, disputed = triad_counts(g)
    assert counts == listed.counts
    assert disputed == int((listed.disputed > 0).sum())
    kept = sorted(map(sorted, listed.ties[listed.disputed == 0].tolist()))
    assert sorted(map(sorted, stated_triangles(g).tolist())) == kept


def test_a_null_without_freedom_says_that_it_has_no_power() -> None:
    star = graph([("Arda", name, (-1) ** k) for k, name in enumerate("BCDEF")])
    null = signed_degree_null(star, draws=5, rng=np.random.default_rng(0))
    assert (null.free_ties, null.entropy_bits, null.has_power) == (0, 0, False)
    assert "No power: L hardly varies" in null.description
    assert "0 signs can vary, 0.0 bits" in null.description
    assert null.frustration.z is None


@pytest.mark.parametrize("name", sorted(NULLS))
def test_same_seed_gives_the_same_null(name: str) -> None:
    g = graph(
        [
            (a, b, (-1) ** (i * j))
            for i, a in enumerate("ABCDEF")
            for j, b in enumerate("ABCDEF")
            if i < j
        ]
    )
    one, two = (NULLS[name](g, draws=6, rng=np.random.default_rng(3)) for _ in range(2))
    assert one == two


def test_disputed_ties_stay_free_in_every_draw() -> None:
    g = graph([("A", "B", 0), ("A", "C", 1), ("B", "C", -1)])
    for null in NULLS.values():
        found = null(g, draws=4, rng=np.random.default_rng(1))
        assert (found.frustration.mean, found.triads[0].mean) == (0, 0)


def test_one_draw_is_refused() -> None:
    g = graph([("A", "B", 1)])
    with pytest.raises(ValueError, match="draws must be at least 2, got 1"):
        signed_degree_null(g, draws=1, rng=np.random.default_rng(0))


def test_kernels_compile_ahead_of_use() -> None:
    warm()


def test_over_time_two_draws_are_made_and_told() -> None:
    g = graph([("A", "B", 1), ("A", "C", 1), ("B", "C", -1)])
    for null in NULLS.values():
        found = null(g, draws=50, rng=np.random.default_rng(1), time_limit=1e-9)
        assert found.draws == 2
        assert "2 of 50 draws (time over)" in found.description
        with pytest.raises(ValueError, match="time_limit must be positive"):
            null(g, draws=5, rng=np.random.default_rng(1), time_limit=0)


def _ring(n: int) -> SignedGraph:
    """Return a ring with chords, every third tie negative."""
    ties = [(i, (i + step) % n) for step in (1, 2, 5) for i in range(n)]
    return graph(
        [
            (f"A{i:02}", f"A{j:02}", -1 if at % 3 == 0 else 1)
            for at, (i, j) in enumerate(ties)
        ]
    )


@pytest.mark.parametrize("name", sorted(NULLS))
def test_proved_draws_are_never_above_searched_ones(name: str) -> None:
    g = _ring(14)
    searched, proved = (
        NULLS[name](g, draws=8, rng=np.random.default_rng(5), exact=exact)
        for exact in (False, True)
    )
    assert (searched.exact_draws, proved.exact_draws) == (0, 8)
    assert proved.frustration.mean <= searched.frustration.mean
    assert proved.triads == searched.triads
    assert "L is exact in 8 of them." in proved.description


@pytest.mark.parametrize("name", ["shuffle", "stp"])
def test_triads_alone_are_compared_as_with_the_index(name: str) -> None:
    g = _ring(14)
    whole = NULLS[name](g, draws=12, rng=np.random.default_rng(5))
    alone = triad_comparisons(g, name, draws=12, rng=np.random.default_rng(5))
    assert alone == whole.triads


def test_triads_alone_need_a_null_that_keeps_the_ties() -> None:
    rng = np.random.default_rng(5)
    with pytest.raises(ValueError, match="name must be shuffle or stp, got N3"):
        triad_comparisons(_ring(14), "N3", draws=5, rng=rng)
    with pytest.raises(ValueError, match="draws must be at least 2, got 1"):
        triad_comparisons(_ring(14), "stp", draws=1, rng=rng)


@pytest.mark.reference
def test_the_verdict_on_alliances_hangs_on_the_null() -> None:
    """Correlates of War 1946-49: z of L about -22 under shuffle, near 0 under STP."""
    g = signed_network("cow/cow_1946_1949.csv")
    z = {
        name: null(g, draws=200, rng=np.random.default_rng(2014)).frustration.z or 0
        for name, null in NULLS.items()
        if name != "configuration"
    }
    assert -25 < z["shuffle"] < -18
    assert abs(z["stp"]) < 1


@pytest.mark.reference
def test_the_tribes_are_balanced_under_either_null() -> None:
    g = signed_network("tribes_read1954.csv")
    found = {
        name: null(g, draws=200, rng=np.random.default_rng(2014))
        for name, null in NULLS.items()
    }
    assert -6.6 < (found["shuffle"].frustration.z or 0) < -5.2
    assert -6.6 < (found["stp"].frustration.z or 0) < -4.4
    assert found["stp"].entropy_bits < found["shuffle"].entropy_bits
