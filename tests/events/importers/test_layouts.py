"""Every layout on invented rows: what is kept, what is not, and which row it was."""

import gzip
import zipfile
from pathlib import Path

import pytest

from cuibono.errors import UsageError
from cuibono.events.columns import COLUMNS
from cuibono.events.importers.dictionaries import read_dictionaries
from cuibono.events.importers.records import Asked
from cuibono.events.importers.registry import IMPORTERS
from cuibono.events.store.adding import add_files
from cuibono.events.store.backends import duckdb_table
from cuibono.events.store.reading import open_store
from tests.events.rows import (
    ICEWS_NAMES,
    events_of,
    icews_file,
    icews_row,
    icews_text,
    imported,
)
from tests.reference import ROOT

INVENTED = ROOT / "tests/data/events"


def written(path: Path, rows: list[list[str]], delimiter: str = "\t") -> Path:
    """Write rows without quotes."""
    path.write_text("\n".join(delimiter.join(row) for row in rows) + "\n")
    return path


def test_every_importer_names_terms_and_a_citation() -> None:
    """And no two have one name."""
    assert len({importer.name for importer in IMPORTERS}) == len(IMPORTERS)
    for importer in IMPORTERS:
        assert importer.terms and importer.cite and importer.says


def test_the_store_has_exactly_the_columns_promised(tmp_path: Path) -> None:
    """Names, order and types."""
    imported(icews_file(tmp_path / "a.tab"), tmp_path / "store")
    schema = duckdb_table(open_store(tmp_path / "store")).schema()
    assert [(name, str(kind)) for name, kind in schema.items()] == list(COLUMNS)


def test_an_icews_row_comes_back_as_written(tmp_path: Path) -> None:
    """Codes are text, an intensity of 1.9 is 19 tenths, empty texts are null."""
    rows = [icews_row(1, cameo_code="042", intensity="1.9", target_sectors="")]
    [event] = events_of(_file(tmp_path, icews_text(rows)), tmp_path / "store")
    assert event["code"] == event["code_raw"] == "042"
    assert (event["root"], event["intensity"]) == ("04", 19)
    assert (event["source"], event["target"]) == ("Arda", "Brun")
    assert event["target_sectors"] is None
    assert event["place"] == "Town, Shire, Ardania"
    assert (event["story"], event["sentence"], event["row"]) == ("1001", 2, 2)
    assert (event["directed"], event["parts"], event["scheme"]) == (True, 1, "cameo")


def _file(folder: Path, text: str, name: str = "events.tab") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_bare_quote_inside_a_field_is_text(tmp_path: Path) -> None:
    """As in the release of 20 February 2019."""
    rows = [icews_row(1, source_name='Joseph "Joe" Hockey'), icews_row(2)]
    events = events_of(_file(tmp_path, icews_text(rows)), tmp_path / "store")
    assert events[0]["source"] == 'Joseph "Joe" Hockey'


def test_quoted_dataverse_exports_read_like_plain_files(tmp_path: Path) -> None:
    """Quotes are taken off, doubled ones are one."""
    rows = [icews_row(number) for number in range(5)]
    rows[2] = icews_row(2, source_name='the "Post"')
    quoted = [
        "\t".join('"' + field.replace('"', '""') + '"' for field in row)
        for row in [list(ICEWS_NAMES), *rows]
    ]
    plain = events_of(_file(tmp_path, icews_text(rows), "a.tab"), tmp_path / "a")
    other = events_of(
        _file(tmp_path, "\n".join(quoted) + "\n", "b.tab"), tmp_path / "b"
    )
    assert other == plain


@pytest.mark.parametrize("nothing", ["NA", "NULL", ""])
def test_words_for_nothing_are_null(tmp_path: Path, nothing: str) -> None:
    """NA of R, NULL of the government variant."""
    rows = [icews_row(1, source_sectors=nothing, city=nothing)]
    [event] = events_of(_file(tmp_path, icews_text(rows)), tmp_path / "store")
    assert event["source_sectors"] is None
    assert event["place"] == "Shire, Ardania"


def test_the_layout_of_2017_takes_its_codes_from_exact_labels(tmp_path: Path) -> None:
    """Dates are month/day/year; a label that names no single code is rejected."""
    at = ICEWS_NAMES.index("CAMEO Code")
    rows = [list(ICEWS_NAMES)]
    for number, label in enumerate(["Consult", "Make a visit", "Wave"]):
        rows.append(icews_row(number, event_date=f"6/1{number}/2017", event_text=label))
    file = written(tmp_path / "2017.tab", [[*r[:at], *r[at + 1 :]] for r in rows])
    added = imported(file, tmp_path / "store")
    assert added.told.reasons == {"label that names no code, or more than one": 1}
    assert "month/day/year" in added.told.layout
    frame = duckdb_table(open_store(tmp_path / "store")).order_by("row").to_pyarrow()
    assert frame["code"].to_pylist() == ["040", "042"]
    assert frame["code_raw"].to_pylist() == ["Consult", "Make a visit"]
    assert str(frame["date"][1]) == "2017-06-11"


