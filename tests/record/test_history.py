"""Statistics against their definitions, and laws that they obey."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.record.events import SignedEvents, signed_events
from cuibono.record.rows import Rows, event_rows
from cuibono.record.settings import Legs, Memory, Order, Triads, Weights
from cuibono.record.statistics.catalogue import (
    SHARES,
    SIXTEEN,
    STATISTICS,
    TRIADS,
    statistics_of,
)
from tests.definitions.rem_history import Rules, shares, statistics
from tests.record.records import NAMES, past_of, small_records
from tests.reference import ROOT

MEMORIES = st.builds(
    Memory,
    half_life_days=st.sampled_from([0.5, 3.0, 30.0]),
    trim_below=st.sampled_from([0.0, 0.3, 1.1]),
    weights=st.sampled_from(Weights),
    triads=st.sampled_from(Triads),
    legs=st.sampled_from(Legs),
    density=st.booleans(),
    order=st.sampled_from(Order),
)


def rules_of(memory: Memory) -> Rules:
    """The same settings for the definitions."""
    return Rules(
        half_life=memory.half_life_days,
        trim=memory.trim_below,
        form=memory.triads.value,
        directed=memory.legs is Legs.DIRECTED,
        density=memory.density,
    )


def all_dyads(events: SignedEvents, at: float) -> Rows:
    """Every ordered pair of the record's actors, after all events, at one moment."""
    pairs = list(permutations(range(len(events.actors)), 2))
    return Rows(
        after=np.full(len(pairs), len(events), np.int64),
        time=np.full(len(pairs), at),
        source=np.array([a for a, _ in pairs], np.int64),
        target=np.array([b for _, b in pairs], np.int64),
    )


@settings(max_examples=60)
@given(small_records(), MEMORIES)
def test_each_event_has_the_statistics_of_the_definition(
    events: SignedEvents, memory: Memory
) -> None:
    rows = event_rows(events, memory.order)
    ours = statistics_of(events, rows, memory, SIXTEEN)
    by_size = memory.weights is Weights.SIZE
    for k, after in enumerate(rows.after):
        past = past_of(events, int(after), by_size=by_size)
        a, b = (events.actors[at] for at in (events.source[k], events.target[k]))
        expected = statistics(past, a, b, float(events.time[k]), rules_of(memory))
        assert ours[k] == pytest.approx(expected, rel=1e-12, abs=1e-12)


@settings(max_examples=30)
@given(small_records(), MEMORIES, st.sampled_from([0.0, 4.0, 40.0]))
def test_dyads_without_an_event_have_the_statistics_of_the_definition(
    events: SignedEvents, memory: Memory, later: float
) -> None:
    now = float(events.time[-1]) + 1 + later
    rows = all_dyads(events, now)
    ours = statistics_of(events, rows, memory, SIXTEEN)
    past = past_of(events, len(events), by_size=memory.weights is Weights.SIZE)
    for k in range(len(rows)):
        a, b = (events.actors[at] for at in (rows.source[k], rows.target[k]))
        expected = statistics(past, a, b, now, rules_of(memory))
        assert ours[k] == pytest.approx(expected, rel=1e-12, abs=1e-12)


@given(small_records())
def test_long_run_shares_are_those_of_the_definition(events: SignedEvents) -> None:
    memory = Memory()
    rows = event_rows(events, memory.order)
    ours = statistics_of(events, rows, memory, SHARES)
    for k, after in enumerate(rows.after):
        past = past_of(events, int(after), by_size=False)
        a, b = (events.actors[at] for at in (events.source[k], events.target[k]))
        assert ours[k] == pytest.approx(shares(past, a, b), rel=1e-12, abs=1e-12)


@given(small_records())
def test_the_root_form_with_density_is_that_of_rem(events: SignedEvents) -> None:
    """R's `rem`: square root of summed products of symmetric ties, times ln 2 / h."""
    memory = Memory(triads=Triads.ROOT, density=True, half_life_days=7)
    rows = all_dyads(events, float(events.time[-1]) + 3)
    ours = statistics_of(events, rows, memory, TRIADS)
    rules = Rules(half_life=7, form="root", density=True)
    past = past_of(events, len(events), by_size=False)
    for k in range(len(rows)):
        a, b = (events.actors[at] for at in (rows.source[k], rows.target[k]))
        expected = statistics(past, a, b, float(rows.time[k]), rules)[12:]
        assert np.abs(ours[k] - expected).max() <= 1e-12


