"""cuibono export: a case in another form."""

import sys
from pathlib import Path

import click

from cuibono.errors import UsageError
from cuibono.files.atomic import write_bytes
from cuibono.formats.case import read_case
from cuibono.formats.export import FORMATS, Format

BINARY = {"xlsx"}


@click.command(
    "export",
    epilog="""\b
Examples:
  cuibono export cases/enemy-of-my-enemy --to csv > claims.csv
  cuibono export cases/enemy-of-my-enemy --to xlsx -o case.xlsx
  cuibono export cases/enemy-of-my-enemy --to graphml --reading open -o map.graphml""",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--to", type=click.Choice([form.name for form in FORMATS]), required=True)
@click.option("--reading", help="Which reading, for graphml; the first if not given.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False))
def command(case: Path, to: str, reading: str | None, output: Path | None) -> int:
    """Write a case as csv, xlsx, jsonl, graphml or json, to stdout or to a file.

    What the form cannot hold is said on stderr.

    Raises
    ------
    UsageError
        If the reading does not exist, or a workbook would go to the screen.
    """
    found = read_case(case)
    known = [item.id for item in found.readings]
    chosen = reading or known[0]
    if chosen not in known:
        raise UsageError(f'no reading "{chosen}"; this case has: {", ".join(known)}')
    form: Format = next(item for item in FORMATS if item.name == to)
    if output is None and to in BINARY and sys.stdout.isatty():
        raise UsageError(f"{to} is not for the screen; name a file with -o")
    data = form.write(found, chosen)
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        write_bytes(output, data)
        click.echo(f"wrote {output}", err=True)
    if form.leaves_out:
        click.echo(f"{to} leaves out: {form.leaves_out}", err=True)
    return 0
