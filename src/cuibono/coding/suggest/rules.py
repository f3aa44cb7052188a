"""All rules on a sentence, one after another."""

from collections.abc import Iterator
from dataclasses import replace

from cuibono.claims.words import NodeKind, Sign
from cuibono.coding.suggest.items import PRETEXTS, Item, Kind
from cuibono.coding.suggest.mentions import Link
from cuibono.coding.suggest.names import Names
from cuibono.coding.suggest.noun_rules import noun_reads, part_reads
from cuibono.coding.suggest.reading import Read
from cuibono.coding.suggest.tie_rules import (
    link_reads,
    loose_reads,
    owned_reads,
    plain_links,
    pretext_reads,
)
from cuibono.coding.suggest.variants import Variants
from cuibono.coding.suggest.verb_rules import demand_reads, verb_reads
from cuibono.coding.suggest.wide_clauses import (
    deed_reads,
    each_other_reads,
    gerund_reads,
    policy_reads,
    purpose_reads,
    result_reads,
    shared_object_reads,
    statement_reads,
    unless_reads,
)
from cuibono.coding.suggest.wide_links import (
    between_reads,
    blame_reads,
    condition_reads,
    fronted_reads,
    means_reads,
)
from cuibono.coding.suggest.wide_rules import (
    befallen_reads,
    compound_reads,
    into_reads,
    is_abstract,
    label_reads,
    member_reads,
    place_reads,
)


def propositions(items: list[Item], links: list[Link], names: Names) -> Iterator[Read]:
    """Propositions of a sentence, those of one pattern after another."""
    for place, item in enumerate(items):
        if item.kind in {Kind.VERB, Kind.HELPER}:
            yield from verb_reads(items, place)
        elif item.kind is Kind.NOUN:
            yield from noun_reads(items, place)
        elif item.kind is Kind.PART:
            yield from part_reads(items, place)
        elif item.word in PRETEXTS and item.kind is Kind.WORD:
            yield from pretext_reads(items, place, names)
        elif item.word in {"must", "should"}:
            yield from demand_reads(items, place)
    tied = {link.factor for link in links if items[link.owner].node in names.actors}
    tied &= {link.factor for link in links if link.joint in {"of", "by", "against"}}
    loose = [
        link
        for at, item in enumerate(items)
        if item.kind is Kind.NODE and at not in tied
        for link in plain_links(items, at, names)
    ]
    for link in (*links, *loose):
        yield from link_reads(items, link, names)
    yield from owned_reads(items, names)
    yield from loose_reads(items, names)


def loose_propositions(
    items: list[Item],
    links: list[Link],
    names: Names,
    variants: Variants,
) -> Iterator[Read]:
    """Propositions of a sentence read loosely, each with at least one doubt."""
    members = member_reads(items, names)
    parts: dict[int, list[int]] = {}
    for read in members:
        parts.setdefault(read.object, []).append(read.subject)
        yield read
    for read in propositions(items, links, names):
        yield read
        for part in parts.get(read.object, ()):
            yield replace(read, object=part, doubts=(*read.doubts, "as one of them"))
    yield from label_reads(items, names, variants)
    yield from place_reads(items, variants)
    yield from compound_reads(items)
    yield from into_reads(items)
    yield from _clauses(items, variants)


def _clauses(items: list[Item], variants: Variants) -> Iterator[Read]:
    """Propositions of clauses that are read loosely."""

    def abstract(item: Item) -> bool:
        return is_abstract(item, variants)

    for place, item in enumerate(items):
        if item.kind is Kind.VERB:
            yield from shared_object_reads(items, place)
            yield from result_reads(items, place, abstract)
            yield from purpose_reads(items, place, abstract)
            yield from each_other_reads(items, place)
            yield from unless_reads(items, place)
            yield from statement_reads(items, place)
        if item.kind in {Kind.VERB, Kind.HELPER}:
            yield from policy_reads(items, place)
            yield from deed_reads(items, place)
        if item.kind in {Kind.VERB, Kind.SAY, Kind.WORD}:
            yield from blame_reads(items, place)
        if item.kind is Kind.NOUN:
            yield from between_reads(items, place)
            yield from fronted_reads(items, place)
        if item.kind is Kind.NODE and item.forms:
            yield from gerund_reads(items, place)
            yield from befallen_reads(items, place)
    yield from condition_reads(items, abstract)
    yield from means_reads(items, abstract)


def is_likely(items: list[Item], read: Read, variants: Variants) -> bool:
    """Whether a loose reading may hold: a place does nothing, and is only harmed."""
    subject, other = (
        variants.kinds.get(items[at].node) for at in (read.subject, read.object)
    )
    if subject is NodeKind.PLACE:
        return False
    if other is NodeKind.PLACE:
        inside = any(doubt.startswith("within a phrase") for doubt in read.doubts)
        return read.sign is Sign.MINUS and not inside
    return True
