"""Small event tables for tests: invented actors, real code tables."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import ibis
import pyarrow as pa

from cuibono.events.columns import COLUMNS

_TYPES = {
    "date": pa.date32(),
    "string": pa.string(),
    "int16": pa.int16(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "boolean": pa.bool_(),
}
SCHEMA = pa.schema([(name, _TYPES[kind]) for name, kind in COLUMNS])


def event(
    source: str, target: str, day: date, code: str = "040", **more: object
) -> dict[str, Any]:
    """One event with its other columns filled in."""
    row: dict[str, Any] = dict.fromkeys(name for name, _ in COLUMNS)
    row |= {
        "date": day,
        "source": source,
        "target": target,
        "source_name": source,
        "target_name": target,
        "code": code,
        "code_raw": code,
        "root": code[:2],
        "directed": True,
        "parts": 1,
        "scheme": "cameo",
        "import_id": "test",
    }
    return row | more


def arrow(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Arrow table with the columns of the store."""
    numbered = [
        {**row, "row": row["row"] or at} for at, row in enumerate(rows, start=2)
    ]
    return pa.Table.from_pylist(numbered, schema=SCHEMA)


def duckdb_rows(rows: Iterable[Mapping[str, Any]]) -> Any:
    """Ibis table on a DuckDB of its own."""
    connection = ibis.duckdb.connect()
    connection.con.register("given", arrow(rows))
    return connection.table("given")
