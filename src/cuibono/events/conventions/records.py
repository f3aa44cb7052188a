"""What a sign convention is, and how a code is looked up in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Found(StrEnum):
    """How a code was found in a convention."""

    EXACT = "exact"
    PARENT = "by its parent code"
    NO = "not in the table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What a convention makes of a code.

    Attributes
    ----------
    sign : int
        1 cooperative, -1 conflictive, 0 neutral.
    quad : int or None
        1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material
        conflict, 0 neutral; None where the convention has no such classes.
    tenths : int or None
        Score times ten, where the convention has scores.
    """

    sign: int
    quad: int | None = None
    tenths: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """A named rule from code to sign, with its source.

    `of` gives the table of a scheme; `schemes` are those it is made for.
    """

    name: str
    title: str
    source: str
    schemes: tuple[str, ...]
    of: Callable[[str], Mapping[str, Signed]]


def look_up(table: Mapping[str, Signed], code: str) -> tuple[Signed | None, Found]:
    """What a table says of a code, or of the longest parent code that it holds.

    Examples
    --------
    >>> look_up({"19": Signed(sign=-1)}, "193")[1].value
    'by its parent code'
    """
    if code in table:
        return table[code], Found.EXACT
    stem = code.partition("/")[0] if "/" in code else code[:-1]
    while stem and stem != code:
        if stem in table:
            return table[stem], Found.PARENT
        if not stem.isdigit():
            break
        stem = stem[:-1]
    return None, Found.NO


def sign_of(number: int) -> int:
    """1, 0 or -1."""
    return (number > 0) - (number < 0)
