"""Signed networks from files: rows or edges with a sign, symmetrised by a named rule."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import IO, cast

import defusedxml.ElementTree as SafeTree
from defusedxml import DefusedXmlException

from cuibono.claims.names import refused_characters
from cuibono.errors import Problems, UsageError
from cuibono.formats.case import read_case
from cuibono.formats.limits import MOST_BYTES
from cuibono.formats.symmetrise import (
    RULES,
    Statements,
    Symmetrised,
    taken_as_it_stands,
)
from cuibono.model.build import build_model

MOST_NETWORK_BYTES = 500_000_000
"""Most bytes of a table of ties, after unpacking."""
MOST_PROBLEMS = 1000
LAYERS = ("declared", "effective")

_NEEDED = ("source", "target", "sign")
_SIGNS = {
    **dict.fromkeys(("1", "+1", "+", "1.0"), 1),
    **dict.fromkeys(("-1", "-", "-1.0", "\u2212", "\u22121"), -1),
    **dict.fromkeys(("0", "0.0"), 0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A signed graph with what was done to make it one.

    Attributes
    ----------
    name : str
        File or case.
    symmetrised : Symmetrised
        The graph, the rule and what it did.
    notes : tuple of str
        What of the file was not read.
    """

    name: str
    symmetrised: Symmetrised
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """One pass over a file: what it states, and every problem up to a limit."""

    file: str
    weighted: bool
    stated: Statements = field(default_factory=Statements)
    problems: Problems = field(default_factory=Problems)
    notes: list[str] = field(default_factory=list)
    unlisted: int = 0

    def fault(
        self, row: int, column: str | None, found: str, expected: str, mend: str = ""
    ) -> None:
        """Note a bad row; beyond the limit only count it."""
        if len(self.problems) >= MOST_PROBLEMS:
            self.unlisted += 1
            return
        self.problems.add(
            self.file, row=row, column=column, found=found, expected=expected, mend=mend
        )

    def take(self, row: int, cells: dict[str, str]) -> None:
        """Take one tie with all its faults."""
        before = len(self.problems) + self.unlisted
        ends = [self._name(row, column, cells) for column in ("source", "target")]
        sign = self._sign(row, cells.get("sign", ""))
        weight = self._weight(row, cells) if self.weighted else 1.0
        if len(self.problems) + self.unlisted == before:
            self.stated.add(ends[0], ends[1], sign, weight)

    def _name(self, row: int, column: str, cells: dict[str, str]) -> str:
        """Name of an end."""
        name = cells.get(column, "").strip()
        if not name:
            self.fault(row, column, "nothing", "the name of an actor")
        elif bad := refused_characters(name):
            self.fault(row, column, f"the control character {', '.join(bad)}", "text")
        return name

    def _sign(self, row: int, text: str) -> int:
        """Sign of a cell; a word or any other number is refused."""
        sign = _SIGNS.get(text.strip())
        if sign is None:
            mend = "put ratings into a column weight, and their sign here"
            self.fault(row, "sign", repr(text.strip()), "1, -1 or 0", mend)
        return sign or 0

    def _weight(self, row: int, cells: dict[str, str]) -> float:
        """Weight of a row, not negative."""
        text = cells.get("weight", "").strip()
        try:
            weight = float(text)
        except ValueError:
            weight = -1.0
        if not isfinite(weight) or weight < 0:
            self.fault(row, "weight", repr(text), "a number that is not negative")
        return weight

    def finish(self) -> Statements:
        """Return what was stated.

        Raises
        ------
        CaseFileError
            With every problem, if there is one.
        """
        if self.unlisted:
            self.problems.add(
                self.file,
                found=f"{self.unlisted} more problems",
                expected="none",
                mend="mend the ones above first",
            )
        self.problems.raise_if_any()
        return self.stated


def read_network(
    path: Path,
    *,
    rule: str = "drop",
    weighted: bool = False,
    layer: str | None = None,
    reading: str | None = None,
) -> Network:
    """Signed graph of a table, a GraphML file or a case folder.

    Parameters
    ----------
    path : Path
        `.csv` or `.csv.gz` with the columns source, target, sign; `.graphml` with an
        integer edge attribute `sign`; or a case folder.
    rule : str
        How several statements on a pair become one tie: drop, sum, any-negative, multi.
        Of a case nothing is dropped: a pair with both signs stays, disputed.
    weighted : bool
        Read the column or attribute `weight`; otherwise each statement weighs 1.
    layer, reading : str, optional
        Of a case: `declared` (the default) or `effective`; the first reading if none.

    Raises
    ------
    CaseFileError
        With every bad row of the file.
    UsageError
        If the options do not fit what `path` is.
    """
    if rule not in RULES:
        raise UsageError(f'no rule "{rule}"; there are: {", ".join(RULES)}')
    if path.is_dir():
        return _of_case(path, layer, reading)
    if layer is not None or reading is not None:
        raise UsageError("--layer and --reading are for a case folder, not for a file")
    read = _Reading(path.name, weighted)
    if not path.is_file():
        read.problems.add(
            str(path), found="no such file", expected="a network", mend="check the path"
        )
    elif path.suffix.lower() == ".graphml":
        _read_graphml(path, read)
    else:
        _read_table(path, read)
    stated = read.finish()
    return Network(
        name=path.name, symmetrised=RULES[rule](stated), notes=tuple(read.notes)
    )


