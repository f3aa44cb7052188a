"""Columns of a table as numbered texts: each different text is held once."""

import csv
import gzip
import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final

import numpy as np

from cuibono.errors import Problems, UsageError
from cuibono.record.events import Ints
from cuibono.record.kernels.text import interned

COLUMNS: Final = ("time", "source", "target", "type")
COMMA, BREAK = ord(","), ord("\n")

MOST_BYTES: Final = 2_000_000_000
"""Largest table that is read, unpacked."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """Cells of a column, without the blanks around them.

    Attributes
    ----------
    code : (m,) int64
        Position in `texts` of each cell.
    texts : tuple of str
        Different texts, in the order of appearance.
    """

    code: Ints
    texts: tuple[str, ...]


def read_columns(path: Path, problems: Problems) -> dict[str, Column]:
    """Columns of an event table by name; what is wrong with it goes to `problems`."""
    data = path.read_bytes()
    try:
        if path.suffix == ".gz":
            data = _inflated(data, path.name)
        data = data.removeprefix(b"\xef\xbb\xbf")
        plain = _plain(data)
        return plain if plain is not None else _quoted(path, data.decode(), problems)
    except UnicodeDecodeError as error:
        problems.add(
            path.name,
            found=f"a byte that is not UTF-8 at position {error.start}",
            expected="UTF-8 text",
            mend="save the table as UTF-8",
        )
    except csv.Error as error:
        problems.add(path.name, found=str(error), expected="a CSV table")
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        problems.add(
            path.name,
            found=f"compressed data that cannot be read ({error})",
            expected="a whole gzip file",
            mend="fetch or compress the file again",
        )
    return {}


def _inflated(data: bytes, name: str) -> bytes:
    """Content of a .gz file, up to a limit.

    Raises
    ------
    UsageError
        If it expands further.
    """
    with gzip.open(io.BytesIO(data)) as stream:
        found = stream.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise UsageError(f"{name} expands to more than {MOST_BYTES / 1e9:.0f} GB")
    return found


def _plain(data: bytes) -> dict[str, Column] | None:
    """Columns of a table without quotes and blanks, all rows complete; else None."""
    data = data.replace(b"\r\n", b"\n").rstrip(b"\n")
    if b'"' in data or b"\r" in data or b"\n" not in data:
        return None
    header = data[: data.find(b"\n")].decode().split(",")
    width = len(header)
    if not {*COLUMNS} <= {*header} or len({*header}) < width:
        return None
    marks = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero((marks == COMMA) | (marks == BREAK))
    breaks = marks[ends] == BREAK
    rows = (len(ends) + 1) // width
    whole = (len(ends) + 1) % width == 0 and np.count_nonzero(breaks) == rows - 1
    if not whole or not np.all(breaks[width - 1 :: width]) or _blanks(marks, ends):
        return None
    begin = np.r_[0, ends + 1].astype(np.int64)
    end = np.r_[ends, len(marks)].astype(np.int64)
    return {
        name: _column(data, marks, begin[at + width :: width], end[at + width :: width])
        for at, name in enumerate(header)
        if name in {*COLUMNS, "weight"}
    }


def _blanks(marks: "np.ndarray[tuple[int], np.dtype[np.uint8]]", ends: Ints) -> bool:
    """Whether a cell may begin or end with a blank, in any script."""
    last = len(marks) - 1
    beside = marks[np.r_[0, np.maximum(ends - 1, 0), np.minimum(ends + 1, last), last]]
    # Bytes above 127 may be a wide blank: the slower way looks at the text itself.
    odd = (beside <= 32) & (beside != BREAK)
    return bool(np.any(odd | (beside > 127)))


def _column(
    data: bytes,
    marks: "np.ndarray[tuple[int], np.dtype[np.uint8]]",
    begin: Ints,
    end: Ints,
) -> Column:
    """Column of the cells that begin and end so."""
    begin, end = np.ascontiguousarray(begin), np.ascontiguousarray(end)
    room = 4
    while room < len(begin) + len(begin) // 2 + 2:
        room *= 2
    code = np.empty(len(begin), np.int64)
    first = np.empty(len(begin), np.int64)
    table = np.full(room, -1, np.int32)
    count = interned(marks, begin, end, table, code, first)
    texts = [data[begin[row] : end[row]].decode() for row in first[:count].tolist()]
    return Column(code=code, texts=tuple(texts))


def _quoted(path: Path, text: str, problems: Problems) -> dict[str, Column]:
    """Columns of any CSV table; rows that are too short are filled with nothing."""
    rows = csv.reader(io.StringIO(text.rstrip("\r\n"), newline=""), strict=True)
    header = [name.strip() for name in next(rows, [])]
    for name in COLUMNS:
        if name not in header:
            problems.add(
                path.name,
                row=1,
                column=name,
                found="no such column",
                expected=f"columns {', '.join(COLUMNS)}",
                mend="name the columns in the first row",
            )
    for name in (*COLUMNS, "weight"):
        if header.count(name) > 1:
            problems.add(
                path.name,
                row=1,
                column=name,
                found="the column more than once",
                expected="each column once",
            )
    cells: list[Sequence[str]] = list(zip_longest(*rows, fillvalue=""))
    if not cells and not problems.items:
        problems.add(path.name, found="no event", expected="one event a row")
    if problems.items:
        return {}
    cells += [("",) * len(cells[0])] * (len(header) - len(cells))
    return {
        name: _numbered([*map(str.strip, cells[header.index(name)])])
        for name in (*COLUMNS, "weight")
        if name in header
    }


def _numbered(texts: list[str]) -> Column:
    """Column of texts."""
    known = dict.fromkeys(texts)
    at = dict(zip(known, range(len(known)), strict=True))
    code = np.array([*map(at.__getitem__, texts)], np.int64)
    return Column(code=code, texts=tuple(known))
