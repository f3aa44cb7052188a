"""What a case holds: counts, labels, predictions, and what sources share."""

from dataclasses import replace

from hypothesis import given, settings

from cuibono.claims.records import AUTHOR, Claim, EdgeOverride, Source, Voice
from cuibono.claims.words import Layer, Modality, Polarity, Role, Sign, Stance
from cuibono.study.describe import compare_sources, counts, is_label, predictions
from tests.strategies.cases import affirmed, case_of, random_claims

COR = (AUTHOR, Voice(who="cor", role=Role.REPORTED))
PUBLISHER = (Voice(who="publisher", role=Role.PUBLISHER),)


@settings(deadline=None)
@given(random_claims())
def test_every_count_adds_up_to_the_claims(claims: tuple[Claim, ...]) -> None:
    """Each claim once under each heading; premises and conclusions are apart."""
    found = counts(case_of(*claims))
    assert found.claims == len(claims)
    for part in (
        found.by_layer,
        found.by_modality,
        found.by_stance,
        found.by_voice,
        found.by_source,
    ):
        assert sum(number for _, number in part) == len(claims)
        assert [number for _, number in part] == sorted(
            (number for _, number in part), reverse=True
        )
    questioned = sum(claim.modality is Modality.QUESTIONED for claim in claims)
    assert found.premises + found.conclusions + questioned == len(claims)
    assert found.denials == sum(c.polarity is Polarity.DENIED for c in claims)


def test_claims_count_by_outermost_author_and_the_publishers_lines_do_not() -> None:
    """Two sources by one author are one; what the publisher says is not the author's."""
    claims = (
        affirmed(1, "arda", "causes", "brun", "+"),
        affirmed(2, "arda", "causes", "cor", "+", source="speech", voice=COR),
        affirmed(3, "arda", "causes", "dana", "+", voice=PUBLISHER, tags=("wider",)),
    )
    case = case_of(*claims)
    named = tuple(Source(id=s.id, author="A. Writer") for s in case.sources)
    found = counts(replace(case, sources=named))
    assert found.by_author == (("A. Writer", 2),)
    assert dict(counts(case).by_author) == {"letter": 1, "speech": 1}
    assert dict(found.by_voice) == {"author": 1, "author > cor": 1, "publisher": 1}
    assert found.wider == 1


def test_a_label_states_no_effect() -> None:
    """A word without an arrow; one with an arrow of its own, or advice, is none."""
    label = affirmed(1, "arda", "labels", "brun", "+")
    case = case_of(label)
    assert is_label(label, case)
    override = EdgeOverride(tail="arda", head="brun", sign=Sign.NEITHER)
    assert not is_label(replace(label, edge=override), case)
    advice = affirmed(2, *("arda", "recommends", "brun", "+"))
    assert not is_label(replace(advice, modality=Modality.RECOMMENDED), case)
    assert not is_label(replace(label, predicate="supports"), case)
    assert not is_label(replace(label, predicate="supports", sign=Sign.NEITHER), case)
    assert not is_label(replace(label, predicate="zzz"), case)
    assert counts(case).labels == 1


def test_a_prediction_is_testable_with_a_date_and_what_would_count() -> None:
    """What it lacks is told; advice is no prediction."""
    base = affirmed(1, "arda", "causes", "brun", "+", modality=Modality.PREDICTED)
    whole = replace(base, resolves_by="2030", would_count_as="Brun grows")
    dated = replace(whole, id="c2", would_count_as="", modality=Modality.CONDITIONAL)
    bare = replace(base, id="c3")
    advice = replace(base, id="c4", modality=Modality.RECOMMENDED)
    found = predictions(case_of(whole, dated, bare, advice))
    assert [(item.claim, item.testable) for item in found] == [
        ("c1", True),
        ("c2", False),
        ("c3", False),
    ]
    assert found[0].why == ""
    assert "no observation" in found[1].why and "no date" not in found[1].why
    assert "no date" in found[2].why and "no observation" in found[2].why


@settings(deadline=None)
@given(random_claims())
def test_every_link_of_the_authors_is_shared_or_of_one_source(
    claims: tuple[Claim, ...],
) -> None:
    """And never both."""
    found = compare_sources(case_of(*claims))
    alone = [row for _, rows in found.alone for row in rows]
    assert not set(found.shared) & set(alone)
    assert len(alone) == len(set(alone))


def test_sources_share_what_both_authors_affirm_themselves() -> None:
    """Not what they report, deny or predict."""
    mine = affirmed(1, "arda", "causes", "brun", "+")
    theirs = affirmed(2, "arda", "supports", "brun", "+", source="speech")
    found = compare_sources(case_of(mine, theirs))
    assert found.shared == (("arda", "brun", 1),)
    assert found.alone == (("letter", ()), ("speech", ()))
    for change in (
        {"voice": COR},
        {"polarity": Polarity.DENIED},
        {"modality": Modality.PREDICTED},
    ):
        case = case_of(mine, replace(theirs, **change))
        assert compare_sources(case).shared == ()
        assert compare_sources(case).alone[0] == ("letter", (("arda", "brun", 1),))
    other = replace(theirs, stance=Stance.CONCEDES, layer=Layer.COVERT)
    assert compare_sources(case_of(mine, other)).shared
