"""The condition that decides an answer, where it is short: what must outweigh what.

The response of i to a push on j has the sign of the adjoint's entry, the determinant
being positive at a stable equilibrium. The entry is a sum of terms, each a product of
strengths: over the permutations of the nodes that are near the answer and take row j to
column i. Terms of one sign stand against terms of the other; what they all have in
common is positive and cancels.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.condensation import reachability
from cuibono.response.records import Ensemble

Monomial = tuple[int, ...]
"""Factors, ascending: edge k as k, the self-limit of node i as -(i + 1)."""

MOST_SHOWN = 6
"""Terms, both signs together, up to which a condition is short."""

MOST_TERMS = 5000
"""Terms expanded before a model counts as too large for words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A response is positive where the terms in `up` outweigh those in `down`.

    Each term has how often it comes. Strengths are taken positive; signs are in the
    side that a term stands on. One side without terms: structure decides.
    """

    node: int
    up: tuple[tuple[Monomial, int], ...]
    down: tuple[tuple[Monomial, int], ...]

    @property
    def edges(self) -> tuple[int, ...]:
        """Edges among the factors."""
        terms = (*self.up, *self.down)
        return tuple(sorted({k for term, _ in terms for k in term if k >= 0}))

    def balance(self, drawn: Ensemble) -> NDArray[np.float64]:
        """Weight of `up` less that of `down`, in each model (draws,)."""
        total = np.zeros(drawn.draws)
        for side, terms in ((1.0, self.up), (-1.0, self.down)):
            for term, times in terms:
                factors = [_strength(drawn, k) for k in term]
                total += (
                    side * times * np.prod([np.ones(drawn.draws), *factors], axis=0)
                )
        return total


def _strength(drawn: Ensemble, factor: int) -> NDArray[np.float64]:
    """Strength of an edge or a self-limit, positive, in each model."""
    if factor < 0:
        return np.abs(drawn.self_effect[:, -factor - 1])
    return np.abs(drawn.weights[:, factor])


def short_condition(
    graph: SignedDigraph, push: Mapping[int, float], node: int
) -> Condition | None:
    """Condition for the sign of a response, or None where it is not short.

    Not short: more than `MOST_SHOWN` terms, an edge near the answer whose sign is
    open or that may be absent, pushes of different sizes, or a model so large that its
    terms are not expanded.

    References
    ----------
    Levins (1974), The qualitative analysis of partially specified systems; Dambacher,
    Li and Rossignol (2002), Relevance of community structure in assessing
    indeterminacy of ecological predictions, Ecology 83.
    """
    sizes = {abs(size) for size in push.values()}
    near = _near(graph, list(push), node)
    inside = [
        k for k in range(graph.m) if {int(graph.tail[k]), int(graph.head[k])} <= near
    ]
    open_ones = (graph.sign == 0) | (graph.disputed > 0) | (graph.group > 0)
    if len(sizes) != 1 or open_ones[inside].any() or node not in near:
        return None
    total: dict[Monomial, int] = {}
    for start, size in push.items():
        if start not in near:
            continue
        terms = _expanded(graph, sorted(near), inside, start, node)
        if terms is None:
            return None
        for term, count in terms.items():
            total[term] = total.get(term, 0) + (count if size > 0 else -count)
    kept = _without_common({term: count for term, count in total.items() if count})
    if not kept or len(kept) > MOST_SHOWN:
        return None
    return Condition(
        node=node,
        up=tuple(sorted((t, c) for t, c in kept.items() if c > 0)),
        down=tuple(sorted((t, -c) for t, c in kept.items() if c < 0)),
    )


def _near(graph: SignedDigraph, starts: list[int], node: int) -> set[int]:
    """Nodes that a push reaches and that lead to the node."""
    reach = reachability(graph)
    near = reach[:, starts].any(axis=1) & reach[node]
    return set(np.flatnonzero(near).tolist())


Row = list[tuple[int, int, int]]


def _rows(graph: SignedDigraph, nodes: list[int], inside: list[int]) -> dict[int, Row]:
    """Rows of -A: for each node, (column, factor, sign) of its entries."""
    rows: dict[int, Row] = {node: [] for node in nodes}
    for node in nodes:
        if graph.self_limited[node]:
            rows[node].append((node, -(node + 1), 1))
    for k in inside:
        rows[int(graph.head[k])].append((int(graph.tail[k]), k, -int(graph.sign[k])))
    return rows


def _expanded(
    graph: SignedDigraph, nodes: list[int], inside: list[int], press: int, node: int
) -> dict[Monomial, int] | None:
    """Terms of the adjoint's entry with their signs, or None if there are too many."""
    rows = _rows(graph, nodes, inside)
    order = sorted((x for x in nodes if x != press), key=lambda x: len(rows[x]))
    found: dict[Monomial, int] = {}
    looks = 0
    # Each state: how many rows are served, by which columns, with which factors.
    stack: list[tuple[int, dict[int, int], Monomial, int]] = [(0, {press: node}, (), 1)]
    while stack:
        at, column, term, sign = stack.pop()
        looks += 1
        if looks > MOST_TERMS * 10 or len(found) > MOST_TERMS:
            return None
        if at == len(order):
            key = tuple(sorted(term))
            found[key] = found.get(key, 0) + sign * _parity(column)
            continue
        taken = set(column.values())
        for to, factor, way in rows[order[at]]:
            if to not in taken:
                served = {**column, order[at]: to}
                stack.append((at + 1, served, (*term, factor), sign * way))
    return found


def _parity(column: Mapping[int, int]) -> int:
    """Sign of a permutation: -1 for each cycle of even length."""
    seen: set[int] = set()
    sign = 1
    for start in column:
        length, at = 0, start
        while at not in seen:
            seen.add(at)
            at = column[at]
            length += 1
        if length and length % 2 == 0:
            sign = -sign
    return sign


def _without_common(terms: dict[Monomial, int]) -> dict[Monomial, int]:
    """Terms without the factors that all of them have."""
    if not terms:
        return terms
    common = set.intersection(*(set(term) for term in terms))
    return {
        tuple(factor for factor in term if factor not in common): count
        for term, count in terms.items()
    }
