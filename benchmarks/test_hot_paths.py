"""How cost grows with size: drawing models, exact frustration, reading claims."""

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from cuibono.balance.frustration import frustration
from cuibono.errors import Problems
from cuibono.formats.tables import read_claim_table
from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.model.graph import graph
from cuibono.response.ensemble import PRIORS, draw_ensemble, response_matrix


def ring(nodes: int) -> SignedDigraph:
    """Balancing ring with a reinforcing chord every third node: one component."""
    edges = [
        (f"n{i}", f"n{(i + 1) % nodes}", -1 if i == 0 else 1) for i in range(nodes)
    ]
    edges += [(f"n{i}", f"n{(i - 2) % nodes}", 1) for i in range(0, nodes, 3)]
    return digraph(edges)


@pytest.mark.parametrize("nodes", [6, 12, 24])
def test_drawing_and_solving_models(benchmark: BenchmarkFixture, nodes: int) -> None:
    """Two hundred stable models with their full response matrices."""
    model = ring(nodes)

    def run() -> int:
        drawn = draw_ensemble(
            model, prior=PRIORS[0], draws=200, rng=np.random.default_rng(2014)
        )
        return len(response_matrix(drawn))

    assert benchmark(run) == 200


@pytest.mark.parametrize("actors", [10, 20, 40])
def test_exact_frustration(benchmark: BenchmarkFixture, actors: int) -> None:
    """Two factions with one tie in ten against them, proven."""
    rng = np.random.default_rng(2014)
    side = rng.choice([-1, 1], size=actors)
    ties = [
        (f"n{i}", f"n{j}", int(side[i] * side[j] * (-1 if rng.random() < 0.1 else 1)))
        for i in range(actors)
        for j in range(i)
        if rng.random() < 0.4
    ]
    found = benchmark(frustration, graph(ties))
    assert found.proved


@pytest.mark.parametrize("rows", [100, 1000, 10000])
def test_reading_claims(benchmark: BenchmarkFixture, rows: int) -> None:
    """A four-column table."""
    text = "source,subject,sign,object\n" + "".join(
        f"s,a{i % 97},{1 if i % 3 else -1},b{i % 89}\n" for i in range(rows)
    )
    claims = benchmark(lambda: read_claim_table(text, "t.csv", Problems(), []))
    assert len(claims) == rows
