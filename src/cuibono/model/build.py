"""From the claims of a reading to the signed model, and the claims behind each cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from cuibono.claims.records import Case, Claim, Codebook, Reading, voice_text
from cuibono.claims.select import claim_edges, reading_claims
from cuibono.claims.words import (
    Layer,
    NodeKind,
    Polarity,
    Sign,
    Stance,
)
from cuibono.model.digraph import SignedDigraph
from cuibono.model.graph import SignedGraph
from cuibono.model.order import canonical_order

FEW_LINKS = 10
"""Below this many links a reading says so before any verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """What a voice denies or rejects: an answer can go against it."""

    claim: str
    voice: str
    tail: str
    head: str
    sign: Sign


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SignedModel:
    """The executable form of one reading.

    Attributes
    ----------
    reading : Reading
        Which claims were taken.
    digraph : SignedDigraph
        Effects between all nodes that the reading's claims touch.
    declared : SignedGraph
        Ties between actors that parties avow, whatever the outer voice's stance.
    effective : SignedGraph
        Ties between actors in the reading's covert and effect claims.
    constraints : tuple of Constraint
        Denied and rejected propositions; never edges of this reading.
    claims : tuple of Claim
        What the reading took, edge or not.
    """

    reading: Reading
    digraph: SignedDigraph
    declared: SignedGraph
    effective: SignedGraph
    constraints: tuple[Constraint, ...]
    claims: tuple[Claim, ...]

    @property
    def few_links(self) -> bool:
        """Whether there are too few links to say much."""
        return self.digraph.m < FEW_LINKS

    def edges_without(self, gone: Iterable[str]) -> np.ndarray:
        """Edges (m,) bool that fall when the claims `gone` are withdrawn.

        An edge falls only when every claim behind it is gone.
        """
        lost = set(gone)
        return np.array(
            [set(ids) <= lost for ids in self.digraph.claims], dtype=np.bool_
        )

    def label(self, edge: int) -> tuple[str, str, int]:
        """Tail, head and sign of an edge, by node id."""
        g = self.digraph
        return g.names[g.tail[edge]], g.names[g.head[edge]], int(g.sign[edge])


def build_model(
    case: Case,
    reading: Reading,
    *,
    gone: Iterable[str] = (),
    merge: Mapping[str, str] | None = None,
) -> SignedModel:
    """Signed model of a reading of a case.

    Parameters
    ----------
    case : Case
        A valid case.
    reading : Reading
        Which claims to take.
    gone : iterable of str
        Claim ids to leave out.
    merge : mapping of node id to node id, optional
        Nodes to be folded into another.

    Notes
    -----
    A pair claimed with both signs keeps one edge of each sign, marked disputed.
    Labels, parts and recommendations never become edges (DESIGN section 3).
    """
    lost = set(gone)
    fold = dict(merge or {})
    taken = tuple(c for c in reading_claims(case, reading) if c.id not in lost)
    rows = edge_claims(taken, case.codebook, fold)
    sources = {source for part in reading.include for source in part.source}
    scope = [c for c in case.claims if not sources or c.source in sources]
    declared = [
        c
        for c in scope
        if c.layer == Layer.DECLARED
        and c.polarity == Polarity.AFFIRMED
        and c.is_premise
        and c.id not in lost
    ]
    effective = [c for c in taken if c.layer != Layer.DECLARED]
    return SignedModel(
        reading=reading,
        digraph=_digraph(rows, {claim.id: _mark(claim) for claim in taken}),
        declared=tie_graph(declared, case, fold),
        effective=tie_graph(effective, case, fold),
        constraints=_constraints([c for c in scope if c.id not in lost], case, fold),
        claims=taken,
    )


def edge_claims(
    claims: Iterable[Claim], codebook: Codebook, fold: Mapping[str, str]
) -> dict[tuple[str, str, int], list[str]]:
    """Claim ids by (tail, head, sign), 0 for `?`; ends folded into one drop out."""
    rows: dict[tuple[str, str, int], list[str]] = {}
    for claim in claims:
        for tail, head, sign in claim_edges(claim, codebook):
            a, b = fold.get(tail, tail), fold.get(head, head)
            if a == b and tail != head:
                continue
            ids = rows.setdefault((a, b, sign.value_in_model), [])
            if claim.id not in ids:
                ids.append(claim.id)
    return rows


