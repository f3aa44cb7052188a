"""The verb `response`: pushes, observations, adjoints, loops, from any kind of map."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cuibono.cli.main import exit_status
from tests.reference import ROOT, reference

_ROWS = (
    "from,to,sign\nAl-Qaeda,حزب الله,-\nحزب الله,Al-Qaeda,+\nAl-Qaeda,Fear = dread,1\n"
    "Fear = dread,Calm,-1\n"
)
_CASE = ROOT / "cases" / "levee-effect"


@pytest.fixture
def chart(tmp_path: Path) -> Path:
    path = tmp_path / "map.csv"
    path.write_text(_ROWS, encoding="utf-8")
    return path


def _json(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, Any]:
    status = exit_status(["response", *map(str, arguments), "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_json_has_the_class_first_and_counts_for_every_pair(
    chart: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found = _json(capsys, chart, "--samples", 200, "--seed", 3)
    assert status == 0
    assert found["schema"] == "cuibono/response/1"
    assert (found["prior"], found["seed"], found["accepted"]) == ("uniform", 3, 200)
    assert found["draws"] >= found["stable"] >= 200
    assert len(found["responses"]) == 16
    for row in found["responses"]:
        assert row["n_pos"] + row["n_neg"] + row["n_zero"] == row["n"] == 200
        assert row["class"]
    by_pair = {(row["press"], row["response"]): row for row in found["responses"]}
    assert by_pair["Al-Qaeda", "Calm"]["certain_sign"] == -1
    assert by_pair["Calm", "Al-Qaeda"]["class"] == "no path"
    assert sum(found["class"].values()) == 16


def test_several_pushes_are_one_and_names_may_hold_any_sign(
    chart: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pushes = ["--press", "Fear = dread=+1", "--press", "حزب الله=-0.5"]
    _, found = _json(capsys, chart, *pushes, "--samples", 50, "--prior", "all")
    assert found["prior"] == "all" and len(found["priors"]) == 5
    assert {row["press"] for row in found["responses"]} == {
        "Fear = dread +1, حزب الله -0.5"
    }
    assert set(found["responses"][0]["by_prior"]) >= {"uniform", "log-uniform"}


def test_observations_narrow_the_models_and_both_likelihoods_are_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = reference("response", "models/snowshoe_B.csv")
    options = ["--self-limitation", "as-given", "--press", "V=+1", "--observe", "H=-"]
    status, found = _json(capsys, path, *options, "--samples", 2000)
    assert (status, found["accepted"]) == (0, 2000)
    told = found["likelihood"]
    assert abs(told["accepted_of_all"] - 0.2853) < 0.02
    assert abs(told["accepted_of_stable"] - 0.3624) < 0.03
    low = next(row for row in found["responses"] if row["response"] == "H")
    assert low["n_neg"] == 2000


def test_what_was_pushed_when_it_was_seen_may_be_another_push(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = reference("response", "models/macquarie.csv")
    rid = ["--press", "rabbits=-1", "--press", "rats=-1", "--press", "mice=-1"]
    seen = ["--when", "rabbits=1", "--observe", "rabbits=+", "--observe", "tussock=-"]
    _, found = _json(capsys, path, *rid, *seen, "--samples", 500)
    rows = {row["response"]: row for row in found["responses"]}
    # QPress: 0.9673 under the same push and criterion.
    assert abs(rows["albatrosses"]["n_pos"] / 500 - 0.9673) < 0.04


def test_the_adjoint_is_a_list_of_exact_integers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = reference("response", "models/lake_a.csv")
    _, found = _json(capsys, path, "--self-limitation", "as-given", "--adjoint")
    assert isinstance(found, list) and len(found) == 64
    assert set(found[0]) == {
        "press",
        "response",
        "adjoint",
        "absolute_feedback",
        "weight",
    }
    assert exit_status(["response", str(path), "--adjoint"]) == 0
    assert " of " in capsys.readouterr().out


def test_loops_and_archetypes_are_told_in_words(
    chart: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, found = _json(capsys, chart, "--loops")
    assert found["loops"][0]["words"].startswith("balancing: Al-Qaeda lowers")
    assert found["complete"] is True
    assert exit_status(["response", str(chart), "--loops"]) == 0
    assert "1 loops" in capsys.readouterr().out


def test_chains_of_effects_are_told_with_sign_and_steps(
    chart: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, found = _json(capsys, chart, "--paths", "Al-Qaeda", "Calm")
    assert [path["sign"] for path in found["paths"]] == [-1]
    arguments = ["response", str(chart), "--paths", "Al-Qaeda", "Calm"]
    assert exit_status(arguments) == 0
    told = capsys.readouterr().out
    assert "lowers it: Al-Qaeda raises Fear = dread lowers Calm" in told
    assert exit_status(["response", str(chart), "--paths", "Calm", "Calm"]) == 2
    assert "two different nodes" in capsys.readouterr().err


def test_dynamics_are_told_cell_by_cell_and_as_a_page(
    chart: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    options = ["--dynamics", "--press", "Al-Qaeda=-1", "--samples", "40"]
    grid = ["--couplings", "1,3", "--strengths", "2", "--hold", "Calm=now"]
    _, found = _json(capsys, chart, *options, *grid, "--report", page)
    assert found["schema"] == "cuibono/dynamics/1"
    assert found["stable"] == [40, 40]  # A balancing loop holds at any coupling.
    assert found["held"] == {"Calm": "status quo"}
    assert [cell["coupling"] for cell in found["cells"]] == [1, 3]
    after = found["cells"][0]["nodes"]["Al-Qaeda"]["after"]
    assert sum(after.values()) == 40 and after["back"] == 40
    html = page.read_text(encoding="utf-8")
    assert 'class="outcome"' in html and "حزب الله" in html
    arguments = ["response", str(chart), *options, "--remove", "Fear = dread"]
    assert exit_status(arguments) == 0
    assert "status quo stable in 40 of 40 draws" in capsys.readouterr().out


def test_a_conflict_map_without_equilibrium_says_so_with_its_loop(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = reference("response", "models/thucydides_trap.csv")
    status, found = _json(capsys, path)
    assert status == 0 and found["accepted"] == 0
    assert "WAR" in found["no_equilibrium"][0]["nodes"]
    assert {row["open_loop_sign"] for row in found["responses"]} >= {1, 0}
    assert exit_status(["response", str(path)]) == 0
    assert "along every chain of effects" in capsys.readouterr().out


def test_no_line_holds_a_bare_percentage(
    chart: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every share is a share of models, with its standard error and its class."""
    for path, options in (
        (chart, ["--prior", "all", "--samples", "50"]),
        (_CASE, ["--samples", "50"]),
        (reference("response", "models/macquarie.csv"), ["--samples", "50"]),
    ):
        assert exit_status(["response", str(path), *options]) == 0
        told = capsys.readouterr().out
        assert "%" not in told
        for line in told.splitlines():
            if re.search(r"rises in \d", line):
                assert "of the models (standard error" in line and line.endswith(")")


