"""The lens: drawn once, by seed and prior alone, and honest about what was drawn."""

from dataclasses import replace

import numpy as np

from cuibono.model.digraph import digraph
from cuibono.questions.answer import ChangeClass, PriorShare
from cuibono.questions.lens import _classified, effective_draws, prior_share
from cuibono.response.priors import PRIORS
from cuibono.response.records import BlockReport, Ensemble, Method
from tests.questions.models import CHAIN, MUTUAL, OPPOSED, lens_of, lens_on


def test_an_ensemble_is_drawn_once_and_a_variant_is_made_once() -> None:
    """The same pattern under another push is seen in the same models."""
    lens = lens_of(OPPOSED)
    assert lens.ensemble(PRIORS[0]) is lens.ensemble(PRIORS[0])
    drop = np.array([True, False, False])
    cut = lens.graph.without_edges(drop)
    again = lens.graph.without_edges(drop)
    assert lens.on(cut) is lens.on(again)
    assert lens.on(lens.graph) is lens
    assert lens.on(cut, first_prior_only=True) is not lens.on(cut)
    assert lens.on(cut, first_prior_only=True).priors == PRIORS[:1]


def test_the_seed_and_the_priors_name_alone_decide_the_draws() -> None:
    """Which priors are asked for, and in which order, changes nothing."""
    one, other = lens_of(MUTUAL), lens_of(MUTUAL)
    last = one.ensemble(PRIORS[-1])
    for prior in PRIORS:
        other.ensemble(prior)
    assert np.array_equal(last.weights, other.ensemble(PRIORS[-1]).weights)
    assert not np.array_equal(last.weights, other.ensemble(PRIORS[0]).weights)


def test_digraphs_of_one_shape_on_other_nodes_are_told_apart() -> None:
    """Their answers are about other nodes."""
    lens = lens_of(CHAIN)
    one = lens.on(digraph([("arda", "dana", 1)]))
    other = lens.on(digraph([("arda", "eska", 1)]))
    assert one.graph.names != other.graph.names


def ensemble(method: Method, *blocks: BlockReport, draws: int = 400) -> Ensemble:
    """Ensemble of empty matrices, with reports."""
    return Ensemble(
        graph=digraph([]),
        prior=PRIORS[0],
        draws=draws,
        weights=np.zeros((draws, 0)),
        self_effect=np.zeros((draws, 0)),
        method=method,
        stable_share=1.0,
        share_is_bound=False,
        blocks=blocks,
        no_equilibrium=(),
    )


def report(method: Method, ess: float) -> BlockReport:
    """Report of a block."""
    return BlockReport(
        nodes=(0,), tried=9, accepted=9, method=method, r_hat=1.0, ess=ess
    )


def test_an_ensemble_is_worth_its_least_effective_chain() -> None:
    """Independent draws are worth themselves."""
    exact = ensemble(Method.REJECTION, report(Method.REJECTION, 5.0))
    assert effective_draws(exact) == 400.0
    reports = (report(Method.CHAIN, 25.0), report(Method.CHAIN, 60.0))
    assert effective_draws(ensemble(Method.CHAIN, *reports)) == 25.0


def test_a_share_of_independent_draws_has_the_error_of_a_count() -> None:
    """And of no draw at all there is none."""
    half = np.arange(400) < 200
    found = prior_share(ensemble(Method.REJECTION), half)
    assert (found.share, found.error, found.draws) == (0.5, 0.025, 400)
    assert found.settled
    assert prior_share(ensemble(Method.REJECTION), half[:0]).share == 0.0


def test_chains_that_agree_on_a_share_settle_it() -> None:
    """Draws of four chains come in turn."""
    mixed = np.random.default_rng(1).random(400) < 0.5
    found = prior_share(ensemble(Method.CHAIN), mixed)
    assert found.settled and 0.02 < found.error < 0.05
    # All models agree: nothing is left for chains to disagree on.
    assert prior_share(ensemble(Method.CHAIN), np.ones(400, dtype=bool)).settled


def test_chains_that_disagree_on_a_share_are_told_of() -> None:
    """One of the four says yes and the others no; four draws each are too few."""
    apart = np.arange(400) % 4 == 0
    found = prior_share(ensemble(Method.CHAIN), apart)
    assert not found.settled
    assert found.error > 0.05
    short = prior_share(ensemble(Method.CHAIN, draws=12), np.arange(12) < 6)
    assert not short.settled


def test_where_chains_disagree_no_change_is_the_same_under_all_priors() -> None:
    """It leans."""
    share = PriorShare(prior="p", share=0.99, draws=9, error=0.0, settled=True)
    down = (PriorShare(prior="p", share=0.01, draws=9, error=0.0),)
    assert _classified(2, (share,), down, False) == (ChangeClass.ALL_PRIORS, 1)
    apart = replace(share, settled=False)
    assert _classified(2, (apart,), down, False) == (ChangeClass.LEANS, 1)


def test_a_network_without_claims_has_answers_without_claims() -> None:
    """Paths are found all the same."""
    lens = lens_on(digraph([("arda", "brun", 1), ("brun", "cor", 1)]))
    found = lens.change([(0, 1.0)], 2)
    assert found.claims == () and found.first == 1


def test_a_pattern_without_equilibrium_has_no_draws_and_says_so() -> None:
    """Every prior is told of, with none."""
    lens = lens_of([("arda", "arda", 1)])
    assert lens.no_equilibrium
    assert [item.draws for item in lens.sampling()] == [0] * len(PRIORS)
    assert lens.shares([(0, 1.0)], lambda moved: moved[:, 0] > 0) == ()
