"""Suggestions that wait in a case, of every method, read back."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from cuibono.claims.quotes import quote_sha256
from cuibono.claims.words import Sign
from cuibono.coding.cues import Cue, CueFound
from cuibono.coding.suggest.files import FOLDER
from cuibono.coding.suggest.records import Suggestion, Tier
from cuibono.errors import Problems
from cuibono.formats.limits import CaseFolder

_TEXTS: Final = ("id", "source", "quote", "subject", "predicate", "object", "reason")


def read_suggestions(
    case: Path, problems: Problems, texts: Mapping[str, str] | None = None
) -> tuple[Suggestion, ...]:
    """All suggestions of a case in the order of the texts; faults go to `problems`.

    Where a text may not be kept its quotes are not either: they are taken from `texts`,
    if the words at the place are still those that were suggested.
    """
    folder = CaseFolder(case, problems)
    if not folder.exists(FOLDER):
        return ()
    found: dict[str, Suggestion] = {}
    for name in folder.names(FOLDER, "*.jsonl"):
        text = folder.text(name) or ""
        for at, line in enumerate(text.split("\n"), start=1):
            if not line.strip():
                continue
            one = _suggestion(line, texts or {})
            if one is None:
                problems.add(
                    name,
                    row=at,
                    found=line[:60],
                    expected="a suggestion as cuibono suggest writes it",
                    mend="suggest again",
                )
                continue
            found.setdefault(one.id, one)
    return tuple(
        sorted(found.values(), key=lambda one: (one.source, one.start, one.end, one.id))
    )


def _suggestion(line: str, texts: Mapping[str, str]) -> Suggestion | None:
    """Suggestion of a line, or None."""
    try:
        record: Any = _with_quote(json.loads(line), texts)
        texts = {name: record[name] for name in _TEXTS}
        places = record["start"], record["end"]
        if not all(isinstance(text, str) for text in texts.values()):
            return None
        if not all(isinstance(at, int) and at >= 0 for at in places):
            return None
        return Suggestion(
            **texts,
            start=places[0],
            end=places[1],
            sign=Sign(record["sign"]),
            tier=Tier(record["tier"]),
            method=str(record["method"]),
            cues=tuple(_cue(cue) for cue in record.get("cues", ())),
            warnings=tuple(str(text) for text in record.get("warnings", ())),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _with_quote(record: Any, texts: Mapping[str, str]) -> Any:
    """Record with its quote, where that was left out and the text is at hand."""
    if record["quote"] or record["source"] not in texts:
        return record
    words = texts[record["source"]][record["start"] : record["end"]]
    same = quote_sha256(words) == record.get("quote_sha256")
    return {**record, "quote": words if same else ""}


def _cue(record: dict[str, Any]) -> CueFound:
    """Cue of its record."""
    return CueFound(
        kind=Cue(record["kind"]),
        word=str(record["word"]),
        start=int(record["start"]),
        end=int(record["end"]),
        outside=bool(record["outside"]),
    )
