"""Ensembles: right, repeatable, bounded, and honest about how they were drawn."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.response.drawing import draw_ensemble
from cuibono.response.equilibrium import Reason
from cuibono.response.priors import PRIORS, Prior
from cuibono.response.records import Ensemble, Method
from tests.response import reference
from tests.response.matrices import matrices, stable
from tests.strategies.digraphs import signed_digraphs


def _drawn(g: SignedDigraph, draws: int = 200, **options: float) -> Ensemble:
    rng = np.random.default_rng(20260101)
    settings = {"most_tries": 2_000_000, **options}
    return draw_ensemble(g, prior=PRIORS[0], draws=draws, rng=rng, **settings)  # type: ignore[arg-type]


MIXED = digraph(
    [
        ("a", "b", 1), ("b", "a", 1), ("b", "c", 1), ("c", "b", -1), ("c", "d", 0),
        ("d", "c", 1), ("d", "a", 1), ("d", "a", -1), ("a", "d", 1), ("d", "e", 1),
        ("e", "f", 1), ("f", "e", 1), ("f", "f", -1), ("a", "f", -1), ("g", "a", 1),
    ],
    group=[0, 0, 0, 1, 0, 0, 0, 0, 2, 1, 0, 1, 0, 0, 1],
    pair=[1, 1, 2, 2, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0],
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(
    signed_digraphs(
        self_edges=True, disputed=True, uncertain=True, signs=(-1, 0, 1), limited=None
    )
)
def test_every_matrix_is_stable_and_has_the_signs(g: SignedDigraph) -> None:
    drawn = _drawn(g, 20, most_tries=2000)
    assert drawn.draws in {0, 20}
    assert (drawn.draws == 0) == bool(drawn.no_equilibrium)
    if drawn.draws:
        assert stable(matrices(drawn)).all()
    signs = np.sign(drawn.weights)
    known = g.sign != 0
    assert ((signs == g.sign) | (signs == 0))[:, known].all()
    certain = (g.group == 0) & (g.disputed == 0)
    assert (signs != 0)[:, certain].all()
    for tie in set(g.disputed[g.disputed > 0].tolist()):
        both = g.disputed == tie
        assert ((signs != 0)[:, both].sum(axis=1) <= 1).all()
        if (g.group[both] == 0).all():
            assert ((signs != 0)[:, both].sum(axis=1) == 1).all()
    assert ((drawn.self_effect < 0) == g.self_limited).all()


@pytest.mark.parametrize(
    ("prior", "starve"), [*((prior, 0.0) for prior in PRIORS), (PRIORS[2], 2.0)]
)
def test_same_seed_same_bytes(prior: Prior, starve: float) -> None:
    draws = [
        draw_ensemble(
            MIXED,
            prior=prior,
            draws=2100,
            rng=np.random.default_rng(7),
            starve=starve,
        )
        for _ in range(2)
    ]
    assert draws[0].weights.tobytes() == draws[1].weights.tobytes()
    assert draws[0].self_effect.tobytes() == draws[1].self_effect.tobytes()
    assert draws[0].blocks == draws[1].blocks


def test_names_do_not_matter() -> None:
    names = ("Al-Qaeda", "Дамаск", "دمشق", "x->y", "*", " ", "ß")
    first, second = _drawn(MIXED), _drawn(replace(MIXED, names=names))
    assert first.weights.tobytes() == second.weights.tobytes()


def test_pairs_come_and_go_together_and_share_one_chance() -> None:
    """Without feedback nothing is rejected: the chance is uniform."""
    edges = [("a", f"b{i}", 1) for i in range(8)]
    g = digraph(edges, group=[1] * 8, pair=[1, 1, 0, 0, 0, 0, 0, 0])
    kept = _drawn(g, 20_000).weights != 0
    assert (kept[:, 0] == kept[:, 1]).all()
    # The number of the 7 sets kept is uniform on 0 to 7, not binomial.
    counts = np.bincount(kept[:, 1:].sum(axis=1), minlength=8) / 20_000
    assert np.abs(counts - 1 / 8).max() < 4.5 * np.sqrt(7 / 64 / 20_000)


def test_blocks_apart_give_the_distribution_of_the_whole() -> None:
    """Rejection by block against rejection of whole matrices, by the definition."""
    drawn = _drawn(MIXED, 20_000)
    rng = np.random.default_rng(20260101)
    many = 200_000
    keep_with = rng.random((many, 1))
    weights = rng.random((many, MIXED.m)) * MIXED.sign
    unknown = np.flatnonzero(MIXED.sign == 0)
    weights[:, unknown] = rng.uniform(-1, 1, (many, len(unknown)))
    coin = rng.random(many) < 0.5
    plus, minus = np.flatnonzero(MIXED.disputed)
    weights[coin, plus] = 0
    weights[~coin, minus] = 0
    for k in np.flatnonzero(MIXED.group).tolist():
        first = k if MIXED.pair[k] == 0 else int(np.argmax(MIXED.pair == MIXED.pair[k]))
        toss = np.random.default_rng(first).random(many)
        weights[toss >= keep_with[:, 0], k] = 0
    whole = replace(
        drawn,
        draws=many,
        weights=weights,
        self_effect=-rng.random((many, MIXED.n)) * MIXED.self_limited,
    )
    ok = stable(matrices(whole))
    assert abs(ok.mean() - drawn.stable_share) < 0.01
    for ours, theirs in (
        (drawn.weights, weights[ok]),
        (drawn.self_effect, whole.self_effect[ok]),
        (drawn.weights != 0, weights[ok] != 0),
    ):
        error = np.sqrt(ours.var(axis=0) / len(ours) + theirs.var(axis=0) / ok.sum())
        gap = np.abs(ours.mean(axis=0) - theirs.mean(axis=0))
        assert (gap <= 4.5 * error + 1e-12).all()


@pytest.mark.parametrize("name", ["lake_a", "snowshoe_BCDE", "mixed"])
def test_the_chain_agrees_with_rejection(name: str) -> None:
    g = MIXED if name == "mixed" else reference.small_model(name)
    exact = _drawn(g, 20_000)
    chain = _drawn(g, 5000, starve=2.0)
    assert (exact.method, chain.method) == (Method.REJECTION, Method.CHAIN)
    report = min(chain.blocks, key=lambda block: block.ess)
    assert report.r_hat < 1.02
    assert report.ess > 400
    assert stable(matrices(chain)).all()
    for ours, theirs in (
        (chain.weights, exact.weights),
        (chain.self_effect, exact.self_effect),
        (chain.weights != 0, exact.weights != 0),
    ):
        error = np.sqrt(ours.var(axis=0) / report.ess + theirs.var(axis=0) / 20_000)
        gap = np.abs(ours.mean(axis=0) - theirs.mean(axis=0))
        assert (gap <= 4.5 * error + 1e-12).all()


def _escalation(nodes: int) -> SignedDigraph:
    """Everybody provokes everybody: stable only if all of it is weak."""
    names = [f"party {i}" for i in range(nodes)]
    return digraph([(a, b, 1) for a in names for b in names if a != b])


def test_a_starving_model_is_drawn_by_a_chain_and_says_so() -> None:
    drawn = _drawn(_escalation(9), 400)
    assert drawn.draws == 400
    assert drawn.method is Method.CHAIN
    (block,) = drawn.blocks
    assert block.tried == 2000
    assert drawn.settled
    assert drawn.share_is_bound
    assert drawn.stable_share == pytest.approx(3 / 2000)
    assert stable(matrices(drawn)).all()


def test_too_few_tries_end_in_a_chain_not_in_waiting() -> None:
    drawn = _drawn(reference.small_model("lake_a"), 400, most_tries=100)
    assert drawn.method is Method.CHAIN
    assert drawn.blocks[0].tried == 100
    assert drawn.draws == 400


def test_no_stable_matrix_found_is_an_answer() -> None:
    """Weights of at least 0.01 forbid what the signs alone would allow."""
    narrow = replace(PRIORS[1], first=0.9)
    rng = np.random.default_rng(20260101)
    drawn = draw_ensemble(_escalation(5), prior=narrow, draws=50, rng=rng)
    assert drawn.draws == 0
    (found,) = drawn.no_equilibrium
    assert found.reason is Reason.NONE_FOUND
    assert found.nodes == (0, 1, 2, 3, 4)
    assert len(found.loops) == 5
    assert drawn.share_is_bound


def test_priors_are_what_they_say() -> None:
    share = np.linspace(0.0005, 0.9995, 1000)
    means = {p.name: float(p.quantile(share).mean()) for p in PRIORS}
    assert means == pytest.approx(
        {
            "uniform": 0.5,
            "uniform-0.01": 0.505,
            "weak": 0.25,
            "strong": 0.75,
            "log-uniform": 0.99 / np.log(100),
        },
        abs=1e-3,
    )
    g = digraph([("a", "a", -1), ("b", "b", -1)])
    for prior in PRIORS:
        rng = np.random.default_rng(20260101)
        drawn = draw_ensemble(g, prior=prior, draws=20_000, rng=rng)
        size = np.sort(-drawn.weights[:, 0])
        at = (np.arange(20_000) + 0.5) / 20_000
        # Kolmogorov's distance of the share below each draw from what it should be.
        assert np.abs(np.interp(size, prior.quantile(at), at) - at).max() < 0.015


def test_small_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="draws and most_tries must be 1 or more"):
        _drawn(MIXED, 0)


def test_chains_that_do_not_agree_are_not_called_settled() -> None:
    drawn = _drawn(reference.small_model("lake_b"), 20)
    apart = replace(drawn.blocks[0], r_hat=1.3)
    assert drawn.settled
    assert not replace(drawn, blocks=(apart,)).settled


def test_more_effort_makes_chains_agree_better() -> None:
    worth = [
        _drawn(_escalation(8), 400, starve=2.0, effort=effort).blocks[0].ess
        for effort in (0.17, 4.0)
    ]
    assert worth[0] < worth[1]


@pytest.mark.parametrize("starve", [0.005, 2.0])
@pytest.mark.parametrize("rule", ["qpress", "independent"])
def test_threads_change_nothing(rule: str, starve: float) -> None:
    """Many stretches of tries, or chains: the same bytes and the same counts."""
    for g in (MIXED, reference.small_model("lake_a")):
        one, two, three = (
            draw_ensemble(
                g,
                prior=PRIORS[0],
                draws=9001,
                rng=np.random.default_rng(7),
                starve=starve,
                uncertain=rule,
                threads=threads,
            )
            for threads in (1, 2, 3)
        )
        for other in (two, three):
            assert one.weights.tobytes() == other.weights.tobytes()
            assert one.self_effect.tobytes() == other.self_effect.tobytes()
            assert one.blocks == other.blocks
