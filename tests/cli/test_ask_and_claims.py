"""One question of a case; its claims, filtered; its two coders compared."""

import re
from pathlib import Path
from typing import Any

import pytest

from cuibono.coding.agree import CAUTION
from tests.cases import TEXT, claim, claims, lines, small_case
from tests.cli.calls import DRAWS, HARBOUR, LEVEE, Called, done, refused

Capsys = pytest.CaptureFixture[str]


def asked(capsys: Capsys, *arguments: object) -> Any:
    """JSON document of a question asked of the levee case."""
    return done(capsys, "ask", LEVEE, *arguments, "--json", *DRAWS).document


QUESTIONS: dict[str, tuple[str, ...]] = {
    "benefits": ("--press", "levees=+1", "--of", "flood-damage, insurers"),
    "depends": ("--pair", "levees, Damage by great floods"),
    "policy": (
        "--press",
        "buy-out=+1",
        "--clamp",
        "levees",
        "--cut",
        "levees > insurers",
    ),
    "lasts": ("--of", "flood-damage", "--without", "levees"),
    "follows": (),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_answered_in_text_and_in_json(
    capsys: Capsys, question: str
) -> None:
    """Attributed in the text; reproducible from the JSON."""
    document = asked(capsys, question, *QUESTIONS[question])
    assert document["schema"] == "cuibono/ask/1"
    assert (document["case"], document["reading"]) == ("levee-effect", "plain-talk")
    assert (document["seed"], document["draws"]) == (2014, 40)
    assert "case.toml" in document["digests"]
    for answer in document["answers"]:
        assert answer["question"] == question
        assert answer["verdict"] and answer["claims"]
    called = done(capsys, "ask", LEVEE, question, *QUESTIONS[question], *DRAWS)
    assert called.out.count("which this report does not judge") == len(
        document["answers"]
    )
    assert called.err == "seed 2014, 40 models for each prior\n"


def test_follows_asks_one_conclusion_or_all(capsys: Capsys) -> None:
    """By its id."""
    document = asked(capsys, "follows")
    assert [answer["id"] for answer in document["answers"]] == [
        "buy-out-lowers-damage",
        "levees-raise-damage",
        "levees-lower-damage",
    ]
    document = asked(capsys, "follows", "levees-lower-damage")
    assert [answer["verdict"] for answer in document["answers"]] == ["contradicted"]


def test_a_question_is_asked_of_the_reading_that_is_named(capsys: Capsys) -> None:
    """The same conclusion of the other side's premises."""
    which = ("follows", "levees-lower-damage", "--reading", "river-board")
    document = asked(capsys, *which)
    assert document["reading"] == "river-board"
    assert document["answers"][0]["verdict"] == "follows by structure"


def test_a_link_added_by_hand_counts(capsys: Capsys) -> None:
    """From a node that the reading has to one that it has not."""
    link = ("--add", "flood-damage > investment -")
    document = asked(capsys, "policy", "--press", "levees", *link, "--of", "investment")
    (change,) = document["answers"][0]["changes"]
    assert change["node"] == "investment" and change["kind"] == "certain by structure"
    assert change["sign"] == -1


def test_the_same_question_and_seed_give_the_same_answer(capsys: Capsys) -> None:
    """And another seed may give another."""
    first = ("benefits", "--press", "levees", "--reading", "open")
    assert asked(capsys, *first) == asked(capsys, *first)
    assert asked(capsys, *first) != asked(capsys, *first, "--seed", 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("benefit", "--press", "levees"), 'no question "benefit". did you mean'),
        (("benefits",), 'nothing is done: give a push, press = "arda=+1"'),
        (
            ("benefits", "--press", "leves"),
            'no node "leves" in this case. did you mean',
        ),
        (("benefits", "--press", "levees=lots"), "write name=+1 or name=-1"),
        (("benefits", "--pair", "a,b"), "benefits takes no --pair; it takes: --press"),
        (("depends", "--pair", "levees"), "give a pair of two nodes"),
        (("lasts", "--press", "levees"), "lasts takes no --press; it takes: --of"),
        (
            ("policy", "--press", "levees", "--add", "a b"),
            'link "a b": write from > to',
        ),
        (("follows", "nope"), 'no conclusion "nope"; this case has: buy-out-lowers'),
        (("follows", "--reading", "x"), 'no reading "x"; this case has: plain-talk'),
        (("follows", "--draws", "3"), "3 is not in the range 20<=x<=100000"),
        (("follows", "--seed", "-1"), "is not in the range"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_by_name(
    capsys: Capsys, arguments: tuple[str, ...], message: str
) -> None:
    """The nearest that can is suggested."""
    assert message in refused(capsys, "ask", LEVEE, *arguments)


def test_a_case_without_conclusions_cannot_be_asked_for_one(capsys: Capsys) -> None:
    """It is told what is missing, and that there is none of that name."""
    assert "this case states no conclusion" in refused(
        capsys, "ask", HARBOUR, "follows"
    )
    message = refused(capsys, "ask", HARBOUR, "follows", "x")
    assert 'no conclusion "x"; this case has: none' in message


def listed(capsys: Capsys, *filters: object, case: Path = LEVEE) -> set[str]:
    """Ids of the claims that pass some filters."""
    document = done(capsys, "claims", case, *filters, "--json").document
    assert document["schema"] == "cuibono/claims/1"
    return {item["id"] for item in document["claims"]}


def test_claims_can_be_listed_by_each_of_their_marks(
    tmp_path: Path, capsys: Capsys
) -> None:
    """Voice, stance, layer, pair, source; all of them without a filter."""
    root = small_case(tmp_path)
    more = claim(
        id="c-four",
        subject="cor",
        object="arda",
        stance="rejects",
        layer="declared",
        voice="author > brun > cor",
    )
    path = root / "claims/text/_final.jsonl"
    path.write_text(lines([*claims(), more]), encoding="utf-8")
    everything = {"c-one", "c-two", "c-three", "c-four"}
    wanted: dict[tuple[str, ...], set[str]] = {
        (): everything,
        ("--voice", "author"): {"c-one", "c-three"},
        ("--voice", "author > cor"): {"c-two"},
        ("--voice", "author > *"): {"c-two", "c-four"},
        ("--stance", "rejects"): {"c-four"},
        ("--layer", "declared"): {"c-four"},
        ("--layer", "covert"): set(),
        ("--pair", "The valley, Brun"): {"c-two", "c-three"},
        ("--pair", "brun,valley", "--voice", "author"): {"c-three"},
        ("--source", "text"): everything,
    }
    for filters, ids in wanted.items():
        assert listed(capsys, *filters, case=root) == ids


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--layer", "hidden"),
            "'hidden' is not one of 'declared', 'covert', 'effect'",
        ),
        (("--stance", "backs"), "'backs' is not one of 'endorses'"),
        (("--pair", "levees"), '--pair "levees": give two nodes parted by a comma'),
        (("--pair", "levees, leves"), 'no node "leves" in this case. did you mean'),
        (
            ("--source", "nope"),
            'no source "nope"; this case has: plain-talk, river-board',
        ),
    ],
)
def test_a_filter_that_names_nothing_is_refused(
    capsys: Capsys, arguments: tuple[str, ...], message: str
) -> None:
    """Rather than list nothing in silence."""
    assert message in refused(capsys, "claims", LEVEE, *arguments)


