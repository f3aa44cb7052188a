"""Which claims carry a conclusion, in words and as JSON."""

import pytest

from cuibono.cli.main import COMMANDS
from cuibono.formats.case import read_case
from cuibono.report.carries_words import carries_sentences
from cuibono.study.carries import carried_answer
from tests.cli.calls import DRAWS, LEVEE, done, refused

Capsys = pytest.CaptureFixture[str]
RAISED, LOWERED = "levees-raise-damage", "levees-lower-damage"


def test_the_document_names_links_claims_and_levels(capsys: Capsys) -> None:
    """Everything that the text has, and the sets that it leaves out."""
    document = done(capsys, "carries", LEVEE, RAISED, "--json", *DRAWS).document
    assert document["schema"] == "cuibono/carries/1"
    assert (document["case"], document["reading"]) == ("levee-effect", "plain-talk")
    assert (document["conclusion"], document["seed"]) == (RAISED, 2014)
    found = document["carriers"]
    assert [cut["by"] for cut in found["cuts"]] == ["claim", "voice", "source"]
    cut = found["cuts"][0]
    assert cut["checked"] and cut["bound"] == len(cut["names"]) == 2
    assert {link["sign"] for path in cut["paths"] for link in path} <= {"+", "-", "?"}
    kinds = [(item["change"], item["given"]) for item in found["flip_sets"]]
    assert kinds == [
        (change, given)
        for change in ("withdrawal", "reversal")
        for given in (False, True)
    ]
    for item in found["flip_sets"]:
        assert item["size"] == 3 and 0 <= item["error"] <= 0.05
        for one in item["sets"]:
            assert sum(one["shares"].values()) == pytest.approx(1.0)
            assert all(link["claims"] for link in one["edges"])
    assert set(found["shapley"]) == {"claim", "voice", "source", "layer"}
    assert found["conditions"][0]["node"] == "flood-damage"
    assert found["independent_support"] and found["dropped"] and found["drawn_anew"]


def test_the_same_seed_prints_the_same_bytes(capsys: Capsys) -> None:
    """And another seed other shares."""
    call = ("carries", LEVEE, RAISED, "--reading", "open", "--json", *DRAWS)
    first = done(capsys, *call).out
    assert done(capsys, *call).out == first
    assert done(capsys, *call, "--seed", "5").out != first


@pytest.mark.parametrize("question", [RAISED, LOWERED])
def test_the_text_names_whose_premises_it_grants(capsys: Capsys, question: str) -> None:
    """Once, before everything else."""
    called = done(capsys, "carries", LEVEE, question, "--max-size", "2", *DRAWS)
    first, *rest = called.out.splitlines()
    assert first.startswith("From the premises of the columnist, which this report")
    assert all(line.startswith(("  - ", "    ")) for line in rest)
    told = " ".join(called.out.split())
    assert "no stated path is left" in told
    assert "Shapley shares by claim" in told
    assert "up to 2 claims at a time" in told
    assert "outermost author" in told
    assert called.err == "seed 2014, 40 models for each prior\n"


@pytest.mark.parametrize("reading", ["plain-talk", "river-board", "open"])
@pytest.mark.parametrize("question", [RAISED, LOWERED])
def test_every_sentence_is_from_somebodys_premises(reading: str, question: str) -> None:
    """None asserts a sign of its own; each names claims of the case alone."""
    case = read_case(LEVEE)
    found = carried_answer(case, question, reading=reading, draws=40)
    known = {claim.id for claim in case.claims}
    for sentence in carries_sentences(found):
        assert sentence.basis == "granted"
        assert "which this report does not judge" in sentence.text
        assert set(sentence.claims) <= known


def test_what_no_model_answers_is_said_to_be_carried_by_nothing(
    capsys: Capsys,
) -> None:
    """The verdict is still told, with what is missing."""
    call = ("carries", LEVEE, "buy-out-lowers-damage", "--reading", "river-board")
    document = done(capsys, *call, "--json", *DRAWS).document
    text = done(capsys, *call, *DRAWS).out
    if document["carriers"] is None:
        assert "no model stands behind an answer" in " ".join(text.split())
        assert document["answer"]["verdict"] in text


def test_misuse_names_what_there_is(capsys: Capsys) -> None:
    """Unknown reading, unknown conclusion."""
    assert "carries" in COMMANDS
    message = refused(capsys, "carries", LEVEE, "nope")
    assert 'no conclusion "nope"; this case has: buy-out-lowers-damage' in message
    message = refused(capsys, "carries", LEVEE, RAISED, "--reading", "nope")
    assert 'no reading "nope"; this case has: plain-talk' in message
    assert "--max-size" in refused(capsys, "carries", LEVEE, RAISED, "--max-size", "9")
