"""Equilibrium changes, stability and time courses of many matrices at once."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cuibono.response.kernels.stability import hurwitz

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@njit(cache=True)
def gather(
    a: Floats,
    nodes: Ints,
    edges: Ints,
    rows: Ints,
    columns: Ints,
    weight: Floats,
    limit: Floats,
) -> None:
    """Write the matrix of one block in one draw."""
    a[:, :] = 0.0
    for i in range(len(nodes)):
        a[i, i] = limit[nodes[i]]
    for e in range(len(edges)):
        a[rows[e], columns[e]] += weight[edges[e]]


@njit(cache=True)
def stable_many(
    weights: Floats,
    limits: Floats,
    nodes: Ints,
    node_start: Ints,
    edges: Ints,
    rows: Ints,
    columns: Ints,
    edge_start: Ints,
    reinforcing: Flags,
) -> Flags:
    """Whether all blocks are stable, for each draw."""
    draws, blocks = len(weights), len(node_start) - 1
    stable = np.ones(draws, dtype=np.bool_)
    for b in range(blocks):
        here = nodes[node_start[b] : node_start[b + 1]]
        within = slice(edge_start[b], edge_start[b + 1])
        size = len(here)
        a = np.empty((size, size))
        work = np.empty((size, size))
        for d in range(draws):
            if stable[d]:
                gather(
                    a, here, edges[within], rows[within], columns[within],
                    weights[d], limits[d],
                )  # fmt: skip
                stable[d] = hurwitz(a, reinforcing[b], work)
    return stable


@njit(cache=True)
def decompose(a: Floats, order: Ints) -> bool:
    """LU with row exchanges, in place; False if singular."""
    size = a.shape[0]
    for i in range(size):
        order[i] = i
    for k in range(size):
        best = k
        for i in range(k + 1, size):
            if abs(a[i, k]) > abs(a[best, k]):
                best = i
        if a[best, k] == 0.0:
            return False
        if best != k:
            order[k], order[best] = order[best], order[k]
            for j in range(size):
                a[k, j], a[best, j] = a[best, j], a[k, j]
        for i in range(k + 1, size):
            if a[i, k] != 0.0:
                a[i, k] /= a[k, k]
                factor = a[i, k]
                for j in range(k + 1, size):
                    a[i, j] -= factor * a[k, j]
    return True


@njit(cache=True)
def substitute(lu: Floats, order: Ints, right: Floats, x: Floats) -> None:
    """Solve with the factors of `decompose`."""
    size = lu.shape[0]
    for i in range(size):
        value = right[order[i]]
        for j in range(i):
            value -= lu[i, j] * x[j]
        x[i] = value
    for i in range(size - 1, -1, -1):
        value = x[i]
        for j in range(i + 1, size):
            value -= lu[i, j] * x[j]
        x[i] = value / lu[i, i]


@njit(cache=True)
def match(a: Floats, column_of: Ints) -> bool:
    """One nonzero column for each row, no column twice; False if there is none."""
    size = a.shape[0]
    row_of = np.full(size, -1)
    column_of[:] = -1
    for i in range(size):
        if a[i, i] != 0.0:
            row_of[i] = i
            column_of[i] = i
    came_from = np.empty(size, dtype=np.int64)
    queue = np.empty(size, dtype=np.int64)
    for start in range(size):
        if column_of[start] >= 0:
            continue
        came_from[:] = -1
        queue[0] = start
        first, last, end = 0, 1, -1
        while first < last and end < 0:
            row = queue[first]
            first += 1
            for column in range(size):
                if a[row, column] == 0.0 or came_from[column] >= 0:
                    continue
                came_from[column] = row
                if row_of[column] < 0:
                    end = column
                    break
                queue[last] = row_of[column]
                last += 1
        if end < 0:
            return False
        while end >= 0:
            row = came_from[end]
            before = column_of[row]
            row_of[end] = row
            column_of[row] = end
            end = before
    return True


@njit(cache=True)
def spread(a: Floats, column_of: Ints, pushed: Flags, moved: Flags) -> None:
    """Mark what a push on the rows `pushed` can move at all.

    Column c responds to row r if the matched columns can be shifted along from the
    one of r to c; with a full diagonal that is reachability.
    """
    size = a.shape[0]
    queue = np.empty(size, dtype=np.int64)
    last = 0
    moved[:] = False
    for i in range(size):
        if pushed[i]:
            moved[column_of[i]] = True
            queue[last] = i
            last += 1
    first = 0
    while first < last:
        free = column_of[queue[first]]
        first += 1
        for row in range(size):
            if a[row, free] != 0.0 and not moved[column_of[row]]:
                moved[column_of[row]] = True
                queue[last] = row
                last += 1


@njit(cache=True)
def solve_draws(
    weights: Floats,
    limits: Floats,
    nodes: Ints,
    node_start: Ints,
    edges: Ints,
    rows: Ints,
    columns: Ints,
    edge_start: Ints,
    links: Ints,
    link_tails: Ints,
    link_rows: Ints,
    link_start: Ints,
    right: Floats,
) -> Floats:
    """Solve A x = -b block by block, causes first; zeros without a term are exact.

    `right` is b, (draws or 1, n, q); the result (draws, n, q). A singular block and
    what it acts on is NaN.
    """
    draws, n, sides = len(weights), right.shape[1], right.shape[2]
    result = np.zeros((draws, n, sides))
    active = np.zeros((n, sides), dtype=np.bool_)
    most = 1
    for b in range(len(node_start) - 1):
        most = max(most, node_start[b + 1] - node_start[b])
    column_of = np.empty(most, dtype=np.int64)
    order = np.empty(most, dtype=np.int64)
    for d in range(draws):
        given = right[d if len(right) > 1 else 0]
        x = result[d]
        active[:, :] = False
        for b in range(len(node_start) - 1):
            here = nodes[node_start[b] : node_start[b + 1]]
            size = len(here)
            push = np.zeros((sides, size))
            pushed = np.zeros((sides, size), dtype=np.bool_)
            for i in range(size):
                for s in range(sides):
                    if given[here[i], s] != 0.0:
                        push[s, i] = given[here[i], s]
                        pushed[s, i] = True
            for k in range(link_start[b], link_start[b + 1]):
                w = weights[d, links[k]]
                if w != 0.0:
                    for s in range(sides):
                        if active[link_tails[k], s]:
                            push[s, link_rows[k]] += w * x[link_tails[k], s]
                            pushed[s, link_rows[k]] = True
            if not pushed.any():
                continue
            within = slice(edge_start[b], edge_start[b + 1])
            a = np.empty((size, size))
            gather(
                a, here, edges[within], rows[within], columns[within], weights[d],
                limits[d],
            )  # fmt: skip
            if size == 1:
                for s in range(sides):
                    if pushed[s, 0]:
                        node = here[0]
                        active[node, s] = True
                        x[node, s] = -push[s, 0] / a[0, 0] if a[0, 0] != 0.0 else np.nan
                continue
            solvable = match(a, column_of[:size])
            lu = a.copy()
            solvable = solvable and decompose(lu, order[:size])
            values = np.empty(size)
            moved = np.empty(size, dtype=np.bool_)
            for s in range(sides):
                if not pushed[s].any():
                    continue
                if not solvable:
                    for i in range(size):
                        active[here[i], s] = True
                        x[here[i], s] = np.nan
                    continue
                spread(a, column_of[:size], pushed[s], moved)
                substitute(lu, order[:size], push[s], values)
                for i in range(size):
                    if moved[i]:
                        active[here[i], s] = True
                        x[here[i], s] = -values[i]
    return result


@njit(cache=True)
def solve_many(
    weights: Floats,
    limits: Floats,
    nodes: Ints,
    node_start: Ints,
    edges: Ints,
    rows: Ints,
    columns: Ints,
    edge_start: Ints,
    links: Ints,
    link_tails: Ints,
    link_rows: Ints,
    link_start: Ints,
    right: Floats,
) -> Floats:
    """Solve for many draws at once; as `solve_draws`, for callers from Python."""
    return solve_draws(
        weights, limits, nodes, node_start, edges, rows, columns, edge_start, links,
        link_tails, link_rows, link_start, right,
    )  # fmt: skip


@njit(cache=True)
def flow(
    weights: Floats,
    limits: Floats,
    tail: Ints,
    head: Ints,
    push: Floats,
    times: Floats,
) -> Floats:
    """Levels (draws, times, n) at ascending times under a held push (n,) from zero.

    dx/dt = A x + b, by Taylor steps short enough that the terms fall off at once;
    only edges are multiplied, so that what no edge reaches stays exactly zero.
    """
    draws, n = limits.shape
    result = np.zeros((draws, len(times), n))
    x, term, after = np.empty(n), np.empty(n), np.empty(n)
    sums = np.empty(n)
    for d in range(draws):
        sums[:] = np.abs(limits[d])
        for e in range(len(tail)):
            sums[head[e]] += abs(weights[d, e])
        norm = max(sums.max(), 1e-300)
        x[:] = 0.0
        now = 0.0
        for t in range(len(times)):
            steps = int(np.ceil((times[t] - now) * norm))
            step = (times[t] - now) / max(steps, 1)
            for _ in range(steps):
                term[:] = x
                for k in range(1, 31):
                    for i in range(n):
                        after[i] = limits[d, i] * term[i]
                        if k == 1:
                            after[i] += push[i]
                    for e in range(len(tail)):
                        after[head[e]] += weights[d, e] * term[tail[e]]
                    largest, level = 0.0, 0.0
                    for i in range(n):
                        term[i] = after[i] * step / k
                        x[i] += term[i]
                        largest = max(largest, abs(term[i]))
                        level = max(level, abs(x[i]))
                    if largest <= 1e-17 * level:
                        break
            now = times[t]
            result[d, t] = x
    return result
