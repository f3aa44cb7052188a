"""cuibono upgrade: bring a case folder to this release's layout."""

from pathlib import Path

import click

from cuibono.errors import CaseFileError
from cuibono.formats.case import inspect_case
from cuibono.formats.upgrade import upgrade_case


@click.command(
    "upgrade",
    epilog="""\b
Examples:
  cuibono upgrade my-case --dry-run   say what would change
  cuibono upgrade my-case""",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Change nothing; say what would.")
def command(case: Path, dry_run: bool) -> int:
    """Bring a case folder to this release's layout; a case that is there stays as is.

    Raises
    ------
    CaseFileError
        If the folder cannot be read, or would not be a valid case afterwards.
    """
    changes = upgrade_case(case, write=not dry_run)
    for change in changes:
        click.echo(change)
    if not changes:
        click.echo("nothing to change")
    elif not dry_run:
        left = inspect_case(case).problems
        if left:
            raise CaseFileError(tuple(left))
    return 0
