"""Flip sets: the trap of naive shares, the level, and bounds beyond the sizes tried."""

from itertools import combinations, product

import numpy as np
import pytest

from cuibono.model.digraph import digraph
from cuibono.response.ensemble import (
    PRIORS,
    draw_ensemble,
    responses,
    responses_without,
)
from cuibono.support import flip_sets as module
from cuibono.support.flip_sets import KEEPS, flip_sets, is_flip_set, takes_away
from cuibono.support.levels import ERROR, enough, tail
from cuibono.support.relevance import claim_sets, fallen
from cuibono.support.search import wider_search
from cuibono.support.trial import Change, Trial, make_trial
from tests.support.random_answers import random_answers

HELD = digraph(
    [
        ("Arda", "Brun", 1),
        ("Brun", "Arda", 1),
        ("Brun", "Cor", 1),
        ("Cor", "Brun", -1),
        ("Cor", "Arda", 1),
        ("Dana", "Arda", 1),
        ("Dana", "Brun", -1),
    ],
    claims=(("c1",), ("c2",), ("c3",), ("c4",), ("c5",), ("c6",), ("c7",)),
)
"""A reinforcing loop that only Cor's resistance to Brun holds in bounds."""


def held(draws: int = 800) -> Trial:
    """Trial of: more of Dana, more of Brun."""
    rng = np.random.default_rng(6)
    drawn = draw_ensemble(HELD, prior=PRIORS[0], draws=draws, rng=rng)
    return make_trial(drawn, {3: 1.0}, {1: frozenset({1})})


def test_naive_paired_and_drawn_anew_are_three_different_shares() -> None:
    """Of one withdrawal: the link that keeps a reinforcing loop in bounds.

    The old matrices, not tested again, blame the claim for models that have no
    equilibrium any more; models drawn anew need not be those that gave the answer.
    """
    trial = held()
    edge = [3]
    old = responses_without(trial.drawn, edge, trial.push)
    naive = float((old[:, 1] > 0).mean())
    paired = trial.shares(edge, Change.WITHDRAWAL)
    drop = np.isin(np.arange(HELD.m), edge)
    rng = np.random.default_rng(7)
    anew = draw_ensemble(HELD.without_edges(drop), prior=PRIORS[0], draws=800, rng=rng)
    again = float((responses(anew, trial.push)[:, 1] > 0).mean())
    assert paired.lost > 0.2
    assert abs(naive - paired.keeps) > 0.05
    assert abs(again - paired.keeps) > 0.05
    assert abs(again - naive) > 0.05
    assert paired.keeps + paired.flips + paired.lost == pytest.approx(1.0)


def test_a_flip_set_holds_no_smaller_one_and_is_in_order() -> None:
    """Fewest claims first, then what keeps least."""
    trial = held(200)
    for change in Change:
        found = flip_sets(trial, HELD.claims, change).sets
        for one, other in combinations(found, 2):
            assert not set(one.claims) <= set(other.claims)
        keys = [(len(one.claims), one.shares.keeps) for one in found]
        assert keys == sorted(keys)
        assert all(one.shares.keeps < KEEPS for one in found)


def test_the_level_is_a_sum_of_binomial_tails() -> None:
    """Every set is a flip set, certified or open; the error stays within its bound."""
    trial = held(200)
    found = flip_sets(trial, HELD.claims, Change.WITHDRAWAL)
    assert found.error <= ERROR
    assert found.models == trial.count
    assert found.size == 3
    assert found.tested >= found.certified + found.open
    few = flip_sets(held(40), HELD.claims, Change.WITHDRAWAL)
    assert few.certified < found.certified


def test_a_tail_is_that_of_a_fair_coin() -> None:
    """Exact where it is summed, a bound beyond."""
    assert tail(3, 4) == 5 / 16
    assert tail(0, 9) == 1.0
    for kept, of in ((1100, 2000), (1300, 2400), (1000, 2400)):
        assert 0 < tail(kept, of) <= 1
    assert tail(1300, 2400) == pytest.approx(np.exp(-2 * 100**2 / 2400))


