"""The verb `balance`: exit statuses, JSON, certificates."""

import json
import random
import signal
import subprocess
import sys
import time
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from cuibono.cli.main import exit_status
from tests.reference import ROOT

_ROWS = [("A", "B", 1), ("A", "C", 1), ("B", "C", -1), ("C", "A", 1), ("C", "D", -1)]
_CASE = ROOT / "cases" / "enemy-of-my-enemy"


@pytest.fixture
def ties(tmp_path: Path) -> Path:
    return _written(tmp_path / "ties.csv", _ROWS)


def _written(path: Path, rows: list[tuple[str, str, int]]) -> Path:
    lines = [f"{a},{b},{sign}\n" for a, b, sign in rows]
    path.write_text("source,target,sign\n" + "".join(lines), encoding="utf-8")
    return path


def _json(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, Any]:
    status = exit_status(["balance", *map(str, arguments), "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_json_holds_the_index_its_optima_and_what_was_symmetrised(
    ties: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found = _json(capsys, ties, "--null", "shuffle", "--draws", 5)
    assert status == 0
    assert found["schema"] == "cuibono/balance/1"
    assert (found["frustration_index"], found["proven"]) == (1, True)
    assert (found["lower_bound"], found["upper_bound"]) == (1, 1)
    assert (found["n"], found["m"], found["m_negative"]) == (4, 4, 2)
    assert found["triads"] == {"T0": 0, "T1": 1, "T2": 0, "T3": 0, "disputed": 0}
    assert set(found["factions"]) == set("ABCD")
    assert found["optima"] == {"count": 3, "complete": True}
    assert found["frustrated_ties"]["always"] == []
    assert len(found["frustrated_ties"]["sometimes"]) == 3
    assert found["nulls"]["shuffle"]["draws"] == 5
    assert found["symmetrised"]["rule"] == "drop"
    assert found["symmetrised"]["rows"] == 5
    assert found["seconds"] >= 0


def test_a_stopped_search_exits_with_4_and_states_no_index(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = [(f"A{i}", f"A{j}", -1) for i, j in combinations(range(60), 2)]
    path = _written(tmp_path / "hostile.csv", hostile)
    status, found = _json(capsys, path, "--time-limit", 0.2)
    assert status == 4
    assert (found["frustration_index"], found["proven"]) == (None, False)
    assert found["lower_bound"] < found["upper_bound"]
    assert found["optima"] == {"count": None, "complete": False}
    assert exit_status(["balance", str(path), "--time-limit", "0.2"]) == 4
    told = capsys.readouterr().out
    assert "not proven: between" in told and "others may do better" in told


def test_a_certificate_is_verified_and_rejected_once_tampered(
    ties: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proof = tmp_path / "proof.json"
    assert exit_status(["balance", str(ties), "--certificate", str(proof)]) == 0
    assert "certificate:" in capsys.readouterr().out
    assert exit_status(["balance", str(ties), "--verify", str(proof)]) == 0
    assert "the frustration index is 1" in capsys.readouterr().out
    other = ["balance", str(ties), "--symmetrise", "sum", "--verify", str(proof)]
    assert exit_status(other) == 1
    assert "another network or another rule" in capsys.readouterr().err
    document = json.loads(proof.read_text(encoding="utf-8"))
    document["cycles"][0]["billionths"] += 1
    proof.write_text(json.dumps(document), encoding="utf-8")
    status, found = _json(capsys, ties, "--verify", proof)
    assert (status, found["accepted"]) == (1, False)
    proof.write_text("{", encoding="utf-8")
    assert exit_status(["balance", str(ties), "--verify", str(proof)]) == 2
    assert "found no JSON" in capsys.readouterr().err


def test_what_rests_on_a_solver_is_said_when_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = [(f"A{i}", f"A{j}", -1) for i, j in combinations(range(7), 2)]
    path, proof = _written(tmp_path / "seven.csv", hostile), tmp_path / "proof.json"
    assert exit_status(["balance", str(path), "--certificate", str(proof)]) == 0
    capsys.readouterr()
    assert exit_status(["balance", str(path), "--verify", str(proof)]) == 4
    assert "the word of a solver" in capsys.readouterr().out


def test_parallel_ties_count_what_cancels(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _written(tmp_path / "t.csv", [*_ROWS, ("D", "C", 1), ("D", "C", -1)])
    status, found = _json(capsys, path, "--symmetrise", "multi")
    assert (status, found["frustration_index"]) == (0, 2)
    assert found["symmetrised"]["cancelled"] == 1


def test_a_case_gives_a_range_over_its_disputed_pairs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found = _json(capsys, _CASE, "--layer", "effective")
    assert status == 0
    assert found["frustration_index"] == 0
    assert len(found["range"]) == 2
    table = tmp_path / "case"
    table.mkdir()
    rows = [("A", "B", "+"), ("B", "A", "-"), ("C", "A", "+"), ("C", "B", "-")]
    text = "".join(f"s,{a},{sign},{b}\n" for a, b, sign in rows)
    (table / "claims.csv").write_text(
        "source,subject,sign,object\n" + text, encoding="utf-8"
    )
    status, found = _json(capsys, table, "--layer", "effective")
    assert (status, found["m_disputed"], found["frustration_index"]) == (0, 1, None)
    assert (found["lower_bound"], found["upper_bound"]) == (0, 1)
    assert found["proven"] is True


def test_weak_balance_is_told_beside(
    ties: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, found = _json(capsys, ties, "--factions", "free")
    assert found["weak_balance"]["upper_bound"] == 1
    _, found = _json(capsys, ties, "--factions", "1")
    assert found["weak_balance"]["upper_bound"] == 2


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--factions", "many"], "a number from 1 or free"),
        (["--null", "chance"], "nulls must be of"),
        (["--layer", "declared"], "are for a case folder"),
        (["--symmetrise", "mean"], "is not one of"),
        (["--time-limit", "0"], "not in the range"),
    ],
)
def test_options_that_do_not_fit_are_misuse(
    ties: Path, capsys: pytest.CaptureFixture[str], options: list[str], says: str
) -> None:
    assert exit_status(["balance", str(ties), *options]) == 2
    assert says in capsys.readouterr().err


def test_a_case_takes_no_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_status(["balance", str(_CASE), "--symmetrise", "drop"]) == 2
    assert "taken as it stands" in capsys.readouterr().err


def test_the_rules_of_a_pair_name_the_rows_behind(
    ties: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, found = _json(capsys, ties, "--pair", "A", "B")
    assert found["rules"]["stated"] == 1
    through = found["rules"]["through"]
    assert [(item["third"], item["rule"], item["predicts"]) for item in through] == [
        ("C", "enemy of friend", -1)
    ]
    assert through[0]["behind"] == [["row 3", "row 5"], ["row 4"]]
    assert exit_status(["balance", str(ties), "--pair", "A", "B"]) == 0
    told = capsys.readouterr().out
    assert "By what is stated in ties.csv, which is not judged:" in told
    assert "A and B: stated friendly" in told and "row 3, row 5, row 4" in told
    assert exit_status(["balance", str(ties), "--pair", "A", "Z"]) == 2
    assert "must be actors of the graph" in capsys.readouterr().err


def test_flips_and_measures_are_told_when_asked(
    ties: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, found = _json(capsys, ties, "--flips", 2, "--measures")
    assert [flip["change"] for flip in found["flips"]] == [-1, -1]
    assert found["measures"]["cycles"][0]["by_negative_ties"] == [0, 1, 0, 0]
    assert found["measures"]["walks"]["warning"]
    assert found["measures"]["actors"]["A"]["friendly"] == 2
    _, plain = _json(capsys, ties)
    assert plain["measures"] is None and "flips" not in plain
    assert exit_status(["balance", str(ties), "--flips", "1", "--measures"]) == 0
    told = capsys.readouterr().out
    assert "cycles of 3 ties: 1" in told and "index -1" in told


def test_free_actors_are_named(ties: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = _json(capsys, ties)
    assert found["free_actors"]["complete"] is True
    assert found["free_actors"]["actors"]


def test_a_page_is_written_and_holds_names_as_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _written(tmp_path / "t.csv", [("<b>A</b>", "B", 1), ("B", "علی", -1)])
    page = tmp_path / "page.html"
    options = ["--null", "shuffle", "--draws", "5", "--report", str(page)]
    assert exit_status(["balance", str(path), *options]) == 0
    assert f"report: {page}" in capsys.readouterr().out
    html = page.read_text(encoding="utf-8")
    assert "<b>A</b>" not in html and "&lt;b&gt;A" in html and "علی" in html
    assert "default-src &#39;none&#39;" in html


def test_dated_ties_are_followed_over_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "dated.csv"
    rows = ["A,B,1,1", "A,C,1,1", "B,C,1,1", "A,B,1,2", "A,C,1,2", "B,C,-1,2"]
    head = "source,target,sign,time\n"
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    status, found = _json(capsys, path, "--window", 1)
    assert status == 0
    assert found["schema"] == "cuibono/balance-series/1"
    assert [part["frustration_index"] for part in found["periods"]] == [0, 1]
    assert found["passages"][0]["change"] == 1
    assert found["passages"][0]["ties"] == [
        {"one": "B", "other": "C", "before": 1, "after": -1, "share": 1}
    ]
    page = tmp_path / "page.html"
    options = ["--half-life", "1", "--step", "1", "--report", str(page)]
    assert exit_status(["balance", str(path), *options]) == 0
    told = capsys.readouterr().out
    assert "symmetrised by sum" in told and "changed sides" in told
    assert 'class="timeline"' in page.read_text(encoding="utf-8")


def test_several_networks_are_a_sequence_and_refuse_what_fits_one(
    ties: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found = _json(capsys, ties, ties)
    assert (status, len(found["periods"])) == (0, 2)
    assert found["passages"][0]["ties"] == []
    for options in (["--pair", "A", "B"], ["--factions", "2"], ["--measures"]):
        assert exit_status(["balance", str(ties), str(ties), *options]) == 2
        assert "is for one network" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["1", "x:+", "1:*", "1:+;2:-"])
def test_relations_that_cannot_be_read_are_misuse(
    ties: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    assert exit_status(["balance", str(ties), "--relations", text]) == 2
    assert "--relations takes pairs" in capsys.readouterr().err


def test_block_models_relaxed_and_directed_balance_are_told_beside(
    ties: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--blocks", "--relaxed", "2", "--directed"]
    _, found = _json(capsys, ties, *options)
    assert found["block_models"]["best"] == found["block_models"]["models"][0]["name"]
    assert found["relaxed"]["proven"] is True
    assert found["directed"]["m"] == 5
    assert set(found["directed"]["rules"]) >= {"enemy of an enemy is a friend"}
    assert exit_status(["balance", str(ties), *options]) == 0
    told = capsys.readouterr().out
    assert "block models, bits" in told and "with direction: 5 ties" in told
    assert exit_status(["balance", str(_CASE), "--directed"]) == 2
    assert "have no direction" in capsys.readouterr().err


def test_every_draw_of_a_null_may_be_proved(
    ties: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nulls = ["--null", "shuffle,stp,configuration", "--draws", "5", "--exact"]
    _, found = _json(capsys, ties, *nulls)
    assert found["nulls"]["shuffle"]["exact_draws"] == 5
    assert set(found["nulls"]) == {"shuffle", "stp", "configuration"}


def _interrupted(path: Path, wait: float) -> tuple[int, str, str]:
    """Return what `cuibono balance` ends with when Ctrl-C comes after so long."""
    run = subprocess.Popen(
        [sys.executable, "-m", "cuibono", "balance", str(path), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        time.sleep(wait)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=60)
    finally:
        run.kill()
    return run.returncode, out, err


def test_ctrl_c_ends_a_search_with_its_bounds(tmp_path: Path) -> None:
    chance = random.Random(1)
    rows = [
        (f"A{i}", f"A{j}", chance.choice((1, -1)))
        for i, j in combinations(range(130), 2)
    ]
    path = _written(tmp_path / "hard.csv", rows)
    # On a busy machine a process may need long until it searches; until then Ctrl-C
    # ends it as any other program.
    for wait in (6, 20, 60):
        code, out, err = _interrupted(path, wait)
        if code == 4:
            break
    assert code == 4, err
    assert "bounds follow" in err
    found = json.loads(out)
    assert found["frustration_index"] is None
    assert 0 < found["lower_bound"] < found["upper_bound"]
