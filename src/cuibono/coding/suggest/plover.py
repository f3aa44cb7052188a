"""The PLOVER gold standard records as a test: whose act on whom is friendly or not."""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from cuibono.claims.records import Node
from cuibono.claims.words import NodeKind, Sign
from cuibono.coding.suggest.suggester import suggest
from cuibono.errors import UsageError

FRIENDLY: Final = frozenset(
    "AGREE CONSULT SUPPORT COOPERATE AID CONCEDE YIELD RETREAT".split()
)
"""Event types that count as +; every other one counts as -."""


class Half(StrEnum):
    """Which sentences are used: by a hash of each."""

    DEVELOP = "develop"
    REPORT = "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A sentence with the parties that its coder marked, and the sign of the event."""

    id: str
    text: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    sign: Sign
    event: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PloverScore:
    """What is right of the pairs of some records.

    Attributes
    ----------
    pairs : int
        Pairs of a source and a target.
    matched, sign_right : int
        Pairs suggested in that direction; those of them with the right sign.
    reversed : int
        Pairs suggested in the other direction only.
    majority : float
        Share of the matched pairs that have the commoner sign: what always saying that
        sign would get right.
    """

    half: str
    records: int
    pairs: int
    matched: int
    sign_right: int
    reversed: int
    majority: float

    @property
    def sign(self) -> float:
        """Share of the matched pairs whose sign is right."""
        return self.sign_right / self.matched if self.matched else 0.0

    @property
    def recall_with_sign(self) -> float:
        """Share of all pairs that are suggested with the right sign."""
        return self.sign_right / self.pairs if self.pairs else 0.0


def half_of(text: str) -> Half:
    """Half that a sentence falls in, by the parity of its SHA-256.

    Examples
    --------
    >>> half_of("Arda helps Brun.").value
    'report'
    """
    even = hashlib.sha256(text.encode()).digest()[-1] % 2 == 0
    return Half.DEVELOP if even else Half.REPORT


def read_records(path: Path, half: Half | None = None) -> tuple[Record, ...]:
    """Records with a source and a target, both named in the sentence.

    Parameters
    ----------
    path : Path
        The JSON file of the gold standard records.
    half : Half, optional
        Only the sentences of one half.

    Raises
    ------
    UsageError
        If the file is not a JSON list of records.
    """
    try:
        listed = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise UsageError(f"{path} is no JSON file: {error}") from error
    if not isinstance(listed, list):
        raise UsageError(f"{path}: expected a list of PLOVER records")
    made = [_record(item) for item in listed if isinstance(item, dict)]
    return tuple(
        record
        for record in made
        if record.sources
        and record.targets
        and (half is None or half_of(record.text) is half)
    )


def _record(item: dict[str, Any]) -> Record:
    """Record of a JSON object."""
    text = str(item.get("text") or "")
    event = str(item.get("event") or "")
    return Record(
        id=str(item.get("id", "")),
        text=text,
        sources=_actors(item.get("source"), text),
        targets=_actors(item.get("target"), text),
        sign=Sign.PLUS if event in FRIENDLY else Sign.MINUS,
        event=event,
    )


def _actors(listed: object, text: str) -> tuple[str, ...]:
    """Names of the parties in a field, as far as they stand in the sentence."""
    if not isinstance(listed, list):
        return ()
    named = [str(one.get("actorText", "")) for one in listed if isinstance(one, dict)]
    return tuple(dict.fromkeys(name for name in named if name and name in text))


def evaluate_plover(records: tuple[Record, ...], half: str = "") -> PloverScore:
    """Score on records, with the parties of each sentence given by name only."""
    pairs = reverse = 0
    hits: list[tuple[Sign, Sign]] = []
    for record in records:
        made = {
            (one.subject, one.object): one.sign
            for one in reversed(suggest(record.text, _nodes(record)))
        }
        for source in record.sources:
            for target in record.targets:
                pairs += source != target
                if (source, target) in made:
                    hits.append((record.sign, made[source, target]))
                else:
                    reverse += (target, source) in made
    friendly = sum(true is Sign.PLUS for true, _ in hits)
    return PloverScore(
        half=half,
        records=len(records),
        pairs=pairs,
        matched=len(hits),
        sign_right=sum(true is said for true, said in hits),
        reversed=reverse,
        majority=max(friendly, len(hits) - friendly) / len(hits) if hits else 0.0,
    )


def _nodes(record: Record) -> tuple[Node, ...]:
    """Parties of a record as nodes, named as its coder marked them."""
    names = dict.fromkeys((*record.sources, *record.targets))
    return tuple(Node(id=name, label=name, kind=NodeKind.ACTOR) for name in names)
