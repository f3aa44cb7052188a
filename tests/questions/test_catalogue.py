"""Every question of the list: its inputs are read, misuse is named, emptiness answered."""

import pytest

from cuibono.claims.records import Action, LinkChange
from cuibono.claims.words import Sign
from cuibono.errors import UsageError
from cuibono.questions.answer import Verdict
from cuibono.questions.catalogue import (
    QUESTIONS,
    QuestionKind,
    action_of,
    node_named,
    question_kind,
)
from tests.questions.models import CHAIN, lens_of

NAMES = {
    "arda": "arda",
    "house of arda": "arda",
    "brun": "brun",
    "cor": "cor",
    "valley": "valley",
}
GOOD: dict[str, dict[str, str]] = {
    "benefits": {"press": "arda=+1", "of": "cor"},
    "policy": {"press": "Arda", "cut": "brun > cor", "of": "brun, cor"},
    "depends": {"pair": "House of Arda, brun"},
    "lasts": {"of": "brun", "without": "arda"},
}
BAD: list[tuple[str, dict[str, str], str]] = [
    ("benefits", {}, "nothing is done"),
    ("benefits", {"of": "cor"}, "nothing is done"),
    (
        "benefits",
        {"press": "ard=+1"},
        'no node "ard" in this case. did you mean "arda"',
    ),
    ("benefits", {"press": "arda=up by 2"}, 'push "arda=up by 2": write name=\\+1'),
    ("benefits", {"press": "arda="}, 'push "arda=": write'),
    ("benefits", {"press": "arda=0"}, 'push "arda=0": a push is a number other than 0'),
    ("benefits", {"press": "arda=nan"}, "a number other than 0"),
    ("benefits", {"press": "arda=1e9"}, "a number other than 0"),
    ("benefits", {"press": "arda", "of": "nobody"}, 'no node "nobody" in this case'),
    ("policy", {}, "nothing is done"),
    ("policy", {"remove": "nobody"}, 'no node "nobody"'),
    ("policy", {"clamp": "nobody"}, 'no node "nobody"'),
    ("policy", {"add": "arda brun"}, 'link "arda brun": write from > to \\+'),
    ("policy", {"add": "arda >"}, 'link "arda >": write'),
    ("policy", {"add": "arda > brun 0"}, 'link "arda > brun 0": write'),
    ("policy", {"cut": "arda > nobody"}, 'no node "nobody"'),
    ("depends", {}, "depends: give a pair of two nodes"),
    ("depends", {"pair": "arda"}, "depends: give a pair of two nodes"),
    ("depends", {"pair": "arda, brun, cor"}, "depends: give a pair of two nodes"),
    ("depends", {"pair": "arda, House of Arda"}, "depends: give a pair of two nodes"),
    ("depends", {"pair": "arda, nobody"}, 'no node "nobody"'),
    ("lasts", {}, "lasts: give one node"),
    ("lasts", {"of": "arda, brun"}, "lasts: give one node"),
    ("lasts", {"of": "arda", "without": "nobody"}, 'no node "nobody"'),
]


@pytest.mark.parametrize("kind", QUESTIONS, ids=lambda kind: kind.name)
def test_every_question_reads_its_inputs_and_answers_by_name(
    kind: QuestionKind,
) -> None:
    """Labels and aliases are as good as ids; the answer bears its id and title."""
    answer = kind.ask(lens_of(CHAIN), "q1", "In words", GOOD[kind.name], NAMES)
    assert (answer.question, answer.id) == (kind.name, "q1")
    assert answer.title == "In words"
    assert answer.verdict and answer.claims
    assert set(GOOD[kind.name]) <= {name for name, _ in kind.inputs}


@pytest.mark.parametrize("kind", QUESTIONS, ids=lambda kind: kind.name)
def test_every_question_is_answered_of_a_reading_that_states_nothing(
    kind: QuestionKind,
) -> None:
    """Without an exception: the nodes are of the case, though not of the reading."""
    answer = kind.ask(lens_of([], names=()), "q1", "t", GOOD[kind.name], NAMES)
    assert answer.verdict is Verdict.NOT_CONNECTED
    assert answer.reason and not answer.changes


@pytest.mark.parametrize("kind", QUESTIONS, ids=lambda kind: kind.name)
def test_every_question_says_what_it_asks_and_shows_an_example(
    kind: QuestionKind,
) -> None:
    """The help and the reference print it."""
    assert kind.says
    assert kind.example.startswith(f"cuibono ask CASE {kind.name} --")
    assert all(name and says for name, says in kind.inputs)
    assert question_kind(kind.name) is kind


@pytest.mark.parametrize(("name", "inputs", "message"), BAD)
def test_inputs_that_do_not_fit_are_named(
    name: str, inputs: dict[str, str], message: str
) -> None:
    """Before anything is drawn, and again when asked."""
    kind = question_kind(name)
    with pytest.raises(UsageError, match=message):
        kind.reads(inputs, NAMES)
    with pytest.raises(UsageError, match=message):
        kind.ask(lens_of(CHAIN), "q", "t", inputs, NAMES)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("benefit", 'no question "benefit". did you mean "benefits"'),
        ("zzz", 'no question "zzz". known: follows, benefits, depends, policy, lasts'),
    ],
)
def test_a_question_that_is_not_there_is_told_with_those_that_are(
    text: str, message: str
) -> None:
    """A near miss is suggested."""
    with pytest.raises(UsageError, match=message):
        question_kind(text)


def test_a_whole_action_is_read_from_its_inputs() -> None:
    """Sizes, words for up and down, signs in words, names with spaces."""
    inputs = {
        "press": "arda=+2, House of Arda=-0.5, brun, cor=down",
        "pulse": "valley=-",
        "remove": "Cor",
        "clamp": "brun , valley",
        "add": "arda > House of Arda -, brun > cor harms, cor > valley",
        "cut": "arda > brun, ",
    }
    assert action_of(inputs, NAMES) == Action(
        press=(("arda", 2.0), ("arda", -0.5), ("brun", 1.0), ("cor", -1.0)),
        pulse=(("valley", -1.0),),
        remove=("cor",),
        clamp=("brun", "valley"),
        add=(
            LinkChange(tail="arda", head="arda", sign=Sign.MINUS),
            LinkChange(tail="brun", head="cor", sign=Sign.MINUS),
            LinkChange(tail="cor", head="valley"),
        ),
        cut=(LinkChange(tail="arda", head="brun"),),
    )
    assert action_of({}, NAMES) == Action()


def test_a_node_goes_by_any_spelling_of_its_names() -> None:
    """Case and spaces do not matter; a name far from any gets no suggestion."""
    assert node_named("  HOUSE of  Arda ", NAMES) == "arda"
    with pytest.raises(UsageError, match=r'no node "xyzzy" in this case\.$'):
        node_named("xyzzy", NAMES)
