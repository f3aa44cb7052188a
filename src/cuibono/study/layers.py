"""Balance of the declared and the effective layer, with the claims behind each tie."""

from collections.abc import Iterable

import numpy as np

from cuibono.balance.frustration import frustration_range
from cuibono.balance.nulls import sign_shuffle_null, signed_degree_null
from cuibono.balance.optima import PartitionSet, optimal_partitions
from cuibono.balance.parts import connected_parts
from cuibono.balance.rules import four_rules, tally
from cuibono.balance.standing import free_actors
from cuibono.balance.triads import Share, triads
from cuibono.model.graph import SignedGraph
from cuibono.model.graph import graph as make_graph
from cuibono.model.order import canonical_order
from cuibono.study.records import Disagreement, Layered, PairRules, RuleLine, Tie

NULL_DRAWS = 100
"""Draws of each null of a layer."""


def layered(
    layer: str,
    graph: SignedGraph,
    pairs: Iterable[tuple[str, str]],
    *,
    seed: int | None = None,
) -> Layered:
    """Balance of one layer's ties between actors; against chance if given a seed."""
    found = triads(graph)
    low, high = frustration_range(graph)
    optima = optimal_partitions(graph)
    splits = _factions(graph, optima)
    chance = _name_free(graph)
    return Layered(
        layer=layer,
        actors=graph.names,
        ties=tuple(_tie(graph, k) for k in range(graph.m)),
        triads=found.counts,
        triads_disputed=int(np.sum(found.disputed > 0)),
        strong=_range(found.strongly_balanced),
        weak=_range(found.weakly_balanced),
        low=low.lower,
        high=high.upper,
        proved=low.proved and high.proved,
        proof=low.proof.value,
        balanced=high.proved and high.upper == 0,
        partitions=optima.count,
        partitions_complete=optima.settled,
        factions=splits[0] if splits else ((), ()),
        others=splits[1:],
        free=tuple(graph.names[k] for k in free_actors(graph, optima).free.tolist()),
        nulls=tuple(
            null(chance, draws=NULL_DRAWS, rng=np.random.default_rng(seed), index=low)
            for null in (sign_shuffle_null, signed_degree_null)
        )
        if seed is not None and graph.m
        else (),
        always=tuple(_tie(graph, int(k)) for k in optima.always),
        sometimes=tuple(_tie(graph, int(k)) for k in optima.sometimes),
        pairs=tuple(
            _rules(graph, one, other)
            for one, other in pairs
            if one in graph.names and other in graph.names
        ),
    )


def _name_free(g: SignedGraph) -> SignedGraph:
    """Return the same ties in an order that renaming actors does not change."""
    ends = [(g.names[i], g.names[j]) for i, j in g.ends.tolist()]
    ties = list(zip(ends, g.sign.tolist(), g.weight.tolist(), strict=True))
    rows = [row for (a, b), sign, _ in ties for row in ((a, b, sign), (b, a, sign))]
    names = canonical_order(rows, dict.fromkeys(rows, 0))
    return make_graph(
        [(a, b, sign) for (a, b), sign, _ in ties],
        names=names,
        weights=[weight for _, _, weight in ties],
    )


def _range(share: Share | None) -> tuple[float, float] | None:
    """Bounds of a share."""
    return None if share is None else (share.low, share.high)


def _tie(graph: SignedGraph, k: int) -> Tie:
    """Tie at a position, by actor ids."""
    i, j = (int(end) for end in graph.ends[k])
    return Tie(
        one=graph.names[i],
        other=graph.names[j],
        sign=int(graph.sign[k]),
        claims=graph.claims[k] if graph.claims else (),
    )


def _factions(
    graph: SignedGraph, optima: PartitionSet
) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Sides of each optimal partition in the largest connected part, each split once.

    Parts that no tie links cannot be set against each other, so that only one part's
    sides mean anything.
    """
    if not graph.m:
        return ()
    members = np.flatnonzero(connected_parts(graph) == 0)
    splits = {}
    for row in optima.partitions:
        side = row[members] * row[members[0]]
        splits[side.tobytes()] = (
            tuple(graph.names[k] for k in members[side > 0].tolist()),
            tuple(graph.names[k] for k in members[side < 0].tolist()),
        )
    return tuple(splits.values())


def _rules(graph: SignedGraph, one: str, other: str) -> PairRules:
    """What each third party lets expect of a pair."""
    readings = four_rules(graph, one, other)
    counts = tally(readings)
    return PairRules(
        one=one,
        other=other,
        friendly=counts.friendly,
        hostile=counts.hostile,
        stated=_stated(graph, one, other),
        lines=tuple(
            RuleLine(
                third=item.third,
                rule=item.rule.value,
                predicts=item.predicts,
                stated=item.stated,
                claims=tuple(sorted({c for k in item.ties for c in _behind(graph, k)})),
            )
            for item in readings
        ),
    )


def _behind(graph: SignedGraph, k: int) -> tuple[str, ...]:
    """Claims behind a tie."""
    return graph.claims[k] if graph.claims else ()


def _stated(graph: SignedGraph, one: str, other: str) -> int | None:
    """Sign of a pair's own tie: 1, -1, 0 disputed, None not stated."""
    ends = sorted((graph.names.index(one), graph.names.index(other)))
    for k in range(graph.m):
        if graph.ends[k].tolist() == ends:
            return int(graph.sign[k])
    return None


def disagreements(declared: Layered, effective: Layered) -> tuple[Disagreement, ...]:
    """Pairs that the two layers sign differently, disputed ones included."""
    hidden = {(tie.one, tie.other): tie for tie in effective.ties}
    found = []
    for tie in declared.ties:
        other = hidden.get((tie.one, tie.other))
        if other is not None and other.sign != tie.sign:
            found.append(
                Disagreement(
                    one=tie.one,
                    other=tie.other,
                    declared=tie.sign,
                    effective=other.sign,
                    claims=tuple(sorted({*tie.claims, *other.claims})),
                )
            )
    return tuple(found)
