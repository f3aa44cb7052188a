"""From claims to the signed model: what becomes a link, what never does, and why."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.claims.records import AUTHOR, Case, Claim, Reading, Selector, Voice
from cuibono.claims.select import claim_edges, reading_claims
from cuibono.claims.words import Layer, Modality, Polarity, Role, Sign, Stance
from cuibono.model.build import FEW_LINKS, SignedModel, build_model, edge_claims
from cuibono.model.graph import SignedGraph
from tests.strategies.cases import (
    AUTHORS,
    BOTH_WAYS,
    EVERYTHING,
    NAMES,
    NO_EDGE,
    SOURCES,
    affirmed,
    case_of,
    random_claims,
    random_premises,
    renamed_case,
)

COR = (AUTHOR, Voice(who="cor", role=Role.REPORTED))
Row = tuple[str, str, int]
READINGS = (EVERYTHING, AUTHORS)
MIXED = st.one_of(random_claims(), random_premises(), random_premises())
"""Claims of every kind, or only such as build the model."""


def links(model: SignedModel) -> dict[Row, tuple[str, ...]]:
    """Claims behind each link of a model, by tail, head and sign."""
    return {model.label(k): model.digraph.claims[k] for k in range(model.digraph.m)}


def ties(graph: SignedGraph) -> dict[tuple[str, str], tuple[int, tuple[str, ...]]]:
    """Sign and claims of each tie."""
    return {
        (graph.names[i], graph.names[j]): (int(graph.sign[k]), graph.claims[k])
        for k, (i, j) in enumerate(graph.ends.tolist())
    }


def defined_links(case: Case, reading: Reading) -> dict[Row, tuple[str, ...]]:
    """Links of a reading by their definition, one claim at a time."""
    found: dict[Row, set[str]] = {}
    for claim in reading_claims(case, reading):
        for tail, head, sign in claim_edges(claim, case.codebook):
            found.setdefault((tail, head, sign.value_in_model), set()).add(claim.id)
    return {
        row: tuple(sorted(ids))
        for row, ids in found.items()
        if row[2] or not {(*row[:2], 1), (*row[:2], -1)} & set(found)
    }


@settings(deadline=None)
@given(MIXED, st.sampled_from(READINGS))
def test_links_and_their_claims_are_those_of_the_definition(
    claims: tuple[Claim, ...], reading: Reading
) -> None:
    """Each claim that the reading takes stands behind the links that it states."""
    case = case_of(*claims)
    model = build_model(case, reading)
    assert links(model) == defined_links(case, reading)
    assert model.claims == reading_claims(case, reading)


@settings(deadline=None)
@given(MIXED, st.sampled_from(READINGS))
def test_a_pair_claimed_with_both_signs_keeps_both_and_is_disputed(
    claims: tuple[Claim, ...], reading: Reading
) -> None:
    """Both links share a number of their own; no other link has one."""
    graph = build_model(case_of(*claims), reading).digraph
    by_pair: dict[tuple[int, int], list[int]] = {}
    for k, pair in enumerate(
        zip(graph.tail.tolist(), graph.head.tolist(), strict=True)
    ):
        by_pair.setdefault(pair, []).append(k)
    numbers = []
    for members in by_pair.values():
        given_numbers = {int(graph.disputed[k]) for k in members}
        if len(members) == 1:
            assert given_numbers == {0}
        else:
            assert sorted(graph.sign[members].tolist()) == [-1, 1]
            assert len(given_numbers) == 1 and given_numbers != {0}
            numbers += list(given_numbers)
    assert len(set(numbers)) == len(numbers)


def test_two_disputed_pairs_are_settled_apart_from_each_other() -> None:
    """Each has a number of its own; the way back is another pair."""
    claims = tuple(
        affirmed(at, tail, "causes", head, sign)
        for at, (tail, head, sign) in enumerate(
            [
                *[("arda", "brun", "+"), ("arda", "brun", "-"), ("brun", "arda", "+")],
                *[("cor", "dana", "+"), ("cor", "dana", "-")],
            ]
        )
    )
    model = build_model(case_of(*claims), EVERYTHING)
    numbers: dict[tuple[str, str], set[int]] = {}
    for k in range(model.digraph.m):
        tail, head, _ = model.label(k)
        numbers.setdefault((tail, head), set()).add(int(model.digraph.disputed[k]))
    one, other = numbers["arda", "brun"], numbers["cor", "dana"]
    assert len(one) == len(other) == 1 and not one & other
    assert numbers["brun", "arda"] == {0} and 0 not in one | other


@settings(deadline=None)
@given(MIXED, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(
    claims: tuple[Claim, ...],
    random: Random,
) -> None:
    """The same claims shuffled build the same model, array by array."""
    shuffled = list(claims)
    random.shuffle(shuffled)
    one = build_model(case_of(*claims), EVERYTHING)
    other = build_model(case_of(*shuffled), EVERYTHING)
    assert one.digraph.names == other.digraph.names
    assert one.digraph.claims == other.digraph.claims
    for name in ("tail", "head", "sign", "disputed", "group", "pair", "self_limited"):
        assert np.array_equal(getattr(one.digraph, name), getattr(other.digraph, name))
    assert ties(one.declared) == ties(other.declared)
    assert ties(one.effective) == ties(other.effective)
    key = repr
    assert sorted(one.constraints, key=key) == sorted(other.constraints, key=key)


@settings(deadline=None)
@given(MIXED)
def test_a_claim_read_twice_stands_behind_a_link_once(
    claims: tuple[Claim, ...],
) -> None:
    """Repetition adds no weight."""
    once = build_model(case_of(*claims), EVERYTHING)
    twice = build_model(case_of(*claims, *claims), EVERYTHING)
    assert links(once) == links(twice)
    assert ties(once.effective) == ties(twice.effective)


SIGNED = random_premises().map(
    lambda claims: tuple(
        replace(claim, sign=Sign.PLUS if claim.sign is Sign.NOT_STATED else claim.sign)
        for claim in claims
    )
)


@settings(deadline=None)
@given(SIGNED, st.sampled_from(SOURCES))
def test_withdrawing_a_source_withdraws_exactly_its_claims(
    claims: tuple[Claim, ...], source: str
) -> None:
    """By leaving its claims out of the case, of the reading, or of the model."""
    case = case_of(*claims)
    gone = [claim.id for claim in claims if claim.source == source]
    kept = case_of(*(claim for claim in claims if claim.source != source))
    without = Reading(
        id="without", include=EVERYTHING.include, exclude=(Selector(source=(source,)),)
    )
    wanted = links(build_model(kept, EVERYTHING))
    assert links(build_model(case, EVERYTHING, gone=gone)) == wanted
    assert links(build_model(case, without)) == wanted
    model = build_model(case, EVERYTHING, gone=gone)
    assert {claim.id for claim in model.claims} == {
        claim.id for claim in build_model(kept, EVERYTHING).claims
    }


@settings(deadline=None)
@given(MIXED, st.data())
def test_a_link_falls_only_when_all_of_its_claims_fall(
    claims: tuple[Claim, ...], data: st.DataObject
) -> None:
    """One claim left is enough."""
    model = build_model(case_of(*claims), EVERYTHING)
    gone = data.draw(st.sets(st.sampled_from([c.id for c in claims]))) if claims else ()
    falls = model.edges_without(gone)
    assert falls.dtype == np.bool_ and falls.shape == (model.digraph.m,)
    for k in range(model.digraph.m):
        left = [name for name in model.digraph.claims[k] if name not in gone]
        assert falls[k] == (not left)


VOICES = tuple(f"author > {name}" for name in NAMES)


@settings(deadline=None)
@given(random_claims())
def test_denied_or_rejected_propositions_are_no_link_of_that_voices_own_reading(
    claims: tuple[Claim, ...],
) -> None:
    """Neither what a voice denies nor what an author rejects builds its reading."""
    case = case_of(*claims)
    for voice in ("author", *VOICES):
        own = Reading(id=voice, include=(Selector(voice=(voice,)),))
        for claim in build_model(case, own).claims:
            assert claim.polarity is Polarity.AFFIRMED
            if voice == "author":
                assert claim.stance is not Stance.REJECTS
    for claim in build_model(case, AUTHORS).claims:
        assert claim.stance is Stance.ENDORSES


def test_a_rejected_proposition_is_a_link_of_the_voiced_partys_reading() -> None:
    """The author rejects what Cor says: it is Cor's link, and the author's constraint."""
    said = affirmed(
        1, "arda", "supports", "brun", "+", voice=COR, stance=Stance.REJECTS
    )
    case = case_of(said)
    of_cor = Reading(id="cor", include=(Selector(voice=("author > cor",)),))
    assert links(build_model(case, of_cor)) == {("arda", "brun", 1): ("c1",)}
    of_author = build_model(case, AUTHORS)
    assert links(of_author) == {}
    (constraint,) = of_author.constraints
    assert (constraint.voice, constraint.claim) == ("author", "c1")
    assert (constraint.tail, constraint.head) == ("arda", "brun")
    assert constraint.sign is Sign.PLUS


def test_a_denial_binds_the_voice_that_denies_and_a_rejected_denial_nobody() -> None:
    """Cor denies it: Cor's constraint; the author who rejects the denial grants it."""
    denied = affirmed(
        1, "arda", "supports", "brun", "+", voice=COR, polarity=Polarity.DENIED
    )
    (constraint,) = build_model(case_of(denied), AUTHORS).constraints
    assert constraint.voice == "author > cor"
    assert links(build_model(case_of(denied), EVERYTHING)) == {}
    twice = replace(denied, stance=Stance.REJECTS)
    assert build_model(case_of(twice), AUTHORS).constraints == ()


