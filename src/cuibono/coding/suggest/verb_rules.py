"""What verbs say: of their subject and objects, of parties together, of what is used."""

from collections.abc import Iterator
from typing import Final

from cuibono.claims.words import Sign
from cuibono.coding.suggest.items import PRETEXTS, Item, Kind
from cuibono.coding.suggest.lexicon import Entry
from cuibono.coding.suggest.objects import objects_after
from cuibono.coding.suggest.reading import Found, Read, pairs
from cuibono.coding.suggest.subjects import chain_start, is_passive, subject_before

_REACH: Final = 6
_CONTROL: Final = frozenset({"uses", "enables"})
_MAKERS: Final = frozenset(
    "help allow let force urge order press push encourage persuade invite compel lead "
    "permit enable want pressure ask count rely".split()
)


def verb_reads(items: list[Item], verb: int) -> Iterator[Read]:
    """What a verb says of its subject and its objects."""
    start, helpers = chain_start(items, verb)
    if (
        start > 1
        and items[start - 1].word == "of"
        and items[start - 2].word in PRETEXTS
    ):
        return  # an avowed act: the rule of pretexts has it
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
    for entry, after in patients_of(items, verb, entries, passive):
        if passive:
            agents, patients = by_agent(items, verb + 1), before
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
        yield from pairs(
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
            yield from pairs(
                items, verb, who, gains, predicate, Sign.PLUS, "verb", entry, ()
            )


def mutual_reads(items: list[Item], verb: int, before: Found) -> Iterator[Read]:
    """What parties do with each other: "Arda and Brun met", "Arda and Brun clashed"."""
    after = items[verb + 1 : verb + 2]
    entries = [f.entry for f in items[verb].forms if "with" in f.entry.prepositions]
    if len(before.places) != len({1, 2}) or not entries:
        return
    if after and after[0].kind not in {
        Kind.STOP,
        Kind.ADV,
        Kind.TO,
        Kind.PREP,
        Kind.CONJ,
    }:
        return
    subject, other = before.places
    yield from pairs(
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
        if items[ruler].word in {"on", "upon", "like"}:
            ruler -= 1
        while ruler > 0 and items[ruler].kind in {Kind.DET, Kind.WORD, Kind.PREP}:
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


def patients_of(
    items: list[Item], verb: int, entries: list[Entry], passive: bool
) -> list[tuple[Entry, Found]]:
    """Entry that fits what follows a verb, with the objects there."""
    for entry in entries:
        if entry.prepositions and not passive:
            after = objects_after(items, verb + 1, entry.prepositions)
            if after.places:
                return [(entry, after)]
    if (
        items[verb + 1 : verb + 2]
        and any(form.entry.kind == "say" for form in items[verb].forms)
        and any(one.word in {"that", "must"} for one in items[verb + 1 : verb + 5])
    ):
        entries = [entry for entry in entries if entry.sign is Sign.MINUS]
    for entry in entries:
        if not entry.prepositions:
            after = Found() if passive else objects_after(items, verb + 1)
            if passive or after.places:
                return [(entry, after)]
    return []


def by_agent(items: list[Item], start: int) -> Found:
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