def test_a_claim_as_json_has_every_field_in_closed_words(capsys: Capsys) -> None:
    """The fields that programs rely on, with their values."""
    document = done(capsys, "claims", LEVEE, "--json").document
    words = {
        "stance": {"endorses", "rejects", "concedes", "reports"},
        "sign": {"+", "-", "0", "?"},
        "polarity": {"affirmed", "denied"},
        "layer": {"declared", "covert", "effect"},
        "modality": {
            *("asserted", "reported", "predicted"),
            *("conditional", "recommended", "questioned"),
        },
    }
    assert len(document["claims"]) == 22
    for item in document["claims"]:
        for name in ("id", "source", "voice", "subject", "predicate", "object"):
            assert isinstance(item[name], str) and item[name]
        for name, known in words.items():
            assert item[name] in known
        anchor = item["anchor"]
        assert 0 <= anchor["start"] < anchor["end"]
        assert item["voice"] == " > ".join(step["who"] for step in item["voice_chain"])


def test_a_claim_without_a_place_says_so_in_json(capsys: Capsys) -> None:
    """A plain table has no places; its defaults are written out."""
    document = done(capsys, "claims", HARBOUR, "--json").document
    assert {item["anchor"] for item in document["claims"]} == {None}
    assert {item["stance"] for item in document["claims"]} == {"endorses"}
    assert not any("quote" in item for item in document["claims"])


def test_a_quote_is_shown_where_the_text_is_at_hand(
    tmp_path: Path, capsys: Capsys
) -> None:
    """In the table and in the JSON."""
    root = small_case(tmp_path)
    called = done(capsys, "claims", root)
    assert '"Arda feeds Brun"' in re.sub(r"\s+", " ", called.out)
    assert "3 of 3 claims" in called.err
    document = done(capsys, "claims", root, "--json").document
    quotes = {item["id"]: item.get("quote") for item in document["claims"]}
    assert quotes["c-one"] == "Arda feeds Brun"


def test_a_denial_reads_as_one_in_the_table(tmp_path: Path, capsys: Capsys) -> None:
    """With its sign, and the words of its paraphrase."""
    root = small_case(tmp_path)
    record = claim(id="c-no", polarity="denied", paraphrase="He says it is not so.")
    path = root / "claims/text/_final.jsonl"
    path.write_text(lines([*claims(), record]), encoding="utf-8")
    out = re.sub(r"\s+", " ", done(capsys, "claims", root).out)
    assert "(+) not: arda supports brun. He says it is not so." in out


