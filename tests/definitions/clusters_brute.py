"""Weak balance by its definition: every partition of up to seven actors."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from cuibono.model.graph import SignedGraph


@cache
def partitions(n: int) -> NDArray[np.int64]:
    """List every partition of n actors; factions are numbered by first member."""
    rows: list[tuple[int, ...]] = [()]
    for _ in range(n):
        rows = [(*row, k) for row in rows for k in range(max(row, default=-1) + 2)]
    return np.array(rows, dtype=np.int64).reshape(len(rows), n)


def prices(g: SignedGraph) -> NDArray[np.float64]:
    """Sum what each partition frustrates: positive between, negative within."""
    label = partitions(g.n)
    within = label[:, g.ends[:, 0]] == label[:, g.ends[:, 1]]
    wrong = np.where(within, g.sign < 0, g.sign > 0)
    total: NDArray[np.float64] = wrong @ g.weight
    return total


def least(g: SignedGraph, most: int | None = None) -> float:
    """Return the least price of at most `most` factions."""
    allowed = partitions(g.n).max(axis=1, initial=-1) < (g.n if most is None else most)
    return float(prices(g)[allowed].min())
