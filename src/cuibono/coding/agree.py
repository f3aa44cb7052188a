"""Agreement of two coders: who saw a claim, and how alike they coded what both saw."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cuibono.claims.records import Case, Claim, voice_text
from cuibono.claims.select import claim_edges
from cuibono.coding.alpha import krippendorff_alpha

HALF = 0.5

CAUTION = (
    "The two passes are two passes of one project, not two people: their agreement "
    "shows how repeatable the codebook is, not how reliable people are with it."
)
"""What the agreement of the flagship's passes means; printed wherever it is shown."""

PASSES = frozenset({"pass-1", "pass-2"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAgreement:
    """Alpha of one field over matched claims, with its raw agreement."""

    field: str
    scale: str
    alpha: float | None
    same: int
    matched: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Two versions of one claim; `fields` names where they differ."""

    one: Claim
    other: Claim
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAgreement:
    """Agreement of two coders on one source.

    Attributes
    ----------
    span_f1 : float
        F1 of claims whose spans overlap by half of the shorter, one to one.
    strict_f1 : float
        The same where spans must overlap by half of their union.
    pair_f1 : float
        F1 of claims whose spans overlap so and that are about the same two nodes.
    pairs : tuple of (Claim, Claim)
        Those last ones: what both saw.
    """

    source: str
    coders: tuple[str, str]
    counts: tuple[int, int]
    span_f1: float
    strict_f1: float
    pair_f1: float
    fields: tuple[FieldAgreement, ...]
    disagreements: tuple[Disagreement, ...]
    only_one: tuple[Claim, ...]
    only_other: tuple[Claim, ...]
    pairs: tuple[tuple[Claim, Claim], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement of two coders on a case, source by source and over all."""

    coders: tuple[str, str]
    sources: tuple[SourceAgreement, ...]
    overall: SourceAgreement
    caution: str


def _edge_text(case: Case) -> Callable[[Claim], str]:
    """Function that gives a claim's arrows as text."""

    def text(claim: Claim) -> str:
        edges = claim_edges(claim, case.codebook)
        return ", ".join(f"{tail} > {head}" for tail, head, _ in sorted(edges))

    return text


def field_readers(
    case: Case,
) -> dict[str, tuple[Callable[[Claim], str], list[str] | None]]:
    """Fields to compare: how to read each, and its order if it has one."""
    return {
        "voice": (lambda c: voice_text(c.voice), None),
        "stance": (lambda c: c.stance.value, None),
        "predicate": (lambda c: c.predicate, None),
        "sign": (lambda c: c.sign.value, ["-", "0", "+"]),
        "polarity": (lambda c: c.polarity.value, None),
        "layer": (lambda c: c.layer.value, None),
        "modality": (lambda c: c.modality.value, None),
        "arrow": (_edge_text(case), None),
        "strength": (lambda c: c.strength.value, ["unspecified", "partial", "main"]),
        "hedge": (lambda c: "hedged" if c.hedge else "plain", None),
        "time": (lambda c: "stated" if c.time.stated else "none", None),
    }


def coders_of(case: Case) -> tuple[str, ...]:
    """Coders whose own files the case keeps, sorted."""
    return tuple(sorted({claim.coder for claim in case.coded if claim.coder}))


def agreement(case: Case, one: str, other: str) -> Agreement:
    """Agreement of two coders of a case.

    Parameters
    ----------
    case : Case
        With both coders' own files.
    one, other : str
        Coder ids.

    Raises
    ------
    ValueError
        If a coder has no claims.

    References
    ----------
    Krippendorff (2011); unit matching as in the claim method notes: spans that
    overlap by at least half of the shorter one, one to one, best overlap first.
    """
    known = coders_of(case)
    for name in (one, other):
        if name not in known:
            raise ValueError(f"no claims by coder {name!r}; coders: {', '.join(known)}")
    sources = sorted({claim.source for claim in case.coded})
    parts = tuple(_compare(case, [name], name, (one, other)) for name in sources)
    caution = CAUTION if {one, other} == PASSES else ""
    return Agreement(
        coders=(one, other),
        sources=parts,
        overall=_compare(case, sources, "all", (one, other)),
        caution=caution,
    )


def _compare(
    case: Case, sources: Sequence[str], name: str, coders: tuple[str, str]
) -> SourceAgreement:
    """Agreement on some sources together."""
    mine, theirs = (
        [c for c in case.coded if c.coder == coder and c.source in sources]
        for coder in coders
    )
    spans = _by_source(sources, mine, theirs, _of_shorter, same_pair=False)
    strict = _by_source(sources, mine, theirs, _of_union, same_pair=False)
    pairs = _by_source(sources, mine, theirs, _of_shorter, same_pair=True)
    count = len(mine) + len(theirs)
    taken = {id(claim) for pair in pairs for claim in pair}
    readers = field_readers(case)
    return SourceAgreement(
        source=name,
        coders=coders,
        counts=(len(mine), len(theirs)),
        span_f1=_f1(len(spans), count),
        strict_f1=_f1(len(strict), count),
        pair_f1=_f1(len(pairs), count),
        fields=tuple(
            _field(field, pairs, read, order)
            for field, (read, order) in readers.items()
        ),
        disagreements=tuple(_disagreements(pairs, readers)),
        only_one=tuple(claim for claim in mine if id(claim) not in taken),
        only_other=tuple(claim for claim in theirs if id(claim) not in taken),
        pairs=tuple(pairs),
    )


def _f1(matched: int, count: int) -> float:
    """Share of both coders' claims that are matched: F1 of one against the other."""
    return 2 * matched / count if count else 0.0


def _of_shorter(one: Claim, other: Claim) -> float:
    """Overlap of two spans as a share of the shorter one."""
    shared, lengths = _overlap(one, other)
    return shared / min(lengths)


def _of_union(one: Claim, other: Claim) -> float:
    """Overlap of two spans as a share of their union."""
    shared, lengths = _overlap(one, other)
    return shared / (sum(lengths) - shared)


def _overlap(one: Claim, other: Claim) -> tuple[int, tuple[int, int]]:
    """Code points that two anchors share, and their lengths."""
    a, b = one.anchor, other.anchor
    if a is None or b is None or one.source != other.source:
        return 0, (1, 1)
    if a.end <= b.start or b.end <= a.start:
        return 0, (1, 1)
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared, (a.end - a.start, b.end - b.start)


def _by_source(
    sources: Sequence[str],
    mine: list[Claim],
    theirs: list[Claim],
    share: Callable[[Claim, Claim], float],
    *,
    same_pair: bool,
) -> list[tuple[Claim, Claim]]:
    """Claims matched one to one within each source: none matches across sources."""
    return [
        pair
        for name in sources
        for pair in _matched(
            [claim for claim in mine if claim.source == name],
            [claim for claim in theirs if claim.source == name],
            share,
            same_pair=same_pair,
        )
    ]


def _matched(
    mine: list[Claim],
    theirs: list[Claim],
    share: Callable[[Claim, Claim], float],
    *,
    same_pair: bool,
) -> list[tuple[Claim, Claim]]:
    """Claims matched one to one, the most alike first."""
    found = []
    for i, one in enumerate(mine):
        for j, other in enumerate(theirs):
            part = share(one, other)
            if part < HALF:
                continue
            alike = _unordered(one) == _unordered(other)
            if same_pair and not alike:
                continue
            found.append((-int(alike), -_likeness(one, other), -part, i, j))
    taken_i: set[int] = set()
    taken_j: set[int] = set()
    pairs = []
    for *_, i, j in sorted(found):
        if i not in taken_i and j not in taken_j:
            taken_i.add(i)
            taken_j.add(j)
            pairs.append((i, j))
    return [(mine[i], theirs[j]) for i, j in sorted(pairs)]


def _unordered(claim: Claim) -> tuple[str, ...]:
    """The two nodes of a claim, whichever is the subject."""
    return tuple(sorted((claim.subject, claim.object)))


def _likeness(one: Claim, other: Claim) -> int:
    """Count of deciding fields that two claims share."""
    names = ("subject", "predicate", "sign", "voice", "layer", "modality", "polarity")
    return sum(getattr(one, name) == getattr(other, name) for name in names)


def _field(
    name: str,
    pairs: list[tuple[Claim, Claim]],
    read: Callable[[Claim], str],
    order: list[str] | None,
) -> FieldAgreement:
    """Alpha of one field over matched claims."""
    rows = [[read(pair[side]) for pair in pairs] for side in (0, 1)]
    known = [
        [value if order is None or value in order else None for value in row]
        for row in rows
    ]
    return FieldAgreement(
        field=name,
        scale="ordinal" if order else "nominal",
        alpha=krippendorff_alpha(known, order) if pairs else None,
        same=sum(a == b for a, b in zip(*rows, strict=True)),
        matched=len(pairs),
    )


def _disagreements(
    pairs: list[tuple[Claim, Claim]],
    readers: dict[str, tuple[Callable[[Claim], str], list[str] | None]],
) -> list[Disagreement]:
    """Matched claims that differ in a field, with the fields."""
    found = []
    for one, other in pairs:
        fields = [
            name for name, (read, _) in readers.items() if read(one) != read(other)
        ]
        if one.subject != other.subject:
            fields.insert(0, "subject")
        if fields:
            found.append(Disagreement(one=one, other=other, fields=tuple(fields)))
    return found
