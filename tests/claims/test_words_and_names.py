"""Dates, names, ids: small rules that everything rests on."""

from dataclasses import replace

import pytest

from cuibono.claims.edtf import edtf_fault
from cuibono.claims.identity import claim_id
from cuibono.claims.names import (
    alias_table,
    clean_name,
    folded_name,
    nearest,
    refused_characters,
)
from cuibono.claims.records import (
    AUTHOR,
    Anchor,
    Case,
    Claim,
    Node,
    Source,
    voice_chain,
    voice_text,
)
from cuibono.claims.words import Layer, Modality, NodeKind, Polarity, Role, Sign

CLAIM = Claim(id="", source="s", subject="a", predicate="p", object="b", sign=Sign.PLUS)


@pytest.mark.parametrize(
    "text",
    [
        "2014",
        "2014-11",
        "2014-11-24",
        "2014-02-28",
        "2011~",
        "2004-06?",
        "2014-21",
        "201X",
        "20XX",
        "2014-XX",
        "2006/2007",
        "2006/..",
        "../2007",
        "2006-05/2006-11",
        "2014-06-10T12:00:00+00:00",
        "Y-17000",
        "-0044",
    ],
)
def test_edtf_dates_and_intervals_are_read(text: str) -> None:
    """Levels 0 and 1 of ISO 8601-2."""
    assert edtf_fault(text) == ""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("2014-13", "month 13"),
        ("2014-02-30", "day 30"),
        ("2014-00-10", "month 00"),
        ("14", "no EDTF date"),
        ("June 2014", "no EDTF date"),
        ("2014/2006", "ends before"),
        ("2014-05/2014-03", "ends before"),
        ("../..", "without a bound"),
        ("2014-06-10T25:00", "no date and time"),
        ("2014-11-31", "day 31"),
        ("2006-07/x", "no EDTF date"),
    ],
)
def test_what_is_no_date_is_told(text: str, fault: str) -> None:
    """The fault names the part that is wrong."""
    assert fault in edtf_fault(text)


def test_the_id_of_a_claim_is_what_it_says_not_who_coded_it() -> None:
    """Two coders who code the same give it the same id."""
    one = claim_id(CLAIM)
    assert (
        claim_id(replace(CLAIM, coder="x", notes="n", hedge="h", stance=CLAIM.stance))
        == one
    )
    assert one.startswith("c_") and len(one) == 12


@pytest.mark.parametrize(
    "other",
    [
        replace(CLAIM, source="t"),
        replace(CLAIM, anchor=Anchor(start=0, end=1)),
        replace(CLAIM, voice=voice_chain("author > b")),
        replace(CLAIM, subject="b"),
        replace(CLAIM, predicate="q"),
        replace(CLAIM, object="c"),
        replace(CLAIM, sign=Sign.MINUS),
        replace(CLAIM, polarity=Polarity.DENIED),
        replace(CLAIM, layer=Layer.COVERT),
    ],
)
def test_every_hashed_field_changes_the_id(other: Claim) -> None:
    """What is said differs, so does the id."""
    assert claim_id(other) != claim_id(CLAIM)


def test_a_chain_of_voices_survives_as_text() -> None:
    """Roles follow from names."""
    chain = voice_chain("author > Zarif > unnamed:some-1")
    assert [step.role for step in chain] == [Role.AUTHOR, Role.REPORTED, Role.UNNAMED]
    assert voice_text(chain) == "author > Zarif > unnamed:some-1"
    assert voice_chain("publisher")[0].role is Role.PUBLISHER
    assert chain[0] == AUTHOR


def test_names_fold_over_case_space_and_apostrophe() -> None:
    """And over nothing else."""
    assert folded_name(" House  of Arda\u2019s ") == folded_name("house of arda's")
    assert folded_name("Arda") != folded_name("Ardo")
    assert clean_name("  a   b ") == "a b"


def test_aliases_lead_to_their_node_and_ids_win() -> None:
    """A label that is another node's id does not take it over."""
    nodes = (
        Node(id="b", label="a", kind=NodeKind.ACTOR, aliases=("the b",)),
        Node(id="a", label="The A", kind=NodeKind.ACTOR),
    )
    table = alias_table(nodes)
    assert table["a"] == "a"
    assert table["the b"] == "b"


def test_controls_are_named() -> None:
    """Bidirectional and control characters; tabs and line ends pass."""
    assert refused_characters("a\u202eb\x07\u202e") == ["U+202E", "U+0007"]
    assert refused_characters("a\tb\nحکومت") == []


def test_a_near_miss_is_suggested_and_nonsense_is_not() -> None:
    """Suggestions are questions."""
    assert nearest("declard", ["declared", "covert"]) == 'did you mean "declared"?'
    assert nearest("xyz", ["declared", "covert"]) == ""


def test_signs_reverse_and_count() -> None:
    """0 and ? stay as they are."""
    assert [sign.reversed().value for sign in Sign] == ["-", "+", "0", "?"]
    assert [sign.value_in_model for sign in Sign] == [1, -1, 0, 0]


def test_premises_and_conclusions_part_and_questions_are_neither() -> None:
    """Conclusions never build the model."""
    kinds = {word: replace(CLAIM, modality=word) for word in Modality}
    assert [word.value for word in Modality if kinds[word].is_premise] == [
        "asserted",
        "reported",
    ]
    assert [word.value for word in Modality if kinds[word].is_conclusion] == [
        "predicted",
        "conditional",
        "recommended",
    ]


def test_a_case_finds_its_nodes_and_sources_by_id() -> None:
    """And says which it has not."""
    node = Node(id="a", label="A", kind=NodeKind.ACTOR)
    case = Case(id="c", nodes=(node,), sources=(Source(id="s"),))
    assert case.node("a") is node
    assert case.source("s").id == "s"
    with pytest.raises(KeyError):
        case.node("b")
    with pytest.raises(KeyError):
        case.source("t")
    assert replace(CLAIM, voice=voice_chain("author > a")).voiced_by == "a"
