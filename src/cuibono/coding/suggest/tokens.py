"""Words and marks of a sentence, with their places."""

import re
from dataclasses import dataclass
from typing import Final

from cuibono.claims.names import folded_name

MOST_LETTERS: Final = 64
"""A longer word is no name and no verb; its place is kept, its letters are not."""

_TOKEN: Final = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)+|\w+(?:[-\u2019'/]\w+)*|[^\w\s]"
)
_POSSESSIVE: Final = re.compile(r"^(.+)(['\u2019]s)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark as written, its folded form, and its place in the text."""

    text: str
    word: str
    start: int
    end: int


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Words and marks of a stretch of text; a possessive ending is a token of its own.

    Examples
    --------
    >>> [token.word for token in tokens("Arda's U.S. aid, co-run")]
    ['arda', "'s", 'u.s.', 'aid', ',', 'co-run']
    """
    found = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        written = match[0]
        if len(written) > MOST_LETTERS:
            found.append(Token("", "", match.start(), match.end()))
            continue
        owner = _POSSESSIVE.match(written)
        if owner is None:
            found.append(_token(written, match.start()))
            continue
        found.append(_token(owner[1], match.start()))
        found.append(_token(owner[2], match.start() + len(owner[1])))
    return found


def _token(written: str, start: int) -> Token:
    """Token of some characters at a place."""
    return Token(written, folded_name(written), start, start + len(written))