@settings(deadline=None)
@given(random_claims(predicates=NO_EDGE))
def test_labels_parts_and_advice_are_never_links(claims: tuple[Claim, ...]) -> None:
    """Whatever their sign, unless an arrow of their own says so."""
    bare = tuple(replace(claim, edge=None) for claim in claims)
    model = build_model(case_of(*bare), EVERYTHING)
    assert model.digraph.m == 0 and model.effective.m == 0 and model.declared.m == 0
    assert not model.constraints


@settings(deadline=None)
@given(random_claims())
def test_conclusions_never_build_the_model(claims: tuple[Claim, ...]) -> None:
    """Predicted, conditional, recommended and questioned claims change nothing."""
    premises = tuple(claim for claim in claims if claim.is_premise)
    with_all = build_model(case_of(*claims), EVERYTHING)
    without = build_model(case_of(*premises), EVERYTHING)
    assert links(with_all) == links(without)
    assert ties(with_all.declared) == ties(without.declared)
    assert all(claim.is_premise for claim in with_all.claims)


def test_a_reading_may_take_in_what_is_predicted() -> None:
    """Only where it names the modality."""
    said = affirmed(1, "arda", "causes", "brun", "+", modality=Modality.PREDICTED)
    asked = Reading(id="r", include=(Selector(modality=(Modality.PREDICTED,)),))
    assert links(build_model(case_of(said), asked)) == {("arda", "brun", 1): ("c1",)}


