"""The store: nothing twice, nothing by halves, nothing joined in silence."""

import fcntl
import gzip
import json
from pathlib import Path

import pytest

from cuibono.errors import UsageError
from cuibono.events.importers.records import Asked
from cuibono.events.store.adding import add_files
from cuibono.events.store.reading import MANIFEST, open_store
from tests.cli.calls import tree
from tests.events.rows import count_of, icews_file, icews_row, icews_text, imported


def test_a_file_added_twice_changes_nothing(tmp_path: Path) -> None:
    """Not a byte, and it is said; also where it comes packed or under another name."""
    file = icews_file(tmp_path / "a.tab")
    store = tmp_path / "store"
    imported(file, store)
    before = tree(store)
    packed = tmp_path / "other.tab.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    for again in (file, packed):
        said: list[str] = []
        [added] = add_files([again], store, tell=said.append)
        assert added.known
        assert "in the store already (as a.tab)" in said[-1]
        assert tree(store) == before


def test_one_content_twice_in_one_call_is_added_once(tmp_path: Path) -> None:
    """The second is told as known."""
    one, other = icews_file(tmp_path / "a.tab"), icews_file(tmp_path / "b.tab")
    added = add_files([one, other], tmp_path / "store")
    assert [item.known for item in added] == [False, True]
    assert count_of(tmp_path / "store") == 12


def test_files_of_one_provider_join_without_being_asked(tmp_path: Path) -> None:
    """Daily releases are parts of one extract."""
    for number in range(3):
        imported(icews_file(tmp_path / f"{number}.tab", 5 + number), tmp_path / "store")
    store = open_store(tmp_path / "store")
    assert [item.import_id for item in store.imports] == ["00001", "00002", "00003"]
    assert count_of(store.path) == 5 + 6 + 7


def triples(path: Path, actor: str) -> Path:
    """Triples with names."""
    path.parent.mkdir(exist_ok=True)
    lines = [f"{actor}\tConsult\tBrun\t2014-06-1{day}" for day in range(5)]
    path.write_text("\n".join(lines) + "\n")
    return path


def test_two_extracts_are_not_joined_in_silence(tmp_path: Path) -> None:
    """Their actor lists differ, so that their counts make no common series."""
    store = tmp_path / "store"
    imported(triples(tmp_path / "ICEWS14/train.txt", "Arda"), store)
    imported(triples(tmp_path / "ICEWS14/test.txt", "Cor"), store)
    other = triples(tmp_path / "ICEWS05-15/train.txt", "Dana")
    before = tree(store)
    with pytest.raises(UsageError, match=r"tkg:ICEWS14 .*tkg:ICEWS05-15 .*--join"):
        imported(other, store)
    with pytest.raises(UsageError, match="extracts that differ"):
        imported(icews_file(tmp_path / "a.tab"), store)
    assert tree(store) == before
    added = imported(other, store, join=True)
    assert added.told.joined
    assert [item.joined for item in open_store(store).imports] == [False, False, True]


def test_two_extracts_of_one_call_are_refused_unless_named_alike(
    tmp_path: Path,
) -> None:
    """Train and test of one selection may lie in folders of any name."""
    files = [triples(tmp_path / f"{name}/all.txt", name) for name in ("Arda", "Cor")]
    files[1] = files[1].rename(files[1].with_name("others.txt"))
    with pytest.raises(UsageError, match="extracts that differ"):
        add_files(files, tmp_path / "store")
    assert not (tmp_path / "store").exists()
    added = add_files(files, tmp_path / "store", asked=Asked(extract="mine"))
    assert {item.told.extract for item in added} == {"mine"}


def test_one_bad_file_of_a_call_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    """All files of a call are added, or none."""
    store = tmp_path / "store"
    imported(icews_file(tmp_path / "a.tab"), store)
    before = tree(store)
    good = icews_file(tmp_path / "b.tab", 7)
    bad = tmp_path / "bad.tab"
    bad.write_text(icews_text([icews_row(1, event_date="nonsense")]))
    with pytest.raises(UsageError, match="none of 1 rows"):
        add_files([good, bad], store)
    assert tree(store) == before


