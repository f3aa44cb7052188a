"""Accepted models a second with the full response matrix, ours against qmm's.

Both sides run here, one after the other, on one core and in CPU time. `qmm-core` has
no part in the project: ``pip install qmm-core`` into any environment and name its Python
in ``CUIBONO_PEERS``; without it the benchmark is skipped. Setting qmm's model up, and
counting its terms, is left out of its time.
"""

import json
import os
import subprocess
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from tests.response.reference import model

from cuibono.model.digraph import SignedDigraph
from cuibono.response.drawing import draw_ensemble
from cuibono.response.observed import sampled_responses
from cuibono.response.priors import PRIORS

SEED = 2014

# Model, accepted models of ours and of theirs, and how many times faster we must be.
RACES = [
    ("loopanalyst_dambacher", 400_000, 20_000, 20),
    ("lake_a", 200_000, 8_000, 13),
    ("macquarie", 100_000, 8_000, 9),
    ("fisher_LivelihoodDiversify1Imposed", 400_000, 8_000, 200),
    ("fisher_StatusQuo", 200_000, 5_000, 280),
]

# Run by the peer's Python: reads links as JSON, prints samples a second of CPU time.
PEER = """
import json, sys, time
import sympy, qmm.core.press as press
from qmm import import_digraph

press.absolute_feedback_matrix = lambda g, perturb=None: sympy.ones(len(g.nodes))
told = json.load(sys.stdin)
kind = {1: "triangle", -1: "circle"}
g = import_digraph({
    "nodes": [{"id": name} for name in told["nodes"]],
    "edges": [
        {"from": a, "to": b, "arrows": {"to": {"type": kind[sign]}}}
        for a, b, sign in told["links"]
    ],
}, file_path=False)

def cost(samples):
    told["seed"] += 1  # what was asked before is remembered
    begun = time.process_time()
    press.numerical_simulations(g, n_sim=samples, seed=told["seed"])
    return time.process_time() - begun

cost(2)
empty = min(cost(1) for _ in range(3))
print(told["samples"] / (min(cost(told["samples"]) for _ in range(3)) - empty))
"""


def peer_rate(g: SignedDigraph, samples: int) -> float:
    """Accepted models of qmm a second; skips where it is not there."""
    python = os.environ.get("CUIBONO_PEERS", "")
    if not python or not Path(python).exists():
        pytest.skip("qmm-core not there: name a Python that has it in CUIBONO_PEERS")
    links = [
        (g.names[t], g.names[h], int(s))
        for t, h, s in zip(g.tail, g.head, g.sign, strict=True)
    ]
    links += [(name, name, -1) for i, name in enumerate(g.names) if g.self_limited[i]]
    told = {"nodes": g.names, "links": links, "samples": samples, "seed": SEED}
    alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(  # noqa: S603
        [python, "-c", PEER],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **alone, "PYTHONPATH": ""},
    )
    return float(done.stdout)


@pytest.mark.parametrize(("name", "ours", "theirs", "least"), RACES)
def test_full_response_matrices_against_qmm(
    benchmark: BenchmarkFixture, name: str, ours: int, theirs: int, least: int
) -> None:
    g = model(name)
    presses = [{node: 1.0} for node in range(g.n)]

    def run(samples: int = ours) -> float:
        begun = process_time()
        found = sampled_responses(
            g, prior=PRIORS[0], presses=presses, samples=samples, seed=SEED
        )
        assert found.accepted == samples
        return process_time() - begun

    run(300)
    rate = ours / min(run() for _ in range(3))
    peer = peer_rate(g, theirs)
    benchmark.extra_info.update(
        ours=round(rate), qmm=round(peer), times=round(rate / peer, 1), must=least
    )
    print(f"{name}: {rate:.0f}/s, qmm {peer:.0f}/s, {rate / peer:.0f} times")  # noqa: T201
    benchmark(run)
    assert rate >= least * peer


@pytest.mark.parametrize("threads", [1, 2])
def test_threads(benchmark: BenchmarkFixture, threads: int) -> None:
    """Two threads take little more than half the time of one, on two free cores."""
    g = model("macquarie")
    presses = [{node: 1.0} for node in range(g.n)]

    def run() -> int:
        return sampled_responses(
            g,
            prior=PRIORS[0],
            presses=presses,
            samples=200_000,
            seed=SEED,
            threads=threads,
        ).accepted

    run()
    assert benchmark(run) == 200_000


def test_chains_on_santa_rosa_island(benchmark: BenchmarkFixture) -> None:
    """All 247 edges: 5 of 200,000 tries are stable, so that chains must walk."""
    g = model("santa_rosa_island")

    def run() -> tuple[float, float]:
        begun = process_time()
        drawn = draw_ensemble(
            g,
            prior=PRIORS[0],
            draws=9000,
            rng=np.random.default_rng(SEED),
            effort=9.0,
            again=False,
        )
        (block,) = (one for one in drawn.blocks if one.method == "chain")
        return block.ess / (process_time() - begun), block.r_hat

    rate, r_hat = benchmark.pedantic(run, rounds=1, warmup_rounds=0)  # type: ignore[no-untyped-call]
    benchmark.extra_info.update(
        effective_a_second=round(rate, 1), r_hat=round(r_hat, 4)
    )
    print(f"santa_rosa_island: {rate:.1f} effective/s, R-hat {r_hat:.4f}")  # noqa: T201
    assert r_hat < 1.01
