"""Readings of one sentence: first as it is written, then more loosely."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from cuibono.coding.suggest.anaphora import Context, next_context
from cuibono.coding.suggest.items import Item, Kind
from cuibono.coding.suggest.mentions import governed, resolved
from cuibono.coding.suggest.names import Names
from cuibono.coding.suggest.reading import Read
from cuibono.coding.suggest.rules import is_likely, loose_propositions, propositions
from cuibono.coding.suggest.tagging import tagged, without_asides
from cuibono.coding.suggest.tokens import Token
from cuibono.coding.suggest.variants import Variants
from cuibono.coding.suggest.widening import widened

MOST_RECENT: Final = 40
"""Nodes kept in mind for "the group", "such a step"."""

_BOTH_WAYS: Final = frozenset({"mutual", "between"})
_WIDER: Final = "a wider reading"


@dataclass(frozen=True, slots=True)
class Lexicons:
    """By which words the nodes of a case are named, plainly and loosely."""

    names: Names
    variants: Variants


@dataclass(frozen=True, slots=True)
class Row:
    """Items of a sentence with what is read off them."""

    items: list[Item]
    reads: list[Read]


def sentence_rows(
    words: list[Token], lexicons: Lexicons, context: Context
) -> tuple[tuple[Row, Row], Context]:
    """The plain row and the wide row of a sentence, and what it leaves in mind.

    The wide row only adds pairs that the plain one has not; all are doubtful.
    """
    names = lexicons.names
    known = tagged(words, names)
    items, links = resolved(without_asides(known), names, context.about, context.recent)
    plain = best(items, propositions(items, links, names))
    listed = without_asides(known, keep_lists=True)
    loose, links = resolved(listed, names, context.about, context.recent)
    capitals = frozenset(
        token.start for at, token in enumerate(words) if at and token.text[:1].isupper()
    )
    wide = widened(loose, capitals, lexicons.variants, context)
    more = best(wide, loose_propositions(wide, links, names, lexicons.variants))
    taken = {_pair(items, read) for read in plain}
    sure = {_pair(items, read) for read in plain if not read.doubts}
    new = [
        replace(read, doubts=(*read.doubts, _WIDER))
        for read in more
        if _pair(wide, read) not in taken
        and (_pair(wide, read)[::-1] not in sure or read.pattern in _BOTH_WAYS)
        and is_likely(wide, read, lexicons.variants)
    ]
    after = next_context(wide, names, context, MOST_RECENT)
    after = replace(after, about=_about(items, names, context.about))
    return (Row(items, plain), Row(wide, new)), after


def _pair(items: list[Item], read: Read) -> tuple[str, str]:
    """Nodes of a reading."""
    return items[read.subject].node, items[read.object].node


def _about(items: list[Item], names: Names, before: str) -> str:
    """First party of a sentence that no preposition governs, or the one before."""
    for at, item in enumerate(items):
        party = item.kind is Kind.NODE and item.node in names.actors
        if party and not governed(items, at):
            return item.node
    return before


def best(items: list[Item], reads: Iterable[Read]) -> list[Read]:
    """For each pair the plainest reading, with other plain ones of other predicates."""
    kept: dict[tuple[str, str], list[Read]] = {}
    for read in sorted(reads, key=lambda one: (len(one.doubts), one.trigger)):
        pair = _pair(items, read)
        if read.pattern == "loose" and pair[::-1] in kept:
            continue
        known = kept.setdefault(pair, [])
        if not known or (
            (not read.doubts or read.pattern == "pretext")
            and read.predicate not in {one.predicate for one in known}
        ):
            known.append(read)
    return [read for known in kept.values() for read in known]
