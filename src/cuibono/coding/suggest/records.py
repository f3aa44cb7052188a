"""What a suggestion is: a proposition found in a text, which nobody has accepted."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from cuibono.claims.quotes import quote_sha256
from cuibono.claims.words import Sign
from cuibono.coding.cues import CueFound

OPEN_FIELDS: Final = ("voice", "stance", "polarity", "layer", "modality")
"""Fields of a claim that no suggestion fills in: a person must."""


class Tier(StrEnum):
    """How plainly a sentence says what is suggested."""

    CONFIDENT = "confident"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A proposition that a text may put forward: for a person to accept, edit or reject.

    Who says it, with what stance, polarity and layer is left open on purpose: `cues`
    show the words of the sentence that bear on it.

    Attributes
    ----------
    id : str
        From the source, the place and the proposition: the same each time.
    start, end : int
        Clause that is quoted, in code points of the source's text, end-exclusive.
    quote : str
        Its words.
    sign : Sign
        Of the proposition without its "not".
    reason : str
        Which word of the lexicon, in which pattern.
    cues : tuple of CueFound
        Words of the whole sentence that may turn, attribute or weaken it.
    warnings : tuple of str
        What a reader should look at first.
    """

    id: str
    source: str
    start: int
    end: int
    quote: str
    subject: str
    predicate: str
    object: str
    sign: Sign
    tier: Tier
    reason: str
    method: str = "rule"
    cues: tuple[CueFound, ...] = ()
    warnings: tuple[str, ...] = ()

    def to_record(self, *, keep: bool = True) -> dict[str, Any]:
        """JSON object of the suggestion, the open fields among it as null.

        Without `keep` the quote is left out; its place and SHA-256 stand for it.
        """
        return {
            "id": self.id,
            "source": self.source,
            "start": self.start,
            "end": self.end,
            "quote": self.quote if keep else "",
            "quote_sha256": quote_sha256(self.quote),
            "subject": self.subject,
            "predicate": self.predicate,
            "object": self.object,
            "sign": self.sign.value,
            **dict.fromkeys(OPEN_FIELDS),
            "tier": self.tier.value,
            "method": self.method,
            "reason": self.reason,
            "cues": [
                {
                    "kind": cue.kind.value,
                    "word": cue.word,
                    "start": cue.start,
                    "end": cue.end,
                    "outside": cue.outside,
                }
                for cue in self.cues
            ],
            "warnings": list(self.warnings),
        }


def suggestion_id(source: str, start: int, end: int, *proposition: str) -> str:
    """Id of a suggestion: the same text and proposition give the same one.

    Examples
    --------
    >>> suggestion_id("letter", 0, 16, "arda", "opposes", "brun")
    's-2f93f67fed'
    """
    key = "\x1f".join([source, str(start), str(end), *proposition])
    return "s-" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:10]
