"""cuibono response: models compared, uncertain links weighed, implications told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click

from cuibono.cli.output import emit_json, emit_premise
from cuibono.errors import UsageError
from cuibono.formats.maps.reading import MapFile
from cuibono.model.digraph import SignedDigraph
from cuibono.response.observed import Observation, Order
from cuibono.response.priors import Prior


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """How models are drawn, and what they must agree with."""

    priors: Sequence[Prior]
    samples: int
    seed: int
    observations: Sequence[Observation]
    orders: Sequence[Order]
    uncertain: str
    threads: int
    time_limit: float | None
    as_json: bool


def printed_comparison(
    models: Sequence[MapFile],
    observations: Sequence[Sequence[Observation]],
    weights: Sequence[float] | None,
    asked: Draws,
) -> int:
    """Compare alternative models by what was observed, and print it.

    Raises
    ------
    UsageError
        If nothing was observed, or weights do not fit the models.
    """
    from cuibono.report.inference_words import comparison_document, comparison_lines
    from cuibono.response.compare import compare_models

    if not asked.observations:
        raise UsageError("--against needs --observe: what was seen?")
    if weights is not None and len(weights) != len(models):
        raise UsageError(f"--weights takes {len(models)} numbers, one a model")
    found = compare_models(
        [one.digraph for one in models],
        observations=observations,
        prior=asked.priors[0],
        samples=asked.samples,
        seed=asked.seed,
        weights=weights,
        uncertain=asked.uncertain,
        threads=asked.threads,
        time_limit=asked.time_limit,
    )
    names = [one.name for one in models]
    if asked.as_json:
        emit_json("compare-models", comparison_document(names, found, asked.seed))
        return 0
    for line in comparison_lines(names, found):
        click.echo(line)
    return 0


def printed_evidence(name: str, g: SignedDigraph, asked: Draws) -> int:
    """Tell which uncertain links the observations speak for, and print it.

    Raises
    ------
    UsageError
        If no link is uncertain.
    """
    from cuibono.report.inference_words import evidence_document, evidence_lines
    from cuibono.response.compare import edge_evidence

    try:
        found = edge_evidence(
            g,
            observations=asked.observations,
            prior=asked.priors[0],
            samples=asked.samples,
            seed=asked.seed,
            orders=asked.orders,
            uncertain=asked.uncertain,
            threads=asked.threads,
        )
    except ValueError as error:
        raise UsageError(str(error)) from error
    if asked.as_json:
        emit_json("evidence", evidence_document(name, g, found, asked.seed))
        return 0
    emit_premise(name)
    for line in evidence_lines(g, found):
        click.echo(line)
    return 0


def printed_implications(
    name: str, g: SignedDigraph, push: Mapping[int, float], asked: Draws
) -> int:
    """Tell which responses always go together, and print it.

    Raises
    ------
    UsageError
        If nothing is pushed.
    """
    from cuibono.report.inference_words import (
        implications_document,
        implications_lines,
    )
    from cuibono.response.implications import implications

    if not push:
        raise UsageError("--implications needs --press: what is pushed?")
    found = implications(
        g,
        push,
        prior=asked.priors[0],
        samples=asked.samples,
        seed=asked.seed,
        observations=asked.observations,
        orders=asked.orders,
        uncertain=asked.uncertain,
        threads=asked.threads,
    )
    if asked.as_json:
        emit_json("implications", implications_document(name, g, found, asked.seed))
        return 0
    emit_premise(name)
    for line in implications_lines(g, found):
        click.echo(line)
    return 0
