"""A sentence read more loosely: which of its words may stand for nodes after all."""

from dataclasses import replace
from typing import Final

from cuibono.claims.words import NodeKind
from cuibono.coding.suggest.anaphora import (
    Context,
    is_pair,
    last_two,
    of_pronoun,
    party_taken_up,
    taken_up,
)
from cuibono.coding.suggest.heads import by_head
from cuibono.coding.suggest.items import By, Item, Kind
from cuibono.coding.suggest.kin import singular
from cuibono.coding.suggest.told import (
    events_told,
    is_told_passive,
    may_be_policy,
    policies_told,
)
from cuibono.coding.suggest.variants import Variants

_LEAST: Final = 3
_BODIES: Final = frozenset(
    "force troop army government official soldier police authority regime military navy "
    "jet leader diplomat guard officer agent warplane tank drone fighter soil territory "
    "border interest citizen ship side minister president parliament".split()
)

Named = list[tuple[str, By]]


def widened(
    items: list[Item], capitals: frozenset[int], variants: Variants, context: Context
) -> list[Item]:
    """Items with looser mentions read as nodes, each with how it is named.

    Parameters
    ----------
    items : list of Item
        A sentence with its plain mentions.
    capitals : frozenset of int
        Places in the text of words with a capital.
    variants : Variants
        Looser names of the case's nodes.
    context : Context
        What was said before.
    """
    made: list[Item] = []
    for place, item in enumerate(items):
        made += _in_compound(item, variants)
        known = _nodes_of(items, place, item.start in capitals, variants, context)
        if not known:
            made.append(item)
            continue
        for count, (node, by) in enumerate(known):
            if count:
                made.append(Item(Kind.CONJ, "and", item.start, item.end))
            inert = variants.kinds.get(node) is NodeKind.PLACE
            titled = by == By.ADJECTIVE and _has_holder(items, place)
            made.append(
                replace(
                    item,
                    kind=Kind.OWN if titled else Kind.NODE,
                    node=node,
                    vague=True,
                    by=by,
                    inert=inert,
                    owner=titled,
                )
            )
    return made


def _in_compound(item: Item, variants: Variants) -> list[Item]:
    """Party named in "Arda-backed" or "anti-Arda", as an adverb before the word."""
    word = item.word.split(" ")[0]
    first, dash, last = word.rpartition("-")
    node = variants.single.get(last if first in {"anti", "pro"} else first, "")
    if not dash or not node or node == item.node:
        return []
    place = (item.start, item.end)
    return [Item(Kind.ADV, word, *place, node=node, vague=True, by=By.COMPOUND)]


def _nodes_of(
    items: list[Item],
    place: int,
    capital: bool,
    variants: Variants,
    context: Context,
) -> Named:
    """Nodes that an item stands for, each with how it is named."""
    item, word = items[place], _word(items[place])
    if item.kind is Kind.NODE:
        return _all(of_pronoun(items, place, variants, context), By.CONTEXT)
    if is_pair(items, place):
        return _all(last_two(items[:place], context, variants), By.CONTEXT)
    if is_told_passive(items, place):
        return _all(events_told(items, place, word, variants), By.KIND)
    if may_be_policy(items, place):
        policies = policies_told(items, place, word, variants)
        if policies or item.kind is not Kind.WORD:
            return _all(policies, By.HEAD)
    if item.kind not in {Kind.WORD, Kind.NOUN, Kind.PART} or len(word) < _LEAST:
        return []
    if capital and item.kind is Kind.WORD:
        if word in variants.proper:
            return [(variants.proper[word], By.HEAD)]
        if word in variants.adjectives and _has_body(items, place):
            return [(variants.adjectives[word], By.ADJECTIVE)]
    head = singular(word)
    return by_head(items, place, head, variants, context) or _all(
        taken_up(items, place, head, variants, context)
        or party_taken_up(items, place, word, variants, context),
        By.CONTEXT,
    )


def _all(nodes: list[str], by: By) -> Named:
    """Nodes that are all named in one way."""
    return [(node, by) for node in nodes]


def _has_holder(items: list[Item], place: int) -> bool:
    """Whether an adjective stands before a title and a name: "Ardan general Brun"."""
    titled = False
    for item in items[place + 1 : place + 5]:
        if item.kind is Kind.NODE:
            return titled and not item.vague
        if item.kind not in {Kind.WORD, Kind.PART}:
            return False
        titled = titled or item.kind is Kind.PART
    return False


def _has_body(items: list[Item], place: int) -> bool:
    """Whether an adjective stands for its party: "Ardan troops", "Ardan soil"."""
    after = items[place + 1 : place + 3]
    heads = any(singular(_word(item)) in _BODIES for item in after)
    return heads or any(item.kind in {Kind.NOUN, Kind.PART} for item in after[:1])


def _word(item: Item) -> str:
    """Last word of an item as it stands in the text, as far as it is known."""
    known = item.said if item.said and " " not in item.word else item.word
    return known.split(" ")[-1]
