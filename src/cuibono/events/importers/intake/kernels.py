"""Compiled kernels of the importers: fields of lines, distinct texts of a column."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Places = NDArray[np.int32]
Words = NDArray[np.uint64]

NEWLINE, RETURN = 10, 13
ONE, HALF = np.uint64(1), np.uint64(32)
FACTOR = np.uint64(0x9E3779B97F4A7C15)


@njit(cache=True)
def split_lines(
    text: Bytes,
    span: tuple[int, int],
    delimiter: int,
    slot: Places,
    starts: Places,
    stops: Places,
    lines: Places,
    fields: Places,
    line: int,
) -> int:
    """How many lines there are after a span; where each, and each wanted field, stands.

    `slot` says for each field of a line which row of `starts` and `stops` takes it, -1
    for none; `lines` takes the start of each line and the end of the last, `fields` the
    number of fields. Every line ends with a line feed; a return before it is dropped.
    A field that is not there has no length.
    """
    field, start = 0, span[0]
    lines[line] = start
    for at in range(span[0], span[1]):
        mark = text[at]
        if mark != delimiter and mark != NEWLINE:
            continue
        ends_line = mark == NEWLINE
        if field < slot.size and slot[field] >= 0:
            stop = at
            if ends_line and stop > start and text[stop - 1] == RETURN:
                stop -= 1
            starts[slot[field], line] = start
            stops[slot[field], line] = stop
        field += 1
        start = at + 1
        if ends_line:
            for missing in range(field, slot.size):
                if slot[missing] >= 0:
                    starts[slot[missing], line] = at
                    stops[slot[missing], line] = at
            fields[line] = field
            line += 1
            lines[line] = start
            field = 0
    return line


@njit(cache=True)
def word_at(words: Words, place: int, length: int) -> np.uint64:
    """Up to eight bytes from any place as one number; bytes past `length` are zero.

    Without a branch: a wrong guess of the processor costs more than the work.
    """
    begin = np.uint64(place)
    shift = (begin & np.uint64(7)) << np.uint64(3)
    low, high = words[begin >> np.uint64(3)], words[(begin >> np.uint64(3)) + ONE]
    word = (low >> shift) | ((high << ONE) << (np.uint64(63) - shift))
    unused = np.uint64(64 - 8 * min(length, 8))
    only: np.uint64 = (word << unused) >> unused
    return only


@njit(cache=True)
def same_text(words: Words, one: int, other: int, length: int) -> bool:
    """Whether the same bytes stand at two places."""
    differ = np.uint64(0)
    for at in range(0, length, 8):
        differ |= word_at(words, one + at, length - at) ^ word_at(
            words, other + at, length - at
        )
    same: bool = differ == np.uint64(0)
    return same


@njit(cache=True)
def note_texts(
    words: Words,
    starts: Places,
    stops: Places,
    span: tuple[int, int],
    salt: np.uint64,
    table: Places,
    hashes: Words,
    index: Places,
    first: Places,
    found: int,
) -> tuple[int, int]:
    """How many texts are known after the lines of a span, and where it had to stop.

    It stops where the table is half full.
    """
    mask = table.size - 1
    for line in range(span[0], span[1]):
        if 2 * found >= table.size:
            return found, line
        start = starts[line]
        length = stops[line] - start
        value = np.uint64(length) + salt
        for at in range(0, length, 8):
            value ^= word_at(words, start + at, length - at)
            value = (value ^ (value >> HALF)) * FACTOR
            value ^= value >> HALF
        place = np.int64(value) & mask
        while table[place] >= 0:
            known = table[place]
            if hashes[known] == value:
                other = first[known]
                begun = starts[other]
                if stops[other] - begun == length and same_text(
                    words, start, begun, length
                ):
                    break
            place = (place + 1) & mask
        if table[place] < 0:
            table[place] = found
            hashes[found] = value
            first[found] = line
            found += 1
        index[line] = table[place]
    return found, span[1]


@njit(cache=True)
def grown(hashes: Words, found: Places, size: int) -> tuple[Places, Words]:
    """Hash tables of a larger size, one for a column, with what the smaller ones had."""
    table = np.full((found.size, size), -1, np.int32)
    more = np.empty((found.size, size), np.uint64)
    for column in range(found.size):
        for known in range(found[column]):
            value = hashes[column, known]
            more[column, known] = value
            place = np.int64(value) & (size - 1)
            while table[column, place] >= 0:
                place = (place + 1) & (size - 1)
            table[column, place] = known
    return table, more


@njit(cache=True)
def distinct_texts(
    words: Words,
    starts: Places,
    stops: Places,
    span: tuple[int, int],
    salt: np.uint64,
    table: Places,
    hashes: Words,
    index: Places,
    first: Places,
    found: Places,
) -> tuple[Places, Words]:
    """Hash tables after the lines of a span; one row of each array for a column.

    `index` takes for each line which text it has, `first` the line where each text was
    seen first, `found` how many there are. Texts are found by a salted hash and compared
    byte by byte. The tables given may be of any size; they are replaced when too small.
    """
    for column in range(found.size):
        line = span[0]
        while line < span[1]:
            found[column], line = note_texts(
                words,
                starts[column],
                stops[column],
                (line, span[1]),
                salt,
                table[column],
                hashes[column],
                index[column],
                first[column],
                found[column],
            )
            if line < span[1]:
                table, hashes = grown(hashes, found, 4 * table.shape[1])
    return table, hashes
