"""Events that wait to be written: numbers, and texts as numbers of a common list."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cuibono.events.columns import COLUMNS
from cuibono.events.importers.intake.plain import Plain
from cuibono.events.importers.intake.texts import ABSENT, Texts, same
from cuibono.events.importers.records import Draft

PLAIN: Final = "event_id"
"""Column whose texts hardly ever recur: kept without a list of them."""

MOST_TEXTS: Final = 120_000
"""Distinct texts of a column that are remembered at most."""

MOST_LETTERS: Final = 20_000_000
"""Letters in the texts of all columns that are remembered at most."""

TYPES: Final = {
    "date": pa.date32(),
    "string": pa.dictionary(pa.int32(), pa.string()),
    "int16": pa.int16(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "boolean": pa.bool_(),
}
SCHEMA: Final = pa.schema(
    [(name, pa.string() if name == PLAIN else TYPES[kind]) for name, kind in COLUMNS]
)

_WIDTHS: Final[dict[str, type[np.signedinteger[Any]]]] = {
    "int16": np.int16,
    "int32": np.int32,
    "int64": np.int64,
    "date": np.int32,
}
_EPOCH_YEAR: Final = 1970


@dataclass(frozen=True, slots=True)
class Rows:
    """Some events of one year, by column; a column that is not there is null."""

    count: int
    columns: dict[str, Any]


class _Numbers:
    """Numbers of the texts of a column, kept for as long as the column has them."""

    def __init__(self) -> None:
        """Start with none."""
        self.values: Sequence[str] = ()
        self.each = np.zeros(0, np.int32)

    def of(self, values: Sequence[str]) -> NDArray[np.int32]:
        """Number of each text, -1 if it has none yet; to be filled in."""
        if values is not self.values:
            self.values, self.each = values, np.zeros(0, np.int32)
        new = len(values) - len(self.each)
        if new:
            self.each = np.append(self.each, np.full(new, -1, np.int32))
        return self.each


class Waiting:
    """Events that wait to be written, by year."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.years: dict[int, list[Rows]] = {}
        self.count = self.letters = 0
        self.texts: dict[str, dict[str, int]] = {
            name: {"": 0} for name, kind in COLUMNS if kind == "string"
        }
        self.numbers = {name: _Numbers() for name in self.texts}

    def add(
        self,
        draft: Draft,
        kept: NDArray[np.intp],
        rows: NDArray[np.int64],
        **fixed: str,
    ) -> None:
        """Take in some events of a draft; `fixed` gives columns that are one text."""
        days = draft.date[kept].astype("datetime64[D]")
        year = days.astype("datetime64[Y]").astype(np.int64) + _EPOCH_YEAR
        if year.min() < year.max():
            order = np.argsort(year, kind="stable")
            year, kept, rows = year[order], kept[order], rows[order]
        columns = {
            name: self._column(name, draft, kept, rows, fixed) for name, _ in COLUMNS
        }
        bounds = [0, *(np.flatnonzero(np.diff(year)) + 1).tolist(), len(year)]
        for begin, end in pairwise(bounds):
            part = {
                name: None if values is None else values[begin:end]
                for name, values in columns.items()
            }
            self.years.setdefault(int(year[begin]), []).append(Rows(end - begin, part))
        self.count += len(year)

    def _column(
        self,
        name: str,
        draft: Draft,
        kept: NDArray[np.intp],
        rows: NDArray[np.int64],
        fixed: dict[str, str],
    ) -> Any:
        """One column of some events: numbers, or an Arrow array of plain texts."""
        if name == "row":
            return rows
        values = same(fixed[name], len(draft.date)) if name in fixed else None
        values = getattr(draft, name) if values is None else values
        if name == "parts" and values is None:
            return np.ones(len(kept), np.int64)
        if isinstance(values, Plain):
            return values.taken(kept).array
        if isinstance(values, Texts) and name == PLAIN:
            return pa.array([values.row(at) or None for at in kept], pa.string())
        if isinstance(values, Texts):
            return self._numbered(name, values, kept)
        if isinstance(values, bool):
            return np.full(len(kept), values)
        return None if values is None else values[kept]

    def _numbered(
        self, name: str, texts: Texts, kept: NDArray[np.intp]
    ) -> NDArray[np.int32]:
        """Number of the text of each row in the common list."""
        each, index = self.numbers[name].of(texts.values), texts.index[kept]
        found = each[index]
        new = np.unique(index[found < 0]).tolist()
        if not new:
            return found
        known = self.texts[name]
        for at in new:
            text = texts.values[at]
            if text not in known:
                self.letters += len(text)
            each[at] = known.setdefault(text, len(known))
        return each[index]

    def crowded(self) -> bool:
        """Whether so many texts are remembered that all has to be written."""
        return self.letters > MOST_LETTERS or any(
            len(known) > MOST_TEXTS for known in self.texts.values()
        )

    def forget(self) -> None:
        """Start the lists of texts anew; nothing may be waiting."""
        for known in self.texts.values():
            known.clear()
            known[""] = 0
        self.numbers = {name: _Numbers() for name in self.texts}
        self.letters = 0

    def largest(self) -> int:
        """Year for which most is waiting."""
        return max(self.years, key=lambda year: sum(r.count for r in self.years[year]))

    def table(self, year: int) -> pa.Table:
        """What waits for a year, which then waits no more."""
        parts = self.years.pop(year)
        self.count -= sum(part.count for part in parts)
        arrays = [self._array(name, kind, parts) for name, kind in COLUMNS]
        return pa.Table.from_arrays(arrays, schema=SCHEMA)

    def _array(self, name: str, kind: str, parts: Sequence[Rows]) -> pa.Array:
        """Arrow array of one column."""
        count = sum(part.count for part in parts)
        given = [(part.columns[name], part.count) for part in parts]
        if all(values is None for values, _ in given):
            return pa.nulls(count, SCHEMA.field(name).type)
        if name == PLAIN:
            return pa.concat_arrays(
                [pa.nulls(n, pa.string()) if v is None else v for v, n in given]
            )
        if kind == "string":
            numbers = [np.zeros(n, np.int32) if v is None else v for v, n in given]
            return _texts(np.concatenate(numbers), list(self.texts[name]))
        if kind == "boolean":
            return pa.array(np.concatenate([values for values, _ in given]))
        numbers = [np.full(n, ABSENT) if v is None else v for v, n in given]
        return _numbers(np.concatenate(numbers), kind)


def _texts(index: NDArray[np.int32], known: Sequence[str]) -> pa.Array:
    """Dictionary array that lists only what occurs; the first text stands for null."""
    used = np.zeros(len(known), np.bool_)
    used[index] = True
    empty = index == 0 if used[0] else None
    used[0] = False
    values = pa.array([known[at] for at in np.flatnonzero(used).tolist()], pa.string())
    place = np.maximum(np.cumsum(used, dtype=np.int32) - 1, 0)
    return pa.DictionaryArray.from_arrays(pa.array(place[index], mask=empty), values)


def _numbers(numbers: NDArray[np.int64], kind: str) -> pa.Array:
    """Array of numbers; what is absent or beyond the type is null."""
    width = _WIDTHS[kind]
    limits = np.iinfo(width)
    absent = (numbers < limits.min) | (numbers > limits.max) | (numbers == ABSENT)
    mask = absent if absent.any() else None
    whole = numbers.astype(width) if mask is None else np.where(mask, 0, numbers)
    return pa.array(whole.astype(width), type=TYPES[kind], mask=mask)
