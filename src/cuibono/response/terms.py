"""Levins's loop analysis in exact integers: adjoint, absolute feedback, weights."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.condensation import Components, components

Integers = NDArray[np.object_]

# States of the expansion of a permanent, all rows together. About a second in Python.
MOST_STATES = 1_000_000


class NotExpandedError(ValueError):
    """A component is too large and too dense for its terms to be counted exactly."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Transfers:
    """What one component passes on: terms of its minors, and of its determinant.

    Attributes
    ----------
    minors : (k, k) object of int
        ``[out, in]`` among the component's nodes.
    whole : int
        The determinant (or permanent) of the component itself.
    """

    minors: Integers
    whole: int


def unit_matrix(g: SignedDigraph) -> Integers:
    """Community matrix (n, n) of Python integers with every strength one.

    Raises
    ------
    ValueError
        If an edge has unknown or disputed sign: the adjoint is for known signs.
    """
    if (g.sign == 0).any() or (g.disputed > 0).any():
        raise ValueError(
            "the adjoint needs known signs: an edge is unknown or disputed"
        )
    matrix = np.zeros((g.n, g.n), dtype=np.int64)
    np.add.at(matrix, (g.head, g.tail), g.sign)
    matrix[np.diag_indices(g.n)] -= g.self_limited
    return matrix.astype(object)


def presence(g: SignedDigraph, *, unsure: int = 1) -> Integers:
    """Matrix (n, n) of 1 where there is an effect; `unsure` where its sign is open."""
    matrix = np.zeros((g.n, g.n), dtype=np.int64)
    matrix[np.diag_indices(g.n)] = g.self_limited
    matrix[g.head, g.tail] = 1
    is_open = (g.sign == 0) | (g.disputed > 0)
    matrix[g.head[is_open], g.tail[is_open]] = unsure
    return matrix.astype(object)


def signed_transfers(matrix: Integers) -> Transfers:
    """Adjoint (k, k) and determinant of a matrix of integers, exactly.

    References
    ----------
    Faddeev and Leverrier's recursion; every division is exact in integers.
    """
    size = len(matrix)
    unit = np.eye(size, dtype=np.int64).astype(object)
    step, coefficient = unit, 0
    for k in range(1, size + 1):
        moved = matrix.dot(step)
        coefficient = -int(np.trace(moved)) // k
        if k < size:
            step = moved + coefficient * unit
    flip = -1 if size % 2 == 0 else 1
    return Transfers(minors=flip * step, whole=-flip * coefficient)


def counted_transfers(matrix: Integers, *, most: int = MOST_STATES) -> Transfers:
    """Permanents (k, k) of the minors of a matrix of counts, and its own permanent.

    Rows are matched to columns one after the other; a state is the set of columns
    taken. The permanent without row r and column c is the derivative by that entry:
    ways to serve the rows before r, times ways to serve those after it.

    Raises
    ------
    NotExpandedError
        If more than `most` states would be held.
    """
    order = _row_order(matrix != 0)
    support = [np.flatnonzero(matrix[row]).tolist() for row in order]
    counts = [
        [int(matrix[row, c]) for c in support[at]] for at, row in enumerate(order)
    ]
    size = len(matrix)
    before = _sweep(support, counts, 0, most)
    after = _sweep(support[::-1], counts[::-1], 0, most)
    minors = np.zeros((size, size), dtype=object)
    full = (1 << size) - 1
    for at, row in enumerate(order):
        behind = after[size - 1 - at]
        for taken, ways in before[at].items():
            for column in range(size):
                bit = 1 << column
                if taken & bit:
                    continue
                rest = behind.get(full ^ taken ^ bit)
                if rest:
                    minors[column, row] += ways * rest
    return Transfers(minors=minors, whole=before[size].get(full, 0))


def _row_order(present: NDArray[np.bool_]) -> list[int]:
    """Rows in an order that keeps few columns half served: a greedy choice."""
    size = len(present)
    left = set(range(size))
    touched = np.zeros(size, dtype=np.bool_)
    order: list[int] = []
    while left:
        rows = sorted(left)
        waiting = present[rows].sum(axis=0)
        new = (present[rows] & ~touched).sum(axis=1)
        closed = (present[rows] & (waiting == 1)).sum(axis=1)
        best = rows[int(np.argmin(new - closed))]
        left.remove(best)
        touched |= present[best]
        order.append(best)
    return order


def _sweep(
    support: list[list[int]], counts: list[list[int]], start: int, most: int
) -> list[dict[int, int]]:
    """Ways to serve the first rows, by the set of columns taken, for each row.

    A column that no later row can take must be taken by now, but for one: the one
    left to the row that is struck out.

    Raises
    ------
    NotExpandedError
        If more than `most` states would be held.
    """
    size = len(support)
    later = [0] * (size + 1)
    for at in range(size - 1, -1, -1):
        later[at] = later[at + 1]
        for column in support[at]:
            later[at] |= 1 << column
    full = (1 << size) - 1
    layers: list[dict[int, int]] = [{start: 1}]
    held = 1
    for at in range(size):
        gone = full & ~later[at + 1]
        layer: dict[int, int] = {}
        choices = [
            (1 << column, ways)
            for column, ways in zip(support[at], counts[at], strict=True)
        ]
        for taken, ways in layers[-1].items():
            for bit, times in choices:
                if taken & bit:
                    continue
                state = taken | bit
                if (gone & ~state).bit_count() <= 1:
                    layer[state] = layer.get(state, 0) + ways * times
        layers.append(layer)
        held += len(layer)
        if held > most:
            raise NotExpandedError(
                f"a component of {size} nodes has more than {most} states to expand;"
                " its terms are not counted"
            )
    return layers


