"""Effects in plain units: by how much a term moves the share of friendly events."""

from dataclasses import dataclass
from math import exp

import numpy as np

from cuibono.record.events import Floats
from cuibono.record.fit import Fit
from cuibono.record.sign_model import INTERCEPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A term's effect on the share of friendly events, the other terms as they are.

    Attributes
    ----------
    term : str
        Which.
    low, high : float
        The contrast: values of the term as the model takes it.
    share_low, share_high : float
        Mean fitted share of friendly events at either.
    slope : float
        Mean change of the share per unit of the term.
    odds_ratio : float
        Of friendly, for the contrast.
    """

    term: str
    low: float
    high: float
    share_low: float
    share_high: float
    slope: float
    odds_ratio: float


def marginal_effect(
    fit: Fit, x: Floats, term: str, *, low: float = 0.0, high: float | None = None
) -> Effect:
    """Effect of a term of a sign model.

    Parameters
    ----------
    fit : Fit
        Of `sign_fit`.
    x : (r, k) float64
        Its terms, without the constant.
    term : str
        Which.
    low, high : float
        The contrast; by default from 0 to the median of the values above 0.

    Raises
    ------
    ValueError
        If the fit has no constant or no such term.
    """
    if fit.terms[0] != INTERCEPT or term not in fit.terms:
        raise ValueError(f"no term {term!r} in a sign model of {', '.join(fit.terms)}")
    at = fit.terms.index(term) - 1
    column = x[:, at]
    above = column[column > 0]
    top = high if high is not None else float(np.median(above)) if len(above) else 0.0
    slope = float(fit.coefficient[at + 1])
    rest = fit.coefficient[0] + x @ fit.coefficient[1:] - column * slope

    def share(value: Floats | float) -> Floats:
        return np.asarray(1 / (1 + np.exp(-(rest + value * slope))), np.float64)

    now = share(column)
    return Effect(
        term=term,
        low=low,
        high=top,
        share_low=float(share(low).mean()),
        share_high=float(share(top).mean()),
        slope=float(np.mean(now * (1 - now))) * slope,
        odds_ratio=exp(slope * (top - low)),
    )
