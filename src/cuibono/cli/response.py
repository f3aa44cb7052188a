"""cuibono response: who rises and falls when something is pushed, and how sure it is."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cuibono.cli.dynamics import (
    COUPLINGS,
    STRENGTHS,
    DynamicsAsked,
    numbers,
    printed_dynamics,
)
from cuibono.cli.inference import (
    Draws,
    printed_comparison,
    printed_evidence,
    printed_implications,
)
from cuibono.cli.output import emit_json, emit_list, emit_premise
from cuibono.errors import UsageError
from cuibono.formats.maps.reading import LIMITATIONS, read_map

if TYPE_CHECKING:
    from cuibono.model.digraph import SignedDigraph
    from cuibono.response.observed import Observation, Order
    from cuibono.response.priors import Prior

SEED = 2014
MOST_DRAWS = 2000
"""Most draws of the bounded lens: each is followed in every cell."""
PRIOR_NAMES = {
    "uniform": "uniform",
    "uniform01": "uniform-0.01",
    "beta13": "weak",
    "beta31": "strong",
    "loguniform": "log-uniform",
}
"""Name on the command line to name of the prior."""
_SIGNS = {"+": 1, "-": -1, "0": 0, "1": 1, "-1": -1, "+1": 1}


@click.command(
    "response",
    epilog="""\b
MODEL is a case folder; a table (.csv) with the columns from, to, sign and perhaps
group and pair; a square matrix (.csv); or a drawing: Dia (.dia), Kumu (.json), XMILE
(.stmx), Decision Explorer (.mdx), GraphML. Without --press every node is pushed in
turn.
\b
Examples:
  cuibono response map.csv
  cuibono response map.csv --press rabbits=+1 --prior all
  cuibono response map.csv --press rabbits=+1 --observe rabbits=+ --observe tussock=-
  cuibono response map.csv --press rats=-1 --when rabbits=1 --observe tussock=-
  cuibono response b.csv --against c.csv --press V=+1 --observe H=-
  cuibono response map.dia --adjoint --json
  cuibono response cases/enemy-of-my-enemy --reading author --loops
  cuibono response map.csv --dynamics --press rabbits=-1 --report page.html

