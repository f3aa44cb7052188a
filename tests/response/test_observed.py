"""Models that agree with what was observed: QPress's likelihoods, orders, limits."""

import csv

import numpy as np
import pytest

from cuibono.model.digraph import digraph
from cuibono.response.classes import ResponseClass, certain_signs, response_classes
from cuibono.response.drawing import draw_ensemble
from cuibono.response.observed import (
    Observation,
    Order,
    agrees,
    in_order,
    sampled_responses,
)
from cuibono.response.priors import PRIORS
from tests.response.reference import folder, model

SAMPLES = 6000


def _queries() -> dict[tuple[str, str], tuple[float, float]]:
    path = folder() / "reference" / "qpress" / "queries.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["model"], row["query"]): (float(row["value"]), float(row["n"]))
            for row in csv.DictReader(file)
        }


def _near(share: float, size: float, other: float, other_size: float) -> bool:
    spread = share * (1 - share) / size + other * (1 - other) / other_size
    return bool(abs(share - other) <= max(4.5 * np.sqrt(spread), 0.006))


@pytest.mark.parametrize("letter", "BCDE")
def test_both_likelihoods_are_those_of_qpress(letter: str) -> None:
    g = model(f"snowshoe_{letter}")
    press = {g.position("V"): 1.0}
    found = sampled_responses(
        g,
        prior=PRIORS[0],
        presses=[press],
        samples=SAMPLES,
        seed=20260101,
        observations=[Observation(press=press, signs={g.position("H"): -1})],
    )
    assert found.finished and found.accepted == SAMPLES
    for query, mine, size in (
        (
            "likelihood accepted/total with validator V+ -> H-",
            found.likelihood_of_all,
            found.draws,
        ),
        (
            "accepted/stable with validator V+ -> H-",
            found.likelihood_of_stable,
            found.stable,
        ),
    ):
        theirs, accepted = _queries()[f"snowshoe_{letter}", query]
        assert mine is not None
        assert _near(
            mine, size, theirs, accepted / theirs if "total" in query else accepted
        )


def test_posteriors_of_the_snowshoe_models_are_those_of_qpress() -> None:
    prior = {"B": 3 / 16, "C": 3 / 16, "D": 5 / 16, "E": 5 / 16}
    evidence = {}
    for letter, weight in prior.items():
        g = model(f"snowshoe_{letter}")
        press = {g.position("V"): 1.0}
        seen = [Observation(press=press, signs={g.position("H"): -1})]
        found = sampled_responses(
            g,
            prior=PRIORS[0],
            presses=[press],
            samples=SAMPLES,
            seed=1,
            observations=seen,
        )
        evidence[letter] = weight * (found.likelihood_of_all or 0.0)
    total = sum(evidence.values())
    query = "posterior (prior 3/16,3/16,5/16,5/16) using accepted/total"
    for letter, value in evidence.items():
        theirs, _ = _queries()[f"snowshoe_{letter}", query]
        assert abs(value / total - theirs) < 0.02


def test_validated_shares_on_macquarie_are_those_of_qpress() -> None:
    g = model("macquarie")
    press = {g.position("rabbits"): 1.0}
    seen = {g.position("rabbits"): 1, g.position("tussock"): -1}
    rid = {g.position(name): -1.0 for name in ("rabbits", "rats", "mice")}
    found = sampled_responses(
        g,
        prior=PRIORS[0],
        presses=[press, rid],
        samples=SAMPLES,
        seed=20260101,
        observations=[Observation(press=press, signs=seen)],
    )
    compared = 0
    for (name, query), (share, size) in _queries().items():
        if name != "macquarie" or "increases" not in query:
            continue
        at = 1 if "rats-" in query else 0
        node = g.position(query.split("(")[1].split(" ")[0])
        mine = found.counts[at, node, 0] / found.accepted
        assert _near(mine, found.accepted, share, size), query
        compared += 1
    assert compared > 20
    grassland = g.position("grassland")
    assert found.counts[0, grassland].tolist() == [0, 0, SAMPLES]
    assert found.zero[0, grassland]


@pytest.mark.parametrize("letter", "abc")
def test_joint_match_rates_of_the_antarctic_are_those_of_qpress(letter: str) -> None:
    name = f"antarctic_{letter}"
    query, (theirs, size) = next(
        (query, told) for (model_, query), told in _queries().items() if model_ == name
    )
    g = model(name)
    inside, pushed = query.removeprefix("P(").split("| press ")
    press = {g.position(pushed.removesuffix(")")[:-1].strip()): 1.0}
    seen = {
        g.position(part.strip()[:-1].strip()): 1 if part.strip()[-1] == "+" else -1
        for part in inside.split(",")
    }
    assert len(seen) == 4
    found = sampled_responses(
        g,
        prior=PRIORS[0],
        presses=[press],
        samples=SAMPLES,
        seed=20260101,
        observations=[Observation(press=press, signs=seen)],
    )
    assert found.likelihood_of_stable is not None
    assert _near(found.likelihood_of_stable, found.stable, theirs, size)


