"""A proposition as it is read off a row of items."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cuibono.claims.words import Sign
from cuibono.coding.suggest.items import Item
from cuibono.coding.suggest.lexicon import Entry


@dataclass(slots=True)
class Found:
    """Places of nodes in one role, and why they may be wrong."""

    places: list[int] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


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


def pairs(
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
            vague = [
                one.by or "a pronoun"
                for one in (items[subject], items[other])
                if one.vague and (one.by or not one.safe)
            ]
            yield Read(
                subject=subject,
                object=other,
                trigger=trigger,
                predicate=predicate,
                sign=sign,
                pattern=pattern,
                word=entry.name,
                doubts=(*doubts, *dict.fromkeys(vague)),
                notes=notes,
            )
