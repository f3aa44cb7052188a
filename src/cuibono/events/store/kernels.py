"""Compiled kernels of the store: rows by year, numbers of texts, keys to count by."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Keys = NDArray[np.uint64]
Numbers = NDArray[np.int32]
Days = NDArray[np.int64]
Rows = NDArray[np.intp]

FACTOR = np.uint64(0x9E3779B97F4A7C15)
HALF, LESS = np.uint64(32), np.uint64(29)


@njit(cache=True)
def year_of(day: int) -> int:
    """Year of a day since 1970-01-01.

    Counted in eras of 400 years from a first of March, after Hinnant (2013),
    chrono-compatible low-level date algorithms.
    """
    shifted = day + 719_468
    era = shifted // 146_097
    of_era = shifted - era * 146_097
    years = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * years + years // 4 - years // 100)
    # 306 days after the first of March is the first of January.
    return int(years + era * 400 + (of_year >= 306))


@njit(cache=True)
def by_year(day: Days) -> tuple[Rows, Rows, Days]:
    """Order of rows by year, those of one year as they come; where years begin; which.

    The second has one place more than there are years: the number of rows.
    """
    count = day.size
    years = np.empty(count, np.int64)
    for row in range(count):
        years[row] = year_of(day[row])
    first = years.min()
    begins = np.zeros(years.max() - first + 2, np.intp)
    for row in range(count):
        begins[years[row] - first + 1] += 1
    begins = np.cumsum(begins)
    order, place = np.empty(count, np.intp), begins.copy()
    for row in range(count):
        order[place[years[row] - first]] = row
        place[years[row] - first] += 1
    there = np.flatnonzero(np.diff(begins))
    return order, np.append(begins[there], count), there + first


@njit(cache=True)
def numbered(each: Numbers, index: Numbers, rows: Rows, out: Numbers) -> bool:
    """Whether every text has a number; takes the number of the text of some rows."""
    lowest = np.int32(0)
    for at in range(rows.size):
        number = each[index[rows[at]]]
        out[at] = number
        lowest = min(lowest, number)
    return bool(lowest >= 0)


@njit(cache=True)
def listed(numbers: Numbers, place: Numbers, used: Numbers, bits: Bytes) -> int:
    """How many numbers occur but 0; each becomes its place among them.

    `used` takes them in the order in which they come; `place` has -1 for every number,
    and again afterwards; `bits` is all zero and takes which are not 0.
    """
    found = 0
    for row in range(numbers.size):
        number = numbers[row]
        if number == 0:
            continue
        bits[row >> 3] |= np.uint8(1 << (row & 7))
        if place[number] < 0:
            place[number] = found
            used[found] = number
            found += 1
        numbers[row] = place[number]
    for at in range(found):
        place[used[at]] = -1
    return found


@njit(cache=True)
def stirred_in(keys: Keys, part: Keys) -> None:
    """Make each number one that depends on another, too."""
    for row in range(keys.size):
        keys[row] = (keys[row] ^ (keys[row] >> HALF)) * FACTOR + part[row]


@njit(cache=True)
def settled(keys: Keys) -> None:
    """Spread what tells the numbers apart over all of their bits."""
    for row in range(keys.size):
        key = (keys[row] ^ (keys[row] >> LESS)) * FACTOR
        keys[row] = key ^ (key >> HALF)
