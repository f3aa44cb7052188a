"""The main job: test a case and write its report; start one; write a worked one."""

import json
from pathlib import Path

import pytest

from cuibono.errors import UsageError
from tests.cases import small_case
from tests.cli.calls import DRAWS, HARBOUR, LEVEE, call, done, refused, tree

Capsys = pytest.CaptureFixture[str]


def without_timing(data: bytes) -> object:
    """JSON value of a study without what differs from run to run."""
    value = json.loads(data)
    value.pop("timing")
    return value


def test_a_run_writes_its_three_files_and_prints_the_findings(
    tmp_path: Path, capsys: Capsys
) -> None:
    """The page, the text, the JSON; where they are is said last."""
    called = done(capsys, "run", LEVEE, "-o", tmp_path / "out", *DRAWS)
    assert set(tree(tmp_path / "out")) == {"report.html", "report.txt", "study.json"}
    assert called.out.startswith("Do levees protect the valley?")
    assert "which this report does not judge" in called.out
    assert str(tmp_path / "out" / "report.html") in called.out.splitlines()[-2]
    assert called.err == ""


def test_two_runs_write_the_same_bytes(tmp_path: Path, capsys: Capsys) -> None:
    """Timing in the JSON apart."""
    for name in ("one", "two"):
        done(capsys, "run", LEVEE, "-o", tmp_path / name, "--seed", 5, *DRAWS)
    one, two = (tree(tmp_path / name) for name in ("one", "two"))
    assert one["report.html"] == two["report.html"]
    assert one["report.txt"] == two["report.txt"]
    assert without_timing(one["study.json"]) == without_timing(two["study.json"])


