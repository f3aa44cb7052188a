"""Agreement of two invented coders: who saw a claim, and how alike they coded it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.claims.records import AUTHOR, Anchor, Case, Claim, TimeStated, Voice
from cuibono.claims.words import Layer, Role, Sign, Strength
from cuibono.coding.agree import (
    CAUTION,
    Agreement,
    FieldAgreement,
    agreement,
    coders_of,
)
from tests.strategies.cases import affirmed, case_of

BASE = affirmed(0, "arda", "supports", "brun", "+")
OTHER = affirmed(1, "brun", "opposes", "cor", "-")


def span(start: int, end: int) -> Anchor:
    """Place in a text."""
    return Anchor(start=start, end=end)


def coded(
    mine: list[Claim], theirs: list[Claim], names: tuple[str, str] = ("ana", "ben")
) -> Case:
    """Case with two coders' own files."""
    return replace(
        case_of(),
        coded=(
            *(replace(claim, coder=names[0]) for claim in mine),
            *(replace(claim, coder=names[1]) for claim in theirs),
        ),
    )


def compared(mine: list[Claim], theirs: list[Claim]) -> Agreement:
    """Agreement of Ana and Ben."""
    return agreement(coded(mine, theirs), "ana", "ben")


def field(found: Agreement, name: str) -> FieldAgreement:
    """Agreement on one field over all sources."""
    return next(item for item in found.overall.fields if item.field == name)


def test_coders_who_code_the_same_agree_wholly() -> None:
    """Every F1 is one, every raw agreement full, no disagreement listed."""
    found = compared([BASE, OTHER], [BASE, OTHER])
    whole = found.overall
    assert (whole.span_f1, whole.strict_f1, whole.pair_f1) == (1.0, 1.0, 1.0)
    assert whole.disagreements == () and whole.only_one == () == whole.only_other
    assert whole.counts == (2, 2) and found.coders == ("ana", "ben")
    for item in whole.fields:
        assert (item.same, item.matched) == (2, 2)
        assert item.alpha in (None, pytest.approx(1.0))
    assert field(found, "predicate").alpha == pytest.approx(1.0)
    assert field(found, "layer").alpha is None


@pytest.mark.parametrize(
    ("place", "spans", "strict"),
    [
        (span(0, 10), 1.0, 1.0),
        (span(5, 15), 1.0, 0.0),
        (span(6, 16), 0.0, 0.0),
        (span(0, 20), 1.0, 1.0),
        (span(0, 21), 1.0, 0.0),
        (span(3, 5), 1.0, 0.0),
        (span(10, 20), 0.0, 0.0),
        (None, 0.0, 0.0),
    ],
)
def test_spans_match_by_half_of_the_shorter_and_strictly_by_half_of_the_union(
    place: Anchor | None, spans: float, strict: float
) -> None:
    """A claim without a place matches none."""
    found = compared([replace(BASE, anchor=span(0, 10))], [replace(BASE, anchor=place)])
    assert (found.overall.span_f1, found.overall.strict_f1) == (spans, strict)


def test_claims_about_other_nodes_match_by_span_and_not_by_pair() -> None:
    """Who is the subject does not matter to the pair, and is listed."""
    turned = replace(BASE, subject="brun", object="arda")
    found = compared([BASE], [turned])
    assert found.overall.pair_f1 == 1.0
    (differ,) = found.overall.disagreements
    assert differ.fields[0] == "subject" and "arrow" in differ.fields
    elsewhere = replace(BASE, object="dana")
    found = compared([BASE], [elsewhere])
    assert (found.overall.span_f1, found.overall.pair_f1) == (1.0, 0.0)
    assert [c.coder for c in found.overall.only_one] == ["ana"]
    assert [c.coder for c in found.overall.only_other] == ["ben"]
    assert field(found, "sign").matched == 0 and field(found, "sign").alpha is None


def test_claims_of_different_sources_never_match() -> None:
    """Positions of two texts have nothing to do with each other."""
    found = compared([BASE], [replace(BASE, source="speech")])
    assert found.overall.span_f1 == 0.0
    assert [part.source for part in found.sources] == ["letter", "speech"]
    assert [part.counts for part in found.sources] == [(1, 0), (0, 1)]


