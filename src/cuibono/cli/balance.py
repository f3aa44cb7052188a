"""cuibono balance: the frustration index of a network, its factions and its proof."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cuibono.cli.output import emit_json
from cuibono.errors import UsageError
from cuibono.formats.atomic import write_text
from cuibono.formats.network import LAYERS, Network, read_network
from cuibono.formats.symmetrise import RULES
from cuibono.study.run import SEED

if TYPE_CHECKING:
    from cuibono.balance.analysis import Analysis

_MOST_FACTIONS = 1000
_MOST_CERTIFICATE_BYTES = 500_000_000


@click.command(
    "balance",
    epilog="""\b
NETWORK is a table (.csv, .csv.gz) with the columns source, target, sign; a GraphML
file with an edge attribute sign; or a case folder.
\b
Examples:
  cuibono balance ties.csv
  cuibono balance ties.csv.gz --time-limit 60 --certificate proof.json
  cuibono balance ties.csv --verify proof.json
  cuibono balance ties.csv --null shuffle --draws 200 --seed 7 --json
  cuibono balance cases/enemy-of-my-enemy --layer effective

\b
Exit status: 0 proven; 1 the certificate is rejected; 4 only bounds are known.""",
)
@click.argument("network", type=click.Path(path_type=Path))
@click.option(
    "--symmetrise",
    type=click.Choice(list(RULES)),
    help="What becomes of several rows on a pair. [default: drop]",
)
@click.option("--weighted", is_flag=True, help="Use the column weight.")
@click.option("--layer", type=click.Choice(LAYERS), help="Of a case.")
@click.option("--reading", help="Of a case; the first if not given.")
@click.option("--time-limit", type=click.FloatRange(0, min_open=True), help="Seconds.")
@click.option("--factions", help="Also weak balance: at most so many, or free.")
@click.option("--null", "null", help="Against chance: shuffle, stp or both.")
@click.option("--draws", type=click.IntRange(2, 100_000), default=200)
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=SEED)
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
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    network: Path,
    symmetrise: str | None,
    weighted: bool,
    layer: str | None,
    reading: str | None,
    time_limit: float | None,
    factions: str | None,
    null: str | None,
    draws: int,
    seed: int,
    certificate: Path | None,
    verify: Path | None,
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
    if network.is_dir() and (symmetrise or weighted):
        raise UsageError("a case is taken as it stands: no --symmetrise, no --weighted")
    read = read_network(
        network,
        rule=symmetrise or "drop",
        weighted=weighted,
        layer=layer,
        reading=reading,
    )
    for note in read.notes:
        click.echo(f"note: {note}", err=True)
    if verify is not None:
        return _verified(read, verify, as_json)
    from cuibono.balance.analysis import analysed
    from cuibono.balance.proof_file import certificate_document

    try:
        found = analysed(
            read.symmetrised.graph,
            time_limit=time_limit,
            factions=_most_factions(factions),
            weak=factions is not None,
            nulls=[name.strip() for name in null.split(",")] if null else (),
            draws=draws,
            seed=seed,
        )
    except ValueError as error:
        raise UsageError(str(error)) from error
    if certificate is not None:
        document = certificate_document(found.graph, found.low)
        write_text(certificate, json.dumps(document, ensure_ascii=False) + "\n")
    if as_json:
        emit_json("balance", _document(read, found, seed))
    else:
        _print(read, found, certificate)
    return 0 if found.proven else 4


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


def _document(read: Network, found: "Analysis", seed: int) -> dict[str, object]:
    """JSON object of an answer."""
    g, made, optima = found.graph, read.symmetrised, found.optima
    extra = made.cancelled
    index = None if found.index is None else found.index + extra
    known = found.low.proved

    def ties(positions: list[int]) -> list[list[object]]:
        ends, signs = g.ends.tolist(), g.sign.tolist()
        return [[*(g.names[i] for i in ends[k]), signs[k]] for k in positions]

    return {
        "network": read.name,
        "frustration_index": index,
        "lower_bound": found.low.lower + extra,
        "upper_bound": found.high.upper + extra,
        "proven": found.proven,
        "proof": found.low.proof.value,
        "range": [
            {"lower_bound": end.lower + extra, "upper_bound": end.upper + extra}
            for end in (found.low, found.high)
        ],
        "n": g.n,
        "m": g.m,
        "m_negative": int((g.sign < 0).sum()),
        "m_disputed": int((g.sign == 0).sum()),
        "triads": {
            **{f"T{k}": count for k, count in enumerate(found.triads)},
            "disputed": found.disputed_triads,
        },
        "factions": dict(zip(g.names, found.low.partition.tolist(), strict=True)),
        "optima": {
            "count": optima.count if known else None,
            "complete": known and optima.settled,
        },
        "frustrated_ties": {
            "always": ties(optima.always.tolist()) if known else None,
            "sometimes": ties(optima.sometimes.tolist()) if known else None,
            "complete": known and optima.settled,
        },
        "weak_balance": _weak(found),
        "nulls": {one.name: _null(one) for one in found.nulls},
        "seed": seed,
        "symmetrised": {
            name: getattr(made, name)
            for name in (
                "rule",
                "rows",
                "loops",
                "neutral",
                "pairs",
                "contradictory",
                "dropped",
                "cancelled",
            )
        },
        "seconds": round(found.seconds, 3),
    }


def _weak(found: "Analysis") -> dict[str, object] | None:
    """JSON object of weak balance."""
    weak = found.weak
    if weak is None:
        return None
    sides = zip(found.graph.names, weak.partition.tolist(), strict=True)
    return {
        "lower_bound": weak.lower,
        "upper_bound": weak.upper,
        "proven": weak.proved,
        "factions": dict(sides),
    }


def _null(null: object) -> dict[str, object]:
    """JSON object of a null."""
    from dataclasses import asdict

    return asdict(null)  # type: ignore[call-overload,no-any-return]


def _print(read: Network, found: "Analysis", certificate: Path | None) -> None:
    """Print an answer for people."""
    g, made = found.graph, read.symmetrised
    click.echo(f"{read.name}: {g.n} actors, {g.m} ties, {(g.sign < 0).sum()} negative")
    click.echo(_made(read))
    click.echo(_index(found, made.cancelled))
    if found.low.proved:
        click.echo(_optima(found))
    else:
        sides = found.low.partition
        click.echo(
            f"the best partition found has {int((sides > 0).sum())} and "
            f"{int((sides < 0).sum())} actors; others may do better"
        )
    counts = ", ".join(f"T{k} {count}" for k, count in enumerate(found.triads))
    click.echo(f"triads by negative ties: {counts}; disputed {found.disputed_triads}")
    if found.weak is not None:
        weak = found.weak
        told = f"{weak.upper:g}" if weak.proved else f"[{weak.lower:g}, {weak.upper:g}]"
        word = "proven" if weak.proved else "bounds only"
        count = len(set(weak.partition.tolist()))
        click.echo(f"weak balance: {told} ({word}), {count} factions")
    for null in found.nulls:
        compared = null.frustration
        z = "not defined" if compared.z is None else f"{compared.z:.2f}"
        click.echo(
            f"null {null.name}: z of L {z} ({compared.observed:g} against "
            f"{compared.mean:.2f}, sd {compared.sd:.2f})\n  {null.description}"
        )
    if certificate is not None:
        click.echo(f"certificate: {certificate}")


def _made(read: Network) -> str:
    """What symmetrisation did."""
    made = read.symmetrised
    if made.rule == "none":
        return (
            f"taken as it stands: {made.contradictory} of {made.pairs} pairs disputed"
        )
    cancelled = f", {made.cancelled:g} frustrated in any case" * (made.cancelled > 0)
    return (
        f"symmetrised by {made.rule}: {made.rows} rows, {made.pairs} pairs, "
        f"{made.contradictory} contradictory, {made.dropped} dropped, {made.loops} loops, "
        f"{made.neutral} of sign 0{cancelled}"
    )


def _index(found: "Analysis", extra: float) -> str:
    """The index, or the bounds of it."""
    low, high = found.low, found.high
    if found.index is not None:
        return (
            f"frustration index {found.index + extra:g}, proven ({low.proof.value}), "
            f"{found.seconds:.2f} s in all"
        )
    if found.proven:
        return (
            f"frustration index {low.upper:g} to {high.upper:g}, by the signs of the "
            f"disputed ties, both proven ({low.proof.value}), {found.seconds:.2f} s in all"
        )
    return (
        f"frustration index not proven: between {low.lower + extra:g} and "
        f"{high.upper + extra:g}, {found.seconds:.2f} s in all"
    )


def _optima(found: "Analysis") -> str:
    """How many partitions attain the index, and the ties they frustrate."""
    optima = found.optima
    least = "" if optima.settled else "at least "
    return (
        f"{least}{optima.count} optimal partitions; {len(optima.always)} ties frustrated "
        f"in all of those found, {len(optima.sometimes)} in some"
    )


def _verified(read: Network, path: Path, as_json: bool) -> int:
    """Check a certificate; 0 if all of it is proved, 1 if it does not hold, 4 if not all.

    Raises
    ------
    UsageError
        If the file is no JSON.
    """
    from cuibono.balance.proof_file import named_ties
    from cuibono.balance.verify import RejectedError, verify

    if path.stat().st_size > _MOST_CERTIFICATE_BYTES:
        raise UsageError(f"{path}: too large for a certificate")
    try:
        document = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: found no JSON ({error})") from error
    extra = read.symmetrised.cancelled
    try:
        found = verify(named_ties(read.symmetrised.graph), document)
    except RejectedError as error:
        if as_json:
            emit_json("balance-verify", {"accepted": False, "reason": str(error)})
        click.echo(f"certificate rejected: {error}", err=True)
        return 1
    lower, stated, upper = (
        value / 1e6 + extra for value in (found.lower, found.stated, found.upper)
    )
    if as_json:
        content: dict[str, object] = {
            "accepted": True,
            "proven": found.proven,
            "lower_bound": lower,
            "upper_bound": upper,
            "lower_bound_by_solver": stated if stated > lower else None,
        }
        emit_json("balance-verify", content)
        return 0 if found.proven else 4
    if found.proven:
        click.echo(f"certificate holds: the frustration index is {upper:g}")
        return 0
    click.echo(f"certificate holds: the index is between {lower:g} and {upper:g}")
    if stated > lower:
        click.echo(
            f"that it is not below {stated:g} is the word of a solver, unchecked"
        )
    return 4
