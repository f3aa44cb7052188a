"""A study as JSON: plain values, every claim and link, nothing private."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cuibono.claims.words import Layer
from cuibono.formats.case import inspect_case, read_case
from cuibono.study.document import document_text, plain, study_document
from cuibono.study.run import run_study
from tests.cases import TEXT, claims, lines, small_case

DRAWS = 40


def test_a_document_names_every_claim_link_and_reading(tmp_path: Path) -> None:
    """Links with their signs and claims; the schema first."""
    read = inspect_case(small_case(tmp_path))
    study = run_study(read.case, draws=DRAWS, texts=read.texts)
    found = study_document(study)
    assert next(iter(found)) == "schema" and found["schema"] == "cuibono/study/1"
    assert {item["id"] for item in found["claims"]} == {"c-one", "c-two", "c-three"}
    (reading,) = found["readings"]
    assert reading["links"] == [
        {
            "from": tail,
            "to": head,
            "sign": sign,
            "disputed": False,
            "claims": list(study.readings[0].model.digraph.claims[k]),
        }
        for k in range(study.readings[0].model.digraph.m)
        for tail, head, sign in (study.readings[0].model.label(k),)
    ]
    assert len(reading["links"]) == 2
    assert found["main"] == "author" and found["seed"] == study.seed
    assert json.loads(document_text(study)) == json.loads(json.dumps(found))


def test_a_quote_is_there_where_the_text_was_given_and_only_there(
    tmp_path: Path,
) -> None:
    """The whole text never is."""
    read = inspect_case(small_case(tmp_path))
    given = study_document(run_study(read.case, draws=DRAWS, texts=read.texts))
    bare = study_document(run_study(read.case, draws=DRAWS))
    quotes = {item["id"]: item.get("quote") for item in given["claims"]}
    assert quotes == {"c-one": TEXT[:15], "c-two": None, "c-three": None}
    assert not any("quote" in item for item in bare["claims"])
    assert TEXT not in json.dumps(given)


def test_agreement_is_told_in_figures(tmp_path: Path) -> None:
    """The list of disagreements is another command's."""
    root = small_case(tmp_path)
    for coder in ("ana", "ben"):
        text = lines(item | {"coder": coder} for item in claims())
        (root / f"claims/text/{coder}.jsonl").write_text(text, encoding="utf-8")
    found = study_document(run_study(read_case(root), draws=DRAWS))["agreement"]
    assert found["coders"] == ["ana", "ben"] and found["caution"] == ""
    assert [part["source"] for part in found["parts"]] == ["text", "all"]
    # One claim of three has a place in the text, and so can be matched.
    assert found["parts"][0]["claims"] == [3, 3]
    assert found["parts"][0]["span_f1"] == pytest.approx(1 / 3, abs=1e-6)
    assert (
        study_document(run_study(read_case(small_case(tmp_path / "b"))))["agreement"]
        is None
    )


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (1 / 3, 0.333333),
        (float("nan"), None),
        ((1, ("a",)), [1, ["a"]]),
        ({1: 2.0}, {"1": 2.0}),
        (Layer.COVERT, "covert"),
        (True, True),
        (None, None),
    ],
)
def test_values_are_plain_and_numbers_have_six_digits(
    value: object, wanted: object
) -> None:
    """What JSON cannot hold is null."""
    assert plain(value) == wanted


def test_where_a_claim_was_read_is_no_part_of_it(tmp_path: Path) -> None:
    """File and row are for messages."""
    (first, *_) = read_case(small_case(tmp_path)).claims
    assert first.file and "file" not in plain(first) and "row" not in plain(first)
    assert plain(replace(first, file="x", row=9)) == plain(first)
