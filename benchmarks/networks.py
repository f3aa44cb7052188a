"""Signed networks for the benchmarks: drawn, or from the reference data folder."""

import csv

import numpy as np
from tests.reference import REFERENCE

from cuibono.model.graph import SignedGraph, graph

# Name in the table and file of the reference folder.
KNOWN = {
    "Highland tribes": "tribes_read1954.csv",
    "CoW 1946-49": "cow/cow_1946_1949.csv",
    "macrophage": "bio_macrophage.csv",
    "EGFR": "bio_egfr.csv",
}


def drawn_network(actors: int, ties: int, flipped: float, seed: int) -> SignedGraph:
    """Two factions, ties between random pairs, a share of them flipped.

    Parameters
    ----------
    actors, ties : int
        Size.
    flipped : float
        Share of ties, 0 to 1, whose sign is against the factions.
    seed : int
        Of the random numbers.
    """
    rng = np.random.default_rng(seed)
    most = actors * (actors - 1) // 2
    place = np.sort(rng.choice(most, size=ties, replace=False))
    # Pairs (i, j) with i < j are counted row by row.
    first = np.searchsorted(np.cumsum(np.arange(actors - 1, 0, -1)), place, "right")
    before = first * (2 * actors - first - 1) // 2
    ends = np.stack([first, first + 1 + place - before], axis=1)
    side = rng.choice([-1, 1], actors)
    sign = side[ends[:, 0]] * side[ends[:, 1]]
    sign[rng.random(ties) < flipped] *= -1
    return SignedGraph(
        names=tuple(f"A{i}" for i in range(actors)),
        ends=ends.astype(np.intp),
        sign=sign.astype(np.int8),
        weight=np.ones(ties),
    )


def known_network(name: str) -> SignedGraph | None:
    """A network of the reference folder, contradicted pairs dropped; None without it."""
    path = REFERENCE / "signed" / KNOWN[name]
    if not path.exists():
        return None
    stated: dict[tuple[str, str], set[int]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            first, second = sorted((row["source"], row["target"]))
            if first != second:
                stated.setdefault((first, second), set()).add(int(row["sign"]))
    kept = sorted((pair, signs) for pair, signs in stated.items() if len(signs) == 1)
    return graph([(*pair, next(iter(signs))) for pair, signs in kept])
