"""What a loosely read sentence says besides its clauses: labels, places, hyponyms."""

from collections.abc import Iterator
from typing import Final

from cuibono.claims.words import NodeKind, Sign
from cuibono.coding.suggest.items import SHUT, By, Item, Kind
from cuibono.coding.suggest.kin import borne_sign, is_harmful, kinds_of, singular
from cuibono.coding.suggest.names import Names
from cuibono.coding.suggest.objects import objects_after
from cuibono.coding.suggest.reading import Read
from cuibono.coding.suggest.subjects import chain_start, subject_before
from cuibono.coding.suggest.tie_rules import is_unwilled
from cuibono.coding.suggest.variants import Variants

_NEAR: Final = 7
_INTO: Final = frozenset(
    "plunge drag push throw drive lead lure draw turn transform tip sink steer force "
    "pull".split()
)
_MEMBERS: Final = frozenset("including like especially notably".split())
_COMPOUNDS: Final = {
    **dict.fromkeys(
        "backed supported funded financed armed trained sponsored equipped supplied "
        "friendly protected".split(),
        ("supports", Sign.PLUS, True),
    ),
    **dict.fromkeys(
        "led controlled run dominated owned installed appointed held occupied "
        "ruled".split(),
        ("controls", Sign.PLUS, True),
    ),
    **dict.fromkeys(
        "affiliated linked tied based".split(), ("is-part-of", Sign.NEITHER, False)
    ),
    "allied": ("cooperates", Sign.PLUS, False),
    "aligned": ("cooperates", Sign.PLUS, False),
    "anti": ("opposes", Sign.MINUS, False),
    "pro": ("supports", Sign.PLUS, False),
}
_STRIKES: Final = frozenset("attack siege occupation meddling repression".split())
_WITHIN: Final = frozenset("in across over throughout inside within around".split())
_AT: Final = _WITHIN | {"against", "on"}


def label_reads(items: list[Item], names: Names, variants: Variants) -> Iterator[Read]:
    """What a label says where the other node stands near: "its grip", "raids on Brun"."""
    parties: dict[str, set[tuple[str, str]]] = {}
    for one in variants.all_made:
        parties.setdefault(one.node, set()).update(one.parties)
    for at, item in enumerate(items):
        if item.kind is not Kind.NODE or item.node not in names.effects:
            continue
        for node, joint in sorted(parties.get(item.node, ())):
            owner = _near(items, at, node)
            if owner is not None and node in names.actors:
                yield from _label_says(items, at, owner, joint)


def _label_says(
    items: list[Item], factor: int, owner: int, joint: str
) -> Iterator[Read]:
    """What a preposition of a label says of its factor and the node that it leads to."""
    item = items[factor]
    borne = borne_sign(item.word.split(" ")[-1]) if joint == "of" else ""
    does = joint in {"'s", "by", "of"} or _possesses(items, owner, factor)
    if borne == Sign.PLUS.value:
        yield _tie(items, factor, owner, factor, "supports", Sign.PLUS, "owner")
    elif borne or joint == "against":
        yield _tie(items, factor, owner, factor, "opposes", Sign.MINUS, "owner")
    elif does and not is_unwilled(item):
        yield _tie(items, owner, factor, factor, "causes", Sign.PLUS, "owner")


def befallen_reads(items: list[Item], at: int) -> Iterator[Read]:
    """What an event told in the passive does: "Brun is criticised for its raids"."""
    forms = [form for form in items[at].forms if form.form in {"ed", "en"}]
    if not forms or at == 0:
        return
    entry = forms[0].entry
    start, _ = chain_start(items, at)
    for patient in subject_before(items, start).places:
        if entry.predicate and items[patient].node != items[at].node:
            yield _tie(items, at, patient, at, entry.predicate, entry.sign, "passive")
    for reason in objects_after(items, at + 1, ("for", "over")).places:
        if items[reason].node != items[at].node:
            yield _tie(items, reason, at, at, "causes", Sign.PLUS, "blame")


def _possesses(items: list[Item], owner: int, factor: int) -> bool:
    """Whether the text says that a factor is another's: "its raids", "Arda's raids"."""
    if owner > factor:
        return items[owner - 1].word == "by" or items[owner - 2].word == "by"
    return items[owner].owner or items[owner + 1].word == "'s"


def _near(items: list[Item], at: int, node: str) -> int | None:
    """Place near a factor where another node stands, without a clause between."""
    for step in (-1, 1):
        place = at + step
        while 0 <= place < len(items) and abs(place - at) <= _NEAR:
            item = items[place]
            if item.node == node and (item.kind is Kind.NODE or item.owner):
                return place
            if item.kind in SHUT:
                break
            place += step
    return None


