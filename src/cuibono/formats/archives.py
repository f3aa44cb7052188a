"""Zip archives from strangers: looked through before anything is unpacked."""

import re
import stat
import unicodedata
import zipfile
from pathlib import Path

MOST_ARCHIVE = 100_000_000
MOST_EXPANDED = 200_000_000
MOST_MEMBERS = 5_000
MOST_RATIO = 200
SMALL = 10_000_000
"""Archives that expand to less than this may be packed as tightly as they like."""
_NESTED = re.compile(r"\.(zip|qdpx|qdc|jar|7z|rar|tar|t?gz|bz2|xz|zst)$", re.IGNORECASE)
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def archive_fault(path: Path) -> str:
    """What is wrong with a zip archive, told before anything is unpacked, or nothing."""
    size = path.stat().st_size
    if size > MOST_ARCHIVE:
        return f"{size / 1e6:.0f} MB"
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        return f"no whole archive ({shown(error)})"
    if len(members) > MOST_MEMBERS:
        return f"an archive of {len(members)} members"
    names = [item.filename.casefold() for item in members]
    if len(set(names)) < len(names):
        twin = next(name for name in names if names.count(name) > 1)
        return f'"{shown(twin)}" twice in the archive'
    for item in members:
        if fault := _member_fault(item):
            return f'{fault} in the archive ("{shown(item.filename)}")'
    return _size_fault(members, size)


def _member_fault(item: zipfile.ZipInfo) -> str:
    """What is wrong with one member, or nothing."""
    # The name as stored: ZipFile cuts it at a NUL and turns separators round.
    name = getattr(item, "orig_filename", item.filename)
    parts = name.replace("\\", "/").split("/")
    if "\\" in name or "\x00" in name or ".." in parts:
        return "a path that leads out"
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return "an absolute path"
    kind = item.external_attr >> 16
    if kind and stat.S_IFMT(kind) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "a link or device"
    if item.flag_bits & 0x1:
        return "an encrypted member"
    if item.compress_type not in _METHODS:
        return "an unusual packing"
    if _NESTED.search(name):
        return "an archive"
    return ""


def _size_fault(members: list[zipfile.ZipInfo], size: int) -> str:
    """Whether an archive would expand beyond reason."""
    packed = sum(item.compress_size for item in members)
    expanded = sum(item.file_size for item in members)
    if packed > size:
        return "members that overlap"
    if expanded > MOST_EXPANDED:
        return f"{expanded / 1e6:.0f} MB once expanded"
    if expanded > SMALL and expanded / max(1, packed) > MOST_RATIO:
        return f"a file that expands {expanded // max(1, packed)} times"
    return ""


MOST_SHOWN = 60
"""Characters of a stranger's text that a message repeats."""


def shown(text: object) -> str:
    r"""Text from outside, short and without control characters, for a message.

    Examples
    --------
    >>> shown("a\x1b[31m")
    'a?[31m'
    """
    plain = "".join(
        mark if unicodedata.category(mark)[0] != "C" else "?" for mark in str(text)
    )
    return plain if len(plain) <= MOST_SHOWN else plain[: MOST_SHOWN - 3] + "..."
