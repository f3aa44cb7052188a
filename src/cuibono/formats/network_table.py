"""Signed ties from a table: source, target, sign, and perhaps weight and time."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from cuibono.formats.network_pass import NEEDED, Pass

MOST_NETWORK_BYTES = 500_000_000
"""Most bytes of a table of ties, after unpacking."""


class Capped(io.RawIOBase):
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


def read_table(path: Path, read: Pass) -> None:
    """Take every row of a .csv or .csv.gz; faults go into `read`."""
    packed = path.suffix.lower() == ".gz"
    try:
        with (gzip.open if packed else open)(path, "rb") as inner:
            capped = Capped(cast("IO[bytes]", inner), MOST_NETWORK_BYTES)
            buffered = io.BufferedReader(cast("io.FileIO", capped))
            text = io.TextIOWrapper(buffered, encoding="utf-8-sig", newline="")
            _take_rows(csv.reader(text, strict=True), read)
    except OverflowError:
        read.refuse(f"more than {MOST_NETWORK_BYTES / 1e6:.0f} MB", "a smaller table")
    except UnicodeDecodeError as error:
        read.refuse(f"byte 0x{error.object[error.start]:02X}", "UTF-8 text")
    except csv.Error as error:
        read.refuse(f"a broken row ({error})", "comma-separated values")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        read.refuse(f"a broken archive ({error})", "a whole .gz file")


def _take_rows(rows: Iterator[list[str]], read: Pass) -> None:
    """Take every row under a header."""
    header = [cell.strip() for cell in next(rows, [])]
    needed = [*NEEDED, *["weight"] * read.weighted, *["time"] * read.dated]
    if not set(needed) <= set(header) or len(set(header)) != len(header):
        found = (", ".join(header) or "nothing")[:200]
        expected = f"the columns {', '.join(needed)}, each once"
        read.fault(1, None, found, expected, "name the columns in the first row")
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


def _note_unread(header: list[str], read: Pass) -> None:
    """Say which columns are not read."""
    for name in header:
        if name == "weight":
            if not read.weighted:
                read.notes.append("column weight is not used (--weighted uses it)")
        elif name == "time":
            if not read.dated:
                read.notes.append(
                    "column time is not used: all rows count as one moment "
                    "(--window or --half-life uses it)"
                )
        elif name not in NEEDED:
            read.notes.append(f"column {name} is not read")