def _tie(
    items: list[Item],
    subject: int,
    other: int,
    trigger: int,
    predicate: str,
    sign: Sign,
    pattern: str,
) -> Read:
    """Reading of two places, with how they are named as its doubts."""
    by = {items[at].by for at in (subject, other) if items[at].by}
    return Read(
        subject=subject,
        object=other,
        trigger=trigger,
        predicate=predicate,
        sign=sign,
        pattern=pattern,
        word=items[trigger].word,
        doubts=tuple(sorted(by)),
    )


def place_reads(items: list[Item], variants: Variants) -> Iterator[Read]:
    """What does harm somewhere harms it: "the raids in the valley"."""
    for at, item in enumerate(items):
        word = (item.said or item.word).split(" ")[-1]
        if not is_abstract(item, variants) or not is_harmful(word):
            continue
        strikes = bool(kinds_of(singular(word)) & _STRIKES)
        head = _head(items, at, variants)
        for place in _harmed(items, at, strikes, variants):
            yield _tie(items, head, place, at, "weakens", Sign.MINUS, "place")


def _harmed(
    items: list[Item], at: int, strikes: bool, variants: Variants
) -> Iterator[int]:
    """Places and parties that a harm is in, or against; "of" only of a strike."""
    led = _AT | {"of"} if strikes else _AT
    seen = ""
    for place in range(at + 1, min(len(items), at + 2 * _NEAR)):
        other = items[place]
        if other.kind is Kind.PREP:
            seen = other.word
        elif other.kind in {Kind.STOP, Kind.SUB, Kind.REL}:
            return
        elif other.kind is Kind.VERB:
            led = led & _WITHIN
        elif seen in led and other.kind is Kind.NODE:
            against = seen not in _WITHIN
            actor = variants.kinds.get(other.node) is NodeKind.ACTOR
            harmed = other.inert or (against and actor)
            if harmed and items[at].node != other.node:
                yield place
            if against and harmed:
                return
            if not harmed and items[place - 1].kind is not Kind.CONJ:
                return


def is_abstract(item: Item, variants: Variants) -> bool:
    """Whether an item is a node that is neither a party nor a place."""
    kind = variants.kinds.get(item.node)
    return item.kind is Kind.NODE and kind not in {
        None,
        NodeKind.ACTOR,
        NodeKind.PLACE,
    }


def _head(items: list[Item], at: int, variants: Variants) -> int:
    """Node that rules another: in "the export of terror" the export."""
    if at > 1 and items[at - 1].word == "of" and is_abstract(items[at - 2], variants):
        return at - 2
    return at


def into_reads(items: list[Item]) -> Iterator[Read]:
    """What something is brought into: "plunged the valley into famine"."""
    for at, item in enumerate(items):
        bases = {form.entry.words[0] for form in item.forms}
        if item.kind is not Kind.VERB and item.kind is not Kind.WORD:
            continue
        if not bases & _INTO:
            continue
        led = objects_after(items, at + 1, ("into",))
        start, _ = chain_start(items, at)
        agents = subject_before(items, start)
        for subject in agents.places:
            for other in led.places:
                if items[subject].node != items[other].node:
                    yield _tie(items, subject, other, at, "causes", Sign.PLUS, "into")


def compound_reads(items: list[Item]) -> Iterator[Read]:
    """What a compound says of its noun: "Arda-backed Brun", "the anti-Arda front"."""
    for at, item in enumerate(items):
        if item.by != By.COMPOUND:
            continue
        first, _, last = item.word.rpartition("-")
        node, tie = item.node, _COMPOUNDS.get(last) or _COMPOUNDS.get(first)
        holder = next(
            (
                place
                for place in range(at + 1, min(len(items), at + _NEAR))
                if items[place].kind is Kind.NODE and items[place].node != node
            ),
            None,
        )
        if tie is None or holder is None or _is_cut(items[at + 1 : holder]):
            continue
        predicate, sign, forward = tie
        subject, other = (at, holder) if forward else (holder, at)
        yield _tie(items, subject, other, at, predicate, sign, "compound")


def _is_cut(between: list[Item]) -> bool:
    """Whether more than adjectives stands between a compound and its noun."""
    return any(
        item.kind not in {Kind.WORD, Kind.NOUN, Kind.PART, Kind.ADV} for item in between
    )


def member_reads(items: list[Item], names: Names) -> Iterator[Read]:
    """Who belongs to whom: "hill clans such as Brun", "clans, including Brun"."""
    for at, item in enumerate(items):
        such = item.word == "such" and items[at + 1 : at + 2]
        begins = item.word in _MEMBERS or (such and items[at + 1].word == "as")
        if not begins:
            continue
        whole = next(
            (
                place
                for place in range(at - 1, max(-1, at - _NEAR), -1)
                if items[place].kind is Kind.NODE or items[place].kind in SHUT
            ),
            None,
        )
        if whole is None or items[whole].node not in names.actors:
            continue
        for part in objects_after(items, at + 1 + bool(such)).places:
            if items[part].node in names.actors - {items[whole].node}:
                yield _tie(items, part, whole, at, "is-part-of", Sign.NEITHER, "member")
