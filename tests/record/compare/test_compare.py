"""Coverage before counts: what a record lacks, it cannot deny."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from cuibono.claims.records import (
    AUTHOR,
    Case,
    Claim,
    Codebook,
    Node,
    Source,
    TimeStated,
)
from cuibono.claims.words import Layer, Modality, NodeKind, Polarity, Sign
from cuibono.events.figures import (
    Covered,
    Extract,
    Figures,
    Series,
    months_between,
)
from cuibono.formats.case import read_case
from cuibono.formats.record.read import read_record
from cuibono.record.compare.compare import compared, wanted_dyads
from cuibono.record.compare.observable import from_plan, last_day, observations
from cuibono.record.compare.records import Kind, Observation, Verdict
from tests.reference import ROOT

MONTHS = months_between(date(2014, 1, 1), date(2014, 12, 31))
FULL = np.full(12, 50, np.int64)


def _claim(name: str, subject: str, target: str, **more: object) -> Claim:
    fields: dict[str, object] = {
        "id": name,
        "source": "s",
        "subject": subject,
        "predicate": "opposes",
        "object": target,
        "sign": Sign.MINUS,
        "voice": (AUTHOR,),
    }
    return Claim(**{**fields, **more})  # type: ignore[arg-type]


def _case(*claims: Claim, day: str = "2014-12-31") -> Case:
    nodes = tuple(
        Node(id=name, label=name.title(), kind=NodeKind.ACTOR)
        for name in ("arda", "brun")
    )
    oil = Node(id="oil", label="Oil", kind=NodeKind.FACTOR)
    return Case(
        id="toy",
        sources=(Source(id="s", date=day),),
        nodes=(*nodes, oil),
        codebook=Codebook(),
        claims=claims,
    )


def _figures(own: tuple[int, int, int], presence: str = "covered") -> Figures:
    grid = np.tile(np.array(own, np.int64), (12, 1))
    base = np.tile(np.array((20, 10, 5), np.int64), (12, 1))
    return Figures(
        extract=Extract(
            id="x",
            title="X",
            scheme="cameo",
            convention="goldstein",
            first=date(2014, 1, 1),
            last=date(2014, 12, 31),
            rows=1000,
        ),
        months=MONTHS,
        volume=FULL,
        actors=tuple(
            Covered(actor=name, presence=one, as_source=FULL, as_target=FULL)
            for name, one in (("arda", "covered"), ("brun", presence))
        ),
        series=(Series(source="arda", target="brun", own=grid, base=base),),
    )


def _verdict(case: Case, figures: Figures) -> Verdict | None:
    return compared(case, figures, seed=1).verdict_of("c1")


def test_prevailing_hostile_acts_agree_with_the_claim_and_disagree_with_its_denial() -> (
    None
):
    claim = _claim("c1", "arda", "brun")
    denied = replace(claim, polarity=Polarity.DENIED)
    figures = _figures((1, 9, 0))
    assert _verdict(_case(claim), figures) is Verdict.AGREES
    assert _verdict(_case(denied), figures) is Verdict.DISAGREES
    assert _verdict(_case(claim), _figures((12, 1, 0))) is Verdict.DISAGREES


@pytest.mark.parametrize("own", [(0, 0, 0), (1, 9, 0), (12, 1, 0)])
def test_an_actor_that_is_not_covered_silences_every_count(
    own: tuple[int, int, int],
) -> None:
    case = _case(_claim("c1", "arda", "brun"))
    figures = _figures(own, "not covered: its main names are absent")
    assert _verdict(case, figures) is Verdict.NOT_COVERED
    assert _verdict(case, replace(figures, actors=figures.actors[:1])) is (
        Verdict.NOT_COVERED
    )


def test_no_acts_at_all_are_too_few_and_never_a_disagreement() -> None:
    case = _case(_claim("c1", "arda", "brun"))
    assert _verdict(case, _figures((0, 0, 0))) is Verdict.TOO_FEW


def test_a_record_that_begins_after_the_text_is_silent() -> None:
    case = _case(_claim("c1", "arda", "brun"), day="2013~")
    assert _verdict(case, _figures((1, 9, 0))) is Verdict.NOT_COVERED


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"layer": Layer.COVERT}, Verdict.COVERT),
        ({"predicate": "weakens"}, Verdict.NO_ACT),
        ({"predicate": "labels"}, Verdict.NO_ACT),
        ({"modality": Modality.PREDICTED}, Verdict.NO_ACT),
        ({"object": "oil"}, Verdict.NO_ACT),
        ({"sign": Sign.NOT_STATED}, Verdict.NO_ACT),
    ],
)
def test_what_no_event_can_show_is_not_looked_for(
    change: dict[str, object], verdict: Verdict
) -> None:
    claim = _claim("c1", "arda", "brun", **change)
    assert _verdict(_case(claim), _figures((1, 9, 0))) is verdict


def test_claims_of_one_proposition_are_looked_for_once() -> None:
    case = _case(_claim("c1", "arda", "brun"), _claim("c2", "arda", "brun"))
    looked_for, refused = observations(case)
    assert [len(one.claims) for one in looked_for] == [2]
    assert refused == ()


def test_a_written_observation_takes_its_claims_out_of_the_rest() -> None:
    claim = _claim("c1", "arda", "brun", layer=Layer.COVERT)
    written = Observation(
        claims=(claim,),
        source="arda",
        target="brun",
        sign=-1,
        kind=Kind.CHANGE,
        on=date(2014, 6, 10),
    )
    case = _case(claim)
    assert wanted_dyads(case, (written,)) == (("arda", "brun"),)
    found = compared(case, _figures((1, 9, 0)), (written,), seed=1)
    assert found.verdict_of("c1") is Verdict.NOT_DECIDED
    assert found.refusals == ()


def test_a_time_that_the_claim_states_ends_what_counts() -> None:
    claim = _claim("c1", "arda", "brun", time=TimeStated(end="2014-02"))
    found = compared(_case(claim), _figures((1, 9, 0)), seed=1).findings[0]
    assert len(found.months) == 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014", date(2014, 12, 31)),
        ("2012/2014-02", date(2014, 2, 28)),
        ("2014-12", date(2014, 12, 31)),
        ("2014-11-07", date(2014, 11, 7)),
        ("2014-21", date(2014, 12, 31)),
        ("..", None),
        ("", None),
    ],
)
def test_the_last_day_of_a_stated_time(text: str, day: date | None) -> None:
    assert last_day(text) == day


def test_placebos_rarely_give_a_verdict_and_repeat_with_the_seed() -> None:
    case = _case(_claim("c1", "arda", "brun"))
    one, two = (compared(case, _figures((4, 2, 1)), seed=5).placebo for _ in range(2))
    assert one == two
    assert one[0].tried == 100
    assert one[0].verdicts <= 8


def test_on_icews14_what_the_extract_lacks_is_never_denied() -> None:
    """The shipped counts of the flagship: thirty claims about actors not in them."""
    root = ROOT / "cases/enemy-of-my-enemy"
    case = read_case(root)
    plan = read_record(root, case)
    assert plan is not None
    figures = next(one for one in plan.figures if one.extract.id == "icews14")
    found = compared(case, figures, from_plan(case, plan), seed=1)
    lacking = {one.actor for one in figures.actors if not one.is_covered}
    assert {"islamic-state", "us-government", "syria-government"} <= lacking
    for one in found.findings:
        sides = {one.observation.source, one.observation.target}
        if sides & lacking:
            assert one.verdict is Verdict.NOT_COVERED
        assert one.verdict is not Verdict.DISAGREES
    asked = {claim.id for one in found.findings for claim in one.observation.claims}
    refused = {claim.id for one in found.refusals for claim in one.claims}
    assert asked | refused == {claim.id for claim in case.claims}
    assert not asked & refused
