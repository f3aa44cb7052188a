"""Ordered sign: hostile, neutral, friendly as steps of one scale (ordered logit)."""

import numpy as np

from cuibono.record.events import Floats, Ints
from cuibono.record.fit import Fit, robust_errors
from cuibono.record.newton import inverted, maximum

CUTS = ("cut.neg.neu", "cut.neu.pos")


def ordered_fit(
    x: Floats, sign: Ints, terms: tuple[str, ...], *, source: Ints, target: Ints
) -> Fit:
    """Proportional-odds fit of hostile, neutral and friendly events.

    Parameters
    ----------
    x : (r, k) float64
        Terms; the cuts take the place of a constant.
    sign : (r,) int
        -1, 0 or 1.
    terms, source, target
        As for `sign_fit`.

    Raises
    ------
    ValueError
        If one of the three kinds does not occur.

    References
    ----------
    McCullagh (1980), Regression models for ordinal data, JRSS B 42.
    """
    counts = np.array([np.sum(sign == kind) for kind in (-1, 0, 1)])
    if np.any(counts == 0):
        raise ValueError("an ordered model needs hostile, neutral and friendly events")
    below = np.cumsum(counts[:2]) / counts.sum()
    cuts = np.log(below / (1 - below))
    # The second cut is the first plus exp of a free number, so that they stay in order.
    start = np.r_[cuts[0], np.log(cuts[1] - cuts[0]), np.zeros(len(terms))]
    design = _Design(x, sign)
    found = maximum(design.derivatives, start)
    beta = found.coefficient
    turn = np.eye(len(beta))
    turn[1, :2] = 1.0, np.exp(beta[1])
    bread = turn @ inverted(found.curve) @ turn.T
    scores = design.scores(beta) @ np.linalg.inv(turn)
    by_dyad, two_way = robust_errors(scores @ bread, source, target)
    shown = beta.copy()
    shown[1] = beta[0] + np.exp(beta[1])
    return Fit(
        model="hostile, neutral or friendly, given that they interact (ordered logit)",
        terms=(*CUTS, *terms),
        coefficient=shown,
        model_error=np.sqrt(np.maximum(np.diag(bread), 0.0)),
        dyad_error=by_dyad,
        two_way_error=two_way,
        covariance=bread,
        log_likelihood=found.value,
        null_log_likelihood=float(np.sum(counts * np.log(counts / counts.sum()))),
        rows=len(x),
        cases=int(counts[2]),
        iterations=found.iterations,
        converged=found.converged,
    )


class _Design:
    """Likelihood of the ordered model and its derivatives."""

    def __init__(self, x: Floats, sign: Ints) -> None:
        self.x, self.sign = x, sign

    def _parts(self, beta: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        """Chance of each row, and slope and bend at its upper and lower cut."""
        level = self.x @ beta[2:]
        first, second = beta[0], beta[0] + np.exp(beta[1])
        top = (
            np.select([self.sign < 0, self.sign == 0], [first, second], np.inf) - level
        )
        low = (
            np.select([self.sign > 0, self.sign == 0], [second, first], -np.inf) - level
        )
        upper, lower = _logistic(top), _logistic(low)
        chance = np.maximum(upper - lower, 1e-300)
        rise, fall = upper * (1 - upper), lower * (1 - lower)
        return (
            chance,
            rise / chance,
            fall / chance,
            rise * (1 - 2 * upper) / chance,
            fall * (1 - 2 * lower) / chance,
        )

    def _sides(self, beta: Floats) -> tuple[Floats, Floats]:
        """Derivatives of the upper and of the lower cut less the level, by parameter."""
        gap = np.exp(beta[1])
        upper, lower = np.empty((2, len(self.x), len(beta)))
        upper[:, 0], lower[:, 0] = self.sign <= 0, self.sign >= 0
        upper[:, 1], lower[:, 1] = gap * (self.sign == 0), gap * (self.sign > 0)
        upper[:, 2:] = -self.x * (self.sign <= 0)[:, None]
        lower[:, 2:] = -self.x * (self.sign >= 0)[:, None]
        return upper, lower

    def scores(self, beta: Floats) -> Floats:
        """Score of each row."""
        _, rise, fall, _, _ = self._parts(beta)
        upper, lower = self._sides(beta)
        return np.asarray(upper * rise[:, None] - lower * fall[:, None], np.float64)

    def derivatives(self, beta: Floats) -> tuple[float, Floats, Floats]:
        """Log-likelihood, gradient, negative second derivatives."""
        chance, rise, fall, bend_up, bend_down = self._parts(beta)
        upper, lower = self._sides(beta)
        score = upper * rise[:, None] - lower * fall[:, None]
        curve = score.T @ score
        curve -= upper.T @ (upper * bend_up[:, None])
        curve += lower.T @ (lower * bend_down[:, None])
        gap = np.exp(beta[1])
        curve[1, 1] -= gap * np.sum(rise * (self.sign == 0) - fall * (self.sign > 0))
        return float(np.log(chance).sum()), score.sum(axis=0), curve


def _logistic(value: Floats) -> Floats:
    """Logistic function; 0 and 1 at the infinities."""
    clipped = np.clip(value, -500, 500)
    found = 1 / (1 + np.exp(-clipped))
    return np.where(np.isposinf(value), 1.0, np.where(np.isneginf(value), 0.0, found))
