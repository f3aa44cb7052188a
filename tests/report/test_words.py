"""Sentences are made from numbers, and every one with a sign says whose it is."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cuibono.claims.records import Question, Reading
from cuibono.claims.words import Polarity
from cuibono.questions.answer import (
    Answer,
    Change,
    ChangeClass,
    Comparison,
    PriorShare,
    Sampling,
    Verdict,
)
from cuibono.report.asked import _BY_PART, answers_to
from cuibono.report.words import (
    SIGN_WORDS,
    balance_sentences,
    carried_phrase,
    change_phrase,
    claimed,
    comparison_phrase,
    conclusion_sentence,
    diagnosis_text,
    equilibrium_phrase,
    first_phrase,
    granted,
    independence_sentence,
    index_phrase,
    label,
    one_in,
    percent,
    plain,
    premises_of,
    span,
    stated,
    support_sentence,
    variant_sentence,
    verdict_phrase,
    who,
)
from cuibono.study.parts import PARTS
from cuibono.support.withdraw import Carried, Support
from tests.report.sentences import CASES, sentences, study_of
from tests.strategies.cases import affirmed, case_of

SIGNED = re.compile(r"\b(" + "|".join(SIGN_WORDS) + r")\b")
JUDGED = "which this report does not judge: "
SHARES = st.floats(0, 1)


def shares(*values: float) -> tuple[PriorShare, ...]:
    """Shares, each under a prior of its own."""
    return tuple(
        PriorShare(prior=f"p{at}", share=value, draws=99, error=0.0)
        for at, value in enumerate(values)
    )


@pytest.mark.parametrize("name", CASES)
def test_every_sentence_with_a_sign_says_whose_it_is(name: str) -> None:
    """Granted ones name the premises, claimed ones the voice; plain ones hold no sign."""
    study = study_of(name)
    known = {claim.id for claim in study.case.claims}
    found = list(sentences(study))
    assert {item.basis for item in found} >= {"granted", "plain"}
    for item in found:
        assert set(item.claims) <= known
        if item.basis == "granted":
            assert item.text.startswith("From the premises of ")
            assert item.text.count(JUDGED) == 1
        elif item.basis == "claimed":
            assert item.text.startswith("According to ")
            assert len(item.claims) == 1
        else:
            assert item.basis == "plain"
            assert not SIGNED.search(item.text), item.text


def test_some_sentences_do_hold_signs() -> None:
    """Else the test above would test nothing."""
    texts = [
        item.text for item in sentences(study_of("rich")) if item.basis == "granted"
    ]
    assert sum(bool(SIGNED.search(text)) for text in texts) > 5
    claims = [item for item in sentences(study_of("rich")) if item.basis == "claimed"]
    assert claims


def test_every_question_of_the_study_has_what_answers_it() -> None:
    """The list of parts and the list of answerers are one."""
    assert set(_BY_PART) == set(PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_told_of_a_case_with_something_of_everything(part: str) -> None:
    """At least one sentence, that ends and is about this case."""
    found = answers_to(study_of("rich"), Question(id="q", ask=part))
    assert found
    assert all(
        sentence.text.rstrip()[-1] in ".)?!" or sentence.claims for sentence in found
    )


def test_questions_of_the_model_are_told_under_every_reading_or_the_main_one() -> None:
    """In the words of their answers."""
    study = study_of("rich")
    for ask in ("benefits", "policy", "depends", "lasts"):
        question = next(item for item in study.case.questions if item.ask == ask)
        assert len(answers_to(study, question)) == 2
        (only,) = answers_to(study, question, main_only=True)
        assert "the author" in only.text


def test_the_texts_own_word_on_the_authors_interest_is_passed_on_or_its_absence() -> (
    None
):
    """Claims that are tagged so, with their voice."""
    question = Question(id="q", ask="interest")
    (told,) = answers_to(study_of("rich"), question)
    assert told.claims == ("c7",)
    (none,) = answers_to(study_of("harbour"), question)
    assert "disclose nothing" in none.text


ANSWER = Answer(
    question="follows", id="a", title="Arda raises Cor", reading="author", verdict="x"
)


@settings(deadline=None)
@given(
    st.lists(SHARES, min_size=2, max_size=5), st.lists(SHARES, min_size=2, max_size=5)
)
def test_other_shares_make_another_sentence(
    one: list[float], other: list[float]
) -> None:
    """The range over the prior set is in the words; nothing else is made of it."""
    case = case_of()
    base = replace(ANSWER, verdict=Verdict.LEANS, reason="why")
    texts = [
        verdict_phrase(replace(base, shares=shares(*values)), case)
        for values in (one, other)
    ]
    ends = [(percent(min(v)), percent(max(v))) for v in (one, other)]
    assert (texts[0] == texts[1]) is (ends[0] == ends[1])
    for text, (low, high) in zip(texts, ends, strict=True):
        assert low in text and high in text
        assert text.startswith("leans (") and text.endswith("; why)")


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_said_in_its_own_words(verdict: Verdict) -> None:
    """Whatever stands beside it."""
    answer = replace(ANSWER, verdict=verdict, reason="why", shares=shares(0.25, 0.5))
    text = verdict_phrase(answer, case_of())
    assert text.startswith(verdict.value)
    sentence = conclusion_sentence(study_of("rich"), Reading(id="r"), answer)
    assert sentence.text.endswith(f'"Arda raises Cor": {text}.')


def test_a_missing_premise_is_named_by_its_labels_or_by_the_reason() -> None:
    """Where one of its ends is not known the reason says why."""
    case = case_of()
    gap = replace(ANSWER, verdict=Verdict.NOT_CONNECTED, missing=("arda", "cor"))
    assert "no stated path leads from Arda to Cor" in verdict_phrase(gap, case)
    for missing in (("", "cor"), ("arda", ""), None):
        text = verdict_phrase(replace(gap, missing=missing, reason="why"), case)
        assert text == "not connected (why)"
    assert verdict_phrase(replace(gap, missing=None), case) == "not connected"


def sampling(share: float, *, bound: bool = False) -> Sampling:
    """How an ensemble was drawn."""
    return Sampling(
        prior="p",
        draws=9,
        stable_share=share,
        is_bound=bound,
        chain=False,
        r_hat=1.0,
        effective=9.0,
    )


def test_how_rare_an_equilibrium_is_goes_with_what_structure_decides() -> None:
    """And with what is given by very few models."""
    certain = replace(
        ANSWER,
        verdict=Verdict.FOLLOWS_BY_STRUCTURE,
        sampling=(sampling(0.1), sampling(0.5)),
    )
    assert "1 in 10 to 1 in 2 of the models drawn" in verdict_phrase(certain, case_of())
    rare = replace(
        ANSWER,
        verdict=Verdict.LEANS,
        shares=shares(0.7),
        sampling=(sampling(1e-6, bound=True),),
    )
    assert "at most 1 in 1,000,000" in verdict_phrase(rare, case_of())
    common = replace(rare, sampling=(sampling(0.5),))
    assert "equilibrium" not in verdict_phrase(common, case_of())
    assert equilibrium_phrase(()) == ""


@settings(deadline=None)
@given(SHARES)
@example(0.995)
@example(0.005)
@example(1e-9)
def test_a_percentage_never_rounds_to_certainty(share: float) -> None:
    """0 and 100 are said of nothing else."""
    text = percent(share)
    assert (text == "0 %") is (share == 0)
    assert (text == "100 %") is (share == 1)


@settings(deadline=None)
@given(st.one_of(st.just(0.0), st.floats(1e-12, 1)))
@example(2 / 3)
@example(0.95)
def test_one_in_so_many_is_near_the_share(share: float) -> None:
    """And never one in one."""
    text = one_in(share)
    found = re.fullmatch(r"([\d,]+) in ([\d,]+)", text)
    if found is None:
        assert text == ("none found" if share == 0 else text)
        assert share == 0 or share >= 0.95
        return
    part, whole = (float(number.replace(",", "")) for number in found.groups())
    assert part < whole
    assert part / whole == pytest.approx(share, rel=0.35)


def test_a_span_tells_one_prior_a_range_and_chains_that_disagree() -> None:
    """And that nothing could be drawn."""
    assert span(()) == "no model could be drawn"
    assert "under the p0 prior alone" in span(shares(0.5))
    assert "under every prior" in span(shares(0.501, 0.502))
    assert span(shares(0.75, 0.25)) == "25 % to 75 % of stable models, by prior"
    apart = (replace(shares(0.5)[0], settled=False), *shares(0.5))
    assert span(apart).endswith("; chains disagree under p0")


CHANGE = Change(
    node="cor",
    kind=ChangeClass.LEANS,
    sign=1,
    first=1,
    open_loop=1,
    up=shares(0.7, 0.8),
    down=shares(0.3, 0.2),
    claims=(),
)


@pytest.mark.parametrize("kind", ChangeClass)
@pytest.mark.parametrize("sign", [1, -1, 0])
def test_a_change_is_told_by_its_class_and_its_way(
    kind: ChangeClass, sign: int
) -> None:
    """Shares of the way it goes; none where there is no equilibrium or no path."""
    change = replace(CHANGE, kind=kind, sign=sign, open_loop=sign or 2)
    text = change_phrase(change, case_of())
    assert text.startswith("Cor")
    if kind is ChangeClass.CERTAIN:
        assert {1: "rises", -1: "falls", 0: "is not moved"}[sign] in text
    elif kind is ChangeClass.NO_PATH:
        assert text == "Cor is not reached by any stated path"
    elif kind is ChangeClass.NO_EQUILIBRIUM:
        words = {1: "up along", -1: "down along", 0: "both ways along"}
        assert "no equilibrium" in text and words[sign] in text
    else:
        low, way = ("20 %", "falls") if sign < 0 else ("70 %", "rises")
        assert f"Cor {way} in {low}" in text and kind.value in text


@pytest.mark.parametrize(
    ("first", "sign", "wanted"),
    [
        (1, 1, ""),
        (-1, -1, ""),
        (1, -1, ", at first up"),
        (-1, 1, ", at first down"),
        (1, 0, ", at first up"),
        (2, 1, ""),
        (0, 0, ""),
    ],
)
def test_a_first_move_is_told_where_it_turns(
    first: int, sign: int, wanted: str
) -> None:
    """Else it is the same as the last."""
    assert first_phrase(replace(CHANGE, first=first, sign=sign)) == wanted


def test_a_claim_is_given_to_its_whole_chain_of_voices() -> None:
    """Author, publisher, parties by label, unnamed others; denials as such."""
    case = study_of("rich").case
    by_id = {claim.id: claim for claim in case.claims}
    assert who(case, by_id["c1"]) == "A. Writer (letter)"
    assert who(case, by_id["c3"]) == "A. Writer, who reports Cor (letter)"
    assert who(case, by_id["c8"]).endswith("reports unnamed others (letter)")
    assert who(case, by_id["c9"]) == "The Paper, of the author (letter)"
    assert "it is not so that Arda causes Cor (+)" in claimed(case, by_id["c9"]).text
    assert claimed(case, by_id["c11"]).text.endswith(": He says that it might.")
    assert who(case_of(by_id["c1"]), by_id["c1"]) == "the author of letter (letter)"
    bare = case_of(by_id["c9"])
    assert who(bare, by_id["c9"]).startswith("the publisher")
    denied = affirmed(1, "arda", "causes", "cor", "+", polarity=Polarity.DENIED)
    assert claimed(case_of(denied), denied).claims == ("c1",)


def test_premises_are_named_by_title_by_id_and_by_who_describes_them() -> None:
    """An opponent's description is marked."""
    assert premises_of(Reading(id="r")) == "the premises of the reading r"
    opponent = Reading(id="r", title="the rival", described_by_opponent=True)
    assert premises_of(opponent).endswith("the rival (as described by its opponent)")
    sentence = granted(opponent, "it holds.", ["c1"])
    assert sentence.text.endswith("does not judge: it holds.")
    assert sentence.claims == ("c1",)
    assert plain("x").claims == ()