def test_json_alone_goes_to_stdout_and_nothing_is_written(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a folder it is written too."""
    monkeypatch.chdir(tmp_path)
    called = done(capsys, "run", HARBOUR, "--json", *DRAWS)
    assert called.document["schema"] == "cuibono/study/1"
    assert tree(tmp_path) == {}
    called = done(capsys, "run", HARBOUR, "--json", "-o", "out", *DRAWS)
    assert called.out.encode() == tree(tmp_path)["out/study.json"]


def test_a_run_without_a_folder_writes_below_build(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under the name of the case; a lone table goes by its own."""
    monkeypatch.chdir(tmp_path)
    done(capsys, "run", HARBOUR, "--quiet", *DRAWS)
    assert set(tree(tmp_path)) == {
        f"build/claims/{name}" for name in ("report.html", "report.txt", "study.json")
    }


def test_one_reading_may_be_run_alone(tmp_path: Path, capsys: Capsys) -> None:
    """It is then the main one; another that is not there is told of."""
    called = done(capsys, "run", LEVEE, "--reading", "open", "--json", *DRAWS)
    assert called.document["main"] == "open"
    assert len(called.document["readings"]) == 1
    message = refused(
        capsys, "run", LEVEE, "--reading", "opn", "-o", tmp_path / "out", *DRAWS
    )
    assert 'no reading "opn"; this case has: plain-talk, river-board, open' in message
    assert tree(tmp_path) == {}


def test_a_question_that_cannot_be_asked_stops_a_run_and_a_check(
    tmp_path: Path, capsys: Capsys
) -> None:
    """Before anything is drawn or written."""
    root = small_case(tmp_path)
    head = root / "case.toml"
    text = head.read_text(encoding="utf-8")
    head.write_text(text + '\n[[question]]\nid = "q"\nask = "tie"\n', encoding="utf-8")
    out = tmp_path / "out"
    for arguments in (("check", root), ("run", root, "-o", out, *DRAWS)):
        message = refused(capsys, *arguments)
        assert '"question q: ask": found "tie"' in message
        assert 'did you mean "ties"?' in message
    assert not out.exists()


def test_a_case_of_ones_own_is_started_filled_checked_and_run(
    tmp_path: Path, capsys: Capsys
) -> None:
    """The example that init writes is a sound case."""
    folder = tmp_path / "mine"
    called = done(capsys, "init", folder, "--title", "Who gains from the dam")
    assert f"cuibono run {folder}" in called.out
    assert set(tree(folder)) == {"case.toml", "claims.csv"}
    called = done(capsys, "check", folder)
    assert "3 claims, 3 nodes, 1 sources; no problems" in called.out
    called = done(capsys, "run", folder, "-o", tmp_path / "out", *DRAWS)
    assert called.out.startswith("Who gains from the dam")


def test_init_takes_the_title_from_the_folder_and_refuses_one_in_use(
    tmp_path: Path, capsys: Capsys
) -> None:
    """An empty folder is as good as a new one."""
    (tmp_path / "empty").mkdir()
    done(capsys, "init", tmp_path / "empty")
    head = (tmp_path / "empty/case.toml").read_text(encoding="utf-8")
    assert 'title = "empty"' in head
    before = tree(tmp_path)
    message = refused(capsys, "init", tmp_path / "empty")
    assert "is there already; name a new or empty folder" in message
    assert tree(tmp_path) == before


def test_a_demo_is_a_worked_case_with_its_report(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the installed package; the case can be changed and run again."""
    monkeypatch.chdir(tmp_path)
    called = done(capsys, "demo", "there", "--case", "levee-effect")
    written = set(tree(tmp_path / "there"))
    assert {"report/report.html", "report/report.txt", "report/study.json"} <= written
    assert {f"levee-effect/{name}" for name in tree(LEVEE)} <= written
    assert "Do levees protect the valley?" in called.out
    assert called.err.startswith("wrote there")
    message = refused(capsys, "demo", "there", "--case", "levee-effect")
    assert "there is there already; name a new folder" in message
    done(capsys, "demo", "--case", "levee-effect")
    assert Path("cuibono-demo-levee-effect/report/report.html").is_file()


def test_a_demo_of_no_case_names_those_there_are(
    tmp_path: Path, capsys: Capsys
) -> None:
    """And writes nothing."""
    message = refused(capsys, "demo", tmp_path / "there", "--case", "nope")
    assert 'no worked case "nope"; known: ' in message and "levee-effect" in message
    assert not (tmp_path / "there").exists()


def test_a_check_counts_what_it_found_and_verifies_quotes(
    tmp_path: Path, capsys: Capsys
) -> None:
    """Texts of the case, or from a folder; without them it says so."""
    root = small_case(tmp_path)
    called = done(capsys, "check", root)
    assert "case: 3 claims, 4 nodes, 1 sources; no problems" in called.out
    assert "1 of 1 quotes verified in the texts" in called.out
    document = done(capsys, "check", root, "--json").document
    assert document["schema"] == "cuibono/check/1"
    assert (document["anchors"], document["anchors_verified"]) == (1, 1)
    (tmp_path / "texts").mkdir()
    (root / "sources/text/text.txt").rename(tmp_path / "texts/other.txt")
    assert "1 quotes not verified: no text given" in done(capsys, "check", root).out
    meta = root / "sources/text/meta.toml"
    text = meta.read_text(encoding="utf-8")
    meta.write_text(text + 'text_file = "other.txt"\n', encoding="utf-8")
    called = done(capsys, "check", root, "--texts", tmp_path / "texts")
    assert "1 of 1 quotes verified" in called.out


def test_what_a_lone_table_leaves_out_is_noted(capsys: Capsys) -> None:
    """On stderr; the check passes."""
    called = done(capsys, "check", HARBOUR)
    assert "note: no nodes.csv" in called.err
    assert "claims: 12 claims, 7 nodes, 2 sources" in called.out


@pytest.mark.parametrize("verb", ["run", "check", "ask", "claims", "agree", "export"])
def test_a_case_that_is_not_there_is_told_with_how_to_make_one(
    tmp_path: Path, capsys: Capsys, verb: str
) -> None:
    """Every verb that reads a case."""
    more = {"ask": ("follows",), "export": ("--to", "csv")}.get(verb, ())
    message = refused(capsys, verb, tmp_path / "nowhere", *more)
    assert "nowhere: found no such folder" in message
    assert "cuibono init makes one" in message


def test_a_file_that_is_no_table_is_no_case(tmp_path: Path, capsys: Capsys) -> None:
    """It says what would be."""
    path = tmp_path / "case.docx"
    path.write_text("x", encoding="utf-8")
    message = refused(capsys, "check", path)
    assert "found a file, expected a case folder or a table of claims" in message


def test_a_place_that_cannot_be_written_is_one_line(
    tmp_path: Path, capsys: Capsys
) -> None:
    """The path and the system's reason, no traceback."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    target = tmp_path / "file/sub/out.csv"
    message = refused(capsys, "export", LEVEE, "--to", "csv", "-o", target)
    assert len(message.splitlines()) == 1
    assert "Not a directory" in message and str(tmp_path) in message
    message = refused(capsys, "run", LEVEE, "-o", tmp_path / "file", *DRAWS)
    assert "Error:" in message and "is a file" in message


def test_the_traceback_is_shown_where_it_is_asked_for(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Errors of either kind come through under --debug."""
    monkeypatch.setenv("CUIBONO_DEBUG", "")
    with pytest.raises(UsageError, match="is there already"):
        call(capsys, "--debug", "init", LEVEE)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(FileExistsError):
        call(capsys, "--debug", "init", tmp_path / "file/sub")