def test_claims_match_one_to_one_the_most_alike_first() -> None:
    """Two claims in one sentence find each their own."""
    first = replace(BASE, anchor=span(0, 40))
    second = replace(OTHER, anchor=span(0, 40))
    found = compared([first, second], [second, first])
    assert found.overall.pair_f1 == 1.0 and found.overall.disagreements == ()
    like = replace(first, id="c7", predicate="enables")
    found = compared([first], [like, first])
    assert found.overall.disagreements == ()
    assert [claim.id for claim in found.overall.only_other] == ["c7"]


def test_f1_is_the_share_of_both_coders_claims_that_match() -> None:
    """Two of five, counted from both sides."""
    extra = replace(BASE, id="c8", anchor=span(500, 510))
    found = compared([BASE, extra], [BASE, OTHER, replace(OTHER, id="c9")])
    assert found.overall.span_f1 == pytest.approx(2 * 1 / 5)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("voice", {"voice": (AUTHOR, Voice(who="cor", role=Role.REPORTED))}),
        ("predicate", {"predicate": "enables"}),
        ("sign", {"sign": Sign.MINUS}),
        ("layer", {"layer": Layer.COVERT}),
        ("strength", {"strength": Strength.MAIN}),
        ("hedge", {"hedge": "perhaps"}),
        ("time", {"time": TimeStated(stated="in 2014")}),
    ],
)
def test_a_field_that_differs_is_named_and_counted(
    name: str, change: dict[str, object]
) -> None:
    """One of two matched claims: raw agreement one half."""
    found = compared([BASE, OTHER], [replace(BASE, **change), OTHER])  # type: ignore[arg-type]
    item = field(found, name)
    assert (item.same, item.matched) == (1, 2)
    (differ,) = found.overall.disagreements
    assert name in differ.fields
    assert item.scale == ("ordinal" if name in {"sign", "strength"} else "nominal")


def test_a_sign_that_was_not_stated_has_no_rank() -> None:
    """It counts in the raw agreement and not in the ordinal alpha."""
    open_ = replace(BASE, sign=Sign.NOT_STATED)
    found = compared([BASE, OTHER], [open_, OTHER])
    item = field(found, "sign")
    assert (item.same, item.matched, item.alpha) == (1, 2, None)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(1, 20), st.booleans()), max_size=3
    ),
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(1, 20), st.booleans()), max_size=3
    ),
)
def test_agreement_is_the_same_from_either_side(
    mine: list[tuple[int, int, bool]], theirs: list[tuple[int, int, bool]]
) -> None:
    """No coder is the one against whom the other is measured."""
    lists = [
        [
            replace(
                BASE if first else OTHER,
                id=f"{who}{at}",
                anchor=span(start, start + length),
            )
            for at, (start, length, first) in enumerate(drawn)
        ]
        for who, drawn in (("a", mine), ("b", theirs))
    ]
    if not all(lists):
        return
    one = compared(lists[0], lists[1]).overall
    other = compared(lists[1], lists[0]).overall
    assert one.counts == other.counts[::-1]
    for name in ("span_f1", "strict_f1", "pair_f1"):
        assert 0 <= getattr(one, name) <= 1
        assert getattr(one, name) == getattr(other, name)


def test_the_caution_is_printed_for_the_two_passes_of_one_project_alone() -> None:
    """In either order; not for two people."""
    for names in (("pass-1", "pass-2"), ("pass-2", "pass-1")):
        case = coded([BASE], [BASE], names)
        assert agreement(case, *names).caution == CAUTION
    assert compared([BASE], [BASE]).caution == ""
    mixed = coded([BASE], [BASE], ("ana", "pass-2"))
    assert agreement(mixed, "ana", "pass-2").caution == ""


def test_an_unknown_coder_is_named_with_those_there_are() -> None:
    """A claim that names no coder is nobody's."""
    case = coded([BASE], [BASE])
    case = replace(case, coded=(*case.coded, replace(OTHER, coder="")))
    assert coders_of(case) == ("ana", "ben")
    with pytest.raises(ValueError, match="no claims by coder 'cy'; coders: ana, ben"):
        agreement(case, "ana", "cy")