def _mark(claim: Claim) -> tuple[str, int, int]:
    """What tells a claim apart without naming a node: its source and place."""
    start, end = (claim.anchor.start, claim.anchor.end) if claim.anchor else (-1, -1)
    return claim.source, start, end


def _digraph(
    rows: Mapping[tuple[str, str, int], list[str]],
    marks: Mapping[str, tuple[str, int, int]],
) -> SignedDigraph:
    """Signed digraph of edges with their claims, in an order that no name decides."""
    signed = {(tail, head) for tail, head, sign in rows if sign}
    # A link of unstated sign adds nothing where the same pair has a stated one.
    plain = sorted(row for row in rows if row[2] or (row[0], row[1]) not in signed)
    behind = {row: sorted(marks[c] for c in rows[row]) for row in plain}
    names = canonical_order(plain, {row: repr(part) for row, part in behind.items()})
    at = {name: i for i, name in enumerate(names)}
    kept = sorted(plain, key=lambda row: (at[row[0]], at[row[1]], row[2]))
    number: dict[tuple[str, str], int] = {}
    disputed = []
    for tail, head, sign in kept:
        both = sign != 0 and (tail, head, -sign) in rows
        disputed.append(number.setdefault((tail, head), len(number) + 1) if both else 0)
    m = len(kept)
    own = {tail for tail, head, _ in kept if tail == head}
    return SignedDigraph(
        names=names,
        tail=np.array([at[tail] for tail, _, _ in kept], dtype=np.intp),
        head=np.array([at[head] for _, head, _ in kept], dtype=np.intp),
        sign=np.array([sign for _, _, sign in kept], dtype=np.int8),
        group=np.zeros(m, dtype=np.int64),
        pair=np.zeros(m, dtype=np.int64),
        disputed=np.array(disputed, dtype=np.int64),
        self_limited=np.array([name not in own for name in names], dtype=np.bool_),
        claims=tuple(tuple(sorted(rows[row])) for row in kept),
    )


def tie_graph(
    claims: Iterable[Claim], case: Case, fold: Mapping[str, str]
) -> SignedGraph:
    """Signed graph of the ties between actors that claims state.

    A pair with both signs gets sign 0 (disputed) and every claim on it.
    """
    actors = {node.id for node in case.nodes if node.kind == NodeKind.ACTOR}
    signs: dict[tuple[str, str], set[int]] = {}
    behind: dict[tuple[str, str], set[str]] = {}
    for claim in claims:
        word = case.codebook.predicate(claim.predicate)
        if word is None or not word.tie or not claim.sign.value_in_model:
            continue
        a, b = sorted(fold.get(x, x) for x in (claim.subject, claim.object))
        if a == b or a not in actors or b not in actors:
            continue
        signs.setdefault((a, b), set()).add(claim.sign.value_in_model)
        behind.setdefault((a, b), set()).add(claim.id)
    names = tuple(sorted({name for pair in signs for name in pair}))
    at = {name: i for i, name in enumerate(names)}
    pairs = sorted(signs)
    return SignedGraph(
        names=names,
        ends=np.array([[at[a], at[b]] for a, b in pairs], dtype=np.intp).reshape(-1, 2),
        sign=np.array(
            [min(signs[p]) if len(signs[p]) == 1 else 0 for p in pairs], dtype=np.int8
        ),
        weight=np.ones(len(pairs)),
        claims=tuple(tuple(sorted(behind[p])) for p in pairs),
    )


def _constraints(
    claims: Iterable[Claim], case: Case, fold: Mapping[str, str]
) -> tuple[Constraint, ...]:
    """What voices deny: denied propositions, and those that the outer voice rejects."""
    found = []
    for claim in claims:
        denied = claim.polarity == Polarity.DENIED
        rejected = claim.stance == Stance.REJECTS
        if denied == rejected:
            # Affirmed and granted, or a denial that is itself rejected.
            continue
        who = voice_text(claim.voice if denied else claim.voice[:1])
        for tail, head, sign in claim_edges(claim, case.codebook):
            found.append(
                Constraint(
                    claim=claim.id,
                    voice=who,
                    tail=fold.get(tail, tail),
                    head=fold.get(head, head),
                    sign=sign,
                )
            )
    return tuple(found)
