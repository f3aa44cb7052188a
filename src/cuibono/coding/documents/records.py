"""What a document becomes."""

from dataclasses import dataclass

MOST_BYTES = 20_000_000
"""Largest document that is read."""

MOST_TEXT = 5_000_000
"""Longest text that a document may become, in code points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as text.

    Attributes
    ----------
    text : str
        Clean text: line ends are line feeds, no control characters.
    form : str
        Name of the form that it was read from.
    note : str
        What conversion did and lost, in a sentence; empty if nothing.
    title, author, date, language : str
        As the document states them itself; empty where it does not.
    """

    text: str
    form: str
    note: str = ""
    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
