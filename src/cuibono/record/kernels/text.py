"""Texts of a table's cells to numbers, without making an object of each cell."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Places = NDArray[np.int32]

OFFSET = np.uint64(0xCBF29CE484222325)
PRIME = np.uint64(0x100000001B3)
FOLD = np.uint64(29)
LOW = np.uint64(0x7FFFFFFF)


@njit(cache=True)
def interned(
    text: Bytes, begin: Ints, end: Ints, table: Places, code: Ints, first: Ints
) -> int:
    """Number the texts from `begin` to `end` by first appearance; return how many.

    `table` comes filled with -1 and has a power of two of places, more than there are
    texts. `code` gets the number of each, `first` the row where each number appears.
    """
    mask = table.shape[0] - 1
    count = 0
    for row in range(begin.shape[0]):
        size = end[row] - begin[row]
        mix = OFFSET
        for at in range(begin[row], end[row]):
            mix = (mix ^ np.uint64(text[at])) * PRIME
        mix ^= mix >> FOLD
        place = np.int64(mix & LOW) & mask
        while True:
            known = table[place]
            if known < 0:
                table[place] = count
                first[count] = row
                code[row] = count
                count += 1
                break
            start = begin[first[known]]
            same = end[first[known]] - start == size
            at = 0
            while same and at < size:
                same = text[start + at] == text[begin[row] + at]
                at += 1
            if same:
                code[row] = known
                break
            place = (place + 1) & mask
    return count
