"""PDF: the text layer, page by page; a scan has none."""

import io
import re

from cuibono.coding.documents.clean import cleaned
from cuibono.coding.documents.records import MOST_TEXT, Document
from cuibono.errors import UsageError

MOST_PAGES = 2000
_HYPHEN = re.compile(r"(\w)[-\u2010]\n(?=[a-z])")


def read_pdf(data: bytes, name: str) -> Document:
    """Document of a PDF; words parted at line ends are joined.

    Raises
    ------
    UsageError
        If the extra `docs` is missing, or the file is broken, encrypted, too long, or
        has no text.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise UsageError(
            'needs the extra "docs": pip install "cuibono[docs]"'
        ) from error
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UsageError(f"{name} is encrypted; save it without a password")
        pages = len(reader.pages)
        if pages > MOST_PAGES:
            raise UsageError(f"{name} has {pages} pages; at most {MOST_PAGES} are read")
        text = _pages(reader, name)
        facts = reader.metadata
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
        OSError,
    ) as error:
        raise UsageError(
            f"{name} cannot be read as PDF ({type(error).__name__}); save it again"
        ) from error
    joined, number = _HYPHEN.subn(r"\1", text)
    made = cleaned(joined)
    if not made.strip():
        raise UsageError(
            f"{name} has no text layer (a scan?): recognise the text first"
        )
    note = f"converted from PDF, {pages} pages; the order of columns is the file's"
    if number:
        note += f"; {number} words joined over line ends"
    return Document(
        text=made,
        form="pdf",
        note=note,
        title=" ".join(str((facts.title if facts else "") or "").split())[:300],
        author=" ".join(str((facts.author if facts else "") or "").split())[:300],
    )


def _pages(reader: object, name: str) -> str:
    """Text of all pages.

    Raises
    ------
    UsageError
        If it grows too long.
    """
    parts: list[str] = []
    length = 0
    for page in reader.pages:  # type: ignore[attr-defined]
        part = page.extract_text() or ""
        length += len(part)
        if length > MOST_TEXT:
            raise UsageError(f"{name} becomes more than {MOST_TEXT:,} characters")
        parts.append(part)
    return "\n\n".join(parts)
