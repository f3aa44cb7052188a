"""Dates as providers write them, as days since 1970-01-01."""

from datetime import UTC, date, datetime
from functools import lru_cache

EPOCH = date(1970, 1, 1).toordinal()


@lru_cache(maxsize=65_536)
def iso_day(text: str) -> int | None:
    """Day of `2014-06-10`, None if it is none.

    Examples
    --------
    >>> iso_day("1970-01-02"), iso_day("1970-02-30"), iso_day("2/1/1970")
    (1, None, None)
    """
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    return _day(text[:4], text[5:7], text[8:])


@lru_cache(maxsize=65_536)
def compact_day(text: str) -> int | None:
    """Day of `20140610`, with or without a time of day behind it.

    Examples
    --------
    >>> compact_day("19700102"), compact_day("19700102143000"), compact_day("197001")
    (1, 1, None)
    """
    if len(text) not in {8, 14} or not text.isdecimal() or not text.isascii():
        return None
    return _day(text[:4], text[4:6], text[6:8])


@lru_cache(maxsize=65_536)
def american_day(text: str) -> int | None:
    """Day of `6/10/2014`: month, day, year.

    Examples
    --------
    >>> american_day("1/2/1970"), american_day("13/2/1970"), american_day("1/2/70")
    (1, None, None)
    """
    parts = text.split("/")
    if len(parts) != 3 or len(parts[2]) != 4:
        return None
    return _day(parts[2], parts[0], parts[1])


@lru_cache(maxsize=65_536)
def two_digit_day(text: str) -> int | None:
    """Day of `950101`; years from 69 to 99 are 19xx, from 00 to 68 are 20xx.

    Examples
    --------
    >>> two_digit_day("700102"), two_digit_day("19700102"), two_digit_day("700232")
    (1, 1, None)
    """
    if len(text) == 8:
        return compact_day(text)
    if len(text) != 6 or not text.isdecimal() or not text.isascii():
        return None
    century = "19" if text[:2] >= "69" else "20"
    return _day(century + text[:2], text[2:4], text[4:])


@lru_cache(maxsize=65_536)
def spoken_day(text: str) -> int | None:
    """Day of `10 June 2014` or `10-Jun-2014`.

    Examples
    --------
    >>> spoken_day("2 January 1970"), spoken_day("02-Jan-1970"), spoken_day("1 2 1970")
    (1, 1, None)
    """
    parts = text.replace("-", " ").split()
    if len(parts) != 3 or parts[1][:3].casefold() not in _MONTHS:
        return None
    month = _MONTHS.index(parts[1][:3].casefold()) + 1
    return _day(parts[2], str(month), parts[0])


_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def _day(year: str, month: str, day: str) -> int | None:
    """Day of three numbers given as text."""
    if not (year + month + day).isdecimal() or len(year) != 4:
        return None
    try:
        return date(int(year), int(month), int(day)).toordinal() - EPOCH
    except ValueError:
        return None


def today() -> int:
    """Day of today by the clock of this machine, in UTC."""
    return datetime.now(tz=UTC).date().toordinal() - EPOCH
