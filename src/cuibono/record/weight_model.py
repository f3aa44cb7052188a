"""Weight of an event on a scale such as Goldstein's: linear regression."""

from math import log, pi

import numpy as np

from cuibono.record.events import Floats, Ints
from cuibono.record.fit import Fit, robust_errors
from cuibono.record.newton import inverted
from cuibono.record.sign_model import INTERCEPT


def weight_fit(
    x: Floats,
    weight: Floats,
    terms: tuple[str, ...],
    *,
    source: Ints,
    target: Ints,
) -> Fit:
    """Least squares of the weight on the terms, with a constant.

    Parameters
    ----------
    x : (r, k) float64
        Terms.
    weight : (r,) float64
        Weight of each event.
    terms, source, target
        As for `sign_fit`.

    Raises
    ------
    ValueError
        If there are not more rows than terms.
    """
    full = np.column_stack([np.ones(len(x)), x])
    rows, p = full.shape
    if rows <= p:
        raise ValueError(f"{rows} rows are too few for {p} coefficients")
    bread = inverted(full.T @ full)
    beta = np.asarray(np.linalg.lstsq(full, weight, rcond=None)[0], np.float64)
    left = weight - full @ beta
    squares = float(left @ left)
    spread = squares / (rows - p)
    by_dyad, two_way = robust_errors((full * left[:, None]) @ bread, source, target)
    total = float(((weight - weight.mean()) ** 2).sum())
    return Fit(
        model="weight of the event, given that they interact (least squares)",
        terms=(INTERCEPT, *terms),
        coefficient=beta,
        model_error=np.sqrt(np.maximum(np.diag(bread) * spread, 0.0)),
        dyad_error=by_dyad,
        two_way_error=two_way,
        covariance=bread * spread,
        log_likelihood=_normal(squares, rows),
        null_log_likelihood=_normal(total, rows),
        rows=rows,
        cases=rows,
        iterations=1,
        converged=True,
    )


def _normal(squares: float, rows: int) -> float:
    """Log-likelihood of normal errors with their own variance."""
    variance = max(squares / rows, 1e-300)
    return -0.5 * rows * (log(2 * pi * variance) + 1)
