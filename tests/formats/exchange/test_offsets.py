"""Positions in UTF-16 units and in code points are the same places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.formats.exchange.offsets import Utf16
from tests.formats.exchange.cases import LETTER, SPEECH

MIXED = st.text(st.sampled_from("ab آردا سرًا é😊🏴‍☠️\U0001f1ee\n\u200f"), max_size=40)


def units_before(text: str, point: int) -> int:
    """UTF-16 units of a beginning, by encoding it."""
    return len(text[:point].encode("utf-16-le")) // 2


@given(MIXED | st.text(max_size=40))
def test_units_are_those_of_the_encoded_text(text: str) -> None:
    """Every position agrees with the encoding, and comes back."""
    text = text.encode("utf-8", "ignore").decode()
    places = Utf16(text)
    for point in range(len(text) + 1):
        unit = places.units(point)
        assert unit == units_before(text, point)
        assert places.points(unit) == point
    assert places.unit_length == units_before(text, len(text))


@pytest.mark.parametrize("text", [LETTER, SPEECH, "پيام 😊", "", "no emoji"])
def test_the_middle_of_a_character_is_no_position(text: str) -> None:
    """Exactly the units that are no beginning of a character are refused."""
    places = Utf16(text)
    starts = {units_before(text, point) for point in range(len(text) + 1)}
    for unit in range(places.unit_length + 1):
        if unit in starts:
            assert units_before(text, places.points(unit)) == unit
        else:
            with pytest.raises(ValueError, match="middle"):
                places.points(unit)


@pytest.mark.parametrize("position", [-1, 9])
def test_a_position_outside_the_text_is_refused(position: int) -> None:
    """Both ways of counting have the same bounds."""
    places = Utf16("Arda 😊")
    with pytest.raises(ValueError, match="outside"):
        places.units(position)
    with pytest.raises(ValueError, match="outside"):
        places.points(position)
