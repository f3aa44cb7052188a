"""cuibono add and reanchor: a document in, and claims that find their quotes again."""

import hashlib
import json
from pathlib import Path

import pytest

from cuibono.cli.main import exit_status
from cuibono.formats.case import inspect_case
from tests.cases import small_case


def _run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = exit_status([str(word) for word in words])
    out = capsys.readouterr()
    return status, out.out, out.err


def test_a_text_becomes_a_source_with_its_hash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "My Op-Ed.txt"
    file.write_text("Arda helps Brun. Cor left.\n", encoding="utf-8")
    status, out, _ = _run(
        capsys, "add", tmp_path / "case", file, "--author", "Ana", "--date", "2014~",
        "--json",
    )  # fmt: skip
    told = json.loads(out)
    assert status == 0
    assert (told["source"], told["sentences"]) == ("my-op-ed", 2)
    kept = tmp_path / "case/sources/my-op-ed/text.txt"
    assert told["sha256"] == hashlib.sha256(kept.read_bytes()).hexdigest()
    meta = (kept.parent / "meta.toml").read_text(encoding="utf-8")
    assert 'author = "Ana"' in meta and 'date = "2014~"' in meta


def test_without_the_text_everything_else_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"Arda\r\nhelps.")
    case = tmp_path / "case"
    status, _, err = _run(capsys, "add", case, file, "--not-kept")
    assert (status, case.exists()) == (2, False)
    assert "--text-to" in err
    status, _, _ = _run(
        capsys, "add", case, file, "--not-kept", "--text-to", tmp_path / "texts"
    )
    assert status == 0
    assert not (case / "sources/a/text.txt").exists()
    assert (tmp_path / "texts/a.txt").read_text(encoding="utf-8") == "Arda\nhelps.\n"


def test_a_source_is_never_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Arda helps.", encoding="utf-8")
    assert _run(capsys, "add", tmp_path / "case", file)[0] == 0
    status, _, err = _run(capsys, "add", tmp_path / "case", file)
    assert status == 2
    assert "already" in err


@pytest.mark.parametrize("name", ["no-such.txt", "folder"])
def test_what_is_no_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "folder").mkdir()
    status, _, err = _run(capsys, "add", tmp_path / "case", tmp_path / name)
    assert status == 2
    assert "no such file" in err
    assert not (tmp_path / "case").exists()


def test_claims_find_their_quotes_after_the_text_grew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = small_case(tmp_path)
    source = inspect_case(case).case.sources[0].id
    path = case / "sources" / source / "text.txt"
    before = inspect_case(case)
    assert not before.problems
    path.write_text("A new first line.\n" + path.read_text(encoding="utf-8"), "utf-8")
    status, out, _ = _run(capsys, "reanchor", case, source, "--json")
    told = json.loads(out)
    assert status == 0
    assert told["lost"] == []
    assert all(after - start == 18 for _, start, after in told["moved"])
    after = inspect_case(case)
    assert not after.problems
    assert [claim.anchor.exact for claim in after.case.claims if claim.anchor] == [
        claim.anchor.exact for claim in before.case.claims if claim.anchor
    ]


def test_a_quote_that_is_gone_is_told_as_lost_and_a_dry_run_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = small_case(tmp_path)
    source = inspect_case(case).case.sources[0].id
    path = case / "sources" / source / "text.txt"
    path.write_text("Nothing of it is left.", "utf-8")
    files = {one: one.read_bytes() for one in case.rglob("*") if one.is_file()}
    status, out, _ = _run(capsys, "reanchor", case, source, "--dry-run", "--json")
    told = json.loads(out)
    assert status == 0
    assert told["lost"] and told["moved"] == []
    assert {one: one.read_bytes() for one in case.rglob("*") if one.is_file()} == files
