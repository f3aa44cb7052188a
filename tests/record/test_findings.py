"""Verdicts: when a rule is supported, contradicted, indistinct, or out of reach."""

from pathlib import Path

import numpy as np
import pytest

from cuibono.errors import UsageError
from cuibono.record.carriers import carriers, row_pushes
from cuibono.record.curve import specification_curve
from cuibono.record.events import SignedEvents
from cuibono.record.findings import RuleFindings, rule_findings, usual_design
from cuibono.record.kernels.draws import COLUMNS
from cuibono.record.nulls import Null
from cuibono.record.progress import Kept, run_key
from cuibono.record.rules import RULES, Partial, Verdict, called
from cuibono.record.settings import Memory
from cuibono.record.skeleton import drawn_signs, sign_terms, skeleton
from cuibono.record.trial import Trial, standing
from tests.record.test_nulls import invented

MEMORY = Memory(half_life_days=20)


def drawn_record(rules: tuple[float, ...], seed: int = 3) -> SignedEvents:
    """Record whose signs follow the four rules, by so much for each of them."""
    bones = skeleton(invented(5000, actors=14, days=400, seed=seed), MEMORY)
    theta = np.zeros(COLUMNS)
    theta[12:16] = rules
    sign, _ = drawn_signs(
        bones, np.full(len(bones), 0.3), theta, np.array([seed], np.uint64)
    )
    return bones.events.with_sign(sign)


