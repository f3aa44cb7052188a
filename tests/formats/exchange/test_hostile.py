"""Files that mean harm are refused with one line, and nothing is written."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from cuibono.cli.main import exit_status
from tests.formats.exchange.hostile import FOUND, HOSTILE, packed


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_line(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Exit status 2, one fault told, no traceback, no file left behind."""
    suffix, make = HOSTILE[name]
    inbox = tmp_path / "in"
    inbox.mkdir()
    path = inbox / f"bad{suffix}"
    path.write_bytes(make())
    before = path.read_bytes()
    assert exit_status(["import", str(path), "--to", str(tmp_path / "case")]) == 2
    out, told = capfd.readouterr()
    assert out == ""
    first, *rest = told.strip().split("\n")
    assert first.startswith(f"bad{suffix}: found ") and FOUND[name] in first
    assert all(line.startswith(("  Mend:", "1 problem")) for line in rest)
    assert "Traceback" not in told and "\x1b" not in told
    assert sorted(os.listdir(tmp_path)) == ["in"]  # noqa: PTH208
    assert os.listdir(inbox) == [path.name]  # noqa: PTH208
    assert path.read_bytes() == before


def test_there_are_enough_of_them() -> None:
    """At least 25, over every form that is read."""
    assert len(HOSTILE) >= 25
    endings = {suffix for suffix, _ in HOSTILE.values()}
    assert endings == {".qdpx", ".dna", ".xlsx", ".json", ".jsonld", ".jsonl", ".tsv"}


def test_what_the_hostile_files_are_made_from_is_taken(tmp_path: Path) -> None:
    """Without their fault they are read: it is the fault that is refused."""
    path = tmp_path / "good.qdpx"
    path.write_bytes(packed())
    assert exit_status(["import", str(path), "--to", str(tmp_path / "case")]) == 0
    assert (tmp_path / "case/sources/t/text.txt").read_text() == "Arda opposes Brun."


def test_a_case_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    """A folder with files in it stays as it is."""
    case = tmp_path / "case"
    case.mkdir()
    (case / "mine.txt").write_text("mine")
    path = tmp_path / "good.qdpx"
    path.write_bytes(packed())
    assert exit_status(["import", str(path), "--to", str(case)]) == 2
    assert [item.name for item in case.iterdir()] == ["mine.txt"]


def test_a_name_with_control_characters_is_shown_without(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A terminal is not told to do anything."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../\x1b[31mred\x07", "x")
    path = tmp_path / "bad.qdpx"
    path.write_bytes(out.getvalue())
    assert exit_status(["import", str(path), "--to", str(tmp_path / "case")]) == 2
    told = capfd.readouterr().err
    assert "\x1b" not in told and "\x07" not in told and "red" in told
