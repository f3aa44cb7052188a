"""Suggestions accepted, edited or rejected by a person, each with a line in the log."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from cuibono.claims.identity import claim_id
from cuibono.claims.quotes import anchor_at
from cuibono.claims.records import Case, Claim, Prov, voice_chain
from cuibono.claims.words import (
    Layer,
    Method,
    Modality,
    Polarity,
    Sign,
    Stance,
)
from cuibono.coding.suggest.records import OPEN_FIELDS, Suggestion
from cuibono.errors import Problems, UsageError
from cuibono.files.atomic import write_text
from cuibono.formats.jsonl import claim_lines, read_claim_lines
from cuibono.formats.limits import CaseFolder

LOG: Final = "log/decisions.jsonl"
EDITABLE: Final = ("subject", "predicate", "object", "sign", *OPEN_FIELDS)
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "stance": tuple(one.value for one in Stance),
    "polarity": tuple(one.value for one in Polarity),
    "layer": tuple(one.value for one in Layer),
    "modality": tuple(one.value for one in Modality),
    "sign": tuple(one.value for one in Sign),
}
_METHODS: Final = {"rule": Method.RULE, "model": Method.LLM}


class Act(StrEnum):
    """What is done with a suggestion."""

    ACCEPT = "accept"
    EDIT = "edit"
    REJECT = "reject"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How the suggestions of a method fared."""

    method: str
    tier: str
    accepted: int
    edited: int
    rejected: int

    @property
    def share(self) -> float:
        """Share that was accepted, as it was or edited."""
        number = self.accepted + self.edited + self.rejected
        return (self.accepted + self.edited) / number if number else 0.0


def claim_of(
    case: Case,
    suggestion: Suggestion,
    coder: str,
    fields: Mapping[str, str],
    text: str,
    *,
    keep: bool,
) -> Claim:
    """Claim that a person makes of a suggestion.

    Parameters
    ----------
    case : Case
        Its nodes and predicates are the only ones.
    suggestion : Suggestion
        What was proposed.
    coder : str
        Whose claim it is now.
    fields : mapping
        Every field that suggestions leave open, and those that were edited.
    text : str
        The source's text; the quote must still stand there.
    keep : bool
        Whether the quote may be kept.

    Raises
    ------
    UsageError
        If a field is open or holds no word of its set, a node or predicate is none of
        the case's, or the text changed.
    """
    if text[suggestion.start : suggestion.end] != suggestion.quote:
        raise UsageError("the text changed since: suggest again")
    values = {
        **{name: getattr(suggestion, name) for name in EDITABLE[:3]},
        "sign": suggestion.sign.value,
        **fields,
    }
    _check(case, values)
    made = Claim(
        id="",
        source=suggestion.source,
        subject=values["subject"],
        predicate=values["predicate"],
        object=values["object"],
        sign=Sign(values["sign"]),
        anchor=anchor_at(text, suggestion.start, suggestion.end, keep=keep),
        voice=voice_chain(values["voice"]),
        stance=Stance(values["stance"]),
        polarity=Polarity(values["polarity"]),
        layer=Layer(values["layer"]),
        modality=Modality(values["modality"]),
        coder=coder,
        coded_at=today(),
        prov=Prov(
            method=_METHODS.get(suggestion.method, Method.IMPORT),
            derived_from=suggestion.id,
        ),
    )
    return replace(made, id=claim_id(made))


def _check(case: Case, values: Mapping[str, str]) -> None:
    """Refuse what is open or unknown.

    Raises
    ------
    UsageError
        Naming the field.
    """
    for name in EDITABLE:
        value = values.get(name) or ""
        if not value:
            raise UsageError(
                f"{name} is open: no suggestion fills it in, a person must"
            )
        if name in CHOICES and value not in CHOICES[name]:
            raise UsageError(
                f'{name} is one of {", ".join(CHOICES[name])}, got "{value}"'
            )
    known = {node.id for node in case.nodes}
    for name in ("subject", "object"):
        if known and values[name] not in known:
            raise UsageError(
                f'{name} "{values[name]}" is no node of the case: add it to nodes.csv, '
                "or name another"
            )
    if case.codebook.predicate(values["predicate"]) is None:
        raise UsageError(f'"{values["predicate"]}" is no predicate of the codebook')


def today() -> str:
    """Date of today, as claims carry it."""
    return datetime.now(UTC).date().isoformat()


def record_decision(
    root: Path,
    suggestion: Suggestion,
    act: Act,
    coder: str,
    why: str,
    claim: Claim | None,
) -> None:
    """Write a decision: the claim into its coder's file, a line into the log.

    Raises
    ------
    CaseFileError
        If the coder's file cannot be read.
    """
    if claim is not None:
        problems = Problems()
        name = f"claims/{claim.source}/{coder}.jsonl"
        old: list[Claim] = []
        if (root / name).exists():
            text = CaseFolder(root, problems).text(name)
            old = read_claim_lines(text or "", name, problems)
            problems.raise_if_any()
        others = [one for one in old if one.id != claim.id]
        write_text(root / name, claim_lines([*others, claim]))
    line = {
        "at": today(),
        "who": coder,
        "action": act.value,
        "suggestion": suggestion.id,
        "source": suggestion.source,
        "method": suggestion.method,
        "tier": suggestion.tier.value,
        "claim": claim.id if claim is not None else None,
        "reason": why,
    }
    path = root / LOG
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    write_text(path, before + json.dumps(line, ensure_ascii=False) + "\n")


def decided(root: Path, coder: str) -> frozenset[str]:
    """Suggestions on which a coder has decided."""
    return frozenset(
        str(line["suggestion"]) for line in log_lines(root) if line.get("who") == coder
    )


def log_lines(root: Path) -> list[dict[str, object]]:
    """Lines of the decision log.

    Raises
    ------
    UsageError
        If a line is none.
    """
    path = root / LOG
    if not path.exists():
        return []
    found = []
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise UsageError(
                f"{LOG}, line {at}: broken JSON; mend or delete it"
            ) from error
        if isinstance(record, dict) and "suggestion" in record:
            found.append(record)
    return found


def rates(root: Path) -> tuple[Rate, ...]:
    """How the suggestions of each method and tier fared, over all coders.

    Raises
    ------
    UsageError
        If the log has a broken line.
    """
    counts: Counter[tuple[str, str, str]] = Counter(
        (str(line.get("method")), str(line.get("tier")), str(line.get("action")))
        for line in log_lines(root)
    )
    kinds = sorted({key[:2] for key in counts})
    return tuple(
        Rate(
            method=method,
            tier=tier,
            accepted=counts[method, tier, Act.ACCEPT],
            edited=counts[method, tier, Act.EDIT],
            rejected=counts[method, tier, Act.REJECT],
        )
        for method, tier in kinds
    )