@settings(deadline=None)
@given(MIXED, st.permutations(NAMES))
def test_renaming_nodes_renames_the_model_and_changes_nothing_else(
    claims: tuple[Claim, ...], others: list[str]
) -> None:
    """Positions, links and signs stay where they are under any other names."""
    names = dict(zip(NAMES, others, strict=True))
    case = case_of(*claims)
    one = build_model(case, EVERYTHING).digraph
    other = build_model(renamed_case(case, names), EVERYTHING).digraph
    for name in ("tail", "head", "sign", "disputed", "self_limited"):
        assert np.array_equal(getattr(one, name), getattr(other, name))
    assert one.claims == other.claims
    # Two nodes that only work together are twins: which is which, nothing tells.
    twins = {claim.subject for claim in claims if claim.predicate in BOTH_WAYS}
    if not twins:
        assert tuple(names[name] for name in one.names) == other.names


def test_an_unstated_sign_gives_way_to_a_stated_one() -> None:
    """A link of unstated sign on a pair with a stated one adds nothing."""
    stated = affirmed(1, "arda", "supports", "brun", "+")
    open_ = affirmed(2, "arda", "affects", "brun", "?")
    assert links(build_model(case_of(stated, open_), EVERYTHING)) == {
        ("arda", "brun", 1): ("c1",)
    }
    assert links(build_model(case_of(open_), EVERYTHING)) == {
        ("arda", "brun", 0): ("c2",)
    }
    gone = build_model(case_of(stated, open_), EVERYTHING, gone=["c1"])
    assert links(gone) == {("arda", "brun", 0): ("c2",)}


def test_a_node_with_a_self_effect_of_its_own_is_not_limited_by_assumption() -> None:
    """The tool's own assumption yields to a claim."""
    own = affirmed(1, "arda", "causes", "arda", "+")
    other = affirmed(2, "arda", "causes", "brun", "+")
    graph = build_model(case_of(own, other), EVERYTHING).digraph
    limited = dict(zip(graph.names, graph.self_limited.tolist(), strict=True))
    assert limited == {"arda": False, "brun": True}