@pytest.mark.parametrize(("of", "tests"), [(160, 1), (160, 4000), (40, 7), (999, 100)])
def test_enough_is_the_fewest_with_which_every_test_is_sure(
    of: int, tests: int
) -> None:
    """Each has its part of the error."""
    least = enough(of, tests)
    assert tail(least, of) * tests <= ERROR < tail(least - 1, of) * tests


def test_too_few_models_are_never_enough() -> None:
    """Ten that are worth three cannot tell a hundred sets apart."""
    assert enough(4, 100) == 5
    assert enough(10, 100, worth=0.3) == 11
    assert enough(100, 2, worth=0.5) > enough(100, 2)


def test_sets_with_an_idle_claim_are_the_set_without_it() -> None:
    """Only claims that fell a relevant edge together count."""
    behind = (("a", "b"), ("c",), (), ("d",), ("a", "b", "c"), ("e", "f", "g", "h"))
    relevant = np.array([True, True, True, False, True, True])
    found = [
        [(one.claims, one.edges) for one in claim_sets(behind, relevant, size)]
        for size in (1, 2, 3)
    ]
    assert found[0] == [(("c",), (1,))]
    assert found[1] == [(("a", "b"), (0,))]
    assert found[2] == [(("a", "b", "c"), (0, 1, 4))]
    assert fallen(behind, {"a", "b", "c", "d"}) == (0, 1, 3, 4)


def test_a_search_with_too_many_sets_says_which_size_it_reached(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rather than run for ever."""
    monkeypatch.setattr(module, "MOST_SETS", 10)
    found = flip_sets(held(40), HELD.claims, Change.WITHDRAWAL)
    assert found.size == 1


def test_nothing_to_flip_is_refused() -> None:
    """No model gives the answer, or no size is asked for."""
    trial = held(40)
    with pytest.raises(ValueError, match="max_size must be 1 or more"):
        flip_sets(trial, HELD.claims, Change.WITHDRAWAL, max_size=0)
    nobody = make_trial(trial.drawn, {0: 1.0}, {3: frozenset({1})})
    with pytest.raises(ValueError, match="a model must give the answer"):
        flip_sets(nobody, HELD.claims, Change.WITHDRAWAL)


@pytest.mark.parametrize("seed", range(41, 45))
def test_bounds_beyond_hold_the_smallest_flip_set_between_them(seed: int) -> None:
    """From above always; from below unless changing more restores the answer."""
    for asked in random_answers(seed, 15, draws=8, most_claims=6):
        trial, behind, claims = asked.trial, asked.behind, asked.claims
        for change, given in product(Change, (False, True)):
            flips = {
                part
                for size in range(len(claims) + 1)
                for part in map(frozenset, combinations(claims, size))
                if takes_away(trial.shares(fallen(behind, part), change), given=given)
            }
            found = wider_search(trial, behind, change, tried=0, given=given)
            monotone = all(part | {c} in flips for part in flips for c in claims)
            if not flips:
                assert found.claims == ()
                continue
            least = min(map(len, flips))
            if found.claims:
                assert frozenset(found.claims) in flips
                assert found.shares is not None
                assert takes_away(found.shares, given=given)
                assert len(found.claims) >= least
            if monotone:
                assert found.at_least_if_monotone <= least == len(found.claims)
                assert is_flip_set(trial, behind, found.claims, change, given=given)


def test_a_search_out_of_rounds_keeps_its_bounds() -> None:
    """A bound from above that is only that."""
    trial = held(40)
    told = wider_search(trial, HELD.claims, Change.WITHDRAWAL, tried=0, rounds=1)
    assert told.rounds == 1 and told.claims
    assert told.at_least == told.at_least_if_monotone == 1