def _of_case(path: Path, layer: str | None, reading: str | None) -> Network:
    """Ties between actors in one layer of a case, under one reading.

    Raises
    ------
    UsageError
        If there is no such layer or reading.
    """
    if layer is not None and layer not in LAYERS:
        raise UsageError(f'no layer "{layer}"; there are: {", ".join(LAYERS)}')
    case = read_case(path)
    known = [item.id for item in case.readings]
    if reading is not None and reading not in known:
        raise UsageError(f'no reading "{reading}"; this case has: {", ".join(known)}')
    chosen = next(item for item in case.readings if item.id == (reading or known[0]))
    model = build_model(case, chosen)
    g = model.effective if layer == "effective" else model.declared
    return Network(
        name=f"{case.id}: {layer or LAYERS[0]} layer, reading {chosen.id}",
        symmetrised=taken_as_it_stands(g),
    )


class _Capped(io.RawIOBase):
    """A stream that ends with an error once it has given too much."""

    def __init__(self, inner: IO[bytes], most: int) -> None:
        """Wrap a stream of which at most `most` bytes are read."""
        self._inner, self._left = inner, most

    def readable(self) -> bool:
        """Return true."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Fill the buffer.

        Raises
        ------
        OverflowError
            If the stream holds more than it may.
        """
        data = self._inner.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise OverflowError
        buffer[: len(data)] = data
        return len(data)


def _read_table(path: Path, read: _Reading) -> None:
    """Read a table row by row."""
    packed = path.suffix.lower() == ".gz"
    try:
        with (gzip.open if packed else open)(path, "rb") as inner:
            capped = _Capped(cast("IO[bytes]", inner), MOST_NETWORK_BYTES)
            buffered = io.BufferedReader(cast("io.FileIO", capped))
            text = io.TextIOWrapper(buffered, encoding="utf-8-sig", newline="")
            _take_rows(csv.reader(text, strict=True), read)
    except OverflowError:
        _refuse(read, f"more than {MOST_NETWORK_BYTES / 1e6:.0f} MB", "a smaller table")
    except UnicodeDecodeError as error:
        _refuse(read, f"byte 0x{error.object[error.start]:02X}", "UTF-8 text")
    except csv.Error as error:
        _refuse(read, f"a broken row ({error})", "comma-separated values")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        _refuse(read, f"a broken archive ({error})", "a whole .gz file")


def _refuse(read: _Reading, found: str, expected: str) -> None:
    """Note what ended the reading."""
    read.problems.add(read.file, found=found, expected=expected)


def _take_rows(rows: Iterator[list[str]], read: _Reading) -> None:
    """Take every row under a header."""
    header = [cell.strip() for cell in next(rows, [])]
    missing = [name for name in _NEEDED if name not in header]
    if read.weighted and "weight" not in header:
        missing.append("weight")
    if missing or len(set(header)) != len(header):
        found = ", ".join(header) or "nothing"
        expected = "the columns source, target, sign, each once"
        if read.weighted:
            expected = expected.replace("sign,", "sign, weight,")
        read.fault(1, None, found[:200], expected, "name the columns in the first row")
        return
    _note_unread(header, read)
    for number, row in enumerate(rows, start=2):
        if not row:
            continue
        if len(row) != len(header):
            expected = f"{len(header)} cells"
            read.fault(number, None, f"{len(row)} cells", expected, "quote commas")
            continue
        read.take(number, dict(zip(header, row, strict=True)))


def _note_unread(header: list[str], read: _Reading) -> None:
    """Say which columns are not read."""
    for name in header:
        if name == "weight" and not read.weighted:
            read.notes.append("column weight is not used (--weighted uses it)")
        elif name == "time":
            read.notes.append("column time is not used: all rows count as one moment")
        elif name not in (*_NEEDED, "weight"):
            read.notes.append(f"column {name} is not read")


def _read_graphml(path: Path, read: _Reading) -> None:
    """Read the edges of a GraphML file; each must state its sign."""
    if path.stat().st_size > MOST_BYTES:
        _refuse(read, f"{path.stat().st_size / 1e6:.0f} MB", "at most 20 MB, or a .csv")
        return
    try:
        root = SafeTree.parse(path, forbid_dtd=True).getroot()
    except (SafeTree.ParseError, DefusedXmlException, ValueError) as error:
        found = f"a file that is no plain GraphML ({type(error).__name__})"
        _refuse(read, found, "GraphML without a document type or entities")
        return
    keys = {
        key.get("id", ""): key.get("attr.name", "")
        for key in root.iterfind(".//{*}key")
        if key.get("for") in {"edge", "all", None}
    }
    for node in root.iterfind(".//{*}node"):
        read.stated.place(node.get("id", ""))
    for number, edge in enumerate(root.iterfind(".//{*}edge"), start=1):
        cells = {
            keys.get(data.get("key", ""), ""): data.text or ""
            for data in edge.iterfind("{*}data")
        }
        ends = {name: edge.get(name, "") for name in ("source", "target")}
        read.take(number, {**cells, **ends})
    for name in sorted(set(keys.values()) - {"sign", "", "weight"}):
        read.notes.append(f"attribute {name} is not read")
    if "weight" in keys.values() and not read.weighted:
        read.notes.append("attribute weight is not used (--weighted uses it)")
