"""cuibono import: a case from a table, a workbook or a GraphML file."""

from pathlib import Path

import click

from cuibono.cli.output import emit_json
from cuibono.errors import Problems, UsageError
from cuibono.files.atomic import write_folder
from cuibono.formats.incoming import IMPORTS, case_from_file
from cuibono.formats.write import case_files


@click.command(
    "import",
    epilog="""\b
Examples:
  cuibono import claims.csv --to my-case
  cuibono import case.xlsx --to my-case --form jsonl
  cuibono import map.graphml --to my-case""",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--to", type=click.Path(path_type=Path), required=True, help="New folder."
)
@click.option("--format", "name", type=click.Choice(sorted(set(IMPORTS.values()))))
@click.option(
    "--form",
    type=click.Choice(["csv", "jsonl"]),
    default="csv",
    show_default=True,
    help="Claims as one table, or as JSON lines by source and coder.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(file: Path, to: Path, name: str | None, form: str, as_json: bool) -> int:
    """Make a case folder from a file; what the file could not say is listed.

    Raises
    ------
    UsageError
        If the format cannot be told from the file's name.
    """
    chosen = name or IMPORTS.get(file.suffix.lower())
    if chosen is None:
        known = ", ".join(IMPORTS)
        raise UsageError(f'"{file.name}": known endings are {known}; or give --format')
    problems = Problems()
    notes: list[str] = []
    case = case_from_file(file, chosen, problems, notes)
    problems.raise_if_any()
    write_folder(to, case_files(case, simple=form == "csv"))
    if as_json:
        emit_json(
            "import",
            {"case": str(to), "claims": len(case.claims), "notes": notes},
        )
        return 0
    for note in notes:
        click.echo(f"note: {note}", err=True)
    click.echo(f"wrote {to}: {len(case.claims)} claims. Next: cuibono run {to}")
    return 0
