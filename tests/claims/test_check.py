"""What makes a case valid: every fault is told, at its place, with what would mend it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from cuibono.claims.check import action_nodes, check_case
from cuibono.claims.quotes import anchor_at
from cuibono.claims.records import (
    AUTHOR,
    Action,
    Alternative,
    Anchor,
    Case,
    Claim,
    Conclusion,
    EdgeOverride,
    LinkChange,
    Node,
    Reading,
    Selector,
    TimeStated,
    Voice,
)
from cuibono.claims.words import Layer, NodeKind, Role
from cuibono.errors import CaseFileError, Problem, Problems
from tests.strategies.cases import (
    EVERYTHING,
    NAMES,
    NODES,
    affirmed,
    case_of,
    random_claims,
)

TEXT = "Arda feeds Brun. Cor says that Brun raids the valley."
CLAIM = replace(
    affirmed(1, "arda", "supports", "brun", "+"), file="claims.csv", row=2, anchor=None
)
HASH = "0" * 64
DO = Action(
    press=(("arda", 1.0),),
    pulse=(("brun", -1.0),),
    remove=("cor",),
    clamp=("dana",),
    add=(LinkChange(tail="arda", head="cor"),),
    cut=(LinkChange(tail="dana", head="brun"),),
)
SAID = Conclusion(id="said", title="t", claims=("c1",), expect=(("brun", "+"),))


def problems_of(case: Case, texts: dict[str, str] | None = None) -> list[Problem]:
    """Problems of a case as a list."""
    return list(check_case(case, texts))


def claimed(**change: object) -> Case:
    """Valid case of one claim, with some of its fields changed."""
    return case_of(replace(CLAIM, **change))  # type: ignore[arg-type]


def with_nodes(*nodes: Node) -> Case:
    """Case of one claim with further nodes."""
    return replace(case_of(CLAIM), nodes=(*NODES, *nodes))


def with_reading(selector: Selector) -> Case:
    """Case of one claim under a reading with one selector."""
    return case_of(CLAIM, readings=(Reading(id="r", include=(selector,)),))


def concluding(**change: object) -> Case:
    """Case of one claim with one conclusion, some of its fields changed."""
    item = replace(SAID, **change)  # type: ignore[arg-type]
    return replace(case_of(CLAIM), conclusions=(item,))


def node(name: str, **fields: str) -> Node:
    """An actor by id."""
    given = {"label": name, "part_of": "", **fields}
    return Node(
        id=name, label=given["label"], kind=NodeKind.ACTOR, part_of=given["part_of"]
    )


FAULTS: dict[str, tuple[Case, str, str, str]] = {
    "id of two nodes": (with_nodes(node("ARDA")), "id", '"arda" 2 times', "merge"),
    "label of two nodes": (
        with_nodes(node("eska", label="Brun")),
        "aliases",
        '"Brun" for brun and for eska',
        "take it from one",
    ),
    "whole that is no node": (
        with_nodes(node("eska", part_of="ardo")),
        "part_of",
        '"ardo"',
        'did you mean "arda"?',
    ),
    "whole far from any node": (
        with_nodes(node("eska", part_of="xyzzy")),
        "part_of",
        '"xyzzy"',
        "add the node",
    ),
    "unknown source": (claimed(source="leter"), "source", '"leter"', '"letter"'),
    "source far from any": (claimed(source="xyz"), "source", '"xyz"', "sources/xyz"),
    "unknown subject": (claimed(subject="ardaa"), "subject", '"ardaa"', '"arda"'),
    "object far from any": (claimed(object="xyzzy"), "object", '"xyzzy"', "add a row"),
    "unknown start of an arrow": (
        claimed(edge=EdgeOverride(tail="nobody", head="arda", sign=CLAIM.sign)),
        "edge_from",
        '"nobody"',
        "add a row",
    ),
    "unknown end of an arrow": (
        claimed(edge=EdgeOverride(tail="arda", head="nobody", sign=CLAIM.sign)),
        "edge_to",
        '"nobody"',
        "add a row",
    ),
    "misspelt predicate": (
        claimed(predicate="suports"),
        "predicate",
        '"suports"',
        '"supports"',
    ),
    "predicate far from any": (
        claimed(predicate="zzz"),
        "predicate",
        '"zzz"',
        "add it to codebook.toml",
    ),
    "chain without an author": (
        claimed(voice=(Voice(who="cor", role=Role.REPORTED),)),
        "voice",
        '"cor" first',
        "author > cor",
    ),
    "voice that is no node": (
        claimed(voice=(AUTHOR, Voice(who="somebody", role=Role.REPORTED))),
        "voice",
        '"somebody"',
        "unnamed:somebody",
    ),
    "long hedge of a text not kept": (
        claimed(anchor=Anchor(start=0, end=4, exact_sha256=HASH), hedge="a b c d e f"),
        "hedge",
        "6 words",
        "keep the deciding words",
    ),
    "long time of a text not kept": (
        claimed(
            anchor=Anchor(start=0, end=4, exact_sha256=HASH),
            time=TimeStated(stated="in the year of the flood"),
        ),
        "time_stated",
        "6 words",
        "keep the deciding words",
    ),
    "reading of an unknown source": (
        with_reading(Selector(source=("speach",))),
        "reading r: source",
        '"speach"',
        '"speech"',
    ),
    "reading of an unknown claim": (
        with_reading(Selector(claims=("c77",))),
        "reading r: claims",
        '"c77"',
        "correct or remove it",
    ),
    "reading of an unknown predicate": (
        with_reading(Selector(predicate=("zzz",))),
        "reading r: predicate",
        '"zzz"',
        "correct or remove it",
    ),
    "reading of everything": (
        with_reading(Selector()),
        "reading r",
        "selects everything",
        "[[reading.include]]",
    ),
    "reading of nothing": (
        case_of(CLAIM, readings=(Reading(id="r"),)),
        "reading r",
        "selects everything",
        "[[reading.include]]",
    ),
    "conclusion of an unknown claim": (
        concluding(claims=("c9",)),
        "conclusion said: claims",
        '"c9"',
        "correct or remove it",
    ),
    "conclusion on an unknown node": (
        concluding(expect=(("brunn", "+"),)),
        "conclusion said: nodes",
        '"brunn"',
        '"brun"',
    ),
    "alternative on an unknown node": (
        concluding(alternatives=(Alternative(id="a", do=Action(remove=("ardo",))),)),
        "conclusion said: nodes",
        '"ardo"',
        '"arda"',
    ),
    "conclusion of an unknown reading": (
        concluding(readings=("opn",)),
        "conclusion said: readings",
        '"opn"',
        '"open"',
    ),
    "pair of an unknown node": (
        replace(case_of(CLAIM), pairs=(("arda", "zzz"),)),
        "pair",
        '"zzz"',
        "correct or remove it",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_once_with_its_remedy(name: str) -> None:
    """Its column, what was found, what mends it."""
    case, column, found, mend = FAULTS[name]
    mine = [p for p in problems_of(case) if p.column == column and found in p.found]
    assert len(mine) == 1, problems_of(case)
    assert mend in mine[0].mend


@settings(deadline=None)
@given(random_claims())
def test_a_case_of_sound_claims_has_no_problem(claims: tuple[Claim, ...]) -> None:
    """Whatever they say."""
    assert problems_of(case_of(*claims)) == []


def test_parts_in_a_ring_are_each_told() -> None:
    """A chain of three wholes that comes back is no whole."""
    ring = [node("x", part_of="y"), node("y", part_of="z"), node("z", part_of="x")]
    outside = node("w", part_of="x")
    found = problems_of(with_nodes(*ring, outside))
    assert [problem.found.split('"')[1] for problem in found] == ["x", "y", "z"]


def test_an_id_comes_once_in_a_file_and_may_come_in_two() -> None:
    """Two coders who code the same agree; one who codes it twice errs."""
    twin = replace(CLAIM, row=3)
    assert [p.column for p in problems_of(case_of(CLAIM, twin))] == ["id"]
    elsewhere = replace(twin, file="other.csv")
    assert problems_of(case_of(CLAIM, elsewhere)) == []
    coded = replace(case_of(CLAIM), coded=(elsewhere, replace(elsewhere, row=9)))
    assert [p.row for p in problems_of(coded)] == [9]


def test_what_a_coder_wrote_is_checked_beside_what_is_in_force() -> None:
    """A row that is both is told of once."""
    bad = replace(CLAIM, predicate="zzz")
    case = replace(case_of(bad), coded=(bad,))
    assert len(problems_of(case)) == 1


def test_a_conclusion_may_rest_only_on_claims_in_force() -> None:
    """One coder's own claim is none."""
    own = replace(CLAIM, id="c2", row=3)
    case = replace(concluding(claims=("c2",)), coded=(own,))
    assert [p.column for p in problems_of(case)] == ["conclusion said: claims"]


