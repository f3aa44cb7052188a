"""Weak balance against every partition, and its certificates against tampering."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from cuibono.balance.certificate import NegativeCycle, Proof
from cuibono.balance.k_factions import weak_frustration
from cuibono.balance.weak_certificate import WeakFrustration, check_weak_certificate
from cuibono.model.graph import SignedGraph, graph
from tests.definitions import clusters_brute as brute


def random_graph(rng: np.random.Generator) -> SignedGraph:
    """Draw up to 7 actors: sparse or dense, plain or weighted, some ties disputed."""
    n = int(rng.integers(1, 8))
    pairs = np.array(list(combinations(range(n), 2)), dtype=np.intp).reshape(-1, 2)
    ends = pairs[rng.random(len(pairs)) < rng.choice([0.3, 0.6, 1.0])]
    hostile = rng.choice([0.0, 0.3, 0.6, 1.0])
    sign = np.where(rng.random(len(ends)) < hostile, -1, 1)
    sign[rng.random(len(ends)) < rng.choice([0.0, 0.2])] = 0
    weights = [[1.0], [0.0, 0.5, 1.0, 2.5], [0.1, 0.3, 1 / 3]][rng.integers(3)]
    return SignedGraph(
        names=tuple(f"A{i}" for i in range(n)),
        ends=ends,
        sign=sign.astype(np.int8),
        weight=rng.choice(weights, len(ends)),
    )


@pytest.mark.parametrize("seed", range(10))
def test_index_is_the_least_over_every_partition(seed: int) -> None:
    """A thousand graphs in all, each with free factions and with at most so many."""
    rng = np.random.default_rng(seed)
    for _ in range(100):
        g = random_graph(rng)
        for most in (None, int(rng.integers(1, 6))):
            found = weak_frustration(g, most_factions=most)
            assert found.proved
            assert found.upper == pytest.approx(brute.least(g, most), abs=5e-6)
            assert found.partition.max() < (most or g.n)
            check_weak_certificate(g, found)


def _knot() -> SignedGraph:
    """Return six actors whose index no packing of cycles proves."""
    ties = "A-B A-C A+F B-C B+F B+D B-E C+F C+D C-E F-D D+E".split()
    return graph([(tie[0], tie[2], 1 if tie[1] == "+" else -1) for tie in ties])


def test_where_cycles_fall_short_branch_and_bound_says_so() -> None:
    found = weak_frustration(_knot())
    assert found.upper == brute.least(_knot()) == 4
    assert (found.lower, found.proof, found.lower_is_word) == (4, Proof.SEARCH, True)
    assert sum(cycle.weight for cycle in found.cycles) == pytest.approx(3)


def _proved() -> tuple[SignedGraph, WeakFrustration]:
    """Return two triangles with one negative tie each, and their index."""
    g = graph(
        [
            ("A", "B", -1),
            ("A", "C", 1),
            ("B", "C", 1),
            ("C", "D", 1),
            ("C", "E", 1),
            ("D", "E", -1),
        ]
    )
    return g, weak_frustration(g)


def test_cycles_that_meet_the_partition_are_the_proof() -> None:
    _, found = _proved()
    assert (found.upper, found.proof, len(found.cycles)) == (2, Proof.PACKING, 2)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"lower": 1.0}, "proved is True"),
        ({"lower": 1.0, "proved": False}, "lower is 1 units, but the cycles carry 2"),
        ({"upper": 1.0}, "upper is 1.0"),
        ({"cycles": ()}, "lower is 2 units, but the cycles carry 0"),
        ({"partition": np.array([0, 0, 0, 0, 1])}, "frustrated is not"),
        ({"partition": np.zeros(4, dtype=np.intp)}, "must have shape"),
        ({"most_factions": 2, "partition": np.arange(5)}, "at most 2 factions"),
        ({"cycles": (NegativeCycle(ties=(0, 1, 3), weight=1.0),)}, "not a cycle"),
        ({"cycles": (NegativeCycle(ties=(0, 1, 9), weight=1.0),)}, "not a cycle"),
        ({"cycles": (NegativeCycle(ties=(0, 1), weight=1.0),)}, "not a cycle"),
        ({"cycles": (NegativeCycle(ties=(0, 1, 2), weight=2.0),)}, "more than its"),
        ({"cycles": (NegativeCycle(ties=(0, 1, 2), weight=0.0),)}, "positive weight"),
    ],
)
def test_a_tampered_certificate_is_rejected(
    changes: dict[str, object], message: str
) -> None:
    g, found = _proved()
    with pytest.raises(ValueError, match=message):
        check_weak_certificate(g, replace(found, **changes))  # type: ignore[arg-type]


def test_a_cycle_of_three_hostile_ties_is_rejected() -> None:
    g = graph([("A", "B", -1), ("A", "C", -1), ("B", "C", -1)])
    cycle = NegativeCycle(ties=(0, 1, 2), weight=1.0)
    found = replace(weak_frustration(g), cycles=(cycle,))
    with pytest.raises(ValueError, match="has 3 negative ties"):
        check_weak_certificate(g, found)
    check_weak_certificate(g, weak_frustration(g, most_factions=2))


def test_a_time_limit_gives_bounds_that_hold() -> None:
    found = weak_frustration(_knot(), time_limit=1e-9)
    assert found.lower <= 4 <= found.upper
    with pytest.raises(ValueError, match="time_limit must be positive"):
        weak_frustration(_knot(), time_limit=0)
