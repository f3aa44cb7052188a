"""The wider reading: each rule on invented sentences, with one it must not read."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.claims.records import Node
from cuibono.claims.words import NodeKind
from cuibono.coding.suggest.records import Suggestion, Tier
from cuibono.coding.suggest.suggester import suggest


def node(name: str, label: str, kind: str, *aliases: str) -> Node:
    """Node of a case."""
    return Node(id=name, label=label, kind=NodeKind(kind), aliases=aliases)


NODES = (
    node("arda", "Government of Arda", "actor", "Arda"),
    node("army", "Army of Arda", "actor"),
    node("brun", "Brun", "actor"),
    node("cor", "Cor", "actor"),
    node("clans", "Armed hill clans", "actor"),
    node("front", "Reed Front", "actor"),
    node("dale", "Dale as a country", "place"),
    node("brutality", "Violence and plunder of Brun", "factor"),
    node("surge", "Rise of Brun", "factor"),
    node("sway", "Arda's influence in Dale", "factor"),
    node("famine", "Famine in the north", "factor"),
    node("unrest", "Street unrest", "factor"),
    node("overthrow", "Replacement of Cor by a council", "event"),
    node("arming", "Arming the hill clans", "policy"),
    node("siege", "Siege of Dale by Brun", "event"),
    node("truce", "Lasting truce", "policy"),
)

Said = tuple[str, str, str]


def read(text: str) -> dict[Said, Suggestion]:
    """What is suggested of a text, by subject, sign and object."""
    found = suggest(text, NODES)
    return {(one.subject, one.sign.value, one.object): one for one in found}


READ = [
    # heads of labels and words of their kind
    ("The famine weakened Cor.", ("famine", "-", "cor")),
    ("Cor feeds the unrest.", ("cor", "+", "unrest")),
    ("Cor condemned Brun's savagery.", ("brun", "+", "brutality")),
    ("Cor fears Arda's growing sway in Dale.", ("arda", "+", "sway")),
    ("Cor fought clans from the armed hills.", ("cor", "-", "clans")),
    ("Arda is restless. Yesterday its army attacked Cor.", ("army", "-", "cor")),
    # short names, adjectives, compounds
    ("Yesterday the Front attacked Cor.", ("front", "-", "cor")),
    ("Yesterday Ardan troops attacked Cor.", ("arda", "-", "cor")),
    ("The Arda-backed Brun rules the hills.", ("arda", "+", "brun")),
    ("The anti-Arda Front rules the hills.", ("front", "-", "arda")),
    # what was said before
    ("Arda and Brun met. They attacked Cor.", ("brun", "-", "cor")),
    ("Arda met Brun. Both sides attacked Cor.", ("arda", "-", "cor")),
    ("Arda met Brun. The two governments distrust each other.", ("arda", "-", "brun")),
    ("Cor proposed arming the clans. Such a step helps Brun.", ("arming", "+", "brun")),
    ("The famine grew. Cor feeds this problem.", ("cor", "+", "famine")),
    ("Arda met the Reed Front. The front attacked Cor.", ("front", "-", "cor")),
    ("Arda is at peace. Brun has turned against it.", ("brun", "-", "arda")),
    ("Brun, once Cor's ally, attacked Arda.", ("brun", "-", "arda")),
    ("Arda fought Brun. Cor will disarm both sides.", ("cor", "-", "brun")),
    # what verbs tell
    ("Arming the hill clans would weaken Brun.", ("arming", "-", "brun")),
    ("Arda should avoid arming the clans.", ("arda", "-", "arming")),
    ("Cor was toppled in spring, and Arda helped.", ("overthrow", "-", "cor")),
    # places
    ("Brun's savagery in Dale went on.", ("brutality", "-", "dale")),
    ("The long siege of Dale went on.", ("siege", "-", "dale")),
    # shared objects, results, purposes, papers, threats
    ("Arda arms and shelters Brun.", ("arda", "+", "brun")),
    ("Brun spread famine in the hills, weakening Cor.", ("famine", "-", "cor")),
    ("The truce to weaken Brun failed.", ("truce", "-", "brun")),
    ("Arda issued a statement condemning Brun.", ("arda", "-", "brun")),
    ("Arda condemned the poll in the hills by Brun.", ("arda", "-", "brun")),
    ("Arda boycotts all official contacts with Brun.", ("arda", "-", "brun")),
    ("Arda warned of war unless Brun left.", ("arda", "-", "brun")),
    # what nouns and conjunctions tie
    ("The old feud between Arda and Brun went on.", ("brun", "-", "arda")),
    ("The alliance between Arda and Brun went on.", ("brun", "+", "arda")),
    ("As a sponsor of Brun, Arda is feared.", ("arda", "+", "brun")),
    ("Cor blamed Brun for the famine.", ("brun", "+", "famine")),
    ("Brun owes its rise to Arda.", ("arda", "+", "surge")),
    ("Arda plunged Dale into famine.", ("arda", "+", "famine")),
    ("The truce will only hold once the unrest ends.", ("unrest", "+", "truce")),
    ("To end the famine, Arda must seek a truce.", ("truce", "-", "famine")),
    # members
    ("Arda armed the hill clans, including Brun.", ("arda", "+", "brun")),
    ("Arda armed the hill clans (including Brun).", ("brun", "0", "clans")),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_wider_reading_is_found_and_only_possible(text: str, expected: Said) -> None:
    """Pair and sign are found, the tier says that it is doubtful, and why."""
    found = read(text)
    assert expected in found
    if "a wider reading" in found[expected].reason:
        assert found[expected].tier is Tier.POSSIBLE
        assert "doubtful" in found[expected].reason


NOT_READ = [
    ("Famine relief pleased Cor.", ("arda", "famine")),
    ("A front of rain reached Cor and weakened it.", ("front", "cor")),
    ("Yesterday the armies of the night attacked Cor.", ("army", "cor")),
    ("Ardan poets attacked Cor.", ("arda", "cor")),
    ("A well-backed Brun rules the hills.", ("arda", "brun")),
    ("Arda met Brun. Cor left. The two poets attacked it.", ("arda", "cor")),
    ("Arda met Cor. The front of the house fell on Cor.", ("front", "cor")),
    ("Brun, once Cor's ally, attacked Arda.", ("cor", "arda")),
    ("Cor feared war. Such a poem helps Brun.", ("arming", "brun")),
    ("Brun was replaced in spring.", ("overthrow", "brun")),
    ("Dale attacked Brun.", ("dale", "brun")),
    ("Peace in Dale went on after the famine.", ("famine", "dale")),
    ("Brun enjoys the rise of Brun.", ("brun", "surge")),
    ("The road between Arda and Brun went on.", ("arda", "brun")),
    ("As a rule, Arda dined near Brun.", ("arda", "brun")),
    ("Brun owes its poems to Arda.", ("arda", "surge")),
    ("Arda walked into Dale after the famine.", ("arda", "famine")),
    ("The truce held once the unrest ended.", ("unrest", "truce")),
    ("Arda armed the hill clans beside Brun.", ("brun", "clans")),
    ("Arda painted the poem in the hall by Brun.", ("arda", "brun")),
    ("Arda wrote a poem pleasing Brun.", ("arda", "brun")),
]


@pytest.mark.parametrize(("text", "pair"), NOT_READ)
def test_what_only_looks_like_it_is_not_read(text: str, pair: tuple[str, str]) -> None:
    """Each rule has a sentence near to its own that says nothing of the two."""
    assert pair not in {(subject, other) for subject, _, other in read(text)}


def test_the_wider_reading_adds_to_the_plain_one_and_changes_nothing() -> None:
    """A pair that is plainly said stays confident, with its one reason."""
    found = suggest("Arda supports Brun in the famine.", NODES)
    plain = [one for one in found if (one.subject, one.object) == ("arda", "brun")]
    assert [one.tier for one in plain] == [Tier.CONFIDENT]


def test_a_node_named_loosely_says_how() -> None:
    """Every doubt that comes from a name is told in the reason."""
    by_kind = read("Cor condemned Brun's savagery.")["brun", "+", "brutality"]
    assert "named by a word of its kind" in by_kind.reason
    by_head = read("The famine weakened Cor.")["famine", "-", "cor"]
    assert "named by a part of its label" in by_head.reason


WORDS = st.sampled_from(
    "Arda Brun Cor Front front clans Dale Ardan troops Arda-backed anti-Brun it they him "
    "the both sides two governments such step this war famine unrest truce siege savagery "
    "rise arming avoid must unless only if when to end by for in of on against between and "
    "including ( ) , . As a sponsor blames owes condemned attacked toppled was each other "
    "into plunged statement 's its \u2014".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=50).map(" ".join), st.permutations(NODES))
def test_the_wider_reading_quotes_the_text_and_knows_no_order(
    text: str, nodes: list[Node]
) -> None:
    """Verbatim quotes, no node on itself, the same for nodes in any order."""
    found = suggest(text, NODES)
    assert found == suggest(text, nodes)
    for one in found:
        assert text[one.start : one.end] == one.quote
        assert one.subject != one.object


def test_long_hostile_sentences_are_read_in_bounded_time() -> None:
    """Two hundred words of names, verbs and conjunctions, many times over."""
    words = (
        "Arda",
        "and",
        "Brun",
        "plunged",
        "it",
        "into",
        "the",
        "famine",
        "by",
        "war",
    )
    text = ". ".join(" ".join(words * 22) for _ in range(20)) + "."
    begun = time.perf_counter()
    suggest(text, NODES)
    assert time.perf_counter() - begun < 20