def test_a_case_is_pushed_under_a_reading(capsys: pytest.CaptureFixture[str]) -> None:
    status, found = _json(capsys, _CASE, "--samples", 20)
    assert status == 0 and "reading" in found["model"]


def test_an_order_between_links_is_kept(
    chart: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = ["--stronger", "Al-Qaeda", "حزب الله", "Al-Qaeda", "Fear = dread"]
    _, found = _json(capsys, chart, *order, "--samples", 100)
    assert found["accepted"] == 100 and found["stable"] > 120


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--press", "Nobody=1"], 'no node "Nobody"'),
        (["--press", "Calm"], "takes NODE=VALUE"),
        (["--press", "Calm=x"], "takes NODE=SIZE"),
        (["--press", "Calm=nan"], "takes NODE=SIZE"),
        (["--observe", "Calm=+"], "--observe needs --press or --when"),
        (["--press", "Calm=1", "--observe", "Calm=up"], "NODE=+, NODE=- or NODE=0"),
        (["--prior", "bell"], 'no prior "bell"'),
        (["--stronger", "A", "B", "C", "D"], "0 links from"),
        (["--reading", "author"], "is for a case folder"),
        (["--dynamics"], "--dynamics needs --press"),
        (["--hold", "Calm=0.1"], "go with --dynamics"),
        (["--dynamics", "--press", "Calm=1", "--hold", "Calm=2"], "from 0 to 1"),
        (["--dynamics", "--press", "Calm=1", "--couplings", "x"], "positive numbers"),
        (["--dynamics", "--press", "Calm=1", "--remove", "Nobody"], "no node"),
    ],
)
def test_options_that_do_not_fit_are_misuse(
    chart: Path, capsys: pytest.CaptureFixture[str], options: list[str], says: str
) -> None:
    assert exit_status(["response", str(chart), *options]) == 2
    assert says in capsys.readouterr().err


