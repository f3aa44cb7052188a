"""One pass over a file of signed ties: what it states, and every problem in it."""

from dataclasses import dataclass, field
from datetime import date
from math import isfinite

from cuibono.claims.names import refused_characters
from cuibono.errors import Problems
from cuibono.formats.symmetrise import Statements

MOST_PROBLEMS = 1000
NEEDED = ("source", "target", "sign")

_SIGNS = {
    **dict.fromkeys(("1", "+1", "+", "1.0"), 1),
    **dict.fromkeys(("-1", "-", "-1.0", "\u2212", "\u22121"), -1),
    **dict.fromkeys(("0", "0.0"), 0),
}


@dataclass(slots=True)
class Pass:
    """One pass over a file: what it states, and every problem up to a limit.

    Attributes
    ----------
    file : str
        Name for messages.
    weighted, dated : bool
        Whether each row must have a weight, a time.
    stated : Statements
        What was read so far.
    dates : bool or None
        Whether times are calendar dates (days) or plain numbers; None before the first.
    """

    file: str
    weighted: bool = False
    dated: bool = False
    stated: Statements = field(default_factory=Statements)
    problems: Problems = field(default_factory=Problems)
    notes: list[str] = field(default_factory=list)
    unlisted: int = 0
    dates: bool | None = None

    def fault(
        self, row: int, column: str | None, found: str, expected: str, mend: str = ""
    ) -> None:
        """Note a bad row; beyond the limit only count it."""
        if len(self.problems) >= MOST_PROBLEMS:
            self.unlisted += 1
            return
        self.problems.add(
            self.file, row=row, column=column, found=found, expected=expected, mend=mend
        )

    def refuse(self, found: str, expected: str, mend: str = "") -> None:
        """Note what ended the reading."""
        self.problems.add(self.file, found=found, expected=expected, mend=mend)

    def take(self, row: int, cells: dict[str, str]) -> None:
        """Take one tie with all its faults."""
        before = len(self.problems) + self.unlisted
        ends = [self._name(row, column, cells) for column in ("source", "target")]
        sign = self._sign(row, cells.get("sign", ""))
        weight = self._weight(row, cells) if self.weighted else 1.0
        time = self._time(row, cells.get("time", "")) if self.dated else 0.0
        if len(self.problems) + self.unlisted == before:
            self.stated.add(ends[0], ends[1], sign, weight, time, row)

    def _name(self, row: int, column: str, cells: dict[str, str]) -> str:
        """Name of an end."""
        name = cells.get(column, "").strip()
        if not name:
            self.fault(row, column, "nothing", "the name of an actor")
        elif bad := refused_characters(name):
            self.fault(row, column, f"the control character {', '.join(bad)}", "text")
        return name

    def _sign(self, row: int, text: str) -> int:
        """Sign of a cell; a word or any other number is refused."""
        sign = _SIGNS.get(text.strip())
        if sign is None:
            mend = "put ratings into a column weight, and their sign here"
            self.fault(row, "sign", repr(text.strip()), "1, -1 or 0", mend)
        return sign or 0

    def _weight(self, row: int, cells: dict[str, str]) -> float:
        """Weight of a row, not negative."""
        text = cells.get("weight", "").strip()
        try:
            weight = float(text)
        except ValueError:
            weight = -1.0
        if not isfinite(weight) or weight < 0:
            self.fault(row, "weight", repr(text), "a number that is not negative")
        return weight

    def _time(self, row: int, text: str) -> float:
        """Moment of a row: a number, or the day of a calendar date."""
        text = text.strip()
        if self.dates is None:
            self.dates = _number(text) is None and _day(text) is not None
        found = _day(text) if self.dates else _number(text)
        if found is None:
            expected = "a date, YYYY-MM-DD or YYYY-MM" if self.dates else "a number"
            mend = "write all times as numbers, or all as dates"
            self.fault(row, "time", repr(text[:40]), expected, mend)
            return 0.0
        return found

    def finish(self) -> Statements:
        """Return what was stated.

        Raises
        ------
        CaseFileError
            With every problem, if there is one.
        """
        if self.unlisted:
            self.problems.add(
                self.file,
                found=f"{self.unlisted} more problems",
                expected="none",
                mend="mend the ones above first",
            )
        self.problems.raise_if_any()
        return self.stated


def _number(text: str) -> float | None:
    """Finite number of a cell."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _day(text: str) -> float | None:
    """Day number of a calendar date; of a month, its first day."""
    try:
        return float(
            date.fromisoformat(
                text if text.count("-") > 1 else text + "-01"
            ).toordinal()
        )
    except ValueError:
        return None
