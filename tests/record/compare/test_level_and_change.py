"""The two tests of the comparison against their definitions and their laws."""

from datetime import date
from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cuibono.events.figures import Counts, months_between
from cuibono.record.compare.change import LEAST_MONTHS, change
from cuibono.record.compare.decide import (
    LEAST_ACTS,
    change_direction,
    level_direction,
    verdict,
)
from cuibono.record.compare.level import level, overdispersion
from cuibono.record.compare.records import Verdict
from cuibono.record.compare.student import t_quantile

YEAR = months_between(date(2014, 1, 1), date(2014, 12, 31))


def _counts(*rows: tuple[int, int, int]) -> Counts:
    return np.array(rows, np.int64)


@given(
    st.floats(0.01, 0.99).filter(lambda p: abs(p - 0.5) > 1e-3),
    st.integers(1, 2000),
)
def test_quantiles_are_those_of_scipy(probability: float, degrees: int) -> None:
    assert t_quantile(probability, degrees) == pytest.approx(
        stats.t.ppf(probability, degrees), rel=1e-8, abs=1e-8
    )


def test_the_level_test_is_the_quasi_binomial_one_written_out() -> None:
    own = _counts((2, 8, 1), (1, 6, 0), (4, 5, 2), (0, 9, 0))
    base = _counts((50, 40, 3), (45, 30, 9), (60, 45, 2), (52, 38, 1))
    found = level(own, base, -1)
    assert found is not None
    a, b, c, d = 28.5, 7.5, 153.5, 207.5
    share = 28 / 35
    spread = (
        sum(
            (x - n * share) ** 2 / (n * share * (1 - share))
            for x, n in ((8, 10), (6, 7), (5, 9), (9, 9))
        )
        / 3
    )
    pool = 153 / 360
    base_spread = (
        sum(
            (x - n * pool) ** 2 / (n * pool * (1 - pool))
            for x, n in ((40, 90), (30, 75), (45, 105), (38, 90))
        )
        / 3
    )
    error = sqrt(
        max(1, spread) * (1 / a + 1 / b) + max(1, base_spread) * (1 / c + 1 / d)
    )
    middle = log(a * d / (b * c))
    width = stats.t.ppf(0.975, 3) * error
    assert found.overdispersion == pytest.approx((max(1, spread), max(1, base_spread)))
    assert found.odds_ratio.value == pytest.approx(exp(middle))
    assert found.odds_ratio.low == pytest.approx(exp(middle - width))
    assert found.odds_ratio.high == pytest.approx(exp(middle + width))
    assert found.share.value == share
    assert level_direction(found) == 0  # four months leave the intervals wide


counts = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 5)),
    min_size=12,
    max_size=12,
).map(lambda rows: _counts(*rows))


@given(counts, counts)
def test_swapping_the_signs_turns_the_level_verdict_round(
    own: Counts, base: Counts
) -> None:
    one = level_direction(level(own, base, 1))
    other = level_direction(level(own, base, -1))
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert one == -other


@given(counts, counts)
def test_coverage_that_doubles_everywhere_is_no_change(
    own: Counts, base: Counts
) -> None:
    grown_own, grown_base = own.copy(), base.copy()
    grown_own[6:] = own[:6] * 2
    grown_base[6:] = base[:6] * 2
    found = change(grown_own, grown_base, YEAR, date(2014, 7, 1), 0)
    assert found is not None
    if grown_base[:6].sum():
        assert found.ratio.low <= 1 <= found.ratio.high


def test_an_even_share_is_not_overdispersed() -> None:
    acts = np.array([5, 5, 5], np.int64)
    assert overdispersion(acts, acts * 2) == (1.0, 3)


def test_a_clear_rise_beyond_growing_coverage_is_found() -> None:
    own = np.zeros((12, 3), np.int64)
    base = np.zeros((12, 3), np.int64)
    own[:6, 0], own[6:, 0] = 10, 60
    base[:6, 0], base[6:, 0] = 100, 200
    found = change(own, base, YEAR, date(2014, 7, 1), 0)
    assert found is not None
    assert found.raw == pytest.approx(360.5 / 60.5)
    assert found.ratio.value == pytest.approx(360.5 / 60.5 / 2)
    assert change_direction(found) == 1


def test_the_month_of_the_date_is_left_out_unless_it_begins_with_it() -> None:
    own = np.ones((12, 3), np.int64) * 10
    middle = change(own, own, YEAR, date(2014, 6, 10), 0)
    first = change(own, own, YEAR, date(2014, 6, 1), 0)
    assert middle is not None and first is not None
    assert (middle.months_before, middle.months_after) == (5, 6)
    assert (first.months_before, first.months_after) == (5, 7)


def test_too_few_months_or_acts_decide_nothing() -> None:
    own = np.ones((12, 3), np.int64)
    on = date(2014, LEAST_MONTHS, 1)
    assert change(own, own, YEAR, on, 0) is None
    few = np.zeros((12, 3), np.int64)
    few[0, 1] = LEAST_ACTS - 1
    assert level_direction(level(few, own * 50, -1)) is None
    assert level(np.zeros((12, 3), np.int64), own, 1) is None


@pytest.mark.parametrize(
    ("direction", "expect", "word"),
    [
        (None, 1, Verdict.TOO_FEW),
        (0, 1, Verdict.NOT_DECIDED),
        (1, 1, Verdict.AGREES),
        (-1, 1, Verdict.DISAGREES),
        (1, -1, Verdict.DISAGREES),
        (-1, -1, Verdict.AGREES),
    ],
)
def test_a_denied_claim_expects_the_contrary(
    direction: int | None, expect: int, word: Verdict
) -> None:
    assert verdict(direction, expect) is word
