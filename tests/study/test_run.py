"""A whole run: which readings, which questions, what varies, and what is refused."""

from dataclasses import replace
from pathlib import Path

import pytest

from cuibono.claims.records import (
    AUTHOR,
    Alternative,
    Case,
    Conclusion,
    OpenQuestion,
    Question,
    Reading,
    Selector,
    Voice,
)
from cuibono.claims.words import Layer, Polarity, Role, Stance
from cuibono.errors import UsageError
from cuibono.formats.case import read_case
from cuibono.questions.answer import Verdict
from cuibono.questions.catalogue import QUESTIONS
from cuibono.study.parts import PARTS
from cuibono.study.records import Study
from cuibono.study.run import run_study, versions
from cuibono.study.validate import question_problems
from tests.cases import small_case
from tests.questions.models import expecting, press
from tests.strategies.cases import AUTHORS, EVERYTHING, affirmed, case_of

DRAWS = 40
COR = (AUTHOR, Voice(who="cor", role=Role.REPORTED))
CLAIMS = (
    affirmed(1, "arda", "supports", "brun", "+"),
    affirmed(2, "brun", "opposes", "dana", "-", layer=Layer.COVERT),
    affirmed(3, "dana", "causes", "cor", "+", tags=("wider",)),
    affirmed(4, "arda", "opposes", "brun", "-", layer=Layer.DECLARED),
    affirmed(5, "cor", "causes", "brun", "+", voice=COR),
)


def run(case: Case, **options: str) -> Study:
    """Study of a case with few draws."""
    return run_study(case, seed=3, draws=DRAWS, **options)  # type: ignore[arg-type]


def asking(*questions: Question, conclusions: tuple[Conclusion, ...] = ()) -> Case:
    """Case with questions and conclusions, under two readings."""
    case = case_of(*CLAIMS, readings=(AUTHORS, EVERYTHING))
    return replace(case, questions=questions, conclusions=conclusions)


def test_every_reading_is_run_and_the_first_is_the_main_one() -> None:
    """Unless one is asked for, which is then the main one."""
    case = asking()
    study = run(case)
    assert [item.reading.id for item in study.readings] == ["author", "open"]
    assert study.main == "author" and study.reading("open").reading is EVERYTHING
    one = run(case, reading="open")
    assert [item.reading.id for item in one.readings] == ["open"]
    assert one.main == "open"
    with pytest.raises(KeyError):
        one.reading("author")


def test_a_reading_that_is_not_there_is_told_with_those_that_are() -> None:
    """Nothing is drawn."""
    with pytest.raises(
        UsageError, match='no reading "nope"; this case has: author, open'
    ):
        run(asking(), reading="nope")


def test_questions_of_the_study_itself_are_not_asked_of_a_model() -> None:
    """Those of the catalogue are, under every reading."""
    study = run(
        asking(
            Question(id="t", ask="ties"),
            Question(id="q", ask="benefits", inputs=(("press", "Arda=+1"),)),
        )
    )
    for item in study.readings:
        assert [(answer.id, answer.title) for answer in item.answers] == [("q", "q")]


def test_a_conclusion_is_asked_of_the_readings_that_it_names() -> None:
    """Of all, if it names none."""
    everywhere = expecting(press(arda=1), brun="+")
    once = replace(everywhere, id="once", readings=("open",))
    study = run(asking(conclusions=(everywhere, once)))
    assert [len(item.conclusions) for item in study.readings] == [1, 2]
    assert [item.conclusion for item in study.support] == ["said"]