def test_codes_that_lost_their_leading_zero_are_not_guessed(tmp_path: Path) -> None:
    """36 is no code of CAMEO."""
    rows = [icews_row(1), icews_row(2, cameo_code="36")]
    told = imported(_file(tmp_path, icews_text(rows)), tmp_path / "store").told
    assert (told.kept, told.rejected) == (1, 1)
    [reason] = told.reasons
    assert "no CAMEO code" in reason
    rejects = (tmp_path / "store" / told.rejects).read_text().splitlines()
    assert rejects[0] == "row,reason,line"
    assert rejects[1].startswith("3,")


def gdelt_row(width: int, number: int = 1, **at: str) -> list[str]:
    """One row of GDELT with as many columns as asked for."""
    row = [""] * width
    row[:5] = [str(number), "20140610", "201406", "2014", "2014.4384"]
    row[5:8] = ["ARDGOV", "ARDANIA", "ARD"]
    row[12] = "GOV"
    row[15:18] = ["BRU", "BRUNIA", "BRU"]
    row[25:31] = ["1", "0841", "084", "08", "2", "7.0"]
    row[-2 if width > 57 else -1] = "20140610" + "143000" * (width == 61)
    if width > 57:
        row[-1] = "https://example.org/a"
    for place, text in at.items():
        row[int(place.removeprefix("c"))] = text
    return row


@pytest.mark.parametrize(
    ("width", "form"), [(57, "gdelt1"), (58, "gdelt1"), (61, "gdelt2")]
)
def test_gdelt_is_told_by_its_number_of_columns(
    tmp_path: Path, width: int, form: str
) -> None:
    """57 in old backfiles, 58 with the address, 61 in version 2."""
    file = written(tmp_path / "a.CSV", [gdelt_row(width, at) for at in range(3)])
    added = imported(file, tmp_path / "store")
    assert added.told.format == form
    event = duckdb_table(open_store(tmp_path / "store")).order_by("row").to_pyarrow()
    first = event.to_pylist()[0]
    assert (first["source"], first["source_name"], first["source_country"]) == (
        "ARDGOV",
        "ARDANIA",
        "ARD",
    )
    assert (first["code"], first["root"], first["intensity"]) == ("0841", "08", 70)
    assert first["story"] == ("https://example.org/a" if width > 57 else None)
    assert (first["event_id"], first["row"]) == ("0", 1)


def test_a_gdelt_date_far_from_its_adding_is_kept_and_counted(tmp_path: Path) -> None:
    """365 days before DATEADDED: a date read from words in the text."""
    rows = [gdelt_row(61, 1), gdelt_row(61, 2, c59="20150610143000")]
    told = imported(written(tmp_path / "a.CSV", rows), tmp_path / "store").told
    assert (told.kept, told.flagged["out_of_range_date"]) == (2, 1)


def polecat_row(**changed: str) -> list[str]:
    """One row of POLECAT; `None` where nothing is said."""
    row = {
        "event_id": "1",
        "event_date": "2021-03-04",
        "event_type": "ASSAULT",
        "event_mode": "firearms",
        "event_intensity": "-7.0",
        "actor_name": "Arda",
        "actor_country": "ARD",
        "recipient_name": "Brun",
        "recipient_country": "BRU",
        "source": "The Post",
    }
    row.update(changed)
    return [row.get(name.lower().replace(" ", "_"), "None") for name in polecat_names()]


def polecat_names() -> list[str]:
    """Column names of the layout."""
    return (INVENTED / "polecat_header.txt").read_text().strip().split("\t")


def polecat(folder: Path, *rows: list[str]) -> Path:
    """File of POLECAT rows."""
    return written(folder / "ngecEvents.txt", [polecat_names(), *rows])


def test_compound_actors_become_every_pair(tmp_path: Path) -> None:
    """Two actors, three recipients: six dyads of one row, each a sixth of it."""
    row = polecat_row(
        actor_country="ARD;COR", actor_name="Arda;Cor", recipient_country="BRU;DAN;ESK"
    )
    events = events_of(polecat(tmp_path, row), tmp_path / "store")
    assert [event["parts"] for event in events] == [6] * 6
    assert {event["row"] for event in events} == {2}
    pairs = {(e["source"], e["source_country"], e["target_country"]) for e in events}
    assert pairs == {
        (name, name[:3].upper(), other)
        for name in ("Arda", "Cor")
        for other in ("BRU", "DAN", "ESK")
    }
    told = open_store(tmp_path / "store").imports[0]
    assert (told.read, told.kept, told.events) == (1, 1, 6)


