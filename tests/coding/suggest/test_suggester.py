"""What is suggested of invented sentences, and what holds of any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.claims.records import Node
from cuibono.claims.words import NodeKind
from cuibono.coding.suggest.records import OPEN_FIELDS, Tier
from cuibono.coding.suggest.suggester import MOST_CHARACTERS, suggest
from cuibono.coding.verify import verified
from tests.coding.suggest.parties import PARTIES, pairs, said

PLAIN = [
    ("Arda supports Brun.", ("arda", "+", "brun")),
    ("Brun was attacked by Arda.", ("arda", "-", "brun")),
    ("The attack on Brun by Arda went on.", ("arda", "-", "brun")),
    ("Attacks by Arda on Brun went on.", ("arda", "-", "brun")),
    ("Arda's support for Brun grew.", ("arda", "+", "brun")),
    ("Arda, which shelters Brun, denies it.", ("arda", "+", "brun")),
    ("Arda turned a blind eye to Brun.", ("arda", "+", "brun")),
    ("Arda took much of the heat off Brun.", ("arda", "+", "brun")),
    ("Arda lifted the blockade on Brun.", ("arda", "+", "brun")),
    ("Arda rejected an appeal from Brun.", ("arda", "-", "brun")),
    ("Arda benefits from Brun's raids.", ("arda", "+", "raids")),
    ("Arda benefits from Brun's raids.", ("brun", "+", "raids")),
    ("Brun, an enemy of Arda, fled.", ("brun", "-", "arda")),
    ("Brun is a sponsor of Cor.", ("brun", "+", "cor")),
    ("Brun, the head of Arda, spoke.", ("brun", "0", "arda")),
    ("The famine caused by Arda goes on.", ("arda", "+", "famine")),
    ("The famine that Arda caused goes on.", ("arda", "+", "famine")),
    ("Arda received shelter from Brun.", ("brun", "+", "arda")),
    ("Arda and Brun clashed.", ("arda", "-", "brun")),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_a_plain_clause_is_read_with_confidence(
    text: str, expected: tuple[str, str, str]
) -> None:
    """Verb, passive, noun, idiom, relative clause, apposition: pair and sign."""
    assert (*expected, "confident") in said(text)


COMPOSED = [
    ("Arda vowed to help fight Brun.", "-"),
    ("Arda rallied support against Brun.", "-"),
    ("Arda refused to help Brun.", "-"),
    ("Arda agreed to help Brun.", "+"),
    ("Arda said that Brun must leave.", "-"),
    ("Arda demanded that Brun leave.", "-"),
    ("Arda is refusing to lift the blockade on Brun.", "-"),
    ("Arda halted its aid to Brun.", "-"),
]


@pytest.mark.parametrize(("text", "sign"), COMPOSED)
def test_helpers_and_prepositions_compose_the_sign(text: str, sign: str) -> None:
    """The last verb gives the sign, unless the one above it turns it round."""
    assert ("arda", sign, "brun") in pairs(text)


FRAMED = [
    ("Arda refrains from attacking Brun.", "refrain from"),
    ("Arda failed to attack Brun.", "fail"),
    ("Arda cannot be counted on to attack Brun.", "cannot"),
    ("Arda did not attack Brun.", "not"),
    ("Arda will never attack Brun.", "never"),
]


@pytest.mark.parametrize(("text", "word"), FRAMED)
def test_a_denial_is_a_warning_and_never_turns_the_sign(text: str, word: str) -> None:
    """The sign is that of the proposition; polarity is for a person to set."""
    (one,) = suggest(text, PARTIES)
    assert (one.subject, one.sign.value, one.object) == ("arda", "-", "brun")
    assert any(f'"{word}"' in warning for warning in one.warnings)
    assert all(one.to_record()[field] is None for field in OPEN_FIELDS)


def test_lists_of_subjects_and_objects_are_all_read() -> None:
    """Two who act and three who are acted on are told apart."""
    assert pairs("Arda helps Brun, Cor and the valley.") == {
        ("arda", "+", "brun"),
        ("arda", "+", "cor"),
        ("arda", "+", "valley"),
    }
    assert pairs("Arda and Cor armed Brun.") == {
        ("arda", "+", "brun"),
        ("cor", "+", "brun"),
    }


def test_an_instrument_acts_and_is_used() -> None:
    """What is used to do something does it."""
    assert pairs("Arda uses Brun to weaken Cor.") == {
        ("arda", "+", "brun"),
        ("brun", "-", "cor"),
    }


def test_a_pretext_is_no_more_than_possible() -> None:
    """Both the reason given and the avowed act are offered, for a person to judge."""
    found = said("Arda took the valley under the pretext of fighting Brun.")
    assert ("arda", "+", "brun", "possible") in found or (
        ("arda", "-", "brun", "possible") in found
    )
    assert not any(other == "brun" and tier == "confident" for *_, other, tier in found)


def test_pronouns_and_common_nouns_are_possible_and_say_so() -> None:
    """A party that is not named is taken from the context, never with confidence."""
    for text, subject in (
        ("Arda fought Brun. It also armed Cor.", "arda"),
        ("Arda met Brun. The group attacked Cor.", "brun"),
    ):
        (one,) = [one for one in suggest(text, PARTIES) if one.object == "cor"]
        assert (one.subject, one.tier) == (subject, Tier.POSSIBLE)
        assert any("via context" in warning for warning in one.warnings)


def test_small_words_do_not_part_a_subject_from_its_verb() -> None:
    """Connectives, titles, rounded numbers, and who shares "and his"."""
    assert pairs("Arda therefore attacked Brun.") == {("arda", "-", "brun")}
    assert pairs("Yesterday Mr. Arda attacked Brun.") == {("arda", "-", "brun")}
    assert pairs("Up to 400 riders of Arda attacked Brun.") == {("arda", "-", "brun")}
    both = pairs("Arda and his Brun attacked Cor.")
    assert both >= {("arda", "-", "cor"), ("brun", "-", "cor")}
    assert pairs("Arda left. Therefore attacked Brun.") == set()


def test_what_befalls_a_party_is_not_its_doing() -> None:
    """The raids of Brun are its doing, its collapse is not."""
    fall = Node(id="fall", label="Collapse of Brun", kind=NodeKind.FACTOR)
    named = suggest("All speak of the collapse of Brun.", (*PARTIES, fall))
    assert not [one for one in named if one.object == "fall"]
    assert ("brun", "+", "raids") in pairs("All speak of the raids of Brun.")


def test_what_is_no_act_is_not_said_to_be_done_with_confidence() -> None:
    """Raids are done; strength may be what others give."""
    strength = Node(id="strength", label="Strength of Brun", kind=NodeKind.FACTOR)
    (one,) = suggest("All speak of the strength of Brun.", (*PARTIES, strength))
    assert (one.subject, one.object, one.tier.value) == ("brun", "strength", "possible")
    assert "may be no act" in one.reason


def test_who_eases_a_hardship_lessens_it() -> None:
    """To ease a famine is to weaken it."""
    assert pairs("Arda eased the famine.") == {("arda", "-", "famine")}


def test_an_owner_may_come_first_in_a_label() -> None:
    """A grip of Brun is found as "its grip", also where it is "growing"."""
    grip = Node(id="grip", label="Brun's grip", kind=NodeKind.FACTOR)
    found = suggest("Brun keeps its growing grip.", (*PARTIES, grip))
    assert ("brun", "grip") in {(one.subject, one.object) for one in found}


def test_a_longer_name_inside_of_one_with_an_article_wins() -> None:
    """Where "the toll" and "toll of hunger" are names, "the toll of hunger" is one."""
    tolls = (
        Node(id="toll", label="Road toll", kind=NodeKind.FACTOR, aliases=("the toll",)),
        Node(id="hunger", label="Toll of hunger", kind=NodeKind.FACTOR),
    )
    found = suggest("Arda caused the toll of hunger.", (*PARTIES, *tolls))
    assert {(one.subject, one.object) for one in found} == {("arda", "hunger")}


def test_what_is_only_asked_for_is_not_suggested() -> None:
    """To seek support is not to have it; to be near is nothing."""
    assert said("Arda seeks support from Brun.") == set()
    assert said("Arda dined near Brun.") == set()
    assert said("Arda left. Brun attacked.") == set()


def test_capitals_part_a_name_from_a_word() -> None:
    """IS is Cor, is is not; U.S. would not be us."""
    assert pairs("IS attacked Brun.") == {("cor", "-", "brun")}
    assert pairs("There is Brun that is attacked.") == set()


def test_cues_of_the_whole_sentence_are_shown() -> None:
    """An attribution before the clause is lit, and said to be outside of it."""
    (one,) = suggest("Some say that Arda does not help Brun.", PARTIES)
    assert {(cue.word, cue.outside) for cue in one.cues} == {
        ("Some", True),
        ("say", True),
        ("not", False),
    }


def test_places_are_those_of_the_whole_text() -> None:
    """Sentences and blocks do not shift what is quoted, or its cues."""
    text = "Nothing here. \n\n" * 4_000 + "Arda may help Brun."
    (one,) = suggest(text, PARTIES, "letter")
    assert text[one.start : one.end] == one.quote == "Arda may help Brun"
    assert all(text[cue.start : cue.end] == cue.word for cue in one.cues)
    assert one.source == "letter"


def test_other_languages_give_none() -> None:
    """The lexicon is English; a text in another language is left alone."""
    assert suggest("Arda hilft Brun; Arda supports Brun.", PARTIES, "a", "de") == ()


def test_hostile_text_is_passed_over_in_bounded_time() -> None:
    """Ten million letters without a space, controls, endless sentences: no crash."""
    assert suggest("a" * 10_000_000, PARTIES) == ()
    assert suggest("Arda and it " * 100_000, PARTIES) == ()
    assert suggest("(" * 100_000 + "\u202e" * 1_000, PARTIES) == ()
    assert len(suggest("Arda \ud800 attacked Brun.", PARTIES)) <= 1
    assert suggest("Arda supports " + "so " * MOST_CHARACTERS + "Brun.", PARTIES) == ()


WORDS = st.sampled_from(
    "Arda Brun Cor IS it its they the group valley attack attacked by supports help to "
    "fight war on against for of and , who which that 's raids Raids under pretext "
    "refuses fails not must said ( ) . ; \u201c \u2014 uses as famine \u0627\u0644 \u4e2d "
    "\u202e \U0001f600 met with support from lifted sanctions".split()
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_every_suggestion_has_a_verified_place_and_comes_again(text: str) -> None:
    """Of any text in any script: what is suggested stands in it, word for word."""
    found = suggest(text, PARTIES, "any")
    assert found == suggest(text, PARTIES, "any")
    assert len({one.id for one in found}) == len(found)
    for one in found:
        assert text[one.start : one.end] == one.quote
        known = verified(
            text, one.quote, prefix=text[: one.start], suffix=text[one.end :]
        )
        assert known.place is not None
        assert (known.place.start, known.place.end) == (one.start, one.end)
        assert one.subject != one.object
        assert one.reason


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join), st.permutations(PARTIES))
def test_the_order_of_the_nodes_does_not_matter(text: str, nodes: list[object]) -> None:
    """The same case in another order gives the same suggestions."""
    shuffled = [node for node in nodes if node in PARTIES]
    assert suggest(text, PARTIES) == suggest(text, shuffled)