def test_models_are_compared_by_what_was_seen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    paths = [reference("response", f"models/snowshoe_{k}.csv") for k in "BCDE"]
    seen = ["--self-limitation", "as-given", "--press", "V=+1", "--observe", "H=-"]
    others = [part for path in paths[1:] for part in ("--against", path)]
    options = [*seen, *others, "--samples", 3000]
    _, found = _json(capsys, paths[0], *options, "--weights", "3,3,5,5")
    posterior = [one["posterior"] for one in found["models"]]
    # QPress: 0.146, 0.183, 0.290, 0.381.
    for mine, theirs in zip(posterior, (0.146, 0.183, 0.290, 0.381), strict=True):
        assert abs(mine - theirs) < 0.02
    arguments = ["response", *map(str, [paths[0], *options])]
    assert exit_status(arguments) == 0
    assert "posterior" in capsys.readouterr().out
    assert exit_status([*arguments, "--weights", "1,2"]) == 2
    assert "4 numbers" in capsys.readouterr().err


def test_uncertain_links_and_implications_are_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = reference("response", "models/snowshoe_BCDE.csv")
    seen = ["--self-limitation", "as-given", "--press", "V=+1", "--observe", "H=-"]
    _, found = _json(capsys, path, *seen, "--evidence", "--samples", 500)
    assert found["links"] and all(0 < one["present"] < 1 for one in found["links"])
    macquarie = reference("response", "models/macquarie.csv")
    options = ["--press", "rabbits=1", "--implications", "--samples", "800"]
    one, two = (
        _json(capsys, macquarie, *options, "--threads", threads)[1]
        for threads in (1, 2)
    )
    assert one == two
    assert one["implications"][0]["most_violated"] < 0.1
    assert exit_status(["response", str(path), *seen, "--evidence"]) == 0
    assert "present in" in capsys.readouterr().out
    assert exit_status(["response", str(macquarie), *options]) == 0
    assert "whenever" in capsys.readouterr().out
    assert exit_status(["response", str(macquarie), "--implications"]) == 2
    assert "--implications needs --press" in capsys.readouterr().err


def test_the_independent_rule_keeps_uncertain_links_half_the_time(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "unsure.csv"
    path.write_text("from,to,sign,group\nA,B,1,1\nA,C,1,1\n", encoding="utf-8")
    options = ["--press", "A=1", "--samples", "4000", "--uncertain", "independent"]
    _, found = _json(capsys, path, *options)
    rows = {row["response"]: row for row in found["responses"]}
    for name in "BC":
        assert abs(rows[name]["n_zero"] / 4000 - 0.5) < 0.04


@pytest.mark.parametrize(
    "options",
    [
        ["--samples", "20"],
        ["--adjoint"],
        ["--loops"],
        ["--paths", "Al-Qaeda", "Calm"],
        ["--implications", "--press", "Calm=1", "--samples", "50"],
        ["--dynamics", "--press", "Calm=1", "--samples", "20", "--couplings", "1"],
    ],
)
def test_no_sign_is_printed_without_saying_whose_statements_it_rests_on(
    chart: Path, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    assert exit_status(["response", str(chart), *options]) == 0
    told = capsys.readouterr().out
    assert "By what is stated in map.csv, which is not judged:" in told
