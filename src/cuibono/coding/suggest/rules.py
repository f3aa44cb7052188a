"""All rules on a sentence, one after another."""

from collections.abc import Iterator

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
from cuibono.coding.suggest.verb_rules import demand_reads, verb_reads


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
