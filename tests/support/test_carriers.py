"""All that carries an answer: from claims to shares, the same under other names."""

from dataclasses import replace

import numpy as np
import pytest

from cuibono.claims.records import AUTHOR, Action, Claim, Conclusion, Voice
from cuibono.claims.words import Layer, Role
from cuibono.model.build import build_model
from cuibono.questions.follows import follows
from cuibono.questions.lens import Lens
from cuibono.response.ensemble import draw_ensemble
from cuibono.support.carriers import Carriers, carriers
from cuibono.support.independent import backing, outermost
from cuibono.support.resampled import changed_graph
from cuibono.support.shared import SharedTests
from cuibono.support.trial import Change, make_trial
from tests.questions.models import expecting, press
from tests.strategies.cases import EVERYTHING, affirmed, case_of, renamed_claim

COR = (AUTHOR, Voice(who="cor", role=Role.REPORTED))
ESK = Voice(who="esk", role=Role.REPORTED)
CLAIMS = (
    affirmed(1, "arda", "causes", "brun", "+"),
    affirmed(2, "arda", "causes", "brun", "+", source="speech"),
    affirmed(3, "arda", "causes", "cor", "+", voice=COR),
    affirmed(4, "cor", "causes", "brun", "-", source="speech"),
    affirmed(5, "brun", "causes", "dana", "+", layer=Layer.COVERT),
    affirmed(6, "dana", "causes", "brun", "+", layer=Layer.COVERT),
)
SAID = expecting(press(arda=1), brun="+")


def lens_on(claims: tuple[Claim, ...] = CLAIMS, draws: int = 80) -> Lens:
    """Lens on everything that some claims affirm."""
    return Lens(build_model(case_of(*claims), EVERYTHING), seed=7, draws=draws)


def carried(
    claims: tuple[Claim, ...] = CLAIMS, said: Conclusion = SAID, **options: int
) -> Carriers:
    """What carries the answer to a conclusion."""
    lens = lens_on(claims)
    found = carriers(lens, said, follows(lens, said), **options)  # type: ignore[arg-type]
    assert found is not None
    return found


def numbers(found: Carriers) -> object:
    """Everything in it that is not a name."""
    return (
        found.base,
        found.models,
        [(kind, cut.proof, cut.bound, ok) for kind, cut, ok in found.cuts],
        [(one.shares, one.claims) for item in found.flips for one in item.sets],
        [(item.tested, item.certified, item.error) for item in found.flips],
        [(item.share, item.base) for item in found.resampled],
        [
            (kind, [(one.share, one.error) for one in item.shares])
            for kind, item in found.shapley
        ],
        [item.shares for item in found.dropped],
    )


def test_same_seed_same_carriers_whatever_the_nodes_are_called() -> None:
    """No number hangs on a name, nor on whether tests are shared."""
    names = {"arda": "dana", "brun": "cor", "cor": "brun", "dana": "arda"}
    other = tuple(
        replace(renamed_claim(claim, names), voice=claim.voice) for claim in CLAIMS
    )
    told = numbers(carried())
    assert numbers(carried()) == told
    assert numbers(carried(other, expecting(press(dana=1), cor="+"))) == told
    lens, tests = lens_on(), SharedTests()
    answer = follows(lens, SAID)
    for _ in range(2):
        shared = carriers(lens, SAID, answer, tests=tests)
        assert shared is not None and numbers(shared) == told


def test_the_parts_of_what_carries_an_answer_fit_together() -> None:
    """Cut, flip sets, shares, conditions and backing of one small argument."""
    found = carried()
    cuts = {kind: cut.names for kind, cut, _ in found.cuts}
    assert all(ok for _, _, ok in found.cuts)
    assert len(cuts["claim"]) == 3
    assert {"c1", "c2"} < set(cuts["claim"])
    assert cuts["voice"] == ("author",)
    flips = {item.change: item for item in found.flips if not item.given}
    withdrawn = [one.claims for one in flips[Change.WITHDRAWAL].sets]
    assert withdrawn[0] == ("c1", "c2")
    total = {kind: item.total for kind, item in found.shapley}
    assert set(total.values()) == {found.base}
    for kind, item in found.shapley:
        assert sum(one.share for one in item.shares) == pytest.approx(found.base), kind
    (condition,) = found.conditions
    assert len(condition.up) == 1 and len(condition.down) == 1
    backed = {item.claim: item for item in found.backing}
    assert backed["c1"].sources == ("letter", "speech")
    dropped = {(item.kind, item.name): item for item in found.dropped}
    assert dropped["kind", "the author alone"].claims == 5
    assert dropped["layer", "effect"].disconnects
    assert dropped["layer", "effect"].shares.keeps == 0.0
    assert dropped["voice", "author > cor"].shares.keeps == 1.0


