"""Bounded dynamics against plain NumPy, edge by edge, on the same map in the same run."""

import numpy as np
import pytest
from numpy.typing import NDArray
from pytest_benchmark.fixture import BenchmarkFixture

from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.response.bounded import BoundedDraws, Phase, draw_bounded, followed
from cuibono.response.outcomes import Trial, outcomes
from cuibono.response.priors import PRIORS

STEP = 0.1


def conflict_map(nodes: int, links: int) -> SignedDigraph:
    """Random signs, no link twice."""
    rng = np.random.default_rng(2014)
    pairs: dict[tuple[int, int], int] = {}
    while len(pairs) < links:
        tail, head = rng.integers(0, nodes, 2).tolist()
        if tail != head:
            pairs.setdefault((tail, head), int(rng.choice((-1, 1))))
    names = tuple(f"n{k}" for k in range(nodes))
    edges = [(f"n{t}", f"n{h}", sign) for (t, h), sign in pairs.items()]
    return digraph(edges, names=names)


def drawn_on(nodes: int, links: int, draws: int) -> BoundedDraws:
    """Draws of weights and levels."""
    rng = np.random.default_rng(1)
    return draw_bounded(
        conflict_map(nodes, links), prior=PRIORS[0], draws=draws, rng=rng
    )


def plain(drawn: BoundedDraws, steps: int) -> NDArray[np.float64]:
    """Exponential Euler, one NumPy call a node and an edge: the usual way."""
    g, lean = drawn.graph, drawn.lean(2.0)
    x: NDArray[np.float64] = drawn.level.copy()
    decay = float(np.exp(-STEP))
    for step in range(steps):
        total = lean.copy()
        total[0] -= 4.0 if step < steps // 2 else 0.0
        for k in range(g.m):
            total[g.head[k]] += 2.0 * drawn.weights[k] * x[g.tail[k]]
        goal = np.asarray(1.0 / (1.0 + np.exp(-total)))
        x = np.asarray(goal + (x - goal) * decay)
    return x


def held_and_released(drawn: BoundedDraws, steps: int) -> NDArray[np.float64]:
    """The same course by the kernel, never ended early."""
    half = steps // 2 * STEP
    phases = [Phase(length=half, push={0: -4.0}), Phase(length=half)]
    return np.asarray(followed(drawn, 2.0, phases, step=STEP, rest=0.0)[1])


@pytest.mark.parametrize("way", ["kernel", "plain"])
@pytest.mark.parametrize("draws", [100, 1000])
def test_press_hold_and_release(
    benchmark: BenchmarkFixture, draws: int, way: str
) -> None:
    """50 nodes, 70 links, 3,000 steps."""
    drawn = drawn_on(50, 70, draws)
    run = held_and_released if way == "kernel" else plain
    ends = benchmark(run, drawn, 3000)
    # Both come to the same states, the plain way a little less exactly.
    assert np.abs(ends - held_and_released(drawn, 3000)).max() < 1e-3


@pytest.mark.parametrize("draws", [25, 50, 100])
def test_full_picture(benchmark: BenchmarkFixture, draws: int) -> None:
    """Twelve couplings by twelve pushes, with controls."""
    drawn = drawn_on(50, 70, draws)
    grid = np.linspace(0.5, 6.0, 12).tolist()
    found = benchmark(
        outcomes, drawn, Trial(press={0: -1.0}), couplings=grid, strengths=grid
    )
    assert found.stable[0] == draws
