"""What nouns and conjunctions tie loosely: feuds between two, blame, conditions."""

from collections.abc import Iterator
from typing import Final

from cuibono.claims.words import Sign
from cuibono.coding.suggest.items import ACTING, BOUNDS, Item, Kind
from cuibono.coding.suggest.lexicon import Entry
from cuibono.coding.suggest.objects import objects_after
from cuibono.coding.suggest.reading import Found, Read, pairs
from cuibono.coding.suggest.verb_rules import patients_of
from cuibono.coding.suggest.wide_clauses import Abstract, entries_of

_REACH: Final = 8
_PAIR: Final = 2
_CREDIT: Final = frozenset("owe attribute ascribe".split())
_BLAME: Final = frozenset("blame accuse fault criticize criticise credit thank".split())
_CONDITION: Final = frozenset("when if once after unless until".split())
_OUGHT: Final = frozenset("must should need needs ought has have".split())
_WANTING: Final = frozenset(
    "want wants wish wishes hope hopes seek mean serious".split()
)


def between_reads(items: list[Item], noun: int) -> Iterator[Read]:
    """What holds between two: "the feud between Arda and Brun"."""
    after = items[noun + 1 : noun + 2]
    if not after or after[0].word != "between":
        return
    found = _two(items, noun + 2)
    entry = items[noun].forms[0].entry
    if len(found) != _PAIR or entry.sign is Sign.NEITHER:
        return
    hostile = entry.sign is Sign.MINUS
    predicate = "opposes" if hostile else "cooperates"
    for one, other in (found, found[::-1]):
        yield from pairs(
            items,
            noun,
            Found([one]),
            Found([other]),
            predicate,
            entry.sign,
            "between",
            entry,
            (),
        )


def _two(items: list[Item], start: int) -> list[int]:
    """Places of "Arda and Brun", each with words of its own before it."""
    found: list[int] = []
    for place in range(start, min(len(items), start + 2 * _REACH)):
        item = items[place]
        if item.kind is Kind.NODE:
            found.append(place)
            if len(found) == _PAIR:
                return found
        elif item.kind not in {Kind.WORD, Kind.DET, Kind.CONJ, Kind.ADV, Kind.OWN}:
            return []
    return []


def fronted_reads(items: list[Item], noun: int) -> Iterator[Read]:
    """What is said of the subject before it comes: "As a sponsor of Brun, Arda ..."."""
    opens = [item.word for item in items[:2]]
    if opens[:1] != ["as"] or items[1].kind is not Kind.DET or noun > _REACH:
        return
    comma = next(
        (p for p in range(noun, len(items)) if items[p].kind is Kind.COMMA), None
    )
    if comma is None:
        return
    agents = next(
        (
            [p]
            for p in range(comma, len(items) - 1)
            if items[p].kind is Kind.NODE
            and items[p - 1].kind in {Kind.COMMA, Kind.DET}
            and items[p + 1].kind in {Kind.AUX, Kind.ADV, Kind.WORD} | ACTING
        ),
        [],
    )
    for form in items[noun].forms:
        patients = objects_after(items, noun + 1, form.entry.prepositions)
        if form.entry.does == "person" and form.entry.prepositions:
            yield from pairs(
                items,
                noun,
                Found(agents),
                patients,
                form.entry.predicate,
                form.entry.sign,
                "noun",
                form.entry,
                (),
            )


def blame_reads(items: list[Item], verb: int) -> Iterator[Read]:
    """Who is said to have brought what about: "owes its rise to Brun"."""
    bases = {form.entry.words[0] for form in items[verb].forms} | {_base(items[verb])}
    entry = Entry((items[verb].said or items[verb].word,), "verb", "causes", Sign.PLUS,
                  (), "")  # fmt: skip
    if bases & _CREDIT:
        what, whom = objects_after(items, verb + 1), ("to",)
        who = _led_to(items, verb, whom)
    elif bases & _BLAME:
        who = objects_after(items, verb + 1)
        what = objects_after(items, verb + 1, ("for",))
    else:
        return
    yield from pairs(
        items, verb, who, what, entry.predicate, entry.sign, "blame", entry, ()
    )


def _base(item: Item) -> str:
    """Verb without its ending, of words that the lexicon has not."""
    return item.word.removesuffix("d").removesuffix("s")


def _led_to(items: list[Item], start: int, prepositions: tuple[str, ...]) -> Found:
    """Node after a preposition that stands far from its verb."""
    for at in range(start + 1, min(len(items), start + 2 * _REACH)):
        if items[at].word in prepositions:
            return objects_after(items, at + 1)
        if items[at].kind in BOUNDS | ACTING:
            return Found()
    return Found()


def condition_reads(items: list[Item], is_abstract: Abstract) -> Iterator[Read]:
    """What only holds if something else does: "peace is possible only if Brun goes"."""
    for at, item in enumerate(items):
        strict = item.word in {"unless", "until"}
        only = any(one.word == "only" for one in items[max(0, at - 2 * _REACH) : at])
        if item.word not in _CONDITION or not (strict or only):
            continue
        end = next(
            (p for p in range(at, len(items)) if items[p].kind is Kind.COMMA),
            len(items),
        )
        fronted = at == 0 or items[at - 1].kind in {Kind.CONJ, Kind.COMMA}
        main = range(end, len(items)) if fronted and strict else range(at)
        needed = [place for place in range(at + 1, end) if is_abstract(items[place])]
        kept = [place for place in main if is_abstract(items[place])]
        entry = Entry((item.word,), "verb", "enables", Sign.PLUS, (), "")
        yield from pairs(
            items,
            at,
            Found(needed[:1]),
            Found(kept),
            "enables",
            Sign.PLUS,
            "condition",
            entry,
            (),
        )


def means_reads(items: list[Item], is_abstract: Abstract) -> Iterator[Read]:
    """What must be done for an aim: "to end the famine, Arda must arm Brun"."""
    must = next((p for p, one in enumerate(items) if one.word in _OUGHT), None)
    first = items[0].word if items else ""
    if must is None or first not in {"if", "to"}:
        return
    comma = next((p for p in range(must) if items[p].kind is Kind.COMMA), None)
    wants = first == "to" or any(one.word in _WANTING for one in items[:must])
    means = [p for p in range(must + 1, len(items)) if is_abstract(items[p])][:1]
    if comma is None or not wants or not means:
        return
    for verb in range(must):
        if items[verb].kind is Kind.VERB and items[verb].form == "base":
            for entry, found in patients_of(
                items, verb, entries_of(items[verb]), False
            ):
                minus = entry.sign is Sign.MINUS
                yield from pairs(
                    items,
                    must,
                    Found(means),
                    found,
                    "prevents" if minus else "enables",
                    entry.sign,
                    "condition",
                    entry,
                    (),
                )
