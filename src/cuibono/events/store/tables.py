"""Events that wait to be written: numbers, and texts as numbers of a common list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cuibono.events.columns import COLUMNS
from cuibono.events.importers.intake import arrow
from cuibono.events.importers.intake.plain import Plain
from cuibono.events.importers.intake.texts import ABSENT, Texts
from cuibono.events.importers.records import Draft
from cuibono.events.store.kernels import by_year, listed, numbered

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
        order, begins, years = by_year(draft.date[kept])
        for year, begin, end in zip(years.tolist(), *_bounds(begins), strict=True):
            some = order[begin:end]
            chosen, of_file = kept[some], rows[some]
            # Arrays of their own: a part of those of the block would keep all of them.
            part = {
                name: self._column(name, draft, chosen, of_file, fixed)
                for name, _ in COLUMNS
            }
            self.years.setdefault(year, []).append(Rows(len(some), part))
        self.count += len(kept)

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
        if name in fixed:
            known = self.texts[name]
            number = known.setdefault(fixed[name], len(known))
            return np.full(len(kept), number, np.int32)
        values = getattr(draft, name)
        if name == "parts" and values is None:
            return np.ones(len(kept), np.int64)
        if isinstance(values, Plain):
            taken = values.taken(kept)
            return arrow.laid(taken.ends, taken.text.copy())
        if isinstance(values, Texts) and name == PLAIN:
            given = [values.row(at) for at in kept.tolist()]
            return arrow.texts(given, np.array([text != "" for text in given]))
        if isinstance(values, Texts):
            return self._numbered(name, values, kept)
        if isinstance(values, bool):
            return np.full(len(kept), values)
        return None if values is None else values[kept]

    def _numbered(
        self, name: str, texts: Texts, kept: NDArray[np.intp]
    ) -> NDArray[np.int32]:
        """Number of the text of each row in the common list."""
        each, found = self.numbers[name].of(texts.values), np.empty(len(kept), np.int32)
        if numbered(each, texts.index, kept, found):
            return found
        known = self.texts[name]
        for at in np.unique(texts.index[kept[found < 0]]).tolist():
            text = texts.values[at]
            if text not in known:
                self.letters += len(text)
            each[at] = known.setdefault(text, len(known))
        numbered(each, texts.index, kept, found)
        return found

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
            return arrow.truths(np.concatenate([values for values, _ in given]))
        numbers = [np.full(n, ABSENT) if v is None else v for v, n in given]
        return _numbers(np.concatenate(numbers), kind)


def _texts(numbers: NDArray[np.int32], known: Sequence[str]) -> pa.Array:
    """Dictionary array that lists only what occurs; the first text stands for null."""
    used = np.empty(min(len(known), len(numbers)), np.int32)
    bits = np.zeros(len(numbers) // 8 + 1, np.uint8)
    found = listed(numbers, np.full(len(known), -1, np.int32), used, bits)
    return arrow.places(numbers, bits, [known[at] for at in used[:found].tolist()])


def _bounds(begins: NDArray[np.intp]) -> tuple[list[int], list[int]]:
    """Where parts begin and where they end, given where each begins and the last ends."""
    return begins[:-1].tolist(), begins[1:].tolist()


def _numbers(numbers: NDArray[np.int64], kind: str) -> pa.Array:
    """Array of numbers; what is absent or beyond the type is null."""
    width = _WIDTHS[kind]
    limits = np.iinfo(width)
    given = (numbers >= limits.min) & (numbers <= limits.max) & (numbers != ABSENT)
    if given.all():
        return arrow.numbers(numbers.astype(width), TYPES[kind], None)
    return arrow.numbers(np.where(given, numbers, 0).astype(width), TYPES[kind], given)