def test_merged_nodes_act_as_one_and_what_ran_between_them_is_gone() -> None:
    """A node's own self-effect stays."""
    claims = (
        affirmed(1, "arda", "causes", "brun", "+"),
        affirmed(2, "brun", "causes", "cor", "-"),
        affirmed(3, "arda", "causes", "arda", "-"),
        affirmed(4, "brun", "threatens", "dana", "-", polarity=Polarity.DENIED),
    )
    model = build_model(case_of(*claims), EVERYTHING, merge={"brun": "arda"})
    assert links(model) == {("arda", "cor", -1): ("c2",), ("arda", "arda", -1): ("c3",)}
    assert [(c.tail, c.head) for c in model.constraints] == [("arda", "dana")]
    rows = edge_claims(claims, case_of().codebook, {"brun": "arda"})
    assert set(rows) >= {("arda", "cor", -1)}


@settings(deadline=None)
@given(MIXED)
def test_ties_of_a_layer_are_those_of_the_definition(
    claims: tuple[Claim, ...],
) -> None:
    """Between two actors, of a predicate that ties, both signs being disputed."""
    case = case_of(*claims)
    model = build_model(case, EVERYTHING)
    actors = {"arda", "brun", "dana"}
    for graph, declared in ((model.declared, True), (model.effective, False)):
        wanted: dict[tuple[str, str], dict[int, set[str]]] = {}
        scope = claims if declared else model.claims
        for claim in scope:
            word = case.codebook.predicate(claim.predicate)
            ends = tuple(sorted((claim.subject, claim.object)))
            sound = claim.polarity is Polarity.AFFIRMED and claim.is_premise
            if (
                (claim.layer is Layer.DECLARED) is declared
                and sound
                and word is not None
                and word.tie
                and claim.sign.value_in_model
                and set(ends) <= actors
                and ends[0] != ends[1]
            ):
                by_sign = wanted.setdefault((ends[0], ends[1]), {})
                by_sign.setdefault(claim.sign.value_in_model, set()).add(claim.id)
        assert ties(graph) == {
            pair: (
                next(iter(by_sign)) if len(by_sign) == 1 else 0,
                tuple(sorted(set().union(*by_sign.values()))),
            )
            for pair, by_sign in wanted.items()
        }


def test_the_declared_layer_is_what_parties_profess_whatever_the_author_thinks() -> (
    None
):
    """A reading by source narrows it to that source."""
    said = affirmed(
        1,
        *("arda", "opposes", "brun", "-"),
        voice=COR,
        stance=Stance.REJECTS,
        layer=Layer.DECLARED,
    )
    other = replace(said, id="c2", source="speech", sign=Sign.PLUS)
    case = case_of(said, other)
    assert ties(build_model(case, AUTHORS).declared) == {
        ("arda", "brun"): (0, ("c1", "c2"))
    }
    letter = Reading(id="letter", include=(Selector(source=("letter",)),))
    assert ties(build_model(case, letter).declared) == {("arda", "brun"): (-1, ("c1",))}
    denied = replace(said, polarity=Polarity.DENIED)
    predicted = replace(said, id="c3", modality=Modality.PREDICTED)
    assert not ties(build_model(case_of(denied, predicted), AUTHORS).declared)
    gone = build_model(case, AUTHORS, gone=["c1"])
    assert ties(gone.declared) == {("arda", "brun"): (1, ("c2",))}


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 14))
def test_a_reading_of_fewer_than_ten_links_says_so(count: int) -> None:
    """It counts links, not claims."""
    pairs = [(a, b) for a in NAMES for b in NAMES]
    claims = tuple(
        affirmed(at, tail, "causes", head, "+")
        for at, (tail, head) in enumerate(pairs[:count])
    )
    repeated = tuple(replace(claim, id=f"{claim.id}-again") for claim in claims)
    model = build_model(case_of(*claims, *repeated), EVERYTHING)
    assert model.digraph.m == count
    assert model.few_links is (count < FEW_LINKS)


def test_an_empty_reading_is_an_empty_model() -> None:
    """No node, no link, no tie, no exception."""
    model = build_model(case_of(), EVERYTHING)
    assert model.digraph.names == () and model.digraph.m == 0
    assert model.edges_without([]).tolist() == []
    assert model.declared.n == 0 and model.few_links


def test_a_predicate_that_the_codebook_lacks_makes_no_link() -> None:
    """`check_case` tells of it; the model does not fall over it."""
    model = build_model(case_of(affirmed(1, "arda", "zzz", "brun", "+")), EVERYTHING)
    assert model.digraph.m == 0 and model.effective.m == 0


@pytest.mark.parametrize("sign", ["0", "?"])
def test_a_tie_needs_a_stated_sign(sign: str) -> None:
    """Neither and not stated tie nobody."""
    claim = affirmed(1, "arda", "supports", "brun", sign)
    assert build_model(case_of(claim), EVERYTHING).effective.m == 0
