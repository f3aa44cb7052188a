"""Conditional sign: whether what two actors do is friendly, given that they act."""

from math import log

import numpy as np

from cuibono.record.events import Floats, Ints
from cuibono.record.fit import Fit, robust_errors
from cuibono.record.kernels.likelihood import logit_sums
from cuibono.record.newton import inverted, maximum, runs_away, solved

INTERCEPT = "(Intercept)"


def sign_fit(
    x: Floats,
    friendly: Floats,
    terms: tuple[str, ...],
    *,
    source: Ints,
    target: Ints,
    ridge: float = 0.0,
    firth: bool = False,
) -> Fit:
    """Logistic regression of friendly against hostile on the terms.

    Parameters
    ----------
    x : (r, k) float64
        Terms as the model takes them; a constant is added in front.
    friendly : (r,) float64
        1 or 0.
    terms : tuple of str
        Names of the columns.
    source, target : (r,) int64
        Sender and receiver of each row, for robust standard errors.
    ridge : float
        Penalty ridge / 2 on the square of each standardised coefficient but the
        constant; 0 for none.
    firth : bool
        Firth's penalty: finite estimates under separation, less bias with few events.

    Raises
    ------
    ValueError
        If there are no rows, all have the same sign, or the shapes differ.

    References
    ----------
    Lerner (2016), Structural balance in signed networks, Social Networks; Firth
    (1993), Bias reduction of maximum likelihood estimates, Biometrika 80.

    Examples
    --------
    >>> x = np.array([[0.0], [0.0], [0.0], [1.0], [1.0], [1.0]])
    >>> y = np.array([0.0, 0.0, 1.0, 0.0, 1.0, 1.0])
    >>> who = np.arange(6)
    >>> found = sign_fit(x, y, ("tie",), source=who, target=who + 1)
    >>> found.coefficient.round(4).tolist()
    [-0.6931, 1.3863]
    """
    if len(x) == 0 or x.shape != (len(friendly), len(terms)):
        raise ValueError(f"x must be ({len(friendly)}, {len(terms)}), got {x.shape}")
    if float(friendly.min()) == float(friendly.max()):
        told = "friendly" if friendly[0] else "hostile"
        raise ValueError(f"all events are {told}: there is no sign to explain")
    full = np.column_stack([np.ones(len(x)), x])
    scale = np.r_[0.0, x.std(axis=0)]
    penalty = ridge * scale**2
    offset = np.zeros(len(x))
    p = full.shape[1]

    def derivatives(beta: Floats) -> tuple[float, Floats, Floats]:
        grad, curve = np.empty(p), np.empty((p, p))
        value = logit_sums(full, friendly, offset, beta, grad, curve)
        value -= float(penalty @ beta**2) / 2
        return value, grad - penalty * beta, curve + np.diag(penalty)

    mean = min(max(float(friendly.mean()), 1e-9), 1 - 1e-9)
    start = np.r_[log(mean / (1 - mean)), np.zeros(len(terms))]
    found = maximum(derivatives, start)
    separated = not found.converged or runs_away(found, scale)
    beta, steps, converged = found.coefficient, found.iterations, found.converged
    if firth:
        beta, steps, converged = _firth(full, friendly, start)
    grad, curve = np.empty(p), np.empty((p, p))
    value = logit_sums(full, friendly, offset, beta, grad, curve)
    bread = inverted(curve + np.diag(penalty))
    left = friendly - 1 / (1 + np.exp(-full @ beta))
    by_dyad, two_way = robust_errors((full * left[:, None]) @ bread, source, target)
    count = float(friendly.sum())
    bare = count * log(mean) + (len(x) - count) * log(1 - mean)
    name = "firth" if firth else f"ridge {ridge:g}" if ridge else "none"
    return Fit(
        model="friendly or hostile, given that they interact (logit)",
        terms=(INTERCEPT, *terms),
        coefficient=beta,
        model_error=np.sqrt(np.maximum(np.diag(bread), 0.0)),
        dyad_error=by_dyad,
        two_way_error=two_way,
        covariance=bread,
        log_likelihood=value,
        null_log_likelihood=bare,
        rows=len(x),
        cases=int(count),
        iterations=steps,
        converged=converged,
        separated=separated,
        penalty=name,
        notes=_notes(separated, name),
    )


def _firth(full: Floats, friendly: Floats, start: Floats) -> tuple[Floats, int, bool]:
    """Coefficients under Firth's penalty, by Newton on the modified score."""
    beta, last = start, np.inf
    for turn in range(200):
        mean = 1 / (1 + np.exp(-full @ beta))
        spread = mean * (1 - mean)
        curve = full.T @ (full * spread[:, None])
        leverage = spread * np.einsum("ij,ij->i", full @ inverted(curve), full)
        score = full.T @ (friendly - mean + leverage * (0.5 - mean))
        step = solved(curve, score)
        size = float(np.abs(step).max())
        # Long steps overshoot where the likelihood is almost flat.
        beta = beta + step * min(1.0, 2.0 / size if size else 1.0)
        if size < 1e-8 or (size < 1e-6 and size >= last):
            return beta, turn + 1, True
        last = size
    return beta, 200, False


def _notes(separated: bool, penalty: str) -> tuple[str, ...]:
    """What to say of a fit where a term tells the sign perfectly."""
    if not separated:
        return ()
    if penalty == "none":
        told = (
            "a term tells the sign almost perfectly, so its coefficient has no finite "
            "estimate; fit again with a ridge or Firth's penalty"
        )
        return (told,)
    return (f"a term tells the sign almost perfectly; estimates owe to {penalty}",)
