"""The semidefinite bound against the definition, and the descent that finds it."""

import numpy as np
import pytest

from cuibono.balance.ascent import lowered
from cuibono.balance.blocks import Block
from cuibono.balance.clock import Clock
from cuibono.balance.kernels.triples import sums, violated
from cuibono.balance.optima import signed_blocks
from cuibono.balance.semidefinite import semidefinite_bound
from cuibono.balance.solve import solved_block
from cuibono.model.graph import SignedGraph
from tests.definitions import balance_brute as brute


def _complete(sign: np.ndarray[tuple[int], np.dtype[np.int8]], n: int) -> SignedGraph:
    """Return all ties between n actors, with these signs."""
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    return SignedGraph(
        names=tuple(f"A{i}" for i in range(n)),
        ends=np.array(pairs, dtype=np.intp),
        sign=sign,
        weight=np.ones(len(pairs)),
    )


def _block(g: SignedGraph) -> Block:
    """Return the one block of a complete graph."""
    (block,) = signed_blocks(g)
    return block


def test_bound_never_exceeds_the_index() -> None:
    rng = np.random.default_rng(2014)
    for n in (5, 6, 7, 8):
        for _ in range(4):
            g = _complete(rng.choice([-1, 1], n * (n - 1) // 2).astype(np.int8), n)
            index = int(brute.frustration_index(g))
            bound = semidefinite_bound(_block(g), enough=index, clock=Clock())
            assert bound <= index


@pytest.mark.parametrize(("actors", "index", "by_cycles"), [(7, 9, 7), (11, 25, 19)])
def test_bound_is_stronger_than_cycles(actors: int, index: int, by_cycles: int) -> None:
    """All hostile: n(n-1)/2 less floor(n^2/4); a third of the ties by cycles."""
    ties = actors * (actors - 1) // 2
    block = _block(_complete(-np.ones(ties, dtype=np.int8), actors))
    bound = semidefinite_bound(block, enough=index, clock=Clock())
    assert by_cycles < bound <= index


def test_the_relaxation_bounds_a_dense_block_above_its_cycles() -> None:
    """Forty actors, signs at random: cycles leave a wide gap."""
    rng = np.random.default_rng(5)
    block = _block(_complete(rng.choice([-1, 1], 780).astype(np.int8), 40))
    found = solved_block(block, most_nodes=0, clock=Clock(20.0))
    carried = int(found.loads.sum()) // block.grain
    assert carried < found.lower <= found.upper == block.price(found.side)


def test_time_that_is_over_leaves_no_bound() -> None:
    block = _block(_complete(-np.ones(21, dtype=np.int8), 7))
    clock = Clock(1e-9)
    assert clock.over
    assert semidefinite_bound(block, enough=9, clock=clock) == 0


def test_products_of_sides_violate_no_triangle() -> None:
    side = np.random.default_rng(1).choice([-1.0, 1.0], 12)
    assert len(violated(np.outer(side, side), 1e-9, 100)) == 0


def test_the_most_violated_triangles_come_and_are_violated() -> None:
    rng = np.random.default_rng(2)
    half = rng.normal(size=(12, 3))
    point = half @ half.T
    scale = np.sqrt(np.diag(point))
    point /= np.outer(scale, scale)
    every = violated(point, 1e-9, 10_000)
    some = violated(point, 1e-9, len(every) // 2)
    assert 0 < len(some) <= len(every)
    assert (sums(point, every) < -1).all()
    # Depths are told apart to a thirty-second.
    assert sums(point, some).max() <= np.median(sums(point, every)) + 1 / 32


def test_descent_meets_the_least_of_a_bowl_within_its_bounds() -> None:
    """Of (x - 1)^2 + 2 (y + 1)^2 with y at least 0, the least is at (1, 0)."""
    goal, weight = np.array([1.0, -1.0]), np.array([1.0, 2.0])

    def valued(
        at: np.ndarray[tuple[int], np.dtype[np.float64]],
    ) -> tuple[float, np.ndarray[tuple[int], np.dtype[np.float64]]]:
        away = at - goal
        return float(weight @ away**2), 2 * weight * away

    found = lowered(valued, np.array([5.0, 5.0]), 1, steps=50)
    assert found == pytest.approx([1.0, 0.0], abs=1e-6)
