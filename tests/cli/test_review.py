"""cuibono review: nothing becomes a claim but by a person's decision."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from cuibono.claims.words import Sign
from cuibono.cli.main import exit_status
from cuibono.cli.review import command
from cuibono.coding.suggest.files import write_suggestions
from cuibono.coding.suggest.records import Suggestion, Tier, suggestion_id
from cuibono.coding.suggestions import read_suggestions
from cuibono.errors import Problems
from cuibono.formats.case import read_case
from tests.cases import TEXT, small_case

OPEN = (
    "--set", "voice=author", "--set", "stance=endorses", "--set", "polarity=affirmed",
    "--set", "layer=effect", "--set", "modality=asserted",
)  # fmt: skip


def _suggestion(start: int, end: int, *words: str, method: str = "rule") -> Suggestion:
    subject, predicate, obj, sign = words
    return Suggestion(
        id=suggestion_id("text", start, end, *words),
        source="text",
        start=start,
        end=end,
        quote=TEXT[start:end],
        subject=subject,
        predicate=predicate,
        object=obj,
        sign=Sign(sign),
        tier=Tier.POSSIBLE,
        reason="a test",
        method=method,
    )


FIRST = _suggestion(0, 15, "arda", "supports", "brun", "+")
SECOND = _suggestion(17, 49, "brun", "opposes", "valley", "-", method="model")

WHOLE = ("--decide", FIRST.id, "--accept", *OPEN)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with two suggestions that wait."""
    folder = small_case(tmp_path)
    write_suggestions(folder, {"text": [FIRST]})
    write_suggestions(folder, {"text": [SECOND]}, "model")
    return folder


def _files(folder: Path) -> dict[Path, bytes]:
    return {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def _run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = exit_status([str(word) for word in words])
    out = capsys.readouterr()
    return status, out.out, out.err


def test_suggestions_read_back_as_they_were_written(case: Path) -> None:
    problems = Problems()
    assert read_suggestions(case, problems) == (FIRST, SECOND)
    assert not problems
    assert {path.name for path in (case / "suggestions").iterdir()} == {
        "text.rule.jsonl",
        "text.model.jsonl",
    }


def test_an_accepted_suggestion_is_the_coders_claim_and_names_what_it_came_from(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _run(
        capsys,
        "review",
        case,
        "--coder",
        "ana",
        "--decide",
        FIRST.id,
        "--accept",
        *OPEN,
    )
    assert (status, err) == (0, "")
    assert out.startswith(f"accepted {FIRST.id}")
    made = [claim for claim in read_case(case).coded if claim.coder == "ana"]
    assert [(c.subject, c.predicate, c.object, c.sign.value) for c in made] == [
        ("arda", "supports", "brun", "+")
    ]
    assert made[0].prov.derived_from == FIRST.id
    assert made[0].prov.method.value == "rule"
    log = json.loads((case / "log/decisions.jsonl").read_text("utf-8"))
    assert (log["action"], log["who"], log["claim"]) == ("accept", "ana", made[0].id)


@pytest.mark.parametrize(
    "left_out", ["voice", "stance", "polarity", "layer", "modality"]
)
def test_what_a_suggestion_leaves_open_a_person_must_fill_in(
    case: Path, capsys: pytest.CaptureFixture[str], left_out: str
) -> None:
    before = _files(case)
    pairs = [OPEN[at : at + 2] for at in range(0, len(OPEN), 2)]
    words = [
        word for pair in pairs if not pair[1].startswith(left_out) for word in pair
    ]
    status, _, err = _run(
        capsys,
        "review",
        case,
        "--coder",
        "ana",
        "--decide",
        FIRST.id,
        "--accept",
        *words,
    )
    assert status == 2
    assert f"{left_out} is open" in err
    assert _files(case) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--decide", "s-none", "--accept"], "no suggestion"),
        (["--decide", FIRST.id], "--accept or --reject"),
        (["--decide", FIRST.id, "--reject"], "a reason"),
        (
            ["--decide", FIRST.id, "--accept", *OPEN, "--set", "sign=helps"],
            "sign is one of",
        ),
        ([*WHOLE, "--set", "object=dor"], "no node"),
        (
            ["--decide", FIRST.id, "--accept", *OPEN, "--set", "predicate=loves"],
            "no predic",
        ),
        (["--decide", FIRST.id, "--accept", "--set", "colour=red"], "FIELD=VALUE"),
    ],
)
def test_a_decision_that_is_not_whole_changes_nothing(
    case: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    before = _files(case)
    status, _, err = _run(capsys, "review", case, "--coder", "ana", *words)
    assert status == 2
    assert told in err
    assert _files(case) == before


def test_a_text_that_changed_since_is_refused(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_suggestions(case, {"text": [replace(FIRST, quote="Arda feeds Dor.")]})
    status, _, err = _run(
        capsys,
        "review",
        case,
        "--coder",
        "ana",
        "--decide",
        FIRST.id,
        "--accept",
        *OPEN,
    )
    assert status == 2
    assert "suggest again" in err


def test_suggestions_are_walked_in_the_order_of_the_text_and_rates_are_counted(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = (
        "e\narda\nopposes\nbrun\n-\nauthor\nendorses\naffirmed\neffect\nasserted\n"
    )
    done = CliRunner().invoke(
        command, [str(case), "--coder", "ana"], input=f"{answers}r\nsaid by Cor only\n"
    )
    assert done.exit_code == 0, done.output
    assert done.output.index(FIRST.id) < done.output.index(SECOND.id)
    _, out, _ = _run(capsys, "review", case, "--rates", "--json")
    found = {rate["method"]: rate for rate in json.loads(out)["rates"]}
    assert found["rule"]["edited"] == 1
    assert found["model"]["rejected"] == 1
    again = CliRunner().invoke(command, [str(case), "--coder", "ana"])
    assert "0 suggestions wait, 2 are decided" in again.output


def test_a_wrong_answer_is_asked_again_and_quitting_keeps_what_was_decided(
    case: Path,
) -> None:
    answers = "e\narda\nopposes\ndor\n-\nauthor\nendorses\naffirmed\neffect\nasserted\n"
    done = CliRunner().invoke(
        command, [str(case), "--coder", "ana"], input=f"{answers}r\nnot said\nq\n"
    )
    assert done.exit_code == 0, done.output
    assert "no node of the case" in done.output
    log = (case / "log/decisions.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["action"] for line in log] == ["reject"]


def test_blind_a_coding_is_asked_for_before_anything_is_shown(case: Path) -> None:
    done = CliRunner().invoke(
        command,
        [str(case), "--coder", "ana", "--blind"],
        input="arda feeds brun +\nq\n",
    )
    assert done.output.index("your coding") < done.output.index(FIRST.id)
    assert "noted: arda feeds brun +" in done.output


def test_a_broken_file_of_suggestions_is_named_by_line(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = case / "suggestions/text.rule.jsonl"
    path.write_text(path.read_text("utf-8") + '{"id": 7}\n', encoding="utf-8")
    status, _, err = _run(capsys, "review", case, "--coder", "ana")
    assert status == 2
    assert "text.rule.jsonl, row 2" in err
