"""A column as its distinct texts: what is done to a text is done once, not per row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

ABSENT: Final = np.iinfo(np.int64).min
"""Stands for a number that is not there."""


@dataclass(frozen=True, slots=True)
class Texts:
    """One column of a block.

    Attributes
    ----------
    values : sequence of str
        Texts of the column; an empty one means that nothing is there.
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
        return Texts([change(text) if text else "" for text in self.values], self.index)

    def numbers(self, read: Callable[[str], int | None]) -> NDArray[np.int64]:
        """Number of each row, ABSENT where there is no text or `read` finds none."""
        found = [read(text) if text else None for text in self.values]
        each = [ABSENT if number is None else number for number in found]
        return np.array(each, np.int64)[self.index]

    def where(self, holds: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Whether something holds for the text of each row."""
        each = np.array([holds(text) for text in self.values], np.bool_)
        return each[self.index]

    def empty(self) -> NDArray[np.bool_]:
        """Whether each row has nothing."""
        return self.where(lambda text: not text)

    def taken(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> "Texts":
        """Some rows of the column."""
        return Texts(self.values, self.index[rows])

    def row(self, at: int) -> str:
        """Text of one row."""
        return self.values[int(self.index[at])]


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
