"""The compiled passes of simulated records, held against plain ones."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.record.design import SPECIFICATIONS, Design, Fitter, window_starts
from cuibono.record.events import SignedEvents, signed_events
from cuibono.record.fit import robust_errors
from cuibono.record.kernels.draws import COLUMNS, inverse
from cuibono.record.nulls import (
    Null,
    draw_state,
    fitted_propensities,
    shuffled_signs,
    sign_blocks,
)
from cuibono.record.rows import event_rows
from cuibono.record.settings import Legs, Memory, Order, Triads, Weights
from cuibono.record.skeleton import TERMS, drawn_signs, sign_terms, skeleton
from cuibono.record.statistics.catalogue import TRIADS, modelled, statistics_of
from cuibono.record.trial import (
    Standing,
    Trial,
    curtailed,
    most_beyond,
    standing,
)
from tests.definitions.rem_fit import windowed_logit
from tests.record.records import small_records


def invented(
    count: int = 600, actors: int = 8, days: int = 120, seed: int = 1
) -> SignedEvents:
    """Record with signs drawn evenly."""
    rng = np.random.default_rng(seed)
    ends = np.array([rng.permutation(actors)[:2] for _ in range(count)])
    return signed_events(
        np.sort(rng.integers(0, days, count)).astype(np.float64),
        [f"actor-{k}" for k in ends[:, 0]],
        [f"actor-{k}" for k in ends[:, 1]],
        rng.choice([1, -1], count, p=[0.65, 0.35]),
    )


@given(
    small_records().filter(lambda events: bool(np.any(events.sign))),
    st.sampled_from(Triads),
    st.sampled_from(Legs),
    st.sampled_from(Order),
    st.sampled_from([0.0, 0.6]),
)
def test_the_pass_of_simulated_records_gives_the_statistics(
    events: SignedEvents, form: Triads, legs: Legs, order: Order, trim: float
) -> None:
    memory = Memory(
        half_life_days=4,
        triads=form,
        legs=legs,
        order=order,
        trim_below=trim,
        weights=Weights.SIZE,
    )
    bones = skeleton(events, memory)
    rows = event_rows(bones.events, memory.order)
    plain = modelled(statistics_of(bones.events, rows, memory, TERMS), TERMS)
    assert np.abs(sign_terms(bones, bones.events.sign) - plain).max() < 1e-12


def test_signs_drawn_without_history_have_the_log_odds_given() -> None:
    bones = skeleton(invented(20_000), Memory())
    base = np.where(np.arange(len(bones)) % 2 == 0, 1.0, -2.0)
    sign, terms = drawn_signs(bones, base, np.zeros(COLUMNS), np.array([7], np.uint64))
    for log_odds in (1.0, -2.0):
        share = np.mean(sign[base == log_odds] > 0)
        assert share == pytest.approx(1 / (1 + np.exp(-log_odds)), abs=0.02)
    assert np.array_equal(terms, sign_terms(bones, sign))


def test_shuffled_signs_stay_with_their_ordered_pair_and_block() -> None:
    """Blocks move whole: their signs stand together, in the order they had."""
    bones = skeleton(invented(), Memory())
    blocks = sign_blocks(bones, 30.0)
    sign, _ = shuffled_signs(bones, blocks, draw_state(3, Null.TIMING, 0))
    observed = bones.events.sign
    assert np.any(sign != observed)
    block = np.floor((bones.events.time - bones.events.time[0]) / 30)
    for way in range(bones.ways):
        mine = bones.directed == way
        assert sign[mine].sum() == observed[mine].sum()
        parts = [observed[mine][block[mine] == at] for at in np.unique(block[mine])]
        left = sign[mine].tolist()
        assert _cut_into(left, [part.tolist() for part in parts])


def _cut_into(signs: list[int], parts: list[list[int]]) -> bool:
    """Whether a row of signs is some order of the parts."""
    if not parts:
        return not signs
    return any(
        signs[: len(part)] == part
        and _cut_into(signs[len(part) :], parts[:at] + parts[at + 1 :])
        for at, part in enumerate(parts)
    )


def test_a_pair_within_one_block_keeps_its_signs() -> None:
    bones = skeleton(invented(), Memory())
    blocks = sign_blocks(bones, 1000.0)
    sign, _ = shuffled_signs(bones, blocks, draw_state(3, Null.TIMING, 0))
    assert np.array_equal(sign, bones.events.sign)
    assert blocks.movable == 0


@given(st.integers(1, 7), st.integers(0, 2**31))
def test_the_inverse_is_that_of_linear_algebra(size: int, seed: int) -> None:
    root = np.random.default_rng(seed).normal(size=(size + 3, size))
    matrix = root.T @ root + 0.1 * np.eye(size)
    out = np.empty((size, size))
    inverse(matrix, out)
    assert out @ matrix == pytest.approx(np.eye(size), abs=1e-7)


@pytest.mark.parametrize("specification", SPECIFICATIONS)
@pytest.mark.parametrize("days", [0.0, 20.0])
def test_the_fit_with_windows_is_that_with_a_column_for_each(
    specification: int, days: float
) -> None:
    """Coefficients, levels, and the three standard errors of the rules."""
    bones = skeleton(invented(), Memory())
    design = Design(specification=specification, window_days=days)
    fitter = Fitter(bones, design)
    sign = bones.events.sign
    terms = sign_terms(bones, sign)
    ours = fitter.fitted(sign, terms, enough=1e-20)
    starts = window_starts(bones.events.time, days)
    window = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    share = np.mean(sign > 0)
    names = SPECIFICATIONS[specification]
    beta, level, bread, influence = windowed_logit(
        terms[:, [TERMS.index(name) for name in names]],
        (sign > 0).astype(np.float64),
        window,
        design.window_ridge,
        float(np.log(share / (1 - share))),
    )
    assert ours.coefficient == pytest.approx(beta, abs=1e-7)
    assert ours.level == pytest.approx(level, abs=1e-7)
    rules = [names.index(name) for name in TRIADS]
    by_dyad, two_way = robust_errors(
        influence, bones.events.source, bones.events.target
    )
    assert ours.error[0] == pytest.approx(np.sqrt(np.diag(bread))[rules], rel=1e-6)
    assert ours.error[1] == pytest.approx(by_dyad[rules], rel=1e-6)
    assert ours.error[2] == pytest.approx(two_way[rules], rel=1e-6, abs=1e-9)


def test_propensities_find_the_spread_and_inertia_they_were_drawn_from() -> None:
    """Forty actors with levels of spread one; signs of pairs repeat themselves."""
    bones = skeleton(invented(12_000, actors=40, days=300), Memory())
    rng = np.random.default_rng(4)
    levels = rng.normal(0, 1, (2, 40))
    theta = np.zeros(COLUMNS)
    theta[:4] = 0.8, -0.8, 0.0, 0.0
    base = levels[0][bones.events.source] + levels[1][bones.events.target]
    sign, terms = drawn_signs(bones, base, theta, np.array([5], np.uint64))
    made = fitted_propensities(bones, sign, terms, Design(window_days=30))
    spread = np.sqrt(made.spread)
    assert spread[:2] == pytest.approx(levels.std(axis=1), rel=0.2)
    assert spread[2:].max() < 0.35
    assert made.own == pytest.approx(theta[:4], abs=0.25)


def test_moods_give_each_actor_a_level_in_each_window() -> None:
    """Friendliness of twenty actors that is drawn anew every fifty days."""
    bones = skeleton(invented(20_000, actors=20, days=500), Memory())
    window = (bones.events.time // 50).astype(int)
    mood = np.random.default_rng(4).normal(0, 1, (20, 11))
    base = mood[bones.events.source, window]
    sign, terms = drawn_signs(bones, base, np.zeros(COLUMNS), np.array([5], np.uint64))
    made = fitted_propensities(bones, sign, terms, Design(window_days=0, mood_days=50))
    spread = np.sqrt(made.spread)
    assert len(spread) == 7
    assert spread[5] == pytest.approx(mood.std(), rel=0.2)
    assert spread[6] < 0.3
    again, _ = made.signs(bones, draw_state(1, Null.STRUCTURE, 0))
    mine = bones.events.source == 0
    shares = [
        [np.mean(one[mine & (window == at)] > 0) for at in range(10)]
        for one in (sign, again)
    ]
    assert np.corrcoef(shares)[0, 1] > 0.6


def test_a_draw_is_the_same_whatever_was_drawn_before() -> None:
    bones = skeleton(invented(), Memory())
    trial, again = Trial(bones, Design()), Trial(bones, Design())
    for null in Null:
        trial.refitted(null, 9, 0)
        one, other = trial.refitted(null, 9, 3), again.refitted(null, 9, 3)
        assert one.studentised.tobytes() == other.studentised.tobytes()


def test_two_nulls_of_a_seed_are_drawn_apart() -> None:
    states = {int(draw_state(1, null, draw)[0]) for null in Null for draw in range(50)}
    assert len(states) == 100


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("null", Null)
def test_stopping_early_never_changes_the_decision(null: Null, seed: int) -> None:
    """A null that some rules leave: all draws, and only as many as are needed."""
    bones = skeleton(invented(seed=seed), Memory())
    trial = Trial(bones, replace(Design(), specification=0))
    drawn = np.array(
        [trial.refitted(null, seed, draw).studentised for draw in range(49)]
    )
    whole = standing(null, trial.estimate.studentised, drawn).directions(0.4)
    made: list[int] = []
    early = curtailed(
        trial, null, seed=seed, draws=49, level=0.4,
        alive=np.ones(4, bool), count=made.append,
    )  # fmt: skip
    assert np.array_equal(whole, early)
    assert made[0] <= 49


def test_a_rule_that_is_out_stays_out() -> None:
    trial = Trial(skeleton(invented(), Memory()), Design())
    none = curtailed(
        trial, Null.TIMING, seed=1, draws=49, level=0.9, alive=np.zeros(4, bool)
    )
    assert none.tolist() == [0, 0, 0, 0]


def test_a_monte_carlo_p_value_counts_the_record_itself() -> None:
    """Of 199 draws five lie beyond: two-sided 12 in 200, and the level is kept."""
    place = Standing(
        null=Null.TIMING,
        draws=199,
        above=np.array([0, 5, 4, 100]),
        below=np.array([199, 194, 195, 100]),
    )
    assert place.p_value == pytest.approx([0.01, 0.06, 0.05, 1.0])
    assert place.directions(0.05).tolist() == [1, 0, 1, 0]
    for draws in (39, 99, 199):
        for level in (0.05, 0.08, 0.1):
            most = most_beyond(draws, level)
            assert 2 * (1 + most) / (draws + 1) <= level + 1e-12
            assert 2 * (2 + most) / (draws + 1) > level
