"""Quotes against texts: folding that forgives typography and nothing else."""

import hashlib
import unicodedata

from cuibono.claims.records import Anchor

CONTEXT = 32
"""Code points kept before and after a quote."""

_QUOTES = {
    **dict.fromkeys("‘’‚‛′`´ʼ", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


def fold(text: str) -> str:
    r"""Text with compatibility forms, quotes, dashes and spaces made alike.

    Letters and their case are kept, so that folding never makes two different words
    equal. Zero-width and soft-hyphen marks are dropped.

    Examples
    --------
    >>> fold("\u201cArda\u00a0\u2013 and\n Brun\u201d")
    '"Arda - and Brun"'
    """
    marks = "".join(_QUOTES.get(mark, mark) for mark in text if mark not in _DROPPED)
    plain = unicodedata.normalize("NFKC", marks)
    return " ".join("".join(_QUOTES.get(mark, mark) for mark in plain).split())


def quote_sha256(quote: str) -> str:
    """SHA-256 of a folded quote, in hexadecimal."""
    return hashlib.sha256(fold(quote).encode()).hexdigest()


def text_sha256(data: bytes) -> str:
    """SHA-256 of a file as it lies on disk, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def anchor_at(text: str, start: int, end: int, *, keep: bool) -> Anchor:
    """Anchor of a stretch of text; without `keep` only position and hash.

    Raises
    ------
    ValueError
        If the positions do not lie in the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"positions {start} to {end} lie outside 0 to {len(text)}")
    exact = text[start:end]
    if not keep:
        return Anchor(start=start, end=end, exact_sha256=quote_sha256(exact))
    return Anchor(
        start=start,
        end=end,
        exact=exact,
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        exact_sha256=quote_sha256(exact),
    )


def holds_in(anchor: Anchor, text: str) -> bool:
    """Whether the anchor's quote stands at its position in the text.

    A quote that was kept is compared folded; one that was not, by its hash.
    """
    if not 0 <= anchor.start < anchor.end <= len(text):
        return False
    found = text[anchor.start : anchor.end]
    if anchor.exact and fold(found) != fold(anchor.exact):
        return False
    if anchor.exact_sha256:
        return quote_sha256(found) == anchor.exact_sha256
    return bool(anchor.exact)