def test_joint_match_rates_of_the_lakes_are_those_of_qpress() -> None:
    rates = {
        ("lake_a", "P(AlgP+,Carn2+,Herb2+,Phos+ | press Phos+)"): (
            {"AlgP": 1, "Carn2": 1, "Herb2": 1, "Phos": 1},
            "Phos",
        ),
        ("lake_b", "P(AlgP+,Carn2+,Herb2+,Phos+ | press Phos+)"): (
            {"AlgP": 1, "Carn2": 1, "Herb2": 1, "Phos": 1},
            "Phos",
        ),
    }
    for (name, query), (signs, pushed) in rates.items():
        g = model(name)
        press = {g.position(pushed): 1.0}
        seen = {g.position(node): sign for node, sign in signs.items()}
        found = sampled_responses(
            g,
            prior=PRIORS[0],
            presses=[press],
            samples=SAMPLES,
            seed=20260101,
            observations=[Observation(press=press, signs=seen)],
        )
        theirs, size = _queries()[name, query]
        assert found.likelihood_of_stable is not None
        assert _near(found.likelihood_of_stable, found.stable, theirs, size)


def test_an_order_keeps_exactly_the_draws_in_line() -> None:
    g = digraph([("A", "B", 1), ("C", "B", -1)])
    drawn = draw_ensemble(g, prior=PRIORS[0], draws=500, rng=np.random.default_rng(1))
    kept = in_order(drawn, [Order(greater=0, lesser=1)])
    assert (kept == (abs(drawn.weights[:, 0]) > abs(drawn.weights[:, 1]))).all()
    push = {0: 1.0, 2: 1.0}
    found = sampled_responses(
        g,
        prior=PRIORS[0],
        presses=[push],
        samples=500,
        seed=1,
        orders=[Order(greater=0, lesser=1)],
    )
    # A outweighs C on B in every model that is left; self-limits are random.
    assert found.ordered == found.accepted == 500
    assert 0.4 < found.ordered / found.stable < 0.6
    with pytest.raises(ValueError, match="orders must be on edges"):
        sampled_responses(
            g,
            prior=PRIORS[0],
            presses=[push],
            samples=5,
            seed=1,
            orders=[Order(greater=0, lesser=9)],
        )


def test_an_observation_of_no_change_keeps_structural_zeros() -> None:
    g = digraph([("A", "B", 1)])
    drawn = draw_ensemble(g, prior=PRIORS[0], draws=50, rng=np.random.default_rng(1))
    assert agrees(drawn, Observation(press={1: 1.0}, signs={0: 0})).all()
    assert not agrees(drawn, Observation(press={0: 1.0}, signs={1: 0})).any()


def test_the_same_seed_gives_the_same_counts_and_a_push_adds_up() -> None:
    g = model("lake_a")
    presses = [{0: 1.0}, {0: 1.0, 3: -2.0}]
    one, two = (
        sampled_responses(g, prior=PRIORS[0], presses=presses, samples=300, seed=7)
        for _ in range(2)
    )
    assert (one.counts == two.counts).all()
    assert (one.counts.sum(axis=2) == 300).all()
    with pytest.raises(ValueError, match="samples"):
        sampled_responses(g, prior=PRIORS[0], presses=presses, samples=0, seed=7)
    with pytest.raises(ValueError, match="presses must be on nodes"):
        sampled_responses(g, prior=PRIORS[0], presses=[{99: 1.0}], samples=1, seed=7)


def test_a_limit_of_time_returns_what_is_finished() -> None:
    g = model("lake_a")
    press = {0: 1.0}
    # Hardly ever true, so that one batch cannot be enough.
    seen = [Observation(press=press, signs={0: -1})]
    found = sampled_responses(
        g,
        prior=PRIORS[0],
        presses=[press],
        samples=100_000,
        seed=1,
        observations=seen,
        time_limit=1e-9,
    )
    assert not found.finished


def test_classes_come_before_shares() -> None:
    g = digraph([("A", "B", 1), ("B", "C", -1), ("D", "C", 1), ("A", "D", 1)])
    presses = [{0: 1.0}]
    sampled = [
        sampled_responses(g, prior=prior, presses=presses, samples=200, seed=1)
        for prior in PRIORS
    ]
    a, b, c, d = (g.position(name) for name in "ABCD")
    row = response_classes(g, presses, sampled)[0]
    assert [row[a], row[b], row[d]] == [ResponseClass.CERTAIN] * 3
    assert row[c] in {ResponseClass.AMBIGUOUS, ResponseClass.PRIOR}
    back = response_classes(g, [{c: 1.0}], sampled)[0]
    assert back[a] is ResponseClass.NO_PATH
    assert certain_signs(g, [{a: 1.0, b: -9.0}])[0].tolist() == [1, 2, 2, 1]
    alone = response_classes(g, presses, sampled[:1])[0]
    assert alone[b] is ResponseClass.CERTAIN


def test_a_model_without_equilibrium_is_an_answer() -> None:
    g = model("psot_alqaeda")
    found = sampled_responses(
        g, prior=PRIORS[0], presses=[{0: 1.0}], samples=100, seed=1
    )
    assert not found.accepted and found.no_equilibrium
    kinds = set(response_classes(g, [{0: 1.0}], [found])[0])
    assert kinds == {ResponseClass.NO_EQUILIBRIUM, ResponseClass.NO_PATH}
