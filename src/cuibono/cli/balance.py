"""cuibono balance: the frustration index of a network, its factions and its proof."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cuibono.cli.balance_proof import checked_certificate
from cuibono.cli.output import emit_json, emit_premise
from cuibono.cli.progress import Progress
from cuibono.errors import UsageError
from cuibono.files.atomic import write_text
from cuibono.formats.network import LAYERS, Network, read_network
from cuibono.formats.network_series import Span, read_series, span_of
from cuibono.formats.symmetrise import RULES
from cuibono.study.run import SEED

if TYPE_CHECKING:
    from cuibono.balance.analysis import Analysis
    from cuibono.balance.series import Series
    from cuibono.report.balance_page import Origin

_MOST_FACTIONS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What the options ask for, beside the network itself."""

    rule: str
    weighted: bool
    time_limit: float | None
    factions: str | None
    nulls: tuple[str, ...]
    draws: int
    seed: int
    pair: tuple[str, str] | None
    flips: int | None
    measures: bool
    exact: bool
    blocks: bool
    relaxed: int | None
    directed: bool
    certificate: Path | None
    report: Path | None
    as_json: bool


@click.command(
    "balance",
    epilog="""\b
NETWORK is a table (.csv, .csv.gz) with the columns source, target, sign; a GraphML
file with an edge attribute sign; a Pajek file (.net); or a case folder. Several
networks, or dated ties with --window or --half-life, are followed over time.
\b
Examples:
  cuibono balance ties.csv
  cuibono balance ties.csv.gz --time-limit 60 --certificate proof.json
  cuibono balance ties.csv --verify proof.json
  cuibono balance ties.csv --null shuffle,stp --measures --report page.html
  cuibono balance ties.csv --pair Arda Brun
  cuibono balance dated.csv --window 4 --step 1 --report page.html
  cuibono balance cases/enemy-of-my-enemy --layer effective

\b
Exit status: 0 proven; 1 the certificate is rejected; 4 only bounds are known.""",
)
@click.argument("networks", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--symmetrise",
    type=click.Choice(list(RULES)),
    help="What becomes of several rows on a pair. [default: drop; sum with a half-life]",
)
@click.option("--weighted", is_flag=True, help="Use the column weight.")
@click.option("--relations", help="Signs of a Pajek file's relations, as 1:+,2:-.")
@click.option("--layer", type=click.Choice(LAYERS), help="Of a case.")
@click.option("--reading", help="Of a case; the first if not given.")
@click.option("--window", type=float, help="Length of a period, in days or units.")
@click.option("--step", type=float, help="From one period to the next.")
@click.option("--half-life", type=float, help="Older ties weigh less.")
@click.option("--time-limit", type=click.FloatRange(0, min_open=True), help="Seconds.")
@click.option("--factions", help="Also weak balance: at most so many, or free.")
@click.option("--null", "null", help="shuffle, stp, configuration; commas between.")
@click.option("--exact", is_flag=True, help="Prove the index of every draw of a null.")
@click.option("--draws", type=click.IntRange(2, 100_000), default=200)
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=SEED)
@click.option("--pair", nargs=2, help="The four rules for two actors.")
@click.option("--flips", type=click.IntRange(1), help="Ties whose turn helps most.")
@click.option("--measures", is_flag=True, help="Cycles, walks, centralities.")
@click.option("--blocks", is_flag=True, help="Which block model tells the signs best.")
@click.option(
    "--relaxed", type=click.IntRange(1, 50), help="Relaxed balance, factions."
)
@click.option("--directed", is_flag=True, help="Also with the direction of ties.")
@click.option(
    "--certificate",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the proof to a file.",
)
@click.option(
    "--verify",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Check a certificate instead; nothing is solved.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page with pictures (HTML).",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    networks: tuple[Path, ...],
    symmetrise: str | None,
    weighted: bool,
    relations: str | None,
    layer: str | None,
    reading: str | None,
    window: float | None,
    step: float | None,
    half_life: float | None,
    time_limit: float | None,
    factions: str | None,
    null: str | None,
    draws: int,
    seed: int,
    pair: tuple[str, str] | None,
    flips: int | None,
    measures: bool,
    exact: bool,
    blocks: bool,
    relaxed: int | None,
    directed: bool,
    certificate: Path | None,
    verify: Path | None,
    report: Path | None,
    as_json: bool,
) -> int:
    """Say how far a signed network is from balance: exactly, or within proven bounds.

    Ties that would have to change, the factions they leave, and every other partition
    that does as well. A bound is never called the index.

    Raises
    ------
    UsageError
        If an option does not fit.
    """
    span = span_of(window, step, half_life)
    asked = _Asked(
        rule=symmetrise or ("sum" if half_life else "drop"),
        weighted=weighted,
        time_limit=time_limit,
        factions=factions,
        nulls=tuple(name.strip() for name in null.split(",")) if null else (),
        draws=draws,
        seed=seed,
        pair=pair,
        flips=flips,
        measures=measures,
        exact=exact,
        blocks=blocks,
        relaxed=relaxed,
        directed=directed,
        certificate=certificate,
        report=report,
        as_json=as_json,
    )
    if len(networks) > 1 or span is not None:
        _refuse_single(asked, verify, layer or reading or relations)
        return _over_time(networks, span, asked)
    if networks[0].is_dir() and (symmetrise or weighted):
        raise UsageError("a case is taken as it stands: no --symmetrise, no --weighted")
    read = read_network(
        networks[0],
        rule=asked.rule,
        weighted=weighted,
        layer=layer,
        reading=reading,
        relations=_relations(relations),
    )
    for note in read.notes:
        click.echo(f"note: {note}", err=True)
    if verify is not None:
        return checked_certificate(read, verify, as_json)
    return _one(networks[0], read, asked)


