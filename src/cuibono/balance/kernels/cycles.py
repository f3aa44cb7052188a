"""Simple cycles by length and count of negative ties."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@njit(cache=True)
def count_cycles(
    start: Ints, to: Ints, negative: NDArray[np.bool_], length: int, most_steps: int
) -> tuple[Ints, bool]:
    """Cycles of one length by negative ties (length + 1,); whether all were counted.

    Rows hold neighbours in ascending order. A cycle is counted from its lowest actor, in
    the direction in which the second actor is lower than the last.
    """
    k = start.shape[0] - 1
    found = np.zeros(length + 1, np.int64)
    path, at = np.empty(length, np.int64), np.empty(length, np.int64)
    below = np.zeros(length + 1, np.int64)
    on_path = np.zeros(k, np.bool_)
    steps = 0
    for root in range(k):
        path[0] = root
        at[0] = start[root]
        on_path[root] = True
        depth = 0
        while depth >= 0:
            here = path[depth]
            if at[depth] == start[here + 1]:
                on_path[here] = False
                depth -= 1
                continue
            edge = at[depth]
            at[depth] += 1
            steps += 1
            if steps > most_steps:
                return found, False
            there = to[edge]
            count = below[depth] + negative[edge]
            if depth == length - 1:
                if there == root and path[1] < here:
                    found[count] += 1
            elif there > root and not on_path[there]:
                depth += 1
                path[depth] = there
                at[depth] = start[there]
                below[depth] = count
                on_path[there] = True
    return found, True
