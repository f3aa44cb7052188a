"""Reductions keep the index, and every partition and packing finds its way back."""

import numpy as np
import pytest

from cuibono.balance.blocks import Block
from cuibono.balance.clock import Clock
from cuibono.balance.optima import signed_blocks
from cuibono.balance.packing import routed_packing
from cuibono.balance.reduction import reduced
from cuibono.balance.search import Rows, searched_partition
from cuibono.model.graph import SignedGraph


def _drawn(rng: np.random.Generator) -> SignedGraph:
    """Draw a sparse network of up to 11 actors, weighted or not, in one part or more."""
    n = int(rng.integers(3, 12))
    pairs = np.array([(i, j) for i in range(n) for j in range(i + 1, n)])
    kept = np.flatnonzero(rng.random(len(pairs)) < rng.choice([0.25, 0.4, 0.7]))
    weights = rng.choice([1.0, 1.0, 0.1, 2.75], len(kept))
    return SignedGraph(
        names=tuple(f"A{i}" for i in range(n)),
        ends=pairs[kept].astype(np.intp),
        sign=rng.choice([-1, 1], len(kept)).astype(np.int8),
        weight=weights if rng.random() < 0.5 else np.ones(len(kept)),
    )


def _best(block: Block) -> tuple[int, np.ndarray[tuple[int], np.dtype[np.int8]]]:
    """Return the least price over all partitions, and one that attains it."""
    k = len(block.nodes)
    all_ = np.arange(2 ** (k - 1))
    sides = 1 - 2 * ((all_[:, None] >> np.arange(k)) & 1)
    wrong = sides[:, block.ends[:, 0]] * sides[:, block.ends[:, 1]] != block.sign
    price = wrong @ block.cost
    at = int(price.argmin())
    return int(price[at]), sides[at].astype(np.int8)


def _blocks(networks: int, seed: int) -> list[Block]:
    """Return the blocks of random networks."""
    rng = np.random.default_rng(seed)
    return [b for _ in range(networks) for b in signed_blocks(_drawn(rng))]


def test_index_is_the_constant_and_the_indices_of_the_parts() -> None:
    """By brute force; and the best partitions of the parts extend to a best one."""
    smaller = 0
    for block in _blocks(400, 2014):
        found = reduced(block)
        best = [_best(part) for part in found.parts]
        index = found.constant + sum(price for price, _ in best)
        assert index == found.scale * _best(block)[0]
        side = found.expanded_side([side for _, side in best])
        assert found.scale * block.price(side) == index
        smaller += len(found.parts) > 0
    assert smaller > 20


def test_any_partition_of_the_parts_extends_at_its_own_price() -> None:
    rng = np.random.default_rng(8)
    for block in _blocks(200, 9):
        found = reduced(block)
        sides = [rng.choice([-1, 1], len(p.nodes)).astype(np.int8) for p in found.parts]
        price = sum(p.price(s) for p, s in zip(found.parts, sides, strict=True))
        side = found.expanded_side(sides)
        assert found.scale * block.price(side) == found.constant + price


def test_packings_of_the_parts_are_packings_of_the_block() -> None:
    """Simple negative cycles, no tie over its weight, and nothing lost on the way."""
    for block in _blocks(300, 41):
        found = reduced(block)
        packings = []
        for part in found.parts:
            rows = Rows.of(part)
            side = searched_partition(part, rows=rows)
            packing = routed_packing(part, rows, side, clock=Clock())
            packings.append((packing.cycles, packing.loads))
        cycles, loads = found.expanded_packing(packings)
        used = np.zeros(len(block.ties), dtype=np.int64)
        for cycle, load in zip(cycles, loads.tolist(), strict=True):
            ties = list(cycle)
            assert load > 0
            assert block.sign[ties].prod() == -1
            assert len(set(ties)) == len(ties)
            assert _goes_around(block, ties)
            used[ties] += load
        assert (used <= block.cost * block.grain).all()
        grain = block.grain // found.scale
        carried = sum(int(loads.sum()) for _, loads in packings)
        assert int(loads.sum()) == carried + found.constant * grain


def _goes_around(block: Block, ties: list[int]) -> bool:
    """Tell whether the ties, in this order, are a cycle that meets no actor twice."""
    pairs = [set(block.ends[tie].tolist()) for tie in ties]
    corners = [a & b for a, b in zip(pairs, pairs[1:] + pairs[:1], strict=True)]
    return all(len(c) == 1 for c in corners) and len(set().union(*corners)) == len(ties)


@pytest.mark.parametrize("actors", [3, 6, 30])
def test_a_ring_is_all_constant(actors: int) -> None:
    ends = np.array([sorted((i, (i + 1) % actors)) for i in range(actors)])
    sign = np.array([-1] + [1] * (actors - 1), dtype=np.int8)
    g = SignedGraph(
        names=tuple(f"A{i}" for i in range(actors)),
        ends=ends.astype(np.intp),
        sign=sign,
        weight=np.ones(actors),
    )
    (block,) = signed_blocks(g)
    found = reduced(block)
    assert not found.parts
    assert found.constant == found.scale
    assert len(found.expanded_packing([])[0]) == 1
