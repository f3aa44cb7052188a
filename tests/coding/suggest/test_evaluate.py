"""Scores against coded claims, by hand and by their definition."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cuibono.claims.quotes import anchor_at
from cuibono.claims.records import Case, Claim, Source
from cuibono.claims.words import Sign
from cuibono.coding.suggest.evaluate import Score, evaluate
from cuibono.coding.suggest.plover import (
    Half,
    evaluate_plover,
    half_of,
    read_records,
)
from cuibono.errors import UsageError
from cuibono.formats.case import inspect_case
from cuibono.formats.codebook_toml import PLAIN_CODEBOOK
from tests.coding.suggest.parties import PARTIES
from tests.reference import ROOT, TEXTS, needs_texts, reference

TEXT = "Arda supports Brun. Cor, it is said, fears Arda. Brun attacks Cor."


def coded(subject: str, predicate: str, other: str, sign: str, quote: str) -> Claim:
    """Claim with a place in the text."""
    start = TEXT.index(quote)
    return Claim(
        id=f"{subject}-{other}",
        source="letter",
        subject=subject,
        predicate=predicate,
        object=other,
        sign=Sign(sign),
        anchor=anchor_at(TEXT, start, start + len(quote), keep=True),
    )


CASE = Case(
    id="small",
    sources=(Source(id="letter", language="en"),),
    nodes=PARTIES,
    codebook=PLAIN_CODEBOOK,
    claims=(
        coded("arda", "supports", "brun", "+", "supports Brun"),
        coded("cor", "opposes", "arda", "-", "fears Arda"),
        coded("brun", "supports", "cor", "+", "attacks Cor"),
        coded("arda", "labels", "arda", "0", "fears Arda"),
    ),
)


def scores(case: Case) -> dict[str, Score]:
    """Scores of a case by name."""
    return {score.name: score for score in evaluate(case, {"letter": TEXT})}


def test_scores_count_pairs_signs_and_claims() -> None:
    """Two suggested, both pairs coded, one sign right, two of four claims found."""
    both = scores(CASE)["all tiers"]
    assert (both.suggested, both.matched, both.sign_right) == (2, 2, 1)
    assert (both.claims, both.found, both.signed, both.signed_found) == (4, 2, 3, 2)
    assert (both.precision, both.sign, both.recall) == (1.0, 0.5, 0.5)


def test_the_baseline_pairs_what_stands_in_one_sentence() -> None:
    """In the order of the text, always a plus."""
    base = scores(CASE)["co-occurrence"]
    assert (base.suggested, base.matched, base.sign_right) == (3, 3, 2)


def test_tiers_add_up_and_nothing_is_found_without_claims() -> None:
    """Suggestions of the tiers are all suggestions; no claims, no precision."""
    found = scores(replace(CASE, claims=()))
    assert found["confident"].suggested + found["possible"].suggested == 2
    assert found["all tiers"].precision == found["all tiers"].recall == 0.0


def test_records_are_split_by_their_sentence_alone(tmp_path: Path) -> None:
    """Each record falls in one half; both halves make the whole."""
    listed = [
        {
            "id": str(at),
            "event": "FIGHT" if at % 2 else "AID",
            "text": f"Arda {'attacks' if at % 2 else 'supports'} Brun, day {at}.",
            "source": [{"actorText": "Arda"}],
            "target": [{"actorText": "Brun"}, {"actorText": "Nobody"}],
        }
        for at in range(20)
    ]
    path = tmp_path / "records.json"
    path.write_text(json.dumps([*listed, {"id": "none"}, "odd"]), "utf-8")
    halves = [read_records(path, half) for half in Half]
    assert sorted(r.id for half in halves for r in half) == sorted(map(str, range(20)))
    assert all(half_of(r.text) is Half.DEVELOP for r in halves[0])
    score = evaluate_plover(read_records(path), "both")
    assert (score.pairs, score.matched, score.sign_right) == (20, 20, 20)
    assert score.majority == 0.5 and score.recall_with_sign == 1.0


def test_a_file_that_holds_no_records_is_refused(tmp_path: Path) -> None:
    """Neither half a file nor another kind of document."""
    path = tmp_path / "records.json"
    for text, message in (("[", "no JSON"), ("{}", "list of PLOVER")):
        path.write_text(text, "utf-8")
        with pytest.raises(UsageError, match=message):
            read_records(path)


@needs_texts
@pytest.mark.texts
def test_the_flagship_stays_above_its_floor() -> None:
    """Development figures: confident is precise, all tiers beat co-occurrence twice."""
    read = inspect_case(ROOT / "cases/enemy-of-my-enemy", TEXTS)
    found = {score.name: score for score in evaluate(read.case, read.texts)}
    assert found["confident"].precision >= 0.85
    assert found["all tiers"].precision >= 0.70
    assert found["all tiers"].precision >= 2 * found["co-occurrence"].precision
    assert found["all tiers"].recall >= 0.42
    assert found["confident"].recall >= 0.12
    assert found["all tiers"].sign >= 0.93


@pytest.mark.reference
def test_the_half_that_was_developed_on_stays_above_its_floor() -> None:
    """The other half is reported in the docs, not tuned to, so it has no floor here."""
    path = reference("events", "raw", "plover_gsr_cameo.json")
    score = evaluate_plover(read_records(path, Half.DEVELOP), "develop")
    assert score.sign >= 0.94 > score.majority
    assert score.recall_with_sign >= 0.78
