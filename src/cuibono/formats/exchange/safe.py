"""Files from strangers: archives, JSON and XML are looked through before they are read."""

import io
import json
import re
import stat
import zipfile
import zlib
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import defusedxml.ElementTree as SafeTree
from defusedxml import DefusedXmlException

from cuibono.formats.exchange.intake import Intake, shown
from cuibono.formats.limits import MOST_BYTES

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


def open_archive(path: Path, intake: Intake) -> zipfile.ZipFile:
    """Archive that was looked through.

    Raises
    ------
    ForeignFileError
        If anything in it is out of order.
    """
    if fault := archive_fault(path):
        intake.refuse(fault, "a plain archive of sane size")
    return zipfile.ZipFile(path)


def member(archive: zipfile.ZipFile, name: str, intake: Intake) -> bytes:
    """Content of a member, never more than it declares and a case may hold.

    Raises
    ------
    ForeignFileError
        If it is too large or broken.
    """
    item = archive.getinfo(name)
    if item.file_size > MOST_BYTES:
        found = f'{item.file_size / 1e6:.0f} MB in "{shown(name)}"'
        intake.refuse(found, f"at most {MOST_BYTES / 1e6:.0f} MB")
    try:
        with archive.open(item) as stream:
            data = stream.read(MOST_BYTES + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        intake.refuse(f'"{shown(name)}" broken ({shown(error)})', "a whole archive")
    if len(data) != item.file_size:
        intake.refuse(f'"{shown(name)}" of another size than stated', "a whole archive")
    return data


def file_bytes(path: Path, intake: Intake) -> bytes:
    """Content of a plain file of sane size.

    Raises
    ------
    ForeignFileError
        If there is no such file, or it is too large.
    """
    if not path.is_file():
        intake.refuse("no such file", "a file")
    size = path.stat().st_size
    if size > MOST_BYTES:
        found = f"{size / 1e6:.0f} MB"
        intake.refuse(found, f"at most {MOST_BYTES / 1e6:.0f} MB")
    return path.read_bytes()


def plain_text(data: bytes, intake: Intake, what: str = "the file") -> str:
    """UTF-8 text of some bytes; a byte-order mark is dropped.

    Raises
    ------
    ForeignFileError
        If it is no text.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"byte 0x{data[error.start]:02X} in {shown(what)}, which is not UTF-8"
        intake.refuse(found, "UTF-8 text")
    if "\x00" in text:
        intake.refuse(f"a NUL character in {shown(what)}", "plain text")
    return text


def json_value(text: str, intake: Intake, where: str = "") -> Any:
    """Value of a JSON text: no key twice, no NaN, no half characters, no deep nests.

    Raises
    ------
    ForeignFileError
        If it is broken.
    """
    try:
        value = json.loads(text, object_pairs_hook=_no_twins, parse_constant=_no_number)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "") or shown(error)
        if isinstance(error, RecursionError):
            reason = "nested too deeply"
        if isinstance(error, UnicodeEncodeError):
            reason = "half a character"
        intake.refuse(f"broken JSON{where} ({reason})", "whole JSON")
    return value


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Object in which no key comes twice.

    Raises
    ------
    ValueError
        If one does.
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key twice in one object")
    return found


def _no_number(word: str) -> None:
    """Refuse NaN and infinities, which are no JSON.

    Raises
    ------
    ValueError
        Always.
    """
    raise ValueError(f"{word}, which is no JSON number")


def xml_root(data: bytes, intake: Intake) -> Element:
    """Root of an XML document without a document type or entities.

    Raises
    ------
    ForeignFileError
        If it is broken or declares any.
    """
    try:
        root: Element = SafeTree.parse(io.BytesIO(data), forbid_dtd=True).getroot()
    except (SafeTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        found = f"no plain XML ({type(error).__name__})"
        intake.refuse(found, "XML without a document type or entities")
    return root
