"""Columns of a block on their way: texts by number, and texts laid side by side."""

import secrets
from collections.abc import Generator
from typing import Final

import numpy as np

from cuibono.events.importers.intake.blocks import NOT_UTF8, NUL
from cuibono.events.importers.intake.kernels import (
    TAKEN,
    Bytes,
    Keys,
    Places,
    distinct_texts,
    laid_out,
)
from cuibono.events.importers.intake.plain import Plain
from cuibono.events.importers.intake.texts import Known, Texts

MOST_DISTINCT: Final = 50_000
"""Different texts of one column after which a block ends, and they are forgotten."""

MOST_LETTERS: Final = 8_000_000
"""Bytes in the texts of one column after which they are forgotten."""

_SLOTS: Final = 1024
"""Slots of a hash table at first."""


class Spans:
    """Where fields stand in some lines; used anew for the next ones."""

    def __init__(self, columns: int, lines: int, size: int) -> None:
        """Make room for some columns of some lines in a span of some bytes."""
        self.places = np.zeros(size + TAKEN, np.int32)
        self.ends = np.zeros(lines, np.int32)
        self.starts = np.zeros((columns, lines), np.int32)
        self.stops = np.zeros((columns, lines), np.int32)


class NumberedColumns:
    """Columns in which texts recur: each text is kept once, for all blocks to come."""

    def __init__(self, columns: int, lines: int, at_once: int) -> None:
        """Make room for the lines of a block, of which so many come at once."""
        # Secret, so that nobody can prepare texts that are taken for one another.
        self.keys = _keys()
        self.index = np.zeros((columns, lines), np.int32)
        self.met = np.zeros((columns, MOST_DISTINCT + at_once, 2), np.int32)
        self.found = np.zeros(columns, np.int32)
        self.begins = np.arange(columns + 1, dtype=np.int32) * np.int32(_SLOTS)
        self.table = np.full(columns * _SLOTS, -1, np.int32)
        self.hashes = np.zeros(columns * _SLOTS, np.uint64)
        self.numbers = np.zeros(at_once, np.uint64)
        self.first = np.zeros(at_once, np.int32)
        self.known = [Known() for _ in range(columns)]
        self.faults: list[dict[int, str]] = [{} for _ in range(columns)]
        self.letters = [0] * columns

    def __len__(self) -> int:
        """Count the columns."""
        return len(self.found)

    def add(self, text: Bytes, spans: Spans, begin: int, count: int) -> None:
        """Take in some lines, the first of which is line `begin` of the block."""
        self.table, self.hashes = distinct_texts(
            text,
            spans.starts,
            spans.stops,
            (begin, begin + count),
            self.keys,
            self.numbers,
            self.first,
            self.table,
            self.hashes,
            self.begins,
            self.index,
            self.met,
            self.found,
        )

    def crowded(self) -> bool:
        """Whether some column has so many texts that the block has to end."""
        return bool(self.found.max(initial=0) > MOST_DISTINCT)

    def read(self, column: int, view: memoryview, lines: int) -> Texts:
        """Column of the lines so far; texts met in this block are read from it."""
        known, faults = self.known[column], self.faults[column]
        new = self.met[column, len(known) : self.found[column]]
        self.letters[column] += int((new[:, 1] - new[:, 0]).sum())
        for begin, end in new.tolist():
            value, fault = _read(view[begin:end])
            if fault:
                faults[len(known)] = fault
            known.append(value)
        return Texts(known, self.index[column, :lines].copy())

    def wrong(self, column: int, index: Places) -> Generator[tuple[int, str]]:
        """Lines with a text that cannot be used, with what is wrong with it."""
        faults = self.faults[column]
        if faults:
            for line in np.flatnonzero(np.isin(index, list(faults))).tolist():
                yield line, faults[int(index[line])]

    def forget(self) -> None:
        """Forget the texts of columns that have too many."""
        for column, found in enumerate(self.found.tolist()):
            if found <= MOST_DISTINCT and self.letters[column] <= MOST_LETTERS:
                continue
            self.table[self.begins[column] : self.begins[column + 1]] = -1
            self.found[column] = self.letters[column] = 0
            self.known[column], self.faults[column] = Known(), {}


class PlainColumn:
    """Column whose texts hardly ever recur: they are laid side by side."""

    def __init__(self, lines: int, size: int) -> None:
        """Make room for the lines of a block."""
        self.keys = _keys()
        self.ends = np.zeros(lines + 1, np.int32)
        self.numbers = np.zeros(lines, np.uint64)
        self.text = np.zeros(size, np.uint8)
        self.ascii = True

    def add(
        self, text: Bytes, starts: Places, stops: Places, begin: int, count: int
    ) -> None:
        """Take in some lines, the first of which is line `begin` of the block."""
        self.ascii &= laid_out(
            text,
            starts,
            stops,
            count,
            self.keys,
            self.ends[begin:],
            self.numbers[begin:],
            self.text,
        )

    def plain(self, lines: int) -> Plain:
        """Column of the lines so far, where all are ASCII."""
        ends = self.ends[: lines + 1].copy()
        return Plain(ends, self.text[: ends[-1]].copy(), self.numbers[:lines].copy())

    def texts(self, lines: int) -> tuple[Texts, dict[int, str]]:
        """Column of the lines so far as texts, and what is wrong with some."""
        values, faults = [], {}
        view, ends = self.text.data, self.ends[: lines + 1].tolist()
        for line in range(lines):
            value, fault = _read(view[ends[line] : ends[line + 1]])
            if fault:
                faults[line] = fault
            values.append(value)
        return Texts(values, np.arange(lines, dtype=np.int32)), faults


def _read(data: memoryview) -> tuple[str, str]:
    """Text of some bytes, and what is wrong with it, if anything is."""
    try:
        value = str(data, "utf-8")
    except UnicodeDecodeError:
        return "", NOT_UTF8
    return value, NUL if "\0" in value else ""


def _keys() -> Keys:
    """Secret numbers."""
    return np.uint64(secrets.randbits(64)), np.uint64(secrets.randbits(64))