def test_what_an_interrupted_import_left_is_cleared_away(tmp_path: Path) -> None:
    """Files that no manifest names do not count, and go with the next import."""
    store = tmp_path / "store"
    imported(icews_file(tmp_path / "a.tab"), store)
    [part] = open_store(store).files()
    orphan = part.with_name("add-000000000000.parquet")
    orphan.write_bytes(part.read_bytes())
    (store / ".incoming/events").mkdir(parents=True)
    assert count_of(store) == 12
    imported(icews_file(tmp_path / "b.tab", 3), store)
    assert not orphan.exists()
    assert not (store / ".incoming").exists()
    assert count_of(store) == 15


def test_two_imports_at_a_time_are_refused(tmp_path: Path) -> None:
    """The second is told to wait."""
    store = tmp_path / "store"
    imported(icews_file(tmp_path / "a.tab"), store)
    with (store / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(UsageError, match="another import"):
            imported(icews_file(tmp_path / "b.tab", 3), store)


def test_an_empty_folder_is_an_empty_store(tmp_path: Path) -> None:
    """Its table has the columns and no row."""
    assert open_store(tmp_path).imports == ()
    assert count_of(tmp_path) == 0
    imported(icews_file(tmp_path.parent / f"{tmp_path.name}.tab"), tmp_path)
    assert count_of(tmp_path) == 12


def test_a_folder_with_something_else_in_it_is_no_store(tmp_path: Path) -> None:
    """Nothing is written into it."""
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="no event store"):
        imported(icews_file(tmp_path.parent / f"{tmp_path.name}.tab"), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    with pytest.raises(UsageError, match="found no event store"):
        open_store(tmp_path / "absent")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "damaged manifest"),
        ('{"schema": "cuibono/event-store/9"}', "later release"),
        (
            '{"schema": "cuibono/event-store/1", "imports": [], "parts": ["../a"]}',
            "names",
        ),
        (
            '{"schema": "cuibono/event-store/1", "imports": [{}], "parts": []}',
            "damaged",
        ),
    ],
)
def test_a_damaged_manifest_is_told(tmp_path: Path, content: str, said: str) -> None:
    """With the file and what is wrong."""
    (tmp_path / MANIFEST).write_text(content)
    with pytest.raises(UsageError, match=said):
        open_store(tmp_path)


def test_provenance_tells_where_every_row_came_from(tmp_path: Path) -> None:
    """Digest, counts, format, actors and terms stand in the sidecar."""
    file = icews_file(tmp_path / "a.tab")
    store = tmp_path / "store"
    imported(file, store)
    [told] = json.loads((store / MANIFEST).read_text())["imports"]
    assert told["file"] == "a.tab"
    assert told["bytes"] == file.stat().st_size
    assert (told["format"], told["scheme"], told["extract"]) == (
        "icews",
        "cameo",
        "icews",
    )
    assert (told["first_day"], told["last_day"]) == ("2014-06-10", "2014-06-14")
    assert told["actors"] == 2 and len(told["actors_hash"]) == 64
    assert told["terms"] and told["licence_note"]
    assert open_store(store).manifest == json.loads((store / MANIFEST).read_text())


def test_flags_count_what_is_kept(tmp_path: Path) -> None:
    """Mirrored, repeated, self, out of range and the same id, by hand."""
    rows = [
        icews_row(1, event_date="2014-06-10", story_id="1"),
        icews_row(2, event_date="2014-06-10", story_id="2"),
        icews_row(3, event_date="2014-06-11", story_id="3"),
        icews_row(
            4,
            event_date="2014-06-11",
            story_id="3",
            source_name="Brun",
            target_name="Arda",
        ),
        icews_row(5, target_name="Arda"),
        icews_row(6, event_date="1899-12-31"),
        icews_row(7, event_date="2914-06-10"),
        icews_row(7, event_date="2914-06-10", event_text="x", cameo_code="190"),
    ]
    file = tmp_path / "a.tab"
    file.write_text(icews_text(rows))
    told = imported(file, tmp_path / "store").told
    assert told.kept == len(rows)
    assert dict(told.flagged) == {
        "mirrored": 2,
        "repeated": 1,
        "self": 1,
        "out_of_range_date": 3,
        "same_id": 1,
    }


def test_years_lie_in_folders_of_their_own(tmp_path: Path) -> None:
    """One file a year for all files of a call."""
    file = tmp_path / "a.tab"
    rows = [icews_row(n, event_date=f"{2010 + n % 3}-01-01") for n in range(9)]
    file.write_text(icews_text(rows))
    imported(file, tmp_path / "store")
    folders = [path.parent.name for path in open_store(tmp_path / "store").files()]
    assert folders == ["year=2010", "year=2011", "year=2012"]
