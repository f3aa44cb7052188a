"""A column as its distinct texts: what is done to a text is done once, not per row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import not_
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cuibono.events.importers.intake.kernels import gathered

ABSENT: Final = np.iinfo(np.int64).min
"""Stands for a number that is not there."""

MOST_CHANGES: Final = 8
"""Results that are kept beside a list of texts; importers ask for three or four."""


class Known(list[str]):
    """Texts that a reader met so far.

    It only ever grows at its end, so that what was made of its texts for one block is
    kept for the next: only what came since is looked at.
    """

    __slots__ = ("_changed", "_numbers")

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self._changed: dict[Callable[[str], str], Known] = {}
        self._numbers: dict[Callable[[str], int], NDArray[np.int64]] = {}

    def changed(self, change: Callable[[str], str]) -> "Known":
        """Every text changed; nothing stays nothing."""
        made = self._changed.get(change)
        if made is None:
            _make_room(self._changed)
            made = self._changed[change] = Known()
        made.extend(_changed(self[len(made) :], change))
        return made

    def numbers(self, read: Callable[[str], int]) -> NDArray[np.int64]:
        """Number of every text."""
        made = self._numbers.get(read, _NOTHING)
        if len(made) < len(self):
            _make_room(self._numbers)
            made = np.append(made, _numbers(self[len(made) :], read))
            self._numbers[read] = made
        return made


_NOTHING: Final = np.empty(0, np.int64)


def _make_room(kept: dict[Any, Any]) -> None:
    """Let go of everything if there is too much: functions may be made for one use."""
    if len(kept) >= MOST_CHANGES:
        kept.clear()


def _changed(texts: Sequence[str], change: Callable[[str], str]) -> list[str]:
    """Each text changed; nothing stays nothing."""
    return [change(text) if text else "" for text in texts]


def _numbers(texts: Sequence[str], read: Callable[[str], int]) -> NDArray[np.int64]:
    """Number of each text."""
    return np.fromiter(map(read, texts), np.int64, len(texts))


@dataclass(frozen=True, slots=True)
class Texts:
    """One column of a block.

    Attributes
    ----------
    values : sequence of str
        Texts of the column, among them all that it has; an empty one means that nothing
        is there.
    index : (n,) int32
        Which of them each row has.
    """

    values: Sequence[str]
    index: NDArray[np.int32]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.index)

    def mapped(self, change: Callable[[str], str]) -> "Texts":
        """Same column with every text changed; nothing stays nothing."""
        if isinstance(self.values, Known):
            return Texts(self.values.changed(change), self.index)
        return Texts(_changed(self.values, change), self.index)

    def each(self, read: Callable[[str], int]) -> NDArray[np.int64]:
        """Number of each of the texts, by its place among them."""
        if isinstance(self.values, Known):
            return self.values.numbers(read)
        return _numbers(self.values, read)

    def numbers(self, read: Callable[[str], int | None]) -> NDArray[np.int64]:
        """Number of each row, ABSENT where there is no text or `read` finds none."""
        return gathered(self.each(_or_absent(read)), self.index)

    def where(self, holds: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Whether something holds for the text of each row."""
        return gathered(self.each(holds).astype(np.bool_), self.index)

    def empty(self) -> NDArray[np.bool_]:
        """Whether each row has nothing."""
        return self.where(not_)

    def taken(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> "Texts":
        """Some rows of the column."""
        return Texts(self.values, self.index[rows])

    def row(self, at: int) -> str:
        """Text of one row."""
        return self.values[int(self.index[at])]


class Fresh:
    """Tells, block by block, which texts of a column are used for the first time."""

    def __init__(self) -> None:
        """Start with none."""
        self.values: Sequence[str] = ()
        self.used = np.zeros(0, np.bool_)

    def of(self, texts: Texts, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """Places of the texts that some rows have and no row before had."""
        if texts.values is not self.values:
            self.values, self.used = texts.values, np.zeros(0, np.bool_)
        used = np.zeros(len(self.values), np.bool_)
        used[texts.index[rows]] = True
        used[: len(self.used)] &= ~self.used
        new = np.flatnonzero(used)
        used[: len(self.used)] |= self.used
        self.used = used
        return new


@lru_cache(maxsize=64)
def _or_absent(read: Callable[[str], int | None]) -> Callable[[str], int]:
    """Function that gives ABSENT where there is no text or another finds no number."""

    def number(text: str) -> int:
        found = read(text) if text else None
        return ABSENT if found is None else found

    return number


def same(text: str, rows: int) -> Texts:
    """Column that has one text everywhere."""
    return Texts([text], np.zeros(rows, np.int32))


def coded(texts: Sequence[str]) -> Texts:
    """Column of texts given row by row."""
    known: dict[str, int] = {}
    index = [known.setdefault(text, len(known)) for text in texts]
    return Texts(list(known), np.array(index, np.int32))


def combined(columns: Sequence[Texts], join: Callable[[Sequence[str]], str]) -> Texts:
    """Column made from several, text by text of each combination that occurs."""
    first, *others = columns
    values, index = [[text] for text in first.values], first.index.astype(np.int64)
    for other in others:
        pair = index * len(other.values) + other.index
        seen, index = np.unique(pair, return_inverse=True)
        values = [
            [*values[left], other.values[right]]
            for left, right in zip(*np.divmod(seen, len(other.values)), strict=True)
        ]
    return Texts([join(parts) for parts in values], index.astype(np.int32))


def listed(parts: Sequence[str]) -> str:
    """Parts that are there, with commas between."""
    return ", ".join(part for part in parts if part)