@given(small_records(), MEMORIES, st.data())
def test_the_future_never_changes_a_statistic(
    events: SignedEvents, memory: Memory, data: st.DataObject
) -> None:
    """All names stay known, so that cutting the record changes nothing else."""
    cut = data.draw(st.integers(1, len(events)))
    short = events.chosen(np.arange(len(events)) < cut)
    names = tuple(STATISTICS)
    whole = statistics_of(events, event_rows(events, memory.order), memory, names)
    part = statistics_of(short, event_rows(short, memory.order), memory, names)
    assert np.array_equal(whole[:cut], part)


@given(small_records(), MEMORIES, st.permutations(NAMES))
def test_renaming_the_actors_leaves_their_statistics(
    events: SignedEvents, memory: Memory, names: list[str]
) -> None:
    """The new names are met in another order, so positions and tables differ too."""
    new = dict(zip(NAMES, names, strict=True))
    order = sorted(range(len(events.actors)), key=lambda at: new[events.actors[at]])
    place = np.argsort(order)
    again = SignedEvents(
        name="renamed",
        actors=tuple(new[events.actors[at]] for at in order),
        time=events.time,
        source=place[events.source].astype(np.int64),
        target=place[events.target].astype(np.int64),
        sign=events.sign,
        weight=events.weight,
        row=events.row,
    )
    one = statistics_of(events, event_rows(events, memory.order), memory)
    other = statistics_of(again, event_rows(again, memory.order), memory)
    assert np.abs(one - other).max(initial=0) <= 1e-12


@given(small_records(), st.data())
def test_the_order_of_rows_within_a_day_changes_nothing(
    events: SignedEvents, data: st.DataObject
) -> None:
    """For the default: least of two ties, events of a day seeing the state before it."""
    turn = np.array(data.draw(st.permutations(range(len(events)))))
    again = signed_events(
        events.time[turn],
        [events.actors[at] for at in events.source[turn]],
        [events.actors[at] for at in events.target[turn]],
        events.sign[turn],
        events.weight[turn],
    )
    memory = Memory()
    one = statistics_of(events, event_rows(events, memory.order), memory)
    other = statistics_of(again, event_rows(again, memory.order), memory)
    assert np.abs(one[turn[again.row]] - other).max() <= 1e-12


def test_a_long_record_is_put_back_to_scale_without_a_trace() -> None:
    """Three thousand half-lives: stored values would leave the range of doubles."""
    time = np.array([0.0, 1.0, 2990.0, 2995.0, 2999.0, 3000.0])
    events = signed_events(
        time,
        ["Arda", "Cor", "Arda", "Cor", "Brun", "Arda"],
        ["Cor", "Brun", "Cor", "Brun", "Arda", "Brun"],
        np.array([1, 1, 1, -1, 1, 1]),
    )
    memory = Memory(half_life_days=1.0)
    ours = statistics_of(events, event_rows(events, memory.order), memory)[-1]
    past = past_of(events, 5, by_size=False)
    expected = statistics(past, "Arda", "Brun", 3000.0, Rules(half_life=1.0))
    assert ours == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("name", STATISTICS)
def test_every_statistic_says_what_it_is_and_where_it_comes_from(name: str) -> None:
    """One sentence, and a source in the bibliography."""
    statistic = STATISTICS[name]
    assert statistic.name == name and len(statistic.says) > 20
    bibliography = (ROOT / "docs/references.bib").read_text(encoding="utf-8")
    assert f"{{{statistic.source}," in bibliography


def test_an_unknown_statistic_is_refused_with_those_there_are() -> None:
    events = signed_events(np.zeros(1), ["Arda"], ["Brun"], np.ones(1))
    rows = event_rows(events, Order.SIMULTANEOUS)
    with pytest.raises(ValueError, match=r"no statistic 'enmity'; there are pos\.rep"):
        statistics_of(events, rows, Memory(), ["enmity"])


@pytest.mark.parametrize("wrong", [{"half_life_days": 0}, {"trim_below": -1}])
def test_settings_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Memory(**wrong)  # type: ignore[arg-type]
