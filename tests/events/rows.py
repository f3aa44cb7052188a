"""Invented rows in the layouts of the providers, and what an import made of them."""

from pathlib import Path
from typing import Any

import duckdb

from cuibono.events.importers.records import Asked
from cuibono.events.store.adding import Added, add_files
from cuibono.events.store.backends import duckdb_table
from cuibono.events.store.reading import open_store

ICEWS_NAMES = (
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
)


def icews_row(number: int = 1, **changed: str) -> list[str]:
    """One row of ICEWS; keyword arguments change a field (`cameo_code="190"`)."""
    told = (
        f"{number}|2014-06-{10 + number % 5}|Arda|Government|Ardania|Consult|040|1|Brun|"
        f"Military|Brunia|{1000 + number}|2|The Post|Town||Shire|Ardania|1.0|2.0"
    )
    row = dict(zip(ICEWS_NAMES, told.split("|"), strict=True))
    for name, value in changed.items():
        [column] = [known for known in row if known.lower().replace(" ", "_") == name]
        row[column] = value
    return list(row.values())


def icews_text(rows: list[list[str]], *, header: bool = True) -> str:
    """File of ICEWS rows."""
    lines = ["\t".join(ICEWS_NAMES)] * header + ["\t".join(row) for row in rows]
    return "\n".join(lines) + "\n"


def icews_file(path: Path, rows: int = 12) -> Path:
    """Write some good rows of ICEWS."""
    path.write_text(icews_text([icews_row(number) for number in range(rows)]))
    return path


def imported(path: Path, to: Path, **options: object) -> Added:
    """Import one file."""
    [added] = add_files([path], to, **options)  # type: ignore[arg-type]
    return added


def events_of(
    path: Path, to: Path, asked: Asked | None = None
) -> list[dict[str, object]]:
    """Events that a file becomes, in the order of its rows."""
    add_files([path], to, asked=asked)
    frame = duckdb_table(open_store(to)).order_by("row").to_pyarrow()
    rows: list[dict[str, object]] = frame.to_pylist()
    return rows


def rows_of(parts: list[Path], query: str) -> list[tuple[Any, ...]]:
    """Rows of an SQL query on a table `events` of some Parquet files."""
    connection = duckdb.connect()
    try:
        connection.read_parquet([str(part) for part in parts]).create_view("events")
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def count_of(path: Path) -> int:
    """How many events a store has, by its Ibis table."""
    return int(duckdb_table(open_store(path)).count().to_pyarrow().as_py())
