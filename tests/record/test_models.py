"""Models of a whole record: what enters, ordered signs, effects in plain units."""

import numpy as np
import pytest
from scipy.optimize import minimize

from cuibono.record.controls import own_controls
from cuibono.record.covariates import Covariate
from cuibono.record.design import SPECIFICATIONS
from cuibono.record.effects import marginal_effect
from cuibono.record.events import Floats
from cuibono.record.fitting import Extra, Model, event_fit, rate_fits
from cuibono.record.ordered_model import ordered_fit
from cuibono.record.settings import Memory
from cuibono.record.sign_model import sign_fit
from tests.record.test_controls import example


def test_an_ordered_fit_is_the_maximum_of_its_likelihood() -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(size=(500, 2))
    level = x @ [0.8, -0.4] + rng.logistic(size=500)
    sign = np.where(level < -0.5, -1, np.where(level < 0.4, 0, 1))
    who = np.arange(500)
    fit = ordered_fit(x, sign, ("a", "b"), source=who, target=who + 1)

    def loss(beta: Floats) -> float:
        def below(cut: float) -> Floats:
            return np.asarray(1 / (1 + np.exp(-(cut - x @ beta[2:]))), np.float64)

        first, second = below(beta[0]), below(beta[1])
        chance = np.select([sign < 0, sign == 0], [first, second - first], 1 - second)
        return -float(np.log(chance).sum())

    best = minimize(loss, [-0.5, 0.4, 0.0, 0.0], method="BFGS", tol=1e-10)
    assert fit.converged
    assert fit.coefficient == pytest.approx(best.x, abs=1e-4)
    assert fit.log_likelihood == pytest.approx(-best.fun, abs=1e-6)
    step = 1e-3 * np.eye(4)
    curve = [
        [
            loss(best.x + a + b) - loss(best.x + a - b)
            - loss(best.x - a + b) + loss(best.x - a - b)
            for b in step
        ]
        for a in step
    ]  # fmt: skip
    bread = np.linalg.inv(np.array(curve) / 4e-6)
    assert fit.model_error == pytest.approx(np.sqrt(np.diag(bread)), rel=1e-3)
    # Each row is a pair of its own: the clustered errors are near the model's.
    assert fit.dyad_error == pytest.approx(fit.model_error, rel=0.2)


def test_an_ordered_fit_needs_all_three_kinds() -> None:
    x, who = np.zeros((4, 1)), np.arange(4)
    with pytest.raises(ValueError, match="hostile, neutral and friendly"):
        ordered_fit(x, np.array([1, 1, -1, -1]), ("a",), source=who, target=who + 1)


@pytest.mark.parametrize("model", Model)
def test_every_model_takes_the_events_it_is_about(model: Model) -> None:
    events = example()
    fit = event_fit(events, Memory(), model=model, terms=SPECIFICATIONS[0])
    signed = int(np.sum(events.sign != 0))
    assert fit.rows == (len(events) if model is Model.ORDERED else signed)
    assert np.all(np.isfinite(fit.coefficient)) and np.all(fit.error > 0)


def test_covariates_stand_behind_the_terms() -> None:
    events = example()
    wealth = Covariate(
        name="wealth",
        key=np.arange(12),
        since=np.full(12, -np.inf),
        value=np.linspace(0, 1, 12),
        n=12,
    )
    fit = event_fit(
        events,
        Memory(),
        terms=SPECIFICATIONS[0],
        extras=(Extra(term="wealth.source", covariate=wealth, of="sender"),),
    )
    assert fit.terms[-1] == "wealth.source"
    assert np.isfinite(fit.of("wealth.source")[0])


def test_redraws_of_controls_add_their_variance() -> None:
    events = example()
    found = rate_fits(
        events,
        Memory(),
        lambda rng: own_controls(events, each=2, rng=rng),
        seed=1,
        redraws=4,
        ridge=0.1,
    )
    assert len(found.fits) == 4
    inside = np.mean([fit.error**2 for fit in found.fits], axis=0)
    assert found.error == pytest.approx(np.sqrt(inside + 1.25 * found.between**2))
    assert np.all(found.between > 0)
    assert found.fits[0].penalty == "ridge 0.1"


def test_an_effect_is_the_change_of_the_fitted_share() -> None:
    """One term, two values: the shares are those of the data."""
    x = np.r_[np.zeros(40), np.ones(60)][:, None]
    y = np.r_[np.arange(40) < 10, np.arange(60) < 45].astype(np.float64)
    who = np.arange(100)
    fit = sign_fit(x, y, ("tie",), source=who, target=who + 1)
    found = marginal_effect(fit, x, "tie")
    assert (found.low, found.high) == (0.0, 1.0)
    assert found.share_low == pytest.approx(0.25)
    assert found.share_high == pytest.approx(0.75)
    assert found.odds_ratio == pytest.approx(9.0)
    with pytest.raises(ValueError, match="no term 'other'"):
        marginal_effect(fit, x, "other")