def test_a_node_that_the_case_lacks_goes_by_its_id() -> None:
    """A label is not made up."""
    assert label(case_of(), "arda") == "Arda"
    assert label(case_of(), "nobody") == "nobody"


def test_balance_is_told_from_its_numbers() -> None:
    """Index with its proof, ties, triads, and the pairs on which the layers differ."""
    study = study_of("rich")
    item = study.reading("author")
    declared, effective, differ = balance_sentences(study, item)
    assert "the declared layer (1 tie between 2 actors) is balanced" in declared.text
    assert "no triad can be judged" in declared.text
    assert "Arda and Brun (hostile in the declared, disputed in the" in differ.text
    index = index_phrase(item.effective)
    assert f"has frustration index {index}" in effective.text
    assert "as disputed ties are settled (proven)" in index
    bound = replace(item.effective, low=2.0, high=2.0, proved=False)
    assert index_phrase(bound) == "2 (a bound, not proven)"
    three = replace(item.effective, triads=(1, 0, 1, 0), triads_disputed=1)
    (_, text, _) = balance_sentences(study, replace(item, effective=three))
    assert text.text.endswith("3 triads.")
    assert [stated(sign) for sign in (1, -1, 0, None)] == [
        *("friendly", "hostile", "disputed", "not stated"),
    ]


