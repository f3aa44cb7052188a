"""Spans and relations of other tools: who said what is left open, signs are not guessed."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cuibono.claims.records import Case
from cuibono.claims.words import NodeKind, Sign, Status
from cuibono.cli.main import exit_status
from cuibono.coding.suggestions import read_suggestions
from cuibono.errors import Problems
from cuibono.formats.exchange import dna_out
from cuibono.formats.exchange.intake import ForeignFileError, Intake
from cuibono.formats.exchange.offsets import Utf16
from cuibono.formats.exchange.registry import format_of, take_in
from tests.formats.exchange.cases import SPEECH, small_out

TEXT = "😊 Arda opposes Brun."
ARDA, BRUN = TEXT.index("Arda"), TEXT.index("Brun")


def taken(
    content: str | bytes, name: str, folder: Path, offsets: str = ""
) -> tuple[Case, Intake]:
    """Case of a file with some content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    form = format_of(path)
    intake = Intake(name=name, tool=form, offsets=offsets)
    return take_in(path, form, intake), intake


def region(
    key: str, start: int, word: str, label: str, shift: int = 0
) -> dict[str, Any]:
    """Label Studio region of a word."""
    ends = {"start": start + shift, "end": start + len(word) + shift}
    value = ends | {"text": word, "labels": [label]}
    return {"id": key, "type": "labels", "value": value}


def tasks(direction: str = "right", shift: int = 0, label: str = "opposes") -> str:
    """Tasks in which two annotators drew one relation."""
    arrow = {"type": "relation", "from_id": "a", "to_id": "b"}
    result = [
        region("a", ARDA, "Arda", "actor", shift),
        region("b", BRUN, "Brun", "LOC", shift),
        arrow | {"direction": direction, "labels": [label]},
    ]
    work = [{"completed_by": who, "result": result} for who in (1, {"email": "ben@b"})]
    return json.dumps([{"id": 5, "data": {"text": TEXT}, "annotations": work}])


@pytest.mark.parametrize("shift", [0, 1])
def test_label_studio_counts_either_way_and_the_quote_decides(
    shift: int, tmp_path: Path
) -> None:
    """Old versions count UTF-16 units, new ones code points."""
    case, intake = taken(tasks(shift=shift), "a.json", tmp_path)
    assert {claim.coder for claim in case.claims} == {"annotator-1", "ben@b"}
    assert {claim.sign for claim in case.claims} == {Sign.MINUS}
    for claim in case.claims:
        assert claim.anchor is not None
        assert claim.anchor.exact == "Arda opposes Brun"
        assert claim.status is Status.DRAFT
    assert case.node("brun").kind is NodeKind.PLACE
    assert any("nobody coded voice" in line for line in intake.told())


@pytest.mark.parametrize(
    ("direction", "pairs"),
    [
        ("right", {("arda", "brun")}),
        ("left", {("brun", "arda")}),
        ("bi", {("arda", "brun"), ("brun", "arda")}),
    ],
)
def test_an_arrow_of_label_studio_points_as_drawn(
    direction: str, pairs: set[tuple[str, str]], tmp_path: Path
) -> None:
    """To the right, to the left, or both ways."""
    case, _ = taken(tasks(direction), "a.json", tmp_path)
    assert {(claim.subject, claim.object) for claim in case.claims} == pairs


def test_a_label_that_is_no_predicate_gives_no_sign(tmp_path: Path) -> None:
    """It is kept as a tag."""
    case, intake = taken(tasks(label="hates|loathes"), "a.json", tmp_path)
    assert {claim.sign for claim in case.claims} == {Sign.NOT_STATED}
    assert {claim.predicate for claim in case.claims} == {"affects"}
    assert {claim.tags for claim in case.claims} == {("hates/loathes",)}
    assert any("sign ?" in line for line in intake.told())


@pytest.mark.parametrize(
    ("offsets", "start"), [("utf-16", ARDA + 1), ("code-points", ARDA)]
)
def test_doccano_beyond_an_emoji_needs_to_be_told_how_it_counts(
    offsets: str, start: int, tmp_path: Path
) -> None:
    """Its files do not say; the wrong guess would quote other words."""
    line = json.dumps({"text": TEXT, "label": [[start, start + 4, "actor"]]})
    with pytest.raises(ForeignFileError, match="--offsets utf-16"):
        taken(line, "a.jsonl", tmp_path)
    _, intake = taken(line, "a.jsonl", tmp_path, offsets)
    assert intake.stretches[0].anchor.exact == "Arda"


