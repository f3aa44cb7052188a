"""Which reader a document gets: by its first bytes, then by its name."""

from collections.abc import Callable
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from cuibono.coding.documents.docx import read_docx
from cuibono.coding.documents.html import read_html
from cuibono.coding.documents.pdf import read_pdf
from cuibono.coding.documents.plain import read_markdown, read_plain
from cuibono.coding.documents.records import MOST_BYTES, MOST_TEXT, Document
from cuibono.errors import UsageError

READERS: Final[MappingProxyType[str, Callable[[bytes, str], Document]]] = (
    MappingProxyType(
        {
            "text": read_plain,
            "markdown": read_markdown,
            "html": read_html,
            "pdf": read_pdf,
            "docx": read_docx,
        }
    )
)
"""Form to reader: add one here and nowhere else."""

_SUFFIXES: Final = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}


def form_of(data: bytes, name: str) -> str:
    """Form of a document.

    Raises
    ------
    UsageError
        If nothing reads it.

    Examples
    --------
    >>> form_of(b"%PDF-1.7", "a.txt"), form_of(b"<!doctype html>", ""), form_of(b"x", "")
    ('pdf', 'html', 'text')
    """
    start = data[:512].lstrip().lower()
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    if start.startswith((b"<!doctype html", b"<html")):
        return "html"
    suffix = PurePath(name).suffix.lower()
    if suffix in {".pdf", ".docx"}:
        raise UsageError(f"{name} is named {suffix} and is none")
    if suffix and suffix not in _SUFFIXES and b"\x00" in data[:4096]:
        raise UsageError(f"{name}: no text; {', '.join(READERS)} are read")
    return _SUFFIXES.get(suffix, "text")


def read_document(data: bytes, name: str) -> Document:
    """A document as clean text.

    Raises
    ------
    UsageError
        If it is too large, of a form that nothing reads, broken, or empty.
    """
    if len(data) > MOST_BYTES:
        raise UsageError(
            f"{name} has {len(data) / 1e6:.0f} MB; at most {MOST_BYTES / 1e6:.0f} MB"
        )
    found = READERS[form_of(data, name)](data, name)
    if not found.text.strip():
        raise UsageError(f"{name} has no text")
    if len(found.text) > MOST_TEXT:
        raise UsageError(f"{name} becomes more than {MOST_TEXT:,} characters")
    return found
