"""Who can be a control, and that offsets undo the preference for the near."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.errors import UsageError
from cuibono.record.controls import (
    eventnet_strata,
    own_controls,
    stratified_controls,
)
from cuibono.record.events import SignedEvents, signed_events
from cuibono.record.risk import by_kind, fixed_set
from cuibono.record.settings import Order
from tests.record.records import small_records


def example(seed: int = 1) -> SignedEvents:
    """Four hundred events of twelve actors on forty days, half of them states."""
    rng = np.random.default_rng(seed)
    names = [f"actor-{k:02}" for k in range(12)]
    ends = np.array([rng.choice(12, 2, replace=False) for _ in range(400)])
    return signed_events(
        np.sort(rng.integers(0, 40, 400)).astype(np.float64),
        [names[k] for k in ends[:, 0]],
        [names[k] for k in ends[:, 1]],
        rng.choice([1, -1, 0], 400),
        kinds={name: "state" if k % 2 else "group" for k, name in enumerate(names)},
    )


def seen(events: SignedEvents, time: float) -> set[int]:
    """Actors with an event up to and including a day."""
    past = events.time <= time
    return {*events.source[past].tolist(), *events.target[past].tolist()}


@pytest.mark.parametrize("near", [None, 0.0, 0.5])
def test_own_controls_are_other_pairs_of_actors_seen_by_then(
    near: float | None,
) -> None:
    events, rng = example(), np.random.default_rng(2)
    if near is None:
        sample = own_controls(events, each=3, rng=rng)
    else:
        sample = stratified_controls(events, each=3, rng=rng, near_share=near)
    assert sample.own and sample.case.sum() == len(events)
    assert np.array_equal(np.bincount(sample.stratum), np.full(len(events), 4))
    rows = sample.rows
    for at in np.flatnonzero(~sample.case):
        case = 4 * (at // 4)
        control = (rows.source[at], rows.target[at])
        assert control[0] != control[1]
        assert control != (rows.source[case], rows.target[case])
        assert set(control) <= seen(events, rows.time[at])
        assert rows.after[at] == rows.after[case]


def test_offsets_of_even_sampling_are_the_same_in_a_stratum() -> None:
    events = example()
    rng = np.random.default_rng(2)
    even = stratified_controls(events, each=3, rng=rng, near_share=0.0)
    assert np.ptp(even.offset.reshape(-1, 4), axis=1).max() < 1e-12
    near = stratified_controls(events, each=3, rng=rng, near_share=0.5)
    assert np.ptp(near.offset.reshape(-1, 4), axis=1).max() > 0.1


def test_offsets_are_the_log_frequencies_of_the_draws() -> None:
    """The last event's controls, drawn often: frequency against exp(-offset)."""
    events = example()
    rng = np.random.default_rng(5)
    sample = stratified_controls(events, each=60_000 // 400, rng=rng, near_share=0.5)
    for _ in range(60):
        more = stratified_controls(events, each=150, rng=rng, near_share=0.5)
        last = more.stratum == len(events) - 1
        pairs = list(zip(more.rows.source[last], more.rows.target[last], strict=True))
        if _ == 0:
            count: dict[tuple[int, int], int] = {}
            chance: dict[tuple[int, int], float] = {}
        for at, pair in enumerate(pairs[1:], 1):
            count[pair] = count.get(pair, 0) + 1
            chance[pair] = float(np.exp(-more.offset[last][at]))
    assert sample.own
    drawn = sum(count.values())
    whole = sum(chance.values())
    for pair, times in count.items():
        expected = drawn * chance[pair] / whole
        assert abs(times - expected) < 6 * np.sqrt(expected) + 3


def test_a_risk_set_by_kind_keeps_the_kinds_of_the_event() -> None:
    events = example()
    sample = own_controls(
        events, each=4, rng=np.random.default_rng(3), risk=by_kind(events)
    )
    kind = np.array([events.kinds[actor] for actor in events.actors])
    for ends in (sample.rows.source, sample.rows.target):
        of = kind[ends].reshape(-1, 5)
        assert (of == of[:, :1]).all()


def test_a_fixed_risk_set_draws_from_its_actors_alone() -> None:
    events = example()
    some = frozenset(events.actors[:5])
    sample = own_controls(
        events, each=4, rng=np.random.default_rng(3), risk=fixed_set(events, some)
    )
    ends = np.r_[sample.rows.source[~sample.case], sample.rows.target[~sample.case]]
    assert {events.actors[k] for k in ends} == some


def test_a_fixed_risk_set_needs_actors_of_the_record() -> None:
    with pytest.raises(ValueError, match="not in it: Nobody"):
        fixed_set(example(), frozenset({"Nobody", "actor-00", "actor-01"}))
    with pytest.raises(ValueError, match="kinds of the actors"):
        by_kind(signed_events(np.zeros(1), ["Arda"], ["Brun"], np.ones(1)))


def test_a_record_of_one_pair_has_no_risk_set() -> None:
    events = signed_events(np.zeros(1), ["Arda"], ["Brun"], np.ones(1))
    only = fixed_set(events, frozenset({"Arda", "Brun"}))
    made = own_controls(events, each=1, rng=np.random.default_rng(0), risk=only)
    # One other dyad is left: the way back.
    assert (made.rows.source[1], made.rows.target[1]) == (1, 0)


@given(small_records(), st.sampled_from(Order))
def test_strata_as_eventnet_hold_each_event_once_and_no_observed_dyad_as_control(
    events: SignedEvents, order: Order
) -> None:
    sample = eventnet_strata(events, each=3, rng=np.random.default_rng(0), order=order)
    assert np.array_equal(np.sort(sample.event[sample.case]), np.arange(len(events)))
    dyads = sample.rows.source * len(events.actors) + sample.rows.target
    for stratum in range(int(sample.stratum.max()) + 1):
        mine = sample.stratum == stratum
        controls = dyads[mine & ~sample.case]
        assert len(set(controls.tolist())) == len(controls)
        assert not set(controls.tolist()) & set(dyads[mine & sample.case].tolist())


@pytest.mark.parametrize("draw", [own_controls, stratified_controls, eventnet_strata])
def test_the_same_seed_draws_the_same_controls(draw: object) -> None:
    events = example()
    one, other = (
        draw(events, each=3, rng=np.random.default_rng(9))  # type: ignore[operator]
        for _ in range(2)
    )
    assert one.rows.source.tobytes() == other.rows.source.tobytes()
    assert one.offset.tobytes() == other.offset.tobytes()


def test_a_share_of_near_controls_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match="near_share"):
        stratified_controls(
            example(), each=1, rng=np.random.default_rng(0), near_share=1.0
        )


def test_a_risk_set_without_another_dyad_is_named() -> None:
    events = example()
    kinds = {actor: actor for actor in events.actors}
    lonely = signed_events(
        np.zeros(1), ["Arda"], ["Brun"], np.ones(1), kinds={"Arda": "a", "Brun": "b"}
    )
    assert len(kinds) == 12
    with pytest.raises(UsageError, match="no other dyad"):
        own_controls(lonely, each=1, rng=np.random.default_rng(0), risk=by_kind(lonely))
