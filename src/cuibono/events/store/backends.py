"""A store as an Ibis table, on DuckDB or on Spark."""

from typing import TYPE_CHECKING

from cuibono.errors import UsageError
from cuibono.events.columns import COLUMNS
from cuibono.events.store.reading import Store

if TYPE_CHECKING:
    import ibis
    from pyspark.sql import SparkSession


def duckdb_table(store: Store) -> "ibis.Table":
    """Events of a store as an Ibis table on an embedded DuckDB.

    Raises
    ------
    UsageError
        If the extra `events` is not installed.
    """
    try:
        import duckdb  # noqa: F401
        import ibis
    except ImportError as error:
        raise UsageError(
            'needs the extra "events": pip install "cuibono[events]"'
        ) from error
    connection = ibis.duckdb.connect()
    files = list(map(str, store.files()))
    if not files:
        return connection.create_table("events", schema=ibis.schema(dict(COLUMNS)))
    table = connection.read_parquet(files, table_name="events", hive_partitioning=False)
    return table.select([name for name, _ in COLUMNS])


def spark_table(store: Store, session: "SparkSession | None" = None) -> "ibis.Table":
    """Events of a store as an Ibis table on Spark; a local session if none is given.

    Raises
    ------
    UsageError
        If the extra `spark` is not installed.
    """
    try:
        import ibis
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError(
            'needs the extra "spark": pip install "cuibono[spark]"'
        ) from error
    if session is None:
        session = (
            SparkSession.builder.master("local[*]").appName("cuibono").getOrCreate()
        )
    connection = ibis.pyspark.connect(session)
    schema = ", ".join(f"{name} {_SPARK[kind]}" for name, kind in COLUMNS)
    files = list(map(str, store.files()))
    frame = (
        session.read.schema(schema).parquet(*files)
        if files
        else session.createDataFrame([], schema)
    )
    frame.createOrReplaceTempView("events")
    return connection.table("events")


_SPARK = {
    "date": "date",
    "string": "string",
    "int16": "smallint",
    "int32": "int",
    "int64": "bigint",
    "boolean": "boolean",
}
