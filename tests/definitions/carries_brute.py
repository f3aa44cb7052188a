"""Carriers by their definitions: every set of claims, every coalition, every matrix.

Matrices are dense and rebuilt; stability is by eigenvalues; a response is solved for
with all nodes that no path leads to left out, so that its zeros are exact.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, permutations
from math import factorial

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.records import Ensemble

Behind = Sequence[Sequence[str]]
Flags = NDArray[np.bool_]
Wanted = Mapping[int, frozenset[int]]


def changed_edges(behind: Behind, claims: Sequence[str]) -> list[int]:
    """List the edges all of whose claims are among some."""
    chosen = set(claims)
    return [k for k, ids in enumerate(behind) if ids and set(ids) <= chosen]


def leads(graph: SignedDigraph, gone: Sequence[int], starts: Sequence[int]) -> set[int]:
    """Collect the nodes that a walk from a start reaches without some edges."""
    seen = set(starts)
    for _ in range(graph.n):
        for k in range(graph.m):
            if k not in gone and int(graph.tail[k]) in seen:
                seen.add(int(graph.head[k]))
    return seen


def dense(drawn: Ensemble, edges: Sequence[int], factor: float) -> NDArray[np.float64]:
    """All matrices (draws, n, n) with some edges multiplied by a factor."""
    graph = drawn.graph
    found = np.zeros((drawn.draws, graph.n, graph.n))
    for row in range(drawn.draws):
        found[row] = np.diag(drawn.self_effect[row])
        for k in range(graph.m):
            by = factor if k in edges else 1.0
            found[row, graph.head[k], graph.tail[k]] += by * drawn.weights[row, k]
    return found


def gives(
    drawn: Ensemble,
    push: Mapping[int, float],
    wanted: Wanted,
    edges: Sequence[int] = (),
    factor: float = 1.0,
) -> tuple[Flags, Flags]:
    """Whether each model is stable, and whether all nodes move as wanted."""
    matrices = dense(drawn, edges, factor)
    # On the axis by structure is not stable: round-off must not decide.
    stable = np.linalg.eigvals(matrices).real.max(axis=1) < -1e-9
    right = np.zeros(drawn.graph.n)
    for node, size in push.items():
        right[node] = size
    held = np.ones(drawn.draws, dtype=np.bool_)
    for row in np.flatnonzero(stable):
        present = [k for k in range(drawn.graph.m) if drawn.weights[row, k] != 0.0]
        absent = set(range(drawn.graph.m)) - set(present)
        gone = absent | (set(edges) if factor == 0.0 else set())
        reached = leads(drawn.graph, sorted(gone), list(push))
        moved = np.linalg.solve(-matrices[row], right)
        scale = np.abs(moved).max()
        for node, signs in wanted.items():
            size = moved[node] if node in reached else 0.0
            # What is this small is a sum of terms that cancel.
            sign = int(np.sign(size)) if abs(size) > 1e-12 * scale else 0
            held[row] &= sign in signs
    return stable, held


def three_ways(
    drawn: Ensemble,
    push: Mapping[int, float],
    wanted: Wanted,
    edges: Sequence[int],
    factor: float,
) -> tuple[float, float, float]:
    """Of the models that gave the answer: keep it, flip it, lose their equilibrium."""
    gave = gives(drawn, push, wanted)[1]
    stable, held = gives(drawn, push, wanted, edges, factor)
    of = gave.sum()
    return (
        float((gave & stable & held).sum() / of),
        float((gave & stable & ~held).sum() / of),
        float((gave & ~stable).sum() / of),
    )


def flip_sets(
    drawn: Ensemble,
    behind: Behind,
    push: Mapping[int, float],
    wanted: Wanted,
    factor: float,
    size: int,
    *,
    given: bool = False,
) -> set[frozenset[str]]:
    """Sets of claims, up to a size, that flip the answer and hold none that does.

    `given` an equilibrium, models that have none any more are left out.
    """
    claims = sorted({name for ids in behind for name in ids})
    known: dict[tuple[int, ...], bool] = {}
    found: set[frozenset[str]] = set()
    for count in range(1, size + 1):
        for chosen in combinations(claims, count):
            if any(one <= set(chosen) for one in found):
                continue
            edges = tuple(changed_edges(behind, chosen))
            if edges not in known:
                keeps, flips, _ = three_ways(drawn, push, wanted, edges, factor)
                # Too few that still have an equilibrium do not tell.
                told = keeps + flips >= 0.1 - 1e-12
                known[edges] = told and keeps < flips if given else keeps < 0.5
            if known[edges]:
                found.add(frozenset(chosen))
    return found


def least_cuts(
    graph: SignedDigraph, behind: Behind, starts: Sequence[int], target: int
) -> list[set[str]]:
    """List every smallest set of names that parts a target from the starts."""
    names = sorted({name for ids in behind for name in ids})
    if target not in leads(graph, [], starts):
        return []
    for size in range(1, len(names) + 1):
        found = [
            set(chosen)
            for chosen in combinations(names, size)
            if target not in leads(graph, changed_edges(behind, chosen), starts)
        ]
        if found:
            return found
    return []


def shapley(
    worth: Callable[[frozenset[str]], float], players: Sequence[str]
) -> dict[str, float]:
    """Mean, over all orders, of what each player adds to those before it."""
    shares = dict.fromkeys(players, 0.0)
    for order in permutations(players):
        for at, player in enumerate(order):
            before = frozenset(order[:at])
            shares[player] += worth(before | {player}) - worth(before)
    return {name: total / factorial(len(players)) for name, total in shares.items()}


def alone(
    drawn: Ensemble,
    behind: Behind,
    push: Mapping[int, float],
    wanted: Wanted,
    claims: frozenset[str],
) -> float:
    """Share of all models in which the answer holds with some claims alone."""
    gone = [k for k, ids in enumerate(behind) if ids and not set(ids) & claims]
    reached = leads(drawn.graph, gone, list(push))
    if not all(node in reached for node in wanted):
        return 0.0
    stable, held = gives(drawn, push, wanted, gone, 0.0)
    return float((stable & held).mean())
