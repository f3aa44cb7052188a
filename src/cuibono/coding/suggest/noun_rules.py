"""What nouns say: attacks, support, enemies, and who is a part of what."""

from collections.abc import Iterator
from typing import Final

from cuibono.claims.words import Sign
from cuibono.coding.suggest.items import Item, Kind
from cuibono.coding.suggest.lexicon import Entry
from cuibono.coding.suggest.objects import objects_after
from cuibono.coding.suggest.reading import Found, Read, pairs
from cuibono.coding.suggest.subjects import chain_start, subject_before
from cuibono.coding.suggest.verb_rules import by_agent, subject_of

_REACH: Final = 6
_WANTING: Final = frozenset("seek demand want need request ask lack hope".split())
_BETWEEN: Final = frozenset(
    {Kind.DET, Kind.WORD, Kind.ADV, Kind.OWN, Kind.NODE, Kind.PART}
)
_ACROSS: Final = frozenset({Kind.WORD, Kind.ADV})


def noun_reads(items: list[Item], noun: int) -> Iterator[Read]:
    """What a noun says: "the attack on Brun by Arda", "Arda's support for Brun"."""
    for form in items[noun].forms:
        entry = form.entry
        patients = objects_after(items, noun + 1, entry.prepositions)
        given = _given(items, noun, entry)
        if given is not None:
            yield from given
            return
        owner = owner_before(items, noun)
        agents = by_agent(items, noun + 1)
        if not agents.places and owner is not None and patients.places:
            agents = Found([owner])
        if not patients.places and agents.places and owner is not None:
            patients = Found([owner], ["its own noun only"])
        if not patients.places and owner is not None and _is_person(entry):
            patients = Found([owner])
        if not patients.places:
            continue
        if not agents.places and "of" not in entry.prepositions:
            agents = _of(items, noun, patients)
        if not agents.places:
            agents = holder(items, noun)
        if _is_wanted(items, noun) or _is_answered(items, noun, entry):
            continue
        if entry.does == "backward":
            agents, patients = patients, agents
        predicate, sign, notes = turned(items, noun, entry)
        yield from pairs(
            items, noun, agents, patients, predicate, sign, "noun", entry, notes
        )
        return


def _given(items: list[Item], noun: int, entry: Entry) -> list[Read] | None:
    """Readings of "the aid that Arda gives to Brun": the giver is named inside."""
    giver = noun + 1
    if items[giver : giver + 1] and items[giver].word in {"that", "which"}:
        giver += 1
    if giver + 2 >= len(items) or items[giver].kind is not Kind.NODE:
        return None
    agents = Found([giver])
    patients = objects_after(items, giver + 2, entry.prepositions)
    if not patients.places:
        return None
    return list(
        pairs(
            items,
            noun,
            agents,
            patients,
            entry.predicate,
            entry.sign,
            "noun",
            entry,
            (),
        )
    )


def _is_wanted(items: list[Item], noun: int) -> bool:
    """Whether a noun is only asked for: "seeks support from Brun"."""
    for at in range(noun - 1, max(-1, noun - _REACH), -1):
        if items[at].kind in {Kind.VERB, Kind.HELPER}:
            return items[at].word in _WANTING
        if items[at].kind not in {Kind.DET, Kind.WORD, Kind.ADV, Kind.PREP}:
            return False
    return False


def _is_answered(items: list[Item], noun: int, entry: Entry) -> bool:
    """Whether a request is taken or turned down: that is what the sentence says."""
    if entry.does != "request":
        return False
    before = items[max(0, noun - _REACH) : noun]
    return any(item.kind in {Kind.VERB, Kind.HELPER} for item in before)


def _is_person(entry: Entry) -> bool:
    """Whether a noun names who does it, so that "Brun's enemy" acts on Brun."""
    return entry.does == "person"


def _of(items: list[Item], noun: int, patients: Found) -> Found:
    """Agent after "of" where another preposition leads to the object."""
    agents = objects_after(items, noun + 1, ("of",))
    same = set(agents.places) & set(patients.places)
    return Found() if same else agents


