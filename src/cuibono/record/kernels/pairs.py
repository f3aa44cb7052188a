"""Pairs of actors in an open-addressing table: a pair's position in a few probes."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Places = NDArray[np.int32]
Floats = NDArray[np.float64]

SPREAD = np.uint64(0x9E3779B97F4A7C15)
HALF = np.uint64(32)
EMPTY = -1


@njit(cache=True, inline="always")
def found(keys: Ints, places: Places, key: int) -> int:
    """Position of the pair with this key, or -1."""
    mask = keys.shape[0] - 1
    at = int((np.uint64(key) * SPREAD) >> HALF) & mask
    while True:
        here = keys[at]
        if here == key:
            return int(places[at])
        if here == -1:
            return -1
        at = (at + 1) & mask


@njit(cache=True)
def numbered(
    n: int,
    source: Ints,
    target: Ints,
    keys: Ints,
    places: Places,
    pair: Places,
    low: Places,
    high: Places,
) -> int:
    """Number the unordered pairs in the order of their first event; return how many.

    `keys` comes filled with -1. An actor with itself has pair -1.
    """
    mask = keys.shape[0] - 1
    count = 0
    for e in range(source.shape[0]):
        a, b = source[e], target[e]
        if a == b:
            pair[e] = -1
            continue
        if a > b:
            a, b = b, a
        key = a * n + b
        at = int((np.uint64(key) * SPREAD) >> HALF) & mask
        while keys[at] != key and keys[at] != -1:
            at = (at + 1) & mask
        if keys[at] == -1:
            keys[at] = key
            places[at] = count
            low[count] = a
            high[count] = b
            count += 1
        pair[e] = places[at]
    return count


@njit(cache=True)
def located(
    n: int, source: Ints, target: Ints, keys: Ints, places: Places, pair: Places
) -> None:
    """Write the pair of each row into `pair`: -1 where no event ever joins the two."""
    for row in range(source.shape[0]):
        a, b = source[row], target[row]
        if a > b:
            a, b = b, a
        pair[row] = -1 if a == b else found(keys, places, a * n + b)


@njit(cache=True)
def clustered_squares(values: Floats, code: Ints, clusters: int, out: Floats) -> None:
    """Add up the outer products of the clusters' sums of rows.

    Most clusters of a sample have one row: these need no place of their own.
    """
    rows, p = values.shape
    place = np.zeros(clusters, np.int32)
    for r in range(rows):
        place[code[r]] += 1
    many = 0
    for c in range(clusters):
        if place[c] > 1:
            place[c] = many
            many += 1
        else:
            place[c] = -1
    sums = np.zeros((many, p))
    for r in range(rows):
        at = place[code[r]]
        for j in range(p):
            value = values[r, j]
            if value == 0.0:
                continue
            if at >= 0:
                sums[at, j] += value
            else:
                for k in range(j + 1):
                    out[j, k] += value * values[r, k]
    for c in range(many):
        for j in range(p):
            for k in range(j + 1):
                out[j, k] += sums[c, j] * sums[c, k]
    for j in range(p):
        for k in range(j):
            out[k, j] = out[j, k]
