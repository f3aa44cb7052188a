"""The beginning of a file, as the importers look at it to tell its format."""

import csv
from dataclasses import dataclass
from functools import cached_property

from cuibono.errors import UsageError

BYTES = 1 << 18
"""How much of a file is looked at."""

_MAGIC = (
    (b"PAR1", "a Parquet file"),
    (b"\x1f\x8b", "a gzip file inside another archive"),
    (b"PK\x03\x04", "a zip or workbook inside another archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"%PDF", "a PDF file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
    (b"<", "HTML or XML, perhaps an error page of the download"),
)


@dataclass(frozen=True)
class Sample:
    """First lines of a file.

    Attributes
    ----------
    name : str
        File, and member of the archive.
    lines : tuple of str
        Complete lines without their ends, bytes that are not UTF-8 replaced.
    whole : bool
        Whether they are all there is.
    folder : str
        Name of the folder of the file.
    """

    name: str
    lines: tuple[str, ...]
    whole: bool
    folder: str = ""

    @cached_property
    def delimiter(self) -> str:
        """Tab, comma or semicolon: the one that the first line has most of."""
        first = self.lines[0]
        return max("\t,;", key=first.count)

    @cached_property
    def quoted(self) -> bool:
        """Whether fields stand in double quotes (commas always allow it)."""
        if self.delimiter != "\t":
            return True
        fields = [field for line in self.lines[:50] for field in line.split("\t")]
        whole = sum(len(field) > 1 and field[0] == field[-1] == '"' for field in fields)
        return whole > len(self.lines[:50])

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Fields of the first line in lower case, words joined by `_`."""
        return tuple(
            "_".join(field.strip().casefold().replace("_", " ").split())
            for field in self.rows[0]
        )

    @cached_property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Fields of the first lines."""
        if not self.quoted:
            return tuple(tuple(line.split(self.delimiter)) for line in self.lines)
        try:
            return tuple(map(tuple, csv.reader(self.lines, delimiter=self.delimiter)))
        except csv.Error:
            return tuple(tuple(line.split(self.delimiter)) for line in self.lines)

    def column(self, at: int, header: int = 1) -> tuple[str, ...]:
        """Texts of one column below the header that are not empty."""
        return tuple(
            row[at].strip() for row in self.rows[header:] if len(row) > at and row[at]
        )


def sampled(name: str, data: bytes, *, whole: bool, folder: str = "") -> Sample:
    """Beginning of a file as lines.

    Raises
    ------
    UsageError
        If it is no table of text.
    """
    if not data.strip():
        raise UsageError(f"{name}: found an empty file, expected events")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UsageError(
                f"{name}: found {what}, expected a table of text in UTF-8 "
                "(.csv, .tab, .tsv, .txt, also in .gz or .zip)"
            )
    if data.count(b"\0") > len(data) // 100:
        raise UsageError(
            f"{name}: found binary data, expected a table of text in UTF-8"
        )
    if b"\n" not in data:
        if b"\r" in data:
            raise UsageError(
                f"{name}: found lines that end in a carriage return alone, expected "
                "line feeds. Save the file again with Unix or Windows line ends"
            )
        if not whole:
            raise UsageError(
                f"{name}: found no line end in the first {len(data)} bytes"
            )
    text = data.decode("utf-8-sig", errors="replace")
    lines = text.split("\n")
    if not whole:
        lines = lines[:-1]
    elif not lines[-1]:
        lines.pop()
    if lines[0].lstrip().startswith(("[", "{")) and '"' in text[:500]:
        raise UsageError(f"{name}: {_about_json(text)}")
    return Sample(name, tuple(line.removesuffix("\r") for line in lines), whole, folder)


def _about_json(text: str) -> str:
    """What to say of a JSON file."""
    if "PLOVER-GSR" in text:
        return (
            "found the PLOVER gold standard (sentences with the codes they should get, "
            "for testing coders), which holds no dated record of events to import"
        )
    return "found JSON, expected a table of text (.csv, .tab, .tsv, .txt)"
