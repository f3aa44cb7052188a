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
HUB_CELLS = 1 << 19
"""Room for the rows of hubs: 2 MB, so that they stay in a near cache."""
FEWEST_NEIGHBOURS = 16


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


@njit(cache=True, inline="always")
def settled(q: int, least: float, value: Floats, tie: Floats) -> None:
    """Drop a pair's values below the threshold; add up what is left both ways.

    `tie[q]` holds the friendly and the hostile sum and the least value that they are
    made of: until the threshold passes that, they stay as they are.
    """
    weakest = math.inf
    for k in range(4):
        if value[q, k] < least:
            value[q, k] = 0.0
        elif value[q, k] > 0.0:
            weakest = min(weakest, value[q, k])
    tie[q, 0] = value[q, 0] + value[q, 2]
    tie[q, 1] = value[q, 1] + value[q, 3]
    tie[q, 2] = weakest


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
def wedge(
    form: int, p1: float, n1: float, p2: float, n2: float
) -> tuple[float, float, float, float]:
    """What one third actor adds to the four triads, from its two ties."""
    if form == MIN:
        return min(p1, p2), min(n1, p2), min(p1, n2), min(n1, n2)
    return p1 * p2, n1 * p2, p1 * n2, n1 * n2


@njit(cache=True, inline="always")
def pair_with(
    i: int,
    far: int,
    n: int,
    row: int,
    none: int,
    wide: Places,
    keys: Ints,
    places: Places,
) -> int:
    """Pair of two actors; `none`, whose values are 0, where no event joins them.

    `row` is that of `far` in `wide`, or -1 if it has none.
    """
    if row >= 0:
        return int(wide[row, i])
    q = found(keys, places, i * n + far if i < far else far * n + i)
    return q if q >= 0 else none


@njit(cache=True, inline="always")
def directed_triads(
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
    none: int,
    hub: Places,
    wide: Places,
    keys: Ints,
    places: Places,
    form: int,
    sums: Floats,
) -> None:
    """Leave the four sums over third actors in `sums`, in stored units.

    The actor with fewer neighbours is walked through.
    """
    s0 = s1 = s2 = s3 = 0.0
    near, far = (a, b) if count[a] <= count[b] else (b, a)
    first, row = start[near], hub[far]
    for at in range(first, first + count[near]):
        i = third[at]
        other = pair_with(i, far, n, row, none, wide, keys, places)
        if other == none:
            continue
        mine, theirs = (lists[at], other) if near == a else (other, lists[at])
        # Sender to third, third to receiver.
        p1, n1 = legs_of(value, mine, low[mine] == a, False, least)
        p2, n2 = legs_of(value, theirs, low[theirs] == i, False, least)
        w0, w1, w2, w3 = wedge(form, p1, n1, p2, n2)
        s0, s1, s2, s3 = s0 + w0, s1 + w1, s2 + w2, s3 + w3
    sums[0], sums[1], sums[2], sums[3] = s0, s1, s2, s3


@njit(cache=True, inline="always")
def symmetric_triads(
    a: int,
    b: int,
    n: int,
    least: float,
    value: Floats,
    tie: Floats,
    start: Ints,
    lists: Places,
    third: Places,
    count: Ints,
    none: int,
    hub: Places,
    wide: Places,
    keys: Ints,
    places: Places,
    form: int,
    sums: Floats,
) -> None:
    """As `directed_triads`, with the ties of both directions."""
    s0 = s1 = s2 = s3 = 0.0
    near, far = (a, b) if count[a] <= count[b] else (b, a)
    first, row = start[near], hub[far]
    for at in range(first, first + count[near]):
        one = lists[at]
        other = pair_with(third[at], far, n, row, none, wide, keys, places)
        if tie[one, 2] < least:
            settled(one, least, value, tie)
        if tie[other, 2] < least:
            settled(other, least, value, tie)
        p1, n1 = tie[one, 0], tie[one, 1]
        p2, n2 = tie[other, 0], tie[other, 1]
        w0, w1, w2, w3 = wedge(form, p1, n1, p2, n2)
        s0, s1, s2, s3 = s0 + w0, s1 + w1, s2 + w2, s3 + w3
    # Walked from the receiver's side, the two ties stand the other way round.
    if near != a:
        s1, s2 = s2, s1
    sums[0], sums[1], sums[2], sums[3] = s0, s1, s2, s3


