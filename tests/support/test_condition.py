"""The condition in symbols says what the models give, draw by draw."""

import numpy as np
import pytest

from cuibono.model.digraph import digraph
from cuibono.response.ensemble import PRIORS, draw_ensemble, responses
from cuibono.support import condition
from cuibono.support.condition import short_condition
from tests.support.random_answers import random_answers

TWO_WAYS = digraph([("Arda", "Brun", 1), ("Arda", "Cor", 1), ("Cor", "Brun", -1)])


@pytest.mark.parametrize("seed", range(1, 5))
def test_a_short_condition_has_the_sign_of_the_response(seed: int) -> None:
    """In every model, whatever cancels."""
    seen = 0
    for asked in random_answers(seed, 50, draws=20):
        trial = asked.trial
        push = {node: float(np.sign(size)) for node, size in trial.push.items()}
        moved = responses(trial.drawn, push)
        for node in range(trial.graph.n):
            found = short_condition(trial.graph, push, node)
            if found is None:
                continue
            seen += 1
            balance = found.balance(trial.drawn)
            sure = np.abs(moved[:, node]) > 1e-12
            assert (np.sign(balance[sure]) == np.sign(moved[sure, node])).all()
            assert np.allclose(balance[~sure], 0.0)
            assert len(found.up) + len(found.down) <= condition.MOST_SHOWN
    assert seen > 50


def test_two_ways_stand_against_each_other_and_the_rest_cancels() -> None:
    """The direct link and its target's limit against the way round."""
    found = short_condition(TWO_WAYS, {0: 1.0}, 1)
    assert found is not None
    # Arda on Brun times Cor's limit, against Arda on Cor times Cor on Brun.
    assert found.up == (((-3, 0), 1),)
    assert found.down == (((1, 2), 1),)
    assert found.edges == (0, 1, 2)
    turned = short_condition(TWO_WAYS, {0: -1.0}, 1)
    assert turned is not None and (turned.up, turned.down) == (found.down, found.up)


def test_one_sided_terms_say_that_structure_decides() -> None:
    """What all terms share cancels: nothing is left of a lone path."""
    chain = digraph([("Arda", "Brun", 1), ("Brun", "Cor", -1)])
    found = short_condition(chain, {0: 1.0}, 2)
    assert found is not None and (found.up, found.down) == ((), (((), 1),))


@pytest.mark.parametrize(
    "edges",
    [
        [("Arda", "Brun", 0)],
        [("Arda", "Brun", 1), ("Arda", "Brun", -1)],
    ],
)
def test_an_open_sign_leaves_no_condition(edges: list[tuple[str, str, int]]) -> None:
    """Nor does a node that nothing leads to, or pushes of unlike size."""
    assert short_condition(digraph(edges), {0: 1.0}, 1) is None
    assert short_condition(TWO_WAYS, {1: 1.0}, 0) is None
    assert short_condition(TWO_WAYS, {0: 1.0, 2: 2.0}, 1) is None


def test_too_many_terms_leave_no_condition(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither to show nor to expand."""
    monkeypatch.setattr(condition, "MOST_SHOWN", 1)
    assert short_condition(TWO_WAYS, {0: 1.0}, 1) is None
    monkeypatch.setattr(condition, "MOST_TERMS", 0)
    assert short_condition(TWO_WAYS, {0: 1.0}, 1) is None


def test_a_push_that_does_not_lead_there_adds_nothing() -> None:
    """Of two pushes one is near."""
    rng = np.random.default_rng(3)
    drawn = draw_ensemble(TWO_WAYS, prior=PRIORS[0], draws=30, rng=rng)
    found = short_condition(TWO_WAYS, {0: 1.0, 1: -1.0}, 2)
    assert found is not None
    assert (found.balance(drawn) > 0).all()
