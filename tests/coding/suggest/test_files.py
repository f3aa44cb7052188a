"""Suggestions on disk."""

from pathlib import Path

import pytest

from cuibono.claims.quotes import quote_sha256
from cuibono.coding.suggest.files import read_suggestion_lines, write_suggestions
from cuibono.coding.suggest.suggester import suggest
from cuibono.errors import UsageError
from tests.coding.suggest.parties import PARTIES

FOUND = suggest("Arda may help Brun. Cor attacked Arda.", PARTIES, "letter")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """One file per source and method, one line each, in their order."""
    text = tmp_path / "sources" / "letter" / "text.txt"
    text.parent.mkdir(parents=True)
    text.write_text("Arda may help Brun. Cor attacked Arda.", "utf-8")
    (path,) = write_suggestions(tmp_path, {"letter": FOUND})
    assert path == tmp_path / "suggestions" / "letter.rule.jsonl"
    assert list(read_suggestion_lines(path)) == [one.to_record() for one in FOUND]
    before = path.read_bytes()
    write_suggestions(tmp_path, {"letter": FOUND})
    assert path.read_bytes() == before


def test_a_text_that_is_not_kept_is_not_quoted(tmp_path: Path) -> None:
    """Place and hash find the words in the text; the file does not hold them."""
    (path,) = write_suggestions(tmp_path, {"letter": FOUND})
    for one, line in zip(FOUND, read_suggestion_lines(path), strict=True):
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


def test_broken_lines_are_named_by_row(tmp_path: Path) -> None:
    """A cut file says where."""
    path = tmp_path / "letter.rule.jsonl"
    for text, message in (('{"id": 1}\n{', "row 2: no JSON"), ("[]\n", "row 1")):
        path.write_text(text, "utf-8")
        with pytest.raises(UsageError, match=message):
            read_suggestion_lines(path)
