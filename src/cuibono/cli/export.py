"""cuibono export: a case in another form."""

import sys
from pathlib import Path

import click

from cuibono.claims.records import Case
from cuibono.errors import UsageError
from cuibono.files.atomic import write_bytes
from cuibono.formats.case import inspect_case, read_case
from cuibono.formats.exchange.outgoing import Outgoing
from cuibono.formats.exchange.registry import EXCHANGE, exchange_format
from cuibono.formats.exchange.suggestions import read_suggestions
from cuibono.formats.export import FORMATS, Format

BINARY = {"xlsx", *(form.name for form in EXCHANGE if form.binary)}
OUTGOING = [form.name for form in EXCHANGE if form.write]


@click.command(
    "export",
    epilog="""\b
Examples:
  cuibono export cases/enemy-of-my-enemy --to csv > claims.csv
  cuibono export cases/enemy-of-my-enemy --to xlsx -o case.xlsx
  cuibono export cases/enemy-of-my-enemy --to graphml --reading open -o map.graphml
  cuibono export cases/enemy-of-my-enemy --to web-annotation -o claims.jsonld
  cuibono export my-case --to dna --texts ~/texts -o my-case.dna""",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "--to",
    type=click.Choice([*(form.name for form in FORMATS), *OUTGOING]),
    required=True,
)
@click.option("--reading", help="Which reading, for graphml; the first if not given.")
@click.option("--texts", type=click.Path(path_type=Path), help="Folder with the texts.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False))
def command(
    case: Path, to: str, reading: str | None, texts: Path | None, output: Path | None
) -> int:
    """Write a case in another form, to stdout or to a file.

    What the form cannot hold is said on stderr. Forms of annotation tools that hold
    whole texts (dna, refi-qda, label-studio) need the texts: in the case, or --texts.

    Raises
    ------
    UsageError
        If the reading does not exist, or a binary file would go to the screen.
    """
    if output is None and to in BINARY and sys.stdout.isatty():
        raise UsageError(f"{to} is not for the screen; name a file with -o")
    if to in OUTGOING:
        data, told = _exchanged(case, to, texts)
    else:
        data, told = _written(read_case(case), to, reading)
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        write_bytes(output, data)
        click.echo(f"wrote {output}", err=True)
    for line in told:
        click.echo(line, err=True)
    return 0


def _written(case: Case, to: str, reading: str | None) -> tuple[bytes, list[str]]:
    """Bytes of a form of our own, and what it leaves out.

    Raises
    ------
    UsageError
        If the reading does not exist.
    """
    known = [item.id for item in case.readings]
    chosen = reading or known[0]
    if chosen not in known:
        raise UsageError(f'no reading "{chosen}"; this case has: {", ".join(known)}')
    form: Format = next(item for item in FORMATS if item.name == to)
    told = [f"{to} leaves out: {form.leaves_out}"] if form.leaves_out else []
    return form.write(case, chosen), told


def _exchanged(root: Path, to: str, texts: Path | None) -> tuple[bytes, list[str]]:
    """Bytes of another tool's form, and everything that it leaves out."""
    read = inspect_case(root, texts)
    read.problems.raise_if_any()
    form = exchange_format(to)
    out = Outgoing(read.case, read.texts, read_suggestions(root, read.case))
    data = form.write(out) if form.write else b""
    told = [f"{to} leaves out: {form.leaves_out}"] if form.leaves_out else []
    if form.holds_texts:
        names = ", ".join(sorted(read.texts))
        told.append(f"the file holds the whole text of {names}: mind their licences")
    return data, [*told, *out.told()]
