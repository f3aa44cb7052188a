"""Names of a case's nodes in a text."""

from cuibono.claims.records import Node
from cuibono.claims.words import NodeKind
from cuibono.coding.suggest.names import case_names
from cuibono.coding.suggest.suggester import suggest
from cuibono.coding.suggest.tokens import tokens
from tests.coding.suggest.parties import PARTIES, pairs


def named(text: str, nodes: tuple[Node, ...] = PARTIES) -> list[str]:
    """Nodes named in a text, at each word where a name begins."""
    names = case_names(nodes)
    found = tokens(text)
    hits = [names.at(found, place) for place in range(len(found))]
    return [hit.node for hit in hits if hit is not None]


def test_the_longest_name_is_taken_and_words_are_whole() -> None:
    """A name inside a longer word, or a plural that is not listed, is none."""
    assert named("House of Arda") == ["arda", "arda"]
    assert named("Ardan Bruns Corinne") == []
    assert case_names(PARTIES).at(tokens("House of Arda"), 0) is not None


def test_typography_does_not_hide_a_name() -> None:
    """Case, curly quotes, possessives and line breaks."""
    assert named("ARDA\u2019s guard; the\nHouse  of\nArda's")[0] == "arda"
    assert named("\u201cBrun\u201d") == ["brun"]


def test_adjectives_that_share_a_noun_name_both() -> None:
    """Two governments in three words."""
    regimes = [
        Node(id=name, label=f"{name} regime", kind=NodeKind.ACTOR)
        for name in ("ardan", "brunian")
    ]
    nodes = (*regimes, PARTIES[2])
    found = suggest("The ardan and brunian regimes attacked Cor.", nodes)
    assert {(one.subject, one.object) for one in found} == {
        ("ardan", "cor"),
        ("brunian", "cor"),
    }


def test_a_factor_named_after_a_party_is_found_with_its_owner_only() -> None:
    """Raids of Brun are Brun's raids, not anybody's."""
    assert ("brun", "+", "raids") in pairs("Brun's new raids went on.")
    assert ("brun", "+", "raids") in pairs("The raids by Brun went on.")
    assert pairs("Arda fears raids.") == set()


def test_a_case_without_nodes_gives_nothing() -> None:
    """No names, no suggestions; names of marks alone are passed over."""
    assert suggest("Arda supports Brun.", ()) == ()
    odd = Node(id="odd", label="?!", kind=NodeKind.ACTOR)
    assert case_names([odd]).by_first == {}
