"""What ties parties without a verb of their own: owners, pretexts, nearness."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from cuibono.claims.words import Sign
from cuibono.coding.suggest import closed
from cuibono.coding.suggest.items import Item, Kind
from cuibono.coding.suggest.kin import kinds_of_family, root, singular
from cuibono.coding.suggest.lexicon import Entry, forms_by_first_word
from cuibono.coding.suggest.mentions import Link, governed
from cuibono.coding.suggest.names import Names
from cuibono.coding.suggest.noun_rules import owner_before, turned
from cuibono.coding.suggest.objects import objects_after
from cuibono.coding.suggest.reading import Found, Read, pairs
from cuibono.coding.suggest.subjects import chain_start, is_passive
from cuibono.coding.suggest.verb_rules import composed

_REACH: Final = 6
_FAR: Final = 16
_HOSTILE: Final = frozenset("opposition enemy rival foe opponents".split())
_FRIENDLY: Final = frozenset(
    "allies ally partner partners friends counterparts".split()
)
_INSTRUMENTS: Final = frozenset(
    "proxy proxies agents puppet puppets militia militias mercenaries client".split()
)
_WANTING: Final = frozenset("seek demand want need request ask lack hope".split())
_OF_ACTS: Final = re.compile(r".*(?:ions?|[m]ents?|ings?|[ae]nces?)")
_NOT_LOOSE: Final = frozenset("is-part-of depends-on benefits uses controls".split())
_BREAKS: Final = frozenset({Kind.STOP, Kind.REL, Kind.SUB, Kind.NODE})
_ACROSS: Final = frozenset({Kind.WORD, Kind.ADV})
_ADJECTIVES: Final = frozenset({Kind.WORD, Kind.ADV, Kind.CONJ})


def plain_links(items: list[Item], factor: int, names: Names) -> Iterator[Link]:
    """Links of a factor that the text makes by itself: "Arda's raids on Brun"."""
    if items[factor].node in names.actors or items[factor].vague:
        return
    owner = owner_before(items, factor, _ADJECTIVES)
    if owner is not None and items[owner].node in names.actors:
        yield Link(owner, factor, "of")
    seen = ""
    for at in range(factor + 1, min(len(items), factor + _REACH)):
        item = items[at]
        if item.kind is Kind.PREP or (item.word == "that" and not seen):
            if seen and item.word != "by":
                return
            seen = item.word
        elif item.kind is Kind.NODE:
            actor = item.node in names.actors
            if seen == "against" or (actor and seen in {"of", "by"}):
                yield Link(at, factor, seen)
            if actor and seen == "that" and not is_named_object(items, at):
                yield Link(at, factor, "of")
            return
        elif item.kind not in {Kind.DET, Kind.WORD, Kind.ADV, Kind.OWN} and not (
            item.form in {"ed", "en"} and items[at + 1 : at + 2]
            and items[at + 1].word == "by"
        ):  # fmt: skip
            return


def is_named_object(items: list[Item], at: int) -> bool:
    """Whether a node after "that" is no subject: nothing verbal follows it."""
    after = items[at + 1 : at + 2]
    return not after or after[0].kind in {Kind.STOP, Kind.COMMA, Kind.PREP, Kind.CONJ}


def owned_reads(items: list[Item], names: Names) -> Iterator[Read]:
    """What is said of a party that another owns: "Arda's militia", "its proxy Brun"."""
    for at, item in enumerate(items):
        if item.kind is not Kind.NODE or item.node not in names.actors or item.vague:
            continue
        owner = owner_before(items, at, _ACROSS | {Kind.NOUN, Kind.PART, Kind.DET})
        if owner is None or not _possessive(items, owner):
            continue
        if items[owner].node not in names.actors or items[owner].node == item.node:
            continue
        words = {one.word for one in items[owner + 1 : at + 2]} | set(item.word.split())
        predicate, sign, subject, other = "is-part-of", Sign.NEITHER, at, owner
        if words & _HOSTILE:
            predicate, sign = "opposes", Sign.MINUS
        elif words & _INSTRUMENTS:
            predicate, sign, subject, other = "controls", Sign.PLUS, owner, at
        elif words & _FRIENDLY:
            continue
        yield Read(
            subject=subject,
            object=other,
            trigger=at,
            predicate=predicate,
            sign=sign,
            pattern="owned",
            word=item.word,
            doubts=("a pronoun",) if items[owner].vague else ("a possessive only",),
        )


def _possessive(items: list[Item], owner: int) -> bool:
    """Whether a node stands in the possessive."""
    after = items[owner + 1 : owner + 2]
    return items[owner].owner or bool(after and after[0].word == "'s")


def is_unwilled(factor: Item) -> bool:
    """Whether a factor befalls its owner: "the rise of Brun" is nobody's doing."""
    return any(word in closed.UNWILLED for word in factor.word.split())


def is_act(factor: Item) -> bool:
    """Whether a factor's noun names something done: raids, not strength."""
    heads = [word for word in factor.word.split() if word.isalpha()]
    return any(
        _OF_ACTS.fullmatch(word)
        or kinds_of_family(root(singular(word)))
        or singular(word) in forms_by_first_word()
        or word in forms_by_first_word()
        for word in heads
    )


