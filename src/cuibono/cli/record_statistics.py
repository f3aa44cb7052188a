"""cuibono record statistics: one row of statistics for each event."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cuibono.cli.output import emit_json
from cuibono.cli.record_options import chosen_memory, events_argument, memory_options
from cuibono.errors import UsageError

if TYPE_CHECKING:
    from cuibono.record.table import StatisticsTable

SUFFIXES = (".csv", ".parquet")


@click.command(
    "statistics",
    epilog="""\b
Examples:
  cuibono record statistics events.csv -o statistics.csv
  cuibono record statistics events.csv --half-life-days 90 --signed-only -o s.parquet
  cuibono record statistics events.csv --config eventnet.xml -o statistics.csv""",
)
@events_argument
@memory_options
@click.option(
    "--signed-only", is_flag=True, help="Rows for friendly and hostile events alone."
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Table to write: .csv or .parquet.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON about the table.")
def command(
    events: Path,
    half_life_days: float | None,
    config: Path | None,
    signed_only: bool,
    output: Path,
    as_json: bool,
) -> int:
    """Write sixteen statistics of every event, from the events before it.

    One row an event, in the order of EVENTS: repetition and reciprocity by sign, eight
    degrees of sender and receiver, and the four signed triads. Events of one moment
    see the state before it.

    Raises
    ------
    UsageError
        If the table cannot be written in the form asked for.
    """
    from cuibono.files.atomic import write_bytes
    from cuibono.record.incoming import read_events
    from cuibono.record.table import csv_bytes, statistics_table

    if output.suffix not in SUFFIXES:
        raise UsageError(f"{output}: write .csv or .parquet, not {output.suffix!r}")
    memory = chosen_memory(half_life_days, config)
    found = statistics_table(read_events(events), memory, signed_only=signed_only)
    data = csv_bytes(found) if output.suffix == ".csv" else _parquet(found)
    write_bytes(output, data)
    if as_json:
        emit_json(
            "record-statistics",
            {
                "events": events.name,
                "rows": len(found),
                "columns": list(found.names),
                "output": str(output),
                "half_life_days": memory.half_life_days,
                "trim_below": memory.trim_below,
                "weights": memory.weights.value,
                "triads": memory.triads.value,
                "order": memory.order.value,
                "loops": found.loops,
            },
        )
        return 0
    click.echo(f"{output}: {len(found)} rows, {len(found.names)} statistics")
    if found.loops:
        click.echo(
            f"note: {found.loops} events of an actor towards itself have no statistics",
            err=True,
        )
    return 0


def _parquet(found: "StatisticsTable") -> bytes:
    """Table as Parquet.

    Raises
    ------
    UsageError
        If pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(
            "Parquet needs pyarrow: pip install 'cuibono[events]', or write .csv"
        ) from error
    sink = pa.BufferOutputStream()
    table = pa.table(dict(found.columns()))
    parquet.write_table(table, sink)
    data: bytes = sink.getvalue().to_pybytes()
    return data
