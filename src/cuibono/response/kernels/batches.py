"""One batch of stable models, drawn and counted without going back to Python."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cuibono.response.kernels.counting import WIDE, Asked, count_signs
from cuibono.response.kernels.lanes import (
    Blocks,
    Drawings,
    Effects,
    draw_group,
    fill_cell,
)
from cuibono.response.kernels.routh import LANES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
State = NDArray[np.uint64]

# Draws held at a time: enough to fill the lanes, few enough to stay in the cache.
HELD = 256


class Groups(NamedTuple):
    """What is drawn together: the cells in order, and last what no cell holds.

    Flat arrays cut by `*_start`; `with_chance` tells which group draws the chance of
    the uncertain sets.
    """

    blocks: Ints
    block_start: Ints
    edges: Ints
    edge_start: Ints
    limited: Ints
    limited_start: Ints
    units: Ints
    unit_start: Ints
    ties: Ints
    tie_start: Ints
    with_chance: NDArray[np.bool_]


@njit(cache=True)
def drawings(edges: int, nodes: int, units: int, ties: int, width: int) -> Drawings:
    """Empty arrays for so many draws."""
    return Drawings(
        np.zeros((edges, width)),
        np.zeros((nodes, width)),
        np.ones((units, width)),
        np.zeros((ties, width)),
        np.ones(width),
    )


@njit(cache=True)
def draw_held(
    groups: Groups,
    told: Effects,
    blocks: Blocks,
    state: State,
    most: int,
    here: Drawings,
    held: Drawings,
    tried: Ints,
) -> bool:
    """Fill all that is held with stable draws; False if tries ran out."""
    last = len(tried)
    for c in range(last):
        filled, more = fill_cell(
            groups.blocks[groups.block_start[c] : groups.block_start[c + 1]],
            groups.edges[groups.edge_start[c] : groups.edge_start[c + 1]],
            groups.limited[groups.limited_start[c] : groups.limited_start[c + 1]],
            groups.units[groups.unit_start[c] : groups.unit_start[c + 1]],
            groups.ties[groups.tie_start[c] : groups.tie_start[c + 1]],
            groups.with_chance[c], told, blocks, state, most, here, held,
        )  # fmt: skip
        tried[c] += more
        if filled < held.weights.shape[1]:
            return False
    draw_group(
        groups.edges[groups.edge_start[last] :],
        groups.limited[groups.limited_start[last] :],
        groups.units[groups.unit_start[last] :],
        groups.ties[groups.tie_start[last] :],
        groups.with_chance[last], told, state, held, np.empty(len(held.chance)),
    )  # fmt: skip
    return True


@njit(cache=True, nogil=True)
def count_batch(
    groups: Groups,
    told: Effects,
    blocks: Blocks,
    asked: Asked,
    units: int,
    state: State,
    draws: int,
    left: int,
    most: int,
    counts: Ints,
    tried: Ints,
) -> tuple[int, int, int, int]:
    """Draw about `draws` models and count the signs of those that agree, up to `left`.

    Fills counts (q, n, 2) and the tries of each cell. Returns how many were drawn
    (less than asked for if a cell ran out of its `most` tries for what is held), used,
    in order and accepted.
    """
    n, edges, ties = asked.right.shape[0], len(told.sign), len(told.tie_size)
    width = min(HELD, (draws + WIDE - 1) // WIDE * WIDE)
    here = drawings(edges, n, units, ties, LANES)
    held = drawings(edges, n, units, ties, width)
    drawn, used, in_order, accepted = 0, 0, 0, 0
    while drawn < draws and accepted < left:
        if not draw_held(groups, told, blocks, state, most, here, held, tried):
            break
        drawn += width
        more_used, more_ordered, more = count_signs(
            blocks, held.weights, held.limits, asked, left - accepted, counts
        )
        used += more_used
        in_order += more_ordered
        accepted += more
    return drawn, used, in_order, accepted
