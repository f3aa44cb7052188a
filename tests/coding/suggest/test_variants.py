"""Looser names of nodes: heads, last words, adjectives, kinds of nouns."""

import pytest

from cuibono.claims.records import Node
from cuibono.claims.words import NodeKind
from cuibono.coding.suggest.kin import borne_sign, is_harmful, kinds_of, root, singular
from cuibono.coding.suggest.names import case_names
from cuibono.coding.suggest.variants import Variants, case_variants


def variants(*nodes: Node) -> Variants:
    """Variants of some nodes."""
    return case_variants(nodes, case_names(nodes))


def node(label: str, kind: NodeKind, *aliases: str) -> Node:
    """Node named after its label."""
    return Node(id=label.lower(), label=label, kind=kind, aliases=aliases)


def test_heads_have_modifiers_owners_and_the_rest() -> None:
    """Each part of "fear and open hatred" is a head, in the singular."""
    brun = node("Brun", NodeKind.ACTOR)
    label = node("Fears and open hatred of Brun in the hills", NodeKind.FACTOR)
    found = variants(brun, label).by_head
    assert set(found) == {"fear", "hatred"}
    (hatred,) = found["hatred"]
    assert hatred.modifiers == {"open"}
    assert hatred.parties == (("brun", "of"),)
    assert root("hills") in hatred.rest


def test_a_label_that_begins_with_an_act_is_a_gerund() -> None:
    """To arm Brun is an act; a "lasting truce" is a truce."""
    brun = node("Brun", NodeKind.ACTOR)
    acts = variants(brun, node("Arming Brun", NodeKind.POLICY))
    assert [one.head for one in acts.by_gerund[root("arms")]] == ["arming"]
    truce = variants(node("Lasting truce", NodeKind.POLICY))
    assert set(truce.by_head) == {"truce"} and not truce.by_gerund


def test_last_words_count_where_only_one_proper_name_has_them() -> None:
    """The Front is one of two fronts only if it is clear which."""
    reed, hill = (node(f"{name} Front", NodeKind.ACTOR) for name in ("Reed", "Hill"))
    assert variants(reed).proper == {"front": "reed front"}
    assert variants(reed, hill).proper == {}
    assert variants(node("Armed clans", NodeKind.ACTOR)).proper == {}
    assert variants(node("Dale as a country", NodeKind.PLACE)).proper == {
        "dale": "dale as a country"
    }


def test_adjectives_are_those_of_one_party() -> None:
    """Ardan is Arda or who governs it; not where two parties may be meant."""
    arda = node("Arda", NodeKind.ACTOR)
    governed = node("Government of Arda", NodeKind.ACTOR)
    assert variants(arda).adjectives["ardan"] == "arda"
    assert variants(governed).adjectives["ardan"] == "government of arda"
    assert "ardan" not in variants(arda, governed).adjectives


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("overthrow", "overthrown"),
        ("criticism", "criticized"),
        ("appease", "appeasing"),
    ],
)
def test_words_of_a_family_share_their_root(one: str, other: str) -> None:
    """Noun and verb, base and participle."""
    assert root(one) == root(other)


def test_kinds_of_nouns_know_harm_and_who_bears_it() -> None:
    """Havoc harms where it is; a siege is borne by what it is of, a raid is not."""
    assert kinds_of(singular("atrocities")) == {"violence"}
    assert kinds_of("poem") == frozenset()
    assert is_harmful("havoc") and not is_harmful("aid")
    assert (borne_sign("siege"), borne_sign("aid"), borne_sign("raid")) == (
        "-", "+", "",
    )  # fmt: skip
