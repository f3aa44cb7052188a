"""Suggestions of a text by rule: sentence by sentence, each with its verified place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from cuibono.claims.quotes import fold
from cuibono.claims.records import Case, Node
from cuibono.coding.cues import CueFound, cues, cut_before
from cuibono.coding.sentences import Span, sentences
from cuibono.coding.suggest.anaphora import Context
from cuibono.coding.suggest.items import Item
from cuibono.coding.suggest.names import case_names
from cuibono.coding.suggest.reading import Read
from cuibono.coding.suggest.records import Suggestion, Tier, suggestion_id
from cuibono.coding.suggest.sentence import Lexicons, sentence_rows
from cuibono.coding.suggest.tokens import tokens
from cuibono.coding.suggest.variants import case_variants

_SURROGATES: Final = re.compile("[\ud800-\udfff]")

MOST_CHARACTERS: Final = 2_000
"""A longer sentence is none: a table, a list, or text without marks."""

MOST_WORDS: Final = 250
"""Words and marks of the longest sentence that is read."""

BLOCK: Final = 20_000
"""Characters after which a text without empty lines is cut, to bound the work."""


def suggest(
    text: str, nodes: Iterable[Node], source: str = "", language: str = "en"
) -> tuple[Suggestion, ...]:
    """Propositions that a text may put forward about the nodes of a case.

    Parameters
    ----------
    text : str
        The document.
    nodes : iterable of Node
        Who and what is named: labels and aliases.
    source : str
        Id of the source, for the suggestions' ids.
    language : str
        Of the text. The lexicon is English: another language gives none.

    Returns
    -------
    tuple of Suggestion
        In the order of the text; the same text gives the same ones.

    Examples
    --------
    >>> from cuibono.claims.words import NodeKind
    >>> known = [Node(id=name, label=name.title(), kind=NodeKind.ACTOR)
    ...          for name in ("arda", "brun")]
    >>> [(one.subject, one.predicate, one.object, one.sign.value, one.tier.value)
    ...  for one in suggest("Arda vowed to help fight Brun.", known)]
    [('arda', 'opposes', 'brun', '-', 'confident')]
    """
    if language and not language.lower().startswith("en"):
        return ()
    known = tuple(nodes)
    names = case_names(known)
    lexicons = Lexicons(names, case_variants(known, names))
    found: list[Suggestion] = []
    # Half of a surrogate pair is no text; what quotes one does not stand in the text.
    for start, block in blocks(_SURROGATES.sub("\ufffd", text)):
        context = Context()
        for span in sentences(block):
            if span.end - span.start > MOST_CHARACTERS:
                context = replace(context, about="")
                continue
            made, context = _of_sentence(
                block, span, lexicons, context, (source, start)
            )
            found += [one for one in made if text[one.start : one.end] == one.quote]
    return tuple(
        sorted(found, key=lambda one: (one.start, one.end, one.subject, one.object))
    )


def suggest_for(case: Case, texts: dict[str, str]) -> dict[str, tuple[Suggestion, ...]]:
    """Suggestions by source, for those sources whose text is at hand."""
    return {
        source.id: suggest(texts[source.id], case.nodes, source.id, source.language)
        for source in case.sources
        if source.id in texts
    }


def blocks(text: str) -> Iterator[tuple[int, str]]:
    """Parts of a text with their places, cut at empty lines where it is long.

    Examples
    --------
    >>> list(blocks("Arda left."))
    [(0, 'Arda left.')]
    """
    start = 0
    while start < len(text):
        end = min(len(text), start + BLOCK)
        if end < len(text):
            cuts = (text.rfind(mark, start + 1, end) for mark in ("\n\n", ". ", "\n"))
            cut = next((place for place in cuts if place > start), None)
            end = end if cut is None else cut + 1
        yield start, text[start:end]
        start = end


def _of_sentence(
    text: str,
    span: Span,
    lexicons: Lexicons,
    context: Context,
    origin: tuple[str, int],
) -> tuple[list[Suggestion], Context]:
    """Suggestions that a sentence gives, and what it leaves in mind."""
    words = tokens(text, span.start, span.end)
    if len(words) > MOST_WORDS:
        return [], context
    rows, after = sentence_rows(words, lexicons, context)
    made = [
        _suggestion(text, row.items, read, origin, lexicons.names.actors)
        for row in rows
        for read in row.reads
    ]
    return [one for one in made if one is not None], after


def _suggestion(
    text: str,
    items: list[Item],
    read: Read,
    origin: tuple[str, int],
    actors: frozenset[str],
) -> Suggestion | None:
    """Suggestion of a reading, if its words stand where they are said to."""
    source, offset = origin
    places = (read.subject, read.object, read.trigger)
    start = min(items[at].start for at in places)
    end = max(items[at].end for at in places)
    quote = text[start:end]
    if not fold(quote):
        return None
    subject, other = items[read.subject].node, items[read.object].node
    predicate = read.predicate
    if predicate == "causes" and other in actors:
        predicate = "enables"  # a party is helped, not brought about
    at = (start + offset, end + offset)
    return Suggestion(
        id=suggestion_id(source, *at, subject, predicate, other, read.sign),
        source=source,
        start=at[0],
        end=at[1],
        quote=quote,
        subject=subject,
        predicate=predicate,
        object=other,
        sign=read.sign,
        tier=Tier.POSSIBLE if read.doubts else Tier.CONFIDENT,
        reason=_reason(read),
        cues=tuple(_moved(cue, offset) for cue in cues(text, start, end)),
        warnings=_warnings(text, items, read, start, end),
    )


def _reason(read: Read) -> str:
    """Why it is suggested, in plain words."""
    said = {
        "verb": f'the verb "{read.word}" between subject and object',
        "passive": f'the verb "{read.word}" in the passive',
        "noun": f'the noun "{read.word}" with whom it is of and whom it is for',
        "part": f'the noun "{read.word}" says that one belongs to the other',
        "mutual": f'the verb "{read.word}" of two parties together',
        "demand": f'"{read.word}" what the other must do',
        "loose": f'"{read.word}" stands between the two',
        "pretext": f'the noun "{read.word}" gives a reason for something else',
        "owned": f'"{read.word}" is named as belonging to another',
        "owner": f'"{read.word}" is named as the doing of its owner',
        "place": f'"{read.word}" does harm where it is',
        "into": f'"{read.word}" into what it is brought',
        "compound": f'"{read.word}" ties the one to the other',
        "between": f'the noun "{read.word}" between the two',
        "blame": f'"{read.word}" says who brought it about',
        "condition": f'"{read.word}" makes one the condition of the other',
        "member": f'"{read.word}" names one of them',
    }[read.pattern]
    return said if not read.doubts else f"{said}; doubtful: {', '.join(read.doubts)}"


def _warnings(
    text: str, items: list[Item], read: Read, start: int, end: int
) -> tuple[str, ...]:
    """What a reader should look at first."""
    found = list(read.notes)
    if items[read.subject].vague or items[read.object].vague:
        found.append("via context: a pronoun or common noun stands for a party")
    outside = cut_before(text, start, end)
    found += [f'cut before "{cue.word}"' for cue in outside if cue.kind == "negation"]
    return tuple(dict.fromkeys(found))


def _moved(cue: CueFound, offset: int) -> CueFound:
    """Cue at its place in the whole text."""
    return CueFound(
        kind=cue.kind,
        word=cue.word,
        start=cue.start + offset,
        end=cue.end + offset,
        outside=cue.outside,
    )
