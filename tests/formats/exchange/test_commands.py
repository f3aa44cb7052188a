"""The verbs: out with `cuibono export`, in with `cuibono import`, checked as any case."""

import json
from pathlib import Path

import pytest

from cuibono.cli.main import exit_status
from cuibono.files.atomic import write_folder
from cuibono.formats.case import inspect_case, read_case
from cuibono.formats.exchange.registry import EXCHANGE, ExchangeFormat
from cuibono.formats.write import case_files
from tests.formats.exchange.cases import TEXTS, by_place, small_case

Capsys = pytest.CaptureFixture[str]
WRITTEN = [form for form in EXCHANGE if form.write]
SUFFIXES = {"refi-qda": ".qdpx", "dna": ".dna", "web-annotation": ".jsonld"}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Folder of the small case, its texts beside it, with one suggestion."""
    files = case_files(small_case(), simple=False)
    record = {"source": "letter", "start": 0, "end": 6, "method": "rule"}
    files["suggestions/letter.rule.jsonl"] = json.dumps(record) + "\n"
    write_folder(tmp_path / "case", files)
    write_folder(tmp_path / "texts", {f"{name}.txt": t for name, t in TEXTS.items()})
    return tmp_path / "case"


@pytest.mark.parametrize("form", WRITTEN, ids=lambda form: form.name)
def test_a_form_says_what_it_leaves_out(
    form: ExchangeFormat, case: Path, capsys: Capsys
) -> None:
    """And that whole texts are in it, where they are."""
    texts = str(case.parent / "texts")
    path = case.parent / "out"
    told = ["export", str(case), "--to", form.name, "--texts", texts, "-o", str(path)]
    assert exit_status(told) == 0
    said = capsys.readouterr().err
    assert "leaves out:" in said
    assert ("whole text of letter, speech" in said) is form.holds_texts
    assert path.stat().st_size > 300


@pytest.mark.parametrize("name", SUFFIXES)
def test_a_case_goes_out_and_comes_in(name: str, case: Path) -> None:
    """The folder that comes back has the same claims and checks."""
    path = case.parent / f"out{SUFFIXES[name]}"
    texts = str(case.parent / "texts")
    out = ["export", str(case), "--to", name, "--texts", texts, "-o", str(path)]
    assert exit_status(out) == 0
    again = case.parent / "again"
    assert exit_status(["import", str(path), "--to", str(again)]) == 0
    read = inspect_case(again, case.parent / "texts")
    assert not read.problems.items
    assert by_place(read.case.claims) == by_place(read_case(case).claims)
    assert set(read.texts) == set(TEXTS)


def test_suggestions_of_the_folder_leave_for_label_studio(
    case: Path, capsys: Capsys
) -> None:
    """As predictions of their method."""
    texts = str(case.parent / "texts")
    told = ["export", str(case), "--to", "label-studio", "--texts", texts]
    assert exit_status(told) == 0
    tasks = json.loads(capsys.readouterr().out)
    versions = [item["model_version"] for item in tasks[0]["predictions"]]
    assert versions == ["cuibono claims", "cuibono rule"]


def test_without_texts_the_option_is_named(case: Path, capsys: Capsys) -> None:
    """Exit status 2, and nothing on stdout."""
    assert exit_status(["export", str(case), "--to", "dna"]) == 2
    said = capsys.readouterr()
    assert "--texts" in said.err and not said.out


def test_a_database_does_not_go_to_a_screen(
    case: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It asks for a file instead, before any text is read."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert exit_status(["export", str(case), "--to", "dna"]) == 2
    assert "not for the screen" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ("code,label,kind\na,A,thing\n", 'kind "thing"'),
        ("code,label,kind\n,A,actor\n", "an empty cell"),
        ("code,label\na,A\n", "without kind"),
    ],
)
def test_a_table_of_codes_with_a_fault_is_refused(
    table: str, fault: str, case: Path, capsys: Capsys
) -> None:
    """The row and the column are named."""
    codes = case.parent / "codes.csv"
    codes.write_text(table)
    path = case.parent / "out.qdpx"
    texts = str(case.parent / "texts")
    out = ["export", str(case), "--to", "refi-qda", "--texts", texts, "-o", str(path)]
    assert exit_status(out) == 0
    again = ["import", str(path), "--to", str(case.parent / "again")]
    assert exit_status([*again, "--codes", str(codes)]) == 2
    assert fault in capsys.readouterr().err
    assert not (case.parent / "again").exists()
