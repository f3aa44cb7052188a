"""cuibono run on a bare text: a case is started, and nothing passes for accepted."""

import json
from pathlib import Path

import pytest

from cuibono.cli.main import exit_status
from cuibono.cli.run_document import is_document

TEXT = (
    "Arda supports Brun with money and arms. Brun attacks Cor. Cor threatens Arda, and "
    "Arda opposes Cor. Dor helps Cor. Dor weakens Brun.\n"
)


@pytest.fixture
def letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A letter in an empty folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "my letter.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_every_claim_and_result_of_a_bare_text_is_marked_as_proposed(
    letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_status(["run", str(letter), "--draws", "20"]) == 0
    out = capsys.readouterr()
    assert "accepted by nobody" in out.out
    assert "proposals by rule that nobody has accepted" in " ".join(out.out.split())
    assert "cuibono review" in out.err
    study = json.loads(Path("build/my-letter/study.json").read_text("utf-8"))
    assert study["claims"]
    for claim in study["claims"]:
        assert claim["paraphrase"].startswith("[proposed by rule, accepted by nobody]")
        assert claim["status"] == "draft"
    text = Path("build/my-letter/report.txt").read_text("utf-8")
    assert text.startswith("Provisional, accepted by nobody")


def test_the_case_that_is_started_holds_proposals_and_no_claims(letter: Path) -> None:
    assert exit_status(["run", str(letter), "--draws", "20", "--json"]) == 0
    case = Path("build/my-letter/case")
    assert not (case / "claims").exists() and not (case / "claims.csv").exists()
    assert list((case / "suggestions").glob("*.jsonl"))
    assert (case / "sources/my-letter/text.txt").read_text("utf-8") == TEXT


def test_a_second_run_keeps_what_was_corrected_and_another_text_is_refused(
    letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_status(["run", str(letter), "--draws", "20"]) == 0
    nodes = Path("build/my-letter/case/nodes.csv")
    nodes.write_text(
        nodes.read_text("utf-8") + "eli,Eli,actor,,,,,\n", encoding="utf-8"
    )
    assert exit_status(["run", str(letter), "--draws", "20"]) == 0
    assert "eli" in nodes.read_text("utf-8")
    letter.write_text(TEXT + "Another end.\n", encoding="utf-8")
    assert exit_status(["run", str(letter), "--draws", "20"]) == 2
    assert "another case" in capsys.readouterr().err


def test_a_text_in_which_nothing_is_found_says_so(
    letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter.write_text("nothing here names anybody.\n", encoding="utf-8")
    assert exit_status(["run", str(letter), "--draws", "20"]) == 0
    assert "0 claims proposed" in capsys.readouterr().err


def test_tables_of_claims_are_no_documents(tmp_path: Path) -> None:
    for name, text in (
        ("a.csv", "source,subject,sign,object\n"),
        ("b.txt", "source\tsubject\tsign\tobject\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert not is_document(tmp_path / name)
    assert not is_document(tmp_path)
