"""Open chains of effects: paths with their sign, and the signs that walks can have."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.loops import STEPS_PER_LOOP, Chains, Steps, product_of_signs


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """An open chain of effects in which no node comes twice.

    Attributes
    ----------
    nodes : tuple of int
        From the press to the target; one more than there are edges.
    edges : tuple of int
        Indices of the edges.
    sign : int
        1 raises the target, -1 lowers it, 0 where an edge has unknown sign.
    disputed : bool
        An edge is one of the two signs of a disputed tie.
    """

    nodes: tuple[int, ...]
    edges: tuple[int, ...]
    sign: int
    disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PathList:
    """Paths, shortest first, then by order of nodes; `complete` if none is missing."""

    paths: tuple[Path, ...]
    complete: bool


def path_signs(
    g: SignedDigraph,
    press: int,
    target: int,
    *,
    max_length: int = 8,
    most: int = 200,
) -> PathList:
    """Paths from one node to another with their signs, shortest first.

    The signs of the shortest paths are the first thing a push does; what it does
    in the end is for `sign_determined` and the ensembles.

    Parameters
    ----------
    g : SignedDigraph
        The model, every uncertain edge taken as present.
    press, target : int
        Positions of the node pushed and the node asked about, not the same.
    max_length : int
        Longest path to list, in edges.
    most : int
        Most paths to list.

    Raises
    ------
    ValueError
        If `press` and `target` are the same node.

    Examples
    --------
    >>> from cuibono.model.digraph import digraph
    >>> g = digraph([("Arda", "Brun", 1), ("Brun", "Cor", -1)])
    >>> [(path.nodes, path.sign) for path in path_signs(g, 0, 2).paths]
    [((0, 1, 2), -1)]
    """
    if press == target:
        raise ValueError(f"press and target must differ, both are {press}")
    chains = Chains(g, frozenset(range(g.n)))
    far = chains.steps_to(target, 0)
    steps = Steps(STEPS_PER_LOOP * most)
    listed: list[Path] = []
    if press not in far:
        return PathList(paths=(), complete=True)
    for length in range(far[press], min(max_length, g.n - 1) + 1):
        for nodes in chains.walk(press, target, length, far, steps):
            for edges in chains.readings(nodes):
                if len(listed) >= most:
                    return PathList(paths=tuple(listed), complete=False)
                listed.append(_path(g, nodes, edges))
    complete = steps.left >= 0
    for length in range(max_length + 1, g.n):
        longer = next(chains.walk(press, target, length, far, steps), None)
        complete = complete and longer is None and steps.left >= 0
        if not complete:
            break
    return PathList(paths=tuple(listed), complete=complete)


def _path(g: SignedDigraph, nodes: tuple[int, ...], edges: tuple[int, ...]) -> Path:
    return Path(
        nodes=nodes,
        edges=edges,
        sign=product_of_signs(g, edges),
        disputed=bool((g.disputed[list(edges)] > 0).any()),
    )


def open_loop_sign(g: SignedDigraph) -> NDArray[np.int8]:
    """Signs that walks from one node to another can have.

    Exact for walks, which may pass a node twice and so go round a loop: each node
    is split into "raised" and "lowered", and what can be reached is searched in
    this doubled graph. Where a balancing loop can be gone round on the way both
    signs exist, though every path may have one. Self-edges are left out; an edge of
    unknown sign counts as both; a node reaches itself by the empty walk, positive.

    Returns
    -------
    (n, n) int8
        ``[to, from]``: 0 no walk, 1 or -1 the only sign, 2 both signs exist.
    """
    n = g.n
    moves: list[list[tuple[int, int]]] = [[] for _ in range(n)]
    for t, h, s in zip(g.tail.tolist(), g.head.tolist(), g.sign.tolist(), strict=True):
        if t != h:
            moves[t].extend((h, way) for way in ((s,) if s else (1, -1)))
    result = np.zeros((n, n), dtype=np.int8)
    for start in range(n):
        seen = {(start, 1)}
        queue = [(start, 1)]
        for node, sign in queue:
            for head, way in moves[node]:
                state = (head, sign * way)
                if state not in seen:
                    seen.add(state)
                    queue.append(state)
        for node, sign in seen:
            result[node, start] = 2 if (node, -sign) in seen else sign
    return result
