"""Triangles of a graph, and strong components of a directed one."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@njit(cache=True)
def triangle_ties(k: int, ends: Ints) -> Ints:
    """Ties of every triangle (t, 3); `ends` (m, 2) is sorted, the lower end first."""
    m = ends.shape[0]
    degree = np.zeros(k, np.int64)
    for tie in range(m):
        degree[ends[tie, 0]] += 1
        degree[ends[tie, 1]] += 1
    # Each tie is kept at the end of lower degree: no row is longer than sqrt(2 m).
    start = np.zeros(k + 1, np.int64)
    low = np.empty(m, np.int64)
    for tie in range(m):
        i, j = ends[tie, 0], ends[tie, 1]
        low[tie] = i if (degree[i], i) < (degree[j], j) else j
        start[low[tie] + 1] += 1
    for i in range(k):
        start[i + 1] += start[i]
    to, by = np.empty(m, np.int64), np.empty(m, np.int64)
    filled = start[:-1].copy()
    for tie in range(m):
        i = low[tie]
        to[filled[i]] = ends[tie, 0] + ends[tie, 1] - i
        by[filled[i]] = tie
        filled[i] += 1
    found = np.empty((0, 3), np.int64)
    mark = np.full(k, -1, np.int64)
    for turn in range(2):
        count = 0
        for i in range(k):
            for at in range(start[i], start[i + 1]):
                mark[to[at]] = by[at]
            for at in range(start[i], start[i + 1]):
                j = to[at]
                for then in range(start[j], start[j + 1]):
                    if mark[to[then]] >= 0:
                        if turn:
                            found[count, 0] = by[at]
                            found[count, 1] = mark[to[then]]
                            found[count, 2] = by[then]
                        count += 1
            for at in range(start[i], start[i + 1]):
                mark[to[at]] = -1
        if not turn:
            found = np.empty((count, 3), np.int64)
    return found


@njit(cache=True)
def strong_components(start: Ints, to: Ints) -> Ints:
    """Number of the strongly connected component of each node (Tarjan 1972)."""
    k = start.shape[0] - 1
    number = np.full(k, -1, np.int64)
    low, label = np.zeros(k, np.int64), np.full(k, -1, np.int64)
    at = start[:-1].copy()
    path, open_nodes = np.empty(k, np.int64), np.empty(k, np.int64)
    met, parts = 0, 0
    for root in range(k):
        if number[root] >= 0:
            continue
        depth, opened = 0, 0
        path[0] = open_nodes[0] = root
        opened = 1
        number[root] = low[root] = met
        met += 1
        while depth >= 0:
            here = path[depth]
            if at[here] < start[here + 1]:
                there = to[at[here]]
                at[here] += 1
                if number[there] < 0:
                    number[there] = low[there] = met
                    met += 1
                    open_nodes[opened] = there
                    opened += 1
                    depth += 1
                    path[depth] = there
                elif label[there] < 0:
                    low[here] = min(low[here], number[there])
                continue
            if low[here] == number[here]:
                while True:
                    opened -= 1
                    label[open_nodes[opened]] = parts
                    if open_nodes[opened] == here:
                        break
                parts += 1
            depth -= 1
            if depth >= 0:
                up = path[depth]
                low[up] = min(low[up], low[here])
    return label
