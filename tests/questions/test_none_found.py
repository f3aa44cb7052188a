"""Where no stable model was found, and none proven impossible, every question answers."""

from dataclasses import replace

import numpy as np
import pytest

from cuibono.claims.records import Action, Alternative
from cuibono.claims.words import Polarity
from cuibono.model.build import build_model
from cuibono.questions.answer import ChangeClass, Verdict
from cuibono.questions.benefits import benefits
from cuibono.questions.depends import depends
from cuibono.questions.follows import follows
from cuibono.questions.lens import Lens
from cuibono.response.ensemble import draw_ensemble
from cuibono.response.priors import PRIORS, Prior
from cuibono.response.records import Ensemble, Method
from cuibono.study.denials import denials
from cuibono.support.withdraw import support_of
from tests.questions.models import Edges, expecting, lens_of, press
from tests.strategies.cases import EVERYTHING, affirmed, case_of

OPEN: Edges = [
    *[("arda", "brun", 1), ("arda", "cor", 1), ("cor", "brun", -1)],
    *[("brun", "arda", 1), ("brun", "dana", 1), ("dana", "arda", -1)],
]


@pytest.fixture
def starved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every ensemble comes back empty, as where the chains find nothing."""

    def none_found(lens: Lens, prior: Prior) -> Ensemble:
        drawn = draw_ensemble(
            lens.graph, prior=prior, draws=1, rng=np.random.default_rng(0)
        )
        return replace(
            drawn,
            draws=0,
            weights=drawn.weights[:0].copy(),
            self_effect=drawn.self_effect[:0].copy(),
            method=Method.NONE,
            stable_share=1e-6,
            share_is_bound=True,
        )

    monkeypatch.setattr(Lens, "ensemble", none_found)


@pytest.mark.usefixtures("starved")
def test_what_strengths_would_decide_stays_undetermined() -> None:
    """No share is made up; how rare models are is told as a bound."""
    lens = lens_of(OPEN)
    other = Alternative(id="same", do=press(arda=1))
    answer = follows(lens, expecting(press(arda=1), alternatives=(other,), brun="+"))
    assert answer.verdict is Verdict.UNDETERMINED
    assert answer.shares == () and len(answer.sampling) == len(PRIORS)
    assert all(item.is_bound and item.draws == 0 for item in answer.sampling)
    assert answer.comparisons[0].verdict is Verdict.UNDETERMINED
    said = expecting(press(arda=1), brun="+")
    assert support_of(lens, said, answer) is None


@pytest.mark.usefixtures("starved")
def test_what_structure_decides_it_still_decides() -> None:
    """Given an equilibrium, of which none was found."""
    answer = follows(lens_of([("arda", "brun", 1)]), expecting(press(arda=1), brun="+"))
    assert answer.verdict is Verdict.FOLLOWS_BY_STRUCTURE and answer.shares == ()


@pytest.mark.usefixtures("starved")
def test_changes_are_of_no_equilibrium_and_dependence_is_undetermined() -> None:
    """The chains still say which way."""
    lens = lens_of(OPEN)
    answer = benefits(lens, press(arda=1), name="q", title="t")
    assert {item.kind for item in answer.changes} == {ChangeClass.NO_EQUILIBRIUM}
    answer = depends(lens, "arda", "brun")
    assert answer.verdict is Verdict.UNDETERMINED and answer.shares == ()


@pytest.mark.usefixtures("starved")
def test_nothing_is_said_of_what_lasts() -> None:
    """Neither shares nor figures."""
    driver = Alternative(id="d", do=Action(remove=("cor",)))
    gain = Action(pulse=(("brun", -1.0),))
    answer = follows(
        lens_of(OPEN), expecting(gain, alternatives=(driver,), brun="back")
    )
    assert answer.verdict is Verdict.UNDETERMINED
    assert answer.shares == () and answer.figures == ()


@pytest.mark.usefixtures("starved")
def test_a_denial_stays_open() -> None:
    """No model speaks for it or against it."""
    case = case_of(
        affirmed(1, "arda", "causes", "cor", "+"),
        affirmed(2, "arda", "causes", "brun", "+"),
        affirmed(3, "brun", "causes", "cor", "-"),
        affirmed(4, "arda", "causes", "cor", "+", polarity=Polarity.DENIED),
    )
    model = build_model(case, EVERYTHING)
    (found,) = denials(model, Lens(model, seed=1, draws=20))
    assert found.outcome == "open"
