"""Damaged and hostile files: each a function that writes it, and what must come of it."""

import gzip
import os
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from tests.events.importers.test_layouts import INVENTED, gdelt_row
from tests.events.rows import ICEWS_NAMES, icews_row, icews_text

Write = Callable[[Path], Path]

GOOD: Final = icews_text([icews_row(number) for number in range(20)])


def _text(name: str, text: str, encoding: str = "utf-8") -> Write:
    """Writer of a text."""
    return _bytes(name, text.encode(encoding))


def _bytes(name: str, data: bytes) -> Write:
    """Writer of some bytes."""

    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return write


def _rows(*rows: list[str], name: str = "a.tab") -> Write:
    """Writer of some good rows of ICEWS and others between them."""
    good = [icews_row(number) for number in range(10)]
    return _text(name, icews_text([*good[:5], *rows, *good[5:]]))


def _line(line: str) -> Write:
    """Writer of good rows with one line between them."""
    lines = GOOD.splitlines()
    return _text("a.tab", "\n".join([*lines[:5], line, *lines[5:]]) + "\n")


def _zip(*members: tuple[str, bytes], name: str = "a.zip") -> Write:
    """Writer of a zip archive."""

    def write(folder: Path) -> Path:
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, data in members:
                archive.writestr(member, data)
        return folder / name

    return write


def _zip_bytes(change: Callable[[bytes], bytes]) -> Write:
    """Writer of a zip archive whose bytes were changed."""

    def write(folder: Path) -> Path:
        path = _zip(("a.tab", GOOD.encode()))(folder)
        path.write_bytes(change(path.read_bytes()))
        return path

    return write


