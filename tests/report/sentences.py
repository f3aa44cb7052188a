"""Studies of small cases, and every sentence that a report makes of them."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from cuibono.claims.records import (
    AUTHOR,
    Alternative,
    Case,
    OpenQuestion,
    Question,
    Reading,
    Selector,
    Source,
    Voice,
)
from cuibono.claims.words import Layer, Modality, Polarity, Role, Stance
from cuibono.formats.case import read_case
from cuibono.report.asked import answers_to
from cuibono.report.words import (
    Sentence,
    balance_sentences,
    coding_sentence,
    conclusion_sentence,
    diagnosis_sentence,
    independence_sentence,
    support_sentence,
    variant_sentence,
)
from cuibono.study.parts import PARTS
from cuibono.study.records import Study
from cuibono.study.run import run_study
from tests.questions.models import expecting, press
from tests.strategies.cases import affirmed, case_of

ROOT = Path(__file__).parents[2]
CASES = ("levee", "harbour", "rich", "empty")
COR = (AUTHOR, Voice(who="cor", role=Role.REPORTED))
PUBLISHER = (Voice(who="publisher", role=Role.PUBLISHER),)
UNNAMED = (*COR, Voice(who="unnamed:some-1", role=Role.UNNAMED))


def asking(case: Case) -> Case:
    """The case with a question for every part, and one of each of the model."""
    inputs = {
        "benefits": (("press", "arda=+1"),),
        "policy": (("remove", "brun"), ("of", "dana")),
        "depends": (("pair", "arda, brun"),),
        "lasts": (("of", "brun"), ("without", "arda")),
    }
    parts = tuple(
        Question(id=f"q-{name}", ask=name, title=says) for name, says in PARTS.items()
    )
    modelled = tuple(
        Question(id=f"q-{ask}", ask=ask, inputs=given) for ask, given in inputs.items()
    )
    return replace(case, questions=(*parts, *modelled))


def rich_case() -> Case:
    """Case with something of everything: layers, voices, denials, labels, predictions."""
    claims = (
        affirmed(1, "arda", "supports", "brun", "+"),
        affirmed(2, "arda", "opposes", "brun", "-", layer=Layer.DECLARED),
        affirmed(3, "brun", "opposes", "dana", "-", voice=COR),
        affirmed(4, "dana", "supports", "arda", "+", layer=Layer.COVERT),
        affirmed(5, "brun", "supports", "arda", "+", source="speech"),
        affirmed(6, "brun", "opposes", "arda", "-", source="speech"),
        affirmed(7, "arda", "causes", "cor", "+", tags=("wider", "disclosure")),
        affirmed(8, "arda", "labels", "cor", "0", voice=UNNAMED),
        affirmed(
            9, "arda", "causes", "cor", "+", polarity=Polarity.DENIED, voice=PUBLISHER
        ),
        affirmed(
            10,
            *("arda", "causes", "brun", "+"),
            modality=Modality.PREDICTED,
            resolves_by="2030",
            would_count_as="Brun grows",
        ),
        affirmed(
            11,
            "arda",
            "causes",
            "dana",
            "-",
            modality=Modality.CONDITIONAL,
            paraphrase="He says that it might.",
        ),
        affirmed(12, "cor", "causes", "brun", "+"),
        affirmed(13, "arda", "supports", "dana", "+", stance=Stance.REJECTS, voice=COR),
    )
    said = replace(expecting(press(arda=1), cor="+"), claims=("c10",))
    conclusions = (
        replace(
            said,
            id="does",
            title="Arda raises Cor",
            alternatives=(
                Alternative(id="none", do=press(nobody=1)),
                Alternative(id="less", title="pushing Arda down", do=press(arda=-1)),
            ),
        ),
        replace(said, id="doubtful", expect=(("brun", "+"),)),
        replace(said, id="wrong", expect=(("cor", "-"),)),
        replace(said, id="untold", untestable="it names no node"),
    )
    readings = (
        Reading(
            id="author",
            title="the author",
            include=(Selector(stance=(Stance.ENDORSES,)),),
            note="As coded.",
        ),
        Reading(
            id="rival",
            include=(Selector(reported=True),),
            described_by_opponent=True,
        ),
    )
    case = replace(
        case_of(*claims, readings=readings),
        title="Arda and the others",
        conclusions=conclusions,
        pairs=(("arda", "brun"), ("arda", "cor")),
        open_questions=(OpenQuestion(title="Does it hold?", reason="No record."),),
        sources=(
            Source(id="letter", author="A. Writer", publisher="The Paper"),
            Source(id="speech", author="A. Writer"),
        ),
        nodes=tuple(
            replace(node, part_of="arda") if node.id == "dana" else node
            for node in case_of().nodes
        ),
    )
    return asking(case)


@cache
def study_of(name: str) -> Study:
    """Study of one of the cases, run once."""
    if name == "levee":
        case = read_case(ROOT / "cases/levee-effect")
    elif name == "harbour":
        case = read_case(ROOT / "cases/harbour/claims.csv")
    elif name == "rich":
        case = rich_case()
    else:
        case = asking(replace(case_of(), title="Nothing", pairs=(("arda", "brun"),)))
    return run_study(case, seed=5, draws=40)


def sentences(study: Study) -> Iterator[Sentence]:
    """Every sentence of a report."""
    yield coding_sentence(study)
    yield independence_sentence(study)
    for item in study.readings:
        yield from balance_sentences(study, item)
        yield diagnosis_sentence(item)
        for answer in item.conclusions:
            yield conclusion_sentence(study, item.reading, answer)
    main = study.reading(study.main).reading
    yield from (support_sentence(study, main, item) for item in study.support)
    yield from (variant_sentence(study, main, item) for item in study.variants)
    for name in PARTS:
        yield from answers_to(study, Question(id=name, ask=name))
    for question in study.case.questions:
        yield from answers_to(study, question)
