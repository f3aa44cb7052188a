"""Compiled kernels of the importers: fields of lines, distinct texts of a column.

Every array of text has room for `SLACK` bytes more than are asked for: what lies behind
a text may be read, and is left out of account.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cuibono.events.importers.intake.machine import (
    bits_of,
    folded,
    how_many,
    lowest,
    word,
)

Bytes = NDArray[np.uint8]
Places = NDArray[np.int32]
Numbers = NDArray[np.uint64]
Keys = tuple[np.uint64, np.uint64]

SLACK = 64
TAKEN = 8
"""Marks that are written at a time: `places` has room for so many more."""

NEWLINE, RETURN = np.uint8(10), np.uint8(13)
ONE = np.uint64(1)


@njit(cache=True)
def marks(
    text: Bytes, span: tuple[int, int], delimiter: int, places: Places, ends: Places
) -> int:
    """How many lines end in a span; where fields end, and which of these ends are lines'.

    64 bytes at a time, and nearly without a branch: a wrong guess of the processor costs
    more than the work.
    """
    begin, end = span
    mark = np.uint8(delimiter)
    fields, lines = 0, 0
    for at in range(begin, end, 64):
        newlines = bits_of(text, at, NEWLINE)
        bits = bits_of(text, at, mark) | newlines
        if end - at < 64:
            inside = (ONE << np.uint64(end - at)) - ONE
            newlines &= inside
            bits &= inside
        while newlines:
            bit = newlines & (~newlines + ONE)
            ends[lines] = fields + how_many(bits & (bit - ONE))
            lines += 1
            newlines ^= bit
        after = fields + how_many(bits)
        while fields < after:
            # Some too many, which the next ones overwrite.
            for more in range(TAKEN):
                places[fields + more] = at + lowest(bits)
                bits &= bits - ONE
            fields += TAKEN
        fields = after
    return lines


@njit(cache=True)
def split_lines(
    text: Bytes,
    span: tuple[int, int],
    delimiter: int,
    wanted: Places,
    places: Places,
    ends: Places,
    starts: Places,
    stops: Places,
    lines: Places,
    fields: Places,
    line: int,
) -> int:
    """How many lines a span has; where each, and each wanted field, stands.

    `wanted` gives the fields that are taken, one row of `starts` and `stops` for each,
    counted from the first line of the span; `lines` takes the start of each line and the
    end of the last, `fields` the number of fields, both from `line` on. Every line ends
    with a line feed, and what stands after the last one is left; a return before it is
    dropped. A field that is not there has no
    length. `places` and `ends` have room for the bytes of the span.
    """
    count = marks(text, span, delimiter, places, ends)
    first, start = 0, span[0]
    for at in range(count):
        last = ends[at]
        lines[line + at] = start
        fields[line + at] = last - first + 1
        stop = places[last]
        end = stop - np.int64(stop > start and text[stop - 1] == RETURN)
        for column in range(wanted.size):
            field = first + wanted[column]
            if field > last:
                starts[column, at] = stop
                stops[column, at] = stop
                continue
            starts[column, at] = places[field - 1] + 1 if field > first else start
            stops[column, at] = places[field] if field < last else end
        first = last + 1
        start = stop + 1
    lines[line + count] = start
    return count


@njit(cache=True)
def only(value: np.uint64, length: int) -> np.uint64:
    """First bytes of a word, at most eight; all if more, none if less than one.

    Shifted in two halves, as a word cannot be shifted by all of its bits.
    """
    half = np.uint64(4 * (8 - min(max(length, 0), 8)))
    found: np.uint64 = value << half << half >> half >> half
    return found


@njit(cache=True)
def text_hash(text: Bytes, start: int, length: int, keys: Keys) -> np.uint64:
    """Number of a text; texts that differ have different ones but for rare chance.

    `keys` are secret random numbers. Each 16 bytes are laid over one of them and over
    what went before, so that nobody who does not know them can choose two texts whose
    products are the same. Without a branch for texts of up to 16 bytes.
    """
    value = keys[0] ^ np.uint64(length)
    while length > 16:
        value = folded(word(text, start) ^ keys[1], word(text, start + 8) ^ value)
        start += 16
        length -= 16
    one, other = (
        only(word(text, start), length),
        only(word(text, start + 8), length - 8),
    )
    last: np.uint64 = folded(one ^ keys[1], other ^ value)
    return last


@njit(cache=True)
def note_texts(
    numbers: Numbers,
    span: tuple[int, int],
    table: Places,
    hashes: Numbers,
    index: Places,
    first: Places,
    before: int,
    found: int,
) -> tuple[int, int]:
    """How many texts are known after some lines, and at which it had to stop.

    It stops where the table is half full. `first` takes the line of each text that came
    after the `before` first ones.
    """
    mask = table.size - 1
    for line in range(span[0], span[1]):
        if 2 * found >= table.size:
            return found, line
        value = numbers[line]
        place = np.int64(value) & mask
        while hashes[place] != value and table[place] >= 0:
            place = (place + 1) & mask
        known = table[place]
        if known < 0:
            known = found
            table[place] = known
            hashes[place] = value
            first[known - before] = line
            found += 1
        index[line] = known
    return found, span[1]


@njit(cache=True)
def grown(
    table: Places, hashes: Numbers, begins: Places, column: int
) -> tuple[Places, Numbers]:
    """Hash tables with twice the room for one column; `begins` is changed to fit."""
    begin, end = begins[column], begins[column + 1]
    size = end - begin
    larger = np.full(table.size + size, -1, np.int32)
    more = np.zeros(table.size + size, np.uint64)
    larger[:begin], more[:begin] = table[:begin], hashes[:begin]
    larger[end + size :], more[end + size :] = table[end:], hashes[end:]
    mask = 2 * size - 1
    for at in range(begin, end):
        if table[at] >= 0:
            place = np.int64(hashes[at]) & mask
            while larger[begin + place] >= 0:
                place = (place + 1) & mask
            larger[begin + place] = table[at]
            more[begin + place] = hashes[at]
    begins[column + 1 :] += np.int32(size)
    return larger, more


@njit(cache=True)
def distinct_texts(
    text: Bytes,
    starts: Places,
    stops: Places,
    lines: tuple[int, int],
    keys: Keys,
    numbers: Numbers,
    first: Places,
    table: Places,
    hashes: Numbers,
    begins: Places,
    index: Places,
    met: Places,
    found: Places,
) -> tuple[Places, Numbers]:
    """Hash tables after some lines of a block; one row of each array for a column.

    `starts` and `stops` tell where the texts stand, counted from the first of the lines.
    `index` takes for each line of the block which text it has, `met` where each text
    was met first (start and stop), `found` how many there are. `numbers` and `first` are
    for use in between. The hash tables lie one after the other, that of a column from
    `begins` on; they are replaced when one is too small.

    Texts are told apart by a 64-bit number under secret `keys` alone: two of a million
    different texts share one with a chance of 3 in 100 million. To compare the texts
    themselves would fetch each from where it was seen first, which takes longer than all
    the rest.
    """
    count = lines[1] - lines[0]
    for column in range(found.size):
        start, stop = starts[column], stops[column]
        for at in range(count):
            numbers[at] = text_hash(text, start[at], stop[at] - start[at], keys)
        at, known = 0, found[column]
        while at < count:
            begin, end = begins[column], begins[column + 1]
            found[column], at = note_texts(
                numbers,
                (at, count),
                table[begin:end],
                hashes[begin:end],
                index[column, lines[0] : lines[1]],
                first,
                known,
                found[column],
            )
            if at < count:
                table, hashes = grown(table, hashes, begins, column)
        for new in range(found[column] - known):
            met[column, known + new, 0] = start[first[new]]
            met[column, known + new, 1] = stop[first[new]]
    return table, hashes


@njit(cache=True)
def laid_out(
    text: Bytes,
    starts: Places,
    stops: Places,
    count: int,
    keys: Keys,
    ends: Places,
    hashes: Numbers,
    out: Bytes,
) -> bool:
    """Whether the texts of a column are plain ASCII; lays them one after the other.

    `ends` takes where each text ends in `out` and begins with where the first begins.
    """
    used = ends[0]
    plain = True
    for line in range(count):
        start, stop = starts[line], stops[line]
        hashes[line] = text_hash(text, start, stop - start, keys)
        for at in range(start, stop):
            mark = text[at]
            plain &= 0 < mark < 128
            out[used] = mark
            used += 1
        ends[line + 1] = used
    return plain


@njit(cache=True)
def laid_anew(
    ends: Places, text: Bytes, rows: NDArray[np.intp], anew: Places, out: Bytes
) -> None:
    """Some of the texts that lie one after the other, laid out in the order of `rows`."""
    used = 0
    for at in range(rows.size):
        row = rows[at]
        for place in range(ends[row], ends[row + 1]):
            out[used] = text[place]
            used += 1
        anew[at + 1] = used


@njit(cache=True)
def gathered(each: NDArray[Any], index: Places) -> NDArray[Any]:
    """What each row has of what there is for each text."""
    found = np.empty(index.size, each.dtype)
    for row in range(index.size):
        found[row] = each[index[row]]
    return found
