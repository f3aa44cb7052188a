"""Small tables beside the events, on whichever engine the events are."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa

_NUMBER: Final = count()
_ARROW: Final = {
    "string": pa.string(),
    "date": pa.date32(),
    "int8": pa.int8(),
    "int16": pa.int16(),
    "int64": pa.int64(),
}
_SPARK: Final = {
    "string": "string",
    "date": "date",
    "int8": "tinyint",
    "int16": "smallint",
    "int64": "bigint",
}

Cell = str | int | date | None


def small_table(
    beside: ir.Table, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Cell]]
) -> ir.Table:
    """Table of some rows on the engine of another table, to join the two.

    Parameters
    ----------
    beside : ibis.Table
        Says which engine.
    columns : sequence of (str, str)
        Name and type: string, date, int8, int16 or int64.
    rows : sequence
        Cells in that order.
    """
    backend: Any = beside.get_backend()
    name = f"cuibono_small_{next(_NUMBER)}"
    if backend.name == "pyspark":
        schema = ", ".join(f"`{column}` {_SPARK[kind]}" for column, kind in columns)
        frame = backend._session.createDataFrame([tuple(row) for row in rows], schema)
        frame.createOrReplaceTempView(name)
        table: ir.Table = backend.table(name)
        return table
    fields = pa.schema([(column, _ARROW[kind]) for column, kind in columns])
    cells = [dict(zip(fields.names, row, strict=True)) for row in rows]
    made: ir.Table = ibis.memtable(pa.Table.from_pylist(cells, schema=fields))
    return made


def fetched(expression: ir.Table) -> pa.Table:
    """Rows of an expression; no engine's own order is kept.

    Spark's rows come over as Arrow, without the detour by pandas that Ibis takes.
    """
    backend: Any = expression.get_backend()
    table: pa.Table
    if backend.name == "pyspark":
        found = backend.raw_sql(backend.compile(expression)).toArrow()
        table = found.cast(expression.schema().to_pyarrow())
    else:
        table = expression.to_pyarrow()
    return table
