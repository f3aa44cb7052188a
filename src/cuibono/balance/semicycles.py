"""Cycles by length and sign: how balance looks beyond triads."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.kernels.cycles import count_cycles
from cuibono.model.graph import SignedGraph

MOST_STEPS = 200_000_000
"""Ties looked at for one length before counting is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleCount:
    """Simple cycles of one length.

    Attributes
    ----------
    length : int
        Count of ties.
    by_negatives : tuple of int
        How many have 0, 1, ..., `length` negative ties.
    """

    length: int
    by_negatives: tuple[int, ...]

    @property
    def total(self) -> int:
        """Count of cycles."""
        return sum(self.by_negatives)

    @property
    def positive(self) -> int:
        """Cycles with an even count of negative ties: balanced."""
        return sum(self.by_negatives[::2])

    @property
    def one_negative(self) -> int:
        """Cycles with exactly one negative tie: unbalanced even in the weak sense."""
        return self.by_negatives[1]

    @property
    def balanced(self) -> float | None:
        """Share that is balanced; None without a cycle."""
        return self.positive / self.total if self.total else None


def signed_cycles(
    g: SignedGraph, *, longest: int = 5, most_steps: int = MOST_STEPS
) -> tuple[CycleCount, ...]:
    """Return the simple cycles of 3, 4, ... ties by their count of negative ties.

    Exact; a length that would take too many steps is left out with all longer ones.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors; disputed ones (sign 0) are left out.
    longest : int
        Longest cycle to count.
    most_steps : int
        Ties looked at for one length.

    Raises
    ------
    ValueError
        If `longest` is below 3.

    References
    ----------
    Cartwright and Harary (1956), Structural balance, Psychological Review 63.

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> square = graph([("A", "B", 1), ("B", "C", 1), ("C", "D", 1), ("A", "D", -1)])
    >>> signed_cycles(square, longest=4)[1]
    CycleCount(length=4, by_negatives=(0, 1, 0, 0, 0))
    """
    if longest < 3:
        raise ValueError(f"longest must be at least 3, got {longest}")
    start, to, negative = _rows(g)
    counts = []
    for length in range(3, longest + 1):
        found, whole = count_cycles(start, to, negative, length, most_steps)
        if not whole:
            break
        counts.append(CycleCount(length=length, by_negatives=tuple(found.tolist())))
    return tuple(counts)


def _rows(
    g: SignedGraph,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return neighbours row by row, ascending, and which ties are negative."""
    stated = np.flatnonzero(g.sign)
    one, other = g.ends[stated].astype(np.int64).T
    tail, head = np.concatenate([one, other]), np.concatenate([other, one])
    sign = np.tile(g.sign[stated], 2)
    order = np.lexsort((head, tail))
    start = np.zeros(g.n + 1, dtype=np.int64)
    np.cumsum(np.bincount(tail, minlength=g.n), out=start[1:])
    return start, np.ascontiguousarray(head[order]), sign[order] < 0


def weighted_balance(counts: tuple[CycleCount, ...], *, shrink: float) -> float | None:
    """Share of balanced cycles, each weighing `shrink` to the power of minus its length.

    A long cycle is felt less than a short one. How much less is a choice, so that the
    figure belongs beside its `shrink`, and covers the lengths counted only.

    Parameters
    ----------
    counts : tuple of CycleCount
        From `signed_cycles`.
    shrink : float
        Above 1; near 1 long cycles count almost like short ones.

    Raises
    ------
    ValueError
        If `shrink` is not above 1.

    References
    ----------
    Kirkley, Cantwell and Newman (2019), Balance in signed networks, Physical Review E
    99 (the weight; there it runs over all lengths, sampled).

    Examples
    --------
    >>> weighted_balance((CycleCount(length=3, by_negatives=(1, 3, 0, 0)),), shrink=2.0)
    0.25
    """
    if not shrink > 1:
        raise ValueError(f"shrink must be above 1, got {shrink}")
    weight = [shrink**-each.length for each in counts]
    total = sum(w * each.total for w, each in zip(weight, counts, strict=True))
    held = sum(w * each.positive for w, each in zip(weight, counts, strict=True))
    return held / total if total else None