def test_anchors_hold_in_the_texts_at_hand() -> None:
    """Positions within the text, and the words that were quoted; context too."""
    good = anchor_at(TEXT, 0, 15, keep=True)
    assert problems_of(claimed(anchor=good), {"letter": TEXT}) == []
    long = Anchor(start=0, end=900)
    (found,) = problems_of(claimed(anchor=long), {"letter": TEXT})
    assert found.column == "end" and f"at most {len(TEXT)}" in found.expected
    (found,) = problems_of(claimed(anchor=good), {"letter": "X" + TEXT})
    assert found.column == "exact" and "other words at 0 to 15" in found.found
    (found,) = problems_of(
        claimed(anchor=good, context=(Anchor(start=1, end=3, exact="zz"),)),
        {"letter": TEXT},
    )
    assert "1 to 3" in found.found
    assert problems_of(claimed(anchor=long), {"speech": TEXT}) == []


def test_a_short_hedge_of_a_text_not_kept_passes() -> None:
    """Four words may be quoted; a text that is kept may be quoted at will."""
    anchor = Anchor(start=0, end=4, exact_sha256=HASH)
    assert problems_of(claimed(anchor=anchor, hedge="a b c d")) == []
    kept = replace(anchor, exact="Arda", exact_sha256="")
    assert problems_of(claimed(anchor=kept, hedge="a b c d e f")) == []


