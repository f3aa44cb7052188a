"""cuibono import: a case from a table, a workbook, a map or another tool's file."""

from pathlib import Path

import click

from cuibono.cli.output import emit_json
from cuibono.errors import Problems, UsageError
from cuibono.files.atomic import write_folder
from cuibono.formats.exchange.assemble import folder_files
from cuibono.formats.exchange.code_map import read_code_map
from cuibono.formats.exchange.intake import Intake
from cuibono.formats.exchange.registry import EXCHANGE, format_of, take_in
from cuibono.formats.incoming import IMPORTS, case_from_file
from cuibono.formats.write import case_files

INCOMING = [form.name for form in EXCHANGE if form.read]
ENDINGS = dict.fromkeys(
    [*IMPORTS, *(end for form in EXCHANGE for end in form.suffixes)]
)


@click.command(
    "import",
    epilog="""\b
Examples:
  cuibono import claims.csv --to my-case
  cuibono import case.xlsx --to my-case --form jsonl
  cuibono import map.graphml --to my-case
  cuibono import study.dna --to my-case
  cuibono import project.qdpx --to my-case --codes codes.csv""",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--to", type=click.Path(path_type=Path), required=True, help="New folder."
)
@click.option(
    "--format",
    "name",
    type=click.Choice([*sorted(set(IMPORTS.values())), *INCOMING]),
    help="By the file's ending and start if not given.",
)
@click.option(
    "--form",
    type=click.Choice(["csv", "jsonl"]),
    help="Claims as one table, or as JSON lines by source and coder. "
    "Default: csv for tables and maps, jsonl for other tools' files.",
)
@click.option(
    "--codes",
    type=click.Path(path_type=Path),
    help="Table code,label,kind: codes of the file that are nodes.",
)
@click.option(
    "--offsets",
    type=click.Choice(["utf-16", "code-points"]),
    help="How the file counts, where its format leaves that open.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    file: Path,
    to: Path,
    name: str | None,
    form: str | None,
    codes: Path | None,
    offsets: str | None,
    as_json: bool,
) -> int:
    """Make a case folder from a file; what the file could not say is listed.

    Raises
    ------
    UsageError
        If the format cannot be told from the file.
    """
    chosen = name or format_of(file) or IMPORTS.get(file.suffix.lower())
    if chosen is None:
        known = ", ".join(ENDINGS)
        raise UsageError(f'"{file.name}": known endings are {known}; or give --format')
    if chosen in INCOMING:
        intake = Intake(name=file.name, tool=chosen, offsets=offsets or "")
        if codes:
            intake.code_nodes = read_code_map(codes)
        case = take_in(file, chosen, intake)
        files, notes = folder_files(intake, case, simple=form == "csv"), intake.told()
        apart = len(intake.stretches), len(intake.possible)
    else:
        problems = Problems()
        notes, apart = [], (0, 0)
        case = case_from_file(file, chosen, problems, notes)
        problems.raise_if_any()
        files = case_files(case, simple=form != "jsonl")
    write_folder(to, files)
    if as_json:
        content = {"case": str(to), "claims": len(case.claims), "notes": notes}
        emit_json("import", content | {"stretches": apart[0], "possible": apart[1]})
        return 0
    for note in notes:
        click.echo(f"note: {note}", err=True)
    _tell(to, len(case.claims), *apart)
    return 0


def _tell(to: Path, claims: int, stretches: int, possible: int) -> None:
    """Say what was written and where to go on."""
    beside = [f"{claims} claims"]
    beside += [f"{stretches} coded stretches in stretches"] if stretches else []
    beside += [f"{possible} suggestions to decide on"] if possible else []
    following = f". Next: cuibono run {to}" if claims else ""
    click.echo(f"wrote {to}: {', '.join(beside)}{following}")
