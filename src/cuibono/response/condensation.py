"""Strongly connected components: where feedback can be, and where it cannot."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import Positions, SignedDigraph

Neighbours = list[list[int]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Components:
    """The strongly connected components, causes before effects.

    Attributes
    ----------
    members : tuple of tuples of int
        Nodes of each component, ascending; components in topological order.
    of : (n,) intp
        The component that each node is in.
    """

    members: tuple[tuple[int, ...], ...]
    of: Positions


def successors(n: int, tail: Positions, head: Positions) -> Neighbours:
    """Nodes acted on by each node, ascending, each once, self-edges left out."""
    found: list[set[int]] = [set() for _ in range(n)]
    for t, h in zip(tail.tolist(), head.tolist(), strict=True):
        if t != h:
            found[t].add(h)
    return [sorted(nodes) for nodes in found]


def condense(n: int, tail: Positions, head: Positions) -> Components:
    """Components of the digraph with these edges (m,), by Tarjan's algorithm.

    References
    ----------
    Tarjan (1972), Depth-first search and linear graph algorithms, SIAM Journal on
    Computing 1.
    """
    heads = successors(n, tail, head)
    order, low, of = [-1] * n, [0] * n, [-1] * n
    stack: list[int] = []
    found: list[tuple[int, ...]] = []
    for root in range(n):
        if order[root] < 0:
            _search(root, heads, order, low, of, stack, found)
    # Tarjan closes effects first; reversed, causes come first.
    last = len(found) - 1
    return Components(
        members=tuple(reversed(found)),
        of=np.array([last - c for c in of], dtype=np.intp),
    )


def _search(
    root: int,
    heads: Neighbours,
    order: list[int],
    low: list[int],
    of: list[int],
    stack: list[int],
    found: list[tuple[int, ...]],
) -> None:
    """Depth-first search from one root with an explicit stack of iterators."""
    count = max(order) + 1
    walk = [(root, iter(heads[root]))]
    order[root] = low[root] = count
    stack.append(root)
    while walk:
        node, rest = walk[-1]
        for child in rest:
            if order[child] < 0:
                count += 1
                order[child] = low[child] = count
                stack.append(child)
                walk.append((child, iter(heads[child])))
                break
            if of[child] < 0:
                low[node] = min(low[node], order[child])
        else:
            walk.pop()
            if walk:
                low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
            if low[node] == order[node]:
                _close(node, stack, of, found)


def _close(
    node: int, stack: list[int], of: list[int], found: list[tuple[int, ...]]
) -> None:
    """Take the finished component from the stack."""
    cut = stack.index(node)
    members = stack[cut:]
    del stack[cut:]
    for member in members:
        of[member] = len(found)
    found.append(tuple(sorted(members)))


def components(g: SignedDigraph) -> Components:
    """Strongly connected components, every uncertain edge taken as present.

    Examples
    --------
    >>> from cuibono.model.digraph import digraph
    >>> g = digraph([("Arda", "Brun", 1), ("Brun", "Cor", 1), ("Cor", "Brun", -1)])
    >>> components(g).members
    ((0,), (1, 2))
    """
    return condense(g.n, g.tail, g.head)


def reachability(g: SignedDigraph) -> NDArray[np.bool_]:
    """Whether a chain of effects leads somewhere.

    Returns
    -------
    (n, n) bool
        ``[to, from]``: by any number of edges, none included, so that a node
        always reaches itself.
    """
    found = components(g)
    reach = np.eye(g.n, dtype=np.bool_)
    heads = successors(g.n, g.tail, g.head)
    for members in reversed(found.members):
        block = list(members)
        beyond = sorted({h for node in block for h in heads[node]} - set(block))
        reach[:, block] = reach[:, block + beyond].any(axis=1, keepdims=True)
    return reach


def blocks_of_edges(found: Components, g: SignedDigraph) -> list[list[int]]:
    """Edges with both ends in one component, for each component, self-edges too."""
    inside: list[list[int]] = [[] for _ in found.members]
    of = found.of
    for k in range(g.m):
        if of[g.tail[k]] == of[g.head[k]]:
            inside[int(of[g.tail[k]])].append(k)
    return inside


def switching(
    nodes: tuple[int, ...],
    edges: list[int],
    tail: Positions,
    head: Positions,
    sign: NDArray[np.int8],
) -> dict[int, int] | None:
    """Switching (1 or -1 for each node) that makes every edge positive, or None.

    In a strongly connected digraph there is one exactly if every loop is positive:
    two walks from one node to another of opposite sign could both be closed by the
    same way back, and one of the closed walks, hence one of its loops, would be
    negative. Self-edges are left to the caller; an edge of sign 0 allows none.

    References
    ----------
    Harary, Norman and Cartwright (1965), Structural Models, ch. 13.
    """
    ties: dict[int, list[tuple[int, int]]] = {node: [] for node in nodes}
    for k in edges:
        t, h, s = int(tail[k]), int(head[k]), int(sign[k])
        if t == h:
            continue
        if s == 0:
            return None
        ties[t].append((h, s))
        ties[h].append((t, s))
    side = {nodes[0]: 1}
    queue = [nodes[0]]
    for node in queue:
        for other, s in ties[node]:
            if other not in side:
                side[other] = side[node] * s
                queue.append(other)
            elif side[other] != side[node] * s:
                return None
    for node in nodes:
        side.setdefault(node, 1)
    return side
