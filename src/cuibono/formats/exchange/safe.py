"""Files from strangers: archives, JSON and XML are looked through before they are read."""

import io
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import defusedxml.ElementTree as SafeTree
from defusedxml import DefusedXmlException

from cuibono.formats.archives import archive_fault, shown
from cuibono.formats.exchange.intake import Intake
from cuibono.formats.limits import MOST_BYTES


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
