"""Relaxed balance and directed ties against their definitions."""

from itertools import permutations, product

import numpy as np
import pytest

from cuibono.balance import relaxed
from cuibono.balance.directed import (
    DirectedTies,
    both_ways,
    directed_frustration,
    transitive_triads,
)
from cuibono.balance.k_factions import weak_frustration
from cuibono.balance.relaxed import relaxed_balance
from cuibono.model.graph import SignedGraph, graph
from tests.balance.test_weak_brute import random_graph
from tests.definitions import clusters_brute as brute


def _arcs(rng: np.random.Generator, most: int = 7) -> DirectedTies:
    """Draw up to seven actors with ties in either direction."""
    n = int(rng.integers(1, most + 1))
    pairs = np.array(list(permutations(range(n), 2)), dtype=np.intp).reshape(-1, 2)
    arcs = pairs[rng.random(len(pairs)) < rng.choice([0.2, 0.5, 0.9])]
    return DirectedTies(
        names=tuple(f"A{i}" for i in range(n)),
        arcs=arcs,
        sign=rng.choice([-1, 1, 1, 0], len(arcs)).astype(np.int8),
        weight=rng.choice([0.5, 1.0], len(arcs)),
    )


def _block_price(
    g: SignedGraph | DirectedTies, label: tuple[int, ...] | list[int]
) -> float:
    """Sum, over the blocks, the lesser of the positive and the negative weight."""
    arcs = g.arcs if isinstance(g, DirectedTies) else g.ends
    blocks: dict[tuple[int, int], list[float]] = {}
    for (i, j), sign, weight in zip(arcs, g.sign, g.weight, strict=True):
        key = (label[i], label[j])
        if isinstance(g, SignedGraph):
            key = (min(key), max(key))
        blocks.setdefault(key, [0, 0])[int(sign > 0)] += weight * abs(sign)
    return sum(min(pair) for pair in blocks.values())


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("every", [True, False])
def test_relaxed_index_is_the_least_over_every_partition(
    seed: int, *, every: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On small graphs the search finds what trying all partitions proves."""
    monkeypatch.setattr(relaxed, "_MOST_TRIED", 25_000 if every else -1)
    rng = np.random.default_rng(seed)
    for turn in range(25):
        g = random_graph(rng) if turn % 2 else _arcs(rng)
        most = int(rng.integers(1, 5))
        found = relaxed_balance(g, most, rng=rng)
        rows = brute.partitions(len(g.names)).tolist()
        least = min(_block_price(g, row) for row in rows if max(row) < most)
        assert found.upper == pytest.approx(least, abs=5e-6)
        assert found.proved is every
        assert _block_price(g, found.partition.tolist()) == pytest.approx(
            g.weight[found.inconsistent].sum(), abs=5e-6
        )


def test_relaxing_never_costs_more_than_weak_balance() -> None:
    rng = np.random.default_rng(5)
    for _ in range(20):
        g = random_graph(rng)
        tight = weak_frustration(g, most_factions=3).upper
        assert relaxed_balance(g, 3, rng=rng).upper <= tight + 1e-9


def test_a_mediator_between_hostile_groups_fits_relaxed_balance_only() -> None:
    """Two blocs at odds, and one actor on good terms with both."""
    blocs = [("A", "B", 1), ("C", "D", 1), *((a, c, -1) for a in "AB" for c in "CD")]
    g = graph([*blocs, *(("E", name, 1) for name in "ABCD")])
    found = relaxed_balance(g, 3, rng=np.random.default_rng(0))
    assert (found.upper, weak_frustration(g).upper) == (0, 2)
    assert found.block_sign.tolist() == [[1, -1, 1], [-1, 1, 1], [1, 1, 0]]


def test_no_faction_and_impossible_ties_are_refused() -> None:
    with pytest.raises(ValueError, match="factions must be at least 1, got 0"):
        relaxed_balance(graph([("A", "B", 1)]), 0, rng=np.random.default_rng(0))
    one = np.ones(2, dtype=np.int8)
    for arcs, message in (
        ([[0, 0], [0, 1]], "no loops"),
        ([[0, 1], [0, 1]], "no pair twice"),
        ([[0, 1]], "2 entries"),
    ):
        with pytest.raises(ValueError, match=message):
            DirectedTies(
                names=("A", "B"), arcs=np.array(arcs), sign=one, weight=np.ones(2)
            )


@pytest.mark.parametrize("most", [2, 3, None])
def test_directed_index_is_the_least_over_every_partition(most: int | None) -> None:
    rng = np.random.default_rng(8)
    for _ in range(60):
        d = _arcs(rng, 6)
        prices = []
        for label in brute.partitions(len(d.names)):
            if label.max() < (most or 7):
                within = label[d.arcs[:, 0]] == label[d.arcs[:, 1]]
                wrong = (d.sign != 0) & (within != (d.sign > 0))
                prices.append(d.weight[wrong].sum())
        found = directed_frustration(d, most_factions=most)
        assert found.lower == found.upper == pytest.approx(min(prices))
        assert d.weight[found.frustrated].sum() == pytest.approx(found.upper)
        assert found.contradicted == both_ways(d)[1] <= found.upper


def test_transitive_triads_are_counted_by_their_signs() -> None:
    rng = np.random.default_rng(2)
    for _ in range(40):
        d = _arcs(rng)
        sign = {
            (int(i), int(j)): int(s)
            for (i, j), s in zip(d.arcs, d.sign, strict=True)
            if s
        }
        triples = [
            (sign[i, j], sign[j, k], sign[i, k])
            for i, j, k in permutations(range(len(d.names)), 3)
            if {(i, j), (j, k), (i, k)} <= sign.keys()
        ]
        found = transitive_triads(d)
        kinds = list(product((1, -1), repeat=3))
        assert found.counts == tuple(sum(t == kind for t in triples) for kind in kinds)
        if triples:
            even = [a * b * c > 0 for a, b, c in triples]
            assert found.balanced == pytest.approx(np.mean(even))
        friends = [c > 0 for a, b, c in triples if a == b == 1]
        if friends:
            assert found.agreeing(1, 1) == pytest.approx(np.mean(friends))
        mixed = [c < 0 for a, b, c in triples if (a, b) == (-1, 1)]
        assert (found.agreeing(-1, 1) is None) == (not mixed)


def test_a_sign_that_is_none_is_refused() -> None:
    found = transitive_triads(_arcs(np.random.default_rng(0)))
    with pytest.raises(ValueError, match="signs must be 1 or -1, got 0 and 1"):
        found.agreeing(0, 1)
