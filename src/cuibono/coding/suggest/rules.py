"""Rules that read a proposition off the items of a sentence."""

from collections.abc import Iterator
from itertools import pairwise
from dataclasses import dataclass
from typing import Final

from cuibono.claims.words import Sign
from cuibono.coding.suggest.clauses import (
    Found,
    chain_start,
    is_passive,
    objects_after,
    subject_before,
)
from cuibono.coding.suggest.items import Item, Kind
from cuibono.coding.suggest.lexicon import Entry
from cuibono.coding.suggest.mentions import Link, governed
from cuibono.coding.suggest.names import Names

_REACH: Final = 6
_FAR: Final = 16
_CONTROL: Final = frozenset({"uses", "enables"})
_HOSTILE: Final = frozenset("opposition enemy rival foe opponents".split())
_FRIENDLY: Final = frozenset(
    "allies ally partner partners friends counterparts".split()
)
_INSTRUMENTS: Final = frozenset(
    "proxy proxies agents puppet puppets militia militias mercenaries client".split()
)
_WANTING: Final = frozenset("seek demand want need request ask lack hope".split())
_NOT_LOOSE: Final = frozenset("is-part-of depends-on benefits uses controls".split())
_BREAKS: Final = frozenset({Kind.STOP, Kind.REL, Kind.SUB, Kind.NODE})
_ACROSS: Final = frozenset({Kind.WORD, Kind.ADV})
_ADJECTIVES: Final = frozenset({Kind.WORD, Kind.ADV, Kind.CONJ})
_PRETEXTS: Final = frozenset("pretext excuse banner guise cloak mantle".split())
_MAKERS: Final = frozenset(
    "help allow let force urge order press push encourage persuade invite compel lead "
    "permit enable want pressure ask".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A proposition read off a sentence, by places in its row of items.

    `doubts` say why it may be wrong; without any, it is plainly stated. `notes` say what
    turns or frames it.
    """

    subject: int
    object: int
    trigger: int
    predicate: str
    sign: Sign
    pattern: str
    word: str
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def propositions(items: list[Item], links: list[Link], names: Names) -> Iterator[Read]:
    """Propositions of a sentence, those of one pattern after another."""
    for place, item in enumerate(items):
        if item.kind in {Kind.VERB, Kind.HELPER}:
            yield from verb_reads(items, place)
        elif item.kind is Kind.NOUN:
            yield from noun_reads(items, place)
        elif item.kind is Kind.PART:
            yield from part_reads(items, place)
        elif item.word in _PRETEXTS and item.kind is Kind.WORD:
            yield from pretext_reads(items, place, names)
        elif item.word in {"must", "should"}:
            yield from demand_reads(items, place)
    tied = {link.factor for link in links}
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


def verb_reads(items: list[Item], verb: int) -> Iterator[Read]:
    """What a verb says of its subject and its objects."""
    start, helpers = chain_start(items, verb)
    entries = [form.entry for form in items[verb].forms if form.entry.kind == "verb"]
    entries += [
        form.entry
        for form in items[verb].forms
        if form.entry.kind == "helper" and form.entry.predicate
    ]
    passive = is_passive(items, verb, start)
    before = subject_of(items, verb, start)
    if not passive:
        yield from mutual_reads(items, verb, before)
    for entry, after in _patients(items, verb, entries, passive):
        if passive:
            agents, patients = _by(items, verb + 1), before
        else:
            agents, patients = before, after
        predicate, sign, notes = composed(items, helpers, entry)
        pattern = "passive" if passive else "verb"
        if entry.kind == "helper":
            after = Found(
                after.places, [*after.doubts, "the act is not in the lexicon"]
            )
        if _asks_to_act(items, after, entry):
            after = Found(after.places, [*after.doubts, "asks for an act"])
        if not passive:
            patients = after
        yield from _pairs(
            items, verb, agents, patients, predicate, sign, pattern, entry, notes
        )
        if entry.predicate == "uses" and patients.places:
            yield from _used_as(items, verb, agents, patients, entry)


def _used_as(
    items: list[Item], verb: int, agents: Found, patients: Found, entry: Entry
) -> Iterator[Read]:
    """What a thing is used as: in "uses Brun as leverage" Brun brings the leverage."""
    after = patients.places[-1] + 1
    if after >= len(items) or items[after].word != "as":
        return
    gains = objects_after(items, after + 1)
    if gains.places and gains.places[0] - after <= len("as a"):
        for who, predicate in ((patients, "causes"), (agents, entry.predicate)):
            yield from _pairs(
                items, verb, who, gains, predicate, Sign.PLUS, "verb", entry, ()
            )


def mutual_reads(items: list[Item], verb: int, before: Found) -> Iterator[Read]:
    """What parties do with each other: "Arda and Brun met", "Arda and Brun clashed"."""
    after = items[verb + 1 : verb + 2]
    entries = [f.entry for f in items[verb].forms if "with" in f.entry.prepositions]
    if len(before.places) != len({1, 2}) or not entries:
        return
    if after and after[0].kind not in {Kind.STOP, Kind.ADV, Kind.TO, Kind.PREP, Kind.CONJ}:
        return
    subject, other = before.places
    yield from _pairs(
        items,
        verb,
        Found([subject], before.doubts),
        Found([other]),
        entries[0].predicate,
        entries[0].sign,
        "mutual",
        entries[0],
        (),
    )


def _asks_to_act(items: list[Item], after: Found, entry: Entry) -> bool:
    """Whether a verb asks its object to do something: "press Brun to leave"."""
    if entry.name not in _MAKERS or entry.sign is not Sign.MINUS or not after.places:
        return False
    rest = items[after.places[-1] + 1 : after.places[-1] + _REACH]
    return any(item.kind is Kind.TO for item in rest)


def subject_of(items: list[Item], verb: int, start: int) -> Found:
    """Subject of a verb, where another verb lends it its object too.

    "helps Brun raid Cor", "uses Brun to weaken Cor": Brun is the one who acts.
    """
    at = start - 1
    bare = items[start].kind is Kind.TO or (
        start == verb and items[verb].form == "base"
    )
    if bare and at > 0 and items[at].kind is Kind.NODE:
        ruler = at - 1
        while ruler > 0 and items[ruler].kind in {Kind.DET, Kind.WORD, Kind.ADV}:
            ruler -= 1
        if _lends(items[ruler]) and ruler >= 0:
            return Found([at], [])
    return subject_before(items, start)


def _lends(item: Item) -> bool:
    """Whether the object of a verb acts in the verb after it."""
    return item.kind in {Kind.VERB, Kind.HELPER} and any(
        form.entry.predicate in _CONTROL or form.entry.name in _MAKERS
        for form in item.forms
    )


def _patients(
    items: list[Item], verb: int, entries: list[Entry], passive: bool
) -> list[tuple[Entry, Found]]:
    """Entry that fits what follows a verb, with the objects there."""
    for entry in entries:
        if entry.prepositions and not passive:
            after = objects_after(items, verb + 1, entry.prepositions)
            if after.places:
                return [(entry, after)]
    if items[verb + 1 : verb + 2] and any(
        form.entry.kind == "say" for form in items[verb].forms
    ) and any(one.word in {"that", "must"} for one in items[verb + 1 : verb + 5]):
        entries = [entry for entry in entries if entry.sign is Sign.MINUS]
    for entry in entries:
        if not entry.prepositions:
            after = Found() if passive else objects_after(items, verb + 1)
            if passive or after.places:
                return [(entry, after)]
    return []


def _by(items: list[Item], start: int) -> Found:
    """Agent of a passive."""
    return objects_after(items, start, ("by",))


def composed(
    items: list[Item], helpers: list[int], entry: Entry
) -> tuple[str, Sign, tuple[str, ...]]:
    """Predicate and sign of a verb under its helpers, with what frames it.

    "vowed to help fight" is "fight"; "lift the ban" turns a ban round; "refuse" is an
    act of its own; "fail to" only frames: the sign stays, a person sets the polarity.
    """
    predicate, sign = entry.predicate, entry.sign
    notes: list[str] = []
    for at in helpers:
        item = items[at]
        if item.kind is Kind.NOT:
            notes.append(f'negated by "{item.word}"')
            continue
        roles = {form.entry.does: form.entry for form in item.forms}
        if "deny" in roles:
            notes.append(f'framed by "{item.word}": it may be said not to hold')
        elif "refuse" in roles and sign is Sign.PLUS:
            predicate, sign = roles["refuse"].predicate, Sign.MINUS
            notes.append(f'turned by "{item.word}"')
        elif "refuse" in roles:
            notes.append(f'framed by "{item.word}"')
    return predicate, sign, tuple(notes)


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
    yield from _pairs(
        items, noun, agents, patients, entry.predicate, sign, "noun", entry, ()
    )
    for form in after[1].forms[:1] if len(after) > 1 else ():
        if form.entry.kind == "verb":
            sign, predicate = form.entry.sign, form.entry.predicate
            notes = (f'avowed as a "{items[noun].word}"',)
            yield from _pairs(
                items, noun, agents, patients, predicate, sign, "noun", entry, notes
            )


def demand_reads(items: list[Item], modal: int) -> Iterator[Read]:
    """What is asked of a party: "Arda said that Brun must leave"."""
    asked = subject_before(items, modal)
    if not asked.places or asked.doubts:
        return
    says = asked.places[0] - 1
    while says >= 0 and items[says].kind in {Kind.ADV, Kind.DET, Kind.WORD, Kind.PREP}:
        says -= 1
    if says < 0 or not any(f.entry.kind == "say" for f in items[says].forms):
        return
    agents = subject_before(items, chain_start(items, says)[0])
    for agent in agents.places:
        for place in asked.places:
            if items[agent].node != items[place].node:
                yield Read(
                    subject=agent,
                    object=place,
                    trigger=says,
                    predicate="opposes",
                    sign=Sign.MINUS,
                    pattern="demand",
                    word=items[says].word,
                    doubts=(*agents.doubts, "asks for an act"),
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
        agents = _by(items, noun + 1)
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
        yield from _pairs(
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
        _pairs(
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
            if roles & {"lift", "refuse"} and entry.sign is Sign.PLUS:
                return "opposes", Sign.MINUS, (f'turned by "{item.word}"',)
            return entry.predicate, entry.sign, ()
        if item.kind not in {Kind.DET, Kind.WORD, Kind.ADV, Kind.OWN, Kind.NODE}:
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
    yield from _pairs(
        items, noun, parts, wholes, entry.predicate, entry.sign, "part", entry, ()
    )


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
        elif item.kind not in {Kind.DET, Kind.WORD, Kind.ADV} and not (
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
        owner = owner_before(items, at, _ACROSS | {Kind.NOUN, Kind.PART})
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


def link_reads(items: list[Item], link: Link, names: Names) -> Iterator[Read]:
    """What a factor's own name says: "Brun's raids" are Brun's doing."""
    vague = items[link.owner].vague
    doubts = ("a pronoun",) if vague else ()
    if link.joint in {"of", "by"}:
        if items[link.factor].node not in names.effects:
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


def _pairs(
    items: list[Item],
    trigger: int,
    agents: Found,
    patients: Found,
    predicate: str,
    sign: Sign,
    pattern: str,
    entry: Entry,
    notes: tuple[str, ...],
) -> Iterator[Read]:
    """Every subject with every object."""
    doubts = (*agents.doubts, *patients.doubts)
    for subject in agents.places:
        for other in patients.places:
            if items[subject].node == items[other].node:
                continue
            vague = items[subject].vague or items[other].vague
            yield Read(
                subject=subject,
                object=other,
                trigger=trigger,
                predicate=predicate,
                sign=sign,
                pattern=pattern,
                word=entry.name,
                doubts=(*doubts, "a pronoun") if vague else doubts,
                notes=notes,
            )