def _encrypted(data: bytes) -> bytes:
    """Archive that says its members are encrypted."""
    found = bytearray(data)
    found[6] |= 1
    found[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(found)


def _lying_size(data: bytes) -> bytes:
    """Archive whose member says to be smaller than it is."""
    found = bytearray(data)
    at = data.index(b"PK\x01\x02")
    found[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(found)


def _unknown_method(data: bytes) -> bytes:
    """Archive packed by a method that does not exist."""
    found = bytearray(data)
    found[8] = 77
    found[data.index(b"PK\x01\x02") + 10] = 77
    return bytes(found)


def zip_bomb(folder: Path) -> Path:
    """1 GB of zeros in 1 MB."""
    path = folder / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.tab", "w", force_zip64=True) as member,
    ):
        for _ in range(256):
            member.write(bytes(1 << 22))
    return path


def gzip_bomb(folder: Path) -> Path:
    """The header of ICEWS, a row, and 1 GB of one letter."""
    path = folder / "bomb.tab.gz"
    with gzip.open(path, "wb", compresslevel=1) as out:
        out.write(GOOD.encode())
        for _ in range(256):
            out.write(b"a" * (1 << 22))
    return path


def row_bomb(folder: Path) -> Path:
    """One good row two million times, in a hundredth of the size."""
    path = folder / "rows.tab.gz"
    row = ("\t".join(icews_row(1)) + "\n").encode()
    with gzip.open(path, "wb", compresslevel=1) as out:
        out.write(GOOD.encode())
        for _ in range(200):
            out.write(row * 20_000)
    return path


def quote_bomb(folder: Path) -> Path:
    """A quote that opens at the beginning of 300 MB."""
    path = folder / "quote.csv"
    header = (INVENTED / "acled_2023.csv").read_text().splitlines()[0]
    with path.open("w") as out:
        out.write(header + '\n"')
        for _ in range(300):
            out.write(("a,b,c" * 20 + "\n") * 10_000)
    return path


def long_line(folder: Path) -> Path:
    """A line of 10 MB among good ones."""
    return _line("x" * 10_000_000)(folder)


def empty_lines(folder: Path) -> Path:
    """Good rows and two million line ends."""
    path = folder / "a.tab"
    path.write_text(GOOD + "\n" * 2_000_000)
    return path


def many_texts(folder: Path) -> Path:
    """Four hundred thousand actors of 200 letters."""
    path = folder / "a.tab"
    with path.open("w") as out:
        out.write("\t".join(ICEWS_NAMES) + "\n")
        for number in range(400_000):
            name = f"{number:0200}"
            out.write("\t".join(icews_row(number, source_name=name)) + "\n")
    return path


def parquet(folder: Path) -> Path:
    """A Parquet file under the name of a table."""
    path = folder / "a.csv"
    pq.write_table(pa.table({"a": ["x"] * 100_000}), path)
    return path


def fifo(folder: Path) -> Path:
    """A pipe that nobody writes to."""
    os.mkfifo(folder / "a.tab")
    return folder / "a.tab"


def dangling(folder: Path) -> Path:
    """A link to nothing."""
    (folder / "a.tab").symlink_to(folder / "nowhere")
    return folder / "a.tab"


def linked(folder: Path) -> Path:
    """A link to a good file."""
    _text("good.tab", GOOD)(folder)
    (folder / "a.tab").symlink_to(folder / "good.tab")
    return folder / "a.tab"


def folder_itself(folder: Path) -> Path:
    """A folder."""
    return folder


def many_years(folder: Path) -> Path:
    """A row for every year that a date can name."""
    rows = [icews_row(year, event_date=f"{year:04}-01-01") for year in range(1, 2000)]
    return _text("a.tab", icews_text(rows))(folder)


_LATIN = GOOD.replace("Brun\t", "Brún\t", 2).encode("latin-1")
_GZ = gzip.compress(GOOD.encode())
_MOVED = [list(ICEWS_NAMES)[::-1], *(icews_row(n)[::-1] for n in range(5))]
_ACLED = (INVENTED / "acled_2023.csv").read_text()
_GED = (INVENTED / "ucdp_ged.csv").read_text()
_GDELT = "\n".join("\t".join(gdelt_row(61, number)) for number in range(9)) + "\n"

REFUSED: Final[dict[str, tuple[Write, str]]] = {
    "empty": (_bytes("a.tab", b""), "empty file"),
    "blanks alone": (_bytes("a.tab", b" \n\n \n"), "empty file"),
    "folder": (folder_itself, "found a folder"),
    "pipe": (fifo, "no regular file"),
    "dangling link": (dangling, "No such file"),
    "absent": (lambda folder: folder / "none.tab", "No such file"),
    "truncated gzip": (_bytes("a.tab.gz", _GZ[: len(_GZ) // 2]), "damaged archive"),
    "gzip without its end": (_bytes("a.tab.gz", _GZ[:-4]), "damaged archive"),
    "gzip with a wrong sum": (
        _bytes("a.tab.gz", _GZ[:-8] + b"\0\0\0\0" + _GZ[-4:]),
        "damaged archive",
    ),
    "gzip with garbage behind": (
        _bytes("a.tab.gz", _GZ + b"garbage"),
        "damaged archive",
    ),
    "gzip header alone": (_bytes("a.tab.gz", _GZ[:6]), "damaged archive"),
    "gzip in gzip": (_bytes("a.gz", gzip.compress(_GZ)), "gzip file inside another"),
    "zip with an absolute path": (_zip(("/etc/a.tab", b"x")), "leads out of"),
    "zip with a path upwards": (_zip(("../a.tab", b"x")), "leads out of"),
    "zip with a path of Windows": (_zip(("C:\\a.tab", b"x")), "leads out of"),
    "zip with backslashes upwards": (_zip(("a\\..\\..\\b.tab", b"x")), "leads out of"),
    "zip in zip": (_zip(("a.zip", b"PK\x03\x04")), "no table"),
    "zip in zip under another name": (
        _zip(("a.tab", b"PK\x03\x04" + bytes(50))),
        "zip or workbook inside another",
    ),
    "zip without members": (_zip(), "no table"),
    "zip of pictures": (_zip(("a.png", b"x")), "no table"),
    "encrypted zip": (_zip_bytes(_encrypted), "encrypted"),
    "truncated zip": (_zip_bytes(lambda data: data[:-30]), "damaged zip"),
    "zip with a broken member": (
        _zip_bytes(lambda data: data[:60] + b"\xff" * 40 + data[100:]),
        "damaged archive",
    ),
    "zip with a lying size": (_zip_bytes(_lying_size), "damaged archive"),
    "zip packed unheard of": (_zip_bytes(_unknown_method), "zip compression"),
    "workbook": (_zip(("[Content_Types].xml", b"<a/>"), name="a.xlsx"), "workbook"),
    "zip bomb": (zip_bomb, "unpacks from"),
    "gzip bomb": (gzip_bomb, "longer than 1 MB|unpacks to more"),
    "ten megabytes in a line": (long_line, "longer than 1 MB"),
    "Parquet": (parquet, "Parquet"),
    "bzip2": (_bytes("a.tab", b"BZh91AY&SY" + bytes(30)), "bzip2"),
    "xz": (_bytes("a.tab", b"\xfd7zXZ\0" + bytes(30)), "xz"),
    "PDF": (_bytes("a.tab", b"%PDF-1.7\n" + bytes(30)), "PDF"),
    "page of an error": (_text("a.tab", "<html>404</html>\n"), "HTML"),
    "UTF-16": (_text("a.tab", GOOD, "utf-16"), "UTF-16"),
    "UTF-16 without a mark": (_text("a.tab", GOOD, "utf-16-le"), "binary"),
    "NUL bytes": (_bytes("a.tab", bytes(5000)), "empty file|binary"),
    "random bytes": (_bytes("a.tab", random.Random(2014).randbytes(5000)), "found"),
    "returns alone": (_text("a.tab", GOOD.replace("\n", "\r")), "carriage return"),
    "JSON": (_text("a.txt", '[{"id": "1", "date": "2014-06-10"}]\n'), "found JSON"),
    "prose": (
        _text("a.txt", "Dear all,\nthe data are on the disk.\nBest\n"),
        "expected",
    ),
    "wrong delimiter": (_text("a.tab", GOOD.replace("\t", "|")), "found 1 fields"),
    "columns missing": (
        _text("a.tab", GOOD.replace("Target Name", "Object")),
        "expected one of",
    ),
    "GDELT cut off": (
        _text("a.CSV", "\n".join(line[:50] for line in _GDELT.splitlines()) + "\n"),
        "expected one of",
    ),
    "m/d/Y in a layout of two minds": (
        _text(
            "a.tab",
            icews_text([icews_row(n, event_date="13/13/2014") for n in range(9)]),
        ),
        "none of 9 rows",
    ),
    "no code at all": (
        _text("a.tab", icews_text([icews_row(n, cameo_code="") for n in range(9)])),
        "none of 9 rows",
    ),
    "quotes that do not close": (
        _text("a.csv", _ACLED + '"ARD99,2023'),
        "do not balance",
    ),
    "text behind a quote": (
        _text("a.csv", _ACLED.replace('"A fight, it is said"', '"A fight" it', 1)),
        "do not balance",
    ),
    "quote over everything": (quote_bomb, "far too long|do not balance"),
    "WEIS as CAMEO, half": (
        _text(
            "a.txt",
            "790415\tUSA\tSAU\t0411\n" * 12_000 + "790415\tUSA\tSAU\t211\n" * 500,
        ),
        "WEIS",
    ),
    "ids without dictionaries": (
        _text("a.txt", "0\t1\t2\t24\n1\t1\t2\t48\n"),
        "--dictionary",
    ),
}
"""What must be refused with one clear error: writer, and words of the error."""

REJECTED: Final[dict[str, tuple[Write, int, int]]] = {
    "a good file": (_text("a.tab", GOOD), 20, 0),
    "a byte order mark": (_text("a.tab", GOOD, "utf-8-sig"), 20, 0),
    "line ends of Windows": (_text("a.tab", GOOD.replace("\n", "\r\n")), 20, 0),
    "no line end at the end": (_text("a.tab", GOOD.rstrip("\n")), 20, 0),
    "a link to a good file": (linked, 20, 0),
    "header alone": (_text("a.tab", "\t".join(ICEWS_NAMES) + "\n"), 0, 0),
    "header twice": (_line("\t".join(ICEWS_NAMES)), 20, 1),
    "an empty line": (_line(""), 20, 1),
    "blank lines at the end": (_text("a.tab", GOOD + "\n\n"), 20, 2),
    "too few fields": (_line("1\t2014-06-10\tArda"), 20, 1),
    "too many fields": (_line("\t".join([*icews_row(1), "more"])), 20, 1),
    "another file behind": (_line("a,b,c,d"), 20, 1),
    "a NUL in an actor": (_rows(icews_row(1, source_name="Ar\0da")), 10, 1),
    "mixed encodings": (_bytes("a.tab", _LATIN), 18, 2),
    "a date of another layout": (_rows(icews_row(1, event_date="6/10/2014")), 10, 1),
    "a day that does not exist": (_rows(icews_row(1, event_date="2014-02-30")), 10, 1),
    "a date in words": (_rows(icews_row(1, event_date="yesterday")), 10, 1),
    "a code of letters": (_rows(icews_row(1, cameo_code="AAA")), 10, 1),
    "a code of another scheme": (_rows(icews_row(1, cameo_code="223")), 10, 1),
    "a code as a number": (_rows(icews_row(1, cameo_code="40.0")), 10, 1),
    "a code of wide digits": (_rows(icews_row(1, cameo_code="０４０")), 10, 1),
    "nobody named": (_rows(icews_row(1, source_name="", target_name="NA")), 10, 1),
    "an intensity that is none": (_rows(icews_row(1, intensity="nan")), 11, 0),
    "a sentence beyond all numbers": (
        _rows(icews_row(1, sentence_number="9" * 30)),
        11,
        0,
    ),
    "ids that come twice": (_rows(icews_row(1), icews_row(1)), 12, 0),
    "columns moved about": (
        _text("a.tab", "\n".join(map("\t".join, _MOVED)) + "\n"),
        5,
        0,
    ),
    "a column more": (
        _text("a.tab", "\n".join(line + "\tx" for line in GOOD.splitlines()) + "\n"),
        20,
        0,
    ),
    "every year": (many_years, 1999, 0),
    "a row of GDELT cut off": (_text("a.CSV", _GDELT + _GDELT[:80]), 9, 1),
    "a type of violence unheard of": (
        _text("a.csv", _GED.replace(",Clear,2,", ",Clear,7,")),
        7,
        3,
    ),
    "text that is formula": (_rows(icews_row(1, source_name="=cmd|'/c'!A1")), 11, 0),
    "control characters": (_rows(icews_row(1, source_name="Ar\x1b[31mda")), 11, 0),
}
"""What is read row by row: writer, rows kept, rows rejected."""

HEAVY: Final[dict[str, Write]] = {
    "zip bomb": zip_bomb,
    "gzip bomb": gzip_bomb,
    "quote over everything": quote_bomb,
    "ten megabytes in a line": long_line,
    "two million empty lines": empty_lines,
    "many different texts": many_texts,
    "one row for ever": row_bomb,
}
"""What must not take more than a gigabyte of memory."""
