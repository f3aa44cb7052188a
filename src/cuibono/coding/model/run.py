"""A whole case put to a model, stretch by stretch: nothing asked twice, nothing lost."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from cuibono.claims.records import Case
from cuibono.coding.model.client import Answered
from cuibono.coding.model.prompt import (
    TEMPLATE,
    Chunk,
    chunks,
    messages,
    prompt_sha256,
    schema,
)
from cuibono.coding.model.reply import Read, Rejected, read_claims
from cuibono.coding.model.settings import Endpoint
from cuibono.coding.sentences import sentences
from cuibono.coding.suggest.records import Suggestion
from cuibono.files.atomic import write_text


class Asks(Protocol):
    """What answers: a client, or a stub in tests."""

    def ask(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> Answered:
        """Answer one request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run gave.

    Attributes
    ----------
    suggestions : tuple of Suggestion
        All whose quote stands in its text, in the order of the texts.
    rejected : tuple of Rejected
        Claims of replies that do not count.
    asked, cached, failed : int
        Stretches sent now, answered before, and left without a readable answer.
    silent : int
        Sentences that no suggestion touches: what a model left out is not seen else.
    log : tuple of dict
        One entry for each stretch: hashes, attempts, counts; never a key.
    """

    suggestions: tuple[Suggestion, ...]
    rejected: tuple[Rejected, ...]
    asked: int
    cached: int
    failed: int
    silent: int
    tokens: tuple[int, int]
    log: tuple[dict[str, object], ...]


def chunk_key(case: Case, chunk: Chunk, endpoint: Endpoint) -> str:
    """SHA-256 of all that decides a reply: text, prompt, schema, model, parameters."""
    parts = [
        TEMPLATE,
        prompt_sha256(case),
        chunk.text,
        endpoint.url,
        endpoint.model,
        endpoint.temperature,
        endpoint.seed,
        endpoint.most_tokens,
    ]
    text = json.dumps(parts, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def suggestions_of_model(
    case: Case,
    texts: dict[str, str],
    endpoint: Endpoint,
    client: Asks,
    cache: Path,
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> Outcome:
    """Every stretch of every text put to a model, with each answer kept as it comes.

    Parameters
    ----------
    case : Case
        Its nodes and codebook go into the prompt.
    texts : dict
        Text by source.
    endpoint : Endpoint
        Part of the key of the cache, without its API key.
    client : Asks
        Sends.
    cache : Path
        Folder with one file for each answered stretch: a run that was stopped asks
        only for the rest.
    """
    parts = [
        (chunk, case.source(source).language or "en")
        for source, text in sorted(texts.items())
        for chunk in chunks(source, text, case.source(source).language or "en")
    ]
    gathered = _Gathered()
    for at, (chunk, language) in enumerate(parts):
        progress(f"{chunk.source} {chunk.start}", at, len(parts))
        path = cache / f"{chunk_key(case, chunk, endpoint)}.json"
        kept = _kept(path)
        if kept is None:
            kept = _answer(client.ask(messages(case, chunk), schema(case)), path)
            gathered.asked += 1
        else:
            gathered.cached += 1
        read = read_claims(kept["claims"], case, chunk, texts[chunk.source], language)
        gathered.add(chunk, kept, read, path.stem)
    progress("done", len(parts), len(parts))
    return gathered.outcome(texts, case)


def _kept(path: Path) -> dict[str, Any] | None:
    """An answer kept before, None if there is none that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    whole = isinstance(found, dict) and isinstance(found.get("claims"), list)
    return found if whole else None


def _answer(answered: Answered, path: Path) -> dict[str, Any]:
    """An answer, kept in one step unless it failed."""
    found = {
        "claims": list(answered.claims),
        "attempts": list(answered.attempts),
        "tokens": list(answered.tokens),
        "raw": answered.raw,
        "failed": answered.failed,
    }
    if not answered.failed:
        write_text(path, json.dumps(found, ensure_ascii=False, indent=1))
    return found


class _Gathered:
    """What comes together while a run goes on."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.asked = self.cached = self.failed = 0
        self.sent = self.got = 0
        self.found: dict[str, Suggestion] = {}
        self.rejected: list[Rejected] = []
        self.log: list[dict[str, object]] = []

    def add(self, chunk: Chunk, kept: dict[str, Any], read: Read, key: str) -> None:
        """Take in one answer."""
        self.failed += bool(kept.get("failed"))
        sent, got = (*kept.get("tokens", (0, 0)), 0, 0)[:2]
        self.sent, self.got = self.sent + int(sent), self.got + int(got)
        for one in read.suggestions:
            self.found.setdefault(one.id, one)
        self.rejected += read.rejected
        self.log.append(
            {
                "source": chunk.source,
                "start": chunk.start,
                "end": chunk.end,
                "key": key,
                "attempts": list(kept.get("attempts", ())),
                "suggested": len(read.suggestions),
                "rejected": [[one.quote, one.reason] for one in read.rejected],
            }
        )

    def outcome(self, texts: dict[str, str], case: Case) -> Outcome:
        """Everything, in the order of the texts."""
        ordered = sorted(
            self.found.values(), key=lambda one: (one.source, one.start, one.id)
        )
        return Outcome(
            suggestions=tuple(ordered),
            rejected=tuple(self.rejected),
            asked=self.asked,
            cached=self.cached,
            failed=self.failed,
            silent=_silent(ordered, texts, case),
            tokens=(self.sent, self.got),
            log=tuple(self.log),
        )


def _silent(found: Iterable[Suggestion], texts: dict[str, str], case: Case) -> int:
    """Sentences that no suggestion touches."""
    marked = [(one.source, one.start, one.end) for one in found]
    return sum(
        not any(
            source == name and start < span.end and span.start < end
            for name, start, end in marked
        )
        for source, text in texts.items()
        for span in sentences(text, case.source(source).language or "en")
    )