def owner_before(
    items: list[Item], noun: int, across: frozenset[Kind] = _ACROSS
) -> int | None:
    """Node that owns a noun: "Arda's", "its", or named right before it."""
    for at in range(noun - 1, max(-1, noun - _REACH), -1):
        item = items[at]
        if item.node and (item.owner or item.kind is Kind.NODE):
            return at
        if item.kind not in across:
            return None
    return None


def turned(
    items: list[Item], noun: int, entry: Entry
) -> tuple[str, Sign, tuple[str, ...]]:
    """Predicate and sign of a noun under the verb that rules it: "lifts the ban on"."""
    for at in range(noun - 1, max(-1, noun - _REACH), -1):
        item = items[at]
        if item.kind in {Kind.VERB, Kind.HELPER}:
            roles = {form.entry.does for form in item.forms}
            _, helpers = chain_start(items, at)
            refused = any(
                form.entry.does == "refuse" for h in helpers for form in items[h].forms
            )
            if "lift" in roles and refused:
                return entry.predicate, entry.sign, (f'"{item.word}" is refused',)
            if "lift" in roles and entry.sign is Sign.MINUS:
                return "supports", Sign.PLUS, (f'turned by "{item.word}"',)
            if (roles & {"lift", "refuse"} or refused) and entry.sign is Sign.PLUS:
                return "opposes", Sign.MINUS, (f'turned by "{item.word}"',)
            return entry.predicate, entry.sign, ()
        if item.kind not in _BETWEEN:
            break
    return entry.predicate, entry.sign, ()


def holder(items: list[Item], noun: int) -> Found:
    """Who a noun is said of: "Arda is an enemy of", "Arda, an enemy of"."""
    at = noun - 1
    while at >= 0 and items[at].kind in {
        Kind.DET, Kind.WORD, Kind.ADV, Kind.OWN, Kind.NODE, Kind.NOUN, Kind.PART,
    }:  # fmt: skip
        at -= 1
    if at < 0:
        first = next((i for i in range(noun) if items[i].kind is Kind.NODE), None)
        return Found([] if first is None else [first], ["through another verb"])
    item = items[at]
    if item.kind is Kind.AUX:
        start, _ = chain_start(items, at)
        return subject_before(items, start)
    if item.kind is Kind.COMMA and at > 0 and items[at - 1].kind is Kind.NODE:
        return Found([at - 1])
    if item.kind in {Kind.VERB, Kind.HELPER}:
        start, _ = chain_start(items, at)
        found = subject_of(items, at, start)
        light = items[at].forms and at + _REACH >= noun
        return found if light else Found(found.places, [*found.doubts, "far"])
    found = subject_before(items, noun)
    return Found(found.places, [*found.doubts, "through another verb"])


def _named_so(items: list[Item], noun: int) -> Found:
    """Who is called by a noun: "Brun is the head of", "Brun, the head of"."""
    at = noun - 1
    while at >= 0 and items[at].kind not in {Kind.AUX, Kind.COMMA, Kind.VERB}:
        at -= 1
    named = at >= 0 and items[at].kind is not Kind.VERB
    return holder(items, noun) if named else Found()


def part_reads(items: list[Item], noun: int) -> Iterator[Read]:
    """What is a part of what: "Brun, the head of Arda's guard"."""
    entry = items[noun].forms[0].entry
    owner = owner_before(items, noun)
    wholes = objects_after(items, noun + 1, ("of", "to")) if owner is None else Found()
    if owner is not None:
        wholes = Found([owner])
    parts = _named_so(items, noun)
    if not parts.places or parts.doubts:
        after = noun + 1
        if owner is None or after >= len(items) or items[after].kind is not Kind.NODE:
            return
        parts = Found([after])
    yield from pairs(
        items, noun, parts, wholes, entry.predicate, entry.sign, "part", entry, ()
    )
