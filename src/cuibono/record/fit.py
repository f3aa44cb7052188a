"""What a fit finds: coefficients, three kinds of standard error, how it was reached."""

from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np

from cuibono.record.events import Floats, Ints
from cuibono.record.kernels.pairs import clustered_squares
from cuibono.record.pairs import numbered_pairs


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """A fitted model.

    Attributes
    ----------
    model : str
        Likelihood and design in words.
    terms : tuple of str
        Name of each coefficient.
    coefficient : (p,) float64
        Per unit of each term.
    model_error, dyad_error, two_way_error : (p,) float64
        Standard errors: by the model; robust to dependence between events of the same
        two actors; robust to dependence through a shared sender or receiver.
    covariance : (p, p) float64
        By the model.
    log_likelihood, null_log_likelihood : float
        At the coefficients, and without terms (a constant is kept); without penalty.
    rows, cases : int
        Rows in the fit, and how many of them are events (friendly ones for the sign).
    iterations : int
        Newton steps.
    converged : bool
        Whether the last step was negligible.
    separated : bool
        Whether some term tells the outcome (almost) perfectly, so that its
        coefficient has no finite estimate without a penalty.
    penalty : str
        "none", "ridge ..." or "firth".
    notes : tuple of str
        What a reader of the table should know.
    """

    model: str
    terms: tuple[str, ...]
    coefficient: Floats
    model_error: Floats
    dyad_error: Floats
    two_way_error: Floats
    covariance: Floats
    log_likelihood: float
    null_log_likelihood: float
    rows: int
    cases: int
    iterations: int
    converged: bool
    separated: bool = False
    penalty: str = "none"
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Freeze the arrays."""
        for array in (
            self.coefficient,
            self.model_error,
            self.dyad_error,
            self.two_way_error,
            self.covariance,
        ):
            array.setflags(write=False)

    @property
    def error(self) -> Floats:
        """The largest of the three standard errors, term by term."""
        return np.fmax(np.fmax(self.model_error, self.dyad_error), self.two_way_error)

    @property
    def p_value(self) -> Floats:
        """Two-sided normal p-value by the largest standard error; no verdict."""
        with np.errstate(divide="ignore", invalid="ignore"):
            z = np.abs(self.coefficient / self.error)
        return np.array([erfc(value / sqrt(2)) for value in z])

    def of(self, term: str) -> tuple[float, float]:
        """Coefficient and largest standard error of a term."""
        at = self.terms.index(term)
        return float(self.coefficient[at]), float(self.error[at])


def clustered(influence: Floats, cluster: Ints, clusters: int) -> Floats:
    """Covariance of a sum of influences that depend on one another inside clusters.

    No small-sample factor. `influence` is (rows, p): the score of each row times the
    inverse of the information; clusters are numbered from 0.
    """
    out = np.zeros((influence.shape[1], influence.shape[1]))
    clustered_squares(np.ascontiguousarray(influence), cluster, clusters, out)
    return out


def robust_errors(
    influence: Floats, source: Ints, target: Ints
) -> tuple[Floats, Floats]:
    """Standard errors clustered by the two actors together, and by either of them.

    The first takes the two directions of a pair as one cluster. The second adds what
    rows share through the sender and through the receiver, and takes off what both
    count.
    """
    n = int(max(source.max(initial=0), target.max(initial=0))) + 1
    pair, pairs = numbered_pairs(n, source, target)
    way = 2 * pair + (source < target)
    by_dyad = clustered(influence, pair, pairs)
    two_way = clustered(influence, source, n) + clustered(influence, target, n)
    two_way -= clustered(influence, way, 2 * pairs)
    with np.errstate(invalid="ignore"):
        return (
            np.sqrt(np.diag(by_dyad)),
            # The difference can fall below zero where dependence is negative.
            np.sqrt(np.maximum(np.diag(two_way), 0.0)),
        )
