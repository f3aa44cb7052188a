"""Which claims a reading takes: selectors over voice, stance, layer, source and tag."""

from collections.abc import Iterable

from cuibono.claims.records import Case, Claim, Codebook, Reading, Selector, voice_text
from cuibono.claims.words import Arrow, Polarity, Sign, Stance

Pair = tuple[str, str]
Edge = tuple[str, str, Sign]


def claim_edges(claim: Claim, codebook: Codebook) -> tuple[Edge, ...]:
    """Edges (tail, head, sign) that a claim states; none for labels and parts.

    The predicate's arrow says which way the effect runs; the claim's own override
    wins. `0` (neither) is no edge; `?` keeps its place with an unknown sign. Polarity
    and stance are not looked at: they decide whether a reading takes the claim.
    """
    if claim.edge is not None:
        edge = claim.edge
        return ((edge.tail, edge.head, edge.sign),) if _bears(edge.sign) else ()
    word = codebook.predicate(claim.predicate)
    if word is None or word.arrow == Arrow.NONE or not _bears(claim.sign):
        return ()
    there = (claim.subject, claim.object, claim.sign)
    back = (claim.object, claim.subject, claim.sign)
    if word.arrow == Arrow.FORWARD:
        return (there,)
    if word.arrow == Arrow.BACKWARD or claim.subject == claim.object:
        return (back,)
    return (there, back)


def _bears(sign: Sign) -> bool:
    """Whether a sign makes an edge."""
    return sign != Sign.NEITHER


def disputed_by_reported(case: Case) -> frozenset[Pair]:
    """Ordered pairs on which some reported voice says the contrary of an author.

    A reported voice contradicts an edge by affirming the other sign on the same pair,
    or by denying the edge.
    """
    own: set[Edge] = set()
    against: set[Edge] = set()
    for claim in case.claims:
        edges = claim_edges(claim, case.codebook)
        if len(claim.voice) == 1 and claim.polarity == Polarity.AFFIRMED:
            own.update(edges)
        elif len(claim.voice) > 1:
            denied = claim.polarity == Polarity.DENIED
            against.update(
                (tail, head, sign if denied else sign.reversed())
                for tail, head, sign in edges
            )
    return frozenset((tail, head) for tail, head, _ in own & against)


def selects(selector: Selector, claim: Claim, case: Case) -> bool:
    """Whether a selector takes a claim.

    Unless the selector says otherwise, only affirmed premises are taken.
    """
    if not selector.claims:
        if claim.polarity not in (selector.polarity or (Polarity.AFFIRMED,)):
            return False
        if not selector.modality and not claim.is_premise:
            return False
        # What an author rejects without giving it to anybody is nobody's premise.
        alone = claim.stance == Stance.REJECTS and len(claim.voice) == 1
        if alone and not selector.stance:
            return False
    return fits(selector, claim, case)


def fits(selector: Selector, claim: Claim, case: Case) -> bool:
    """Whether every field that a selector sets holds of a claim."""
    if selector.claims:
        return claim.id in selector.claims
    if not all(_matches(selector, claim)):
        return False
    if selector.undisputed is None:
        return True
    pairs = disputed_by_reported(case)
    clear = not any((t, h) in pairs for t, h, _ in claim_edges(claim, case.codebook))
    return clear is selector.undisputed


def _matches(selector: Selector, claim: Claim) -> Iterable[bool]:
    """Whether each condition on the claim alone holds."""
    yield not selector.polarity or claim.polarity in selector.polarity
    yield not selector.modality or claim.modality in selector.modality
    yield not selector.stance or claim.stance in selector.stance
    yield not selector.layer or claim.layer in selector.layer
    yield not selector.source or claim.source in selector.source
    yield not selector.predicate or claim.predicate in selector.predicate
    yield not selector.tag or bool(set(selector.tag) & set(claim.tags))
    yield not selector.voice or _voice_matches(selector.voice, claim)
    yield selector.reported is None or (len(claim.voice) > 1) is selector.reported


def _voice_matches(patterns: tuple[str, ...], claim: Claim) -> bool:
    """Whether a claim's chain is one of those asked for; `*` ends an open chain."""
    text = voice_text(claim.voice)
    for pattern in patterns:
        head, star, _ = pattern.partition("*")
        if text == pattern.strip() or (star and text.startswith(head)):
            return True
    return False


def reading_claims(case: Case, reading: Reading) -> tuple[Claim, ...]:
    """Claims that a reading takes, in the case's order.

    What is left out is left out whatever its polarity and modality.
    """
    return tuple(
        claim
        for claim in case.claims
        if any(selects(selector, claim, case) for selector in reading.include)
        and not any(fits(selector, claim, case) for selector in reading.exclude)
    )