\b
Exit status: 0 done; 2 misuse or bad input; 4 a limit came before all was drawn.""",
)
@click.argument("model", type=click.Path(path_type=Path))
@click.option(
    "--press", "presses", multiple=True, help="NODE=SIZE; several are one push."
)
@click.option("--prior", default="uniform", help="One of the five, or all.")
@click.option("--self-limitation", type=click.Choice(LIMITATIONS), default="enforce")
@click.option("--samples", type=click.IntRange(1, 10_000_000), default=1000)
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=SEED)
@click.option("--observe", "observed", multiple=True, help="NODE=+, - or 0.")
@click.option("--when", multiple=True, help="NODE=SIZE: pushed when it was observed.")
@click.option(
    "--stronger",
    multiple=True,
    nargs=4,
    help="FROM TO FROM TO: the first link is stronger than the second.",
)
@click.option(
    "--uncertain",
    type=click.Choice(("qpress", "independent")),
    default="qpress",
    help="Chance with which uncertain links are kept.",
)
@click.option("--threads", type=click.IntRange(1, 64), default=1)
@click.option("--implications", is_flag=True, help="What always goes together.")
@click.option("--evidence", is_flag=True, help="Which uncertain links were there.")
@click.option(
    "--against",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Another model, compared by what was observed.",
)
@click.option("--weights", help="Of --against: prior weights, as in 3,3,5,5.")
@click.option("--reading", help="Of a case; the first if not given.")
@click.option("--time-limit", type=click.FloatRange(0, min_open=True), help="Seconds.")
@click.option("--adjoint", is_flag=True, help="Exact integers instead of draws.")
@click.option("--loops", "with_loops", is_flag=True, help="Loops and archetypes.")
@click.option("--paths", nargs=2, help="FROM TO: chains of effects with their sign.")
@click.option("--longest", type=click.IntRange(1, 40), default=8, help="Of the loops.")
@click.option("--dynamics", is_flag=True, help="Follow a saturating system in time.")
@click.option("--couplings", default=COUPLINGS, help="Of --dynamics.")
@click.option("--strengths", default=STRENGTHS, help="Of --dynamics.")
@click.option("--length", type=click.FloatRange(0.5, 1e4), default=20.0)
@click.option("--horizon", type=click.FloatRange(1, 1e5), default=280.0)
@click.option("--hold", multiple=True, help="NODE=LEVEL, or NODE=now: kept throughout.")
@click.option("--remove", multiple=True, help="NODE: kept at nothing throughout.")
@click.option("--decade", is_flag=True, help="Draw time constants over a decade.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Of --dynamics: write a page with pictures (HTML).",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    model: Path,
    presses: tuple[str, ...],
    prior: str,
    self_limitation: str,
    samples: int,
    seed: int,
    observed: tuple[str, ...],
    when: tuple[str, ...],
    stronger: tuple[tuple[str, str, str, str], ...],
    uncertain: str,
    threads: int,
    implications: bool,
    evidence: bool,
    against: tuple[Path, ...],
    weights: str | None,
    reading: str | None,
    time_limit: float | None,
    adjoint: bool,
    with_loops: bool,
    paths: tuple[str, str] | None,
    longest: int,
    dynamics: bool,
    couplings: str,
    strengths: str,
    length: float,
    horizon: float,
    hold: tuple[str, ...],
    remove: tuple[str, ...],
    decade: bool,
    report: Path | None,
    as_json: bool,
) -> int:
    """Say where a system's equilibrium goes when something is pushed and held.

    First what the signs alone decide, then shares over models with random strengths,
    for one prior or all, among those that agree with what was observed.

    Raises
    ------
    UsageError
        If an option does not fit.
    """
    read = read_map(model, reading=reading, limitation=self_limitation)
    g = read.digraph
    for note in read.notes:
        click.echo(f"note: {note}", err=True)
    if adjoint:
        return _adjoint(read.name, g, as_json)
    if with_loops:
        return _loops(read.name, g, longest, as_json)
    if paths is not None:
        return _paths(read.name, g, paths, longest, as_json)
    push = _pushes(g, presses)
    if dynamics:
        asked = DynamicsAsked(
            press=push,
            held=_held(g, hold, remove),
            couplings=couplings,
            strengths=strengths,
            length=length,
            horizon=horizon,
            draws=min(samples, MOST_DRAWS),
            seed=seed,
            decade=decade,
            prior=_priors(prior)[0].name,
            report=report,
            as_json=as_json,
        )
        return printed_dynamics(model, read, asked)
    if report is not None or hold or remove:
        raise UsageError("--report, --hold and --remove go with --dynamics")
    cause = _pushes(g, when) or push
    if observed and not cause:
        raise UsageError("--observe needs --press or --when: what was pushed then?")
    wanted = Draws(
        priors=_priors(prior),
        samples=samples,
        seed=seed,
        observations=_observations(g, cause, observed),
        orders=_orders(g, stronger),
        uncertain=uncertain,
        threads=threads,
        time_limit=time_limit,
        as_json=as_json,
    )
    if against:
        others = [read_map(path, limitation=self_limitation) for path in against]
        seen = [
            _observations(one.digraph, _pushes(one.digraph, when or presses), observed)
            for one in others
        ]
        return printed_comparison(
            [read, *others],
            [wanted.observations, *seen],
            numbers(weights, "--weights") if weights else None,
            wanted,
        )
    if evidence:
        return printed_evidence(read.name, g, wanted)
    if implications:
        return printed_implications(read.name, g, push, wanted)
    return _sampled(
        read.name, g, [push] if push else [{node: 1.0} for node in range(g.n)], wanted
    )


def _sampled(
    name: str,
    g: "SignedDigraph",
    presses: "list[dict[int, float]]",
    asked: Draws,
) -> int:
    """Draw, count and print."""
    from cuibono.balance.clock import STOP
    from cuibono.cli.stopping import bounds_on_interrupt
    from cuibono.report.response_words import response_document, response_lines
    from cuibono.response.classes import certain_signs, response_classes
    from cuibono.response.observed import sampled_responses

    with bounds_on_interrupt():
        sampled = [
            sampled_responses(
                g,
                prior=one,
                presses=presses,
                samples=asked.samples,
                seed=asked.seed,
                observations=asked.observations,
                orders=asked.orders,
                uncertain=asked.uncertain,
                threads=asked.threads,
                time_limit=asked.time_limit,
                stop=STOP.is_set,
            )
            for one in asked.priors
        ]
    classes = response_classes(g, presses, sampled)
    certain = certain_signs(g, presses)
    if asked.as_json:
        document = response_document(name, g, sampled, classes, certain, asked.seed)
        emit_json("response", document)
    else:
        click.echo(f"{name}: {g.n} nodes, {g.m} links")
        emit_premise(name)
        for line in response_lines(g, sampled, classes, certain):
            click.echo(line)
    stopped = any(not one.finished and not one.no_equilibrium for one in sampled)
    return 4 if stopped else 0


def _adjoint(name: str, g: "SignedDigraph", as_json: bool) -> int:
    """Print the adjoint, the absolute feedback and the weights.

    Raises
    ------
    UsageError
        If a link has no certain sign, or the terms cannot be counted.
    """
    from cuibono.response.structure import absolute_feedback, adjoint

    try:
        net, terms = adjoint(g), absolute_feedback(g)
    except ValueError as error:
        raise UsageError(str(error)) from error
    rows: list[dict[str, object]] = [
        {
            "press": g.names[press],
            "response": g.names[node],
            "adjoint": int(net[node, press]),
            "absolute_feedback": int(terms[node, press]),
            "weight": abs(int(net[node, press])) / int(terms[node, press])
            if terms[node, press]
            else None,
        }
        for press in range(g.n)
        for node in range(g.n)
    ]
    if as_json:
        emit_list(rows)
        return 0
    emit_premise(name)
    click.echo("push > response: net terms of all terms (1 of 1 is certain)")
    for row in rows:
        if row["absolute_feedback"]:
            click.echo(
                f"{row['press']} > {row['response']}: {row['adjoint']} of "
                f"{row['absolute_feedback']}"
            )
    return 0


def _loops(name: str, g: "SignedDigraph", longest: int, as_json: bool) -> int:
    """Print loops and archetypes."""
    from cuibono.report.response_words import loop_words, loops_document
    from cuibono.response.archetypes import archetypes
    from cuibono.response.structure import loops

    listed = loops(g, max_length=longest)
    found = archetypes(g, max_length=min(longest, 5))
    document = loops_document(name, g, listed, found)
    if as_json:
        emit_json("loops", document)
        return 0
    more = "" if listed.complete else f" (more, or longer than {longest} steps)"
    click.echo(f"{name}: {len(listed.loops)} loops{more}")
    emit_premise(name)
    for loop in listed.loops:
        click.echo(f"  {loop_words(g, loop)}")
    click.echo(f"{len(found.archetypes)} archetypes")
    for one in found.archetypes:
        click.echo(f"  {one.name}: {one.says}")
    return 0


def _paths(
    name: str, g: "SignedDigraph", ends: tuple[str, str], longest: int, as_json: bool
) -> int:
    """Print the chains of effects from one node to another.

    Raises
    ------
    UsageError
        If there is no such node, or both are one.
    """
    from cuibono.report.response_words import path_words, paths_document
    from cuibono.response.structure import path_signs

    start, target = (_split(g, f"{end}=0", "--paths")[0] for end in ends)
    if start == target:
        raise UsageError("--paths takes two different nodes")
    found = path_signs(g, g.position(start), g.position(target), max_length=longest)
    if as_json:
        emit_json("paths", paths_document(name, g, found))
        return 0
    more = "" if found.complete else f" (more, or longer than {longest} steps)"
    click.echo(f"{name}: {len(found.paths)} chains from {start} to {target}{more}")
    emit_premise(name)
    for path in found.paths:
        click.echo(f"  {path_words(g, path)}")
    return 0


def _pushes(g: "SignedDigraph", texts: tuple[str, ...]) -> dict[int, float]:
    """Sizes of pushes by position.

    Raises
    ------
    UsageError
        If a text is not NODE=SIZE.
    """
    found = {}
    for text in texts:
        name, size = _split(g, text, "--press")
        try:
            value = float(size)
        except ValueError:
            value = 0.0
        if not value or abs(value) == float("inf") or value != value:
            raise UsageError(f'--press takes NODE=SIZE, as in A=+1, got "{text}"')
        found[g.position(name)] = value
    return found


def _held(
    g: "SignedDigraph", hold: tuple[str, ...], remove: tuple[str, ...]
) -> dict[int, float | None]:
    """Levels of held nodes; None for where they are now.

    Raises
    ------
    UsageError
        If a node or a level is none.
    """
    found: dict[int, float | None] = {}
    for text in hold:
        name, level = _split(g, text, "--hold")
        try:
            value = None if level == "now" else float(level)
        except ValueError:
            value = -1.0
        if value is not None and not 0 <= value <= 1:
            raise UsageError(f'--hold takes NODE=LEVEL from 0 to 1, got "{text}"')
        found[g.position(name)] = value
    for name in remove:
        found[g.position(_split(g, f"{name}=0", "--remove")[0])] = 0.0
    return found


def _split(g: "SignedDigraph", text: str, option: str) -> tuple[str, str]:
    """Node and value of NODE=VALUE; names may hold the sign =.

    Raises
    ------
    UsageError
        If there is no such node.
    """
    name, mark, value = text.rpartition("=")
    if not mark:
        raise UsageError(f'{option} takes NODE=VALUE, got "{text}"')
    if name not in g.names:
        raise UsageError(
            f'{option}: no node "{name}"; there are: {", ".join(g.names[:40])}'
        )
    return name, value.strip()


def _observations(
    g: "SignedDigraph", push: dict[int, float], texts: tuple[str, ...]
) -> "list[Observation]":
    """What was seen under the push.

    Raises
    ------
    UsageError
        If a text is not NODE=+, NODE=- or NODE=0.
    """
    from cuibono.response.observed import Observation

    signs = {}
    for text in texts:
        name, sign = _split(g, text, "--observe")
        if sign not in _SIGNS:
            raise UsageError(f'--observe takes NODE=+, NODE=- or NODE=0, got "{text}"')
        signs[g.position(name)] = _SIGNS[sign]
    return [Observation(press=push, signs=signs)] if signs else []


def _orders(
    g: "SignedDigraph", texts: tuple[tuple[str, str, str, str], ...]
) -> "list[Order]":
    """Orders between links.

    Raises
    ------
    UsageError
        If a link is not there, or there in both signs.
    """
    from cuibono.response.observed import Order

    def link(tail: str, head: str) -> int:
        ends = [
            k
            for k in range(g.m)
            if (g.names[g.tail[k]], g.names[g.head[k]]) == (tail, head)
        ]
        if len(ends) != 1:
            raise UsageError(f'--stronger: {len(ends)} links from "{tail}" to "{head}"')
        return ends[0]

    return [Order(greater=link(a, b), lesser=link(c, d)) for a, b, c, d in texts]


def _priors(name: str) -> "list[Prior]":
    """Priors of a name, or all.

    Raises
    ------
    UsageError
        If there is no such prior.
    """
    from cuibono.response.priors import PRIORS

    if name == "all":
        return list(PRIORS)
    wanted = PRIOR_NAMES.get(name, name)
    found = [one for one in PRIORS if one.name == wanted]
    if not found:
        known = ", ".join([*PRIOR_NAMES, "all"])
        raise UsageError(f'no prior "{name}"; there are: {known}')
    return found
