"""Weak balance: ways over positive ties, and clusters by annealing."""

import heapq
import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cuibono.model.chance import uniform

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
State = NDArray[np.uint64]


@njit(cache=True)
def closing_ways(
    start: Ints,
    to: Ints,
    by: Ints,
    ends: Ints,
    closed: Ints,
    length: Floats,
    below: float,
    longest: int,
) -> tuple[Ints, Ints, Floats]:
    """Shortest way between the ends of each `closed` tie, over the rows given.

    Returns the ties on it (c, longest), how many, and their length with the closed tie;
    none if that is not `below`.
    """
    k = start.shape[0] - 1
    route = np.zeros((closed.shape[0], longest), np.int64)
    hops = np.zeros(closed.shape[0], np.int64)
    total = np.full(closed.shape[0], np.inf)
    far, came = np.full(k, np.inf), np.full(k, -1, np.int64)
    met = np.empty(k, np.int64)
    for at in range(closed.shape[0]):
        source, goal = ends[closed[at], 0], ends[closed[at], 1]
        limit = below - length[closed[at]]
        far[source], met[0], seen = 0.0, source, 1
        heap = [(0.0, source)]
        while heap:
            here_far, here = heapq.heappop(heap)
            if here == goal or here_far > far[here]:
                if here == goal:
                    break
                continue
            for step in range(start[here], start[here + 1]):
                there = to[step]
                then = here_far + length[by[step]]
                if then < far[there] and then < limit:
                    if far[there] == np.inf:
                        met[seen] = there
                        seen += 1
                    far[there], came[there] = then, step
                    heapq.heappush(heap, (then, there))
        if far[goal] < limit:
            total[at] = far[goal] + length[closed[at]]
            here = goal
            while here != source and hops[at] < longest:
                tie = by[came[here]]
                route[at, hops[at]] = tie
                hops[at] += 1
                here = ends[tie, 0] + ends[tie, 1] - here
            if here != source:
                hops[at], total[at] = 0, np.inf
        for back in range(seen):
            far[met[back]], came[met[back]] = np.inf, -1
    return route, hops, total


@njit(cache=True)
def annealed_clusters(
    start: Ints,
    to: Ints,
    pull: Ints,
    label: Ints,
    most: int,
    sweeps: int,
    hot: float,
    cold: float,
    state: State,
) -> None:
    """Leave in `label` clusters, below `most`, where slow cooling and descent end."""
    k = start.shape[0] - 1
    gain = np.zeros(most, np.int64)
    for sweep in range(sweeps):
        heat = hot * (cold / hot) ** (sweep / max(sweeps - 1, 1))
        for i in range(k):
            near = start[i + 1] - start[i]
            pick = int(uniform(state) * (near + 1))
            # Now and then any cluster: where there are many, most are empty.
            goal = (
                label[to[start[i] + pick]]
                if pick < near
                else int(uniform(state) * most)
            )
            here = label[i]
            if goal == here:
                continue
            change = np.int64(0)
            for at in range(start[i], start[i + 1]):
                if label[to[at]] == here:
                    change += pull[at]
                elif label[to[at]] == goal:
                    change -= pull[at]
            if change <= 0 or (
                change < 30.0 * heat and uniform(state) < math.exp(-change / heat)
            ):
                label[i] = goal
    descended(start, to, pull, label, most, gain)


@njit(cache=True)
def descended(
    start: Ints, to: Ints, pull: Ints, label: Ints, most: int, gain: Ints
) -> None:
    """Move nodes to the cluster that pulls most until none wants to move.

    `gain` (most,) is room to work in, all 0.
    """
    k = start.shape[0] - 1
    size = np.zeros(most, np.int64)
    for i in range(k):
        size[label[i]] += 1
    moved = True
    while moved:
        moved = False
        for i in range(k):
            here = label[i]
            for at in range(start[i], start[i + 1]):
                gain[label[to[at]]] += pull[at]
            goal = here
            for at in range(start[i], start[i + 1]):
                if gain[label[to[at]]] > gain[goal]:
                    goal = label[to[at]]
            if gain[goal] < 0:
                # All repel: the first empty cluster, if there is one.
                for c in range(most):
                    if size[c] == 0:
                        goal = c
                        break
            better = gain[goal] > gain[here]
            for at in range(start[i], start[i + 1]):
                gain[label[to[at]]] = 0
            if better:
                label[i] = goal
                size[here] -= 1
                size[goal] += 1
                moved = True