def compose(
    g: SignedDigraph,
    found: Components,
    parts: list[Transfers],
    links: Integers,
) -> Integers:
    """Minors (n, n) of the whole from those of its components.

    A path from j to i passes components in topological order. Each one passed
    contributes a minor, each one skipped its determinant, each edge between two its
    entry in `links`; the sum over all ways is built up from the causes.
    """
    count = len(parts)
    skipped: dict[tuple[int, int], int] = {}
    for first in range(count + 1):
        skipped[first, first] = 1
        for last in range(first, count):
            skipped[first, last + 1] = skipped[first, last] * parts[last].whole
    incoming: list[list[tuple[int, int]]] = [[] for _ in range(g.n)]
    for t, h in sorted(set(zip(g.tail.tolist(), g.head.tolist(), strict=True))):
        if found.of[t] != found.of[h]:
            incoming[h].append((t, int(links[h, t])))
    result = np.zeros((g.n, g.n), dtype=object)
    for press in range(g.n):
        result[:, press] = _column(press, found, parts, incoming, skipped)
    return result


def _column(
    press: int,
    found: Components,
    parts: list[Transfers],
    incoming: list[list[tuple[int, int]]],
    skipped: dict[tuple[int, int], int],
) -> list[int]:
    """Terms of every response to one press; see `compose`."""
    first = int(found.of[press])
    passed: dict[int, int] = {}
    final = [0] * len(found.of)
    for at in range(first, len(parts)):
        nodes = found.members[at]
        entering = [
            sum(
                passed[t] * link * skipped[int(found.of[t]) + 1, at]
                for t, link in incoming[node]
                if passed.get(t)
            )
            for node in nodes
        ]
        if at == first:
            entering = [skipped[0, first] if node == press else 0 for node in nodes]
        if not any(entering):
            continue
        leaving = parts[at].minors.dot(np.array(entering, dtype=object))
        for node, terms in zip(nodes, leaving.tolist(), strict=True):
            passed[node] = int(terms)
            final[node] = int(terms) * skipped[at + 1, len(parts)]
    return final


def _block(matrix: Integers, nodes: tuple[int, ...]) -> Integers:
    return matrix[np.ix_(nodes, nodes)]


def adjoint(g: SignedDigraph) -> Integers:
    """Adjoint of minus the community matrix with unit strengths.

    Every edge counts, uncertain ones too; self-limited nodes have self-effect -1.

    Returns
    -------
    (n, n) object of int
        ``[response, press]``: positive minus negative terms.

    Raises
    ------
    ValueError
        If an edge has unknown or disputed sign.

    References
    ----------
    Dambacher, Li and Rossignol (2002), Relevance of community structure in assessing
    indeterminacy of ecological predictions, Ecology 83.

    Examples
    --------
    >>> from cuibono.model.digraph import digraph
    >>> adjoint(digraph([("Arda", "Brun", 1), ("Brun", "Arda", -1)]))
    array([[1, -1],
           [1, 1]], dtype=object)
    """
    matrix, found = unit_matrix(g), components(g)
    parts = [signed_transfers(-_block(matrix, nodes)) for nodes in found.members]
    return compose(g, found, parts, matrix)


def absolute_feedback(g: SignedDigraph, *, most: int = MOST_STATES) -> Integers:
    """Count of the terms in each entry of the adjoint, whatever their signs.

    Parameters
    ----------
    g : SignedDigraph
        The model; an edge of unknown or disputed sign counts once.
    most : int
        States of the expansion that may be held for one component.

    Returns
    -------
    (n, n) object of int
        ``[response, press]``.

    Raises
    ------
    NotExpandedError
        If a component is too large and dense for that.

    References
    ----------
    Dambacher, Li and Rossignol (2002), as for `adjoint`.
    """
    matrix, found = presence(g), components(g)
    parts = [
        counted_transfers(_block(matrix, nodes), most=most) for nodes in found.members
    ]
    return compose(g, found, parts, matrix)


def weighted_prediction(g: SignedDigraph) -> NDArray[np.float64]:
    """Net share of the terms that agree: ``abs(adjoint) / absolute feedback``.

    Returns
    -------
    (n, n) float64
        ``[response, press]``, 0 to 1; NaN where there is no term at all.

    Raises
    ------
    ValueError
        If an edge has unknown or disputed sign, or a component is too large.
    """
    net, terms = adjoint(g), absolute_feedback(g)
    weight = np.full((g.n, g.n), np.nan)
    for i, j in zip(*np.nonzero(terms), strict=True):
        weight[i, j] = abs(net[i, j]) / terms[i, j]
    return weight