@njit(cache=True)
def hubs_of(n: int, pairs: int, start: Ints, hub: Places) -> Places:
    """Choose the actors with the most neighbours, and return a row of pairs for each.

    Most walks end at a few of them, and there a look into a row replaces a search.
    `hub` (n,) gets the row of each, or -1. An entry without a pair is `pairs`.
    """
    hub[:] = -1
    most = min(n, max(HUB_CELLS // max(n, 1), 1))
    rows = 0
    degree = start[1:] - start[:-1]
    for a in np.argsort(-degree, kind="mergesort")[:most]:
        if degree[a] < FEWEST_NEIGHBOURS:
            break
        hub[a] = rows
        rows += 1
    return np.full((rows, n), pairs, np.int32)


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
    # The last row of both stands for pairs that no event joins.
    value = np.zeros((pairs + 1, 4))
    tie = np.zeros((pairs + 1, 4))
    tie[:, 2] = math.inf
    last = np.full(pairs, -1, np.int64)
    tally = np.zeros((pairs, 2))
    degree = np.zeros((n, 4))
    run = np.zeros((n, 4))
    whole = np.zeros(4)
    lists = np.empty(start[n], np.int32)
    third = np.empty(start[n], np.int32)
    count = np.zeros(n, np.int64)
    listed = np.zeros(pairs, np.uint8)
    sums = np.zeros(4)
    hub = np.empty(n, np.int32)
    wide = hubs_of(n, pairs, start, hub)
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
                if hub[low[q]] >= 0:
                    wide[hub[low[q]], high[q]] = q
                if hub[high[q]] >= 0:
                    wide[hub[high[q]], low[q]] = q
            at = bad + (0 if low[q] == a else 2)
            value[q, at] = kept(value[q, at], least) + add
            if both:
                settled(q, least, value, tie)
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
        at = column[DYADS]
        if at >= 0:
            for k in range(4):
                out[r, at + k] = 0.0
            if q >= 0:
                turn = 0 if low[q] == a else 2
                for k in range(4):
                    out[r, at + k] = kept(value[q, (k + turn) & 3], least) * factor
        at = column[DEGREES]
        if at >= 0:
            for k in range(4):
                out[r, at + k] = kept(degree[a, k], least) * factor
                out[r, at + 4 + k] = kept(degree[b, k], least) * factor
        at = column[TRIADS]
        if at >= 0:
            # Events of one dyad and moment share their past.
            known = last[q] if q >= 0 else -1
            if known >= 0 and (
                row_after[known] != done
                or row_time[known] != seen
                or not (both or row_source[known] == a)
            ):
                known = -1
            if q >= 0:
                last[q] = r
            if known >= 0:
                turn = 0 if row_source[known] == a else 1
                out[r, at] = out[known, at]
                out[r, at + 1] = out[known, at + 1 + turn]
                out[r, at + 2] = out[known, at + 2 - turn]
                out[r, at + 3] = out[known, at + 3]
            else:
                if both:
                    symmetric_triads(
                        a, b, n, least, value, tie, start, lists, third, count, pairs,
                        hub, wide, keys, places, form, sums,
                    )  # fmt: skip
                else:
                    directed_triads(
                        a, b, n, least, value, start, lists, third, count, low, pairs,
                        hub, wide, keys, places, form, sums,
                    )  # fmt: skip
                for k in range(4):
                    if form == MIN:
                        out[r, at + k] = sums[k] * factor
                    elif form == PRODUCT:
                        out[r, at + k] = sums[k] * factor * factor
                    else:
                        out[r, at + k] = math.sqrt(sums[k]) * factor
        at = column[COUNTS]
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
