"""Texts as TOML writes them."""

from collections.abc import Iterable
from typing import Final

_QUOTED: Final = {
    ord("\\"): "\\\\",
    ord('"'): '\\"',
    ord("\n"): "\\n",
}


def toml_text(value: str) -> str:
    r"""Text between quotation marks.

    Examples
    --------
    >>> toml_text('a "b"')
    '"a \\"b\\""'
    """
    return f'"{value.translate(_QUOTED)}"'


def toml_texts(values: Iterable[str]) -> str:
    """List of texts."""
    return f"[{', '.join(map(toml_text, values))}]"
