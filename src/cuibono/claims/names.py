"""Names in any script: folding for look-up, aliases, and controls refused in them."""

import difflib
import unicodedata
from collections.abc import Iterable

from cuibono.claims.records import Node

BIDI_CONTROLS = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
)
"""Marks that can make one name read as another."""


def clean_name(text: str) -> str:
    """Name in composed form (NFC) with outer and repeated spaces removed.

    Examples
    --------
    >>> clean_name("  Cafe\u0301   Brun ")
    'Café Brun'
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def folded_name(text: str) -> str:
    """Form under which two spellings of one name are equal.

    Examples
    --------
    >>> folded_name("ARDA\u2019s  Guard") == folded_name("arda's guard")
    True
    """
    form = unicodedata.normalize("NFKC", text).translate({0x2019: "'", 0x2018: "'"})
    return " ".join(form.casefold().split())


def refused_characters(text: str) -> list[str]:
    """Control and bidirectional characters in a text, as `U+202E` words."""
    bad = [
        mark
        for mark in text
        if mark in BIDI_CONTROLS
        or (unicodedata.category(mark) == "Cc" and mark not in "\t\n\r")
        or unicodedata.category(mark) in {"Cs", "Cn"}
    ]
    return [f"U+{ord(mark):04X}" for mark in dict.fromkeys(bad)]


def alias_table(nodes: Iterable[Node]) -> dict[str, str]:
    """Node id by every folded id, label and alias; ids win over labels over aliases."""
    table: dict[str, str] = {}
    ordered = list(nodes)
    for node in ordered:
        table.setdefault(folded_name(node.id), node.id)
    for node in ordered:
        table.setdefault(folded_name(node.label), node.id)
    for node in ordered:
        for alias in node.aliases:
            table.setdefault(folded_name(alias), node.id)
    return table


def nearest(word: str, known: Iterable[str]) -> str:
    """Nearest known word, as a question to append to a message, or nothing.

    Examples
    --------
    >>> nearest("asserts", ["asserted", "reported"])
    'did you mean "asserted"?'
    """
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else ""
