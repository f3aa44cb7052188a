"""Which claims a reading takes: every field of a selector, and what none may take."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.claims.records import (
    AUTHOR,
    Case,
    Claim,
    EdgeOverride,
    Reading,
    Selector,
    Voice,
    voice_chain,
)
from cuibono.claims.select import (
    claim_edges,
    disputed_by_reported,
    fits,
    reading_claims,
    selects,
)
from cuibono.claims.words import Layer, Modality, Polarity, Role, Sign, Stance
from cuibono.formats.codebook_toml import PLAIN_CODEBOOK
from tests.strategies.cases import NAMES, affirmed, case_of, random_claims

COR = (AUTHOR, Voice(who="cor", role=Role.REPORTED))
CLAIM = affirmed(1, "arda", "supports", "brun", "+")


def takes(selector: Selector, claim: Claim, *others: Claim) -> bool:
    """Whether a selector takes a claim of a case that holds it and some others."""
    return selects(selector, claim, case_of(claim, *others))


@pytest.mark.parametrize(
    ("field", "words", "change"),
    [
        ("stance", (Stance.ENDORSES,), {"stance": Stance.REPORTS}),
        ("layer", (Layer.EFFECT,), {"layer": Layer.COVERT}),
        ("modality", (Modality.ASSERTED,), {"modality": Modality.PREDICTED}),
        ("polarity", (Polarity.AFFIRMED,), {"polarity": Polarity.DENIED}),
        ("source", ("letter",), {"source": "speech"}),
        ("predicate", ("supports",), {"predicate": "opposes"}),
        ("voice", ("author",), {"voice": COR}),
        ("claims", ("c1",), {"id": "c2"}),
    ],
)
def test_a_field_that_is_set_takes_what_it_names_and_nothing_else(
    field: str, words: tuple[str, ...], change: dict[str, object]
) -> None:
    """Each condition alone."""
    selector = replace(Selector(), **{field: words})  # type: ignore[arg-type]
    assert takes(selector, CLAIM)
    assert not takes(selector, replace(CLAIM, **change))  # type: ignore[arg-type]


def test_one_tag_of_those_asked_for_is_enough() -> None:
    """Tags are a list on both sides."""
    tagged = replace(CLAIM, tags=("wider", "maxim"))
    assert takes(Selector(tag=("maxim", "other")), tagged)
    assert not takes(Selector(tag=("other",)), tagged)


def test_a_chain_is_reported_from_two_steps_on() -> None:
    """The author's own word is not."""
    assert takes(Selector(reported=False), CLAIM)
    assert not takes(Selector(reported=True), CLAIM)
    assert takes(Selector(reported=True), replace(CLAIM, voice=COR))


@pytest.mark.parametrize(
    ("pattern", "chain", "taken"),
    [
        ("author > *", "author > cor", True),
        ("author > *", "author > cor > dana", True),
        ("author > *", "author", False),
        ("author > cor", "author > cor", True),
        ("author > cor", "author > cor > dana", False),
        ("author > cor*", "author > cor > dana", True),
        ("*", "author", True),
    ],
)
def test_a_star_ends_an_open_chain(pattern: str, chain: str, taken: bool) -> None:
    """Without a star the whole chain must be the one asked for."""
    claim = replace(CLAIM, voice=voice_chain(chain))
    assert takes(Selector(voice=(pattern,)), claim) is taken


def test_a_claim_is_undisputed_until_a_reported_voice_says_the_contrary() -> None:
    """By the other sign on the same pair, or by denying the link."""
    other = affirmed(2, "arda", "opposes", "brun", "-", voice=COR)
    denial = replace(CLAIM, id="c3", voice=COR, polarity=Polarity.DENIED)
    alike = replace(CLAIM, id="c4", voice=COR)
    clear = Selector(undisputed=True)
    assert takes(clear, CLAIM)
    assert takes(clear, CLAIM, alike)
    for against in (other, denial):
        assert not takes(clear, CLAIM, against)
        assert takes(Selector(undisputed=False), CLAIM, against)
        assert disputed_by_reported(case_of(CLAIM, against)) == {("arda", "brun")}


def test_an_author_who_denies_disputes_nothing() -> None:
    """Only a reported voice can say the contrary of an author."""
    denial = replace(CLAIM, id="c2", polarity=Polarity.DENIED)
    assert disputed_by_reported(case_of(CLAIM, denial)) == frozenset()


def test_claims_named_by_hand_are_taken_whatever_they_are() -> None:
    """The analyst's own choice wins over the defaults."""
    claim = replace(CLAIM, polarity=Polarity.DENIED, modality=Modality.PREDICTED)
    assert takes(Selector(claims=("c1",)), claim)
    assert not takes(Selector(claims=("c9",)), claim)


