"""Text without what is not text: line ends alike, control characters gone."""

import re
import unicodedata

_LINES = re.compile(r"\r\n?|\u2028|\x0b|\x0c")
_GAPS = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


def cleaned(text: str) -> str:
    r"""Text with line feeds for line ends and without control characters.

    Spaces within lines stay: a quote is found in them all the same. Tabs and the marks
    that join or part letters stay too; marks that turn the direction of writing do not.

    Examples
    --------
    >>> cleaned("\ufeffArda\r\nhelps\x00 Brun.  \r\n\r\n\r\n\r\nCor.")
    'Arda\nhelps Brun.\n\nCor.\n'
    """
    lines = _LINES.sub("\n", text.removeprefix("\ufeff"))
    plain = "".join(mark for mark in lines if _stays(mark))
    trimmed = "\n".join(line.rstrip() for line in plain.split("\n"))
    return _GAPS.sub("\n\n", trimmed).strip("\n") + "\n"


def _stays(mark: str) -> bool:
    """Whether a character belongs in a text."""
    if mark in "\n\t\u200c\u200d\u00ad":
        return True
    return unicodedata.category(mark) not in {"Cc", "Cf", "Cs", "Co"}
