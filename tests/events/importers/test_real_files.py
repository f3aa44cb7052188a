"""Real files: every one imports, and what is known of them comes back."""

import csv
from datetime import date
from pathlib import Path

import pytest

from cuibono.events.importers.dictionaries import read_dictionaries
from cuibono.events.importers.intake.sample import sampled
from cuibono.events.importers.records import Asked
from cuibono.events.importers.registry import recognised
from cuibono.events.store.adding import Added, add_files
from cuibono.events.store.reading import open_store
from tests.events.rows import ICEWS_NAMES, imported, rows_of
from tests.reference import reference

RAW = [
    ("icews_20181015-icews-events.tab", "icews", 2213),
    ("icews_20190220-icews-events.tab", "icews", 2435),
    ("gdelt2_20191024143000.export.CSV", "gdelt2", 2111),
    ("icews14_mmkb_test.txt", "tkg", 8963),
    ("acled_2023cols_argentina.csv", "acled", 326),
    ("keds_tabari-demo.keds", "keds-weis", 77),
]


@pytest.mark.parametrize(("name", "form", "rows"), RAW)
def test_a_real_file_imports_without_a_rejected_row(
    tmp_path: Path, name: str, form: str, rows: int
) -> None:
    """Its format is recognised."""
    told = imported(reference("events", "raw", name), tmp_path / "store").told
    assert (told.format, told.read, told.kept, told.rejected) == (form, rows, rows, 0)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("HEADER_ONLY_gdelt1_events.tsv", "gdelt1"),
        ("HEADER_ONLY_gdelt2_events.tsv", "gdelt2"),
        ("HEADER_ONLY_polecat.txt", "polecat"),
        ("HEADER_ONLY_ucdp_ged.csv", "ucdp-ged"),
    ],
)
def test_a_published_list_of_columns_is_recognised(name: str, form: str) -> None:
    """Although no event stands below it."""
    data = reference("events", "raw", name).read_bytes()
    importer, _ = recognised(sampled(name, data, whole=True), Asked())
    assert importer.name == form


def test_ids_with_dictionaries_are_the_facts_that_the_names_tell(
    tmp_path: Path,
) -> None:
    """Two files of one data set, by ids in hours and by names, agree where they overlap."""
    raw = reference("events", "raw")
    files = [raw / f"icews14_ids_{what}2id.txt" for what in ("entity", "relation")]
    tables, digest = read_dictionaries(files)
    asked = Asked(dictionaries=tables, dictionaries_digest=digest)
    told = imported(raw / "icews14_ids_test.txt", tmp_path / "ids", asked=asked).told
    assert (told.format, told.read, told.kept) == ("tkg-ids", 13222, 13222)
    assert told.extract == "tkg:ICEWS14"
    assert told.first_day == "2014-11-11"
    question = "select source, {code}, target, date from events order by all"
    known = reference("events", "icews14_tkg.parquet")
    got = rows_of(open_store(tmp_path / "ids").files(), question.format(code="code"))
    assert set(got) <= set(rows_of([known], question.format(code="cameo_code")))


@pytest.fixture(scope="module")
def daily(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, list[Added]]:
    """All daily files of ICEWS that are at hand, as they were released, imported."""
    folder = tmp_path_factory.mktemp("daily")
    files = written_out(
        reference("events", "icews_events_201809_201903.parquet"), folder
    )
    return folder / "store", list(add_files(files, folder / "store"))


def written_out(table: Path, folder: Path) -> list[Path]:
    """Daily `.tab` files of the release, made from the table of all of them."""
    wanted = [name.lower().replace(" ", "_") for name in ICEWS_NAMES]
    columns = ", ".join(
        f"printf('%g', {name})" if name == "intensity" else f"{name}::varchar"
        for name in wanted
    )
    rows = rows_of([table], f"select source_file, {columns} from events")  # noqa: S608
    streams, paths = {}, []
    for name, *fields in rows:
        if name not in streams:
            paths.append(folder / name)
            streams[name] = (folder / name).open("w", encoding="utf-8")
            streams[name].write("\t".join(ICEWS_NAMES) + "\n")
        streams[name].write("\t".join(field or "" for field in fields) + "\n")
    for stream in streams.values():
        stream.close()
    return paths


def test_daily_files_of_icews_give_the_measured_figures(
    daily: tuple[Path, list[Added]],
) -> None:
    """Rows, repeats and mirrored rows as counted beforehand by other means."""
    path, added = daily
    told = [item.told for item in added]
    assert len(told) == 167
    assert sum(item.read for item in told) == 325_691
    assert sum(item.rejected for item in told) == 0
    [(rows, distinct)] = rows_of(
        open_store(path).files(),
        "select count(*), count(distinct (source, target, code, date)) from events",
    )
    assert rows == 325_691
    assert round(100 * (1 - distinct / rows), 1) == 24.1


def test_leading_zeros_of_codes_are_kept(daily: tuple[Path, list[Added]]) -> None:
    """315,846 codes have three digits and 9,845 have four."""
    lengths = rows_of(
        open_store(daily[0]).files(),
        "select length(code), count(*) from events group by 1 order by 1",
    )
    assert lengths == [(3, 315_846), (4, 9_845)]


def test_mirrored_and_repeated_rows_are_counted_over_a_whole_file(
    tmp_path: Path,
) -> None:
    """As one file: 20.3 % of the rows are mirrored, 24.1 % repeat a row of the day."""
    table = reference("events", "icews_events_201809_201903.parquet")
    files = written_out(table, tmp_path)
    whole = tmp_path / "whole.tab"
    with whole.open("w", encoding="utf-8") as out:
        out.write("\t".join(ICEWS_NAMES) + "\n")
        for file in files:
            out.writelines(
                file.read_text(encoding="utf-8").splitlines(keepends=True)[1:]
            )
    told = imported(whole, tmp_path / "store").told
    assert told.read == told.kept == 325_691
    assert round(100 * told.flagged["mirrored"] / told.read, 1) == 20.3
    assert round(100 * told.flagged["repeated"] / told.read, 1) == 24.1
    assert told.flagged["same_id"] == 0


def test_the_islamic_state_is_filed_under_iraq(daily: tuple[Path, list[Added]]) -> None:
    """Every time that it is named: a count by country turns it into Iraq."""
    filed = rows_of(
        open_store(daily[0]).files(),
        "select country, count(*) from (select source as name, source_country as country "
        "from events union all select target, target_country from events) where name "
        "like '%Islamic State of Iraq and the Levant%' group by 1",
    )
    assert filed == [("Iraq", 630)]


def test_rows_are_those_of_the_file(daily: tuple[Path, list[Added]]) -> None:
    """The header is row 1."""
    path, added = daily
    told = added[0].told
    with (path.parent / told.file).open(encoding="utf-8") as stream:
        rows = list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    kept = rows_of(
        open_store(path).files(),
        'select "row", date, source, code, import_id from events order by 1',
    )
    of_first = [event[:4] for event in kept if event[4] == told.import_id]
    assert len(of_first) == told.kept
    for row, day, source, code in of_first:
        assert [date.fromisoformat(rows[row - 1][1]), rows[row - 1][2]] == [day, source]
        assert rows[row - 1][6] == code
