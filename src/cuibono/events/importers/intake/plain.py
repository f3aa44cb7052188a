"""A column of texts that hardly ever recur, such as ids: kept as they come."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.events.importers.intake.kernels import laid_anew


@dataclass(frozen=True, slots=True)
class Plain:
    """One such column, all of it in ASCII.

    Attributes
    ----------
    ends : (n + 1,) int32
        Where each text ends in `text`, after where the first begins.
    text : (bytes,) uint8
        The texts, one after the other.
    hashes : (n,) uint64
        Number of each text, other in every run; equal texts have equal ones.
    """

    ends: NDArray[np.int32]
    text: NDArray[np.uint8]
    hashes: NDArray[np.uint64]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.hashes)

    def taken(self, rows: NDArray[np.intp]) -> "Plain":
        """Some rows of the column, each once."""
        ends, text = np.zeros(len(rows) + 1, np.int32), np.empty_like(self.text)
        laid_anew(self.ends, self.text, rows, ends, text)
        return Plain(ends, text[: ends[-1]], self.hashes[rows])