def link_reads(items: list[Item], link: Link, names: Names) -> Iterator[Read]:
    """What a factor's own name says: "Brun's raids" are Brun's doing."""
    vague = items[link.owner].vague and not items[link.owner].safe
    doubts: tuple[str, ...] = ("a pronoun",) if vague else ()
    if link.joint in {"of", "by"} and not is_act(items[link.factor]):
        doubts = (*doubts, "may be no act")
    if link.joint in {"of", "by"}:
        if items[link.factor].node not in names.effects:
            return
        if is_unwilled(items[link.factor]):
            return
        if items[link.owner].node not in names.actors:
            return
        subject, other = link.owner, link.factor
        predicate, sign = "causes", Sign.PLUS
    elif link.joint == "against":
        subject, other = link.factor, link.owner
        predicate, sign = "opposes", Sign.MINUS
    else:
        return
    yield Read(
        subject=subject,
        object=other,
        trigger=link.factor,
        predicate=predicate,
        sign=sign,
        pattern="owner",
        word=items[link.factor].word,
        doubts=doubts,
    )


def pretext_reads(items: list[Item], noun: int, names: Names) -> Iterator[Read]:
    """What "under the pretext of fighting Brun" says: a reason given, and an avowal."""
    after = items[noun + 1 : noun + 3]
    if not after or after[0].word != "of":
        return
    patients = objects_after(items, noun + 3)
    if len(after) < 2 or after[1].kind is not Kind.VERB:
        patients = objects_after(items, noun + 2)
    agents = Found()
    for at in range(noun - 1, max(-1, noun - 2 * _REACH), -1):
        if items[at].kind in {Kind.COMMA, Kind.STOP}:
            break
        if items[at].node in names.actors:
            agents = Found([at], ["a pretext"])
            break
    if not agents.places:
        comma = next((i for i in range(noun, len(items)) if items[i].word == ","), None)
        if comma is not None and items[comma + 1 : comma + 2]:
            named = items[comma + 1].node in names.actors
            agents = Found([comma + 1] if named else [], ["a pretext"])
    entry = Entry((items[noun].word,), "noun", "uses-as-pretext", Sign.PLUS, (), "")
    sign = entry.sign
    yield from pairs(
        items, noun, agents, patients, entry.predicate, sign, "pretext", entry, ()
    )
    verbs = [
        form.entry
        for form in (after[1].forms if len(after) > 1 else ())
        if form.entry.kind == "verb" and not form.entry.prepositions
    ]
    for avowed in verbs[:1]:
        if avowed.predicate:
            sign, predicate = avowed.sign, avowed.predicate
            notes = (f'avowed as a "{items[noun].word}"',)
            yield from pairs(
                items, noun, agents, patients, predicate, sign, "pretext", entry, notes
            )


def loose_reads(items: list[Item], names: Names) -> Iterator[Read]:
    """What the first verb or noun between two neighbouring parties says of them."""
    named = [
        at
        for at, item in enumerate(items)
        if item.kind is Kind.NODE and item.node in names.actors
    ]
    for subject, other in pairwise(named):
        if items[subject].node == items[other].node or governed(items, subject):
            continue
        if any(item.word in _WANTING for item in items[subject + 1 : other]):
            continue
        if other - subject > _FAR or items[subject].vague or items[other].vague:
            continue
        between = items[subject + 1 : other]
        comma = any(item.kind is Kind.COMMA for item in between)
        if comma and between[0].word == "'s":
            continue
        if any(item.kind in _BREAKS or item.word == "that" for item in between):
            continue
        for at in range(subject + 1, other):
            read = _loose(items, subject, at, other)
            if read is not None:
                yield read
                break


def _loose(items: list[Item], subject: int, at: int, other: int) -> Read | None:
    """Loose reading of a word between two parties, if it has a sign."""
    entries = [
        form.entry
        for form in items[at].forms
        if form.entry.predicate and form.entry.does not in {"lift", "deny"}
    ]
    passing = any(form.entry.does == "pass" for form in items[at].forms)
    if items[at].form == "ing" and entries and items[at].kind is Kind.VERB:
        return None
    if not entries or (passing and items[at + 1].kind is Kind.TO):
        return None
    entry = entries[0]
    if items[at].kind is Kind.NOUN:
        predicate, sign, notes = turned(items, at, entry)
    else:
        start, helpers = chain_start(items, at)
        if is_passive(items, at, start):
            return None
        predicate, sign, notes = composed(items, helpers, entry)
        lifts = any(form.entry.does == "lift" for form in items[at].forms)
        ruled = [item for item in items[at + 1 : other] if item.kind is Kind.NOUN]
        if lifts and ruled and ruled[0].forms[0].entry.sign is Sign.MINUS:
            return None
    made = items[at + 1 : other]
    if entry.predicate == "causes" and any(one.kind is Kind.NOUN for one in made):
        return None
    if predicate in _NOT_LOOSE or entry.kind == "part":
        return None
    return Read(
        subject=subject,
        object=other,
        trigger=at,
        predicate=predicate,
        sign=sign,
        pattern="loose",
        word=entry.name,
        doubts=("only stands between them", "no clause rule ties them", "loose"),
        notes=notes,
    )
