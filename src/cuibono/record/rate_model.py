"""Rate: which dyads interact at all, events against controls of the same stratum."""

from enum import Enum

import numpy as np
from numpy.typing import NDArray

from cuibono.errors import UsageError
from cuibono.record.events import Floats, Ints
from cuibono.record.fit import Fit
from cuibono.record.kernels.likelihood import (
    BRESLOW,
    EFRON,
    exact_sums,
)
from cuibono.record.newton import Derived, inverted, maximum, runs_away
from cuibono.record.strata import Strata, levelled, strata_errors

EXACT_AT_MOST = 3e9
"""Rows times cases times columns squared, over all strata and one iteration."""

SIGN_FLIP = (
    "several events of one moment share a stratum with sampled controls, and "
    "{ties} treats the stratum as if every pair at risk were in it: the other events "
    "stand in the denominator at full weight while the controls were thinned. That "
    "does not shrink coefficients, it can turn their sign: on ICEWS 2014 (90,730 "
    "events, five controls) friend of enemy came out at -0.65 and enemy of friend at "
    "-0.68, against +2.8 and +3.4 or more with one stratum for each event. "
    "Give each event controls of its own (own_controls), or take the exact likelihood "
    "for small data; compat=True computes it all the same, for comparison with other "
    "programs"
)


class Ties(Enum):
    """How several events of one stratum share its likelihood."""

    OWN = "own"
    EFRON = "efron"
    BRESLOW = "breslow"
    EXACT = "exact"


def rate_fit(
    x: Floats,
    case: NDArray[np.bool_],
    stratum: Ints,
    terms: tuple[str, ...],
    *,
    source: Ints,
    target: Ints,
    ties: Ties = Ties.OWN,
    offset: Floats | None = None,
    ridge: float = 0.0,
    compat: bool = False,
) -> Fit:
    """Conditional logistic regression of events against their controls.

    Parameters
    ----------
    x : (r, k) float64
        Terms; a constant would cancel.
    case : (r,) bool
        Whether the row is an event.
    stratum : (r,) int64
        Rows of a stratum stand together.
    terms : tuple of str
        Names of the columns.
    source, target : (r,) int64
        For robust standard errors.
    ties : Ties
        `OWN` needs exactly one event in a stratum. `EXACT` is for small data.
    offset : (r,) float64, optional
        Minus the log of the chance with which the row was sampled.
    ridge : float
        Penalty ridge / 2 on the square of each standardised coefficient.
    compat : bool
        Compute Efron or Breslow with several events in a stratum all the same.

    Raises
    ------
    UsageError
        If strata hold several events and the treatment of ties does not suit, or the
        exact likelihood would be too long.
    ValueError
        If the shapes differ, or there is no event.

    References
    ----------
    Borgan, Goldstein and Langholz (1995), Methods for the analysis of sampled cohort
    data, Annals of Statistics 23.
    """
    if x.shape != (len(case), len(terms)) or len(stratum) != len(case):
        raise ValueError(f"x must be ({len(case)}, {len(terms)}), got {x.shape}")
    if not case.any():
        raise ValueError("no event between two different actors")
    begin = np.flatnonzero(np.r_[True, np.diff(stratum) != 0, True]).astype(np.int64)
    counts = np.add.reduceat(case.astype(np.int64), begin[:-1])
    _check_ties(counts, begin, x.shape[1], ties, compat=compat)
    x = np.ascontiguousarray(x)
    extra = np.zeros(len(case)) if offset is None else levelled(offset, begin)
    rows = Strata.of(x, case, begin, extra)
    mode = BRESLOW if ties is Ties.BRESLOW else EFRON
    p = x.shape[1]
    scale = rows.scale
    penalty = ridge * scale**2

    def derivatives(beta: Floats) -> Derived:
        if ties is not Ties.EXACT:
            return rows.sums(beta, mode, penalty)
        grad, curve = np.empty(p), np.empty((p, p))
        value = exact_sums(x, case, begin, beta, grad, curve)
        value -= float(penalty @ beta**2) / 2
        return value, grad - penalty * beta, curve + np.diag(penalty)

    near = None if ties is Ties.EXACT else rows.near_maximum(mode, penalty)
    found = maximum(derivatives, np.zeros(p), near=near)
    beta = found.coefficient
    bread = inverted(found.curve)
    by_dyad = two_way = np.full(p, np.nan)
    if ties is not Ties.EXACT:
        by_dyad, two_way = strata_errors(
            (x, case, begin, extra, beta, mode), bread, source, target
        )
    separated = not found.converged or runs_away(found, scale)
    return Fit(
        model=f"which pairs interact (conditional logit, ties: {ties.value})",
        terms=terms,
        coefficient=beta,
        model_error=np.sqrt(np.maximum(np.diag(bread), 0.0)),
        dyad_error=by_dyad,
        two_way_error=two_way,
        covariance=bread,
        log_likelihood=found.value + float(penalty @ beta**2) / 2,
        null_log_likelihood=found.first,
        rows=len(case),
        cases=int(case.sum()),
        iterations=found.iterations,
        converged=found.converged,
        separated=separated,
        penalty=f"ridge {ridge:g}" if ridge else "none",
        notes=_notes(rows, counts, ties, tell=separated and not ridge),
    )


def _check_ties(counts: Ints, begin: Ints, p: int, ties: Ties, *, compat: bool) -> None:
    """Refuse what would mislead or never end.

    Raises
    ------
    UsageError
        With the reason and what to do instead.
    """
    several = bool(np.any(counts > 1))
    if ties is Ties.OWN and several:
        raise UsageError(
            "ties=own needs one event in each stratum; give each event controls of "
            "its own, or take the exact likelihood for small data"
        )
    if ties in {Ties.EFRON, Ties.BRESLOW} and several and not compat:
        raise UsageError(SIGN_FLIP.format(ties=ties.value.capitalize()))
    cost = float(np.sum(np.diff(begin) * counts)) * p * p
    if ties is Ties.EXACT and cost > EXACT_AT_MOST:
        raise UsageError(
            f"the exact likelihood of these strata takes {cost:.0e} steps an "
            f"iteration, at most {EXACT_AT_MOST:.0e}: give each event controls of its own"
        )


def _notes(rows: Strata, counts: Ints, ties: Ties, *, tell: bool) -> tuple[str, ...]:
    """What a reader of the coefficients should know."""
    notes = []
    if tell:
        notes.append(
            "a term tells events from controls almost perfectly, so its coefficient "
            "has no finite estimate; fit again with a ridge"
        )
    if ties in {Ties.EFRON, Ties.BRESLOW} and np.any(counts > 1):
        notes.append(
            "several events share a stratum with sampled controls: coefficients can "
            "have the wrong sign (compatibility mode)"
        )
    if rows.live_controls < 0.05:
        notes.append(
            f"{rows.live_controls:.1%} of the controls have any term above zero: almost "
            "separated; take stratified controls or a ridge"
        )
    return tuple(notes)