def _refuse_single(asked: _Asked, verify: Path | None, other: str | None) -> None:
    """Refuse options that fit one network alone.

    Raises
    ------
    UsageError
        If one is given.
    """
    single = {
        "--verify": verify,
        "--certificate": asked.certificate,
        "--pair": asked.pair,
        "--flips": asked.flips,
        "--measures": asked.measures,
        "--exact": asked.exact,
        "--blocks": asked.blocks,
        "--relaxed": asked.relaxed,
        "--directed": asked.directed,
        "--factions": asked.factions,
        "--layer, --reading or --relations": other,
    }
    for name, value in single.items():
        if value:
            raise UsageError(f"{name} is for one network, not for a sequence")


def _relations(text: str | None) -> Mapping[str, int]:
    """Sign of each relation.

    Raises
    ------
    UsageError
        If the text is not as in `1:+,2:-`.
    """
    signs = {"+": 1, "-": -1, "1": 1, "-1": -1, "0": 0}
    found = {}
    for part in text.split(",") if text else ():
        number, _, sign = part.strip().partition(":")
        if not number.isdecimal() or sign not in signs:
            raise UsageError(f'--relations takes pairs as in 1:+,2:-, got "{part}"')
        found[number] = signs[sign]
    return found


def _most_factions(text: str | None) -> int | None:
    """How many factions are allowed; None for any number.

    Raises
    ------
    UsageError
        If it is no number and not `free`.
    """
    if text is None or text == "free":
        return None
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_FACTIONS:
        raise UsageError(f'--factions takes a number from 1 or free, got "{text}"')
    return int(text)


def _one(path: Path, read: Network, asked: _Asked) -> int:
    """Analyse one network and print it.

    Raises
    ------
    UsageError
        If an option does not fit.
    """
    from cuibono.balance.analysis import analysed
    from cuibono.balance.proof_file import certificate_document
    from cuibono.cli.stopping import bounds_on_interrupt
    from cuibono.report import balance_document as document
    from cuibono.report.balance_page import balance_page
    from cuibono.report.balance_text import findings

    try:
        with bounds_on_interrupt():
            found = analysed(
                read.symmetrised.graph,
                time_limit=asked.time_limit,
                factions=_most_factions(asked.factions),
                weak=asked.factions is not None,
                nulls=asked.nulls,
                measures=asked.measures or asked.report is not None,
                exact=asked.exact,
                draws=asked.draws,
                seed=asked.seed,
            )
        beside = {**_beside(found, asked), **_variants(read, found, asked)}
    except ValueError as error:
        raise UsageError(str(error)) from error
    if asked.certificate is not None:
        proof = certificate_document(found.graph, found.low)
        write_text(asked.certificate, json.dumps(proof, ensure_ascii=False) + "\n")
    sentences = findings(found, read.symmetrised.cancelled)
    if asked.report is not None:
        origin = _origin([path], read.name, _made(read), read.notes, asked)
        write_text(asked.report, balance_page(origin, sentences, found=found))
    if asked.as_json:
        whole = document.network_document(
            read.name, read.symmetrised, found, asked.seed
        )
        emit_json("balance", {**whole, **beside})
    else:
        _print(read, found, sentences, beside, asked)
    return 0 if found.proven else 4


def _beside(found: "Analysis", asked: _Asked) -> dict[str, object]:
    """JSON of the four rules and the flips, if asked for."""
    from cuibono.balance.flips import balancing_flips
    from cuibono.balance.rules import four_rules
    from cuibono.report import balance_document as document

    beside: dict[str, object] = {}
    if asked.pair is not None:
        readings = four_rules(found.graph, *asked.pair)
        beside["rules"] = document.pair_document(found.graph, asked.pair, readings)
    if asked.flips is not None:
        flips = balancing_flips(found.graph)[: asked.flips]
        beside["flips"] = document.flips_document(found.graph, flips)
    return beside


