"""The verbs `follows` and `compare`."""

import json
from typing import Any

import pytest

from cuibono.cli.main import exit_status
from tests.reference import ROOT

FLAGSHIP = ROOT / "cases" / "enemy-of-my-enemy"
LEVEE = ROOT / "cases" / "levee-effect"


def _json(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    assert exit_status([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_every_conclusion_of_the_flagship_is_answered_with_claims_and_voice(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = _json(capsys, "follows", FLAGSHIP, "--draws", 60)
    assert found["schema"] == "cuibono/follows/1"
    assert found["reading"] == "author"
    assert len(found["conclusions"]) >= 12
    for item in found["conclusions"]:
        assert item["claims"] and item["voice"] and item["verdict"]
        assert {"reason", "alternatives", "carriers"} <= item.keys()
    assert any(item["carriers"] for item in found["conclusions"])
    untestable = [
        item
        for item in found["conclusions"]
        if item["verdict"] == "not testable as stated"
    ]
    assert untestable and all(item["reason"] for item in untestable)
    assert found["joint"][0]["all"] <= min(found["joint"][0]["each"])


def test_every_reading_is_asked_all_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    author = _json(capsys, "follows", FLAGSHIP, "--draws", 20)
    rival = _json(capsys, "follows", FLAGSHIP, "--reading", "rival", "--draws", 20)
    names = [[one["id"] for one in told["conclusions"]] for told in (author, rival)]
    assert names[0] == names[1]


def test_a_reader_who_disagrees_sees_what_changes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    plain = _json(capsys, "follows", LEVEE, "--draws", 40)
    carried = next(item for item in plain["conclusions"] if item["carriers"])
    gone = carried["carriers"][0]["claims"]
    options = [part for claim in gone for part in ("--without", claim)]
    found = _json(capsys, "follows", LEVEE, "--draws", 40, *options)
    assert found["changes"]["without"] == gone
    assert carried["id"] in {one["id"] for one in found["moved"]}
    arguments = ["follows", str(LEVEE), "--draws", "40", *options]
    assert exit_status(arguments) == 0
    told = capsys.readouterr().out
    assert "which is not judged" in told and "What your changes turn" in told


def test_a_missing_premise_can_be_granted(capsys: pytest.CaptureFixture[str]) -> None:
    plain = _json(capsys, "follows", FLAGSHIP, "--draws", 20)
    gap = next(
        item for item in plain["conclusions"] if item["verdict"] == "not connected"
    )
    tail, head = gap["missing"]
    for sign in "+-":
        found = _json(
            capsys,
            *("follows", FLAGSHIP, "--draws", 20),
            *("--grant", f"{tail} > {head} {sign}"),
        )
        after = {item["id"]: item["verdict"] for item in found["conclusions"]}
        assert after[gap["id"]] != "not connected"
        assert gap["id"] in {one["id"] for one in found["moved"]}


def test_two_readings_are_set_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--readings", "author,rival", "--draws", "40"]
    found = _json(capsys, "compare", FLAGSHIP, *options)
    assert found["readings"] == ["author", "rival"]
    assert all(len(item["verdicts"]) == 2 for item in found["conclusions"])
    assert found["sweeps"][0]["chances"][0] == 0
    assert exit_status(["compare", str(FLAGSHIP), *options]) == 0
    told = capsys.readouterr().out
    assert "Neither is judged" in told and "Mixtures of" in told


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["follows", str(LEVEE), "--reading", "none"], "this case has"),
        (["follows", str(LEVEE), "--without", "zzz"], "no claim begins so"),
        (["follows", str(LEVEE), "--grant", "nobody > nothing +"], "no node"),
        (["follows", str(ROOT / "cases" / "harbour")], "states no conclusion"),
        (["compare", str(FLAGSHIP), "--readings", "author"], "takes two of"),
        (["compare", str(FLAGSHIP), "--readings", "author,author"], "takes two of"),
    ],
)
def test_what_is_not_there_is_misuse(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert exit_status(arguments) == 2
    assert says in capsys.readouterr().err