def test_variants_drop_kinds_of_claims_from_the_main_reading() -> None:
    """How many claims fell, and what is left of the conclusions."""
    said = expecting(press(arda=1), dana="-")
    found = {item.id: item for item in run(asking(conclusions=(said,))).variants}
    assert set(found) == {"no-covert", "no-author-only", "no-predicted", "no-wider"}
    assert {name: (item.dropped, item.links) for name, item in found.items()} == {
        "no-covert": (1, 4),
        "no-author-only": (4, 1),
        "no-predicted": (0, 5),
        "no-wider": (1, 4),
    }
    verdicts = {name: item.conclusions[0].verdict for name, item in found.items()}
    assert verdicts["no-covert"] == Verdict.NOT_CONNECTED
    assert verdicts["no-wider"] == verdicts["no-predicted"] != Verdict.NOT_CONNECTED


def test_parts_are_merged_into_their_wholes_in_the_claims_and_what_is_asked() -> None:
    """Chains of parts end at the last whole; a conclusion speaks of the whole then."""
    said = expecting(press(arda=1), cor="+")
    case = asking(
        conclusions=(
            replace(
                said,
                alternatives=(Alternative(id="a", do=press(brun=1)),),
            ),
        )
    )
    assert [item.id for item in run(case).variants][-1] != "merged"
    nodes = tuple(
        replace(node, part_of={"arda": "brun", "brun": "dana"}.get(node.id, ""))
        for node in case.nodes
    )
    merged = run(replace(case, nodes=nodes)).variants[-1]
    assert (merged.id, merged.links) == ("merged", 2)
    (answer,) = merged.conclusions
    assert answer.verdict == Verdict.FOLLOWS_BY_STRUCTURE
    assert [other.verdict for other in answer.comparisons] == [
        Verdict.FOLLOWS_BY_STRUCTURE
    ]


def test_layers_are_told_apart_and_where_they_differ() -> None:
    """A pair friendly in one and hostile in the other."""
    study = run(asking())
    (found,) = study.readings[0].disagreements
    assert (found.one, found.other) == ("arda", "brun")
    assert (found.declared, found.effective) == (-1, 1)
    assert found.claims == ("c1", "c4")


def test_what_a_voice_denies_is_held_against_the_model() -> None:
    """Gone against, kept, kept for want of a path, open, or not in the model."""
    base = {"polarity": Polarity.DENIED}
    case = case_of(
        affirmed(1, "arda", "causes", "brun", "+"),
        affirmed(2, "brun", "causes", "cor", "+"),
        affirmed(3, "arda", "causes", "cor", "-"),
        affirmed(11, "arda", "causes", "brun", "+", **base),
        affirmed(12, "arda", "causes", "brun", "-", **base),
        affirmed(13, "brun", "causes", "arda", "+", **base),
        affirmed(14, "arda", "causes", "cor", "+", **base),
        affirmed(15, "dana", "causes", "cor", "+", **base),
        affirmed(16, "arda", "causes", "brun", "?", **base),
    )
    (item,) = run(case).readings
    assert item.denials[0].constraint.voice == "author"
    assert {part.constraint.claim: part.outcome for part in item.denials} == {
        "c11": "gone against",
        "c12": "kept",
        "c13": "kept: no stated path",
        "c14": "open",
        "c15": "not in the model",
        "c16": "open",
    }


def test_no_denial_is_judged_by_a_model_without_equilibrium() -> None:
    """It stays open."""
    case = case_of(
        affirmed(1, "arda", "causes", "arda", "+"),
        affirmed(2, "arda", "causes", "brun", "+"),
        affirmed(3, "arda", "causes", "brun", "+", polarity=Polarity.DENIED),
    )
    (item,) = run(case).readings
    assert [part.outcome for part in item.denials] == ["open"]
    assert item.diagnosis.impossible and item.diagnosis.impossible_loops
    assert item.diagnosis.sampling == ()


