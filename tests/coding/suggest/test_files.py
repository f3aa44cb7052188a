"""Suggestions on disk."""

import json
from pathlib import Path

import pytest

from cuibono.claims.quotes import quote_sha256
from cuibono.coding.suggest.files import write_suggestions
from cuibono.coding.suggest.suggester import suggest
from cuibono.coding.suggestions import read_suggestions
from cuibono.errors import Problems, UsageError
from tests.coding.suggest.parties import PARTIES

FOUND = suggest("Arda may help Brun. Cor attacked Arda.", PARTIES, "letter")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """One file per source and method, one line each, in their order."""
    text = tmp_path / "sources" / "letter" / "text.txt"
    text.parent.mkdir(parents=True)
    text.write_text("Arda may help Brun. Cor attacked Arda.", "utf-8")
    (path,) = write_suggestions(tmp_path, {"letter": FOUND})
    assert path == tmp_path / "suggestions" / "letter.rule.jsonl"
    problems = Problems()
    again = read_suggestions(tmp_path, problems)
    assert not list(problems)
    assert [one.to_record() for one in again] == [one.to_record() for one in FOUND]
    before = path.read_bytes()
    write_suggestions(tmp_path, {"letter": FOUND})
    assert path.read_bytes() == before


def test_a_text_that_is_not_kept_is_not_quoted(tmp_path: Path) -> None:
    """Place and hash find the words in the text; the file does not hold them."""
    (path,) = write_suggestions(tmp_path, {"letter": FOUND})
    lines = map(json.loads, path.read_text("utf-8").splitlines())
    for one, line in zip(FOUND, lines, strict=True):
        assert line["quote"] == ""
        assert line["quote_sha256"] == quote_sha256(one.quote)
        assert (line["start"], line["end"]) == (one.start, one.end)
    assert "help Brun" not in path.read_text("utf-8")


def test_a_source_that_cannot_name_a_file_is_refused(tmp_path: Path) -> None:
    """Nothing is written outside of the case."""
    for name in ("", "../letter", "a/b"):
        with pytest.raises(UsageError, match="cannot name a file"):
            write_suggestions(tmp_path, {name: FOUND})
    with pytest.raises(UsageError, match="no case folder"):
        write_suggestions(tmp_path / "none", {"letter": FOUND})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("broken", ["{", "[]", '{"id": 1}'])
def test_broken_lines_are_named_by_row(tmp_path: Path, broken: str) -> None:
    """A cut file says where, and what is whole is still read."""
    (path,) = write_suggestions(tmp_path, {"letter": FOUND})
    path.write_text(path.read_text("utf-8") + broken + "\n", "utf-8")
    problems = Problems()
    assert len(read_suggestions(tmp_path, problems)) == len(FOUND)
    (problem,) = problems
    assert (problem.file, problem.row) == ("suggestions/letter.rule.jsonl", 3)
