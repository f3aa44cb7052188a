"""What stands for something said before: "they", "both sides", "such a step"."""

from dataclasses import dataclass, replace
from typing import Final

from cuibono.claims.words import NodeKind
from cuibono.coding.suggest.items import By, Item, Kind
from cuibono.coding.suggest.kin import ACTS, HAPPENINGS, STATES
from cuibono.coding.suggest.mentions import governed, is_object
from cuibono.coding.suggest.names import Names
from cuibono.coding.suggest.variants import Variants

POINTING: Final = frozenset("this that such these those".split())
_LANDS: Final = frozenset("country nation territory village town city area".split())
_SIDES: Final = frozenset(
    "sides parties countries governments groups states entities neighbours neighbors "
    "leaders rivals powers nations camps movements organisations organizations foes "
    "enemies armies capitals".split()
)
_OBJECTIVE: Final = frozenset({"it", "him", "her", "them"})
_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class Context:
    """What the sentences before leave in mind.

    Attributes
    ----------
    about : str
        The party that the last sentence is about, or nothing.
    recent : tuple of str
        Parties named so far, in order.
    subjects : tuple of str
        Parties that are the subject of the last sentence together.
    topics : tuple of str
        Nodes that are no parties, named so far, in order.
    """

    about: str = ""
    recent: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


def next_context(
    items: list[Item], names: Names, before: Context, most: int
) -> Context:
    """What a sentence leaves in mind, after what was there before."""
    named = [item.node for item in items if item.node in names.actors]
    topics = [
        item.node
        for item in items
        if item.kind is Kind.NODE and item.node not in names.actors
    ]
    return replace(
        before,
        recent=(*before.recent, *named)[-most:],
        subjects=_subjects(items, names),
        topics=(*before.topics, *topics)[-most:],
    )


def _subjects(items: list[Item], names: Names) -> tuple[str, ...]:
    """Parties listed together at the head of a sentence's main clause."""
    for at, item in enumerate(items):
        if item.kind is not Kind.NODE or item.node not in names.actors:
            continue
        if governed(items, at):
            continue
        found = [item.node]
        place = at + 1
        while place + 1 < len(items) and items[place].kind in {Kind.CONJ, Kind.COMMA}:
            listed = items[place + 1]
            if listed.kind is not Kind.NODE or listed.node not in names.actors:
                break
            found.append(listed.node)
            place += 2
        return tuple(dict.fromkeys(found))
    return ()


def of_pronoun(
    items: list[Item], place: int, variants: Variants, context: Context
) -> list[str]:
    """Nodes of "they" where two were spoken of; of "it" where a factor was.

    An object is another than its subject: in "Arda fears it" it is not Arda.
    """
    item = items[place]
    opens = not any(one.kind is Kind.NODE for one in items[:place])
    if item.word in {"they", "them"} and len(context.subjects) > 1 and opens:
        return list(context.subjects)
    subject = _subject_before(items, place)
    if item.word not in _OBJECTIVE or subject is None:
        return []
    node = items[subject].node
    if item.word == "it" and variants.kinds.get(node) is not NodeKind.ACTOR:
        return [node]
    if not is_object(items, place) and not governed(items, place):
        return []
    if not item.vague or item.node != node:
        return []
    here = [one.node for one in items[:place] if one.kind is Kind.NODE]
    others = [
        one
        for one in reversed([*context.recent, *here])
        if one != node and variants.kinds.get(one) is NodeKind.ACTOR
    ]
    return others[:1]


def _subject_before(items: list[Item], place: int) -> int | None:
    """Nearest mention before a place that is neither governed nor an object."""
    for at in range(place - 1, -1, -1):
        if items[at].kind is not Kind.NODE or items[at + 1].word == "'s":
            continue
        if not governed(items, at) and not is_object(items, at):
            return at
    return None


def is_pair(items: list[Item], place: int) -> bool:
    """Whether a noun takes up two parties: "both sides", "the two states"."""
    item = items[place]
    return (item.said or item.word) in _SIDES and any(
        one.word in {"both", "two"} for one in items[max(0, place - 3) : place]
    )


def last_two(before: list[Item], context: Context, variants: Variants) -> list[str]:
    """Parties named last, if there are two: those of the sentences before first."""
    here = [one.node for one in before if one.kind is Kind.NODE]
    earlier = [node for node in context.recent if node not in here]
    for known in (earlier, [*context.recent, *here]):
        named = dict.fromkeys(
            node
            for node in reversed(known)
            if variants.kinds.get(node) is NodeKind.ACTOR
        )
        last = list(named)[:_PAIR]
        if len(last) == _PAIR:
            return last[::-1]
    return []


def party_taken_up(
    items: list[Item], place: int, word: str, variants: Variants, context: Context
) -> list[str]:
    """Party named before that "the federation", "the general" takes up."""
    if not is_known(items, place):
        return []
    after = items[place + 1 : place + 2]
    if after and (after[0].kind is Kind.REL or after[0].word in {"of", "that"}):
        return []
    here = [one.node for one in items[:place] if one.kind is Kind.NODE]
    for node in reversed([*context.recent, *here]):
        actor = variants.kinds.get(node) is NodeKind.ACTOR
        if actor and word in variants.called.get(node, ()):
            return [node]
    return []


def taken_up(
    items: list[Item], place: int, head: str, variants: Variants, context: Context
) -> list[str]:
    """Node that "such a step", "this war", "the country" takes up."""
    pointing = any(item.word in POINTING for item in items[max(0, place - 3) : place])
    wanted: set[NodeKind] = set()
    if pointing and head in ACTS:
        wanted |= {NodeKind.POLICY}
    if pointing and head in HAPPENINGS:
        wanted |= {NodeKind.EVENT}
    if pointing and head in STATES:
        wanted |= {NodeKind.FACTOR}
    if head in _LANDS and is_known(items, place):
        wanted |= {NodeKind.PLACE}
    here = [item.node for item in items[:place] if item.node and item.by != By.CONTEXT]
    for node in reversed([*context.topics, *here]):
        if variants.kinds.get(node) in wanted:
            return [node]
    return []


def is_known(items: list[Item], place: int) -> bool:
    """Whether a noun is meant as known: "the crisis", "this armed crisis"."""
    for item in reversed(items[max(0, place - 2) : place]):
        if item.kind is Kind.DET:
            return item.word in POINTING | {"the"}
        if item.kind is not Kind.WORD:
            return False
    return False
