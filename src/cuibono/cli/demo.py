"""cuibono demo: the worked case, written to a folder and tested."""

import shutil
from importlib.resources import files
from pathlib import Path

import click

from cuibono.errors import UsageError

FLAGSHIP = "enemy-of-my-enemy"


@click.command(
    "demo",
    epilog="""\b
Examples:
  cuibono demo
  cuibono demo my-folder --case levee-effect""",
)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--case", "name", default=FLAGSHIP, show_default=True)
@click.pass_context
def command(context: click.Context, folder: Path | None, name: str) -> int:
    """Write a worked case to FOLDER and test it; needs no network and no checkout.

    Raises
    ------
    UsageError
        If there is no such case, or the folder is there already.
    """
    from cuibono.cli.run import command as run

    target = folder or Path(f"cuibono-demo-{name}")
    if target.exists() and (target.is_file() or any(target.iterdir())):
        raise UsageError(f"{target} is there already; name a new folder")
    cases = _cases()
    known = sorted(path.name for path in cases.iterdir() if path.is_dir())
    if name not in known:
        raise UsageError(f'no worked case "{name}"; known: {", ".join(known)}')
    shutil.copytree(cases / name, target / name)
    click.echo(f"wrote {target / name}", err=True)
    status = context.invoke(run, case=target / name, output=target / "report")
    return status if isinstance(status, int) else 0


def _cases() -> Path:
    """Folder of the worked cases: in the wheel, or at the top of a checkout."""
    packed = Path(str(files("cuibono") / "cases"))
    if packed.is_dir():
        return packed
    return Path(str(files("cuibono"))).parents[1] / "cases"