def short(events: SignedEvents, **more: object) -> RuleFindings:
    """Findings with few draws."""
    settings: dict[str, object] = {
        "memory": MEMORY, "draws": 49, "seed": 5, "curve": False,
    }  # fmt: skip
    return rule_findings(events, **{**settings, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rules", "at", "wanted"),
    [
        ((0.0, 0.0, 0.0, 1.2), 3, Verdict.SUPPORTED),
        ((0.0, -0.8, 0.0, 0.0), 1, Verdict.SUPPORTED),
        ((0.0, 0.0, 0.8, 0.0), 2, Verdict.CONTRADICTED),
    ],
)
def test_a_rule_that_makes_the_signs_is_supported_and_its_reverse_contradicted(
    rules: tuple[float, ...], at: int, wanted: Verdict
) -> None:
    """Strong effects of one rule in a record of five thousand events."""
    one = short(drawn_record(rules)).findings[at]
    turn = 1 if rules[at] > 0 else -1
    assert one.verdict is wanted and one.partial is Partial.NEITHER
    assert one.timing.direction == one.structure.direction == turn
    assert (one.odds_ratio > 1) == (turn > 0)
    assert (one.share_with > one.share_without) == (turn > 0)
    assert one.odds_low < one.odds_ratio < one.odds_high


def test_signs_drawn_evenly_are_indistinct() -> None:
    found = short(invented(2500, actors=14, days=250))
    assert {one.verdict for one in found.findings} == {Verdict.INDISTINCT}
    assert found.signed == 2500 and found.actors == 14
    assert [one.rule.name for one in found.findings] == [rule.name for rule in RULES]


def test_a_short_record_is_too_little() -> None:
    found = short(invented(90))
    for one in found.findings:
        assert one.verdict is Verdict.TOO_LITTLE
        assert "are needed" in one.reason


def test_few_hostile_events_are_too_little() -> None:
    events = invented(900)
    found = short(
        events.with_sign(np.where(np.arange(900) % 60, 1, -1).astype(np.int8))
    )
    assert found.findings[0].verdict is Verdict.TOO_LITTLE
    assert "of each are needed" in found.findings[0].reason


def test_pairs_that_never_meet_again_are_too_little() -> None:
    events = invented(900, days=15)
    assert all("met again" in one.reason for one in short(events).findings)


@pytest.mark.parametrize(
    ("timing", "structure", "verdict", "partial"),
    [
        (-1, -1, Verdict.SUPPORTED, Partial.NEITHER),
        (1, 1, Verdict.CONTRADICTED, Partial.NEITHER),
        (0, 0, Verdict.INDISTINCT, Partial.NEITHER),
        (-1, 0, Verdict.INDISTINCT, Partial.TIMING),
        (0, 1, Verdict.INDISTINCT, Partial.STRUCTURE),
        (1, -1, Verdict.INDISTINCT, Partial.OPPOSED),
    ],
)
def test_a_verdict_needs_both_nulls_on_the_same_side(
    timing: int, structure: int, verdict: Verdict, partial: Partial
) -> None:
    """For a rule that predicts less."""
    assert called(-1, timing, structure) == (verdict, partial)


def plain(found: RuleFindings) -> list[object]:
    """What of the findings must be the same, byte for byte."""
    return [
        (one.rule.name, one.verdict, one.coefficient, one.timing.p_value,
         one.timing.middle, one.structure.p_value, one.structure.spread, one.carriers)
        for one in found.findings
    ] + [point.null_middle.tobytes() for point in found.curve]  # fmt: skip


def test_a_stopped_run_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    events, state = invented(), tmp_path / "draws.npz"
    more = {"curve": True, "curve_draws": 3, "half_lives": (20.0,)}
    whole = short(events, **more)
    seen: list[tuple[str, int]] = []

    def stopping(what: str, at: int, of: int) -> None:
        del of
        seen.append((what, at))
        if len(seen) == 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        short(events, **more, state=state, progress=stopping)
    assert state.exists()
    seen.clear()

    def watching(what: str, at: int, of: int) -> None:
        del of
        seen.append((what, at))

    again = short(events, **more, state=state, progress=watching)
    assert plain(again) == plain(whole)
    assert seen[0][0] == f"null: {Null.TIMING.value}" and seen[0][1] > 5
    assert not state.exists()


def test_another_seed_gives_other_draws_and_the_same_one_the_same() -> None:
    events = invented()
    assert plain(short(events)) == plain(short(events))
    assert plain(short(events)) != plain(short(events, seed=6))


def test_draws_of_another_run_are_refused(tmp_path: Path) -> None:
    state = tmp_path / "draws.npz"
    store = Kept(state, run_key(invented(), 1))
    store.table("timing", 3, lambda draw: np.full(4, draw, np.float64))
    store.save()
    assert len(Kept(state, run_key(invented(), 1)).tables["timing"]) == 3
    with pytest.raises(UsageError, match="another record, seed or settings"):
        short(invented(), state=state)
    state.write_bytes(b"PK\x03\x04 not draws")
    with pytest.raises(UsageError, match="holds no draws"):
        short(invented(), state=state)


@pytest.mark.parametrize("draws", [1, 23])
def test_too_few_draws_are_refused(draws: int) -> None:
    with pytest.raises(ValueError, match="draws must be at least 24"):
        short(invented(), draws=draws)


def test_renaming_the_actors_changes_no_number() -> None:
    """Draws go by position, positions by first appearance: only names differ."""
    events = invented()
    new = {actor: f"x{actor[::-1]}" for actor in events.actors}
    one, other = short(events), short(events.renamed(new))
    for mine, theirs in zip(one.findings, other.findings, strict=True):
        assert mine.timing.p_value == theirs.timing.p_value
        assert mine.coefficient == pytest.approx(theirs.coefficient, abs=1e-12)
        assert [
            sorted(new[actor] for actor in item.actors) for item in mine.carriers
        ] == [sorted(item.actors) for item in theirs.carriers]


def test_pushes_of_a_rule_add_up_over_its_triples() -> None:
    """Shared out among third actors, they are the pushes of the events that have one."""
    events = drawn_record((0.0, 0.0, 0.0, 1.2))
    bones = skeleton(events, MEMORY)
    terms = sign_terms(bones, bones.events.sign)
    pushes = row_pushes(bones, terms, usual_design(MEMORY))
    assert pushes[:, 3].sum() > 0
    found = carriers(bones, pushes, 3, 1)
    assert all(item.push > 0 and 0 < item.friendly <= item.events for item in found)
    pushes_found = [item.push for item in found]
    assert pushes_found == sorted(pushes_found, reverse=True)
    rows = {row for item in found for row in item.rows}
    by_row = {int(row): at for at, row in enumerate(bones.events.row)}
    assert all(terms[by_row[row], 15] > 0 for row in rows)


def test_the_curve_has_a_point_for_every_setting_with_its_band() -> None:
    events = invented()
    group = {actor: f"group-{int(actor[-1]) // 2}" for actor in events.actors}
    points = specification_curve(
        {"actors": events, "groups": events.renamed(group)},
        MEMORY,
        usual_design(MEMORY),
        seed=1,
        draws=5,
        half_lives=(10.0, 40.0),
    )
    settings = {
        (point.aggregation, point.half_life_days, point.specification)
        for point in points
    }
    assert len(points) == len(settings) == 16
    assert {point.events for point in points if point.aggregation == "groups"} < {
        *range(600)
    }
    for point in points:
        assert np.all(point.low < point.high) and np.all(point.error > 0)


def test_a_trial_stands_among_its_own_draws() -> None:
    """The observed record as its own draw ties with itself on both sides."""
    trial = Trial(skeleton(invented(), MEMORY), usual_design(MEMORY))
    value = trial.estimate.studentised
    place = standing(Null.TIMING, value, np.array([value, value]))
    assert place.above.tolist() == place.below.tolist() == [2, 2, 2, 2]
