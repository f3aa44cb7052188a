"""cuibono events dyads: how often who acted towards whom, by period and sign."""

import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click

from cuibono.cli.event_options import (
    acting,
    actor_options,
    day,
    one_output,
    opened,
    store_argument,
)
from cuibono.cli.output import emit_json, emit_table
from cuibono.errors import UsageError
from cuibono.events.conventions import CONVENTIONS
from cuibono.files.atomic import write_bytes

SHOWN: Final = 40


@click.command(
    "dyads",
    epilog="""\b
Examples:
  cuibono events dyads STORE --actors map.csv --by month --sign goldstein
  cuibono events dyads STORE --actors country --sign oeda-quad --one-a-day --csv
  cuibono events dyads STORE --sign plover --by year --parquet -o dyads.parquet""",
)
@store_argument
@actor_options
@click.option(
    "--by",
    type=click.Choice(["day", "week", "month", "year"]),
    default="month",
    show_default=True,
)
@click.option(
    "--sign", type=click.Choice(list(CONVENTIONS)), required=True, help="Convention."
)
@click.option("--one-a-day", is_flag=True, help="Count equal rows of a day once.")
@click.option("--mirrored-once", is_flag=True, help="Count a mirrored pair once.")
@click.option("--normalise", is_flag=True, help="Add each period's total and a rate.")
@click.option("--undirected", is_flag=True, help="Take A to B and B to A together.")
@click.option("--by-root", is_flag=True, help="Keep the roots of the codes apart.")
@click.option("--with-self", is_flag=True, help="Keep acts of an actor to itself.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@click.option("--parquet", "as_parquet", is_flag=True, help="Write Parquet to -o.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False))
def command(
    store: Path,
    engine: str,
    actors: str | None,
    start: datetime | None,
    end: datetime | None,
    by: str,
    sign: str,
    as_json: bool,
    as_csv: bool,
    as_parquet: bool,
    output: Path | None,
    **flags: bool,
) -> int:
    """Count acts by dyad, period and sign.

    Every option that leaves rows out says how many. A zero or a missing row is no
    evidence unless both actors are covered: see `cuibono events coverage`.

    Raises
    ------
    UsageError
        If two forms of output are asked for, or Parquet without a file.
    """
    one_output(as_json, as_csv, as_parquet)
    if as_parquet and output is None:
        raise UsageError("Parquet is not for the screen; name a file with -o")
    found_store, events = opened(store, engine)
    from cuibono.events.queries.dyads import Period, Plan, dyads

    plan = Plan(
        convention=CONVENTIONS[sign],
        by=Period(by),
        start=day(start),
        end=day(end),
        **flags,
    )
    found = dyads(acting(events, actors), plan)
    _tell(found)
    data = _data(found, found_store, as_json, as_csv, as_parquet)
    if data is None:
        _show(found)
    elif isinstance(data, dict):
        emit_json("events-dyads", data)
    elif output is not None:
        write_bytes(output, data)
        click.echo(f"wrote {output}", err=True)
    else:
        sys.stdout.buffer.write(data)
    return 0


def _tell(found: Any) -> None:
    """Say on stderr what the counts depend on."""
    one = found.plan.convention
    schemes = ", ".join(found.schemes) or "no"
    click.echo(f"signs by {one.name} ({one.source}); {schemes} codes", err=True)
    for touched in found.touched:
        click.echo(
            f"{touched.option}: {touched.rows} of {touched.of} rows {touched.did}",
            err=True,
        )
    for told, codes in (
        ("signed by their parent code", found.by_parent),
        ("without a sign in this convention", found.unknown),
    ):
        if codes:
            rows = sum(number for _, number in codes)
            names = ", ".join(code for code, _ in codes[:5])
            click.echo(f"{rows} events {told}: {names}", err=True)


def _data(
    found: Any, store: Any, as_json: bool, as_csv: bool, as_parquet: bool
) -> dict[str, object] | bytes | None:
    """Output for programs, or None for a table on the screen."""
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet

    if as_json:
        return document(found, store)
    if not (as_csv or as_parquet):
        return None
    sink = pa.BufferOutputStream()
    if as_csv:
        pyarrow.csv.write_csv(found.table, sink)
    else:
        pyarrow.parquet.write_table(found.table, sink, compression="zstd")
    data: bytes = sink.getvalue().to_pybytes()
    return data


def document(found: Any, store: Any) -> dict[str, object]:
    """Counts with all that they depend on."""
    return {
        "convention": found.plan.convention.name,
        "convention_source": found.plan.convention.source,
        "schemes": list(found.schemes),
        "by": found.plan.by.value,
        "store": [
            {"file": one.file, "sha256": one.sha256, "format": one.format}
            for one in store.imports
        ],
        "touched": [asdict(one) for one in found.touched],
        "signed_by_parent_code": dict(found.by_parent),
        "without_sign": dict(found.unknown),
        "rows": [
            {
                key: str(value) if key == "period" else value
                for key, value in row.items()
            }
            for row in found.table.to_pylist()
        ],
    }


def _show(found: Any) -> None:
    """First rows as a table."""
    header = found.table.column_names
    rows = [
        [str(value) for value in row.values()]
        for row in found.table.slice(0, SHOWN).to_pylist()
    ]
    emit_table(header, rows)
    if found.table.num_rows > SHOWN:
        click.echo(
            f"{found.table.num_rows - SHOWN} more rows; --csv or --json prints all",
            err=True,
        )
