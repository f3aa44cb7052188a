"""Clauses read loosely: shared objects, results, purposes, conditions, blame."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from cuibono.claims.words import Sign
from cuibono.coding.suggest.items import ACTING, BOUNDS, Item, Kind
from cuibono.coding.suggest.lexicon import Entry
from cuibono.coding.suggest.objects import objects_after
from cuibono.coding.suggest.reading import Found, Read, pairs
from cuibono.coding.suggest.subjects import chain_start, is_passive, subject_before
from cuibono.coding.suggest.verb_rules import composed, patients_of, subject_of

_REACH: Final = 8
_PAIR: Final = 2
_CONDEMNING: Final = frozenset(
    "condemn denounce decry deplore protest criticize criticise resent "
    "suffer avenge punish resist oppose reject blast slam fight combat counter".split()
)
_VOWS: Final = frozenset("vow warn swear pledge".split())
_PAPERS: Final = frozenset(
    "statement declaration resolution letter law bill decree order report speech message "
    "memo petition communique ultimatum article editorial edict directive note".split()
)

Abstract = Callable[[Item], bool]


def entries_of(item: Item) -> list[Entry]:
    """Entries of a verb that say something by themselves."""
    return [
        form.entry
        for form in item.forms
        if form.entry.kind == "verb" and form.entry.predicate
    ]


def _acts(
    items: list[Item], verb: int, agents: Found, patients: Found | None = None
) -> Iterator[Read]:
    """What an active verb says of agents that another rule has found."""
    start, helpers = chain_start(items, verb)
    if is_passive(items, verb, start):
        return
    if patients is None:
        fitting = patients_of(items, verb, entries_of(items[verb]), False)
    else:
        fitting = [(entry, patients) for entry in entries_of(items[verb])[:1]]
    for entry, found in fitting:
        predicate, sign, notes = composed(items, helpers, entry)
        yield from pairs(
            items, verb, agents, found, predicate, sign, "verb", entry, notes
        )


def shared_object_reads(items: list[Item], verb: int) -> Iterator[Read]:
    """Two verbs with one object: "arms and shelters Brun", "fights with or for Brun"."""
    after = verb + 1
    if after < len(items) and items[after].kind is Kind.PREP:
        after += 1
    if after + 1 >= len(items) or items[after].kind is not Kind.CONJ:
        return
    second = after + 1
    while second < len(items) and items[second].kind is Kind.ADV:
        second += 1
    if second >= len(items) or items[second].kind is not Kind.VERB:
        return
    fitting = patients_of(items, second, entries_of(items[second]), False)
    start, _ = chain_start(items, verb)
    agents = subject_of(items, verb, start)
    for _, patients in fitting:
        yield from _acts(items, verb, agents, patients)
        yield from _acts(items, second, agents, patients)


def result_reads(items: list[Item], verb: int, is_abstract: Abstract) -> Iterator[Read]:
    """What an act brings: "launched raids, killing farmers": the raids kill."""
    if items[verb].form != "ing":
        return
    comma = verb - 1
    while comma > 0 and items[comma].kind not in {Kind.COMMA} | BOUNDS:
        comma -= 1
    opens = items[comma + 1].form == "ing" or items[comma + 1].kind is Kind.ADV
    if items[comma].kind is not Kind.COMMA or not opens:
        return
    for at in range(comma - 1, max(-1, comma - 2 * _REACH), -1):
        if items[at].kind in BOUNDS or items[at].kind in ACTING:
            return
        if is_abstract(items[at]) and _is_after_verb(items, at):
            yield from _acts(items, verb, Found([at], ["a result"]))
            return


def _is_after_verb(items: list[Item], at: int) -> bool:
    """Whether a verb stands before a mention, in its clause."""
    for item in reversed(items[max(0, at - _REACH) : at]):
        if item.kind in ACTING:
            return True
        if item.kind in BOUNDS | {Kind.COMMA}:
            return False
    return False


def purpose_reads(
    items: list[Item], verb: int, is_abstract: Abstract
) -> Iterator[Read]:
    """What a plan is for: "the campaign to oust Brun", "raids aimed at ousting Brun"."""
    start, _ = chain_start(items, verb)
    if items[start].kind is not Kind.TO or start == 0:
        return
    if is_abstract(items[start - 1]):
        yield from _acts(items, verb, Found([start - 1]))


def deed_reads(items: list[Item], verb: int) -> Iterator[Read]:
    """Whose deed is condemned: "condemned the raids in the hills by Brun"."""
    entries = [
        form.entry
        for form in items[verb].forms
        if form.entry.sign is Sign.MINUS and form.entry.name in _CONDEMNING
    ]
    start, _ = chain_start(items, verb)
    if not entries or is_passive(items, verb, start):
        return
    for at in range(verb + 1, min(len(items) - 1, verb + 2 * _REACH)):
        if items[at].kind in BOUNDS | ACTING | {Kind.COMMA, Kind.REL}:
            return
        if items[at].word == "by":
            yield from pairs(
                items,
                verb,
                subject_before(items, start),
                objects_after(items, at + 1),
                "opposes",
                Sign.MINUS,
                "verb",
                entries[0],
                (),
            )
            return


def unless_reads(items: list[Item], verb: int) -> Iterator[Read]:
    """Whom a threat is meant for: "threatened to strike unless Brun left"."""
    roles = {form.entry.predicate for form in items[verb].forms}
    if "threatens" not in roles and items[verb].word not in _VOWS:
        return
    unless = next(
        (p for p in range(verb, len(items)) if items[p].word in {"unless", "until"}),
        None,
    )
    if unless is None:
        return
    start, _ = chain_start(items, verb)
    named = (p for p in range(unless, len(items)) if items[p].kind is Kind.NODE)
    entry = Entry((items[verb].word,), "verb", "threatens", Sign.MINUS, (), "")
    yield from pairs(
        items,
        verb,
        subject_before(items, start),
        Found(list(named)[:1]),
        entry.predicate,
        entry.sign,
        "verb",
        entry,
        (),
    )


def statement_reads(items: list[Item], verb: int) -> Iterator[Read]:
    """What a paper says: "issued a statement condemning Brun": its issuer condemns."""
    before = items[verb - 1] if verb else None
    if before is None or items[verb].form != "ing" or before.word not in _PAPERS:
        return
    agents = subject_before(items, verb - 1)
    doubts = [*agents.doubts, "by way of a paper"]
    yield from _acts(items, verb, Found(agents.places, doubts))


def policy_reads(items: list[Item], verb: int) -> Iterator[Read]:
    """Who takes up or turns down a policy: "should avoid arming Brun"."""
    after = verb + 1
    if after >= len(items) or items[after].kind is not Kind.NODE:
        return
    if not (items[after].said or items[after].word).endswith("ing"):
        return
    start, _ = chain_start(items, verb)
    agents = subject_before(items, start)
    roles = {form.entry.does for form in items[verb].forms}
    against = bool(roles & {"deny", "refuse", "lift"})
    entry = items[verb].forms[0].entry
    predicate, sign = ("opposes", Sign.MINUS) if against else ("supports", Sign.PLUS)
    yield from pairs(
        items, verb, agents, Found([after]), predicate, sign, "verb", entry, ()
    )


def gerund_reads(items: list[Item], at: int) -> Iterator[Read]:
    """What a policy does to its own object: "arming Brun" supports Brun."""
    entries = entries_of(items[at])
    if items[at].form != "ing" or not entries:
        return
    for entry, found in patients_of(items, at, entries, False):
        yield from pairs(
            items,
            at,
            Found([at]),
            found,
            entry.predicate,
            entry.sign,
            "verb",
            entry,
            (),
        )


def each_other_reads(items: list[Item], verb: int) -> Iterator[Read]:
    """What two do to each other, where both are named in the sentence."""
    after = [item.word for item in items[verb + 1 : verb + 4]]
    if not {("each", "other"), ("one", "another")} & set(pairwise(after)):
        return
    start, helpers = chain_start(items, verb)
    agents = subject_before(items, start)
    if len(agents.places) != _PAIR:
        return
    for entry in entries_of(items[verb])[:1]:
        predicate, sign, notes = composed(items, helpers, entry)
        for one, other in (agents.places, agents.places[::-1]):
            yield from pairs(
                items,
                verb,
                Found([one], agents.doubts),
                Found([other]),
                predicate,
                sign,
                "mutual",
                entry,
                notes,
            )
