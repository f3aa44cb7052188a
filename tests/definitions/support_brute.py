"""What carries an answer, by its definition: every set of claims, every matrix anew."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.records import Ensemble

Behind = Sequence[Sequence[str]]


def fallen(behind: Behind, gone: set[str]) -> list[int]:
    """List the edges whose claims are all gone; one without claims cannot fall."""
    return [k for k, ids in enumerate(behind) if ids and set(ids) <= gone]


def connected(
    graph: SignedDigraph, gone: Sequence[int], starts: Sequence[int], target: int
) -> bool:
    """Whether a walk leads from a start to the target when some edges are gone."""
    seen = set(starts)
    for _ in range(graph.n):
        for k in range(graph.m):
            if k not in gone and int(graph.tail[k]) in seen:
                seen.add(int(graph.head[k]))
    return target in seen


def smallest_cuts(
    graph: SignedDigraph, behind: Behind, starts: Sequence[int], target: int
) -> list[set[str]]:
    """List every smallest set of claims that parts a target from the starts.

    Empty where there is no path anyway, or none can be cut.
    """
    claims = sorted({name for ids in behind for name in ids})
    if not connected(graph, [], starts, target):
        return []
    for size in range(1, len(claims) + 1):
        found = [
            set(chosen)
            for chosen in combinations(claims, size)
            if not connected(graph, fallen(behind, set(chosen)), starts, target)
        ]
        if found:
            return found
    return []


def matrices(
    drawn: Ensemble, gone: Sequence[int] = ()
) -> Iterator[NDArray[np.float64]]:
    """Yield each community matrix with some edges taken out."""
    graph = drawn.graph
    for row in range(drawn.draws):
        a = np.diag(drawn.self_effect[row])
        for k in range(graph.m):
            if k not in gone:
                a[graph.head[k], graph.tail[k]] += drawn.weights[row, k]
        yield a


def gives(
    a: NDArray[np.float64], push: Mapping[int, float], wanted: Mapping[int, int]
) -> bool:
    """Whether every node moves as wanted under a held push."""
    b = np.zeros(len(a))
    for node, size in push.items():
        b[node] = size
    moved = np.linalg.solve(-a, b)
    return all(
        np.sign(moved[node]) * (abs(moved[node]) > 1e-12) == sign
        for node, sign in wanted.items()
    )


def stable(a: NDArray[np.float64]) -> bool:
    """Whether every eigenvalue lies in the left half plane."""
    return bool(np.linalg.eigvals(a).real.max() < 0)


def carried(
    drawn: Ensemble,
    push: Mapping[int, float],
    wanted: Mapping[int, int],
    gone: Sequence[int],
) -> tuple[float, float, float]:
    """Of the models that gave the answer: share that keep it, flip it, lose rest."""
    counts = {"keeps": 0, "flips": 0, "lost": 0}
    for whole, rest in zip(matrices(drawn), matrices(drawn, gone), strict=True):
        if not gives(whole, push, wanted):
            continue
        if not stable(rest):
            counts["lost"] += 1
        elif gives(rest, push, wanted):
            counts["keeps"] += 1
        else:
            counts["flips"] += 1
    total = sum(counts.values())
    return (
        counts["keeps"] / total,
        counts["flips"] / total,
        counts["lost"] / total,
    )