@settings(deadline=None)
@given(random_claims(), st.sampled_from(Stance))
def test_only_affirmed_premises_are_taken_unless_a_selector_says_otherwise(
    claims: tuple[Claim, ...], stance: Stance
) -> None:
    """Denials, predictions, conditions, advice and questions build nothing."""
    case = case_of(*claims)
    selector = Selector(stance=(stance,))
    wanted = [
        claim
        for claim in claims
        if claim.polarity is Polarity.AFFIRMED
        and claim.modality in {Modality.ASSERTED, Modality.REPORTED}
        and claim.stance is stance
    ]
    assert [claim for claim in claims if selects(selector, claim, case)] == wanted


@settings(deadline=None)
@given(random_claims())
def test_what_an_author_rejects_of_nobody_is_nobodys_premise(
    claims: tuple[Claim, ...],
) -> None:
    """It is taken only where a selector asks for rejected claims."""
    case = case_of(*claims)
    alone = [c for c in claims if c.stance is Stance.REJECTS and len(c.voice) == 1]
    assert not any(selects(Selector(layer=tuple(Layer)), c, case) for c in alone)
    asked = Selector(stance=(Stance.REJECTS,))
    for claim in alone:
        sound = claim.polarity is Polarity.AFFIRMED and claim.is_premise
        assert selects(asked, claim, case) is sound


def test_what_is_left_out_is_left_out_whatever_it_is() -> None:
    """An exclusion needs no word on polarity or modality."""
    predicted = replace(CLAIM, modality=Modality.PREDICTED, tags=("wider",))
    everything = Selector(modality=tuple(Modality))
    case = case_of(predicted)
    kept = Reading(id="r", include=(everything,))
    assert reading_claims(case, kept) == (predicted,)
    without = replace(kept, exclude=(Selector(tag=("wider",)),))
    assert reading_claims(case, without) == ()
    assert fits(Selector(polarity=(Polarity.DENIED,)), predicted, case) is False


@settings(deadline=None)
@given(random_claims())
def test_a_reading_takes_what_any_include_takes_in_the_order_of_the_case(
    claims: tuple[Claim, ...],
) -> None:
    """Includes add up, excludes take away."""
    case = case_of(*claims)
    parts = (Selector(layer=(Layer.COVERT,)), Selector(source=("speech",)))
    out = Selector(predicate=("supports",))
    found = reading_claims(case, Reading(id="r", include=parts, exclude=(out,)))
    one, other = (reading_claims(case, Reading(id="r", include=(p,))) for p in parts)
    both = {claim.id for claim in (*one, *other)}
    assert found == tuple(
        c for c in claims if c.id in both and c.predicate != "supports"
    )


def edges(case: Case, claim: Claim) -> list[tuple[str, str, str]]:
    """Edges of a claim, signs as text."""
    return [(t, h, s.value) for t, h, s in claim_edges(claim, case.codebook)]


@pytest.mark.parametrize(
    ("predicate", "sign", "wanted"),
    [
        ("supports", "+", [("arda", "brun", "+")]),
        ("affects", "?", [("arda", "brun", "?")]),
        ("depends-on", "+", [("brun", "arda", "+")]),
        ("cooperates", "+", [("arda", "brun", "+"), ("brun", "arda", "+")]),
        ("supports", "0", []),
        ("labels", "+", []),
        ("is-part-of", "+", []),
        ("recommends", "-", []),
        ("no-such-word", "+", []),
    ],
)
def test_a_predicate_says_which_way_the_effect_runs(
    predicate: str, sign: str, wanted: list[tuple[str, str, str]]
) -> None:
    """Forward, backward, both or none; `0` is no link and `?` keeps its place."""
    claim = affirmed(1, "arda", predicate, "brun", sign)
    assert edges(case_of(), claim) == wanted


def test_a_claim_of_both_ways_on_one_node_is_one_link() -> None:
    """A node's effect on itself is not counted twice."""
    claim = affirmed(1, "arda", "cooperates", "arda", "+")
    assert edges(case_of(), claim) == [("arda", "arda", "+")]


@settings(deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(Sign))
def test_a_claims_own_arrow_wins_over_its_predicates(
    tail: str, head: str, sign: Sign
) -> None:
    """An override may even make a label a link; `0` makes none."""
    claim = affirmed(1, "arda", "labels", "brun", "+")
    claim = replace(claim, edge=EdgeOverride(tail=tail, head=head, sign=sign))
    wanted = [] if sign is Sign.NEITHER else [(tail, head, sign)]
    assert list(claim_edges(claim, PLAIN_CODEBOOK)) == wanted
