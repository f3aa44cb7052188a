"""Conclusions of merged models speak of the wholes."""

from dataclasses import replace

from cuibono.claims.records import Action, Alternative, LinkChange
from cuibono.study.merge import APART, merged_action, merged_conclusion
from tests.questions.models import expecting, press

WHOLES = {"wing": "party", "guard": "party", "party": "state"}


def whole(name: str) -> str:
    """Last whole of a node."""
    while name in WHOLES:
        name = WHOLES[name]
    return name


def test_an_action_on_parts_is_one_on_their_whole() -> None:
    """Pushes keep their sizes, nodes come once, links within the whole drop out."""
    action = Action(
        press=(("wing", 1.0), ("guard", -2.0)),
        pulse=(("party", 1.0),),
        remove=("wing", "guard", "arda"),
        clamp=("guard",),
        add=(
            LinkChange(tail="wing", head="guard"),
            LinkChange(tail="wing", head="arda"),
            LinkChange(tail="guard", head="guard"),
        ),
        cut=(LinkChange(tail="arda", head="party"),),
    )
    assert merged_action(action, whole) == Action(
        press=(("state", 1.0), ("state", -2.0)),
        pulse=(("state", 1.0),),
        remove=("state", "arda"),
        clamp=("state",),
        add=(
            LinkChange(tail="state", head="arda"),
            LinkChange(tail="state", head="state"),
        ),
        cut=(LinkChange(tail="arda", head="state"),),
    )


def test_a_conclusion_on_parts_is_one_on_their_whole() -> None:
    """Alternatives too; a node without a whole stays."""
    other = Alternative(id="a", do=press(guard=-1))
    said = expecting(press(wing=1), alternatives=(other,), guard="+", arda="-")
    found = merged_conclusion(said, whole)
    assert found.do == press(state=1)
    assert found.expect == (("state", "+"), ("arda", "-"))
    assert found.alternatives[0].do == press(state=-1)
    assert found.untestable == ""


def test_parts_expected_to_move_apart_cannot_be_asked_of_their_whole() -> None:
    """Unless it could not be asked before, for a reason of its own."""
    said = expecting(press(arda=1), wing="+", guard="-")
    assert merged_conclusion(said, whole).untestable == APART
    own = replace(said, untestable="it names no date")
    assert merged_conclusion(own, whole).untestable == "it names no date"
    alike = expecting(press(arda=1), wing="+", guard="+")
    assert merged_conclusion(alike, whole).expect == (("state", "+"),)
