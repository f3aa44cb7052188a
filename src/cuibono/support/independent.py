"""Who stands behind a carrier: outermost authors, then documents, then voices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cuibono.claims.records import AUTHOR, Claim, voice_text
from cuibono.support.relevance import Behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """What stands behind the edges that a claim stands behind.

    Attributes
    ----------
    claim : str
        The carrier.
    claims : tuple of str
        All claims behind its edges, itself among them.
    authors : tuple of str
        Outermost authors: two documents of one author count once, and what parties
        are reported to say is its author's report.
    sources : tuple of str
        Documents.
    voices : tuple of str
        Whole chains of who says it.
    """

    claim: str
    claims: tuple[str, ...]
    authors: tuple[str, ...]
    sources: tuple[str, ...]
    voices: tuple[str, ...]


def outermost(claim: Claim, authors: Mapping[str, str]) -> str:
    """Outermost voice: the author of the source, by name where the case has it.

    A source whose author is not named is told apart by its id.
    """
    first = claim.voice[0] if claim.voice else AUTHOR
    if first.who != AUTHOR.who:
        return first.who
    return authors.get(claim.source) or f"author of {claim.source}"


def backing(
    claims: Iterable[Claim],
    behind: Behind,
    carriers: Iterable[str],
    authors: Mapping[str, str],
) -> tuple[Backing, ...]:
    """Independent support of carriers, in the order given.

    Parameters
    ----------
    claims : iterable of Claim
        Claims of the reading.
    behind : (m,) tuple of tuples of str
        Claims behind each edge.
    carriers : iterable of str
        Claim ids.
    authors : mapping of source id to author
        Empty names count as not named.
    """
    known = {claim.id: claim for claim in claims}
    found = []
    for name in dict.fromkeys(carriers):
        together = [ids for ids in behind if name in ids]
        ids = list(dict.fromkeys(c for part in together for c in part))
        own = [known[c] for c in ids if c in known]
        found.append(
            Backing(
                claim=name,
                claims=tuple(ids),
                authors=tuple(dict.fromkeys(outermost(c, authors) for c in own)),
                sources=tuple(dict.fromkeys(c.source for c in own)),
                voices=tuple(dict.fromkeys(voice_text(c.voice) for c in own)),
            )
        )
    return tuple(found)
