"""Plain text and Markdown."""

from typing import Final

from cuibono.coding.documents.clean import cleaned
from cuibono.coding.documents.records import Document
from cuibono.errors import UsageError

_MARKS: Final = {
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """Text of some bytes, and what was done where they are not UTF-8.

    Raises
    ------
    UsageError
        If they are neither UTF-8 nor UTF-16 with a byte-order mark.
    """
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            try:
                return data.decode(encoding), "read as UTF-16"
            except UnicodeDecodeError as error:
                raise UsageError(
                    f"{name}: broken UTF-16 at byte {error.start}"
                ) from error
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{name}: byte 0x{data[error.start]:02X} at {error.start} is not UTF-8; "
            "save the document as UTF-8 text"
        ) from error


def read_plain(data: bytes, name: str) -> Document:
    """Document of a plain text.

    Raises
    ------
    UsageError
        If it is not text.
    """
    text, note = decoded(data, name)
    made = cleaned(text)
    return Document(text=made, form="text", note=_told(note, text, made))


def read_markdown(data: bytes, name: str) -> Document:
    """Document of a Markdown text, its marks left as they are.

    Quotes are anchored in what the author wrote; what a renderer makes of it varies.

    Raises
    ------
    UsageError
        If it is not text.
    """
    text, note = decoded(data, name)
    made = cleaned(text)
    title = next(
        (
            line.lstrip("# ").strip()
            for line in made.split("\n")
            if line.startswith("#")
        ),
        "",
    )
    told = _told(note, text, made)
    kept = "Markdown marks are kept as they are"
    return Document(
        text=made,
        form="markdown",
        note=f"{told}; {kept}" if told else kept,
        title=title,
    )


def _told(note: str, before: str, after: str) -> str:
    """What cleaning did, if anything beyond line ends."""
    gone = sum(before.count(mark) for mark in set(before) - set(after) - {"\r"})
    parts = [note] if note else []
    if gone:
        parts.append(f"{gone} control characters left out")
    return "; ".join(parts)
