"""cuibono record figures: the counts that a case may ship in place of events."""

from pathlib import Path
from typing import Any

import click

from cuibono.cli.event_options import day, opened, store_argument
from cuibono.errors import UsageError
from cuibono.events.conventions import CONVENTIONS
from cuibono.files.atomic import write_folder
from cuibono.formats.case import read_case
from cuibono.formats.record.figures_files import figures_files
from cuibono.formats.record.read import read_record


@click.command(
    "figures",
    epilog="""\b
Example:
  cuibono record figures my-case STORE --sign goldstein --id icews-2014 \\
      --title "ICEWS, 2014" --producer "..." -o my-case/record/icews-2014""",
)
@click.argument("case", type=click.Path(path_type=Path))
@store_argument
@click.option("--sign", type=click.Choice(list(CONVENTIONS)), required=True)
@click.option("--id", "name", required=True, help="Short name of the extract.")
@click.option("--title", required=True, help="Name of the extract in words.")
@click.option("--producer", default="", help="Who made the record.")
@click.option("--citation", default="", help="How it is cited.")
@click.option("--terms", default="not verified", show_default=True)
@click.option(
    "--cannot-show", multiple=True, help="A sentence on what is missing; repeatable."
)
@click.option("--from", "start", type=click.DateTime(["%Y-%m-%d"]), help="First day.")
@click.option("--to", "end", type=click.DateTime(["%Y-%m-%d"]), help="Last day.")
@click.option("--seed", default=1, show_default=True, help="For the placebo dyads.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True
)
def command(
    case: Path,
    store: Path,
    engine: str,
    sign: str,
    name: str,
    output: Path,
    seed: int,
    **told: Any,
) -> int:
    """Count the dyads that a case names, month by month, and write small tables.

    Rows of events never leave the store: the tables hold counts by month.

    Raises
    ------
    UsageError
        If the case has no folder `record/`.
    """
    found_case = read_case(case)
    plan = read_record(case, found_case)
    if plan is None:
        raise UsageError(f"{case} has no folder record/ with an actor map")
    found_store, events = opened(store, engine)
    from cuibono.events.queries.cleaning import within
    from cuibono.record.compare.counting import counted

    events = within(events, day(told.pop("start")), day(told.pop("end")))
    extract = extract_of(found_store, events, name, sign, told)
    found = counted(found_case, plan, events, CONVENTIONS[sign], extract, seed=seed)
    write_folder(output, figures_files(found))
    click.echo(f"wrote {output}: {len(found.series)} dyads, {len(found.months)} months")
    return 0


def extract_of(
    store: Any, events: Any, name: str, sign: str, told: dict[str, Any]
) -> Any:
    """Head of an extract, with the files that the store was made from.

    Raises
    ------
    UsageError
        If there are no events.
    """
    from cuibono.events.figures import Extract
    from cuibono.events.queries.figures import span_of

    first, last, rows = span_of(events)
    if rows == 0:
        raise UsageError("the store has no events in these days")
    return Extract(
        id=name,
        title=told.get("title") or name,
        producer=told.get("producer", ""),
        citation=told.get("citation", ""),
        terms=told.get("terms", ""),
        cannot_show=tuple(told.get("cannot_show", ())),
        scheme=", ".join(sorted({one.scheme for one in store.imports})),
        convention=sign,
        first=first,
        last=last,
        rows=rows,
        sources=tuple((one.file, one.sha256) for one in store.imports),
    )
