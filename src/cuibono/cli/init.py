"""cuibono init: a case of one's own, to be filled in a spreadsheet."""

from pathlib import Path

import click

from cuibono.files.atomic import write_folder
from cuibono.formats.write import head_text

EXAMPLE = """source,subject,sign,object
first op-ed,Arda,-1,Brun
first op-ed,Brun,1,Cor
first op-ed,Cor,-1,Arda
"""
"""Invented parties; the signs are numbers, which no spreadsheet takes for formulas."""


@click.command(
    "init",
    epilog="""\b
Examples:
  cuibono init my-case
  cuibono init my-case --title "Who gains from the dam" """,
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", help="In words; the folder's name if not given.")
def command(folder: Path, title: str | None) -> int:
    """Start a case: a folder with case.toml and a four-column claims.csv.

    The columns are source, subject, sign and object; signs are 1 (helps) or -1
    (harms). Every other column of the claim record can be added later.
    """
    files = {
        "case.toml": head_text(title or folder.name, ""),
        "claims.csv": EXAMPLE,
    }
    write_folder(folder, files)
    click.echo(f"wrote {folder}/case.toml and {folder}/claims.csv")
    click.echo(f"Next: put your claims into claims.csv, then cuibono run {folder}")
    return 0
