"""Text to store to monthly dyads, beside DuckDB's own reader and pandas, in CPU time.

Every side runs in a process of its own, one after the other, on one core's worth of
threads, and gives the same groups. One million rows unless ``CUIBONO_EVENT_ROWS`` says
otherwise (ten million is what the aims are stated for); pandas, which takes all columns
in memory, reads one million at most.
"""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from tests.reference import ROOT, reference

from benchmarks.gdelt_rows import write_rows

ROWS = int(os.environ.get("CUIBONO_EVENT_ROWS", "1000000"))

HEAD = """
import json, resource, sys, time
path, work = sys.argv[1:3]
def tell(**more):
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime
    print(json.dumps({"cpu": cpu, "rss": used.ru_maxrss, **more}))
GROUPS = '''
select substr({date}, 1, {width}) as month, {one} as one, {other} as other,
  count(*) filter ({root} < '06') as verbal, count(*) filter ({root} >= '15') as material,
  sum({tenths}) as tenths
from {table} where {one} is not null and {other} is not null and {one} <> {other}
group by all order by all
'''
def digest(rows):
    import hashlib
    text = repr([(m.replace("-", ""), *rest[:-1], int(rest[-1] or 0)) for m, *rest in rows])
    return {"groups": len(rows), "digest": hashlib.sha256(text.encode()).hexdigest()}
"""

STORE = """
from pathlib import Path
from cuibono.events.store.adding import add_files
if not Path(work).exists():
    add_files([Path(path)], Path(work))
"""

QUERY = """
import duckdb
from cuibono.events.store.reading import open_store
connection = duckdb.connect(config={"threads": 1})
connection.execute("set enable_progress_bar = false")
parts = [str(part) for part in open_store(Path(work)).files()]
connection.read_parquet(parts).create_view("events")
tell(**digest(connection.execute(GROUPS.format(
    date="date::varchar", width=7, one="source_country", other="target_country",
    root="root", tenths="intensity", table="events",
)).fetchall()))
"""

DYADS = """
from pathlib import Path
from cuibono.events.conventions import CONVENTIONS
from cuibono.events.queries.acting import by_country
from cuibono.events.queries.dyads import Plan, dyads
from cuibono.events.store.backends import duckdb_table
from cuibono.events.store.reading import open_store
def seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
def counted(store):
    events = duckdb_table(open_store(store))
    return dyads(by_country(events), Plan(convention=CONVENTIONS["gdelt-quad"]))
counted(Path(path))
begun = seconds()
made = counted(Path(work))
tell(groups=len(made.table), query=seconds() - begun)
"""

LIMIT = """
import duckdb
connection = duckdb.connect(config={"threads": 1})
connection.execute("set enable_progress_bar = false")
columns = {f"c{at}": "VARCHAR" for at in range(61)}
connection.execute(
    f"create view events as select * from read_csv('{path}', delim='\\t', quote='', "
    f"escape='', header=false, columns={columns!r})"
)
tell(**digest(connection.execute(GROUPS.format(
    date="c1", width=6, one="c7", other="c17", root="c28",
    tenths="cast(round(cast(c30 as double) * 10) as integer)", table="events",
)).fetchall()))
"""

PANDAS = """
import pandas as pd
frame = pd.read_csv(path, sep="\\t", header=None, quoting=3, nrows=int(sys.argv[3]))
pairs = frame[frame[7].notna() & frame[17].notna() & (frame[7] != frame[17])]
made = pairs.groupby([pairs[1] // 100, pairs[7], pairs[17]])[30].agg(["size", "sum"])
tell(groups=len(made))
"""


def ran(code: str, *arguments: object) -> dict[str, Any]:
    """What one side tells of itself: CPU seconds, kilobytes, groups."""
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", HEAD + code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return told


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated file; the kernels are compiled beforehand."""
    real = reference("events", "raw", "gdelt2_20191024143000.export.CSV")
    folder = tmp_path_factory.mktemp("gdelt")
    write_rows(real, folder / "made.export.CSV", ROWS)
    ran(STORE + QUERY, real, folder / "warm")
    return folder / "made.export.CSV"


def test_text_to_store_to_dyads(benchmark: BenchmarkFixture, plain: Path) -> None:
    """Rates per CPU second: ours, DuckDB's, pandas'; and from the store alone.

    From the store by SQL and as ``cuibono events dyads`` does, the latter also without
    the start of Python and of what it loads, by having counted a small store before.
    """
    store = plain.with_name("store")
    ours = benchmark.pedantic(  # type: ignore[no-untyped-call]
        ran, (STORE + QUERY, plain, store), rounds=1
    )
    again = ran("from pathlib import Path" + QUERY, plain, store)
    counted = ran(DYADS, plain.with_name("warm"), store)
    limit = ran(LIMIT, plain, "-")
    count = min(ROWS, 1_000_000)
    usual = ran(PANDAS, plain, "-", count)
    assert ours["digest"] == limit["digest"] == again["digest"]
    assert counted["groups"] == ours["groups"]
    rate = {
        "ours": ROWS / ours["cpu"],
        "store": ROWS / again["cpu"],
        "dyads": ROWS / counted["cpu"],
        "dyads, loaded": ROWS / counted["query"],
        "duckdb": ROWS / limit["cpu"],
        "pandas": count / usual["cpu"],
    }
    benchmark.extra_info.update(
        rows=ROWS,
        groups=ours["groups"],
        rates={name: round(value) for name, value in rate.items()},
        of_duckdb=round(rate["ours"] / rate["duckdb"], 2),
        times_pandas=round(rate["ours"] / rate["pandas"], 1),
        gigabytes=round(ours["rss"] / 1e6, 2),
    )
    print(json.dumps(benchmark.extra_info))  # noqa: T201


def test_a_zip_costs_little_more_than_the_plain_file(
    benchmark: BenchmarkFixture, plain: Path
) -> None:
    """CPU seconds of the one over those of the other, import alone."""
    packed = plain.with_name("made.export.CSV.zip")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(plain, plain.name)
    one = ran(STORE + "tell()", plain, plain.with_name("one"))
    other = benchmark.pedantic(  # type: ignore[no-untyped-call]
        ran, (STORE + "tell()", packed, plain.with_name("other")), rounds=1
    )
    benchmark.extra_info.update(rows=ROWS, ratio=round(other["cpu"] / one["cpu"], 2))
    print(json.dumps(benchmark.extra_info))  # noqa: T201
