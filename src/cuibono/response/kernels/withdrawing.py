"""Stability of blocks with some of their edges scaled: taken out, or turned round."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cuibono.response.kernels.solving import gather
from cuibono.response.kernels.stability import hurwitz

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@njit(cache=True)
def scaled_is_stable(
    weight: Floats,
    limit: Floats,
    nodes: Ints,
    node_start: Ints,
    edges: Ints,
    rows: Ints,
    columns: Ints,
    edge_start: Ints,
    reinforcing: Flags,
    place: Ints,
    chosen: Ints,
    factor: float,
) -> bool:
    """Whether the blocks that the chosen edges (-1 none) lie in are stable, one draw.

    `place` (m,) is the position of each edge in `edges`, -1 between blocks.
    """
    for b in range(len(node_start) - 1):
        touched = False
        for e in chosen:
            if e >= 0 and edge_start[b] <= place[e] < edge_start[b + 1]:
                touched = True
        if not touched:
            continue
        here = nodes[node_start[b] : node_start[b + 1]]
        within = slice(edge_start[b], edge_start[b + 1])
        size = len(here)
        a = np.empty((size, size))
        work = np.empty((size, size))
        gather(a, here, edges[within], rows[within], columns[within], weight, limit)
        for e in chosen:
            if e >= 0 and edge_start[b] <= place[e] < edge_start[b + 1]:
                a[rows[place[e]], columns[place[e]]] += (factor - 1.0) * weight[e]
        # A loop turned round need not reinforce any more.
        if not hurwitz(a, reinforcing[b] and factor >= 0.0, work):
            return False
    return True


@njit(cache=True)
def kept_by_sets(
    weights: Floats,
    limits: Floats,
    nodes: Ints,
    node_start: Ints,
    edges: Ints,
    rows: Ints,
    columns: Ints,
    edge_start: Ints,
    reinforcing: Flags,
    place: Ints,
    sets: Ints,
    factor: float,
    asked: Flags,
    enough: int,
    known: NDArray[np.int8],
) -> Ints:
    """Draws, of those asked, that stay stable; counting ends at `enough`.

    `sets` (s, k) edges, -1 none; `asked` and `known` (s, draws): what is known, -1 not
    yet, is written down.
    """
    kept = np.zeros(len(sets), dtype=np.int64)
    for s in range(len(sets)):
        for d in range(len(weights)):
            if not asked[s, d]:
                continue
            if known[s, d] < 0:
                stable = scaled_is_stable(
                    weights[d], limits[d], nodes, node_start, edges, rows, columns,
                    edge_start, reinforcing, place, sets[s], factor,
                )  # fmt: skip
                known[s, d] = 1 if stable else 0
            kept[s] += known[s, d]
            if kept[s] >= enough:
                break
    return kept
