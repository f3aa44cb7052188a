"""Which edges can matter for an answer at all, and which sets of claims fell them.

Let R be what a push can reach and Q what leads to a target. No edge leads out of R, so
that what is outside does not move; no edge leads into Q from outside. So the moves of
R and Q together solve ``A x = -b`` restricted to them: an edge with an end outside
cannot change the response, whatever becomes of it, and edges taken out or turned only
make R and Q smaller. Stability is that of the strongly connected blocks: an edge
between blocks cannot change it. An edge that is neither near nor inside a block is of
no account, alone or with others.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.condensation import components, reachability

Flags = NDArray[np.bool_]
Behind = tuple[tuple[str, ...], ...]
Ends = tuple[list[int], list[int]]


def near_edges(graph: SignedDigraph, ends: Ends) -> Flags:
    """Edges (m,) whose both ends can be reached from a push and lead to a target."""
    reach: Flags = reachability(graph)
    after = reach[:, ends[0]].any(axis=1)
    before = reach[ends[1], :].any(axis=0)
    near: Flags = np.asarray(after & before)
    return np.asarray(near[graph.tail] & near[graph.head])


def relevant_edges(graph: SignedDigraph, ends: Ends) -> Flags:
    """Edges (m,) that are near the answer or inside a block."""
    of = components(graph).of
    return np.asarray(near_edges(graph, ends) | (of[graph.tail] == of[graph.head]))


def fallen(behind: Behind, gone: Iterable[str]) -> tuple[int, ...]:
    """Edges that fall with some claims; one that no claim stands behind cannot."""
    lost = set(gone)
    return tuple(k for k, ids in enumerate(behind) if ids and set(ids) <= lost)


def parted(graph: SignedDigraph, edges: Sequence[int], ends: Ends) -> bool:
    """Whether without some edges a target is left without a path from every push."""
    drop = np.zeros(graph.m, dtype=np.bool_)
    drop[list(edges)] = True
    reach = reachability(graph.without_edges(drop))
    starts, targets = ends
    return any(not reach[node, starts].any() for node in targets)


@dataclass(frozen=True, slots=True)
class ClaimSet:
    """Claims that fell edges together, none of them idle."""

    claims: tuple[str, ...]
    edges: tuple[int, ...]


def claim_sets(
    behind: Behind, relevant: Flags, size: int, claims: Sequence[str] = ()
) -> Iterator[ClaimSet]:
    """Sets of just so many claims in which every claim helps to fell a relevant edge.

    A set with an idle claim fells what the set without it does: it is the same set.
    In order of the model's edges, not of names.
    """
    together: dict[frozenset[str], list[int]] = {}
    for k in np.flatnonzero(relevant).tolist():
        if behind[k] and len(behind[k]) <= size:
            together.setdefault(frozenset(behind[k]), []).append(k)
    names = list(claims) or ordered_claims(behind, relevant)
    busy = {name for ids in together for name in ids}
    for chosen in combinations([name for name in names if name in busy], size):
        hit = [
            part
            for length in range(1, size + 1)
            for part in map(frozenset, combinations(chosen, length))
            if part in together
        ]
        if len(frozenset().union(*hit)) == size:
            edges = sorted(k for part in hit for k in together[part])
            yield ClaimSet(chosen, tuple(edges))


def ordered_claims(behind: Behind, relevant: Flags) -> list[str]:
    """Claims behind relevant edges, in order of the edges."""
    at = np.flatnonzero(relevant).tolist()
    return list(dict.fromkeys(name for k in at for name in behind[k]))
