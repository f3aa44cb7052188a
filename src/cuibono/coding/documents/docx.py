"""DOCX: paragraphs and tables in the order of the document."""

import io
import zipfile
from typing import Any, Final

from cuibono.coding.documents.clean import cleaned
from cuibono.coding.documents.records import Document
from cuibono.errors import UsageError

MOST_EXPANDED: Final = 200_000_000
_PARAGRAPH: Final = "}p"
_TABLE: Final = "}tbl"


def read_docx(data: bytes, name: str) -> Document:
    """Document of a DOCX file; footnotes, comments and pictures are left out.

    Raises
    ------
    UsageError
        If the extra `docs` is missing, or the file is broken or expands too far.
    """
    try:
        import docx
    except ImportError as error:
        raise UsageError(
            'needs the extra "docs": pip install "cuibono[docs]"'
        ) from error
    _check(data, name)
    try:
        found = docx.Document(io.BytesIO(data))
        text = "\n\n".join(_blocks(found))
        facts = found.core_properties
        stated = {"title": facts.title or "", "author": facts.author or ""}
    except (KeyError, ValueError, TypeError, AttributeError, SyntaxError) as error:
        raise UsageError(
            f"{name} cannot be read as DOCX ({type(error).__name__}); save it again"
        ) from error
    made = cleaned(text)
    if not made.strip():
        raise UsageError(f"{name} has no text")
    return Document(
        text=made,
        form="docx",
        note="converted from DOCX; footnotes, comments, pictures left out",
        **{key: " ".join(value.split())[:300] for key, value in stated.items()},
    )


def _check(data: bytes, name: str) -> None:
    """Refuse what is no archive, or expands too far, before anything is unpacked.

    Raises
    ------
    UsageError
        Saying which.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(one.file_size for one in archive.infolist())
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UsageError(f"{name} is no DOCX file (a broken archive)") from error
    if size > MOST_EXPANDED:
        raise UsageError(f"{name} expands to {size / 1e6:.0f} MB; refused")
    if "word/document.xml" not in names:
        raise UsageError(f"{name} is no DOCX file (it has no word/document.xml)")


def _blocks(found: Any) -> list[str]:
    """Paragraphs and table rows, in order."""
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    parts = []
    for block in found.element.body.iterchildren():
        if block.tag.endswith(_PARAGRAPH):
            parts.append(Paragraph(block, found).text)
        elif block.tag.endswith(_TABLE):
            rows = Table(block, found).rows
            parts += ["\t".join(cell.text for cell in row.cells) for row in rows]
    return parts
