"""Draws how the cost of an ensemble grows with nodes, links and positive feedback.

``python -m benchmarks.response_growth`` writes ``build/response-growth.json`` and
``build/response-growth.svg``. Every node limits itself; a map has `k` links into each
node, in pairs of opposite sign (predator and prey) or with signs at random, of which a
share is positive. Costs are CPU time for one accepted model with its full response
matrix, as ratios to the first point; an open circle says that chains were needed, or
that nothing was found within the limit, for one of the maps at least.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np

from benchmarks.growth import OUT, SEEDS, Point, picture
from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.response.observed import sampled_responses
from cuibono.response.priors import PRIORS
from cuibono.response.warm import warm

NODES = (5, 10, 20, 30, 40, 60, 80, 100)
LINKS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
POSITIVE = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
_SAMPLES, _LIMIT = 500, 20.0


def paired(nodes: float, seed: int) -> SignedDigraph:
    """Two pairs of opposite sign to a node: four links in, nearly always stable."""
    n = int(nodes)
    rng = np.random.default_rng([seed, n])
    every = [(i, j) for i in range(n) for j in range(i)]
    chosen = rng.choice(len(every), size=min(2 * n, len(every)), replace=False)
    links = []
    for k in chosen.tolist():
        i, j = every[k] if rng.random() < 0.5 else every[k][::-1]
        links += [(f"n{i}", f"n{j}", 1), (f"n{j}", f"n{i}", -1)]
    return digraph(links, names=tuple(f"n{i}" for i in range(n)))


def random_map(n: int, per_node: float, positive: float, seed: int) -> SignedDigraph:
    """So many links into each node from anywhere, a share of them positive."""
    rng = np.random.default_rng([seed, n, round(100 * per_node), round(100 * positive)])
    every = [(i, j) for i in range(n) for j in range(n) if i != j]
    chosen = rng.choice(len(every), size=round(n * per_node), replace=False)
    links = [
        (f"n{every[k][0]}", f"n{every[k][1]}", 1 if rng.random() < positive else -1)
        for k in chosen.tolist()
    ]
    return digraph(links, names=tuple(f"n{i}" for i in range(n)))


def cost(g: SignedDigraph) -> tuple[float, bool]:
    """CPU seconds for each accepted model, and whether all were drawn exactly."""
    presses = [{node: 1.0} for node in range(g.n)]
    begun = process_time()
    found = sampled_responses(
        g,
        prior=PRIORS[0],
        presses=presses,
        samples=_SAMPLES,
        seed=2014,
        time_limit=_LIMIT,
    )
    spent = process_time() - begun
    exact = found.finished and not found.approximate
    return spent / max(found.accepted, 1), exact


def curve(
    at: Sequence[float], drawn: Callable[[float, int], SignedDigraph]
) -> list[Point]:
    """Median cost over the seeds at each value, as ratios to the first."""
    points: list[Point] = []
    for value in at:
        runs = [cost(drawn(value, seed)) for seed in SEEDS]
        seconds = median(spent for spent, _ in runs)
        first = points[0].seconds if points else seconds
        exact = sum(good for _, good in runs)
        points.append(
            Point(at=value, seconds=seconds, ratio=seconds / first, proved=exact)
        )
    return points


def main() -> None:
    """Measure, write, and say where."""
    warm()
    panels = [
        (
            "Predator-prey pairs, four links in",
            "nodes",
            curve(NODES, paired),
        ),
        (
            "Random signs, two links in",
            "nodes",
            curve(NODES, lambda n, seed: random_map(int(n), 2.0, 0.5, seed)),
        ),
        (
            "Twenty nodes, random signs",
            "links into a node",
            curve(LINKS, lambda k, seed: random_map(20, k, 0.5, seed)),
        ),
        (
            "Twenty nodes, two links in",
            "share of positive links",
            curve(POSITIVE, lambda p, seed: random_map(20, 2.0, p, seed)),
        ),
    ]
    OUT.mkdir(exist_ok=True)
    document = [
        {"map": title, "across": unit, "points": [asdict(point) for point in points]}
        for title, unit, points in panels
    ]
    path = Path(OUT, "response-growth.json")
    path.write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    path.with_suffix(".svg").write_text(picture(panels), "utf-8")


if __name__ == "__main__":
    main()
