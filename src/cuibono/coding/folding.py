"""A folded text that knows where each of its characters came from."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from cuibono.claims.quotes import fold


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as `fold` makes it, with the place of every character in the original.

    Attributes
    ----------
    text : str
        Folded text.
    starts, ends : tuple of int
        For each folded character, where the original characters begin and end that it
        was made from.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@lru_cache(maxsize=16)
def folded(text: str) -> Folded:
    """Folded text with the way back.

    Examples
    --------
    >>> made = folded("The  \ufb01ght")
    >>> made.text, made.starts[4], made.ends[5]
    ('The fight', 5, 6)
    """
    marks: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    space = -1
    for start, end in _clusters(text):
        piece = text[start:end]
        made = _folded_piece(piece)
        if not made:
            # White space, or a mark that is dropped; only the former parts words.
            if any(mark.isspace() for mark in unicodedata.normalize("NFKC", piece)):
                space = start if space < 0 else space
            continue
        for at, mark in enumerate(made):
            if mark == " ":
                space = start if space < 0 else space
                continue
            if space >= 0 and marks:
                marks.append(" ")
                starts.append(space)
                ends.append(start if at == 0 else end)
            space = -1
            marks.append(mark)
            starts.append(start)
            ends.append(end)
        if piece[-1:].isspace() and space < 0:
            space = end - 1
    return Folded("".join(marks), tuple(starts), tuple(ends))


def _folded_piece(piece: str) -> str:
    """Fold of a cluster, with the white space inside and around it kept as one space."""
    inner = fold(f"x{piece}x")
    return "" if inner in {"xx", "x x"} else inner[1:-1]


def _clusters(text: str) -> list[tuple[int, int]]:
    """Stretches that normalisation treats apart: a character with what joins it."""
    found: list[tuple[int, int]] = []
    for at, mark in enumerate(text):
        if found and _joins(mark):
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


@lru_cache(maxsize=4096)
def _joins(mark: str) -> bool:
    """Whether a character may compose with the one before it."""
    plain = unicodedata.normalize("NFKD", mark)
    if not plain:
        return False
    first = plain[0]
    return (
        unicodedata.combining(first) != 0
        or "\u1160" <= first <= "\u11ff"
        or unicodedata.category(first) in {"Mc", "Mn", "Me"}
    )
