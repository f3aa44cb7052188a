"""Numbers as providers write them: whole ones, and scales in tenths."""

from functools import lru_cache
from math import isfinite

MOST = 10**9


@lru_cache(maxsize=65_536)
def whole(text: str) -> int | None:
    """Whole number of a text, also if written `3.0`; None if it is none.

    Examples
    --------
    >>> whole("3"), whole("3.0"), whole("3.5"), whole("x")
    (3, 3, None, None)
    """
    number = _number(text)
    return int(number) if number is not None and number == int(number) else None


@lru_cache(maxsize=65_536)
def tenths(text: str) -> int | None:
    """Ten times a number of a scale, which is a whole number for every scale in use.

    Examples
    --------
    >>> tenths("3.4"), tenths("-10"), tenths("nan")
    (34, -100, None)
    """
    number = _number(text)
    return round(number * 10) if number is not None and abs(number) < 3000 else None


def _number(text: str) -> float | None:
    """Number of a text, None if it is none or beyond all use."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) and abs(number) < MOST else None
