"""Which responses need no draw: a cheap rule, exact wherever it decides.

Causes before effects: a lone node goes where everything that reaches it pushes it, and
a block of reinforcing loops spreads a push along its one sign pattern. Uncertain,
disputed and unsigned links decide nothing. `sign_determined` finds more, at a price
that grows with the number of terms; here nothing is expanded.
"""

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.condensation import switching
from cuibono.response.plan import Plan

Flags = NDArray[np.bool_]
Signs = NDArray[np.int8]

# Both ways push: the sign is open.
_OPEN = 2


def _known(g: SignedDigraph) -> Flags:
    """Edges that are there with one sign in every model."""
    return np.asarray((g.group == 0) & (g.disputed == 0) & (g.sign != 0))


def _inverse_signs(g: SignedDigraph, nodes: list[int], edges: list[int]) -> Signs:
    """Signs (k, k) that ``-a^-1`` of a stable block has, 2 where they are open."""
    size = len(nodes)
    if size == 1:
        return np.ones((1, 1), dtype=np.int8)
    open_ = np.full((size, size), _OPEN, dtype=np.int8)
    if not _known(g)[edges].all():
        return open_
    side = switching(tuple(nodes), edges, g.tail, g.head, g.sign)
    if side is not None:
        found = np.array([side[node] for node in nodes], dtype=np.int8)
        return np.outer(found, found).astype(np.int8)
    if size == 2 and len(edges) == 2 and g.self_limited[nodes].all():
        # The adjoint of two rows: the other node's limit, or the effect between them.
        pair = np.eye(2, dtype=np.int8)
        for k in edges:
            pair[nodes.index(int(g.head[k])), nodes.index(int(g.tail[k]))] = g.sign[k]
        return pair
    return open_


def _common(signs: Signs) -> Signs:
    """Sign that all nonzero entries of a column share, 0 if all are zero, else 2."""
    up, down = (signs == 1).any(axis=0), (signs == -1).any(axis=0)
    torn = (signs == _OPEN).any(axis=0) | (up & down)
    found = np.where(up, 1, np.where(down, -1, 0))
    return np.where(torn, _OPEN, found).astype(np.int8)


def sure_signs(g: SignedDigraph, blocks: Plan, right: NDArray[np.float64]) -> Signs:
    """Signs (n, q) of responses to pushes (n, q); 0 if none leads there, 2 if open."""
    found = np.sign(right).astype(np.int8)
    known = _known(g)
    for b in range(len(blocks.node_start) - 1):
        nodes = blocks.nodes[blocks.node_start[b] : blocks.node_start[b + 1]].tolist()
        edges = blocks.edges[blocks.edge_start[b] : blocks.edge_start[b + 1]].tolist()
        push = [[np.sign(right[node]).astype(np.int8)] for node in nodes]
        for k in range(blocks.link_start[b], blocks.link_start[b + 1]):
            edge, tail = blocks.links[k], found[blocks.link_tails[k]]
            come = np.where(tail == _OPEN, _OPEN, tail * g.sign[edge])
            if not known[edge]:
                come = np.where(tail != 0, _OPEN, 0)
            push[blocks.link_rows[k]].append(come.astype(np.int8))
        felt = np.stack([_common(np.stack(parts)) for parts in push])
        inverse = _inverse_signs(g, nodes, edges)
        for i, node in enumerate(nodes):
            row = inverse[i][:, None]
            torn = (felt == _OPEN) | ((row == _OPEN) & (felt != 0))
            found[node] = _common(np.where(torn, _OPEN, row * felt).astype(np.int8))
    return found


def needed(blocks: Plan, sure: Signs) -> Flags:
    """Responses (n, q) to be computed: those that are open, and what leads to them."""
    need: Flags = sure == _OPEN
    for b in range(len(blocks.node_start) - 2, -1, -1):
        nodes = blocks.nodes[blocks.node_start[b] : blocks.node_start[b + 1]]
        whole = need[nodes].any(axis=0)
        need[nodes] |= whole
        tails = blocks.link_tails[blocks.link_start[b] : blocks.link_start[b + 1]]
        for tail in tails.tolist():
            need[tail] |= whole & (sure[tail] != 0)
    return need
