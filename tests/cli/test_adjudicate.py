"""Two coders on one document: agreement, worksheet, decisions, claims in force."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from cuibono.claims.quotes import anchor_at
from cuibono.claims.records import Claim
from cuibono.claims.words import Sign
from cuibono.cli.main import exit_status
from cuibono.formats.case import inspect_case, read_case
from cuibono.formats.jsonl import claim_lines
from tests.cases import TEXT, small_case


def _run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = exit_status([str(word) for word in words])
    out = capsys.readouterr()
    return status, out.out, out.err


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case that Ana and Ben coded: one claim alike, one otherwise, one each alone."""
    folder = small_case(tmp_path)
    (folder / "case.toml").write_text('schema = 1\ntitle = "Toy"\n', encoding="utf-8")
    place = folder / "claims" / "text"
    known = {claim.id: claim for claim in read_case(folder).claims}
    first, second, third = (known[f"c-{name}"] for name in ("one", "two", "three"))
    for file in place.glob("*.jsonl"):
        file.unlink()
    second = replace(second, anchor=anchor_at(TEXT, 17, 49, keep=True))
    end = anchor_at(TEXT, 51, 65, keep=True)
    third = replace(third, subject="arda", object="valley", anchor=end)
    fourth = replace(third, subject="brun", object="arda")
    turned = replace(second, sign=second.sign.reversed())
    for coder, coded in (
        ("ana", [first, second, third]),
        ("ben", [first, turned, fourth]),
    ):
        mine = [replace(claim, coder=coder, id="") for claim in coded]
        (place / f"{coder}.jsonl").write_text(_lines(mine), encoding="utf-8")
    assert not inspect_case(folder).problems
    return folder


def _lines(claims: list[Claim]) -> str:
    records = [json.loads(line) for line in claim_lines(claims).splitlines()]
    for record in records:
        record.pop("id", None)
    return "".join(json.dumps(record) + "\n" for record in records)


def _fill(path: Path, **columns: dict[str, str]) -> None:
    """Fill the worksheet: kind to (column to value)."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.update(columns.get(row["kind"].replace(" ", "_"), {}))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


DECIDED = {
    "differs": {"take": "other", "why": "the clause denies it"},
    "only_the_first": {"take": "drop", "why": "not said by the text"},
    "only_the_second": {"take": "edit", "why": "a report", "modality": "reported"},
}


def test_decisions_become_the_claims_in_force_with_their_reasons(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "sheet.csv"
    status, out, _ = _run(
        capsys, "adjudicate", case, "--coders", "ana", "ben", "--worksheet", sheet
    )
    assert status == 0
    assert "1 same; 1 differs; 1 only the first; 1 only the second" in out
    _fill(sheet, **DECIDED)
    status, out, err = _run(
        capsys, "adjudicate", case, "--coders", "ana", "ben", "--decided", sheet,
        "--by", "cor", "--rule", "aid: Money for refugees supports the refugees.",
    )  # fmt: skip
    assert (status, err) == (0, "")
    assert "3 claims in force, 1 items dropped" in out
    found = read_case(case)
    assert len(found.claims) == 3
    assert {claim.coder for claim in found.claims} == {"adjudicated"}
    assert all(claim.prov.derived_from for claim in found.claims)
    assert sum(claim.modality.value == "reported" for claim in found.claims) >= 1
    log = [
        json.loads(line)
        for line in (case / "log/adjudication.jsonl").read_text("utf-8").splitlines()
    ]
    assert {line["action"] for line in log} == {"one", "other", "drop", "edit"}
    assert all(line["reason"] for line in log if line["action"] != "one")
    assert ("aid", "Money for refugees supports the refugees.") in found.codebook.rules


@pytest.mark.parametrize(
    ("kind", "cells", "told"),
    [
        ("differs", {"take": "other", "why": ""}, "without a reason"),
        ("differs", {"take": "both", "why": "x"}, "one or other or edit or drop"),
        ("only_the_first", {"take": "other", "why": "x"}, "no version of it"),
        (
            "only_the_second",
            {"take": "edit", "why": "x", "modality": ""},
            "changes nothing",
        ),
        ("differs", {"take": "edit", "why": "x", "sign": "helps"}, "one of"),
        ("differs", {"take": "one", "why": "x", "sign": "+"}, "fields to edit"),
    ],
)
def test_a_faulty_decision_is_named_and_nothing_is_written(
    case: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    cells: dict[str, str],
    told: str,
) -> None:
    sheet = tmp_path / "sheet.csv"
    _run(capsys, "adjudicate", case, "--coders", "ana", "ben", "--worksheet", sheet)
    _fill(sheet, **{**DECIDED, kind: {**DECIDED[kind], **cells}})
    before = {one: one.read_bytes() for one in case.rglob("*") if one.is_file()}
    status, _, err = _run(
        capsys, "adjudicate", case, "--coders", "ana", "ben", "--decided", sheet,
        "--by", "cor",
    )  # fmt: skip
    assert status == 2
    assert told in err and "sheet.csv, row" in err
    assert {one: one.read_bytes() for one in case.rglob("*") if one.is_file()} == before


def test_a_worksheet_of_other_claims_is_refused(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "sheet.csv"
    _run(capsys, "adjudicate", case, "--coders", "ana", "ben", "--worksheet", sheet)
    _fill(sheet, **DECIDED)
    text = sheet.read_text(encoding="utf-8").splitlines()
    sheet.write_text("\n".join([text[0], *text[2:]]) + "\n", encoding="utf-8")
    status, _, err = _run(
        capsys, "adjudicate", case, "--coders", "ana", "ben", "--decided", sheet,
        "--by", "cor",
    )  # fmt: skip
    assert status == 2
    assert "no row for item 1" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--coders", "ana", "eve"], "no claims by eve"),
        (["--coders", "ana", "ben", "--decided", "no-such.csv"], "--by NAME"),
        (["--coders", "ana", "ben", "--decided", "x.csv", "--by", "c"], "no such file"),
    ],
)
def test_misuse_gets_one_line(
    case: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    status, _, err = _run(capsys, "adjudicate", case, *words)
    assert status == 2
    assert told in err


def test_signs_travel_through_the_worksheet(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "sheet.csv"
    _run(capsys, "adjudicate", case, "--coders", "ana", "ben", "--worksheet", sheet)
    edit = {"take": "edit", "why": "neither", "sign": "?"}
    _fill(sheet, **{**DECIDED, "differs": edit})
    status, _, err = _run(
        capsys, "adjudicate", case, "--coders", "ana", "ben", "--decided", sheet,
        "--by", "cor",
    )  # fmt: skip
    assert (status, err) == (0, "")
    assert Sign.NOT_STATED in {claim.sign for claim in read_case(case).claims}
