"""Index, every optimum and every certificate on hundreds of random small networks."""

from collections.abc import Iterator

import numpy as np
import pytest

from cuibono.balance.clock import Clock
from cuibono.balance.frustration import frustration, frustration_and_optima
from cuibono.balance.optima import signed_blocks
from cuibono.balance.packing import routed_packing
from cuibono.balance.proof_file import certificate_document, named_ties
from cuibono.balance.search import Rows, searched_partition
from cuibono.balance.verify import RejectedError, verify
from cuibono.formats.symmetrise import RULES, Statements
from cuibono.model.graph import SignedGraph
from tests.definitions import balance_brute as brute

_KINDS = ("plain", "weighted", "multi", "disconnected", "balanced")


def _drawn(kind: str, rng: np.random.Generator) -> SignedGraph:
    """Draw rows, loops and repeats included, and symmetrise them."""
    n = int(rng.integers(3, 9))
    halves = rng.integers(0, 2, n)
    sides = rng.choice([-1, 1], n)
    stated = Statements()
    for _ in range(int(rng.integers(n, 4 * n))):
        i, j = (int(x) for x in rng.integers(0, n, 2))
        if kind == "disconnected" and halves[i] != halves[j]:
            continue
        sign = (
            int(sides[i] * sides[j]) if kind == "balanced" else int(rng.choice([-1, 1]))
        )
        weight = float(rng.choice([0.1, 0.5, 1, 2.75])) if kind == "weighted" else 1.0
        stated.add(f"A{i}", f"A{j}", sign, weight)
    return RULES["multi" if kind == "multi" else "drop"](stated).graph


@pytest.mark.parametrize("kind", _KINDS)
def test_index_and_optima_are_those_of_the_definition(kind: str) -> None:
    """200 networks of each kind: 1,000 in all; no tampering passes unseen."""
    rng = np.random.default_rng(2014)
    for _ in range(200):
        g = _drawn(kind, rng)
        found, optima = frustration_and_optima(g, most=500)
        assert found.proved
        assert found.upper == pytest.approx(brute.frustration_index(g))
        splits = brute.optimal_splits(g)
        assert optima.complete
        assert {tuple(row) for row in optima.partitions.tolist()} == splits
        document = certificate_document(g, found)
        proof = verify(named_ties(g), document)
        assert proof.upper / 1e6 == pytest.approx(found.upper)
        assert kind != "balanced" or found.upper == 0
        for tampered in _tampered(document):
            with pytest.raises(RejectedError):
                verify(named_ties(g), tampered)


def _tampered(document: dict[str, object]) -> Iterator[dict[str, object]]:
    """Yield certificates that claim too little, carry too much, or leave a proof out."""
    upper, lower = document["upper_millionths"], document["lower_millionths"]
    assert isinstance(upper, int) and isinstance(lower, int)
    yield document | {"upper_millionths": upper - 1, "lower_millionths": lower - 1}
    yield document | {"upper_millionths": upper + 1}
    yield document | {"network_sha256": "0" * 64}
    cycles = document["cycles"]
    assert isinstance(cycles, list)
    if not cycles:
        return
    more = cycles[0]["billionths"] + 10**12
    yield document | {"cycles": [cycles[0] | {"billionths": more}, *cycles[1:]]}
    if not document["solver_word"]:
        yield document | {"cycles": []}


def test_a_routed_packing_never_exceeds_the_index() -> None:
    rng = np.random.default_rng(7)
    for _ in range(60):
        g = _drawn("weighted", rng)
        for block in signed_blocks(g):
            rows = Rows.of(block)
            side = searched_partition(block, rows=rows)
            found = routed_packing(block, rows, side, clock=Clock())
            load = np.zeros(len(block.ties), dtype=np.int64)
            for cycle, carried in zip(found.cycles, found.loads.tolist(), strict=True):
                assert carried > 0
                assert block.sign[list(cycle)].prod() == -1
                load[list(cycle)] += carried
            assert (load <= block.cost * block.grain).all()
            assert found.bound <= block.price(side)


# The shorter one is over before the search for a partition is, on any machine.
@pytest.mark.parametrize("seconds", [1e-9, 0.3])
def test_a_time_limit_gives_bounds_that_hold(seconds: float) -> None:
    rng = np.random.default_rng(3)
    names = tuple(f"A{i}" for i in range(40))
    pairs = np.array([(i, j) for i in range(40) for j in range(i + 1, 40)])
    g = SignedGraph(
        names=names,
        ends=pairs.astype(np.intp),
        sign=rng.choice([-1, 1], len(pairs)).astype(np.int8),
        weight=np.ones(len(pairs)),
    )
    found = frustration(g, time_limit=seconds)
    assert not found.proved
    assert 0 < found.lower < found.upper
    verify(named_ties(g), certificate_document(g, found))


def test_a_time_limit_must_be_positive() -> None:
    g = SignedGraph(
        names=("A", "B"),
        ends=np.array([[0, 1]], dtype=np.intp),
        sign=np.ones(1, dtype=np.int8),
        weight=np.ones(1),
    )
    with pytest.raises(ValueError, match="time_limit must be positive, got 0"):
        frustration(g, time_limit=0)
