"""Most paths from a push to a target that share no claim: a flow, and its cut."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cuibono.model.digraph import SignedDigraph

BOUNDLESS = 1 << 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A greatest flow.

    Attributes
    ----------
    value : int
        Units that reach the target; `BOUNDLESS` or more where nothing stops them.
    paths : tuple of tuples of int
        Edges of one path for each unit.
    cut : tuple of int
        Edges of the cut nearest to the starts, as wide as the flow.
    """

    value: int
    paths: tuple[tuple[int, ...], ...]
    cut: tuple[int, ...]


def greatest_flow(
    graph: SignedDigraph, capacity: Sequence[int], starts: Sequence[int], target: int
) -> Flow:
    """Greatest flow from starts to a target, by shortest augmenting paths.

    Parameters
    ----------
    graph : SignedDigraph
        The model.
    capacity : (m,) sequence of int
        Of each edge; `BOUNDLESS` for one that cannot fall.
    starts : sequence of int
        Positions pushed.
    target : int
        Not one of them.

    References
    ----------
    Ford and Fulkerson (1956), Maximal flow through a network, Canadian Journal of
    Mathematics 8; Edmonds and Karp (1972), Journal of the ACM 19.
    """
    used = [0] * graph.m
    value = 0
    while True:
        into = _residual(graph, capacity, used, starts)
        if target not in into or value >= BOUNDLESS:
            break
        steps = _steps(into, target)
        room = min(
            capacity[edge] - used[edge] if forward else used[edge]
            for edge, forward in steps
        )
        for edge, forward in steps:
            used[edge] += room if forward else -room
        value += room
    if value >= BOUNDLESS:
        return Flow(value=value, paths=(), cut=())
    heads, tails = graph.head.tolist(), graph.tail.tolist()
    cut = [k for k in range(graph.m) if tails[k] in into and heads[k] not in into]
    paths = tuple(_taken(graph, used, starts, target) for _ in range(value))
    return Flow(value=value, paths=paths, cut=tuple(cut))


Step = tuple[int, bool]


def _residual(
    graph: SignedDigraph,
    capacity: Sequence[int],
    used: list[int],
    starts: Sequence[int],
) -> dict[int, tuple[int, Step] | None]:
    """Nodes that more can still reach, each with the node and the step before it."""
    into: dict[int, tuple[int, Step] | None] = dict.fromkeys(starts)
    queue = list(into)
    for node in queue:
        for edge in np.flatnonzero(graph.tail == node).tolist():
            far = int(graph.head[edge])
            if far not in into and used[edge] < capacity[edge]:
                into[far] = (node, (edge, True))
                queue.append(far)
        for edge in np.flatnonzero(graph.head == node).tolist():
            far = int(graph.tail[edge])
            if far not in into and used[edge] > 0:
                into[far] = (node, (edge, False))
                queue.append(far)
    return into


def _steps(into: dict[int, tuple[int, Step] | None], target: int) -> list[Step]:
    """Steps of the augmenting path to a target."""
    steps, at = [], into[target]
    while at is not None:
        node, step = at
        steps.append(step)
        at = into[node]
    return steps[::-1]


def _taken(
    graph: SignedDigraph, used: list[int], starts: Sequence[int], target: int
) -> tuple[int, ...]:
    """One unit's path, taken out of the flow; a circle on the way is left out."""
    first = next(
        start
        for start in starts
        if sum(used[k] for k in np.flatnonzero(graph.tail == start))
        > sum(used[k] for k in np.flatnonzero(graph.head == start))
    )
    nodes, path = [first], list[int]()
    while nodes[-1] != target:
        leaving = np.flatnonzero(graph.tail == nodes[-1]).tolist()
        edge = next(k for k in leaving if used[k] > 0)
        used[edge] -= 1
        far = int(graph.head[edge])
        if far in nodes:
            back = nodes.index(far)
            del nodes[back + 1 :], path[back:]
            continue
        nodes.append(far)
        path.append(edge)
    return tuple(path)
