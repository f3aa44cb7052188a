"""Models of a whole record: terms from its history, then the fit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from cuibono.record.controls import Sample
from cuibono.record.covariates import Covariate
from cuibono.record.design import SPECIFICATIONS
from cuibono.record.events import Floats, SignedEvents
from cuibono.record.fit import Fit
from cuibono.record.ordered_model import ordered_fit
from cuibono.record.pairs import record_pairs
from cuibono.record.rate_model import Ties, rate_fit
from cuibono.record.rows import Rows, event_rows
from cuibono.record.settings import Memory
from cuibono.record.sign_model import sign_fit
from cuibono.record.statistics.catalogue import modelled, statistics_of
from cuibono.record.weight_model import weight_fit


class Model(Enum):
    """What is explained."""

    SIGN = "sign"
    ORDERED = "ordered"
    WEIGHT = "weight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """A covariate as a term: of the sender, of the receiver, or of the two."""

    term: str
    covariate: Covariate
    of: str

    def value(self, rows: Rows) -> Floats:
        """Column of the term."""
        if self.of == "dyad":
            return self.covariate.of_dyad(rows)
        return self.covariate.of_actor(rows, receiver=self.of == "receiver")


def with_extras(
    x: Floats, terms: Sequence[str], rows: Rows, extras: Sequence[Extra]
) -> tuple[Floats, tuple[str, ...]]:
    """Terms with those of covariates behind them."""
    if not extras:
        return x, tuple(terms)
    columns = [x, *(extra.value(rows)[:, None] for extra in extras)]
    return np.hstack(columns), (*terms, *(extra.term for extra in extras))


def event_fit(
    events: SignedEvents,
    memory: Memory,
    *,
    model: Model = Model.SIGN,
    terms: Sequence[str] = SPECIFICATIONS[3],
    extras: Sequence[Extra] = (),
    ridge: float = 0.0,
    firth: bool = False,
) -> Fit:
    """Fit of what events are, given that they happen.

    Parameters
    ----------
    events : SignedEvents
        The record.
    memory : Memory
        How the past is remembered.
    model : Model
        Friendly or hostile; with neutral in between; or the weight.
    terms : sequence of str
        Of `STATISTICS`.
    extras : sequence of Extra
        Terms from covariates.
    ridge, firth : float, bool
        Penalties of the sign model.

    Raises
    ------
    ValueError
        If no event can enter the model, or a term is unknown.
    """
    keep = events.source != events.target
    if model is not Model.ORDERED:
        keep = keep & (events.sign != 0)
    at = np.flatnonzero(keep)
    if len(at) == 0:
        raise ValueError("no friendly or hostile event between two different actors")
    rows = event_rows(events, memory.order, at)
    x = modelled(statistics_of(events, rows, memory, terms), terms)
    x, names = with_extras(x, terms, rows, extras)
    if model is Model.SIGN:
        return sign_fit(
            x,
            (events.sign[at] > 0).astype(np.float64),
            names,
            source=rows.source,
            target=rows.target,
            ridge=ridge,
            firth=firth,
        )
    if model is Model.WEIGHT:
        return weight_fit(
            x, events.weight[at], names, source=rows.source, target=rows.target
        )
    sign = events.sign[at].astype(np.int64)
    return ordered_fit(x, sign, names, source=rows.source, target=rows.target)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RateFit:
    """Rate model over several draws of controls.

    Attributes
    ----------
    fits : tuple of Fit
        One a draw.
    coefficient : (p,) float64
        Mean over draws.
    between : (p,) float64
        Standard deviation over draws: what the choice of controls alone moves.
    error : (p,) float64
        From the mean variance inside draws and the variance between them.
    says : str
        Sampling design in words.
    """

    fits: tuple[Fit, ...]
    coefficient: Floats
    between: Floats
    error: Floats
    says: str


def rate_fits(
    events: SignedEvents,
    memory: Memory,
    sample: Callable[[np.random.Generator], Sample],
    *,
    seed: int,
    redraws: int = 5,
    terms: Sequence[str] = SPECIFICATIONS[0],
    extras: Sequence[Extra] = (),
    ridge: float = 0.0,
    ties: Ties = Ties.OWN,
    compat: bool = False,
) -> RateFit:
    """Which pairs interact: one fit for each of several draws of controls.

    Parameters
    ----------
    events, memory
        The record and how it is remembered.
    sample : callable
        Generator -> events and controls.
    seed, redraws : int
        Where random numbers start, and how many draws.
    terms, extras, ridge
        As for `event_fit`.
    ties, compat
        As for `rate_fit`.

    Raises
    ------
    UsageError
        As `rate_fit`.
    """
    pairs = record_pairs(events)
    fits, says = [], ""
    for redraw in range(redraws):
        drawn = sample(np.random.default_rng([seed, redraw]))
        says = drawn.says
        values = statistics_of(events, drawn.rows, memory, terms, pairs=pairs)
        modelled(values, terms, out=values)
        x, names = with_extras(values, terms, drawn.rows, extras)
        fits.append(
            rate_fit(
                x,
                drawn.case,
                drawn.stratum,
                names,
                source=drawn.rows.source,
                target=drawn.rows.target,
                ties=ties,
                offset=drawn.offset,
                ridge=ridge,
                compat=compat,
            )
        )
    table = np.array([fit.coefficient for fit in fits])
    inside = np.mean([fit.error**2 for fit in fits], axis=0)
    between = table.var(axis=0, ddof=1) if redraws > 1 else np.zeros(table.shape[1])
    return RateFit(
        fits=tuple(fits),
        coefficient=table.mean(axis=0),
        between=np.sqrt(between),
        error=np.sqrt(inside + (1 + 1 / redraws) * between),
        says=says,
    )
