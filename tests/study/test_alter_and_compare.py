"""A reader who disagrees, and two readings side by side."""

from dataclasses import replace

import pytest

from cuibono.claims.records import LinkChange, Reading, Selector
from cuibono.claims.words import Sign
from cuibono.errors import UsageError
from cuibono.formats.case import read_case
from cuibono.model.build import build_model
from cuibono.questions.tension import tensions
from cuibono.study.alter import (
    Changes,
    altered_lens,
    claims_named,
    merges_named,
    splits_named,
    whole_of,
)
from cuibono.study.compare import compared
from cuibono.study.followed import followed_up
from tests.reference import ROOT

CASE = read_case(ROOT / "cases" / "levee-effect")
FLAGSHIP = read_case(ROOT / "cases" / "enemy-of-my-enemy")
Link = tuple[str, str, int]


def _links(changes: Changes) -> set[Link]:
    lens = altered_lens(CASE, CASE.readings[0], changes, seed=1, draws=20)
    g = lens.graph
    return {
        (g.names[t], g.names[h], int(s))
        for t, h, s in zip(g.tail, g.head, g.sign, strict=True)
    }


def _lone_claim() -> tuple[str, Link]:
    """A claim that alone stands behind a link."""
    model = build_model(CASE, CASE.readings[0])
    for k, behind in enumerate(model.digraph.claims):
        if len(behind) == 1 and model.digraph.sign[k]:
            return behind[0], model.label(k)
    pytest.fail("the case has no such claim")


def test_a_withdrawn_claim_takes_its_link_and_a_denied_one_turns_it() -> None:
    claim, (tail, head, sign) = _lone_claim()
    plain = _links(Changes())
    assert _links(Changes(without=(claim,))) == plain - {(tail, head, sign)}
    assert _links(Changes(deny=(claim,))) == plain - {(tail, head, sign)} | {
        (tail, head, -sign)
    }


def test_a_granted_premise_is_a_link_that_nobody_claims() -> None:
    ends = sorted(
        {name for tail, head, _ in _links(Changes()) for name in (tail, head)}
    )
    link = LinkChange(tail=ends[0], head=ends[-1], sign=Sign.MINUS)
    changes = Changes(grant=(link,))
    assert (ends[0], ends[-1], -1) in _links(changes)
    lens = altered_lens(CASE, CASE.readings[0], changes, seed=1, draws=20)
    assert () in lens.graph.claims


def test_claims_go_by_id_or_unique_beginning() -> None:
    first = CASE.claims[0].id
    assert claims_named(CASE, [first, first[:9]]) == (first, first)
    with pytest.raises(UsageError, match="claims begin so"):
        claims_named(CASE, ["c_"])
    with pytest.raises(UsageError, match="no claim begins so"):
        claims_named(CASE, ["zzz"])
    with pytest.raises(UsageError, match="no claim"):
        altered_lens(CASE, CASE.readings[0], Changes(deny=("zzz",)), seed=1, draws=20)


def test_a_claim_without_a_sign_cannot_be_denied() -> None:
    claim = replace(CASE.claims[0], sign=Sign.NOT_STATED, edge=None)
    case = replace(CASE, claims=(claim, *CASE.claims[1:]))
    with pytest.raises(UsageError, match="states no"):
        altered_lens(
            case, case.readings[0], Changes(deny=(claim.id,)), seed=1, draws=20
        )


def test_what_the_changes_turn_is_told_against_the_case_as_it_is() -> None:
    told = followed_up(CASE, CASE.readings[0], Changes(), seed=1, draws=40)
    assert told.before == () and told.moved == ()
    assert set(told.support) <= {item.id for item in CASE.conclusions}
    carried = next(item for item in told.support.values() if item.cut)
    again = followed_up(
        CASE, CASE.readings[0], Changes(without=carried.cut), seed=1, draws=40
    )
    # Without the claims of the cut the conclusion is no longer connected.
    after = {answer.id: str(answer.verdict) for answer in again.answers}
    assert after[carried.conclusion] == "not connected"
    assert carried.conclusion in {two.id for _, two in again.moved}
    assert [str(a.verdict) for a in again.before] == [
        str(a.verdict) for a in told.answers
    ]


