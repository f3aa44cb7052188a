"""Suggestions of a text by rule: sentence by sentence, each with its verified place."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from cuibono.claims.quotes import fold
from cuibono.claims.records import Case, Node
from cuibono.coding.cues import CueFound, cues, cut_before
from cuibono.coding.sentences import Span, sentences
from cuibono.coding.suggest.items import Item, Kind
from cuibono.coding.suggest.mentions import governed, resolved
from cuibono.coding.suggest.names import Names, case_names
from cuibono.coding.suggest.reading import Read
from cuibono.coding.suggest.records import Suggestion, Tier, suggestion_id
from cuibono.coding.suggest.rules import propositions
from cuibono.coding.suggest.tagging import tagged, without_asides
from cuibono.coding.suggest.tokens import tokens

_SURROGATES: Final = re.compile("[\ud800-\udfff]")

MOST_CHARACTERS: Final = 2_000
"""A longer sentence is none: a table, a list, or text without marks."""

MOST_WORDS: Final = 250
"""Words and marks of the longest sentence that is read."""

MOST_RECENT: Final = 40
"""Parties kept in mind for "the group"."""

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
    names = case_names(nodes)
    found: list[Suggestion] = []
    # Half of a surrogate pair is no text; what quotes one does not stand in the text.
    for start, block in blocks(_SURROGATES.sub("\ufffd", text)):
        about = ""
        recent: tuple[str, ...] = ()
        for span in sentences(block):
            if span.end - span.start > MOST_CHARACTERS:
                about = ""
                continue
            items, made = _of_sentence(
                block, span, names, (about, recent), source, start
            )
            about = _about(items, names, about)
            named = [item.node for item in items if item.node in names.actors]
            recent = (*recent, *named)[-MOST_RECENT:]
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
    names: Names,
    context: tuple[str, tuple[str, ...]],
    source: str,
    offset: int,
) -> tuple[list[Item], list[Suggestion]]:
    """Items of a sentence, and the suggestions that it gives."""
    words = tokens(text, span.start, span.end)
    if len(words) > MOST_WORDS:
        return [], []
    row = without_asides(tagged(words, names))
    items, links = resolved(row, names, *context)
    reads = _best(items, propositions(items, links, names))
    made = [
        _suggestion(text, items, read, source, offset, names.actors) for read in reads
    ]
    return items, [one for one in made if one is not None]


def _about(items: list[Item], names: Names, before: str) -> str:
    """First party of a sentence that no preposition governs, or the one before."""
    for at, item in enumerate(items):
        party = item.kind is Kind.NODE and item.node in names.actors
        if party and not governed(items, at):
            return item.node
    return before


def _best(items: list[Item], reads: Iterable[Read]) -> list[Read]:
    """For each pair the plainest reading, with other plain ones of other predicates."""
    kept: dict[tuple[str, str], list[Read]] = {}
    for read in sorted(reads, key=lambda one: (len(one.doubts), one.trigger)):
        pair = (items[read.subject].node, items[read.object].node)
        if read.pattern == "loose" and (pair[1], pair[0]) in kept:
            continue
        known = kept.setdefault(pair, [])
        if not known or (
            (not read.doubts or read.pattern == "pretext")
            and read.predicate not in {one.predicate for one in known}
        ):
            known.append(read)
    return [read for known in kept.values() for read in known]


def _suggestion(
    text: str,
    items: list[Item],
    read: Read,
    source: str,
    offset: int,
    actors: frozenset[str],
) -> Suggestion | None:
    """Suggestion of a reading, if its words stand where they are said to."""
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
