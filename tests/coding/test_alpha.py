"""Krippendorff's alpha: the published examples, the definition, and its laws."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.coding.alpha import krippendorff_alpha
from tests.definitions.alpha_brute import alpha

ORDER = ("1", "2", "3", "4", "5")
CELLS = st.sampled_from((None, *ORDER))


def rows(*lines: str) -> list[list[str | None]]:
    """Table of coders' rows, a star where a coder gave no value."""
    return [[None if cell == "*" else cell for cell in line.split()] for line in lines]


FOUR = rows(
    "1 2 3 3 2 1 4 1 2 * * *",
    "1 2 3 3 2 2 4 1 2 5 * 3",
    "* 3 3 3 2 3 4 2 2 5 1 *",
    "1 2 3 3 2 4 4 1 2 5 1 *",
)
"""Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C."""


@pytest.mark.parametrize(("order", "wanted"), [(None, 0.743), (ORDER, 0.815)])
def test_the_published_example_of_four_observers_is_met(
    order: tuple[str, ...] | None, wanted: float
) -> None:
    """Twelve units with gaps: nominal and ordinal."""
    found = krippendorff_alpha(FOUR, order)
    assert found == pytest.approx(wanted, abs=5e-4)


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        (rows("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095),
        (rows("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 0.692),
    ],
)
def test_the_published_examples_of_two_observers_are_met(
    table: list[list[str | None]], wanted: float
) -> None:
    """Binary and nominal data without gaps (sections A and B of the same paper)."""
    assert krippendorff_alpha(table) == pytest.approx(wanted, abs=5e-4)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str | None]]:
    """Draw a table of two to four coders and up to eight units, with gaps."""
    units = draw(st.integers(0, 8))
    row = st.lists(CELLS, min_size=units, max_size=units)
    return draw(st.lists(row, min_size=2, max_size=4))


@settings(deadline=None)
@given(tables(), st.sampled_from((None, ORDER)))
def test_alpha_is_that_of_every_pair_of_values(
    table: list[list[str | None]], order: tuple[str, ...] | None
) -> None:
    """Observed against expected disagreement, pair by pair."""
    wanted = alpha(table, order)
    found = krippendorff_alpha(table, order)
    if wanted is None:
        assert found is None
    else:
        assert found == pytest.approx(wanted)


@settings(deadline=None)
@given(tables(), st.sampled_from((None, ORDER)), st.permutations(range(8)))
def test_neither_coders_nor_units_have_an_order(
    table: list[list[str | None]],
    order: tuple[str, ...] | None,
    places: list[int],
) -> None:
    """Shuffled, the table gives the same alpha."""
    at = [place for place in places if place < len(table[0])]
    turned = [[row[place] for place in at] for row in reversed(table)]
    one, other = krippendorff_alpha(table, order), krippendorff_alpha(turned, order)
    assert (one is None) is (other is None)
    if one is not None:
        assert other == pytest.approx(one)


@settings(deadline=None)
@given(st.lists(st.sampled_from(ORDER), min_size=2, max_size=8))
def test_coders_who_agree_on_everything_reach_one(values: list[str]) -> None:
    """Unless all values are the same, where alpha is not defined."""
    found = krippendorff_alpha([values, values, values], ORDER)
    if len(set(values)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(1.0)


@settings(deadline=None)
@given(tables())
def test_a_unit_that_one_coder_alone_gave_a_value_counts_for_nothing(
    table: list[list[str | None]],
) -> None:
    """What cannot be paired is left out."""
    longer = [[*row, "3" if at == 0 else None] for at, row in enumerate(table)]
    found, wanted = krippendorff_alpha(longer), krippendorff_alpha(table)
    assert (found is None) is (wanted is None)
    if found is not None:
        assert found == pytest.approx(wanted)


@pytest.mark.parametrize(
    "table", [[[], []], [["1"], [None]], [["1", "1"], ["1", "1"]], [["1"], ["1"]]]
)
def test_alpha_is_not_defined_where_nothing_can_differ(
    table: list[list[str | None]],
) -> None:
    """No pair of values, or one value only."""
    assert krippendorff_alpha(table) is None
    assert krippendorff_alpha(table, ORDER) is None
