"""HTML: what a reader sees, without scripts, styles and navigation."""

from typing import Any, Final

from cuibono.coding.documents.clean import cleaned
from cuibono.coding.documents.plain import decoded
from cuibono.coding.documents.records import Document
from cuibono.errors import UsageError

_UNSEEN: Final = ("script", "style", "noscript", "template", "svg", "iframe", "head")
_AROUND: Final = ("nav", "aside", "footer", "form", "button")
_BLOCKS: Final = (
    "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section",
    "article", "ul", "ol", "table", "figure", "figcaption", "pre", "dt", "dd",
)  # fmt: skip


def read_html(data: bytes, name: str) -> Document:
    """Document of a page: paragraphs as lines, entities resolved, nothing fetched.

    Raises
    ------
    UsageError
        If the extra `docs` is missing, or the bytes are not text.
    """
    try:
        from bs4 import BeautifulSoup
    except ImportError as error:
        raise UsageError(
            'needs the extra "docs": pip install "cuibono[docs]"'
        ) from error
    text, note = decoded(data, name)
    page = BeautifulSoup(text, "html.parser")
    facts = _facts(page)
    gone = 0
    for tag in page.find_all([*_UNSEEN, *_AROUND]):
        gone += tag.name in _AROUND
        tag.decompose()
    body = page.find("article") or page.find("main") or page.body or page
    made = cleaned(_text(body))
    parts = [note, "converted from HTML"]
    if gone:
        parts.append(f"{gone} parts around the text (menus, forms, asides) left out")
    told = "; ".join(part for part in parts if part)
    return Document(text=made, form="html", note=told, **facts)


def _text(body: Any) -> str:
    """Text with line ends where blocks end."""
    for tag in body.find_all("br"):
        tag.replace_with("\n")
    for tag in body.find_all(_BLOCKS):
        tag.insert_before("\n\n")
        tag.insert_after("\n\n")
    lines = (" ".join(line.split()) for line in body.get_text().split("\n"))
    return "\n".join(lines)


def _facts(page: Any) -> dict[str, str]:
    """Title, author, date and language that the page states."""
    title = page.title.get_text() if page.title else ""
    root = page.find("html")
    return {
        "title": " ".join(title.split())[:300],
        "author": _meta(page, "author", "article:author"),
        "date": _meta(page, "article:published_time", "date")[:10],
        "language": str(root.get("lang", ""))[:35] if root else "",
    }


def _meta(page: Any, *names: str) -> str:
    """Content of the first of some meta elements."""
    for name in names:
        for key in ("name", "property"):
            tag = page.find("meta", attrs={key: name})
            if tag and tag.get("content"):
                return " ".join(str(tag["content"]).split())[:300]
    return ""
