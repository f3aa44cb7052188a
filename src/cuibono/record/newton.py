"""Newton's method with halved steps, for concave likelihoods and their penalties."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cuibono.record.events import Floats

MOST_STEPS = 60
MOST_HALVINGS = 30
ENOUGH = 1e-9
SEPARATED_AT = 12.0
"""A coefficient whose term moves the log-odds by so much over one standard deviation."""
FLAT = 1e-6
"""Curvature left of that at the start: less says that the likelihood rises without end."""

Derived = tuple[float, Floats, Floats]
"""Log-likelihood, gradient, negative second derivatives."""
Derivatives = Callable[[Floats], Derived]
"""Coefficients -> log-likelihood and what is derived from it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Optimum:
    """Where Newton's method ended, and value and curve where it started."""

    coefficient: Floats
    value: float
    first: float
    first_curve: Floats
    curve: Floats
    iterations: int
    converged: bool


def solved(curve: Floats, grad: Floats) -> Floats:
    """Newton step; a singular system is solved with the least change."""
    try:
        return np.asarray(np.linalg.solve(curve, grad), np.float64)
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.lstsq(curve, grad, rcond=None)[0], np.float64)


def inverted(curve: Floats) -> Floats:
    """Inverse of the information; of a singular one the pseudo-inverse."""
    try:
        return np.asarray(np.linalg.inv(curve), np.float64)
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.pinv(curve, hermitian=True), np.float64)


def maximum(
    derivatives: Derivatives,
    start: Floats,
    *,
    steps: int = MOST_STEPS,
    near: Floats | None = None,
) -> Optimum:
    """Maximum of a concave function from `start`, or from `near` if that is better."""
    at = np.array(start, np.float64)
    value, grad, curve = derivatives(at)
    first, first_curve = value, curve
    if near is not None:
        found = derivatives(near)
        if np.isfinite(found[0]) and found[0] > value:
            at, (value, grad, curve) = near, found
    for turn in range(steps):
        step = solved(curve, grad)
        gain = float(grad @ step)
        if abs(gain) < ENOUGH * ENOUGH * (1 + abs(value)):
            return Optimum(
                coefficient=at,
                value=value,
                first=first,
                first_curve=first_curve,
                curve=curve,
                iterations=turn,
                converged=True,
            )
        for _ in range(MOST_HALVINGS):
            then = at + step
            found = derivatives(then)
            if np.isfinite(found[0]) and found[0] >= value - 1e-12 * abs(value):
                break
            step = step / 2
        at, (value, grad, curve) = then, found
    return Optimum(
        coefficient=at,
        value=value,
        first=first,
        first_curve=first_curve,
        curve=curve,
        iterations=steps,
        converged=False,
    )


def runs_away(found: Optimum, scale: Floats) -> bool:
    """Whether some coefficient has no finite estimate."""
    before, after = np.diag(found.first_curve), np.diag(found.curve)
    flat = (before > 0) & (after < FLAT * before)
    large = np.abs(found.coefficient) * scale > SEPARATED_AT
    return bool(np.any(flat | large))
