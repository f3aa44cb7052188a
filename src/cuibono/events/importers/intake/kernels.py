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
def marks(
    text: Bytes,
    span: tuple[int, int],
    delimiter: int,
    is_mark: Bytes,
    places: Places,
    ends: Places,
) -> int:
    """How many lines end in a span; where fields end, and which of these ends are lines'.

    Without a branch: a wrong guess of the processor costs more than the work.
    """
    size = span[1] - span[0]
    for at in range(size):
        mark = text[span[0] + at]
        is_mark[at] = (mark == delimiter) | (mark == NEWLINE)
    fields = 0
    for at in range(size):
        places[fields] = span[0] + at
        fields += is_mark[at]
    lines = 0
    for field in range(fields):
        ends[lines] = field
        lines += text[places[field]] == NEWLINE
    return lines


@njit(cache=True)
def split_lines(
    text: Bytes,
    span: tuple[int, int],
    delimiter: int,
    wanted: Places,
    is_mark: Bytes,
    places: Places,
    ends: Places,
    starts: Places,
    stops: Places,
    lines: Places,
    fields: Places,
    line: int,
) -> int:
    """How many lines there are after a span; where each, and each wanted field, stands.

    `wanted` gives the fields that are taken, one row of `starts` and `stops` for each;
    `lines` takes the start of each line and the end of the last, `fields` the number of
    fields. Every line ends with a line feed; a return before it is dropped. A field that
    is not there has no length. `is_mark`,
    `places` and `ends` have room for the bytes of the span.
    """
    count = marks(text, span, delimiter, is_mark, places, ends)
    first, start = 0, span[0]
    for at in range(count):
        last = ends[at]
        lines[line] = start
        fields[line] = last - first + 1
        stop = places[last]
        end = stop - np.int64(stop > start and text[stop - 1] == RETURN)
        for column in range(wanted.size):
            field = first + wanted[column]
            if field > last:
                starts[column, line] = stop
                stops[column, line] = stop
                continue
            starts[column, line] = places[field - 1] + 1 if field > first else start
            stops[column, line] = places[field] if field < last else end
        first = last + 1
        start = stop + 1
        line += 1
    lines[line] = start
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
def text_hash(words: Words, start: int, length: int, salt: np.uint64) -> np.uint64:
    """Number of a text; texts that differ have different ones but for rare chance."""
    value = np.uint64(length) + salt
    for at in range(0, length, 8):
        value ^= word_at(words, start + at, length - at)
        value = (value ^ (value >> HALF)) * FACTOR
        value ^= value >> HALF
    return value


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
        value = text_hash(words, start, stops[line] - start, salt)
        place = np.int64(value) & mask
        while hashes[place] != value and table[place] >= 0:
            place = (place + 1) & mask
        known = table[place]
        if known < 0:
            known = found
            table[place] = known
            hashes[place] = value
            first[known] = line
            found += 1
        index[line] = known
    return found, span[1]


@njit(cache=True)
def grown(table: Places, hashes: Words) -> tuple[Places, Words]:
    """Hash tables of twice the size with what was in them, one for a column."""
    columns, old = table.shape
    size = 2 * old
    larger = np.full((columns, size), -1, np.int32)
    more = np.zeros((columns, size), np.uint64)
    for column in range(columns):
        for at in range(old):
            if table[column, at] >= 0:
                value = hashes[column, at]
                place = np.int64(value) & (size - 1)
                while larger[column, place] >= 0:
                    place = (place + 1) & (size - 1)
                larger[column, place] = table[column, at]
                more[column, place] = value
    return larger, more


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
    seen first, `found` how many there are. The tables are replaced when too small.

    Texts are told apart by a 64-bit number under a secret `salt` alone: two of a million
    different texts share one with a chance of 3 in 100 million, and nobody can prepare
    such texts who does not know the salt. To compare the texts themselves would fetch
    each from where it was seen first, which takes longer than all the rest.
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
                table, hashes = grown(table, hashes)
    return table, hashes


@njit(cache=True)
def laid_out(
    text: Bytes,
    words: Words,
    starts: Places,
    stops: Places,
    span: tuple[int, int],
    salt: np.uint64,
    ends: Places,
    hashes: Words,
    out: Bytes,
) -> bool:
    """Whether the texts of a column are plain ASCII; lays them one after the other.

    `ends` takes where each text ends in `out` and begins with where the first begins.
    """
    used = ends[span[0]]
    plain = True
    for line in range(span[0], span[1]):
        start, stop = starts[line], stops[line]
        hashes[line] = text_hash(words, start, stop - start, salt)
        for at in range(start, stop):
            mark = text[at]
            plain &= 0 < mark < 128
            out[used] = mark
            used += 1
        ends[line + 1] = used
    return plain
