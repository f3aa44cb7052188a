"""Maps as tables: an edge list `from,to,sign[,group,pair]`, or a square matrix."""

import csv
from math import isfinite
from pathlib import Path

from cuibono.formats.maps.records import MapPass

_NEEDED = ("from", "to", "sign")
_READ = (*_NEEDED, "group", "pair")


def read_edge_table(path: Path, read: MapPass) -> None:
    """Take an edge list, or a matrix whose cell [row, column] is column's effect on row.

    A matrix may have names in its first row, and then in its first column too.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = [row for row in csv.reader(text.splitlines(), strict=True) if row]
    except UnicodeDecodeError as error:
        read.refuse(f"byte 0x{error.object[error.start]:02X}", "UTF-8 text")
        return
    except csv.Error as error:
        read.refuse(f"a broken row ({error})", "comma-separated values")
        return
    header = [cell.strip() for cell in rows[0]] if rows else []
    if set(_NEEDED) <= set(header):
        _take_edges(header, rows[1:], read)
    elif rows and _is_matrix(rows):
        _take_matrix(rows, read)
    else:
        read.fault(
            1,
            None,
            (", ".join(header) or "nothing")[:200],
            "the columns from, to, sign, or a square matrix of numbers",
            "name the columns in the first row",
        )


def _take_edges(header: list[str], rows: list[list[str]], read: MapPass) -> None:
    """Take the rows of an edge list."""
    read.notes += [f"column {name} is not read" for name in header if name not in _READ]
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            found, expected = f"{len(row)} cells", f"{len(header)} cells"
            read.fault(number, None, found, expected, "quote commas")
            continue
        cells = dict(zip(header, row, strict=True))
        whole = {name: _whole(cells, name, number, read) for name in ("group", "pair")}
        sign = read.sign(cells["sign"], number)
        read.link(cells["from"], cells["to"], sign, row=number, **whole)


def _whole(cells: dict[str, str], name: str, row: int, read: MapPass) -> int:
    """Whole number of a column, 0 if it is not there."""
    text = cells.get(name, "").strip() or "0"
    if not text.isdecimal() or len(text) > 9:
        read.fault(row, name, repr(text[:40]), "a whole number from 0", "mend it")
        return 0
    return int(text)


def _number(cell: str) -> float | None:
    """Finite number of a cell."""
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _is_matrix(rows: list[list[str]]) -> bool:
    """Whether rows are a square matrix of numbers, with or without names."""
    named = _number(rows[0][-1]) is None
    body = [row[named:] for row in rows[named:]]
    some = any(_number(cell) is not None for row in body for cell in row)
    return some and all(len(row) == len(body) for row in body)


def _take_matrix(rows: list[list[str]], read: MapPass) -> None:
    """Take a matrix: the sign of each number, its size left out."""
    named = _number(rows[0][-1]) is None
    names = [read.place(name) for name in rows[0][1:]] if named else []
    names = names or [read.place(f"n{k + 1}") for k in range(len(rows))]
    if any(abs(_number(cell) or 0) not in {0, 1} for row in rows for cell in row):
        read.notes.append("a matrix of numbers: their signs are read, not their sizes")
    for at, row in enumerate(rows[named:]):
        for column, cell in enumerate(row[named:]):
            value = _number(cell)
            if value is None:
                found = repr(cell[:40])
                read.fault(at + 1 + named, names[column], found, "a number", "mend it")
            elif value:
                read.link(names[column], names[at], 1 if value > 0 else -1)
