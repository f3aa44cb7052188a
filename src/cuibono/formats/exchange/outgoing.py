"""What leaves: a case with the texts at hand, and what a form could not hold."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from cuibono.claims.records import Case, Claim
from cuibono.errors import UsageError


@dataclass(slots=True)
class Outgoing:
    """A case on its way out; writers note here what they leave behind.

    `texts` are those at hand, by source; `suggestions` the records of
    `suggestions/<source>.*.jsonl`; `needed` is what the other program must be told
    before it shows the file.
    """

    case: Case
    texts: dict[str, str] = field(default_factory=dict)
    suggestions: list[dict[str, Any]] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    needed: list[str] = field(default_factory=list)

    def anchored(self, form: str) -> list[Claim]:
        """Claims that have a place in a text at hand; the others are counted as lost.

        Raises
        ------
        UsageError
            If no text is at hand.
        """
        if not self.texts:
            raise UsageError(
                f"{form} holds whole texts, and none is at hand; name their folder "
                "with --texts"
            )
        kept = []
        for claim in self.case.claims:
            if claim.source not in self.texts:
                self.lost["claims of sources whose text is not at hand"] += 1
            elif claim.anchor is None:
                self.lost["claims without a place in the text"] += 1
            else:
                kept.append(claim)
        return kept

    def told(self) -> list[str]:
        """What was left behind, and what the other program needs, one line each."""
        lost = [f"left out: {count} {what}" for what, count in self.lost.items()]
        return [*lost, *self.needed]
