"""Where sentences begin and end, in code points."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from sentencex import get_sentence_boundaries


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text, 0-based and end-exclusive, in code points."""

    start: int
    end: int


@lru_cache(maxsize=32)
def sentences(text: str, language: str = "en") -> tuple[Span, ...]:
    """Sentences of a text without the white space around them, in order.

    Line breaks that stand alone do not end a sentence; empty lines do.

    Examples
    --------
    >>> text = "Mr. Arda left. Brun, he said, stayed."
    >>> [text[span.start : span.end] for span in sentences(text)]
    ['Mr. Arda left.', 'Brun, he said, stayed.']
    """
    found = []
    for part in get_sentence_boundaries(language.split("-")[0] or "en", text):
        start, end = part["start_index"], part["end_index"]
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            found.append(Span(start, end))
    return tuple(found)


def sentence_around(text: str, start: int, end: int, language: str = "en") -> Span:
    """From the sentence in which a stretch begins to the one in which it ends."""
    spans = sentences(text, language)
    if not spans:
        return Span(start, end)
    starts = [span.start for span in spans]
    first = max(0, bisect_right(starts, start) - 1)
    last = max(first, bisect_right(starts, max(start, end - 1)) - 1)
    return Span(min(start, spans[first].start), max(end, spans[last].end))
