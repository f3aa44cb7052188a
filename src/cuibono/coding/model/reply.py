"""A reply, whatever shape it has, and the claims in it that stand in the text."""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from cuibono.claims.names import alias_table, folded_name
from cuibono.claims.records import Case
from cuibono.claims.words import SIGN_WORDS, Sign
from cuibono.coding.cues import cues as cues_of
from cuibono.coding.cues import cut_before
from cuibono.coding.model.prompt import Chunk
from cuibono.coding.suggest.records import Suggestion, Tier, suggestion_id
from cuibono.coding.verify import verified

MOST_CLAIMS: Final = 200
"""Claims of one reply that are looked at."""

LONGEST_QUOTE: Final = 1200
_FENCE: Final = re.compile(r"```(?:json)?\s*(.*?)```", re.S)
_KNOWN: Final = {"quote", "subject", "predicate", "object", "sign"}


class UnreadableError(Exception):
    """A reply from which no JSON object could be read; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A claim of a reply that does not count, and why."""

    quote: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a reply gave.

    Attributes
    ----------
    suggestions : tuple of Suggestion
        Claims whose quote stands in the text.
    rejected : tuple of Rejected
        The others; a bad one never takes a good one with it.
    """

    suggestions: tuple[Suggestion, ...]
    rejected: tuple[Rejected, ...]


def content_of(body: object) -> str:
    """Words of a reply: plain content, parts of content, or a call of a tool.

    Raises
    ------
    UnreadableError
        If there are none, or the model refused.
    """
    choice = _first(body, "choices")
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(message, dict):
        raise UnreadableError("the reply has no message")
    if message.get("refusal"):
        raise UnreadableError("the model refused")
    content = message.get("content")
    if isinstance(content, list):
        parts = [part.get("text", "") for part in content if isinstance(part, dict)]
        content = "".join(part for part in parts if isinstance(part, str))
    if not content:
        call = _first(message, "tool_calls")
        function = call.get("function") if isinstance(call, dict) else None
        content = function.get("arguments") if isinstance(function, dict) else None
    if isinstance(content, dict):
        content = json.dumps(content)
    if not isinstance(content, str) or not content.strip():
        raise UnreadableError("an empty reply")
    return content


def _first(body: object, key: str) -> object:
    """First item of a list in an object, or None."""
    items = body.get(key) if isinstance(body, dict) else None
    return items[0] if isinstance(items, list) and items else None


def parsed(content: str) -> list[object]:
    """Claims of a reply's words: JSON alone, in a fence, or with prose around it.

    Raises
    ------
    UnreadableError
        If no such object is there, or it was cut off.
    """
    for candidate in _candidates(content):
        try:
            found = json.loads(candidate)
        except (ValueError, RecursionError):
            continue
        claims = found.get("claims") if isinstance(found, dict) else found
        if isinstance(claims, list):
            return claims[:MOST_CLAIMS]
    cut = content.count("{") > content.count("}")
    raise UnreadableError(
        "the reply was cut off" if cut else "no JSON object in the reply"
    )


def _candidates(content: str) -> list[str]:
    """Stretches of a reply that may be its JSON, the likeliest first."""
    plain = content.strip()
    fenced = [part.strip() for part in _FENCE.findall(plain)]
    found = [plain, *reversed(fenced)]
    decoder = json.JSONDecoder()
    for match in re.finditer(r'\{\s*"claims"', plain):
        try:
            _, end = decoder.raw_decode(plain, match.start())
        except (ValueError, RecursionError):
            continue
        found.append(plain[match.start() : end])
    return found


def read_claims(
    claims: list[object], case: Case, chunk: Chunk, text: str, language: str
) -> Read:
    """Suggestions of the claims whose quote stands in the stretch that was sent.

    Parameters
    ----------
    claims : list
        As `parsed` gives them.
    case : Case
        Its nodes and predicates are the only ones that count.
    chunk : Chunk
        What was sent: a quote from elsewhere was not read there.
    text : str
        The whole text.
    language : str
        Of the text.
    """
    table = alias_table(case.nodes)
    made: dict[str, Suggestion] = {}
    rejected: list[Rejected] = []
    for claim in claims:
        one = _read(claim, case, table, chunk, text, language)
        if isinstance(one, Rejected):
            rejected.append(one)
        elif one.id in made:
            rejected.append(Rejected(quote=one.quote, reason="said twice in one reply"))
        else:
            made[one.id] = one
    ordered = sorted(made.values(), key=lambda one: (one.start, one.id))
    return Read(suggestions=tuple(ordered), rejected=tuple(rejected))


def _read(
    claim: object,
    case: Case,
    table: dict[str, str],
    chunk: Chunk,
    text: str,
    language: str,
) -> Suggestion | Rejected:
    """One claim as a suggestion, or why it does not count."""
    if not isinstance(claim, dict):
        return Rejected(quote="", reason="not an object")
    quote = claim.get("quote")
    if not isinstance(quote, str) or not quote.strip():
        return Rejected(quote="", reason="no quote")
    short = quote[:120]
    if len(quote) > LONGEST_QUOTE:
        return Rejected(quote=short, reason=f"a quote of {len(quote)} characters")
    found = verified(chunk.text, quote)
    if found.place is None:
        why = found.refused.value if found.refused else "not in the text"
        return Rejected(quote=short, reason=f"its quote is {why}")
    ends = [_node(claim.get(key), table) for key in ("subject", "object")]
    subject, obj = ends
    if subject is None or obj is None:
        return Rejected(quote=short, reason="no subject or object")
    if subject == obj:
        return Rejected(quote=short, reason="subject and object are the same")
    word, sign, warnings = _words(claim, case)
    start, end = chunk.start + found.place.start, chunk.start + found.place.end
    return _suggestion(
        chunk.source, text, (start, end), (subject, word, obj), sign, warnings, language
    )


def _node(name: object, table: dict[str, str]) -> str | None:
    """Id of a node, or `new:` and a name; None if there is no name."""
    if not isinstance(name, str) or not name.strip():
        return None
    plain = " ".join(name.split())[:80]
    known = table.get(folded_name(plain.removeprefix("new:").strip()))
    return known or f"new:{plain.removeprefix('new:').strip()}"


def _words(claim: dict[str, Any], case: Case) -> tuple[str, Sign, list[str]]:
    """Predicate and sign of the closed sets; what is none of them is left open."""
    warnings = []
    known = {word.id for word in case.codebook.predicates}
    word = claim.get("predicate")
    if not isinstance(word, str) or word not in known:
        warnings.append(f"its predicate {str(word)[:40]!r} is none of the codebook's")
        word = ""
    raw = claim.get("sign")
    sign = SIGN_WORDS.get(raw.strip()) if isinstance(raw, str) else None
    if sign is None:
        warnings.append(f"its sign {str(raw)[:20]!r} is none of + - 0 ?")
        sign = Sign.NOT_STATED
    if set(claim) - _KNOWN:
        warnings.append("fields that were not asked for are left out")
    return word, sign, warnings


def _suggestion(
    source: str,
    text: str,
    place: tuple[int, int],
    proposition: tuple[str, str, str],
    sign: Sign,
    warnings: list[str],
    language: str,
) -> Suggestion:
    """Suggestion with the cues of its whole sentence."""
    start, end = place
    subject, predicate, obj = proposition
    left_out = cut_before(text, start, end, language)
    told = list(warnings)
    if left_out:
        names = ", ".join(dict.fromkeys(cue.word for cue in left_out))
        told.append(f"the quote leaves out, of its sentence: {names}")
    if any(name.startswith("new:") for name in (subject, obj)):
        told.append("a node that the case does not have")
    return Suggestion(
        id=suggestion_id(source, start, end, subject, predicate, obj, sign.value),
        source=source,
        start=start,
        end=end,
        quote=text[start:end],
        subject=subject,
        predicate=predicate,
        object=obj,
        sign=sign,
        tier=Tier.POSSIBLE,
        reason="proposed by a model",
        method="model",
        cues=cues_of(text, start, end, language),
        warnings=tuple(told),
    )
