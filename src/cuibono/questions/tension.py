"""Tensions: claims of one voice that pull against each other."""

from collections.abc import Iterable
from dataclasses import dataclass

from cuibono.claims.records import Claim, Codebook, voice_text
from cuibono.claims.select import claim_edges
from cuibono.claims.words import Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Tension:
    """Two sets of claims by one voice that give one link opposite signs.

    Attributes
    ----------
    voice : str
        Whose.
    tail, head : str
        The link.
    raises, lowers : tuple of str
        Claims for either sign.
    """

    voice: str
    tail: str
    head: str
    raises: tuple[str, ...]
    lowers: tuple[str, ...]


def tensions(claims: Iterable[Claim], codebook: Codebook) -> tuple[Tension, ...]:
    """Return the links to which one voice gives both signs, claims on either side.

    No single model can hold both: each draw takes one. They need not be a mistake: times,
    conditions and layers may differ, which is for the reader to see in the claims.

    Parameters
    ----------
    claims : iterable of Claim
        Affirmed claims of a reading.
    codebook : Codebook
        Which way each predicate's arrow runs.
    """
    found: dict[tuple[str, str, str], dict[Sign, list[str]]] = {}
    for claim in claims:
        for tail, head, sign in claim_edges(claim, codebook):
            key = (voice_text(claim.voice), tail, head)
            found.setdefault(key, {}).setdefault(sign, []).append(claim.id)
    return tuple(
        Tension(
            voice=voice,
            tail=tail,
            head=head,
            raises=tuple(sorted(set(sides[Sign.PLUS]))),
            lowers=tuple(sorted(set(sides[Sign.MINUS]))),
        )
        for (voice, tail, head), sides in sorted(found.items())
        if Sign.PLUS in sides and Sign.MINUS in sides
    )
