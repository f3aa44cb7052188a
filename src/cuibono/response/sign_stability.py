"""Sign stability: stable whatever the strengths of the effects."""

from itertools import product

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.condensation import components
from cuibono.response.matching import perfect_matching

MOST_UNCERTAIN = 12

WHITE, BLACK = True, False


def sign_stable(g: SignedDigraph) -> bool:
    """Whether every choice of strengths gives a stable equilibrium.

    For every choice of uncertain edges: no positive self-effect, no two nodes that
    help or harm each other, no loop of more than two nodes, a determinant that does
    not vanish, and every community of pairs fails the colour test. Edges between
    components do not matter; inside one, an edge of open sign excludes it.

    Raises
    ------
    ValueError
        If some nodes have no self-limit of their own and there are more than 12
        sets of uncertain edges: all their choices would have to be tried.

    References
    ----------
    Quirk and Ruppert (1965), Qualitative economics and the stability of equilibrium,
    Review of Economic Studies 32.
    Jeffries, Klee and van den Driessche (1977), When is a matrix sign stable?,
    Canadian Journal of Mathematics 29.

    Examples
    --------
    >>> from cuibono.model.digraph import digraph
    >>> sign_stable(digraph([("Arda", "Brun", 1), ("Brun", "Arda", -1)]))
    True
    """
    own = g.tail == g.head
    limited = g.self_limited.copy()
    limited[g.head[own & (g.group == 0) & (g.sign < 0)]] = True
    if limited.all():
        return _stable_as_is(g)
    units = sorted({_unit(g, k) for k in np.flatnonzero(g.group > 0).tolist()})
    if len(units) > MOST_UNCERTAIN:
        raise ValueError(
            f"{len(units)} sets of uncertain edges, at most {MOST_UNCERTAIN} can be"
            " tried where nodes lack a self-limit"
        )
    for kept in product((False, True), repeat=len(units)):
        gone = {unit for unit, keep in zip(units, kept, strict=True) if not keep}
        drop = np.array(
            [g.group[k] > 0 and _unit(g, k) in gone for k in range(g.m)], dtype=bool
        )
        if not _stable_as_is(g.without_edges(drop)):
            return False
    return True


def _unit(g: SignedDigraph, k: int) -> tuple[int, int]:
    """Uncertain edges that come and go together."""
    return (int(g.pair[k]), 0) if g.pair[k] else (0, k + 1)


def _stable_as_is(g: SignedDigraph) -> bool:
    """Test with every edge present."""
    found = components(g)
    matrix = np.zeros((g.n, g.n), dtype=np.int8)
    matrix[np.diag_indices(g.n)] = -g.self_limited.astype(np.int8)
    for k in range(g.m):
        t, h = int(g.tail[k]), int(g.head[k])
        if found.of[t] != found.of[h]:
            continue
        if g.sign[k] == 0 or g.disputed[k]:
            return False
        matrix[h, t] = g.sign[k]
    if (np.diag(matrix) > 0).any() or _helps_or_harms_back(matrix):
        return False
    return all(_component_stable(matrix[np.ix_(b, b)]) for b in found.members)


def _helps_or_harms_back(matrix: NDArray[np.int8]) -> bool:
    """Whether two nodes are in a loop of two that reinforces."""
    both = matrix * matrix.T
    np.fill_diagonal(both, 0)
    return bool((both > 0).any())


def _component_stable(block: NDArray[np.int8]) -> bool:
    """Rest of the test for a component: a tree of pairs, determinant, colours."""
    size = len(block)
    joined = (block != 0) & ~np.eye(size, dtype=bool)
    if (joined != joined.T).any() or joined.sum() != 2 * (size - 1):
        return False
    support = [np.flatnonzero(row).tolist() for row in block]
    if perfect_matching(support) is None:
        return False
    neighbours = [np.flatnonzero(row).tolist() for row in joined]
    return not _colourable(neighbours, (np.diag(block) < 0).tolist())


def _colourable(neighbours: list[list[int]], limited: list[bool]) -> bool:
    """Whether a tree can be coloured as an undamped oscillation would need.

    Self-limited nodes are black; there is a white node; a white node has a white
    neighbour; a black node has no white neighbour or at least two.
    """
    order, parent = [0], [-1] * len(neighbours)
    for node in order:
        for other in neighbours[node]:
            if other != parent[node]:
                parent[other] = node
                order.append(other)
    # can[node][colour, colour of parent]: which values "a white below" can take.
    can: list[dict[tuple[bool, bool], set[bool]]] = [{} for _ in neighbours]
    for node in reversed(order):
        children = [x for x in neighbours[node] if x != parent[node]]
        for colour, above in product((WHITE, BLACK), repeat=2):
            can[node][colour, above] = _below(
                [can[child] for child in children],
                colour,
                white_above=above and parent[node] >= 0,
                limited=limited[node],
            )
    return True in can[0][WHITE, BLACK] | can[0][BLACK, BLACK]


def _below(
    children: list[dict[tuple[bool, bool], set[bool]]],
    colour: bool,
    *,
    white_above: bool,
    limited: bool,
) -> set[bool]:
    """Whether white nodes can occur from a node down, given colours at its top."""
    if colour is WHITE and limited:
        return set()
    # States: white neighbours (0, 1, 2 or more) and whether any white was used.
    states = {(int(white_above), colour)}
    for child in children:
        states = {
            (min(2, count + shade), some or below)
            for count, some in states
            for shade in (WHITE, BLACK)
            for below in child[shade, colour]
        }
    wrong = {0} if colour is WHITE else {1}
    return {some for count, some in states if count not in wrong}
