"""The same query on DuckDB and on Spark gives the same table, byte for byte."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.csv
import pytest

from cuibono.events.actors.records import ActorMap, Field, MapRow
from cuibono.events.conventions import CONVENTIONS
from cuibono.events.queries.acting import Acting, by_country, mapped
from cuibono.events.queries.coverage import coverage
from cuibono.events.queries.dyads import Period, Plan, dyads
from tests.events.tables import arrow, event
from tests.reference import reference

pyspark = pytest.importorskip("pyspark", reason="the extra [spark] is not installed")
pytestmark = pytest.mark.skipif(
    shutil.which("java") is None, reason="Spark needs Java, which is not installed"
)


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """A local cluster of one thread."""
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.driver.memory", "1g")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    yield spark
    spark.stop()


def _rows(tmp_path: Path) -> Path:
    """Real events, with the columns of the store."""
    path = tmp_path / "events.parquet"
    parquet = pytest.importorskip("pyarrow.parquet")
    source = parquet.read_table(
        reference("events", "icews_events_201809_201903.parquet")
    ).slice(0, 20_000)
    rows = [
        event(
            row["source_name"],
            row["target_name"],
            row["event_date"],
            row["cameo_code"],
            source_country=row["source_country"] or None,
            target_country=row["target_country"] or None,
            story=str(row["story_id"]),
            sentence=row["sentence_number"],
        )
        for row in source.to_pylist()
    ]
    parquet.write_table(arrow(rows), path)
    return path


def _bytes(acting: Acting, plan: Plan) -> bytes:
    sink = pa.BufferOutputStream()
    pyarrow.csv.write_csv(dyads(acting, plan).table, sink)
    data: bytes = sink.getvalue().to_pybytes()
    return data


ACTORS = ActorMap(
    rows=(
        MapRow(pattern="* (Islamic State of Iraq and the Levant)", actor="IS", row=2),
        MapRow(pattern="Islamic State of Iraq and the Levant", actor="IS", row=3),
        MapRow(
            pattern="Donald Trump",
            actor="USA",
            end=date(2018, 12, 31),
            row=4,
        ),
        MapRow(pattern="Iran", actor="Iran", field=Field.COUNTRY, row=5),
        MapRow(pattern="Iraq", actor="Iraq", field=Field.COUNTRY, row=6),
        MapRow(pattern="United States", actor="USA", field=Field.COUNTRY, row=7),
    )
)


@pytest.mark.reference
def test_dyads_on_spark_equal_those_on_duckdb(session: Any, tmp_path: Path) -> None:
    path = _rows(tmp_path)
    tables = [
        ibis.duckdb.connect().read_parquet(path),
        ibis.pyspark.connect(session).read_parquet(str(path)),
    ]
    plain = Plan(convention=CONVENTIONS["goldstein"])
    full = Plan(
        convention=CONVENTIONS["oeda-quad"],
        by=Period.WEEK,
        one_a_day=True,
        mirrored_once=True,
        normalise=True,
        undirected=True,
    )
    for acts, plan in (
        (by_country, plain),
        (lambda table: mapped(table, ACTORS), full),
    ):
        one, two = (_bytes(acts(table), plan) for table in tables)
        assert one == two
        assert one.count(b"\n") > 3
    first, second = (coverage(table, ACTORS) for table in tables)
    assert first == second
