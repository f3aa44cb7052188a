"""Blocks of a signed digraph as flat arrays, for the kernels that test and solve."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.condensation import condense, switching

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """Strongly connected blocks, causes first; all arrays flat, cut by `*_start`.

    Attributes
    ----------
    nodes, node_start : int64
        Nodes of each block in the order of elimination.
    edges, rows, columns, edge_start : int64
        Edges inside each block: index, and place in the block's matrix.
    links, link_tails, link_rows, link_start : int64
        Edges into each block from earlier ones: index, acting node, row.
    reinforcing : (blocks,) bool
        All loops of two or more nodes reinforce, with every sign known.
    """

    nodes: Ints
    node_start: Ints
    edges: Ints
    rows: Ints
    columns: Ints
    edge_start: Ints
    links: Ints
    link_tails: Ints
    link_rows: Ints
    link_start: Ints
    reinforcing: NDArray[np.bool_]


@lru_cache(maxsize=32)
def elimination_rank(g: SignedDigraph) -> tuple[int, ...]:
    """Rank of each node in an order of least degree, which keeps pivots sparse."""
    ties: list[set[int]] = [set() for _ in range(g.n)]
    for t, h in zip(g.tail.tolist(), g.head.tolist(), strict=True):
        if t != h:
            ties[t].add(h)
            ties[h].add(t)
    rank = [0] * g.n
    left = set(range(g.n))
    for place in range(g.n):
        node = min(left, key=lambda x: (len(ties[x]), x))
        left.remove(node)
        rank[node] = place
        for other in ties[node]:
            ties[other] |= ties[node]
            ties[other] -= {node, other}
    return tuple(rank)


def _cut(parts: list[list[int]]) -> tuple[Ints, Ints]:
    """Lists one after the other, and where each begins."""
    flat = [x for part in parts for x in part]
    start = np.cumsum([0, *(len(part) for part in parts)])
    return np.array(flat, dtype=np.int64), start.astype(np.int64)


def plan(
    g: SignedDigraph,
    *,
    keep: NDArray[np.bool_] | None = None,
    clamp: tuple[int, ...] = (),
    flipped: NDArray[np.bool_] | None = None,
    only: frozenset[int] | None = None,
) -> Plan:
    """Blocks of a model, of part of it, or with some signs reversed.

    Parameters
    ----------
    g : SignedDigraph
        The model.
    keep : (m,) bool, optional
        Edges to keep; all unless given.
    clamp : tuple of int
        Nodes to leave out with their edges.
    flipped : (m,) bool, optional
        Edges whose sign is reversed.
    only : frozenset of int, optional
        Leave out blocks that have none of these nodes.
    """
    present = np.ones(g.m, dtype=bool) if keep is None else keep.copy()
    held = np.zeros(g.n, dtype=bool)
    held[list(clamp)] = True
    present &= ~(held[g.tail] | held[g.head])
    kept = np.flatnonzero(present)
    found = condense(g.n, g.tail[kept], g.head[kept])
    members = [nodes for nodes in found.members if not held[nodes[0]]]
    if only is not None:
        members = [nodes for nodes in members if only.intersection(nodes)]
    sign = g.sign.copy()
    if flipped is not None:
        sign[flipped] *= -1
    return _flat(g, kept, members, sign)


def _flat(
    g: SignedDigraph,
    kept: NDArray[np.intp],
    members: list[tuple[int, ...]],
    sign: NDArray[np.int8],
) -> Plan:
    """Write the blocks down one after the other."""
    rank = elimination_rank(g)
    ordered = [sorted(nodes, key=lambda x: rank[x]) for nodes in members]
    block = {node: b for b, nodes in enumerate(ordered) for node in nodes}
    place = {node: i for nodes in ordered for i, node in enumerate(nodes)}
    inside: list[list[int]] = [[] for _ in ordered]
    into: list[list[int]] = [[] for _ in ordered]
    for k in kept.tolist():
        t, h = int(g.tail[k]), int(g.head[k])
        if h in block and t in block:
            (inside if block[t] == block[h] else into)[block[h]].append(k)
    nodes, node_start = _cut(ordered)
    edges, edge_start = _cut(inside)
    links, link_start = _cut(into)
    reinforcing = [
        not (g.disputed[ks] > 0).any()
        and switching(tuple(ns), ks, g.tail, g.head, sign) is not None
        for ns, ks in zip(ordered, inside, strict=True)
    ]
    heads, tails = g.head.tolist(), g.tail.tolist()
    return Plan(
        nodes=nodes,
        node_start=node_start,
        edges=edges,
        rows=np.array([place[heads[k]] for k in edges], dtype=np.int64),
        columns=np.array([place[tails[k]] for k in edges], dtype=np.int64),
        edge_start=edge_start,
        links=links,
        link_tails=np.array([tails[k] for k in links], dtype=np.int64),
        link_rows=np.array([place[heads[k]] for k in links], dtype=np.int64),
        link_start=link_start,
        reinforcing=np.array(reinforcing, dtype=np.bool_),
    )
