"""Estimates corrected for what a short record does to them.

The terms of an event depend on earlier signs, so that estimates from a record of a few
half-lives are drawn towards or away from zero even if the model is true. Records are
drawn from the fitted model, and what refitting does to its coefficients on average is
taken back (parametric bootstrap).
"""

from typing import Final

import numpy as np

from cuibono.record.events import Floats
from cuibono.record.kernels.draws import COLUMNS
from cuibono.record.skeleton import drawn_signs
from cuibono.record.trial import DRAW_ENOUGH, Trial

BIAS_DRAWS: Final = 25
_STREAM: Final = 7
"""Keeps these random numbers apart from those of the nulls."""


def refitted_rules(trial: Trial, seed: int, draw: int) -> Floats:
    """Coefficients of the four rules in one record drawn from the fitted model."""
    fitter, estimate = trial.fitter, trial.estimate
    window = np.repeat(np.arange(len(fitter.windows) - 1), np.diff(fitter.windows))
    theta = np.zeros(COLUMNS)
    theta[fitter.columns] = estimate.coefficient
    state = np.random.SeedSequence([seed, _STREAM, draw]).generate_state(1, np.uint64)
    sign, terms = drawn_signs(
        trial.bones, estimate.level[window], theta, np.asarray(state, np.uint64)
    )
    return fitter.fitted(sign, terms, estimate, enough=DRAW_ENOUGH).rule


def corrected(observed: Floats, drawn: Floats, error: Floats) -> Floats:
    """Observed coefficients less the bias seen in the draws (draws, 4).

    A correction larger than one standard error says that the fitted model runs away
    when it is followed; then none is made.

    Examples
    --------
    >>> one = np.ones(1)
    >>> corrected(one, np.array([[0.8], [1.0]]), 0.5 * one).round(3).tolist()
    [1.1]
    """
    shift = drawn.mean(axis=0) - observed
    return np.where(np.abs(shift) <= error, observed - shift, observed)
