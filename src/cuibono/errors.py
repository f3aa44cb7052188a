"""Errors that can be mended: where, what was found, what was expected, how to mend."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault in a file from outside, told so that its owner can mend it."""

    file: str
    row: int | None = None
    column: str | None = None
    found: str
    expected: str
    mend: str = ""

    def __str__(self) -> str:
        """Return the place on the first line and the remedy on the second."""
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f', column "{self.column}"'
        text = f"{place}: found {self.found}, expected {self.expected}."
        return f"{text}\n  Mend: {self.mend}" if self.mend else text


@dataclass(slots=True)
class Problems:
    """Gathers every problem of a reading pass, so that all are reported at once."""

    items: list[Problem] = field(default_factory=list)

    def add(
        self,
        file: str,
        *,
        found: str,
        expected: str,
        row: int | None = None,
        column: str | None = None,
        mend: str = "",
    ) -> None:
        """Note one problem."""
        self.items.append(
            Problem(
                file=file,
                row=row,
                column=column,
                found=found,
                expected=expected,
                mend=mend,
            )
        )

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note several problems."""
        self.items.extend(problems)

    def __iter__(self) -> Iterator[Problem]:
        """Iterate over the problems in the order found."""
        return iter(self.items)

    def __len__(self) -> int:
        """Count the problems."""
        return len(self.items)

    def raise_if_any(self) -> None:
        """Raise what was gathered.

        Raises
        ------
        CaseFileError
            If there is at least one problem.
        """
        if self.items:
            raise CaseFileError(tuple(self.items))


class CuibonoError(Exception):
    """Base of the errors that a user can mend; the command line exits with 2."""


class CaseFileError(CuibonoError):
    """Files of a case are not as they should be; carries every problem found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems and say them all.

        Parameters
        ----------
        problems : tuple of Problem
            At least one.
        """
        self.problems = problems
        count = f"{len(problems)} problem" + ("s" if len(problems) != 1 else "")
        super().__init__("\n".join([*map(str, problems), count]))


class UsageError(CuibonoError):
    """What was asked for does not exist or does not fit; says what would."""
