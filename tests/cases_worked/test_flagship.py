"""The flagship case: complete, attributed, verified in its texts, and not made of them."""

import json
import re
import shutil
from pathlib import Path

import pytest

from cuibono.claims.records import voice_text
from cuibono.claims.words import Layer, Modality, Polarity, Stance
from cuibono.cli.main import exit_status
from cuibono.coding.agree import CAUTION, agreement
from cuibono.formats.case import inspect_case, read_case
from cuibono.study.validate import question_problems
from tests.reference import ROOT, TEXTS, needs_texts

CASE = ROOT / "cases" / "enemy-of-my-enemy"
LONGEST_RUN = 6
PROPER = [
    "the enemy of my enemy is my friend",
    "people s mojahedin organization of iran pmoi mek",
    "islamic revolutionary guard corps irgc",
]


def words(text: str) -> list[str]:
    """Words of a text, in lower case."""
    return re.findall(r"[^\W_]+", text.lower())


def runs(found: list[str]) -> set[tuple[str, ...]]:
    """Runs of one word more than may be taken over."""
    size = LONGEST_RUN + 1
    return {tuple(found[at : at + size]) for at in range(len(found) - size + 1)}


def test_it_is_as_full_as_it_should_be() -> None:
    """Claims of every kind, both sources, every reading, parties and factors."""
    case = read_case(CASE)
    assert len(case.claims) >= 150
    assert len(case.nodes) >= 60
    assert [source.id for source in case.sources] == ["american-thinker", "forbes"]
    assert {"author", "rival", "open", "forbes", "american-thinker"} == {
        reading.id for reading in case.readings
    }
    assert case.readings[0].id == "author"
    assert {claim.layer for claim in case.claims} == set(Layer)
    assert {claim.stance for claim in case.claims} == set(Stance)
    assert {claim.polarity for claim in case.claims} == set(Polarity)
    assert {Modality.PREDICTED, Modality.CONDITIONAL, Modality.RECOMMENDED} <= {
        claim.modality for claim in case.claims
    }
    assert len({voice_text(claim.voice) for claim in case.claims}) >= 6
    assert len(case.conclusions) >= 8
    assert not list(question_problems(case))
    assert all(claim.anchor and claim.paraphrase for claim in case.claims)


def test_conclusions_rest_on_conclusion_claims() -> None:
    """A premise is never asked of the model as if it were a conclusion."""
    case = read_case(CASE)
    by_id = {claim.id: claim for claim in case.claims}
    for conclusion in case.conclusions:
        assert any(by_id[name].is_conclusion for name in conclusion.claims), (
            conclusion.id
        )
        assert conclusion.why or conclusion.untestable


def test_no_words_of_the_texts_are_kept_with_the_claims() -> None:
    """Positions and hashes stand in for quotes."""
    case = read_case(CASE)
    for claim in (*case.claims, *case.coded):
        for anchor in filter(None, (claim.anchor, *claim.context)):
            assert not (anchor.exact or anchor.prefix or anchor.suffix)
            assert anchor.exact_sha256
    assert not list(CASE.rglob("text.txt"))


def test_both_passes_and_their_agreement_are_kept() -> None:
    """With the sentence on what it means."""
    case = read_case(CASE)
    result = agreement(case, "pass-1", "pass-2")
    assert result.caution == CAUTION
    assert min(result.overall.counts) >= 150
    assert 0.3 < result.overall.pair_f1 <= result.overall.span_f1 <= 1
    assert {claim.prov.method.value for claim in case.coded} == {"unstated"}
    log = (CASE / "log" / "adjudication.jsonl").read_text(encoding="utf-8")
    assert all(json.loads(line)["reason"] for line in log.splitlines() if line.strip())


@needs_texts
@pytest.mark.texts
def test_every_quote_is_in_its_text_to_the_character(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Both sources, all coders."""
    assert exit_status(["check", str(CASE), "--texts", str(TEXTS), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["anchors_verified"] == document["anchors"] == document["claims"]


@needs_texts
@pytest.mark.texts
def test_a_text_with_one_character_changed_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Naming file, what was found, what was expected."""
    shutil.copytree(TEXTS, tmp_path / "texts")
    path = next((tmp_path / "texts").glob("000*.txt"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Iran", "Irun", 1), encoding="utf-8")
    out = tmp_path / "out"
    status = exit_status(
        ["run", str(CASE), "--texts", str(tmp_path / "texts"), "-o", str(out)]
    )
    assert status == 2
    said = capsys.readouterr().err
    assert path.name in said
    assert "SHA-256" in said
    assert not out.exists()


@needs_texts
@pytest.mark.texts
def test_no_sentence_of_the_texts_is_in_the_project() -> None:
    """No run of more than six of their words, the maxim and proper names apart."""
    allowed = {run for phrase in PROPER for run in runs(words(phrase))}
    theirs = set()
    for path in TEXTS.glob("0*.txt"):
        theirs |= runs(words(path.read_text(encoding="utf-8")))
    theirs -= allowed
    kinds = {".csv", ".jsonl", ".toml", ".md", ".py", ".html", ".txt"}
    for folder in ("cases", "docs", "src", "tests", "README.md"):
        base = ROOT / folder
        for path in [base] if base.is_file() else sorted(base.rglob("*")):
            if path.suffix in kinds:
                found = runs(words(path.read_text(encoding="utf-8"))) & theirs
                assert not found, (path, sorted(found)[:3])


@needs_texts
@pytest.mark.texts
def test_with_the_texts_every_claim_shows_its_quote() -> None:
    """And without them, none."""
    read = inspect_case(CASE, TEXTS)
    assert set(read.texts) == {"forbes", "american-thinker"}
    assert inspect_case(CASE).texts == {}