def _variants(read: Network, found: "Analysis", asked: _Asked) -> dict[str, object]:
    """JSON of block models, relaxed and directed balance, if asked for.

    Raises
    ------
    UsageError
        If a case is asked for its directions.
    """
    import numpy as np

    from cuibono.report import balance_variants as document

    told: dict[str, object] = {}
    if asked.blocks:
        from cuibono.balance.block_models import block_models

        models = block_models(found.graph, rng=np.random.default_rng(asked.seed))
        told["block_models"] = document.blocks_document(found.graph, models)
    if asked.relaxed is not None:
        from cuibono.balance.relaxed import relaxed_balance

        rng = np.random.default_rng(asked.seed)
        relaxed = relaxed_balance(found.graph, asked.relaxed, rng=rng)
        told["relaxed"] = document.relaxed_document(found.graph, relaxed)
    if asked.directed:
        if read.stated is None:
            raise UsageError(
                "--directed is for a file: ties of a case have no direction"
            )
        told["directed"] = document.directed_document(
            read.stated, most_factions=2, time_limit=asked.time_limit
        )
    return told


def _made(read: Network) -> str:
    """What symmetrisation did."""
    from cuibono.report.balance_text import made_sentence

    return made_sentence(read.symmetrised)


def _origin(
    paths: list[Path], name: str, made: str, notes: tuple[str, ...], asked: _Asked
) -> "Origin":
    """Where a page comes from."""
    from cuibono.files.digests import file_digests
    from cuibono.report.balance_page import Origin
    from cuibono.study.run import versions

    files = " ".join(path.name for path in paths[:3]) + " ..." * (len(paths) > 3)
    nulls = f" --null {','.join(asked.nulls)} --draws {asked.draws}" * bool(asked.nulls)
    return Origin(
        name=name,
        made=made,
        command=f"cuibono balance {files} --symmetrise {asked.rule}{nulls} "
        f"--seed {asked.seed}",
        seed=asked.seed,
        versions=versions(),
        digests=file_digests(paths),
        notes=notes,
    )


def _print(
    read: Network,
    found: "Analysis",
    sentences: list[str],
    beside: dict[str, object],
    asked: _Asked,
) -> None:
    """Print an answer for people."""
    from cuibono.report.balance_text import beside_lines, measures_lines

    g = found.graph
    click.echo(f"{read.name}: {g.n} actors, {g.m} ties, {(g.sign < 0).sum()} negative")
    click.echo(_made(read))
    emit_premise(read.name)
    for line in [*sentences, *beside_lines(beside)]:
        click.echo(line)
    if asked.measures and found.measures is not None:
        for line in measures_lines(g, found.measures):
            click.echo(line)
    for what, path in (("certificate", asked.certificate), ("report", asked.report)):
        if path is not None:
            click.echo(f"{what}: {path}")


def _over_time(paths: tuple[Path, ...], span: Span | None, asked: _Asked) -> int:
    """Analyse a sequence and print it.

    Raises
    ------
    UsageError
        If an option does not fit.
    """
    from cuibono.balance.series import balance_over_time
    from cuibono.cli.stopping import bounds_on_interrupt
    from cuibono.report import balance_document as document
    from cuibono.report.balance_page import balance_page
    from cuibono.report.balance_text import series_findings

    read = read_series(paths, span=span, rule=asked.rule, weighted=asked.weighted)
    for note in read.notes:
        click.echo(f"note: {note}", err=True)
    try:
        with bounds_on_interrupt():
            found = balance_over_time(
                [(item.label, item.symmetrised.graph) for item in read.periods],
                time_limit=asked.time_limit,
                nulls=asked.nulls,
                draws=asked.draws,
                seed=asked.seed,
                progress=Progress(quiet=False),
            )
    except ValueError as error:
        raise UsageError(str(error)) from error
    sentences = series_findings(found)
    if asked.report is not None:
        made = f"symmetrised by {asked.rule}, period by period"
        origin = _origin(list(paths), read.name, made, read.notes, asked)
        write_text(asked.report, balance_page(origin, sentences, series=found))
    if asked.as_json:
        emit_json(
            "balance-series", document.series_document(read.name, found, asked.seed)
        )
    else:
        _print_series(read.name, found, sentences, asked)
    return 0 if found.proven else 4


def _print_series(
    name: str, found: "Series", sentences: list[str], asked: _Asked
) -> None:
    """Print a sequence for people."""
    from cuibono.cli.output import emit_table
    from cuibono.report.balance_text import series_rows

    click.echo(f"{name}, symmetrised by {asked.rule}")
    emit_premise(name)
    for line in sentences:
        click.echo(line)
    emit_table(*series_rows(found))
    if asked.report is not None:
        click.echo(f"report: {asked.report}")
