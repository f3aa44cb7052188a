"""Controls near the history: walks of one or two ties, and their probabilities."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cuibono.model.chance import uniform
from cuibono.record.kernels.history import joined
from cuibono.record.kernels.pairs import found

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Places = NDArray[np.int32]
Signs = NDArray[np.int8]
State = NDArray[np.uint64]


@njit(cache=True)
def walk_chance(
    a: int,
    b: int,
    n: int,
    start: Ints,
    third: Places,
    count: Ints,
    keys: Ints,
    places: Places,
    live: Signs,
    ties: int,
) -> float:
    """Chance that a walk from a random tie goes from a to b in one or two steps.

    The first tie is drawn evenly, in a random direction; with one half the walk stops
    there, else it takes one more tie of the actor reached.
    """
    if ties == 0 or count[a] == 0 or count[b] == 0:
        return 0.0
    key = a * n + b if a < b else b * n + a
    q = found(keys, places, key)
    one = 0.5 if q >= 0 and live[q] else 0.0
    two = 0.0
    near, far = (a, b) if count[a] <= count[b] else (b, a)
    for at in range(count[near]):
        i = third[start[near] + at]
        if i == far:
            continue
        key = i * n + far if i < far else far * n + i
        q = found(keys, places, key)
        if q >= 0 and live[q]:
            two += 1.0 / count[i]
    return (one + 0.5 * two) / (2.0 * ties)


@njit(cache=True)
def near_and_uniform(
    n: int,
    source: Ints,
    target: Ints,
    sign: Signs,
    pair: Places,
    low: Places,
    high: Places,
    start: Ints,
    keys: Ints,
    places: Places,
    after: Ints,
    seen_order: Ints,
    seen: Ints,
    cases: Ints,
    each: int,
    near_share: float,
    state: State,
    control_source: Ints,
    control_target: Ints,
    log_chance: Floats,
) -> None:
    """Draw controls from a mixture of near and uniform pairs, with replacement.

    `log_chance` (cases, 1 + each) is the log of the mixture's chance, up to one
    constant a case, of the case itself and of each control.
    """
    pairs = low.shape[0]
    lists = np.empty(start[n], np.int32)
    third = np.empty(start[n], np.int32)
    count = np.zeros(n, np.int64)
    live = np.zeros(pairs, np.int8)
    ties = np.empty(pairs, np.int64)
    known, done = 0, 0
    for c in range(cases.shape[0]):
        e = cases[c]
        while done < after[e]:
            q = pair[done]
            if sign[done] != 0 and q >= 0 and not live[q]:
                live[q] = 1
                ties[known] = q
                known += 1
                joined(low[q], q, start, lists, third, count, high[q])
                joined(high[q], q, start, lists, third, count, low[q])
            done += 1
        pool = seen[e]
        even = 1.0 / (pool * (pool - 1.0)) if pool > 1 else 1.0
        near = near_share if known > 0 else 0.0
        a, b = source[e], target[e]
        for k in range(each + 1):
            if k > 0:
                a, b = b, b
                while a == b or (a == source[e] and b == target[e]):
                    if uniform(state) < near:
                        q = ties[int(uniform(state) * known)]
                        a, i = low[q], high[q]
                        if uniform(state) < 0.5:
                            a, i = i, a
                        b = i
                        if uniform(state) < 0.5:
                            b = third[start[i] + int(uniform(state) * count[i])]
                    else:
                        a = seen_order[int(uniform(state) * pool)]
                        b = seen_order[int(uniform(state) * pool)]
                control_source[c, k - 1] = a
                control_target[c, k - 1] = b
            chance = (1.0 - near) * even
            if near > 0:
                chance += near * walk_chance(
                    a, b, n, start, third, count, keys, places, live, known
                )
            log_chance[c, k] = np.log(chance)
