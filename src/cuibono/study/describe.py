"""What a case holds: counts, predictions, what sources share."""

from collections import Counter
from collections.abc import Iterable

from cuibono.claims.records import Case, Claim, voice_text
from cuibono.claims.select import claim_edges
from cuibono.claims.words import Arrow, Modality, Polarity, Role
from cuibono.model.build import edge_claims
from cuibono.study.records import Counts, Prediction, SourceComparison

WIDER = "wider"


def counts(case: Case) -> Counts:
    """A case's claims, counted by what they are."""
    authors = {source.id: source.author or source.id for source in case.sources}
    own = [claim for claim in case.claims if claim.voice[0].role is Role.AUTHOR]
    return Counts(
        claims=len(case.claims),
        premises=sum(claim.is_premise for claim in case.claims),
        conclusions=sum(claim.is_conclusion for claim in case.claims),
        by_layer=_counted(claim.layer.value for claim in case.claims),
        by_modality=_counted(claim.modality.value for claim in case.claims),
        by_stance=_counted(claim.stance.value for claim in case.claims),
        by_voice=_counted(voice_text(claim.voice) for claim in case.claims),
        by_source=_counted(claim.source for claim in case.claims),
        by_author=_counted(authors[claim.source] for claim in own),
        labels=sum(is_label(claim, case) for claim in case.claims),
        denials=sum(claim.polarity is Polarity.DENIED for claim in case.claims),
        wider=sum(WIDER in claim.tags for claim in case.claims),
    )


def _counted(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Words with their counts, the most frequent first."""
    return tuple(sorted(Counter(words).items(), key=lambda item: (-item[1], item[0])))


def is_label(claim: Claim, case: Case) -> bool:
    """Whether a claim only names, likens or groups, without an effect."""
    word = case.codebook.predicate(claim.predicate)
    return (
        not claim_edges(claim, case.codebook)
        and claim.edge is None
        and word is not None
        and word.arrow is Arrow.NONE
        and not claim.is_conclusion
    )


def predictions(case: Case) -> tuple[Prediction, ...]:
    """Explicit predictions and conditionals, and whether they are testable as stated.

    One is testable as stated if it says by when, and something that would count.
    """
    found = []
    for claim in case.claims:
        if claim.modality not in {Modality.PREDICTED, Modality.CONDITIONAL}:
            continue
        lacks = []
        if not claim.resolves_by:
            lacks.append("it states no date by which it would be settled")
        if not claim.would_count_as:
            lacks.append("no observation that would count is coded")
        found.append(
            Prediction(
                claim=claim.id,
                resolves_by=claim.resolves_by,
                would_count_as=claim.would_count_as,
                testable=not lacks,
                why="; ".join(lacks),
            )
        )
    return tuple(found)


def compare_sources(case: Case) -> SourceComparison:
    """Edges that sources share, and those that only one states."""
    by_edge: dict[tuple[str, str, int], set[str]] = {}
    for source in case.sources:
        premises = [
            claim
            for claim in case.claims
            if claim.source == source.id
            and claim.is_premise
            and claim.polarity is Polarity.AFFIRMED
            and len(claim.voice) == 1
        ]
        for row in edge_claims(premises, case.codebook, {}):
            by_edge.setdefault(row, set()).add(source.id)
    return SourceComparison(
        shared=tuple(sorted(row for row, ids in by_edge.items() if len(ids) > 1)),
        alone=tuple(
            (
                source.id,
                tuple(
                    sorted(row for row, ids in by_edge.items() if ids == {source.id})
                ),
            )
            for source in case.sources
        ),
    )
