"""Dates of the Extended Date/Time Format (ISO 8601-2), levels 0 and 1, as text."""

import datetime as dt
import re

_QUALIFIED = re.compile(r"[~?%]$")
_DATE = re.compile(
    r"""(?P<year>-?\d{4}|\d{3}X|\d{2}XX|Y-?\d{5,})
        (?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?$""",
    re.VERBOSE,
)
SEASONS = range(21, 25)


def edtf_fault(text: str) -> str:
    """What is wrong with a date or interval, or an empty string if nothing is.

    Examples
    --------
    >>> edtf_fault("2006/2007"), edtf_fault("2011~"), edtf_fault("2014-13")
    ('', '', 'month 13')
    >>> edtf_fault("2014/2006")
    'an interval that ends before it starts'
    """
    if "/" not in text:
        return _date_fault(text)
    start, _, end = text.partition("/")
    for part in (start, end):
        if part not in {"", ".."} and (fault := _date_fault(part)):
            return fault
    if start in {"", ".."} and end in {"", ".."}:
        return "an interval without a bound"
    if _comparable(start) and _comparable(end) and _later(start, end):
        return "an interval that ends before it starts"
    return ""


def _date_fault(text: str) -> str:
    """Fault of a single date."""
    moment, _, clock = text.partition("T")
    if clock:
        return _clock_fault(text)
    match = _DATE.match(_QUALIFIED.sub("", moment))
    if match is None:
        return f"{text!r}, which is no EDTF date"
    month, day = match["month"], match["day"]
    if month is None or month == "XX":
        return ""
    if int(month) in SEASONS and day is None:
        return ""
    if not 1 <= int(month) <= 12:
        return f"month {month}"
    return _day_fault(match["year"], int(month), day)


def _day_fault(year: str, month: int, day: str | None) -> str:
    """Fault of a day within its month."""
    if day is None or day == "XX":
        return ""
    number = int(year) if year.isdigit() and 1 <= int(year) <= 9999 else 2000
    try:
        dt.date(number, month, int(day))
    except ValueError:
        return f"day {day} of month {month:02d}"
    return ""


def _clock_fault(text: str) -> str:
    """Fault of a date with a time of day."""
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return f"{text!r}, which is no date and time"
    return ""


def _comparable(text: str) -> bool:
    """Whether a bound is plain enough to order."""
    return bool(re.fullmatch(r"\d{4}(-\d{2}){0,2}", _QUALIFIED.sub("", text)))


def _later(start: str, end: str) -> bool:
    """Whether a start lies after its end, at the precision that both state."""
    first, last = _QUALIFIED.sub("", start), _QUALIFIED.sub("", end)
    shared = min(len(first), len(last))
    return first[:shared] > last[:shared]
