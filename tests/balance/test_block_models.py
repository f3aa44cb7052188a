"""Block models: the planted kind of groups wins, and the bits are those of the formula."""

from itertools import combinations
from math import comb, factorial, log2, prod

import numpy as np
import pytest

from cuibono.balance.block_models import block_models
from cuibono.model.graph import SignedGraph, graph
from tests.balance.reference import signed_network
from tests.definitions import clusters_brute as brute


def _planted(
    chance: list[list[float]], *, n: int = 45, density: float = 0.4, seed: int = 1
) -> SignedGraph:
    """Draw signs with the given chances of a positive tie between equal groups."""
    rng = np.random.default_rng(seed)
    k = len(chance)
    ties = []
    for i, j in combinations(range(n), 2):
        if rng.random() < density:
            sign = 1 if rng.random() < chance[i % k][j % k] else -1
            ties.append((f"A{i}", f"A{j}", sign))
    return graph(ties)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("chance", "winner", "groups"),
    [
        ([[0.9, 0.15], [0.15, 0.9]], "strong", 2),
        ([[0.9, 0.1, 0.1], [0.1, 0.9, 0.1], [0.1, 0.1, 0.9]], "weak", 3),
        ([[0.9, 0.1, 0.9], [0.1, 0.9, 0.9], [0.9, 0.9, 0.1]], "free", 3),
        ([[0.5]], "none", 1),
        ([[0.8]], "none", 1),
    ],
)
def test_the_planted_kind_of_groups_wins(
    chance: list[list[float]], winner: str, groups: int, seed: int
) -> None:
    """Two blocs, three blocs, a mediator at odds within, and no structure at all."""
    g = _planted(chance, seed=seed)
    found = block_models(g, rng=np.random.default_rng(seed))
    assert (found.best.name, found.best.count) == (winner, groups)
    assert found.ahead > 1
    if groups > 1:
        planted = np.array([int(name[1:]) % len(chance) for name in g.names])
        pairs = set(zip(planted.tolist(), found.best.groups.tolist(), strict=True))
        assert len(pairs) == groups


def _entropy(plus: int, minus: int) -> float:
    """Bits of so many signs under their own share."""
    total = plus + minus
    return -sum(part * log2(part / total) for part in (plus, minus) if part)


def _bits(g: SignedGraph, label: list[int], *, balanced: bool) -> float:
    """Spell out the formula for one grouping."""
    sizes = [label.count(c) for c in set(label)]
    n, k, m = g.n, len(sizes), g.m
    sets: dict[object, list[int]] = {}
    for (i, j), sign in zip(g.ends, g.sign, strict=True):
        pair = tuple(sorted((label[i], label[j])))
        key: object = (pair[0] == pair[1]) if balanced else pair
        sets.setdefault(key, [0, 0])[int(sign < 0)] += 1
    bits = 0.0
    for key, (plus, minus) in sets.items():
        flat = balanced and (plus <= minus if key else minus <= plus)
        bits += plus + minus if flat else _entropy(plus, minus)
    chances = min(k, 2) if balanced else k * (k + 1) / 2
    who = factorial(n) // prod(map(factorial, sizes))
    groups = log2(n) + log2(comb(n - 1, k - 1)) + log2(who)
    return bits + chances / 2 * log2(max(m, 1)) + groups


@pytest.mark.parametrize("seed", range(5))
def test_bits_are_the_least_over_every_grouping(seed: int) -> None:
    g = _planted([[0.8, 0.3], [0.3, 0.6]], n=6, density=0.8, seed=seed)
    found = block_models(g, rng=np.random.default_rng(0), most_groups=4)
    rows = brute.partitions(g.n).tolist()
    for name, balanced, counts in (
        ("none", False, {1}),
        ("free", False, {2, 3, 4}),
        ("strong", True, {2}),
        ("weak", True, {3, 4}),
    ):
        kept = [row for row in rows if max(row) + 1 in counts]
        least = min(_bits(g, row, balanced=balanced) for row in kept)
        assert found[name].bits == pytest.approx(least)
        assert found[name].count in counts


def test_fewer_actors_than_groups_leave_models_out() -> None:
    pair = graph([("A", "B", -1)])
    found = block_models(pair, rng=np.random.default_rng(0))
    assert {model.name for model in found.models} == {"none", "free", "strong"}
    with pytest.raises(KeyError, match="weak"):
        found["weak"]
    alone = block_models(graph([], names=("A",)), rng=np.random.default_rng(0))
    assert [model.name for model in alone.models] == ["none"]
    assert alone.ahead == np.inf


def test_too_few_groups_are_refused() -> None:
    with pytest.raises(ValueError, match="most_groups must be at least 3, got 2"):
        block_models(graph([]), rng=np.random.default_rng(0), most_groups=2)


@pytest.mark.reference
def test_the_tribes_are_three_groups_that_balance_weakly() -> None:
    """Read (1954) saw three; the two factions of strong balance need more bits."""
    g = signed_network("tribes_read1954.csv")
    found = block_models(g, rng=np.random.default_rng(0))
    assert [model.name for model in found.models] == ["weak", "strong", "free", "none"]
    assert found.best.count == 3
    assert found.ahead == pytest.approx(2.5, abs=0.1)


@pytest.mark.reference
def test_alliances_need_blocks_that_balance_does_not_know() -> None:
    """Correlates of War 1996-99: balance explains much, but not all that groups can."""
    g = signed_network("cow/cow_1996_1999.csv")
    found = block_models(g, rng=np.random.default_rng(0))
    assert found.best.name == "free"
    assert found["none"].bits - found["strong"].bits > 200
    assert found["strong"].bits - found.best.bits > 10