def test_reciprocal_violence_is_a_pair_without_direction(tmp_path: Path) -> None:
    """Both sides stand as actors, nobody as recipient."""
    row = polecat_row(
        actor_name="Arda;Brun",
        actor_country="ARD;BRU",
        recipient_name="None",
        recipient_country="None",
    )
    [event] = events_of(polecat(tmp_path, row), tmp_path / "store")
    assert (event["source"], event["target"], event["directed"]) == (
        "Arda",
        "Brun",
        False,
    )


def test_several_actors_and_no_recipient_are_no_dyad_elsewhere(tmp_path: Path) -> None:
    """A statement of two actors is not a statement of one to the other."""
    row = polecat_row(
        event_type="SUPPORT",
        event_mode="None",
        actor_name="Arda;Brun",
        actor_country="ARD;BRU",
        recipient_name="None",
        recipient_country="None",
    )
    events = events_of(polecat(tmp_path, row), tmp_path / "store")
    assert [(e["source"], e["target"], e["parts"]) for e in events] == [
        ("Arda", None, 2),
        ("Brun", None, 2),
    ]
    assert {event["code"] for event in events} == {"SUPPORT"}


def test_plover_codes_are_type_and_mode_as_in_the_table(tmp_path: Path) -> None:
    """What the file says is kept beside."""
    row = polecat_row(event_type="Assault", event_mode="Firearms")
    [event] = events_of(polecat(tmp_path, row), tmp_path / "store")
    assert (event["code"], event["root"]) == ("ASSAULT/firearms", "ASSAULT")
    assert (event["code_raw"], event["scheme"]) == ("Assault/Firearms", "plover")
    assert event["intensity"] == -70


def test_a_header_with_a_name_too_many_and_trailing_tabs_are_mended(
    tmp_path: Path,
) -> None:
    """`Headline` has no field in the rows of some files."""
    names = polecat_names()
    header = [*names[:5], "Headline", *names[5:]]
    file = written(
        tmp_path / "a.txt", [header, polecat_row(), polecat_row(event_id="2")]
    )
    first = events_of(file, tmp_path / "a")
    other = written(tmp_path / "b.txt", [names, [*polecat_row(), "", ""]])
    second = events_of(other, tmp_path / "b")
    assert first[0]["source"] == second[0]["source"] == "Arda"
    assert first[0]["target_country"] == second[0]["target_country"] == "BRU"


def test_acled_in_both_layouts_is_undirected(tmp_path: Path) -> None:
    """The current layout writes `inter` as text."""
    for name, sectors in (
        ("acled_current.csv", "State forces"),
        ("acled_2023.csv", "1"),
    ):
        events = events_of(INVENTED / name, tmp_path / name)
        assert len(events) == 10
        assert {event["directed"] for event in events} == {False}
        assert events[0]["source_sectors"] == sectors
        assert (events[0]["root"], events[0]["code"]) == ("Battles", "Armed clash")
        assert (events[0]["deaths"], events[0]["scheme"]) == (3, "acled")


def test_ucdp_with_and_without_header_is_the_same(tmp_path: Path) -> None:
    """One release of the Candidate data came without."""
    text = (INVENTED / "ucdp_ged.csv").read_text()
    bare = _file(tmp_path, text.partition("\n")[2], "bare.csv")
    with_header = events_of(INVENTED / "ucdp_ged.csv", tmp_path / "a")
    without = events_of(bare, tmp_path / "b")
    assert [e["row"] for e in with_header] == [e["row"] + 1 for e in without]  # type: ignore[operator]
    for one, other in zip(with_header, without, strict=True):
        assert {**one, "row": 0} == {**other, "row": 0}
    assert (with_header[0]["code"], with_header[0]["deaths"]) == ("1", 12)
    assert with_header[0]["directed"] is False


def test_phoenix_rows_have_sides_roots_and_stories(tmp_path: Path) -> None:
    """26 fields without a header."""
    events = events_of(INVENTED / "phoenix.txt", tmp_path / "store")
    assert len(events) == 10
    assert (events[0]["source"], events[0]["source_country"]) == ("ARDGOV", "ARD")
    assert (events[0]["code"], events[0]["intensity"]) == ("190", -100)


