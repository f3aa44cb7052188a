"""Clusters of one component: exact by integer program, or by search with a bound."""

from collections import deque
from itertools import combinations, pairwise
from math import ceil

import highspy
import numpy as np
from numpy.typing import NDArray

from cuibono.balance.program import add_rows, quiet_solver

# Triangle inequalities grow with the cube of the actors.
MOST_EXACT = 25
_SLACK = 1e-6
_TRANSITIVE = ([-1.0, 1.0, 1.0], [1.0, -1.0, 1.0], [1.0, 1.0, -1.0])


def exact_clusters(pull: NDArray[np.int64], most: int) -> tuple[int, NDArray[np.intp]]:
    """Return the least cost of at most `most` clusters, and one optimum.

    Parameters
    ----------
    pull : (k, k) int64
        Sign times cost of the tie between two actors; 0 without one.
    most : int
        Clusters allowed.

    Returns
    -------
    bound : int
        Least cost in units.
    labels : (k,) intp
        Cluster of each actor.
    """
    k = len(pull)
    labels = searched_clusters(pull, most)
    if not price_of(pull, labels):
        return 0, labels
    pairs = {pair: c for c, pair in enumerate(combinations(range(k), 2))}
    solver = _pair_program(pull, pairs)
    _transitive(solver, k, pairs)
    if most < k:
        _at_most(solver, k, pairs, most)
    solver.run()
    together = np.array(solver.getSolution().col_value)[: len(pairs)] > 0.5
    found = _labels(k, [pair for pair, c in pairs.items() if together[c]])
    if price_of(pull, found) < price_of(pull, labels):
        labels = found
    constant = int(np.triu(pull).clip(min=0).sum())
    bound = ceil(solver.getInfo().mip_dual_bound + constant - _SLACK)
    return min(max(bound, 0), price_of(pull, labels)), labels


def _pair_program(
    pull: NDArray[np.int64], pairs: dict[tuple[int, int], int]
) -> highspy.Highs:
    """Set up one column for each pair: 1 if the two are together."""
    solver = quiet_solver()
    count = len(pairs)
    columns = np.arange(count, dtype=np.int32)
    solver.addVars(count, np.zeros(count), np.ones(count))
    cost = np.array([-pull[pair] for pair in pairs], dtype=float)
    solver.changeColsCost(count, columns, cost)
    solver.changeColsIntegrality(
        count, columns, np.array([highspy.HighsVarType.kInteger] * count)
    )
    return solver


def _transitive(
    solver: highspy.Highs, k: int, pairs: dict[tuple[int, int], int]
) -> None:
    """If two pairs of a triple are together, the third is."""
    rows = []
    for i, j, h in combinations(range(k), 3):
        triple = [pairs[i, j], pairs[i, h], pairs[j, h]]
        rows += [(triple, values) for values in _TRANSITIVE]
    if rows:
        add_rows(solver, rows, [-highspy.kHighsInf] * len(rows), [1.0] * len(rows))


def _at_most(
    solver: highspy.Highs, k: int, pairs: dict[tuple[int, int], int], most: int
) -> None:
    """Count the actors who are together with no earlier one: one for each cluster."""
    first = len(pairs)
    solver.addVars(k, np.zeros(k), np.ones(k))
    rows: list[tuple[list[int], list[float]]] = [
        ([first + i, *(pairs[j, i] for j in range(i))], [1.0] * (i + 1))
        for i in range(k)
    ]
    add_rows(solver, rows, [1.0] * k, [highspy.kHighsInf] * k)
    everyone = [first + i for i in range(k)]
    add_rows(solver, [(everyone, [1.0] * k)], [0.0], [float(most)])


def _labels(k: int, together: list[tuple[int, int]]) -> NDArray[np.intp]:
    """Return the cluster of each actor from the pairs that are together."""
    labels = np.arange(k, dtype=np.intp)
    for i, j in together:
        labels[labels == labels[j]] = labels[i]
    return labels


def price_of(pull: NDArray[np.int64], labels: NDArray[np.intp]) -> int:
    """Return the cost of positive ties between and negative ties within clusters."""
    within = labels[:, None] == labels
    wrong = np.where(within, -pull, pull).clip(min=0)
    return int(np.triu(wrong).sum())


def searched_clusters(
    pull: NDArray[np.int64],
    most: int,
    *,
    start: NDArray[np.intp] | None = None,
    restarts: int = 40,
    seed: int = 0,
) -> NDArray[np.intp]:
    """Return the best of several descents that move one actor at a time.

    From `start` (k,), from everyone apart where allowed, and from random clusters.
    """
    rng = np.random.default_rng(seed)
    k = len(pull)
    starts = [np.minimum(np.arange(k), most - 1)]
    if start is not None:
        starts.append(start.copy())
    spreads = (min(most, k, 2 + turn % 6) for turn in range(restarts))
    starts += [rng.integers(0, spread, k) for spread in spreads]
    tried = [_descended(pull, labels, most, rng) for labels in starts]
    return min(tried, key=lambda labels: price_of(pull, labels))


def _descended(
    pull: NDArray[np.int64],
    labels: NDArray[np.intp],
    most: int,
    rng: np.random.Generator,
) -> NDArray[np.intp]:
    """Move actors to the cluster that they are pulled to until none wants to move."""
    k = len(pull)
    moved = True
    while moved:
        moved = False
        for actor in rng.permutation(k).tolist():
            # An empty cluster pulls with 0: it is taken where all others repel.
            gain = np.bincount(labels, pull[actor], minlength=k)[:most]
            to = int(gain.argmax())
            if gain[to] > gain[labels[actor]]:
                labels[actor], moved = to, True
    return labels


def packed_bound(pull: NDArray[np.int64]) -> int:
    """Return the weight of a greedy packing of cycles with exactly one negative tie.

    Each such cycle costs something whatever the clusters are.
    """
    room = np.abs(pull)
    friendly = pull > 0
    total = 0
    for i, j in np.argwhere(np.triu(pull) < 0).tolist():
        while room[i, j] and (path := _path(friendly & (room > 0), i, j)):
            steps = [(i, j), *pairwise(path)]
            carried = min(int(room[step]) for step in steps)
            for a, b in steps:
                room[a, b] -= carried
                room[b, a] = room[a, b]
            total += carried
    return total


def _path(open_ties: NDArray[np.bool_], start: int, goal: int) -> list[int]:
    """Return a shortest path of actors over open ties; empty if there is none."""
    came = {start: start}
    queue = deque([start])
    while queue and goal not in came:
        here = queue.popleft()
        for there in np.flatnonzero(open_ties[here]).tolist():
            if there not in came:
                came[there] = here
                queue.append(there)
    if goal not in came:
        return []
    path = [goal]
    while path[-1] != start:
        path.append(came[path[-1]])
    return path[::-1]