def test_two_readings_share_out_claims_and_links() -> None:
    by_id = {item.id: item for item in FLAGSHIP.readings}
    found = compared(FLAGSHIP, by_id["author"], by_id["rival"], seed=2014, draws=40)
    models = [build_model(FLAGSHIP, by_id[name]) for name in ("author", "rival")]
    taken = [{claim.id for claim in model.claims} for model in models]
    assert set(found.both) == taken[0] & taken[1]
    assert set(found.only_one) == taken[0] - taken[1]
    assert set(found.only_other) == taken[1] - taken[0]
    assert len(found.answers) == len(FLAGSHIP.conclusions)
    assert found.opposed
    for tail, head in found.opposed:
        signs = [
            {
                s
                for t, h, s in map(m.label, range(m.digraph.m))
                if (t, h) == (tail, head)
            }
            for m in models
        ]
        assert any(-sign in signs[1] for sign in signs[0])
    assert all(sweep.ties == found.sweeps[0].ties for sweep in found.sweeps)
    for sweep in found.sweeps:
        assert sweep.shares[0] is not None and sweep.shares[-1] is not None


def test_a_reading_compared_with_itself_differs_in_nothing() -> None:
    one = FLAGSHIP.readings[0]
    twin = replace(one, id="twin")
    found = compared(FLAGSHIP, one, twin, seed=1, draws=20)
    assert found.only_one == found.only_other == ()
    assert not found.opposed and not found.sweeps
    assert found.links[0] == found.links[2] == 0
    assert all(a.verdict == b.verdict for a, b in found.answers)


def test_claims_of_one_voice_for_both_signs_are_a_tension() -> None:
    claim, (tail, head, sign) = _lone_claim()
    stated = next(item for item in CASE.claims if item.id == claim)
    against = replace(stated, id="c_against", sign=stated.sign.reversed())
    if stated.edge is not None:
        edge = replace(stated.edge, sign=stated.edge.sign.reversed())
        against = replace(against, edge=edge)
    found = tensions([stated, against], CASE.codebook)
    assert [(one.tail, one.head) for one in found] == [(tail, head)]
    sides = {found[0].raises, found[0].lowers}
    assert sides == {(claim,), ("c_against",)}
    assert tensions([stated, stated], CASE.codebook) == ()
    assert sign


def test_a_mixture_of_readings_takes_the_claims_of_both() -> None:
    ids = tuple(claim.id for claim in CASE.claims if claim.is_premise)
    whole = Reading(id="all", include=(Selector(claims=ids),))
    assert {claim.id for claim in build_model(CASE, whole).claims} == set(ids)


def test_merged_nodes_are_one_and_a_split_node_takes_its_claims_along() -> None:
    claim, (tail, head, sign) = _lone_claim()
    told = next(item for item in CASE.claims if item.id == claim)
    merged = _links(Changes(merge=((tail, head),)))
    assert not any(tail in link[:2] for link in merged)
    split = _links(Changes(split=((told.subject, "newcomer", (claim,)),)))
    assert any("newcomer" in link[:2] for link in split)
    assert (tail, head, sign) not in split or told.subject not in (tail, head)
    chain = Changes(merge=(("a", "b"), ("b", "c")))
    assert whole_of(chain) == {"a": "c", "b": "c"}
    circle = Changes(merge=(("a", "b"), ("b", "a")))
    assert set(whole_of(circle)) == {"a", "b"}


def test_merges_and_splits_are_read_from_text_with_names_checked() -> None:
    one, two = CASE.nodes[0].id, CASE.nodes[1].id
    assert merges_named(CASE, [f"{one}={two}"]) == ((one, two),)
    claim = CASE.claims[0]
    text = f"{claim.subject}=fresh:{claim.id}"
    assert splits_named(CASE, [text]) == ((claim.subject, "fresh", (claim.id,)),)
    for wrong in (one, f"{one}={two}:{claim.id}", f"{one}=fresh"):
        with pytest.raises(UsageError, match="--split"):
            splits_named(CASE, [wrong])
    with pytest.raises(UsageError, match="--merge"):
        merges_named(CASE, [one])
    stranger = next(
        node.id
        for node in CASE.nodes
        if node.id not in {claim.subject, claim.object}
        and (claim.edge is None or node.id not in {claim.edge.tail, claim.edge.head})
    )
    with pytest.raises(UsageError, match="does not speak of"):
        splits_named(CASE, [f"{stranger}=fresh:{claim.id}"])
