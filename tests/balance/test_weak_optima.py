"""Ties that every optimum of weak balance frustrates."""

from dataclasses import replace

import numpy as np
import pytest

from cuibono.balance.k_factions import weak_frustration
from cuibono.balance.weak_optima import always_frustrated
from tests.balance.test_weak_brute import random_graph
from tests.definitions import clusters_brute as brute


@pytest.mark.parametrize("most", [None, 2, 3])
def test_shared_ties_are_those_of_every_optimal_partition(most: int | None) -> None:
    rng = np.random.default_rng(11)
    for _ in range(60):
        g = random_graph(rng)
        # Weights that add up to the same must be told from those that nearly do.
        g = replace(g, weight=np.ceil(2 * g.weight + 0.1))
        label = brute.partitions(g.n)
        kept = label.max(axis=1) < (most or g.n)
        price = np.where(kept, brute.prices(g), np.inf)
        best = label[price == price.min()]
        within = best[:, g.ends[:, 0]] == best[:, g.ends[:, 1]]
        wrong = np.where(within, g.sign < 0, g.sign > 0).all(axis=0)
        found = always_frustrated(g, weak_frustration(g, most_factions=most))
        assert found.always.tolist() == np.flatnonzero(wrong).tolist()
        assert not len(found.unsettled)


def test_without_time_or_proof_nothing_is_claimed() -> None:
    rng = np.random.default_rng(4)
    g = next(g for g in iter(lambda: random_graph(rng), None) if brute.least(g) > 1)
    found = weak_frustration(g)
    late = always_frustrated(g, found, time_limit=1e-9)
    assert (len(late.always), len(late.unsettled)) == (0, len(found.frustrated))
    with pytest.raises(ValueError, match="found must be proved"):
        always_frustrated(g, replace(found, proved=False))
