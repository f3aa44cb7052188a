"""Connected parts of a signed graph, and sides turned to match other sides."""

import numpy as np
from numpy.typing import NDArray

from cuibono.model.graph import SignedGraph


def connected_parts(g: SignedGraph) -> NDArray[np.intp]:
    """Return the part (n,) of each actor, linked by ties with a sign; 0, 1, ... by size.

    Parts of one size are in order of their first actor. Across parts sides mean nothing.

    Parameters
    ----------
    g : SignedGraph
        Disputed ties (sign 0) do not link.

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> pairs = [("Arda", "Brun", 1), ("Cor", "Dana", 0), ("Dana", "Eske", -1)]
    >>> connected_parts(graph(pairs)).tolist()
    [0, 0, 2, 1, 1]
    """
    root = list(range(g.n))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, j in g.ends[g.sign != 0].tolist():
        one, other = find(i), find(j)
        root[max(one, other)] = min(one, other)
    label = np.array([find(i) for i in range(g.n)], dtype=np.intp)
    roots, size = np.unique(label, return_counts=True)
    rank = np.empty(g.n, dtype=np.intp)
    rank[roots[np.argsort(-size, kind="stable")]] = np.arange(len(roots))
    return rank[label] if g.n else label


def nearest_sides(
    sides: NDArray[np.int8], wanted: NDArray[np.int8], part: NDArray[np.intp]
) -> tuple[NDArray[np.int8], int]:
    """Return the sides turned part by part to agree most, and how many still differ.

    Parameters
    ----------
    sides : (n,) int8
        1 or -1.
    wanted : (n,) int8
        1 or -1, or 0 where nothing is wanted.
    part : (n,) intp
        Connected part of each actor; turning a whole part changes nothing.

    Examples
    --------
    >>> here, wanted = np.array([1, -1, -1], np.int8), np.array([-1, 1, -1], np.int8)
    >>> nearest_sides(here, wanted, np.zeros(3, np.intp))
    (array([-1,  1,  1], dtype=int8), 1)
    """
    agree = np.bincount(part, sides * wanted, minlength=part.max(initial=0) + 1)
    turned = (sides * np.where(agree[part] < 0, -1, 1)).astype(np.int8)
    return turned, int(np.sum((wanted != 0) & (turned != wanted)))
