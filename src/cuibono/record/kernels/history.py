"""One pass over a record: every statistic of every row from the events before it.

Values are stored multiplied by 2^(age of the record / half-life), so that nothing has
to be decayed on reading: one factor a row turns them into today's (the least of two
ties is homogeneous of degree one, their product of degree two). The store is put back
to scale before its numbers grow out of range.
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cuibono.record.kernels.pairs import found

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Places = NDArray[np.int32]
Signs = NDArray[np.int8]
Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]

MIN, PRODUCT, ROOT = 0, 1, 2
DYADS, DEGREES, TRIADS, COUNTS = 0, 1, 2, 3
"""Places in `column`: where each group of cells starts; -1 leaves it out."""
WIDTHS = (4, 8, 4, 10)
MOST_HALF_LIVES = 900.0


@njit(cache=True, inline="always")
def kept(value: float, least: float) -> float:
    """Return the value, or zero if it is below the threshold."""
    return value if value >= least else 0.0


@njit(cache=True, inline="always")
def joined(
    a: int, q: int, start: Ints, lists: Places, third: Places, count: Ints, other: int
) -> None:
    """Put pair `q` with actor `other` on the list of actor `a`."""
    at = start[a] + count[a]
    lists[at] = q
    third[at] = other
    count[a] += 1


@njit(cache=True, inline="always")
def legs_of(
    value: Floats, q: int, forward: bool, both: bool, least: float
) -> tuple[float, float]:
    """Friendly and hostile tie of a pair: low to high if `forward`, or both ways."""
    plus = kept(value[q, 0], least)
    minus = kept(value[q, 1], least)
    if both:
        plus += kept(value[q, 2], least)
        minus += kept(value[q, 3], least)
    elif not forward:
        plus = kept(value[q, 2], least)
        minus = kept(value[q, 3], least)
    return plus, minus


@njit(cache=True)
def swept(
    least: float,
    value: Floats,
    start: Ints,
    lists: Places,
    third: Places,
    count: Ints,
    listed: Bytes,
) -> None:
    """Strike from all lists the pairs whose values have fallen below the threshold."""
    for a in range(count.shape[0]):
        left = start[a]
        for at in range(start[a], start[a] + count[a]):
            q = lists[at]
            one = max(value[q, 0], value[q, 1])
            if max(one, max(value[q, 2], value[q, 3])) < least:
                listed[q] = 0
                continue
            lists[left] = q
            third[left] = third[at]
            left += 1
        count[a] = left - start[a]


@njit(cache=True, inline="always")
def triads_of(
    a: int,
    b: int,
    n: int,
    least: float,
    value: Floats,
    start: Ints,
    lists: Places,
    third: Places,
    count: Ints,
    low: Places,
    keys: Ints,
    places: Places,
    form: int,
    both: bool,
    sums: Floats,
) -> None:
    """Leave the four sums over third actors in `sums`, in stored units.

    The actor with fewer neighbours is walked through.
    """
    s0 = s1 = s2 = s3 = 0.0
    near, far = (a, b) if count[a] <= count[b] else (b, a)
    if count[near] > 0:
        first = start[near]
        for at in range(first, first + count[near]):
            i = third[at]
            if i == far:
                continue
            key = i * n + far if i < far else far * n + i
            other = found(keys, places, key)
            if other < 0:
                continue
            mine, theirs = (lists[at], other) if near == a else (other, lists[at])
            # Sender to third, third to receiver.
            p1, n1 = legs_of(value, mine, low[mine] == a, both, least)
            p2, n2 = legs_of(value, theirs, low[theirs] == i, both, least)
            if form == MIN:
                s0 += min(p1, p2)
                s1 += min(n1, p2)
                s2 += min(p1, n2)
                s3 += min(n1, n2)
            else:
                s0 += p1 * p2
                s1 += n1 * p2
                s2 += p1 * n2
                s3 += n1 * n2
    sums[0], sums[1], sums[2], sums[3] = s0, s1, s2, s3


@njit(cache=True, inline="always")
def plain_triads(
    a: int,
    b: int,
    n: int,
    tie: Floats,
    start: Ints,
    lists: Places,
    third: Places,
    count: Ints,
    keys: Ints,
    places: Places,
    sums: Floats,
) -> None:
    """The commonest case: least of two ties, both directions, nothing trimmed."""
    s0 = s1 = s2 = s3 = 0.0
    near, far = (a, b) if count[a] <= count[b] else (b, a)
    if count[near] > 0:
        first = start[near]
        for at in range(first, first + count[near]):
            i = third[at]
            if i == far:
                continue
            key = i * n + far if i < far else far * n + i
            other = found(keys, places, key)
            if other < 0:
                continue
            mine, theirs = (lists[at], other) if near == a else (other, lists[at])
            p1, n1 = tie[mine, 0], tie[mine, 1]
            p2, n2 = tie[theirs, 0], tie[theirs, 1]
            s0 += min(p1, p2)
            s1 += min(n1, p2)
            s2 += min(p1, n2)
            s3 += min(n1, n2)
    sums[0], sums[1], sums[2], sums[3] = s0, s1, s2, s3


@njit(cache=True)
def history_pass(
    n: int,
    time: Floats,
    source: Ints,
    target: Ints,
    sign: Signs,
    size: Floats,
    pair: Places,
    low: Places,
    high: Places,
    start: Ints,
    keys: Ints,
    places: Places,
    row_after: Ints,
    row_time: Floats,
    row_source: Ints,
    row_target: Ints,
    row_pair: Places,
    half_life: float,
    trim: float,
    form: int,
    both: bool,
    norm: float,
    column: Ints,
    out: Floats,
) -> None:
    """Fill one row of `out` for each row asked for.

    `row_after[r]` is how many events, in order, are history to row r; it ascends.
    """
    pairs = low.shape[0]
    value = np.zeros((pairs, 4))
    tally = np.zeros((pairs, 2))
    degree = np.zeros((n, 4))
    run = np.zeros((n, 4))
    whole = np.zeros(4)
    lists = np.empty(start[n], np.int32)
    third = np.empty(start[n], np.int32)
    count = np.zeros(n, np.int64)
    listed = np.zeros(pairs, np.uint8)
    sums = np.zeros(4)
    tie = np.zeros((pairs, 2))
    quick = both and trim == 0.0 and form == MIN
    base = time[0] if time.shape[0] else 0.0
    seen, grown, clean = base, 1.0, base
    done = 0
    for r in range(row_after.shape[0]):
        while done < row_after[r]:
            e = done
            done += 1
            q = pair[e]
            if sign[e] == 0 or q < 0:
                continue
            if (time[e] - base) / half_life > MOST_HALF_LIVES:
                back = 2.0 ** (-(time[e] - base) / half_life)
                value *= back
                tie *= back
                degree *= back
                whole[:2] *= back
                base = time[e]
                seen = base
                grown = 1.0
            if time[e] != seen:
                seen = time[e]
                grown = 2.0 ** ((seen - base) / half_life)
            least = trim * grown
            add = size[e] * grown
            a, b = source[e], target[e]
            bad = 0 if sign[e] > 0 else 1
            if listed[q] == 0:
                joined(low[q], q, start, lists, third, count, high[q])
                joined(high[q], q, start, lists, third, count, low[q])
                listed[q] = 1
            at = bad + (0 if low[q] == a else 2)
            value[q, at] = kept(value[q, at], least) + add
            tie[q, bad] += add
            degree[a, 2 * bad] = kept(degree[a, 2 * bad], least) + add
            degree[b, 2 * bad + 1] = kept(degree[b, 2 * bad + 1], least) + add
            tally[q, bad] += 1.0
            run[a, bad] += 1.0
            run[b, 2 + bad] += 1.0
            whole[bad] += add
            whole[2 + bad] += 1.0
        if row_time[r] != seen:
            seen = row_time[r]
            grown = 2.0 ** ((seen - base) / half_life)
        least = trim * grown
        if trim > 0.0 and seen - clean > half_life:
            swept(least, value, start, lists, third, count, listed)
            clean = seen
        factor = norm / grown
        a, b, q = row_source[r], row_target[r], row_pair[r]
        at = column[0]
        if at >= 0:
            for k in range(4):
                out[r, at + k] = 0.0
            if q >= 0:
                turn = 0 if low[q] == a else 2
                for k in range(4):
                    out[r, at + k] = kept(value[q, (k + turn) & 3], least) * factor
        at = column[1]
        if at >= 0:
            for k in range(4):
                out[r, at + k] = kept(degree[a, k], least) * factor
                out[r, at + 4 + k] = kept(degree[b, k], least) * factor
        at = column[2]
        if at >= 0:
            if quick:
                plain_triads(
                    a, b, n, tie, start, lists, third, count, keys, places, sums
                )
            else:
                triads_of(
                    a, b, n, least, value, start, lists, third, count, low,
                    keys, places, form, both, sums,
                )  # fmt: skip
            for k in range(4):
                if form == MIN:
                    out[r, at + k] = sums[k] * factor
                elif form == PRODUCT:
                    out[r, at + k] = sums[k] * factor * factor
                else:
                    out[r, at + k] = math.sqrt(sums[k]) * factor
        at = column[3]
        if at >= 0:
            out[r, at] = run[a, 0]
            out[r, at + 1] = run[a, 1]
            out[r, at + 2] = run[b, 2]
            out[r, at + 3] = run[b, 3]
            out[r, at + 4] = tally[q, 0] if q >= 0 else 0.0
            out[r, at + 5] = tally[q, 1] if q >= 0 else 0.0
            out[r, at + 6] = whole[2]
            out[r, at + 7] = whole[3]
            out[r, at + 8] = whole[0] * factor
            out[r, at + 9] = whole[1] * factor


@njit(cache=True)
def logged(values: Floats, which: Flags, out: Floats) -> None:
    """Write log(1 + value) of the columns `which`, the others as they are; many are 0."""
    for r in range(values.shape[0]):
        for k in range(values.shape[1]):
            value = values[r, k]
            out[r, k] = math.log1p(value) if which[k] and value != 0.0 else value
