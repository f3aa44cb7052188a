"""Words in a sentence that may turn, attribute or weaken what is quoted from it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cuibono.coding.sentences import Span, sentence_around


class Cue(StrEnum):
    """What a word may do to a proposition."""

    NEGATION = "negation"
    ATTRIBUTION = "attribution"
    HEDGE = "hedge"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True, kw_only=True)
class CueFound:
    """A cue word with its place, and whether the quote leaves it out."""

    kind: Cue
    word: str
    start: int
    end: int
    outside: bool


_NEGATION = r"""
not no never nor neither none nobody nothing without cannot hardly barely scarcely
denie[sd] deny(?:ing)? refrain(?:s|ed|ing)? unable unwilling less \w+n['’]t
fail(?:s|ed|ing)?_to failure_to refus(?:es?|ed|ing|al)_to declin(?:es?|ed|ing)_to far_from
rather_than instead_of hard_to_(?:imagine|believe) no_longer stop(?:s|ped)?_short
"""
_ATTRIBUTION = r"""
say(?:s|ing)? said claim(?:s|ed|ing)? argu(?:es?|ed|ing) allege[sd]? allegedly
according_to reported(?:ly)? report(?:s|ing)? believe[sd]? believing think(?:s|ing)?
thought told tell(?:s|ing)? insist(?:s|ed)? assert(?:s|ed)? maintain(?:s|ed)?
contend(?:s|ed)? suggest(?:s|ed)? accus(?:es?|ed|ing) profess(?:es|ed)?
pretend(?:s|ed)? purport(?:s|ed|edly)? supposed(?:ly)? so-called some many critics
observers analysts conclude[sd]? describe[sd]? portray(?:s|ed)? pretext banner
present(?:s|ed)?_(?:itself|themselves|himself|herself) under_the_guise vow(?:s|ed)?
promise[sd]? pledge[sd]?
"""
_HEDGE = r"""
may might could would perhaps possibly probably likely unlikely apparently
seem(?:s|ed|ingly)? appear(?:s|ed)?_to if unless should can expected_to
threaten(?:s|ed|ing)?_to
"""
_CONTRAST = "but however although though despite yet while whereas only except"
_WORDS: Final = {
    Cue.NEGATION: _NEGATION,
    Cue.ATTRIBUTION: _ATTRIBUTION,
    Cue.HEDGE: _HEDGE,
    Cue.CONTRAST: _CONTRAST,
}


def _pattern(listed: str) -> re.Pattern[str]:
    """Any of some words; an underscore stands for white space."""
    words = "|".join(listed.split()).replace("_", r"\s+")
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


_PATTERNS: Final = {kind: _pattern(listed) for kind, listed in _WORDS.items()}


def cues(text: str, start: int, end: int, language: str = "en") -> tuple[CueFound, ...]:
    """Cue words of the whole sentence around a quote, in the order of the text.

    Parameters
    ----------
    text : str
        The document.
    start, end : int
        Where the quote stands.
    language : str
        Of the text; the words are English, and no others are known.

    Examples
    --------
    >>> text = "Some say that Arda does not help Brun."
    >>> [(cue.word, cue.outside) for cue in cues(text, 14, 37)]
    [('Some', True), ('say', True), ('not', False)]
    """
    if language and not language.lower().startswith("en"):
        return ()
    around = sentence_around(text, start, end, language or "en")
    found = [
        CueFound(
            kind=kind,
            word=match[0],
            start=match.start(),
            end=match.end(),
            outside=not (start <= match.start() and match.end() <= end),
        )
        for kind, pattern in _PATTERNS.items()
        for match in pattern.finditer(text, around.start, around.end)
    ]
    return tuple(sorted(found, key=lambda one: (one.start, one.kind)))


def cut_before(
    text: str, start: int, end: int, language: str = "en"
) -> tuple[CueFound, ...]:
    """Cues that a quote leaves out of its own sentence: it may be cut.

    A true quote from which the "not" or the "some say" was cut passes any comparison
    with the text; only the whole sentence shows it.
    """
    found = cues(text, start, end, language)
    return tuple(one for one in found if one.outside and one.kind is not Cue.CONTRAST)


def whole_sentence(text: str, span: Span, language: str = "en") -> str:
    """Words of the sentences that a stretch touches."""
    around = sentence_around(text, span.start, span.end, language)
    return text[around.start : around.end]
