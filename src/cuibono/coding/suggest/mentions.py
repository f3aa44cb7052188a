"""Mentions beyond plain names: composed factors, pronouns, "the group"."""

from dataclasses import dataclass, replace
from typing import Final

from cuibono.coding.suggest import closed
from cuibono.coding.suggest.items import Item, Kind
from cuibono.coding.suggest.names import Composed, Names
from cuibono.coding.suggest.tagging import with_node

_REACH: Final = 4
_GENITIVE: Final = frozenset({"of", "by"})
_AFTER_SUBJECT: Final = frozenset(
    {Kind.VERB, Kind.HELPER, Kind.SAY, Kind.AUX, Kind.TO, Kind.ADV, Kind.REL, Kind.NOT}
)
_WITHIN: Final = frozenset({Kind.DET, Kind.WORD, Kind.ADV, Kind.OWN, Kind.PART})
_LOOSE: Final = frozenset({Kind.WORD, Kind.DET, Kind.ADV, Kind.NOUN, Kind.PART})


@dataclass(frozen=True, slots=True)
class Link:
    """A factor that the text itself ties to its owner, as places in the row.

    `joint` is the label's own: `of` (the factor is the owner's) or another preposition.
    """

    owner: int
    factor: int
    joint: str


def resolved(
    items: list[Item], names: Names, before: str = "", recent: tuple[str, ...] = ()
) -> tuple[list[Item], list[Link]]:
    """Items with pronouns and composed factors read as nodes, and their links.

    Parameters
    ----------
    items : list of Item
        A sentence.
    names : Names
        Lexicon of the case.
    before : str
        The party that the sentence before is about, or nothing.
    recent : tuple of str
        Parties named so far, in order.
    """
    made = list(items)
    for place in range(len(made)):
        made[place] = _read(made, place, names, before, recent)
    links = []
    for place, item in enumerate(made):
        if item.kind is Kind.NODE and item.node in names.actors:
            continue
        link = _composed(made, place, names)
        if link is not None:
            links.append(link[0])
            owner = made[link[0].owner]
            made[place] = with_node(
                item, link[1].node, vague=owner.vague, safe=owner.safe
            )
    return made, links


def _read(
    items: list[Item], place: int, names: Names, before: str, recent: tuple[str, ...]
) -> Item:
    """One item, as a node if it stands for one."""
    item = items[place]
    if item.kind is Kind.OWN:
        node = antecedent(items, place, names, before)
        safe = _is_only(items, place, node, names)
        known = replace(item, node=node, owner=True, vague=True, safe=safe)
        return known if node else item
    if item.kind is Kind.WORD and item.word in closed.PERSONAL:
        node = antecedent(items, place, names, before)
        safe = _is_only(items, place, node, names)
        return with_node(item, node, vague=True, safe=safe) if node else item
    if item.word in closed.GROUP_WORDS and item.kind is Kind.WORD:
        if not _definite(items, place):
            return item
        node = _named(items, place, names, recent)
        return with_node(item, node, vague=True) if node else item
    return item


def _is_only(items: list[Item], place: int, node: str, names: Names) -> bool:
    """Whether a party is the only one that the sentence has named so far."""
    named = {
        item.node
        for item in items[:place]
        if item.kind is Kind.NODE and item.node in names.actors
    }
    return named == {node}


def _definite(items: list[Item], place: int) -> bool:
    """Whether a common noun is meant as known: "the group", "the armed group"."""
    for item in reversed(items[max(0, place - 2) : place]):
        if item.kind is Kind.DET:
            return item.word in {"the", "this", "that"} and not _has_more(items, place)
        if item.kind is not Kind.WORD:
            return False
    return False


def _has_more(items: list[Item], place: int) -> bool:
    """Whether a noun is told apart by what follows: "the group that ..."."""
    after = items[place + 1 : place + 2]
    return bool(after) and (
        after[0].kind is Kind.REL or after[0].word in {"that", "of", "fighting"}
    )