def test_an_empty_case_is_answered_without_an_exception() -> None:
    """No claim, no node, no link, and every question asked of it."""
    said = expecting(press(arda=1), brun="+")
    case = replace(
        case_of(),
        questions=(
            Question(id="q1", ask="benefits", inputs=(("press", "arda"),)),
            Question(id="q2", ask="depends", inputs=(("pair", "arda, brun"),)),
            Question(id="q3", ask="lasts", inputs=(("of", "arda"),)),
            Question(id="q4", ask="policy", inputs=(("remove", "arda"),)),
        ),
        conclusions=(said,),
        pairs=(("arda", "brun"),),
    )
    (item,) = run(case).readings
    assert {answer.verdict for answer in item.answers} == {Verdict.NOT_CONNECTED}
    assert [answer.verdict for answer in item.conclusions] == [Verdict.NOT_CONNECTED]
    assert item.few_links and item.declared.balanced and not item.diagnosis.loops


def test_open_questions_and_texts_and_timing_are_passed_on() -> None:
    """With the versions of all that computes."""
    case = replace(asking(), open_questions=(OpenQuestion(title="Q", reason="R"),))
    study = run_study(case, draws=DRAWS, texts={"letter": "words"})
    assert study.open_questions == (("Q", "R"),)
    assert study.texts == {"letter": "words"}
    assert {name for name, _ in study.timing} >= {"reading author", "support"}
    names = [name for name, _ in versions()]
    assert names == ["cuibono", "python", "numpy", "numba", "highspy"]


def test_progress_is_told_from_the_first_part_to_the_last() -> None:
    """Counting up to the number of parts."""
    told: list[tuple[str, int, int]] = []
    run_study(asking(), draws=DRAWS, progress=lambda *part: told.append(part))
    assert [at for _, at, _ in told] == [0, 1, 2, 3, 4]
    assert {of for *_, of in told} == {4}
    assert told[-1][0] == "done"


GOOD = {
    "benefits": (("press", "arda=+1"),),
    "policy": (("remove", "arda"), ("of", "brun")),
    "depends": (("pair", "arda, brun"),),
    "lasts": (("of", "arda"),),
}


@pytest.mark.parametrize("ask", [*PARTS, *(kind.name for kind in QUESTIONS)])
def test_every_question_that_can_be_asked_is_known(ask: str) -> None:
    """Parts take no inputs."""
    inputs = GOOD.get(ask, ())
    assert not question_problems(asking(Question(id="q", ask=ask, inputs=inputs)))


@pytest.mark.parametrize(
    ("question", "column", "found", "mend"),
    [
        (
            Question(id="q", ask="benefitz"),
            "question q: ask",
            '"benefitz"',
            '"benefits"',
        ),
        (Question(id="q", ask="tie"), "question q: ask", '"tie"', '"ties"'),
        (
            Question(id="q", ask="benefits", inputs=(("pres", "arda"),)),
            "question q: inputs",
            '"pres"',
            "cuibono ask CASE benefits",
        ),
        (
            Question(id="q", ask="depends", inputs=(("pair", "arda"),)),
            "question q: inputs",
            "give a pair of two nodes",
            "cuibono ask CASE depends",
        ),
        (
            Question(id="q", ask="lasts", inputs=(("of", "nobody"),)),
            "question q: inputs",
            'no node "nobody"',
            "cuibono ask CASE lasts",
        ),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_where_it_stands(
    question: Question, column: str, found: str, mend: str
) -> None:
    """Before anything is run."""
    problems = list(question_problems(asking(question)))
    assert any(
        p.column == column and found in p.found and mend in p.mend for p in problems
    ), problems


def test_a_case_on_disk_runs_whole(tmp_path: Path) -> None:
    """From files to verdicts."""
    study = run(read_case(small_case(tmp_path)))
    (answer,) = study.readings[0].conclusions
    assert answer.verdict == Verdict.FOLLOWS_BY_STRUCTURE
    assert study.support[0].cut and study.agreement is None


def test_a_reading_of_an_opponent_keeps_its_mark() -> None:
    """The report says by whom it is described."""
    reading = Reading(
        id="rival",
        include=(Selector(stance=(Stance.REPORTS,)),),
        described_by_opponent=True,
    )
    study = run(case_of(*CLAIMS, readings=(reading,)))
    assert study.readings[0].reading.described_by_opponent
