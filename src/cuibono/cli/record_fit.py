"""cuibono record fit: the sign, the weight or the rate of events."""

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cuibono.cli.output import emit_json, emit_table
from cuibono.cli.record_covariates import read_extras
from cuibono.cli.record_options import chosen_memory, events_argument, memory_options
from cuibono.errors import UsageError

if TYPE_CHECKING:
    import numpy as np

    from cuibono.record.controls import Sample
    from cuibono.record.events import SignedEvents
    from cuibono.record.fit import Fit
    from cuibono.record.fitting import Extra, RateFit
    from cuibono.record.settings import Memory

MODELS = ("sign", "ordered", "weight", "rate")
TIES = ("own", "efron", "breslow", "exact")


@click.command(
    "fit",
    epilog="""\b
Terms by --terms: 0 repetition, reciprocity and triads; 1 with degrees; 2 with long-run
shares; 3 with both. A coefficient is no verdict: `cuibono record rules` gives those.
\b
Examples:
  cuibono record fit events.csv
  cuibono record fit events.csv --model weight --terms 1
  cuibono record fit events.csv --model rate --controls 10 --near 0.5 --redraws 5
  cuibono record fit events.csv --covariate wealth=gdp.csv --json""",
)
@events_argument
@memory_options
@click.option("--model", type=click.Choice(MODELS), default="sign", show_default=True)
@click.option(
    "--terms",
    "specification",
    type=click.IntRange(0, 3),
    help="Set of terms.  [default: 3, for the rate 0]",
)
@click.option(
    "--covariate",
    "covariates",
    multiple=True,
    metavar="NAME=FILE",
    help="Table actor[,time],value or source,target[,time],value.",
)
@click.option("--ridge", type=click.FloatRange(0), default=0.0, help="Ridge penalty.")
@click.option("--firth", is_flag=True, help="Firth's penalty, for the sign.")
@click.option("--controls", type=click.IntRange(1, 1000), default=5, show_default=True)
@click.option(
    "--near",
    type=click.FloatRange(0, 1, max_open=True),
    default=0.5,
    show_default=True,
    help="Share of controls drawn near the history.",
)
@click.option("--redraws", type=click.IntRange(1, 100), default=5, show_default=True)
@click.option("--ties", type=click.Choice(TIES), default="own", show_default=True)
@click.option(
    "--compat",
    type=click.Choice(["eventnet"]),
    help="Strata of a moment with shared controls, as eventnet makes them.",
)
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=2014)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    events: Path,
    half_life_days: float | None,
    config: Path | None,
    model: str,
    specification: int | None,
    covariates: tuple[str, ...],
    ridge: float,
    firth: bool,
    controls: int,
    near: float,
    redraws: int,
    ties: str,
    compat: str | None,
    seed: int,
    as_json: bool,
) -> int:
    """Fit a model of EVENTS: how friendly they are, or which pairs interact at all.

    Three standard errors: by the model, by pair, and by sender and receiver. Days with
    several events and shared controls are refused under Efron and Breslow, which can
    turn the signs of coefficients; `--compat eventnet` computes them all the same.

    Raises
    ------
    UsageError
        If the record does not suit the model.
    """
    from cuibono.record.design import SPECIFICATIONS
    from cuibono.record.fitting import Model, event_fit
    from cuibono.record.incoming import read_events

    memory = chosen_memory(half_life_days, config)
    found = read_events(events)
    extras = read_extras(covariates, found)
    key = specification if specification is not None else 0 if model == "rate" else 3
    terms = SPECIFICATIONS[key]
    try:
        if model == "rate":
            rate = _rate(
                found, memory, terms, extras, ridge=ridge, controls=controls, near=near,
                redraws=redraws, ties=ties, compat=compat is not None, seed=seed,
            )  # fmt: skip
            return _print_rate(found, memory, rate, seed, as_json=as_json)
        fit = event_fit(
            found, memory, model=Model(model), terms=terms, extras=extras,
            ridge=ridge, firth=firth,
        )  # fmt: skip
    except ValueError as error:
        raise UsageError(f"{events.name}: {error}") from error
    return _print_fit(found, memory, fit, as_json=as_json)


