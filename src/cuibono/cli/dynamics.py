"""cuibono response --dynamics: does a change last, over coupling and push."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from cuibono.cli.output import emit_json, emit_premise
from cuibono.errors import UsageError
from cuibono.files.atomic import write_text
from cuibono.files.digests import file_digests
from cuibono.formats.maps.reading import MapFile

COUPLINGS = "1,2,3,4"
STRENGTHS = "1,2,4"


@dataclass(frozen=True, slots=True, kw_only=True)
class DynamicsAsked:
    """What the options ask of the bounded lens."""

    press: Mapping[int, float]
    held: Mapping[int, float | None]
    couplings: str
    strengths: str
    length: float
    horizon: float
    draws: int
    seed: int
    decade: bool
    prior: str
    report: Path | None
    as_json: bool


def printed_dynamics(path: Path, read: MapFile, asked: DynamicsAsked) -> int:
    """Follow the system over a grid and print what lasts.

    Raises
    ------
    UsageError
        If a list is no list of positive numbers, or nothing is pushed.
    """
    from cuibono.report.balance_page import Origin
    from cuibono.report.dynamics_page import dynamics_page
    from cuibono.report.dynamics_words import (
        dynamics_document,
        dynamics_lines,
        watched_nodes,
    )
    from cuibono.response.bounded import draw_bounded
    from cuibono.response.outcomes import Trial, outcomes
    from cuibono.response.priors import PRIORS
    from cuibono.study.run import versions

    if not asked.press:
        raise UsageError("--dynamics needs --press: what is pushed?")
    g = read.digraph
    prior = next(one for one in PRIORS if one.name == asked.prior)
    drawn = draw_bounded(
        g,
        prior=prior,
        draws=asked.draws,
        rng=np.random.default_rng(asked.seed),
        slowness=(0.3, 3.0) if asked.decade else (1.0, 1.0),
    )
    found = outcomes(
        drawn,
        Trial(
            press=asked.press,
            length=asked.length,
            horizon=asked.horizon,
            held=asked.held,
        ),
        couplings=numbers(asked.couplings, "--couplings"),
        strengths=numbers(asked.strengths, "--strengths"),
    )
    nodes = watched_nodes(found)
    if asked.report is not None:
        origin = Origin(
            name=read.name,
            made=f"{g.n} nodes, {g.m} links; prior {prior.name}, {prior.says}",
            command=f"cuibono response {path.name} --dynamics --couplings "
            f"{asked.couplings} --strengths {asked.strengths} --seed {asked.seed}",
            seed=asked.seed,
            versions=versions(),
            digests=file_digests([path]),
            notes=read.notes,
        )
        write_text(asked.report, dynamics_page(origin, g, found, nodes))
    if asked.as_json:
        emit_json("dynamics", dynamics_document(read.name, g, found, asked.seed))
        return 0
    click.echo(f"{read.name}: {g.n} nodes, {g.m} links")
    emit_premise(read.name)
    for line in dynamics_lines(g, found, nodes):
        click.echo(line)
    if asked.report is not None:
        click.echo(f"report: {asked.report}")
    return 0


def numbers(text: str, option: str) -> list[float]:
    """Positive numbers of a list with commas.

    Raises
    ------
    UsageError
        If one is none.
    """
    try:
        found = [float(part) for part in text.split(",")]
    except ValueError:
        found = []
    if not found or len(found) > 60 or not all(0 < value < 1e6 for value in found):
        raise UsageError(f'{option} takes positive numbers, as in 1,2,4, got "{text}"')
    return found
