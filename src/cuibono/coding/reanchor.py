"""Claims anchored again after their text changed: by quote, with what stood around it."""

from dataclasses import dataclass, replace

from cuibono.claims.quotes import anchor_at, holds_in
from cuibono.claims.records import Anchor, Claim
from cuibono.coding.verify import verified


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What became of one claim: its anchor before and after, None where it is lost."""

    claim: str
    before: Anchor
    after: Anchor | None
    reason: str = ""


def reanchored(
    claims: tuple[Claim, ...], text: str
) -> tuple[tuple[Claim, ...], tuple[Moved, ...]]:
    """Claims with anchors into a text, and what moved or was lost.

    A quote is looked for by its words; where they stand several times, the words kept
    before and after it must fit one place. Claims whose quote is not kept, or is not
    found, keep their anchor and are told as lost.
    """
    kept, moved = [], []
    for claim in claims:
        anchor = claim.anchor
        if anchor is None or holds_in(anchor, text):
            kept.append(claim)
            continue
        after, reason = _found(anchor, text)
        moved.append(Moved(claim=claim.id, before=anchor, after=after, reason=reason))
        kept.append(claim if after is None else replace(claim, anchor=after))
    return tuple(kept), tuple(moved)


def _found(anchor: Anchor, text: str) -> tuple[Anchor | None, str]:
    """Where an anchor's quote stands now, or why it is lost."""
    if not anchor.exact:
        return None, "the quote is not kept, only its hash"
    first = verified(text, anchor.exact)
    found = first.place
    if found is None and first.places:
        found = verified(
            text, anchor.exact, prefix=anchor.prefix, suffix=anchor.suffix
        ).place
    if found is None:
        return None, first.refused.value if first.refused else "not in the text"
    return anchor_at(text, found.start, found.end, keep=True), ""