def test_doccano_before_any_emoji_is_the_same_either_way(tmp_path: Path) -> None:
    """Nothing is asked where both ways of counting agree."""
    line = json.dumps({"text": "Arda 😊", "label": [[0, 4, "actor"]]})
    _, intake = taken(line, "a.jsonl", tmp_path)
    assert intake.stretches[0].anchor.exact == "Arda"


def webanno(text: str) -> str:
    """WebAnno file of a text with two stacked spans and a relation between them."""
    units = Utf16(text)
    rows, at = [], 0
    for number, word in enumerate(text.split(" "), start=1):
        start = text.index(word, at)
        at = start + len(word)
        cells = ["_", "_", "_"]
        if number == 2:
            cells = [r"actor\|a[1]|state[2]", "_", "_"]
        if number == len(text.split(" ")):
            cells = ["actor[3]", "supports", "1-2[1_3]"]
        place = f"{units.units(start)}-{units.units(at)}"
        rows.append("\t".join([f"1-{number}", place, word, *cells, ""]))
    return "\n".join(
        [
            "#FORMAT=WebAnno TSV 3.3",
            "#T_SP=webanno.custom.Party|kind",
            "#T_RL=webanno.custom.Tie|value|BT_webanno.custom.Party",
            "",
            f"#Text={text}",
            *rows,
            "",
        ]
    )


@pytest.mark.parametrize(
    "text", [TEXT, "😊 برون 🏴‍☠️ یک آردا", SPEECH.split(".", maxsplit=1)[0]]
)
def test_a_relation_of_webanno_runs_from_the_named_end_to_its_row(
    text: str, tmp_path: Path
) -> None:
    """Whatever the script; a stacked span of its own is kept apart."""
    case, intake = taken(webanno(text), "a.tsv", tmp_path)
    words = text.split(" ")
    (claim,) = case.claims
    assert case.node(claim.subject).label == words[1]
    assert case.node(claim.object).label == words[-1]
    assert (claim.predicate, claim.sign) == ("supports", Sign.PLUS)
    assert claim.coder == "webanno"
    (stretch,) = intake.stretches
    assert stretch.codes == ("state",)
    assert stretch.anchor.exact == words[1]


def test_annotations_of_others_are_stretches(tmp_path: Path) -> None:
    """Tags over a place are no claim; without a position they are counted."""
    target = {
        "source": "https://example.org/page",
        "selector": [
            {"type": "TextPositionSelector", "start": 3, "end": 7},
            {"type": "TextQuoteSelector", "exact": "Arda", "prefix": "and "},
        ],
    }
    tag = {"type": "TextualBody", "value": "party", "purpose": "tagging"}
    one = {"type": "Annotation", "target": target, "body": [tag, {"value": "hm"}]}
    other = one | {"target": "https://example.org/page"}
    page = {"@context": "http://www.w3.org/ns/anno.jsonld", "items": [one, other]}
    case, intake = taken(json.dumps(page), "a.json", tmp_path)
    assert case.claims == ()
    (stretch,) = intake.stretches
    assert (stretch.codes, stretch.note) == (("party",), "hm")
    assert intake.skipped["annotations without a TextPositionSelector"] == 1


def test_roles_of_a_story_are_suggestions_and_no_claims(tmp_path: Path) -> None:
    """Villain, victim and hero carry signs that nobody stated."""
    path = tmp_path / "a.dna"
    path.write_bytes(dna_out.write(small_out()))
    with closing(sqlite3.connect(path)) as base:
        base.execute("DELETE FROM STATEMENTS WHERE ID > 1")
        base.execute("UPDATE STATEMENTTYPES SET Label = 'NPF Story Element'")
        roles = {"subject": "villain", "object": "victim", "voice": "hero"}
        for old, new in roles.items():
            base.execute(
                "UPDATE VARIABLES SET Variable = ? WHERE Variable = ?", (new, old)
            )
        for table in ("DATABOOLEAN", "DATALONGTEXT", "DATASHORTTEXT"):
            base.execute(f"DELETE FROM {table} WHERE StatementId > 1")  # noqa: S608
        base.commit()
    case = tmp_path / "case"
    assert exit_status(["import", str(path), "--to", str(case)]) == 0
    assert not (case / "claims").exists()
    lines = (case / "suggestions/letter.dna.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]
    assert [item["sign"] for item in records] == ["-", "+"]
    assert {item["tier"] for item in records} == {"possible"}
    assert {item["voice"] for item in records} == {None}
    problems = Problems()
    assert len(read_suggestions(case, problems)) == len(records)
    assert not problems


def test_a_form_that_no_start_tells_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message lists the endings that are known."""
    path = tmp_path / "a.json"
    path.write_text("{}")
    assert exit_status(["import", str(path), "--to", str(tmp_path / "case")]) == 2
    assert ".qdpx" in capsys.readouterr().err