def test_an_unnamed_voice_and_the_publisher_need_no_node() -> None:
    """They are told by their role."""
    unnamed = Voice(who="unnamed:some-1", role=Role.UNNAMED)
    publisher = Voice(who="publisher", role=Role.PUBLISHER)
    assert problems_of(claimed(voice=(AUTHOR, unnamed))) == []
    assert problems_of(claimed(voice=(publisher,))) == []


def test_an_action_names_its_nodes_in_the_order_written() -> None:
    """Pushes, nodes taken out and held, ends of links."""
    assert action_nodes(DO) == [
        *("arda", "brun", "cor", "dana"),
        *("arda", "cor"),
        *("dana", "brun"),
    ]
    assert set(action_nodes(DO)) == set(NAMES)


def test_every_node_of_a_conclusions_action_is_known() -> None:
    """A whole action of known nodes passes."""
    assert problems_of(concluding(do=DO)) == []


def test_a_reading_by_layer_passes() -> None:
    """It states a condition."""
    assert problems_of(with_reading(Selector(layer=(Layer.COVERT,)))) == []
    assert problems_of(case_of(CLAIM, readings=(EVERYTHING,))) == []


def test_problems_are_raised_all_at_once_with_their_count() -> None:
    """One error carries them, in the order found."""
    bad = replace(CLAIM, source="zzz", predicate="zzz")
    problems = check_case(case_of(bad))
    with pytest.raises(CaseFileError, match="2 problems") as caught:
        problems.raise_if_any()
    assert caught.value.problems == tuple(problems)
    Problems().raise_if_any()
