"""cuibono suggest rules and suggest eval, from the command line."""

import json
from pathlib import Path

import pytest

from tests.cases import small_case
from tests.cli.calls import done, refused
from tests.reference import ROOT


def test_rules_write_beside_the_claims_and_say_that_nobody_accepted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A file of suggestions appears; claims stay as they were."""
    case = small_case(tmp_path / "case")
    claims = {p: p.read_bytes() for p in (case / "claims").rglob("*") if p.is_file()}
    called = done(capsys, "suggest", "rules", case)
    assert "accepted by nobody" in called.out and "voice" in called.out
    (path,) = (case / "suggestions").iterdir()
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert {(one["subject"], one["object"]) for one in lines} >= {("arda", "brun")}
    assert all(one["voice"] is None and one["polarity"] is None for one in lines)
    assert all(path.read_bytes() == data for path, data in claims.items())


def test_a_dry_run_writes_nothing_and_json_has_all(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The same suggestions, on stdout only."""
    case = small_case(tmp_path / "case")
    document = done(capsys, "suggest", "rules", case, "--dry-run", "--json").document
    assert document["accepted_by"] is None and document["files"] == []
    assert document["suggestions"]
    assert not (case / "suggestions").exists()
    few = done(
        capsys, "suggest", "rules", case, "--dry-run", "--json", "--tier", "possible"
    ).document
    assert all(one["tier"] == "possible" for one in few["suggestions"])


def test_a_case_without_texts_is_told_how_to_name_them(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The flagship keeps no texts."""
    case = ROOT / "cases/enemy-of-my-enemy"
    for verb in ("rules", "eval"):
        assert "--texts" in refused(capsys, "suggest", verb, case, "--texts", tmp_path)
    small = small_case(tmp_path / "case")
    told = refused(capsys, "suggest", "rules", small, "--source", "none")
    assert 'no source "none"' in told


def test_eval_shows_tiers_beside_the_baseline(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """One row per tier, one of all, one of co-occurrence."""
    case = small_case(tmp_path / "case")
    called = done(capsys, "suggest", "eval", case)
    for name in ("confident", "possible", "all tiers", "co-occurrence"):
        assert name in called.out
    document = done(capsys, "suggest", "eval", case, "--json").document
    assert [score["name"] for score in document["scores"]] == [
        "confident",
        "possible",
        "all tiers",
        "co-occurrence",
    ]
    assert document["caution"] == ""


def test_eval_takes_a_case_or_records(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Neither, or both, or a half of a case, is misuse."""
    case = small_case(tmp_path / "case")
    path = tmp_path / "records.json"
    path.write_text("[]", "utf-8")
    refused(capsys, "suggest", "eval")
    refused(capsys, "suggest", "eval", case, "--plover", path)
    refused(capsys, "suggest", "eval", case, "--half", "develop")
    assert "0 pairs" in done(capsys, "suggest", "eval", "--plover", path).out
    document = done(
        capsys, "suggest", "eval", "--plover", path, "--half", "develop", "--json"
    ).document
    assert document["half"] == "develop" and document["pairs"] == 0


def test_the_group_lists_its_verbs_and_suggests_the_nearest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Help without importing; a slip is answered."""
    assert "rules" in done(capsys, "suggest", "--help").out
    assert 'did you mean "rules"' in refused(capsys, "suggest", "rule").lower()
