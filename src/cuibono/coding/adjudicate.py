"""Two coders' claims side by side, and one set in force made of them, with reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from cuibono.claims.identity import claim_id
from cuibono.claims.records import Case, Claim, Prov, voice_chain, voice_text
from cuibono.claims.words import (
    Layer,
    Method,
    Modality,
    Polarity,
    Sign,
    Stance,
    Status,
)
from cuibono.coding.agree import SourceAgreement, agreement, field_readers

ADJUDICATED: Final = "adjudicated"
"""Coder id of claims in force that were adjudicated."""


class Kind(StrEnum):
    """How two coders stand to each other on one item."""

    SAME = "same"
    DIFFERS = "differs"
    ONLY_ONE = "only the first"
    ONLY_OTHER = "only the second"


class Take(StrEnum):
    """What is done with an item."""

    ONE = "one"
    OTHER = "other"
    EDIT = "edit"
    DROP = "drop"


EDITABLE: Final = (
    "subject",
    "predicate",
    "object",
    "sign",
    "voice",
    "stance",
    "polarity",
    "layer",
    "modality",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One place that one or both coders coded.

    Attributes
    ----------
    source : str
        Which source.
    kind : Kind
        Whether both saw it and coded it alike.
    one, other : Claim or None
        Their versions.
    differs : tuple of str
        Fields in which the versions differ.
    """

    source: str
    kind: Kind
    one: Claim | None
    other: Claim | None
    differs: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        claims = [claim for claim in (self.one, self.other) if claim is not None]
        return min(claim.anchor.start if claim.anchor else 0 for claim in claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided on an item, and why; `edits` replace fields of the first version."""

    take: Take
    why: str = ""
    edits: tuple[tuple[str, str], ...] = ()


def items(case: Case, one: str, other: str) -> tuple[Item, ...]:
    """Everything that two coders coded, side by side, in the order of the text.

    Raises
    ------
    ValueError
        If a coder has no claims.
    """
    found = agreement(case, one, other)
    listed = [item for part in found.sources for item in _of_source(case, part)]
    return tuple(sorted(listed, key=lambda item: (item.source, item.start)))


def _of_source(case: Case, part: SourceAgreement) -> list[Item]:
    """Items of one source."""
    readers = field_readers(case)
    listed = []
    for first, second in part.pairs:
        differs = [
            name for name, (read, _) in readers.items() if read(first) != read(second)
        ]
        differs += ["subject"] if first.subject != second.subject else []
        listed.append(
            Item(
                source=part.source,
                kind=Kind.DIFFERS if differs else Kind.SAME,
                one=first,
                other=second,
                differs=tuple(differs),
            )
        )
    listed.extend(
        Item(source=part.source, kind=Kind.ONLY_ONE, one=claim, other=None)
        for claim in part.only_one
    )
    listed.extend(
        Item(source=part.source, kind=Kind.ONLY_OTHER, one=None, other=claim)
        for claim in part.only_other
    )
    return listed


def decision_fault(item: Item, decision: Decision) -> str:
    """What is wrong with a decision on an item, or an empty text."""
    if item.kind is not Kind.SAME and not decision.why:
        return "a decision without a reason"
    if decision.take is Take.ONE and item.one is None:
        return "the first coder has no version of it"
    if decision.take is Take.OTHER and item.other is None:
        return "the second coder has no version of it"
    if decision.take is Take.EDIT and not decision.edits:
        return "an edit that changes nothing"
    if decision.take is not Take.EDIT and decision.edits:
        return f'fields to edit, but the decision is "{decision.take.value}"'
    for name, value in decision.edits:
        if fault := _edit_fault(name, value):
            return fault
    return ""


def _edit_fault(name: str, value: str) -> str:
    """What is wrong with an edited field, or an empty text."""
    if name not in EDITABLE:
        return f'the field "{name}", which is none of {", ".join(EDITABLE)}'
    words = _WORDS.get(name)
    if words is not None and value not in words:
        return f'"{value}" for {name}, which is one of {", ".join(words)}'
    return ""


_WORDS: Final = {
    "sign": [one.value for one in Sign],
    "stance": [one.value for one in Stance],
    "polarity": [one.value for one in Polarity],
    "layer": [one.value for one in Layer],
    "modality": [one.value for one in Modality],
}


def final_claims(
    listed: Sequence[Item], decisions: Sequence[Decision]
) -> tuple[tuple[Claim, ...], tuple[dict[str, object], ...]]:
    """Claims in force, and the lines of the log that say how each came about.

    Parameters
    ----------
    listed : sequence of Item
        As `items` gives them.
    decisions : sequence of Decision
        One for each, in the same order, without faults.
    """
    claims: list[Claim] = []
    log: list[dict[str, object]] = []
    for item, decision in zip(listed, decisions, strict=True):
        made = _made(item, decision)
        if made is not None:
            claims.append(made)
        versions = [claim for claim in (item.one, item.other) if claim is not None]
        log.append(
            {
                "action": decision.take.value,
                "source": item.source,
                "kind": item.kind.value,
                "target": [claim.id for claim in versions],
                "to": [made.id] if made is not None else [],
                "differs": list(item.differs),
                "reason": decision.why,
            }
        )
    return tuple(claims), tuple(log)


def _made(item: Item, decision: Decision) -> Claim | None:
    """Claim that a decision makes, or None where it drops the item."""
    if decision.take is Take.DROP:
        return None
    base = item.other if decision.take is Take.OTHER else item.one or item.other
    if base is None:
        return None
    changes: dict[str, object] = dict(decision.edits)
    for name, kind in _KINDS.items():
        if name in changes:
            changes[name] = kind(str(changes[name]))
    if "voice" in changes:
        changes["voice"] = voice_chain(str(changes["voice"]))
    edited = replace(
        base,
        **changes,  # type: ignore[arg-type]
        coder=ADJUDICATED,
        status=Status.SUBMITTED,
        prov=Prov(method=Method.HUMAN, derived_from=base.id),
        file="",
        row=0,
    )
    return replace(edited, id=claim_id(edited))


_KINDS: Final = {
    "sign": Sign,
    "stance": Stance,
    "polarity": Polarity,
    "layer": Layer,
    "modality": Modality,
}


def told(claim: Claim | None) -> str:
    """A version in one line, empty if there is none."""
    if claim is None:
        return ""
    return (
        f"{claim.subject} {claim.predicate} {claim.object} ({claim.sign.value}) | "
        f"{voice_text(claim.voice)} | {claim.stance.value} | {claim.polarity.value} | "
        f"{claim.layer.value} | {claim.modality.value}"
    )
