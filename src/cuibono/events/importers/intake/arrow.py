"""Arrow arrays from NumPy's and from texts, made of their bytes.

`pyarrow.array` would load pandas to see whether it is given a series, which takes as long
as the import of fifty thousand events.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


def numbers(values: NDArray[Any], kind: pa.DataType, given: Mask | None) -> pa.Array:
    """Array of numbers that are laid out as the type wants them; null if not given."""
    whole = np.ascontiguousarray(values)
    return pa.Array.from_buffers(kind, len(whole), [_bits(given), pa.py_buffer(whole)])


def truths(values: Mask) -> pa.Array:
    """Array of what is true or false."""
    return pa.Array.from_buffers(pa.bool_(), len(values), [None, _bits(values)])


def texts(values: Sequence[str], given: Mask | None = None) -> pa.Array:
    """Array of texts; null if not given."""
    each = [value.encode() for value in values]
    ends = np.zeros(len(each) + 1, np.int32)
    np.cumsum(np.fromiter(map(len, each), np.int32, len(each)), out=ends[1:])
    buffers = [_bits(given), pa.py_buffer(ends), pa.py_buffer(b"".join(each))]
    return pa.Array.from_buffers(pa.string(), len(each), buffers)


def laid(ends: NDArray[np.int32], text: NDArray[np.uint8]) -> pa.Array:
    """Array of texts that lie one after the other."""
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(text)]
    return pa.Array.from_buffers(pa.string(), len(ends) - 1, buffers)


def places(
    index: NDArray[np.int32], bits: NDArray[np.uint8], listed: Sequence[str]
) -> pa.Array:
    """Array of texts by their places in a list; null where a bit is not set."""
    buffers = [pa.py_buffer(bits), pa.py_buffer(index)]
    indices = pa.Array.from_buffers(pa.int32(), len(index), buffers)
    return pa.DictionaryArray.from_arrays(indices, texts(listed))


def _bits(values: Mask | None) -> pa.Buffer | None:
    """One bit for each value."""
    return (
        None if values is None else pa.py_buffer(np.packbits(values, bitorder="little"))
    )