def test_what_drives_a_model_is_told_from_its_loops() -> None:
    """Nothing acts back, nothing damps, stable anyway, impossible."""
    found = study_of("levee").reading("plain-talk").diagnosis
    assert "2 reinforcing loops and no balancing loop" in diagnosis_text(found)
    assert "hold nothing that damps" in diagnosis_text(found)
    both = replace(found, balancing=1, unknown=2)
    assert "1 balancing loop of up to" in diagnosis_text(both)
    assert ", 2 of open sign; " in diagnosis_text(both)
    assert "damps" not in diagnosis_text(both)
    assert diagnosis_text(replace(both, sign_stable=True)).endswith(
        "stable whatever the strengths."
    )
    assert "acts back on itself" in diagnosis_text(replace(found, blocks=()))
    broken = replace(found, impossible=("a node amplifies itself",))
    assert (
        diagnosis_text(broken) == "no equilibrium can exist: a node amplifies itself."
    )


def carried(name: str, keeps: float, *, apart: bool = False) -> Carried:
    """What a withdrawal leaves."""
    return Carried(
        kind="claim",
        name=name,
        claims=(name,),
        edges=1,
        keeps=keeps,
        flips=1 - keeps,
        lost=0.0,
        disconnects=apart,
    )


def test_what_an_answer_hangs_on_is_told_from_its_shares() -> None:
    """The cut, the three heaviest, or that nothing weighs, or that nothing gives it."""
    study = study_of("rich")
    reading = study.reading(study.main).reading
    base = Support(
        conclusion="does",
        base=1.0,
        draws=9,
        cut=("c7",),
        single=tuple(carried(f"c{at}", at / 10) for at in range(1, 6)),
        groups=(),
    )
    heavy = support_sentence(study, reading, base)
    assert (
        '"Arda raises Cor": without 1 claim (c7) no stated path is left' in heavy.text
    )
    assert "c1 (keeps 10 %, flips 90 %, no equilibrium 0 %)" in heavy.text
    assert heavy.claims == ("c7", "c1", "c2", "c3")
    light = replace(base, cut=(), single=(carried("c1", 0.95),))
    text = support_sentence(study, reading, light).text
    assert "no single claim takes it away" in text and "path" not in text
    none = replace(light, draws=0, single=())
    assert (
        "no model gives what it expects" in support_sentence(study, reading, none).text
    )
    assert carried_phrase(carried("c1", 0.0, apart=True)) == (
        "then no stated path is left"
    )


