"""Carriers against exhaustive versions of their own, on hundreds of random answers."""

from functools import cache, partial

import numpy as np
import pytest

from cuibono.support.cuts import claim_cut
from cuibono.support.flip_sets import flip_sets, is_flip_set
from cuibono.support.proved_cuts import Proof, check_cut, least_cut
from cuibono.support.relevance import fallen
from cuibono.support.shapley import shapley, worth_of
from cuibono.support.trial import Change
from tests.definitions import carries_brute as brute
from tests.support.random_answers import random_answers

SEEDS = range(1, 11)
"""Thirty answers each."""

EACH = 30


@pytest.mark.parametrize("seed", SEEDS)
def test_flip_sets_are_those_of_every_set_of_claims(seed: int) -> None:
    """Withdrawn and reversed; smallest by inclusion; shares to the last model."""
    for asked in random_answers(seed, EACH):
        trial, behind = asked.trial, asked.behind
        told = (trial.drawn, behind, trial.push, trial.wanted)
        for change in Change:
            found = flip_sets(trial, behind, change, max_size=2)
            wanted = brute.flip_sets(*told, change.factor, 2)
            assert {frozenset(one.claims) for one in found.sets} == wanted
            for one in found.sets[:3]:
                whole = brute.three_ways(
                    trial.drawn, trial.push, trial.wanted,
                    fallen(behind, one.claims), change.factor,
                )  # fmt: skip
                shares = (one.shares.keeps, one.shares.flips, one.shares.lost)
                assert shares == pytest.approx(whole, abs=1e-12)
                assert is_flip_set(trial, behind, one.claims, change)


@pytest.mark.parametrize("seed", SEEDS)
def test_three_ways_are_those_of_every_matrix_rebuilt(seed: int) -> None:
    """Of any claims that change, flip set or not."""
    rng = np.random.default_rng(seed)
    for asked in random_answers(seed + 60, EACH):
        trial, claims = asked.trial, asked.claims
        size = int(rng.integers(1, len(claims) + 1))
        gone = fallen(asked.behind, rng.choice(claims, size=size, replace=False))
        for change in Change:
            wanted = brute.three_ways(
                trial.drawn, trial.push, trial.wanted, gone, change.factor
            )
            found = trial.shares(gone, change)
            shares = (found.keeps, found.flips, found.lost)
            assert shares == pytest.approx(wanted, abs=1e-12)


@pytest.mark.parametrize("seed", range(11, 16))
def test_flip_sets_given_an_equilibrium_are_those_of_every_set(seed: int) -> None:
    """Models that have no equilibrium any more are left out of account."""
    for asked in random_answers(seed, EACH):
        trial, behind = asked.trial, asked.behind
        told = (trial.drawn, behind, trial.push, trial.wanted)
        for change in Change:
            found = flip_sets(trial, behind, change, max_size=2, given=True)
            wanted = brute.flip_sets(*told, change.factor, 2, given=True)
            assert {frozenset(one.claims) for one in found.sets} == wanted


@pytest.mark.parametrize("seed", range(21, 24))
def test_flip_sets_of_three_are_those_of_every_set_of_three(seed: int) -> None:
    """To the size that is certified by default."""
    for asked in random_answers(seed, 10, draws=8, most_claims=10):
        trial, behind = asked.trial, asked.behind
        told = (trial.drawn, behind, trial.push, trial.wanted)
        for change in Change:
            found = flip_sets(trial, behind, change, max_size=3)
            wanted = brute.flip_sets(*told, change.factor, 3)
            assert {frozenset(one.claims) for one in found.sets} == wanted


@pytest.mark.parametrize("seed", SEEDS)
def test_a_proved_cut_is_a_smallest_one_and_its_certificate_holds(seed: int) -> None:
    """By flow where each claim stands behind one edge, as a cover elsewhere."""
    proofs = set()
    for asked in random_answers(seed, EACH, draws=1, most_claims=12):
        graph, starts = asked.trial.graph, list(asked.trial.push)
        targets = [x for x in range(graph.n) if x not in starts]
        lone = tuple((f"e{k}", f"f{k}")[: 1 + k % 2] for k in range(graph.m))
        for target in targets[:2]:
            for behind in (asked.behind, lone):
                if behind is lone and graph.m > 8:
                    continue
                cut = least_cut(graph, behind, starts, target)
                wanted = brute.least_cuts(graph, behind, starts, target)
                proofs.add(cut.proof)
                assert bool(cut.names) == bool(wanted)
                if wanted:
                    assert set(cut.names) in wanted
                    assert len(cut.names) == cut.bound
                    assert check_cut(graph, behind, starts, cut)
                    old = claim_cut(graph, behind, starts, target)
                    assert len(old) == len(cut.names)
    assert {Proof.FLOW, Proof.COVER} <= proofs


@pytest.mark.parametrize("seed", SEEDS)
def test_shapley_shares_are_means_over_all_orders(seed: int) -> None:
    """Of the share of models in which the answer holds with some claims alone."""
    for asked in random_answers(seed + 30, EACH, draws=8, most_claims=5):
        trial, behind = asked.trial, asked.behind
        told = (trial.drawn, behind, trial.push, trial.wanted)
        worth = cache(partial(brute.alone, *told))
        own = worth_of(trial, behind, {name: name for name in asked.claims})
        found = shapley(own, asked.claims, rng=np.random.default_rng(seed))
        shares = {item.player: item.share for item in found.shares}
        nobody = worth(frozenset())
        assert shares == pytest.approx(brute.shapley(worth, asked.claims), abs=1e-9)
        assert sum(shares.values()) == pytest.approx(found.total - nobody, abs=1e-9)
        assert found.exact and found.total == worth(frozenset(asked.claims))
