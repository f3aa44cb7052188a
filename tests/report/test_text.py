"""The text report: every claim, every sign attributed, nothing made up."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from cuibono.coding.agree import CAUTION
from cuibono.formats.case import read_case
from cuibono.questions.follows import follows
from cuibono.questions.lasts import lasts
from cuibono.report.html import html_report
from cuibono.report.text import NEUTRAL, answer_text, findings_text, text_report
from cuibono.report.words import SIGN_WORDS
from cuibono.study.records import Study
from cuibono.study.run import run_study
from tests.cases import claim, claims, lines, small_case
from tests.questions.models import CHAIN, expecting, lens_of, press
from tests.report.sentences import CASES, study_of
from tests.strategies.cases import case_of

SIGNED = re.compile(r"\b(" + "|".join(SIGN_WORDS) + r")\b")
STARTS = re.compile(r"(  - |  \* |  \[|  (declared|effective): |From |$)")


def paragraphs(text: str) -> list[str]:
    """Sentences and lines of a report, each on one line again."""
    found: list[str] = []
    for line in text.splitlines():
        if STARTS.match(line) or not found or not line.startswith(" "):
            found.append(line.strip())
        else:
            found[-1] += " " + line.strip()
    return [item for item in found if item]


def own_words(study: Study) -> set[str]:
    """Titles that the case gives itself; they are its own, not the report's."""
    case = study.case
    return {
        case.title,
        *(item.title or item.id for item in case.questions),
        *(f"Reading: {r.reading.title or r.reading.id}" for r in study.readings),
    }


@pytest.mark.parametrize("name", CASES)
def test_no_sentence_with_a_sign_lacks_its_attribution(name: str) -> None:
    """It names the premises or the voice, or stands in a list that does."""
    study = study_of(name)
    introduced = False
    for part in paragraphs(text_report(study)):
        introduced = part.endswith("which this report does not judge:") or (
            introduced and part.startswith(("declared: ", "effective: "))
        )
        if part in own_words(study) or not SIGNED.search(part):
            continue
        assert (
            introduced
            or "which this report does not judge: " in part
            or "According to " in part
        ), part


@pytest.mark.parametrize("name", CASES)
def test_no_verdict_is_said_without_whose_premises_it_is_from(name: str) -> None:
    """`Follows` and `contradicted` too."""
    for part in paragraphs(text_report(study_of(name))):
        if re.search(r"follows (by structure|under every)|contradicted|leans", part):
            assert "which this report does not judge: " in part, part


@pytest.mark.parametrize("name", CASES)
def test_every_claim_is_in_the_report_with_its_voice(name: str) -> None:
    """By id, once in the list of all claims, and the case's own words at its head."""
    study = study_of(name)
    text = text_report(study)
    listed = text.partition("All claims\n----------\n")[2]
    listed = listed.partition("How to reproduce")[0]
    for item in study.case.claims:
        assert listed.count(f"[{item.id}] According to ") == 1
    assert text.startswith(study.case.title) and NEUTRAL in text
    for name_, digest in study.case.digests:
        assert f"{name_} sha256 {digest}" in text
    assert f"seed {study.seed}, {study.draws} models for each prior" in text


def test_the_report_has_everything_that_the_case_asks() -> None:
    """Readings with their notes, alternatives, questions, open questions, ties."""
    text = text_report(study_of("rich"))
    flat = re.sub(r"\s+", " ", text)
    for words in (
        "Reading: the author",
        "As coded.",
        "Fewer than ten links: read with care.",
        "compared with pushing Arda down",
        "compared with none",
        "Open questions",
        "Does it hold? Open: No record.",
        "declared: Arda - Brun: hostile [c2]",
        "how much rests on one voice",
        "What the conclusions hang on",
    ):
        assert words in flat, words


def test_the_findings_fit_a_screen_and_say_whose_they_are() -> None:
    """Every conclusion by title, under its verdict."""
    study = study_of("levee")
    text = findings_text(study)
    assert len(text.splitlines()) <= 40
    assert max(map(len, text.splitlines())) <= 88
    head, mark, rest = text.partition("which this report does not judge:")
    assert mark and "From the premises of the columnist," in head
    flat = re.sub(r"\s+", " ", rest)
    for answer in study.reading(study.main).conclusions:
        assert answer.title in flat and answer.verdict in flat
    assert "read with care" in rest
    assert not SIGNED.search(head.partition(study.case.title)[2])


def test_the_findings_of_an_empty_case_are_told() -> None:
    """Nothing is known, and that is said."""
    text = findings_text(study_of("empty"))
    assert "no claim coded" in text and "holds no tie" in text


@pytest.mark.parametrize("coders", [("ana", "ben"), ("pass-1", "pass-2")])
def test_agreement_of_coders_comes_with_its_caution_where_it_is_due(
    tmp_path: Path, coders: tuple[str, str]
) -> None:
    """For two passes of one project, and for nobody else."""
    root = small_case(tmp_path)
    for coder in coders:
        text = lines(item | {"coder": coder} for item in claims())
        (root / f"claims/text/{coder}.jsonl").write_text(text, encoding="utf-8")
    text = text_report(run_study(read_case(root), draws=40))
    flat = re.sub(r"\s+", " ", text)
    assert "Agreement of the coders" in text and "Unit F1 0.33" in text
    assert (CAUTION in flat) is (coders == ("pass-1", "pass-2"))
    assert "alpha not defined" in text


def test_an_answer_for_the_terminal_has_all_its_parts() -> None:
    """Verdict, expectations, comparisons, figures, what is not told, claims."""
    lens = lens_of(CHAIN)
    case = replace(case_of(), readings=(lens.model.reading,))
    text = answer_text(follows(lens, expecting(press(arda=1), cor="-")), case)
    flat = re.sub(r"\s+", " ", text)
    assert flat.startswith("What was said From the premises of the author, which")
    assert "expected Cor -: Cor falls (certain by structure" in flat
    assert "rests on c0, c1, said" in flat
    text = answer_text(lasts(lens, "brun", ("arda", "cor")), case)
    flat = re.sub(r"\s+", " ", text)
    assert "compared with Arda: " in flat
    assert "compared with Cor: not connected (from Cor to Brun)" in flat
    assert "median_push_kept_uniform: 1" in flat and "Not told: " in flat


def test_a_claim_in_another_script_is_wrapped_and_kept(tmp_path: Path) -> None:
    """No word is broken, no mark lost."""
    root = small_case(tmp_path)
    said = "حکومت " * 30 + "中国" * 60
    record = claim(id="c-far", object="cor", paraphrase=said.strip())
    path = root / "claims/text/_final.jsonl"
    path.write_text(lines([*claims(), record]), encoding="utf-8")
    text = text_report(run_study(read_case(root), draws=40))
    assert said.strip() in re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("sign", ["0", "?"])
def test_a_case_without_a_stated_effect_has_a_report_all_the_same(
    sign: str, tmp_path: Path
) -> None:
    """With nothing to draw, and nothing that a sign decides."""
    path = tmp_path / "claims.csv"
    path.write_text(f"source,subject,sign,object\na,X,{sign},Y\n", encoding="utf-8")
    study = run_study(read_case(path), draws=20)
    assert "X" in text_report(study)
    assert ("no link to draw" in html_report(study)) is (sign == "0")
