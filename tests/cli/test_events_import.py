"""cuibono events import: what is printed, where, and with which exit status."""

from pathlib import Path

import pytest

from cuibono.cli.events import COMMANDS
from cuibono.events.importers.registry import IMPORTERS
from tests.cli.calls import call, done, refused, tree
from tests.events.rows import icews_file, icews_row, icews_text

Capsys = pytest.CaptureFixture[str]


def test_counts_are_on_stdout_and_what_was_seen_on_stderr(
    tmp_path: Path, capsys: Capsys
) -> None:
    """The format is said before anything is read."""
    file = icews_file(tmp_path / "a.tab")
    called = done(capsys, "events", "import", file, "--to", tmp_path / "store")
    assert called.out.startswith("a.tab (icews): 12 rows read, 12 kept, 0 rejected\n")
    assert called.err == "a.tab: icews (recognised): 20 columns, without quotes\n"


def test_json_of_one_file_has_its_counts_and_a_list_of_one(
    tmp_path: Path, capsys: Capsys
) -> None:
    """Format, read, kept, rejected and flagged on top."""
    file = tmp_path / "a.tab"
    rows = [*(icews_row(n) for n in range(5)), icews_row(9, event_date="soon")]
    file.write_text(icews_text(rows))
    called = done(
        capsys, "events", "import", file, "--to", tmp_path / "store", "--json"
    )
    told = called.document
    assert told["schema"] == "cuibono/events-import/1"
    assert (told["format"], told["read"], told["kept"], told["rejected"]) == (
        "icews",
        6,
        5,
        1,
    )
    assert set(told["flagged"]) >= {"mirrored", "repeated", "self", "out_of_range_date"}
    [one] = told["files"]
    assert one["reasons"] == {"date that cannot be read": 1}
    assert (tmp_path / "store" / one["rejects"]).is_file()


def test_json_of_several_files_has_totals_on_top(
    tmp_path: Path, capsys: Capsys
) -> None:
    """A file that the store has already adds nothing to them."""
    one, other = icews_file(tmp_path / "a.tab", 5), icews_file(tmp_path / "b.tab", 7)
    store = tmp_path / "store"
    done(capsys, "events", "import", one, "--to", store)
    told = done(
        capsys, "events", "import", one, other, "--to", store, "--json"
    ).document
    assert (told["read"], told["kept"], told["format"]) == (7, 7, "icews")
    assert [item["already_in_store"] for item in told["files"]] == [True, False]


def test_a_forced_format_that_does_not_fit_is_refused(
    tmp_path: Path, capsys: Capsys
) -> None:
    """With what was found and what was expected."""
    file = icews_file(tmp_path / "a.tab")
    err = refused(
        capsys, "events", "import", file, "--to", tmp_path / "s", "--format", "gdelt2"
    )
    assert "found 20 fields in the first row" in err and "61 columns" in err
    assert not (tmp_path / "s").exists()
    err = refused(
        capsys, "events", "import", file, "--to", tmp_path / "s", "--format", "icevs"
    )
    assert "icews" in err


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.name)
def test_help_names_every_format(capsys: Capsys, importer: object) -> None:
    """And those that no real file has tested."""
    out = done(capsys, "events", "import", "--help").out
    assert getattr(importer, "name") in out  # noqa: B009
    assert "(untested on real data)" in out


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_verb_of_the_group_has_help_with_an_example(
    capsys: Capsys, verb: str
) -> None:
    """Nothing about what the code raises."""
    out = done(capsys, "events", verb, "--help").out
    assert f"cuibono events {verb} " in out.partition("Example")[2]
    assert "Raises" not in out


def test_a_slip_in_the_verb_gets_a_hand(capsys: Capsys) -> None:
    """The nearest verb of the group is named."""
    assert '"import"' in refused(capsys, "events", "imprt").replace("'", '"')


def test_a_dictionary_that_is_none_is_told_by_line(
    tmp_path: Path, capsys: Capsys
) -> None:
    """Before any file of events is read."""
    file, names = icews_file(tmp_path / "a.tab"), tmp_path / "entity2id.txt"
    names.write_text("Arda\t0\nBrun one\n")
    store = tmp_path / "store"
    options = ["--to", store, "--dictionary", names]
    assert "line 2" in refused(capsys, "events", "import", file, *options)
    names.write_text("Arda\t0\nBrun\t0\n")
    assert "twice" in refused(capsys, "events", "import", file, *options)
    assert not store.exists()


def test_a_day_zero_that_is_no_date_is_refused(tmp_path: Path, capsys: Capsys) -> None:
    """With the way to write it."""
    file = icews_file(tmp_path / "a.tab")
    options = ["--to", tmp_path / "store", "--day-zero", "1.1.2014"]
    assert "2014-01-01" in refused(capsys, "events", "import", file, *options)


def test_the_same_call_twice_says_so_and_changes_nothing(
    tmp_path: Path, capsys: Capsys
) -> None:
    """Exit status 0: there is nothing to mend."""
    file, store = icews_file(tmp_path / "a.tab"), tmp_path / "store"
    done(capsys, "events", "import", file, "--to", store)
    before = tree(store)
    called = call(capsys, "events", "import", file, "--to", store)
    assert called.status == 0
    assert "already in the store, nothing added" in called.out
    assert tree(store) == before
