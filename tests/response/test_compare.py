"""Models compared: QPress's posterior, and sub-models one by one."""

from itertools import product

import numpy as np
import pytest

from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.response.compare import compare_models, edge_evidence
from cuibono.response.drawing import draw_ensemble
from cuibono.response.observed import Observation, sampled_responses
from cuibono.response.priors import PRIORS
from cuibono.response.rules import Rule
from tests.response.reference import model
from tests.response.test_observed import _queries

# Chosen before any table was looked at.
SEED = 20260101


def _seen(g: SignedDigraph) -> list[Observation]:
    """Vegetation pushed up, hare seen to fall."""
    return [Observation(press={g.position("V"): 1.0}, signs={g.position("H"): -1})]


def test_the_posterior_of_the_snowshoe_models_is_that_of_qpress() -> None:
    models = [model(f"snowshoe_{letter}") for letter in "BCDE"]
    found = compare_models(
        models,
        observations=[_seen(g) for g in models],
        prior=PRIORS[0],
        samples=20_000,
        seed=SEED,
        weights=[3, 3, 5, 5],
    )
    query = "posterior (prior 3/16,3/16,5/16,5/16) using accepted/total"
    for letter, one in zip("BCDE", found.contenders, strict=True):
        assert abs(one.posterior - _queries()[f"snowshoe_{letter}", query][0]) < 0.01
        assert one.error_of_all < 0.005
    assert sum(one.posterior for one in found.contenders) == pytest.approx(1.0)
    assert sum(one.posterior_of_stable for one in found.contenders) == pytest.approx(1)
    first, last = found.contenders[0], found.contenders[3]
    assert found.bayes_factors[3, 0] == pytest.approx(last.of_all / first.of_all)
    assert (np.diag(found.bayes_factors) == 1.0).all()


def _sub(
    g: SignedDigraph, kept: tuple[int, ...], sets: list[list[int]]
) -> SignedDigraph:
    """Model in which these sets of uncertain edges are certain, and others gone."""
    gone = {k for at, edges in enumerate(sets) if not kept[at] for k in edges}
    return digraph(
        [
            (g.names[g.tail[k]], g.names[g.head[k]], int(g.sign[k]))
            for k in range(g.m)
            if k not in gone
        ],
        self_limitation=False,
        names=g.names,
    )


@pytest.mark.parametrize("rule", list(Rule))
def test_marginals_of_edges_are_those_of_the_sub_models(rule: Rule) -> None:
    g = model("snowshoe_BCDE")
    found = edge_evidence(
        g,
        observations=_seen(g),
        prior=PRIORS[0],
        samples=20_000,
        seed=SEED,
        uncertain=rule,
    )
    sets = [list(edges) for edges in found.sets]
    assert len(sets) == 2
    joint = {}
    for kept in product((0, 1), repeat=2):
        sub = _sub(g, kept, sets)
        one = sampled_responses(
            sub,
            prior=PRIORS[0],
            presses=[],
            samples=20_000,
            seed=SEED,
            observations=_seen(sub),
        )
        # QPress's rule makes the number kept uniform, the other all four alike.
        even = (
            0.25 if rule is Rule.INDEPENDENT else (1 / 6 if sum(kept) == 1 else 1 / 3)
        )
        joint[kept] = even * (one.likelihood_of_all or 0.0)
    total = sum(joint.values())
    for which in range(2):
        share = sum(value for kept, value in joint.items() if kept[which]) / total
        assert abs(found.present[which] - share) <= max(4.5 * found.error(which), 0.01)
    assert abs(found.together[0, 1] - joint[1, 1] / total) < 0.015
    for kept, value in joint.items():
        pattern = frozenset(np.flatnonzero(kept).tolist())
        assert abs(found.patterns[pattern] / found.accepted - value / total) < 0.015
    assert found.finished and sum(found.patterns.values()) == found.accepted


@pytest.mark.parametrize("starve", [0.005, 2.0])
@pytest.mark.parametrize("rule", list(Rule))
def test_both_rules_keep_edges_as_weighted_enumeration_says(
    rule: Rule, starve: float
) -> None:
    """Three uncertain links in a loop: eight sub-models, weighted by their stability."""
    links = [("a", "b", 1), ("b", "a", 1), ("b", "c", 1), ("c", "a", 1), ("c", "b", -1)]
    group = [0, 1, 0, 1, 1]
    g = digraph(links, group=group)
    drawn = draw_ensemble(
        g,
        prior=PRIORS[0],
        draws=8000,
        rng=np.random.default_rng(SEED),
        uncertain=rule,
        starve=starve,
    )
    size = min(block.ess for block in drawn.blocks)
    kept = drawn.weights[:, np.array(group) == 1] != 0
    number = {0: 1 / 4, 1: 1 / 12, 2: 1 / 12, 3: 1 / 4}
    weight = {}
    for pattern in product((0, 1), repeat=3):
        gone = iter(pattern)
        rest = [
            x
            for x, unsure in zip(links, group, strict=True)
            if not unsure or next(gone)
        ]
        sub = draw_ensemble(
            digraph(rest, names=g.names),
            prior=PRIORS[0],
            draws=20_000,
            rng=np.random.default_rng(SEED),
        )
        even = 1 / 8 if rule is Rule.INDEPENDENT else number[sum(pattern)]
        weight[pattern] = even * sub.stable_share
    total = sum(weight.values())
    for pattern, value in weight.items():
        share = value / total
        seen = (kept == np.array(pattern, dtype=bool)).all(axis=1).mean()
        error = np.sqrt(share * (1 - share) / min(size, 8000))
        assert abs(seen - share) <= 4.5 * error + 0.01, (pattern, seen, share)


def test_the_independent_rule_keeps_a_binomial_number() -> None:
    g = digraph([("a", f"b{i}", 1) for i in range(4)], group=[1] * 4)
    drawn = draw_ensemble(
        g,
        prior=PRIORS[0],
        draws=20_000,
        rng=np.random.default_rng(SEED),
        uncertain="independent",
    )
    counts = np.bincount((drawn.weights != 0).sum(axis=1), minlength=5) / 20_000
    assert np.abs(counts - np.array([1, 4, 6, 4, 1]) / 16).max() < 0.016


def test_a_model_that_cannot_be_gets_no_weight() -> None:
    good = digraph([("a", "b", 1)])
    stuck = digraph([("a", "b", 1), ("b", "b", 1)])
    seen = [Observation(press={0: 1.0}, signs={1: 1})]
    found = compare_models(
        [good, stuck], observations=[seen, seen], prior=PRIORS[0], samples=100, seed=1
    )
    assert [one.posterior for one in found.contenders] == [1.0, 0.0]
    assert np.isinf(found.bayes_factors[0, 1])


def test_what_does_not_fit_is_refused() -> None:
    g = digraph([("a", "b", 1)])
    with pytest.raises(ValueError, match="must be of one length"):
        compare_models([g], observations=[], prior=PRIORS[0], samples=5, seed=1)
    with pytest.raises(ValueError, match="weights must not be negative"):
        compare_models(
            [g], observations=[[]], prior=PRIORS[0], samples=5, seed=1, weights=[0]
        )
    with pytest.raises(ValueError, match="needs uncertain edges"):
        edge_evidence(g, observations=[], prior=PRIORS[0], samples=5, seed=1)