def test_keds_lines_of_documentation_and_stray_brackets_are_told(
    tmp_path: Path,
) -> None:
    """The bracket goes from the code and stays in `code_raw`."""
    rows = [
        ["920103", "IRQ", "UNO", "0841]"],
        ["920103", "DOC", "DOC", "999"],
        ["050103", "TUR", "GRC", "036"],
    ]
    added = imported(written(tmp_path / "turkey.txt", rows), tmp_path / "store")
    assert added.told.format == "keds-cameo"
    assert added.told.reasons == {"line of documentation (DOC)": 1}
    frame = duckdb_table(open_store(tmp_path / "store")).order_by("row").to_pyarrow()
    first, last = frame.to_pylist()
    assert (first["code"], first["code_raw"]) == ("0841", "0841]")
    assert (str(first["date"]), str(last["date"])) == ("1992-01-03", "2005-01-03")


def test_weis_is_told_from_cameo_and_not_read_as_such(tmp_path: Path) -> None:
    """Roots 21 and 22 exist in WEIS only; a package ships such a file as CAMEO."""
    rows = [["790415", "USA", "SAU", code] for code in ("042", "211", "223", "031")]
    file = written(tmp_path / "gulf.txt", rows)
    assert imported(file, tmp_path / "store").told.scheme == "weis"
    with pytest.raises(UsageError, match="its codes are WEIS: 2 of the first 4"):
        imported(file, tmp_path / "other", form="keds-cameo")
    assert not (tmp_path / "other").exists()


def test_weis_that_begins_late_is_refused_as_cameo(tmp_path: Path) -> None:
    """Also where the beginning of the file does not show it."""
    rows = [["790415", "USA", "SAU", "0411"]] * 20_000 + [
        ["790415", "USA", "SAU", "223"]
    ] * 900
    with pytest.raises(UsageError, match="a WEIS code"):
        imported(written(tmp_path / "a.txt", rows), tmp_path / "store")
    assert not (tmp_path / "store").exists()


def triples(folder: Path, times: list[str], fifth: str = "") -> Path:
    """File of triples with ids."""
    rows = [["0", "1", "2", time, *([fifth] if fifth else [])] for time in times]
    return written(folder / "train.txt", rows)


def dictionaries(folder: Path) -> Asked:
    """Dictionaries of three actors and two relations."""
    entities = folder / "entity2id.txt"
    entities.write_text("Arda (Land of)\t0\nBrun\t1\nCor  Dana\t2\n")
    relations = folder / "relation2id.txt"
    relations.write_text("2\nConsult\t0\nMake a visit\t1\n")
    tables, digest = read_dictionaries([entities, relations])
    return Asked(dictionaries=tables, dictionaries_digest=digest, day_zero="2014-01-01")


@pytest.mark.parametrize(
    ("times", "day"),
    [(["0", "24", "48"], "2014-01-03"), (["0", "1", "2"], "2014-01-03")],
)
def test_ids_count_hours_or_days(tmp_path: Path, times: list[str], day: str) -> None:
    """Hours if every moment is a multiple of 24; a fifth column is passed over."""
    asked = dictionaries(tmp_path)
    events = events_of(triples(tmp_path, times, "-1"), tmp_path / "store", asked)
    assert str(events[-1]["date"]) == day
    assert (events[0]["source"], events[0]["target"]) == ("Arda (Land of)", "Cor  Dana")
    assert events[0]["code"] == "042"


def test_ids_without_names_or_first_day_are_refused(tmp_path: Path) -> None:
    """Nothing in the file tells them."""
    file = triples(tmp_path, ["0", "24", "48"])
    with pytest.raises(UsageError, match="--dictionary"):
        imported(file, tmp_path / "store")
    asked = dictionaries(tmp_path)
    bare = Asked(dictionaries=asked.dictionaries)
    with pytest.raises(UsageError, match="--day-zero"):
        imported(file, tmp_path / "store", asked=bare)
    with pytest.raises(UsageError, match="--unit"):
        imported(triples(tmp_path, ["24"]), tmp_path / "store", asked=asked)


@pytest.mark.parametrize("packing", ["gz", "zip"])
def test_packed_files_read_like_plain_ones(tmp_path: Path, packing: str) -> None:
    """An archive may have many members; each is an import of its own."""
    plain = icews_file(tmp_path / "a.tab")
    if packing == "gz":
        packed = tmp_path / "a.tab.gz"
        packed.write_bytes(gzip.compress(plain.read_bytes()))
    else:
        packed = tmp_path / "a.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("year/a.tab", plain.read_bytes())
            archive.writestr("README.md", "about")
    said: list[str] = []
    add_files([packed], tmp_path / "store", tell=said.append)
    add_files([plain], tmp_path / "plain")
    one = duckdb_table(open_store(tmp_path / "store")).order_by("row").to_pyarrow()
    other = duckdb_table(open_store(tmp_path / "plain")).order_by("row").to_pyarrow()
    assert one.equals(other)
    if packing == "zip":
        assert "a.zip: README.md is left out, it is no table by its name" in said
