"""Signs of responses, counted draw by draw without keeping matrices or responses."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cuibono.response.kernels.lanes import Blocks, gather_lanes
from cuibono.response.kernels.solving import solve_draws

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

# A lane with a pivot nearer to zero than this is solved apart, with exchanges.
SMALL = 1e-4

# Matrices solved side by side: rows are long enough to hide the cost of loops.
WIDE = 64


class Asked(NamedTuple):
    """Pushes and what was seen: `right` is (n, q), the first of the pushes observed.

    `reach` (n, q) tells where a push leads, `open` where its sign is not sure, and
    `need` what must be computed for that. `seen_*` name push, node and sign of each
    observed response, `greater` and `lesser` the edges of each order; `no_change` is
    how small a response counts as none.
    """

    right: Floats
    reach: Flags
    open: Flags
    need: Flags
    observed: int
    seen_push: Ints
    seen_node: Ints
    seen_sign: Ints
    greater: Ints
    lesser: Ints
    no_change: float


class Space(NamedTuple):
    """Room for the work on one group of lanes."""

    inverse: Floats
    offset: Ints
    pattern: Flags
    x: Floats
    push: Floats
    awkward: Floats
    agree: Floats


@njit(cache=True)
def space_for(blocks: Blocks, n: int) -> Space:
    """Room for the inverses of all blocks, one after the other, and for responses."""
    count = len(blocks.node_start) - 1
    offset = np.zeros(count + 1, dtype=np.int64)
    for b in range(count):
        size = blocks.node_start[b + 1] - blocks.node_start[b]
        offset[b + 1] = offset[b] + size * size
    return Space(
        np.zeros((offset[count], WIDE)),
        offset,
        np.zeros(offset[count], dtype=np.bool_),
        np.zeros((n, WIDE)),
        np.zeros((n, WIDE)),
        np.zeros(WIDE),
        np.zeros(WIDE),
    )


@njit(cache=True, error_model="numpy")
def invert_lanes(m: Floats, pattern: Flags, awkward: Floats) -> None:
    """Invert matrices (k, k, lanes) in place, pivots on the diagonal, zeros skipped.

    `pattern` (k, k) tells what may be nonzero, and is kept up to date. Lanes with a
    pivot near zero are marked awkward.
    """
    size, width = m.shape[0], m.shape[2]
    factor = np.empty(width)
    for k in range(size):
        for lane in range(width):
            pivot = m[k, k, lane]
            awkward[lane] = 1.0 if abs(pivot) < SMALL else awkward[lane]
            factor[lane] = 1.0 / pivot
            m[k, k, lane] = 1.0
        for j in range(size):
            if pattern[k, j]:
                for lane in range(width):
                    m[k, j, lane] *= factor[lane]
        for i in range(size):
            if i == k or not pattern[i, k]:
                continue
            for lane in range(width):
                factor[lane] = m[i, k, lane]
                m[i, k, lane] = 0.0
            for j in range(size):
                if pattern[k, j]:
                    pattern[i, j] = True
                    for lane in range(width):
                        m[i, j, lane] -= factor[lane] * m[k, j, lane]


@njit(cache=True, error_model="numpy")
def invert_blocks(
    blocks: Blocks, weights: Floats, limits: Floats, begin: int, room: Space
) -> None:
    """Inverses of -a, rows exchanged by `match`, of all blocks for one group."""
    room.awkward[:] = 0.0
    for b in range(len(blocks.node_start) - 1):
        start = blocks.node_start[b]
        size = blocks.node_start[b + 1] - start
        at = room.offset[b]
        if size == 1:
            one = room.inverse[at]
            room.pattern[at] = True
            node = blocks.nodes[start]
            for lane in range(WIDE):
                one[lane] = limits[node, begin + lane]
            for e in range(blocks.edge_start[b], blocks.edge_start[b + 1]):
                edge = weights[blocks.edges[e]]
                for lane in range(WIDE):
                    one[lane] += edge[begin + lane]
            for lane in range(WIDE):
                one[lane] = -1.0 / one[lane]
            continue
        a = np.empty((size, size, WIDE))
        gather_lanes(a, b, blocks, weights, limits, begin)
        m = room.inverse[at : at + size * size].reshape((size, size, WIDE))
        pattern = room.pattern[at : at + size * size].reshape((size, size))
        for i in range(size):
            row = blocks.match[start + i]
            for j in range(size):
                for lane in range(WIDE):
                    m[i, j, lane] = -a[row, j, lane]
            # Without its own entries, zeros would not come out as zeros.
            for lane in range(WIDE):
                gone = m[i, i, lane] == 0.0
                room.awkward[lane] = 1.0 if gone else room.awkward[lane]
        mark_pattern(b, blocks, limits, begin, pattern)
        invert_lanes(m, pattern, room.awkward)


@njit(cache=True)
def mark_pattern(
    b: int, blocks: Blocks, limits: Floats, begin: int, pattern: Flags
) -> None:
    """Tell which entries of a block, rows exchanged by `match`, may be nonzero."""
    start = blocks.node_start[b]
    size = blocks.node_start[b + 1] - start
    pattern[:, :] = False
    for i in range(size):
        row = blocks.match[start + i]
        # A limit is there in all draws or in none.
        if limits[blocks.nodes[start + row], begin] != 0.0:
            pattern[i, row] = True
        for e in range(blocks.edge_start[b], blocks.edge_start[b + 1]):
            if blocks.rows[e] == row:
                pattern[i, blocks.columns[e]] = True


@njit(cache=True)
def add_scaled(out: Floats, factor: Floats, values: Floats) -> None:
    """Add a product, lane by lane."""
    for lane in range(WIDE):
        out[lane] += factor[lane] * values[lane]


@njit(cache=True, error_model="numpy")
def respond(
    first: int,
    last: int,
    blocks: Blocks,
    weights: Floats,
    begin: int,
    asked: Asked,
    room: Space,
    counts: Ints,
) -> None:
    """Compute the responses (n, lanes) to pushes first to last, where they are needed.

    Causes first. Those that are asked for and open are counted.
    """
    x, push, inverse = room.x, room.push, room.inverse
    pushed = np.zeros(x.shape[0], dtype=np.bool_)
    for s in range(first, last):
        for b in range(len(blocks.node_start) - 1):
            start = blocks.node_start[b]
            size = blocks.node_start[b + 1] - start
            if not asked.need[blocks.nodes[start], s]:
                continue
            for i in range(size):
                value = asked.right[blocks.nodes[start + i], s]
                pushed[i] = value != 0.0
                for lane in range(WIDE):
                    push[i, lane] = value
            for k in range(blocks.link_start[b], blocks.link_start[b + 1]):
                tail = blocks.link_tails[k]
                if asked.reach[tail, s]:
                    row = blocks.link_rows[k]
                    pushed[row] = True
                    edge = weights[blocks.links[k], begin : begin + WIDE]
                    add_scaled(push[row], edge, x[tail])
            for i in range(size):
                node, at = blocks.nodes[start + i], room.offset[b] + i * size
                x[node] = 0.0
                for j in range(size):
                    row = blocks.match[start + j]
                    if pushed[row] and room.pattern[at + j]:
                        add_scaled(x[node], inverse[at + j], push[row])
        if s >= asked.observed:
            tally_lanes(x, room.agree, asked.open[:, s], counts[s - asked.observed])


@njit(cache=True)
def check_seen(s: int, asked: Asked, room: Space) -> None:
    """Strike the lanes that do not respond to push s as was observed."""
    agree = room.agree
    for o in range(len(asked.seen_push)):
        if asked.seen_push[o] != s:
            continue
        node, sign = asked.seen_node[o], float(asked.seen_sign[o])
        there = asked.reach[node, s]
        for lane in range(WIDE):
            value = room.x[node, lane] if there else 0.0
            good = value * sign > 0.0
            if sign == 0.0:
                good = abs(value) <= asked.no_change
            agree[lane] *= 1.0 if good else 0.0


@njit(cache=True)
def seen_alone(values: Floats, asked: Asked) -> bool:
    """Whether one draw, responses (n, q), responds as observed."""
    for o in range(len(asked.seen_push)):
        value = values[asked.seen_node[o], asked.seen_push[o]]
        sign = asked.seen_sign[o]
        if sign == 0 and abs(value) > asked.no_change:
            return False
        if sign != 0 and not value * sign > 0.0:
            return False
    return True


@njit(cache=True)
def cut(ordered: Floats, agree: Floats, width: int, left: int) -> tuple[int, int, int]:
    """Draws used until `left` were accepted, those in order, and the accepted."""
    accepted, in_order = 0, 0
    for lane in range(width):
        in_order += int(ordered[lane])
        accepted += int(agree[lane])
        if accepted == left:
            agree[lane + 1 :] = 0.0
            return lane + 1, in_order, accepted
    agree[width:] = 0.0
    return width, in_order, accepted


@njit(cache=True)
def tally_lanes(x: Floats, agree: Floats, asked: Flags, counts: Ints) -> None:
    """Add the signs of responses (n, lanes) to counts (n, 2), over lanes that agree."""
    for node in range(x.shape[0]):
        if asked[node]:
            row = x[node]
            above, below = 0, 0
            for lane in range(WIDE):
                value = row[lane] * agree[lane]
                above += 1 if value > 0.0 else 0
                below += 1 if value < 0.0 else 0
            counts[node, 0] += above
            counts[node, 1] += below


@njit(cache=True)
def one_draw(
    blocks: Blocks, weights: Floats, limits: Floats, draw: int, right: Floats
) -> Floats:
    """Responses (n, q) of one draw, solved with exchanges of rows."""
    weight = np.empty((1, weights.shape[0]))
    limit = np.empty((1, limits.shape[0]))
    weight[0] = weights[:, draw]
    limit[0] = limits[:, draw]
    found: Floats = solve_draws(
        weight, limit, blocks.nodes, blocks.node_start, blocks.edges, blocks.rows,
        blocks.columns, blocks.edge_start, blocks.links, blocks.link_tails,
        blocks.link_rows, blocks.link_start, right,
    )  # fmt: skip
    values: Floats = found[0]
    return values


@njit(cache=True)
def count_signs(
    blocks: Blocks,
    weights: Floats,
    limits: Floats,
    asked: Asked,
    left: int,
    counts: Ints,
) -> tuple[int, int, int]:
    """Add the signs of responses to counts (q, n, 2), up to `left` accepted draws.

    Weights are (m, draws), limits (n, draws), draws a multiple of the lanes. Returns
    the draws used, those in line with the orders, and the accepted ones.
    """
    n, pushes = asked.right.shape
    room = space_for(blocks, n)
    right = np.ascontiguousarray(asked.right).reshape((1, n, pushes))
    ordered = np.empty(WIDE)
    used, in_order, accepted = 0, 0, 0
    for begin in range(0, weights.shape[1], WIDE):
        for lane in range(WIDE):
            ordered[lane] = 1.0
        for o in range(len(asked.greater)):
            more, less = weights[asked.greater[o]], weights[asked.lesser[o]]
            for lane in range(WIDE):
                good = abs(more[begin + lane]) > abs(less[begin + lane])
                ordered[lane] *= 1.0 if good else 0.0
        invert_blocks(blocks, weights, limits, begin, room)
        room.agree[:] = ordered
        for s in range(asked.observed):
            respond(s, s + 1, blocks, weights, begin, asked, room, counts)
            check_seen(s, asked, room)
        some = room.awkward.max() > 0.0
        alone = np.zeros((WIDE if some else 0, n, pushes))
        for lane in range(WIDE if some else 0):
            if room.awkward[lane] > 0.0:
                alone[lane] = one_draw(blocks, weights, limits, begin + lane, right)
                good = seen_alone(alone[lane], asked)
                room.agree[lane] = ordered[lane] if good else 0.0
        more_used, more_ordered, more = cut(ordered, room.agree, WIDE, left - accepted)
        used += more_used
        in_order += more_ordered
        accepted += more
        for lane in range(len(alone)):
            if room.awkward[lane] > 0.0 and room.agree[lane] > 0.0:
                room.agree[lane] = 0.0
                count_alone(alone[lane], asked, counts)
        if more > 0:
            respond(asked.observed, pushes, blocks, weights, begin, asked, room, counts)
        if accepted == left:
            break
    return used, in_order, accepted


@njit(cache=True)
def count_alone(values: Floats, asked: Asked, counts: Ints) -> None:
    """Add the signs of the responses (n, q) of one draw, where they are open."""
    for s in range(asked.observed, values.shape[1]):
        for node in range(values.shape[0]):
            if not asked.open[node, s]:
                continue
            if values[node, s] > 0.0:
                counts[s - asked.observed, node, 0] += 1
            elif values[node, s] < 0.0:
                counts[s - asked.observed, node, 1] += 1
