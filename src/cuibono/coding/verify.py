"""The verifier: a quote counts only if its words stand in the text, one after another."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from unicodedata import combining

from cuibono.claims.quotes import fold
from cuibono.coding.folding import folded

_TURNING: Final = frozenset(
    "a an un in im il ir dis mis non no not anti counter de ex pre post less free".split()
)


class Refused(StrEnum):
    """Why a quote does not count."""

    EMPTY = "an empty quote"
    NOT_THERE = "not in the text"
    SEVERAL = "in more than one place: more context is needed"
    INSIDE_WORD = "cut inside a word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a quote stands, in code points of the text, 0-based and end-exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What the verifier says of a quote.

    Attributes
    ----------
    place : Place or None
        Where it stands; None if it does not count.
    refused : Refused or None
        Why it does not count; None if it does.
    places : tuple of Place
        All places at which its words stand, whole words or not.
    """

    place: Place | None = None
    refused: Refused | None = None
    places: tuple[Place, ...] = ()


def verified(text: str, quote: str, *, prefix: str = "", suffix: str = "") -> Verified:
    """Where a quote stands in a text: exactly, up to typography, or not at all.

    White space, quotation marks, dashes and compatibility forms are made alike on both
    sides (`claims.quotes.fold`); nothing else is. A quote that stands in several places
    counts only with words before or after it that fit one place alone.

    Parameters
    ----------
    text : str
        The document.
    quote : str
        The words that are said to stand in it.
    prefix, suffix : str
        Words right before and right after them; needed only to tell places apart.

    Examples
    --------
    >>> found = verified("Arda \u201chelps\u201d  Brun.", 'Arda "helps" Brun')
    >>> found.place
    Place(start=0, end=18)
    >>> verified("Arda does not help Brun.", "Arda does help Brun").refused.value
    'not in the text'
    """
    wanted = fold(quote)
    if not wanted:
        return Verified(refused=Refused.EMPTY)
    made = folded(text)
    places = [
        Place(start=made.starts[at], end=made.ends[at + len(wanted) - 1])
        for at in _found(made.text, wanted)
    ]
    # The map back is checked, not trusted: what counts folds to what was quoted.
    places = [one for one in places if fold(text[one.start : one.end]) == wanted]
    if not places:
        return Verified(refused=Refused.NOT_THERE)
    whole = [one for one in places if _is_whole(text, one)]
    if not whole:
        return Verified(refused=Refused.INSIDE_WORD, places=tuple(places))
    fits = [one for one in whole if _fits(text, one, prefix, suffix)]
    if not fits:
        return Verified(refused=Refused.NOT_THERE, places=tuple(places))
    if len(fits) > 1:
        return Verified(refused=Refused.SEVERAL, places=tuple(places))
    return Verified(place=fits[0], places=tuple(places))


def _found(text: str, wanted: str) -> list[int]:
    """Every place of a string in another, overlapping ones too."""
    found = []
    at = text.find(wanted)
    while at >= 0:
        found.append(at)
        at = text.find(wanted, at + 1)
    return found


def _is_whole(text: str, place: Place) -> bool:
    """Whether a stretch begins and ends at the edge of a word.

    Where a source has run two words together, what is left out must stand as a word
    elsewhere in it; parts that turn a word round ("un", "less") are none.
    """
    before, after = _left_out(text, place)
    return all(not part or _stands_alone(text, part) for part in (before, after))


def _left_out(text: str, place: Place) -> tuple[str, str]:
    """Parts of words that a stretch cuts off before and after itself."""
    start, end = place.start, place.end
    if _within_word(text, start):
        while start > 0 and _in_word(text[start - 1]):
            start -= 1
    if _within_word(text, end):
        while end < len(text) and (_in_word(text[end]) or combining(text[end])):
            end += 1
    return text[start : place.start], text[place.end : end]


def _stands_alone(text: str, part: str) -> bool:
    """Whether part of a word is a word by itself, and turns no other round."""
    if part.casefold() in _TURNING:
        return False
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) is not None


def _within_word(text: str, at: int) -> bool:
    """Whether a word runs across a place; scripts without spaces have no such edge."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if combining(after):
        return True
    return _in_word(before) and _in_word(after)


def _in_word(mark: str) -> bool:
    """Whether a character belongs to a word of a script that parts words by spaces."""
    if not mark.isalnum():
        return False
    # Han, kana, Thai, Lao, Khmer and Burmese write words without a space between them.
    return not (
        "\u0e00" <= mark <= "\u0eff"
        or "\u1000" <= mark <= "\u109f"
        or "\u1780" <= mark <= "\u17ff"
        or "\u3040" <= mark <= "\u30ff"
        or "\u3400" <= mark <= "\u9fff"
        or "\U00020000" <= mark <= "\U0003ffff"
    )


def _fits(text: str, place: Place, prefix: str, suffix: str) -> bool:
    """Whether the words around a place are those given."""
    before, after = fold(prefix), fold(suffix)
    return fold(text[: place.start]).endswith(before) and fold(
        text[place.end :]
    ).startswith(after)