def test_a_variant_tells_which_verdicts_change() -> None:
    """Against the reading with all its claims."""
    study = study_of("rich")
    reading = study.reading(study.main).reading
    base = next(item for item in study.variants if item.id == "no-author-only")
    text = variant_sentence(study, reading, base).text
    assert f"({base.dropped} claims dropped" in text
    assert (
        'changed: "Arda raises Cor" from follows by structure to not connected' in text
    )
    before = study.reading(study.main).conclusions
    same = variant_sentence(study, reading, replace(base, conclusions=before)).text
    assert same.endswith("4 of 4 verdicts stay.")


def test_a_comparison_is_told_with_its_range_or_its_gap() -> None:
    """By label."""
    gap = Comparison(
        id="c",
        title="t",
        verdict=Verdict.NOT_CONNECTED,
        shares=(),
        missing=("nobody", "cor"),
    )
    assert comparison_phrase(gap, case_of()) == "not connected (from nobody to Cor)"
    ranged = replace(gap, verdict=Verdict.LEANS, shares=shares(0.7, 0.8))
    assert comparison_phrase(ranged, case_of()) == (
        "leans (70 % to 80 % of stable models, by prior)"
    )
    bare = replace(gap, verdict=Verdict.NO_EQUILIBRIUM, missing=None)
    assert comparison_phrase(bare, case_of()) == "no equilibrium"


def test_documents_by_one_author_count_as_one_voice() -> None:
    """And the parties quoted are that author's reports of them."""
    text = independence_sentence(study_of("rich")).text
    assert "one author, A. Writer" in text and "one independent voice" in text
    three = replace(
        study_of("rich").case,
        sources=tuple(
            replace(study_of("rich").case.sources[0], id=name) for name in "abc"
        ),
    )
    text = independence_sentence(replace(study_of("rich"), case=three)).text
    assert text.startswith("All 3 sources are by one author")
    assert independence_sentence(study_of("levee")).text == (
        "2 sources, 2 outermost authors."
    )
