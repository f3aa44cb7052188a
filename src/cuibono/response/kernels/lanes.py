"""Draws of many matrices side by side: each step is done for all lanes at once.

The last axis of every array runs over lanes, so that the compiler can work on several
matrices with one instruction. Lanes whose verdict round-off could change are judged
again, one by one, by the slower test.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cuibono.model.chance import GOLDEN, MIX_1, MIX_2, S11, S27, S30, S31
from cuibono.response.kernels.routh import LANES, judged
from cuibono.response.kernels.sampling import quantile
from cuibono.response.kernels.stability import MARGIN, hurwitz

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
State = NDArray[np.uint64]


class Effects(NamedTuple):
    """What every draw of a model needs: signs, uncertain sets, ties, prior and rule.

    `sign`, `unit`, `tie` and `place` are (m,) int64 as in `Layout`, `tie_size`
    (ties,). `independent` keeps each uncertain set with chance one half; otherwise the
    chance is drawn afresh for each matrix.
    """

    sign: Ints
    unit: Ints
    tie: Ints
    place: Ints
    tie_size: Ints
    family: int
    first: float
    second: float
    independent: bool


class Blocks(NamedTuple):
    """Strongly connected blocks, causes first, as in `Plan`; `match` pairs rows.

    `match` gives, place by place, the row whose entry in that column is the pivot.
    """

    nodes: Ints
    node_start: Ints
    edges: Ints
    rows: Ints
    columns: Ints
    edge_start: Ints
    links: Ints
    link_tails: Ints
    link_rows: Ints
    link_start: Ints
    reinforcing: Flags
    match: Ints


class Drawings(NamedTuple):
    """Arrays that one group of draws fills; the last axis runs over draws."""

    weights: Floats
    limits: Floats
    kept: Floats
    chosen: Floats
    chance: Floats


@njit(cache=True)
def uniforms(state: State, out: Floats) -> None:
    """Fill with numbers between 0 and 1: those that as many calls of `uniform` give."""
    base = state[0]
    for lane in range(len(out)):
        z = base + np.uint64(lane + 1) * GOLDEN
        z = (z ^ (z >> S30)) * MIX_1
        z = (z ^ (z >> S27)) * MIX_2
        z = z ^ (z >> S31)
        # Fits a signed number, which converts faster.
        out[lane] = (float(np.int64(z >> S11)) + 0.5) * 1.1102230246251565e-16
    state[0] = base + np.uint64(len(out)) * GOLDEN


@njit(cache=True)
def magnitudes(
    state: State, family: int, first: float, second: float, factor: float, out: Floats
) -> None:
    """Fill with magnitudes from a prior, times a factor."""
    uniforms(state, out)
    if family == 0:
        low, wide = factor * first, factor * (second - first)
        for lane in range(len(out)):
            out[lane] = low + wide * out[lane]
    else:
        for lane in range(len(out)):
            out[lane] = factor * quantile(out[lane], family, first, second)


@njit(cache=True)
def draw_group(
    edges: Ints,
    limited: Ints,
    units: Ints,
    ties: Ints,
    with_chance: bool,
    told: Effects,
    state: State,
    into: Drawings,
    spare: Floats,
) -> None:
    """Draw these edges, self-limits, uncertain sets and ties for every lane."""
    width = len(spare)
    if with_chance:
        if told.independent:
            into.chance[:] = 0.5
        else:
            uniforms(state, into.chance)
    for u in units:
        uniforms(state, spare)
        for lane in range(width):
            into.kept[u, lane] = 1.0 if spare[lane] < into.chance[lane] else 0.0
    for t in ties:
        uniforms(state, spare)
        for lane in range(width):
            into.chosen[t, lane] = np.floor(spare[lane] * told.tie_size[t])
    for node in limited:
        magnitudes(state, told.family, told.first, told.second, -1.0, into.limits[node])
    for e in edges:
        out = into.weights[e]
        factor = float(told.sign[e]) if told.sign[e] != 0 else 1.0
        magnitudes(state, told.family, told.first, told.second, factor, out)
        if told.sign[e] == 0:
            uniforms(state, spare)
            for lane in range(width):
                out[lane] = out[lane] if spare[lane] < 0.5 else -out[lane]
        if told.unit[e] >= 0:
            kept = into.kept[told.unit[e]]
            for lane in range(width):
                out[lane] *= kept[lane]
        if told.tie[e] >= 0:
            chosen, mine = into.chosen[told.tie[e]], float(told.place[e])
            for lane in range(width):
                out[lane] *= 1.0 if chosen[lane] == mine else 0.0


@njit(cache=True)
def gather_lanes(
    a: Floats, b: int, blocks: Blocks, weights: Floats, limits: Floats, begin: int
) -> None:
    """Write the matrices (k, k, lanes) of block b, for the draws from `begin` on."""
    start, edge_start = blocks.node_start[b], blocks.edge_start[b]
    size, width = blocks.node_start[b + 1] - start, a.shape[2]
    for i in range(size):
        for j in range(size):
            for lane in range(width):
                a[i, j, lane] = 0.0
    for i in range(size):
        node = blocks.nodes[start + i]
        for lane in range(width):
            a[i, i, lane] = limits[node, begin + lane]
    for e in range(edge_start, blocks.edge_start[b + 1]):
        i, j, edge = blocks.rows[e], blocks.columns[e], blocks.edges[e]
        for lane in range(width):
            a[i, j, lane] += weights[edge, begin + lane]


@njit(cache=True)
def test_block(
    b: int, blocks: Blocks, into: Drawings, verdict: Floats, a: Floats
) -> None:
    """Set the verdict of each lane whose block b is not stable to 0.

    `a` is room for one matrix a lane. One and two nodes need no scheme: the trace
    must be negative and the determinant positive.
    """
    size = blocks.node_start[b + 1] - blocks.node_start[b]
    gather_lanes(a, b, blocks, into.weights, into.limits, 0)
    if size == 1:
        for lane in range(LANES):
            verdict[lane] *= 1.0 if a[0, 0, lane] < 0.0 else 0.0
        return
    if size == 2:
        for lane in range(LANES):
            trace = a[0, 0, lane] + a[1, 1, lane]
            area = a[0, 0, lane] * a[1, 1, lane] - a[0, 1, lane] * a[1, 0, lane]
            good = trace < 0.0 and area > MARGIN * trace * trace
            verdict[lane] *= 1.0 if good else 0.0
        return
    original = a.copy()
    found = judged(a, blocks.reinforcing[b])
    for lane in range(LANES):
        if found[lane] == 0.5 and verdict[lane] > 0.0:
            found[lane] = alone(original[:, :, lane].copy(), blocks.reinforcing[b])
        verdict[lane] *= found[lane]


@njit(cache=True)
def alone(a: Floats, reinforcing: bool) -> float:
    """Verdict, 1 or 0, on one matrix (k, k) by the slower test."""
    return 1.0 if hurwitz(a, reinforcing, np.empty_like(a)) else 0.0


@njit(cache=True)
def room_for(b: int, blocks: Blocks) -> Floats:
    """Room for the matrix of a block, one a lane."""
    size = blocks.node_start[b + 1] - blocks.node_start[b]
    return np.empty((size, size, LANES))


@njit(cache=True)
def fill_cell(
    mine: Ints,
    edges: Ints,
    limited: Ints,
    units: Ints,
    ties: Ints,
    with_chance: bool,
    told: Effects,
    blocks: Blocks,
    state: State,
    most: int,
    here: Drawings,
    into: Drawings,
) -> tuple[int, int]:
    """Fill all draws with stable ones of a cell, whose blocks are `mine`.

    `here` has room for one draw a lane. Returns how many were filled and the tries up
    to the last of them, at most about `most`.
    """
    wanted = into.weights.shape[1]
    spare, verdict = np.empty(LANES), np.empty(LANES)
    rooms = [room_for(b, blocks) for b in mine]
    filled, tried = 0, 0
    while filled < wanted and tried < most:
        draw_group(edges, limited, units, ties, with_chance, told, state, here, spare)
        verdict[:] = 1.0
        for i in range(len(mine)):
            test_block(mine[i], blocks, here, verdict, rooms[i])
        for lane in range(LANES):
            if filled == wanted:
                break
            tried += 1
            if verdict[lane] > 0.0:
                for e in edges:
                    into.weights[e, filled] = here.weights[e, lane]
                for node in limited:
                    into.limits[node, filled] = here.limits[node, lane]
                for u in units:
                    into.kept[u, filled] = here.kept[u, lane]
                into.chance[filled] = here.chance[lane] if with_chance else 1.0
                filled += 1
    return filled, tried