def antecedent(items: list[Item], place: int, names: Names, before: str) -> str:
    """Party that a pronoun may stand for: the subject nearest before it.

    Failing one, the party that the sentence before is about.
    """
    first = loose = ""
    for at in range(place - 1, -1, -1):
        item = items[at]
        if item.kind is not Kind.NODE or item.node not in names.actors:
            continue
        if governed(items, at) or is_object(items, at):
            loose = loose or item.node
            continue
        if at + 1 < place and items[at + 1].word == "'s":
            return item.node
        after = items[at + 1].kind if at + 1 < place else Kind.WORD
        if after in _AFTER_SUBJECT:
            return item.node
        first = item.node
    return first or before or loose


def is_object(items: list[Item], at: int) -> bool:
    """Whether a verb stands right before a mention."""
    before = at - 1
    while before >= 0 and items[before].kind is Kind.DET:
        before -= 1
    return before >= 0 and items[before].kind in {Kind.VERB, Kind.HELPER}


def _named(items: list[Item], place: int, names: Names, recent: tuple[str, ...]) -> str:
    """Party named last that is called by a common noun in the case's own lexicon."""
    word = items[place].word
    here = [item.node for item in items[:place] if item.kind is Kind.NODE and item.node]
    for node in reversed([*recent, *here]):
        if node in names.actors and word in names.called[node]:
            return node
    return ""


def governed(items: list[Item], place: int) -> str:
    """Preposition that a mention hangs on, or nothing."""
    at = place - 1
    while at >= 0 and place - at <= 2 * _REACH:
        item = items[at]
        if item.kind in {Kind.PREP, Kind.TO}:
            return item.word
        if item.word == "'s":
            at -= 1
        elif item.kind in {Kind.CONJ, Kind.COMMA}:
            if at == 0 or items[at - 1].kind is not Kind.NODE or item.word == "but":
                return ""
            return governed(items, at - 1) if item.kind is Kind.CONJ else ""
        elif item.kind not in _WITHIN or item.word == "that":
            return ""
        at -= 1
    return ""


def _composed(
    items: list[Item], place: int, names: Names
) -> tuple[Link, Composed] | None:
    """Composed factor whose head stands at a place, with the link to its owner."""
    item = items[place]
    if item.kind is Kind.NODE and not item.vague:
        known = [c for all_ in names.composed.values() for c in all_]
        made = [one for one in known if one.node == item.node]
    else:
        made = list(names.composed.get(item.said or item.word, ()))
    best: tuple[int, Link, Composed] | None = None
    for one in made:
        owner = _owner_after(items, place, one) or _owner_before(items, place, one)
        if owner is None:
            continue
        near = {other.word for other in items[place : place + 2 * _REACH]}
        weight = len(one.rest & near)
        if best is None or weight > best[0]:
            best = (weight, Link(owner, place, one.joint), one)
    return None if best is None else (best[1], best[2])


def _owner_after(items: list[Item], place: int, one: Composed) -> int | None:
    """Owner of a factor in "the rise of Brun", "the threat posed by Brun"."""
    joints = _GENITIVE if one.joint in _GENITIVE else {one.joint}
    seen = False
    for at in range(place + 1, min(len(items), place + 2 * _REACH)):
        item = items[at]
        if item.kind is Kind.NODE:
            return at if seen and item.node == one.owner else None
        if item.kind is Kind.PREP:
            if item.word not in joints:
                return None
            seen = True
        elif item.kind not in _LOOSE and item.word not in closed.WAYS | {"cause"}:
            return None
    return None


def _owner_before(items: list[Item], place: int, one: Composed) -> int | None:
    """Owner of a factor in "Brun's rise", "its rise", "Brun raids"."""
    if one.joint not in {"of", "by", "in"}:
        return None
    for at in range(place - 1, max(-1, place - _REACH - 1), -1):
        item = items[at]
        if (item.kind is Kind.NODE or item.owner) and item.node:
            return at if item.node == one.owner else None
        if item.kind not in {Kind.WORD, Kind.CONJ, Kind.NOUN, Kind.ADV} and (
            item.form not in {"ing", "en", "ed"}
        ):
            return None
    return None
