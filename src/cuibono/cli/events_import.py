"""cuibono events import: event files of any provider into one store."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from cuibono.cli.output import emit_json
from cuibono.cli.progress import Progress
from cuibono.errors import UsageError
from cuibono.events.importers.dates import iso_day
from cuibono.events.importers.dictionaries import read_dictionaries
from cuibono.events.importers.records import Asked
from cuibono.events.importers.registry import IMPORTERS
from cuibono.events.store.reading import Import

NEEDS = 'needs the extra "events": pip install "cuibono[events]"'


@click.command(
    "import",
    epilog="""\b
Formats (found from the content; --format forces one):
"""
    + "\n".join(
        f"  {importer.name:<11} {importer.says}"
        + (" (untested on real data)" if importer.untested else "")
        for importer in IMPORTERS
    )
    + """

\b
Examples:
  cuibono events import 20181015-icews-events.tab --to store
  cuibono events import events.2014.zip events.2015.zip --to store --json
  cuibono events import train.txt valid.txt --to store --dictionary entity2id.txt \
--dictionary relation2id.txt --day-zero 2014-01-01

\b
Exit status: 0 also when rows were rejected; 2 if a file cannot be read.""",
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    required=True,
    metavar="STORE",
    help="Folder of the store; made if it is not there.",
)
@click.option("--format", "form", default="", help="Read as this format.")
@click.option(
    "--dictionary",
    "dictionaries",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Names of the ids of a knowledge graph; give it once for each file.",
)
@click.option(
    "--unit", type=click.Choice(["hours", "days"]), help="Of the time of triples."
)
@click.option("--day-zero", default="", help="First day of triples with ids.")
@click.option("--extract", default="", help="Name of the selection these files are of.")
@click.option("--join", is_flag=True, help="Put another extract beside the store's.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    files: tuple[Path, ...],
    to: Path,
    form: str,
    dictionaries: tuple[Path, ...],
    unit: str | None,
    day_zero: str,
    extract: str,
    join: bool,
    as_json: bool,
) -> int:
    """Add event files to a store: all of them, or none if one cannot be read.

    Codes stay text and nothing is guessed. Rows that cannot be used go to a file in the
    store with the reason; events that are mirrored, repeated, between an actor and
    itself or dated out of range are kept and counted.

    Raises
    ------
    UsageError
        If an option does not fit, a file cannot be read, or an extra is missing.
    """
    try:
        from cuibono.events.store.adding import add_files
    except ImportError as error:
        raise UsageError(NEEDS) from error
    if day_zero and iso_day(day_zero) is None:
        raise UsageError(f'--day-zero takes a date as in 2014-01-01, got "{day_zero}"')
    tables, digest = read_dictionaries(dictionaries)
    asked = Asked(
        dictionaries=tables,
        dictionaries_digest=digest,
        extract=extract,
        unit=unit or "",
        day_zero=day_zero,
    )
    added = add_files(
        files,
        to,
        asked=asked,
        form=form,
        join=join,
        tell=lambda text: click.echo(text, err=True),
        progress=Progress(quiet=False),
    )
    told = [_document(item.told, known=item.known) for item in added]
    if as_json:
        emit_json("events-import", {"store": str(to), **_total(told), "files": told})
        return 0
    for item in told:
        _print(item)
    if len(told) > 1:
        _print({"file": f"all {len(told)}", **_total(told)})
    click.echo(f"store: {to}")
    return 0


def _document(told: Import, *, known: bool) -> dict[str, object]:
    """JSON of one table."""
    return {
        "file": told.file,
        "format": told.format,
        "scheme": told.scheme,
        "extract": told.extract,
        "layout": told.layout,
        "import_id": told.import_id,
        "already_in_store": known,
        "read": told.read,
        "kept": told.kept,
        "rejected": told.rejected,
        "events": told.events,
        "reasons": dict(told.reasons),
        "flagged": dict(told.flagged),
        "first_day": told.first_day,
        "last_day": told.last_day,
        "actors": told.actors,
        "rejects": told.rejects,
    }


def _total(told: Sequence[dict[str, object]]) -> dict[str, object]:
    """Totals over the tables that were added now."""
    new = [item for item in told if not item["already_in_store"]]
    formats = sorted({str(item["format"]) for item in told})
    counts = {
        name: sum(_number(item[name]) for item in new)
        for name in ("read", "kept", "rejected", "events")
    }
    flagged: Counter[str] = Counter()
    for item in new:
        flagged.update(item["flagged"])  # type: ignore[call-overload]
    return {"format": ", ".join(formats), **counts, "flagged": dict(flagged)}


def _number(value: object) -> int:
    """Count of a document."""
    return value if isinstance(value, int) else 0


def _print(item: dict[str, object]) -> None:
    """Print the counts of one table, or of all."""
    if item.get("already_in_store"):
        click.echo(f"{item['file']}: already in the store, nothing added")
        return
    line = (
        f"{item['file']} ({item['format']}): {item['read']} rows read, {item['kept']} "
        f"kept, {item['rejected']} rejected"
    )
    if item["events"] != item["kept"]:
        line += f"; {item['events']} events"
    click.echo(line)
    flagged = item["flagged"]
    if isinstance(flagged, dict) and any(flagged.values()):
        told = (f"{count} {flag.replace('_', ' ')}" for flag, count in flagged.items())
        click.echo(f"  kept and counted: {', '.join(told)}")
    reasons = item.get("reasons")
    if isinstance(reasons, dict):
        for reason, count in reasons.items():
            click.echo(f"  rejected: {count} with {reason}")
    if item.get("rejects"):
        click.echo(f"  rejected rows: {item['rejects']}")
