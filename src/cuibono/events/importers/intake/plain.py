"""A column of texts that hardly ever recur, such as ids: kept as they come."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Plain:
    """One such column.

    Attributes
    ----------
    array : Arrow array of string
        Text of each row.
    hashes : (n,) uint64
        Number of each text, other in every run; equal texts have equal ones.
    """

    array: pa.Array
    hashes: NDArray[np.uint64]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.hashes)

    def taken(self, rows: NDArray[np.intp]) -> "Plain":
        """Some rows of the column."""
        return Plain(self.array.take(pa.array(rows)), self.hashes[rows])


def plain_column(
    ends: NDArray[np.int32], text: NDArray[np.uint8], hashes: NDArray[np.uint64]
) -> Plain:
    """Column of texts in ASCII that lie one after the other."""
    size = int(ends[-1])
    buffers = [None, pa.py_buffer(ends.tobytes()), pa.py_buffer(text[:size].tobytes())]
    array = pa.Array.from_buffers(pa.string(), len(hashes), buffers)
    return Plain(array, hashes)
