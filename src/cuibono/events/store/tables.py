"""Events of a block as an Arrow table in the columns of the store."""

from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cuibono.events.columns import COLUMNS
from cuibono.events.importers.intake.texts import ABSENT, Texts, same
from cuibono.events.importers.records import Draft

TYPES: Final = {
    "date": pa.date32(),
    "string": pa.dictionary(pa.int32(), pa.string()),
    "int16": pa.int16(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "boolean": pa.bool_(),
}
SCHEMA: Final = pa.schema([(name, TYPES[kind]) for name, kind in COLUMNS])

_LIMITS = {
    "int16": 2**15 - 1,
    "int32": 2**31 - 1,
    "int64": 2**63 - 1,
    "date": 2**31 - 1,
}
_WIDTHS = {
    "int16": np.int16,
    "int32": np.int32,
    "int64": np.int64,
    "date": np.int32,
}


def event_table(
    draft: Draft, kept: NDArray[np.intp], rows: NDArray[np.int64], **fixed: str
) -> pa.Table:
    """Some events of a draft as a table; `fixed` gives columns that are one text."""
    count = len(kept)
    arrays = []
    for name, kind in COLUMNS:
        if name in fixed:
            values: object = same(fixed[name], count)
        elif name == "row":
            values = rows
        else:
            values = getattr(draft, name)
            if name == "parts" and values is None:
                values = np.ones(len(draft.date), np.int64)
            if isinstance(values, Texts):
                values = values.taken(kept)
            elif isinstance(values, np.ndarray):
                values = values[kept]
        arrays.append(_array(values, kind, count))
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def _array(values: object, kind: str, count: int) -> pa.Array:
    """Arrow array of one column; what is absent or beyond the type is null."""
    if values is None:
        return pa.nulls(count, TYPES[kind])
    if isinstance(values, Texts):
        return _texts(values)
    if isinstance(values, bool):
        return pa.array(np.full(count, values))
    numbers = np.asarray(values)
    if kind == "boolean":
        return pa.array(numbers)
    absent = (numbers == ABSENT) | (np.abs(numbers) > _LIMITS[kind])
    whole = np.where(absent, 0, numbers).astype(_WIDTHS[kind])
    return pa.array(whole, type=TYPES[kind], mask=absent if absent.any() else None)


def _texts(texts: Texts) -> pa.Array:
    """Dictionary array of a column; an empty text is null."""
    mask = None
    if "" in texts.values:
        mask = texts.empty()
    index = pa.array(texts.index, mask=mask)
    return pa.DictionaryArray.from_arrays(index, pa.array(texts.values, pa.string()))
