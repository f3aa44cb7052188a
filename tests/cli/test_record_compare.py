"""cuibono record compare and rules --report: what a record says, its limits first."""

import json
import shutil
from pathlib import Path

import pytest

from cuibono.cli.main import exit_status
from cuibono.formats.case import read_case
from cuibono.formats.record.read import read_record
from cuibono.record.warm import example_record
from tests.cases import small_case
from tests.reference import ROOT

FLAGSHIP = ROOT / "cases/enemy-of-my-enemy"


def _run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = exit_status(["record", *(str(word) for word in words)])
    out = capsys.readouterr()
    return status, out.out, out.err


def test_every_claim_of_the_flagship_has_a_verdict_from_every_extract(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, _ = _run(capsys, "compare", FLAGSHIP, "--json")
    found = json.loads(out)
    assert status == 0
    claims = {claim.id for claim in read_case(FLAGSHIP).claims}
    for extract in found["extracts"]:
        assert set(extract["verdicts"]) == claims
        assert extract["extract"]["convention"] == "goldstein"
        assert "disagrees" not in extract["verdicts"].values()
        assert extract["placebo"]


def test_what_a_record_cannot_show_comes_before_what_it_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, _ = _run(capsys, "compare", FLAGSHIP, "--rows")
    assert status == 0
    assert (
        out.index("benchmark subset") < out.index("not judged") < out.index("silent:")
    )
    assert out.index("False verdicts") < out.index("positive  negative")


def test_a_case_without_a_record_is_told_what_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _run(capsys, "compare", small_case(tmp_path))
    assert (status, out) == (2, "")
    assert "record/actors.csv" in err


def test_a_case_without_counts_asks_for_a_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = Path(shutil.copytree(FLAGSHIP, tmp_path / "case"))
    for folder in ("icews14", "icews05-15"):
        shutil.rmtree(case / "record" / folder)
    status, _, err = _run(capsys, "compare", case)
    assert status == 2
    assert "name a store" in err


def test_rules_write_a_page_and_figures_that_a_case_reads_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = example_record(days=80)
    table = tmp_path / "events.csv"
    sign = {1: "pos", -1: "neg", 0: "neu"}
    rows = [
        f"{events.time[at]:g},{events.actors[events.source[at]]},"
        f"{events.actors[events.target[at]]},{sign[int(events.sign[at])]}"
        for at in range(len(events))
    ]
    table.write_text("time,source,target,type\n" + "\n".join(rows) + "\n", "utf-8")
    case = Path(shutil.copytree(FLAGSHIP, tmp_path / "case"))
    status, _, err = _run(
        capsys, "rules", table, "--null", 24, "--no-curve", "--seed", 7,
        "--report", tmp_path / "rules.html", "--figures", case / "record/icews14",
    )  # fmt: skip
    assert status == 0, err
    page = (tmp_path / "rules.html").read_text("utf-8")
    assert "Content-Security-Policy" in page and "How to reproduce" in page
    plan = read_record(case, read_case(case))
    assert plan is not None
    principle = dict(plan.principles)["icews14"]
    assert (principle.record, principle.draws, principle.seed) == ("events.csv", 24, 7)
    assert [rule.name for rule in principle.rules] == [
        "friend of friend",
        "friend of enemy",
        "enemy of friend",
        "enemy of enemy",
    ]
    assert principle.caveats


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "friend of enemy"', 'name = "enemy of all"', "friend of friend"),
        ("odds_ratio = ", 'odds_ratio = "x" # ', "a number"),
        ("draws = 199", "draws = 1.5", "a whole number"),
        ("actors,half_life_days", "who,half_life_days", "another header"),
        ("actors as recorded,7,0,", "actors as recorded,x,0,", "twelve numbers"),
    ],
)
def test_a_fault_in_shipped_figures_is_named(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    told: str,
) -> None:
    case = Path(shutil.copytree(FLAGSHIP, tmp_path / "case"))
    for path in (case / "record/icews14").glob("*"):
        text = path.read_text("utf-8")
        if old in text and path.name in {"principle.toml", "curve.csv"}:
            path.write_text(text.replace(old, new, 1), "utf-8")
            break
    else:
        pytest.fail("nothing to change")
    status, _, err = _run(capsys, "compare", case)
    assert status == 2
    assert told in err and path.name in err