def test_claims_of_a_case_with_problems_are_not_listed(
    tmp_path: Path, capsys: Capsys
) -> None:
    """Every problem is."""
    root = small_case(tmp_path)
    path = root / "claims/text/_final.jsonl"
    path.write_text(lines([claim(object="brunn")]), encoding="utf-8")
    assert '"brunn"' in refused(capsys, "claims", root)


def quoted(start: int, end: int) -> dict[str, object]:
    """Anchor of the small case's text."""
    return {"start": start, "end": end, "exact": TEXT[start:end]}


def two_coders(folder: Path, one: str = "ana", other: str = "ben") -> Path:
    """Case in which two coders saw one claim differently, and each saw one alone."""
    root = small_case(folder)
    mine = [
        claim(id="a1", anchor=quoted(0, 15)),
        claim(id="a2", object="cor", anchor=quoted(17, 30)),
    ]
    theirs = [
        claim(id="b1", predicate="enables", layer="covert", anchor=quoted(0, 15)),
        claim(id="b2", object="valley", anchor=quoted(40, 50)),
    ]
    for name, records in ((one, mine), (other, theirs)):
        text = lines(record | {"coder": name} for record in records)
        (root / f"claims/text/{name}.jsonl").write_text(text, encoding="utf-8")
    return root


def agreed(capsys: Capsys, root: Path, *arguments: str) -> Called:
    """Agreement of a case's coders."""
    return done(capsys, "agree", root, *arguments)


def test_agreement_is_told_by_source_and_field_with_every_disagreement(
    tmp_path: Path, capsys: Capsys
) -> None:
    """Or the figures alone."""
    root = two_coders(tmp_path)
    out = agreed(capsys, root).out
    assert "text: 2 by ana, 2 by ben" in out and "all: 2 by ana, 2 by ben" in out
    assert "unit F1 0.50" in out
    assert "differ in predicate, layer" in out
    assert out.count("only ana text 17-30") == 1 and out.count("only ben") == 1
    assert CAUTION not in out
    brief = agreed(capsys, root, "--brief").out
    assert out.startswith(brief) and "differ in" not in brief


def test_agreement_as_json_has_each_version_of_a_claim(
    tmp_path: Path, capsys: Capsys
) -> None:
    """And the claims that one coder alone has."""
    document = agreed(capsys, two_coders(tmp_path), "--json").document
    assert document["schema"] == "cuibono/agree/1"
    assert document["coders"] == ["ana", "ben"] and document["caution"] == ""
    whole = document["overall"]
    assert whole["claims"] == {"ana": 2, "ben": 2} and whole["span_f1"] == 0.5
    (pair,) = whole["disagreements"]
    assert pair["fields"] == ["predicate", "layer"]
    assert [item["id"] for item in pair["claims"]] == ["a1", "b1"]
    assert [item["id"] for item in whole["only"]["ben"]] == ["b2"]
    fields = {item["field"]: item for item in whole["fields"]}
    assert (fields["sign"]["same"], fields["sign"]["matched"]) == (1, 1)
    assert fields["sign"]["alpha"] is None and fields["sign"]["scale"] == "ordinal"


def test_the_two_passes_of_one_project_come_with_their_caution(
    tmp_path: Path, capsys: Capsys
) -> None:
    """Wherever the figures are printed."""
    root = two_coders(tmp_path, "pass-1", "pass-2")
    assert CAUTION in agreed(capsys, root).out
    assert CAUTION in agreed(capsys, root, "--brief").out
    assert agreed(capsys, root, "--json").document["caution"] == CAUTION


def test_coders_are_named_where_there_are_more_than_two(
    tmp_path: Path, capsys: Capsys
) -> None:
    """And refused where there are fewer, or others."""
    root = two_coders(tmp_path)
    third = lines([claim(id="d1", coder="cy", anchor=quoted(0, 15))])
    (root / "claims/text/cy.jsonl").write_text(third, encoding="utf-8")
    message = refused(capsys, "agree", root)
    assert "this case has: ana, ben, cy. --coders" in message
    assert "1 by cy" in agreed(capsys, root, "--coders", "ana", "cy").out
    message = refused(capsys, "agree", root, "--coders", "ana", "dy")
    assert "no claims by coder 'dy'; coders: ana, ben, cy" in message
    assert "this case has: none" in refused(capsys, "agree", HARBOUR)


def test_a_table_of_claims_is_not_broken_by_narrow_terminals(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last column wraps; no line outgrows what its other columns force."""
    monkeypatch.setenv("COLUMNS", "30")
    out = done(capsys, "claims", LEVEE).out
    header, _, *rows = out.splitlines()
    start = header.index("claim")
    assert len(rows) > 60
    for row in rows:
        # A word longer than the room stays whole.
        assert len(row[start:]) <= 16 or " " not in row[start:].strip()
