"""A case of proposals that nobody has accepted: to look at, not to believe."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from cuibono.claims.identity import claim_id
from cuibono.claims.quotes import anchor_at
from cuibono.claims.records import (
    Case,
    Claim,
    Codebook,
    Node,
    Prov,
    Reading,
    Selector,
    Source,
)
from cuibono.claims.words import Method, Status
from cuibono.coding.suggest.records import Suggestion

PROPOSED: Final = "proposed"
MARK: Final = "proposed by rule, accepted by nobody"


def provisional_case(
    source: Source,
    text: str,
    nodes: Sequence[Node],
    codebook: Codebook,
    suggestions: Sequence[Suggestion],
) -> Case:
    """Case whose claims are proposals, every one marked so.

    Voice, stance, polarity and layer, which no proposal fills in, stand at the values
    that a claim has where nothing is said; the reading's title and every paraphrase say
    that nobody has accepted any of it, so that no sentence of a report goes without.
    """
    known = {node.id for node in nodes}
    claims = tuple(
        _claim(source, text, one)
        for one in suggestions
        if one.predicate and {one.subject, one.object} <= known
    )
    title = source.title or source.id
    return Case(
        id=source.id,
        title=f"Provisional, accepted by nobody: {title}",
        summary=(
            f"Every claim below was {MARK}. Who says it, with what stance, whether it is "
            "denied, and in which layer is not coded: all count as the author's own, "
            "affirmed. What follows from such claims is worth what a person makes of "
            "them: cuibono review goes through them one by one."
        ),
        sources=(source,),
        nodes=tuple(nodes),
        codebook=codebook,
        claims=claims,
        readings=(
            Reading(
                id=PROPOSED,
                title="proposals by rule that nobody has accepted",
                include=(Selector(tag=(PROPOSED,)),),
                note=f"{len(claims)} claims {MARK}.",
            ),
        ),
        defaults_used=(
            f"{len(claims)} claims {MARK}",
            "voice, stance, polarity, layer and modality are not coded",
        ),
    )


def _claim(source: Source, text: str, one: Suggestion) -> Claim:
    """Claim of a proposal, marked."""
    made = Claim(
        id="",
        source=source.id,
        subject=one.subject,
        predicate=one.predicate,
        object=one.object,
        sign=one.sign,
        anchor=anchor_at(text, one.start, one.end, keep=True),
        paraphrase=(
            f"[{MARK}] {one.subject} {one.predicate} {one.object} ({one.sign.value})"
        ),
        notes="; ".join((one.reason, *one.warnings)),
        tags=(PROPOSED,),
        status=Status.DRAFT,
        prov=Prov(method=Method.RULE, derived_from=one.id),
    )
    return replace(made, id=claim_id(made))
