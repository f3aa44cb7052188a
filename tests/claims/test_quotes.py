"""Quotes hold to the character, under typography alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.claims.quotes import anchor_at, fold, holds_in, quote_sha256
from cuibono.claims.records import Anchor

TEXT = "Arda\u2019s men \u2013 and Brun\u00a0\u201cthe bold\u201d \U0001f600 came."


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Arda's men - and", True),
        ("Arda\u2019s  men \u2014 and", True),
        ("arda's men - and", False),
        ("Ardas men - and", False),
        ("Arda's men - nad", False),
    ],
)
def test_only_typography_is_forgiven(written: str, same: bool) -> None:
    """Spaces, quotes and dashes fold; letters and case do not."""
    assert (fold(written) == fold(TEXT[0:16])) is same


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    """A folded text is its own fold."""
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("keep", [True, False])
def test_an_anchor_holds_where_it_was_made_and_not_a_step_aside(keep: bool) -> None:
    """Positions count code points, an emoji as one; kept or by hash alone."""
    start = TEXT.index("Brun")
    anchor = anchor_at(TEXT, start, start + 17, keep=keep)
    assert holds_in(anchor, TEXT)
    assert bool(anchor.exact) is keep
    assert not holds_in(anchor, "X" + TEXT)
    assert not holds_in(anchor, TEXT[: start + 5])


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 12))
def test_a_changed_character_is_never_overlooked(start: int, length: int) -> None:
    """A letter that changes within a quote breaks it."""
    end = min(len(TEXT), start + length)
    anchor = anchor_at(TEXT, start, end, keep=False)
    for at in range(start, end):
        if TEXT[at].isalpha():
            other = "Z" if TEXT[at] != "Z" else "Y"
            assert not holds_in(anchor, TEXT[:at] + other + TEXT[at + 1 :])


def test_an_anchor_with_neither_quote_nor_hash_proves_nothing() -> None:
    """Positions alone are no quote."""
    assert not holds_in(Anchor(start=0, end=4), TEXT)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (0, 1000)])
def test_positions_outside_the_text_are_refused(start: int, end: int) -> None:
    """An anchor lies in its text."""
    with pytest.raises(ValueError, match="lie outside 0 to"):
        anchor_at(TEXT, start, end, keep=True)


def test_a_quote_that_is_kept_and_hashed_must_match_both() -> None:
    """A true quote under a false hash does not hold."""
    anchor = Anchor(start=0, end=4, exact="Arda", exact_sha256=quote_sha256("Brun"))
    assert not holds_in(anchor, TEXT)
