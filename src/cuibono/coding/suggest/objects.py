"""What follows a word as its object, by rules on the row of items."""

from typing import Final

from cuibono.coding.suggest.items import Item, Kind
from cuibono.coding.suggest.reading import Found

_REACH: Final = 7
_LIST: Final = 5
_INSIDE: Final = frozenset(
    "than of in like with on for from at into across against as".split()
)
_FILL: Final = frozenset(
    {Kind.WORD, Kind.DET, Kind.ADV, Kind.OWN, Kind.PART, Kind.NOUN}
)


def objects_after(
    items: list[Item], start: int, prepositions: tuple[str, ...] = ()
) -> Found:
    """Nodes that follow a word as its objects, right away or after a preposition."""
    found = Found()
    at = start
    if prepositions:
        led = _led(items, start, prepositions)
        if led is None:
            return found
        at = led + 1
    inside = ""
    asked = False
    for place in range(at, min(len(items), at + 2 * _REACH)):
        item = items[place]
        if item.kind is Kind.NODE:
            owned = _owned(items, place)
            if owned is not None:
                found.places = _listed(items, owned)
                return found
            found.places = _listed(items, place)
            if place - at > _REACH:
                found.doubts.append("far from its object")
            if inside:
                found.doubts.append(f'within a phrase with "{inside}"')
            if place + 1 < len(items) and items[place + 1].word == "'s":
                found.doubts.append("only the owner of the object")
            return found
        if item.kind is Kind.PREP and not (asked and item.word in {"by", "from"}):
            if item.word not in _INSIDE:
                return found
            if item.word not in {"like", "as", "than"}:
                inside = inside or item.word
        elif item.kind is Kind.TO or item.kind is Kind.CONJ:
            inside = inside or item.word
        elif item.kind is Kind.NOUN:
            if not _asks(item):
                return found
            asked = True
        elif item.kind not in _FILL | {Kind.PREP} and not _rules(item):
            return found
    return found


def _owned(items: list[Item], owner: int) -> int | None:
    """Node that a node owns: in "Brun's raids" the raids, if they are a node."""
    if items[owner + 1 : owner + 2] and items[owner + 1].word == "'s":
        for at in range(owner + 2, min(len(items), owner + _LIST)):
            if items[at].kind is Kind.NODE:
                return at
            if items[at].kind is not Kind.WORD:
                return None
    return None


def _asks(item: Item) -> bool:
    """Whether a noun is a request or an offer, which is taken or turned down."""
    return any(form.entry.does == "request" for form in item.forms)


def _rules(item: Item) -> bool:
    """Whether a participle only names a party's place: "the party ruling Arda"."""
    return item.form == "ing" and item.forms[0].entry.predicate == "controls"


def _led(items: list[Item], start: int, prepositions: tuple[str, ...]) -> int | None:
    """Place of the preposition that leads to an object."""
    for place in range(start, min(len(items), start + _REACH)):
        item = items[place]
        if item.word in prepositions:
            return place
        if item.kind in {Kind.STOP, Kind.REL, Kind.SUB, Kind.VERB, Kind.SAY}:
            return None
    return None


def _listed(items: list[Item], at: int) -> list[int]:
    """A node with those listed after it: "Arda, Brun and the valley"."""
    places = [at]
    place = at + 1
    while place < len(items):
        joint = place
        while joint < len(items) and items[joint].kind in {Kind.COMMA, Kind.CONJ}:
            joint += 1
        if joint == place or items[place].word in {"but", "nor"}:
            return places
        if joint - place > 1 and len(places) == 1:
            return places  # a comma before "and" opens another clause
        filled = joint
        while filled < len(items) and items[filled].kind in {Kind.DET, Kind.WORD}:
            filled += 1
        if filled - joint > _LIST or filled >= len(items):
            return places
        if items[filled].kind is not Kind.NODE or _opens_clause(items, filled):
            return places
        places.append(filled)
        place = filled + 1
    return places


def _opens_clause(items: list[Item], at: int) -> bool:
    """Whether a node is the subject of what follows rather than one of a list."""
    after = items[at + 1 : at + 3]
    return bool(after) and (
        after[0].kind in {Kind.AUX, Kind.HELPER, Kind.VERB, Kind.SAY}
        and after[0].form != "ing"
    )
