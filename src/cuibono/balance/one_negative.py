"""Cycles with exactly one negative tie: what weak balance rules out."""

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block
from cuibono.balance.cycles import Cycle
from cuibono.balance.kernels.walks import rows_of
from cuibono.balance.kernels.weak import closing_ways

# Added to each tie, so that among ways of equal length the one of fewest ties wins.
_NUDGE = 1e-7
_LONGEST = 400


class OneNegative:
    """Finds, for each negative tie of a block, a shortest way over positive ones."""

    def __init__(self, block: Block) -> None:
        """Set up the rows of the positive ties."""
        self._ends = np.ascontiguousarray(block.ends, dtype=np.int64)
        positive = np.flatnonzero(block.sign > 0)
        k = len(block.nodes)
        self._start, self._to, by = rows_of(k, self._ends[positive])
        self._by = positive[by].astype(np.int64)
        self._negative = np.flatnonzero(block.sign < 0).astype(np.int64)
        self._longest = min(k, _LONGEST)

    def shorter(self, length: NDArray[np.float64], below: float) -> list[Cycle]:
        """List cycles shorter than `below`, at most one for each negative tie.

        The negative tie comes first. An empty list means that there are none.

        Parameters
        ----------
        length : (b,) float64
            Length of each tie, not negative.
        below : float
            Cycles at least so long are left out.
        """
        route, hops, _ = closing_ways(
            self._start,
            self._to,
            self._by,
            self._ends,
            self._negative,
            length + _NUDGE,
            below + _NUDGE * self._longest,
            self._longest,
        )
        cycles = [
            (int(self._negative[at]), *route[at, : hops[at]].tolist())
            for at in np.flatnonzero(hops).tolist()
        ]
        return [c for c in cycles if length[list(c)].sum() < below]