def _rate(
    events: "SignedEvents",
    memory: "Memory",
    terms: tuple[str, ...],
    extras: "tuple[Extra, ...]",
    *,
    ridge: float,
    controls: int,
    near: float,
    redraws: int,
    ties: str,
    compat: bool,
    seed: int,
) -> "RateFit":
    """Rate model with the controls asked for."""
    from cuibono.record.controls import eventnet_strata, stratified_controls
    from cuibono.record.fitting import rate_fits
    from cuibono.record.rate_model import Ties

    treated = Ties(ties)
    if compat and treated is Ties.OWN:
        treated = Ties.EFRON

    def sample(rng: "np.random.Generator") -> "Sample":
        # Efron and Breslow have a meaning for shared strata only, where they are refused.
        if compat or treated is not Ties.OWN:
            return eventnet_strata(events, each=controls, rng=rng, order=memory.order)
        return stratified_controls(
            events, each=controls, rng=rng, order=memory.order, near_share=near
        )

    return rate_fits(
        events, memory, sample, seed=seed, redraws=redraws, terms=terms, extras=extras,
        ridge=ridge, ties=treated, compat=compat,
    )  # fmt: skip


def _print_fit(
    events: "SignedEvents", memory: "Memory", fit: "Fit", *, as_json: bool
) -> int:
    """Print the table of a fit."""
    columns = (fit.coefficient, fit.model_error, fit.dyad_error, fit.two_way_error)
    if as_json:
        names = ("coefficient", "model_error", "dyad_error", "two_way_error")
        emit_json(
            "record-fit",
            {
                "events": events.name,
                "model": fit.model,
                "half_life_days": memory.half_life_days,
                "rows": fit.rows,
                "cases": fit.cases,
                "log_likelihood": fit.log_likelihood,
                "null_log_likelihood": fit.null_log_likelihood,
                "converged": fit.converged,
                "separated": fit.separated,
                "penalty": fit.penalty,
                "notes": list(fit.notes),
                "terms": [
                    {
                        "term": term,
                        **dict(zip(names, map(_number, values), strict=True)),
                    }
                    for term, *values in zip(fit.terms, *columns, strict=True)
                ],
            },
        )
        return 0
    click.echo(f"According to {events.name}: {fit.model}, {fit.rows} rows.")
    emit_table(
        ["term", "coefficient", "by model", "by pair", "two-way"],
        [
            [term, *(f"{value:.4f}" for value in values)]
            for term, *values in zip(fit.terms, *columns, strict=True)
        ],
    )
    click.echo(f"log-likelihood {fit.log_likelihood:.3f}")
    for note in fit.notes:
        click.echo(f"note: {note}", err=True)
    return 0


def _print_rate(
    events: "SignedEvents",
    memory: "Memory",
    rate: "RateFit",
    seed: int,
    *,
    as_json: bool,
) -> int:
    """Print the table of a rate model."""
    first = rate.fits[0]
    columns = (rate.coefficient, rate.error, rate.between)
    notes = tuple(dict.fromkeys(note for fit in rate.fits for note in fit.notes))
    if as_json:
        emit_json(
            "record-rate",
            {
                "events": events.name,
                "model": first.model,
                "controls": rate.says,
                "half_life_days": memory.half_life_days,
                "redraws": len(rate.fits),
                "seed": seed,
                "rows": first.rows,
                "cases": first.cases,
                "notes": list(notes),
                "terms": [
                    {
                        "term": term,
                        "coefficient": _number(value),
                        "error": _number(error),
                        "between_draws": _number(between),
                    }
                    for term, value, error, between in zip(
                        first.terms, *columns, strict=True
                    )
                ],
            },
        )
        return 0
    click.echo(f"According to {events.name}: {first.model};")
    click.echo(f"{rate.says}; {len(rate.fits)} draws of controls, seed {seed}.")
    emit_table(
        ["term", "coefficient", "error", "between draws"],
        [
            [term, *(f"{value:.4f}" for value in values)]
            for term, *values in zip(first.terms, *columns, strict=True)
        ],
    )
    for note in notes:
        click.echo(f"note: {note}", err=True)
    return 0


def _number(value: float) -> float | None:
    """Return a number as JSON takes it: none for one that there is not."""
    return float(value) if isfinite(value) else None