def test_reversal_turns_a_link_only_with_all_claims_behind_it() -> None:
    """One of two that agree turns nothing; both together turn the answer."""
    found = carried()
    turned = [i for i in found.flips if i.change is Change.REVERSAL]
    assert [item.given for item in turned] == [False, True]
    sets = {one.claims for item in turned for one in item.sets}
    assert ("c1", "c2") in sets
    assert ("c1",) not in sets and ("c2",) not in sets


def test_models_drawn_anew_are_of_the_changed_pattern() -> None:
    """Signs turned, or links left out."""
    graph = lens_on().graph
    turned = changed_graph(graph, (0,), Change.REVERSAL)
    assert (
        turned.sign[0] == -graph.sign[0] and (turned.sign[1:] == graph.sign[1:]).all()
    )
    assert changed_graph(graph, (0,), Change.WITHDRAWAL).m == graph.m - 1


@pytest.mark.parametrize(
    "said",
    [
        expecting(press(arda=1), untestable="it names no node"),
        expecting(press(nobody=1), brun="+"),
        expecting(Action(pulse=(("arda", 1.0),)), brun="back"),
    ],
)
def test_no_model_stands_behind_what_has_no_answer(said: Conclusion) -> None:
    """Not testable, not connected, or of another kind."""
    lens = lens_on()
    assert carriers(lens, said, follows(lens, said)) is None


def test_a_conclusion_that_is_contradicted_is_carried_against() -> None:
    """What is on trial is that it does not come about."""
    said = expecting(press(arda=1), cor="-")
    found = carried(said=said)
    assert found.against and found.base == 1.0
    by_change = {item.change: item for item in found.flips if item.given}
    assert by_change[Change.WITHDRAWAL].sets == ()
    assert [one.claims for one in by_change[Change.REVERSAL].sets] == [("c3",)]
    assert [item.given for item in found.wider] == [False, True]
    assert all(item.claims == () for item in found.wider)


def test_an_answer_that_no_model_gives_is_carried_by_nothing() -> None:
    """Its cut is still told."""
    said = expecting(press(arda=1), cor="-")
    lens = lens_on()
    answer = replace(follows(lens, said), verdict="undetermined")
    found = carriers(lens, said, answer)
    assert found is not None
    assert (found.models, found.flips, found.shapley, found.dropped) == (0, (), (), ())
    assert found.cuts[0][1].names == ("c3",)


def test_two_documents_of_one_author_count_once() -> None:
    """Reported parties are their author's report; nameless authors stay apart."""
    one, other = CLAIMS[0], replace(CLAIMS[1], voice=COR)
    behind = (("c1", "c2"), ("c9",))
    same = {"letter": "A. Writer", "speech": "A. Writer"}
    (found,) = backing((one, other), behind, ["c1", "c1"], same)
    assert found.authors == ("A. Writer",)
    assert found.sources == ("letter", "speech")
    assert found.voices == ("author", "author > cor")
    (apart,) = backing((one, other), behind, ["c2"], {"letter": ""})
    assert apart.authors == ("author of letter", "author of speech")
    assert outermost(replace(one, voice=(ESK,)), same) == "esk"


def test_dependent_models_count_for_fewer() -> None:
    """What chains draw is worth less than as many independent models."""
    lens = lens_on()
    ends = [lens.graph.position(name) for name in ("arda", "brun")]
    edges = [(k,) for k in range(lens.graph.m)]
    worths = []
    for tries in (1, 2000):
        drawn = draw_ensemble(
            lens.graph,
            prior=lens.priors[0],
            draws=200,
            most_tries=tries,
            rng=np.random.default_rng(3),
        )
        trial = make_trial(drawn, {ends[0]: 1.0}, {ends[1]: frozenset({1})})
        worths.append(trial.worth(edges, Change.REVERSAL))
    assert 0 < worths[0] < 1 == worths[1]
