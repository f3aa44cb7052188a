"""Routes for frustrated ties: congestion is negotiated until no tie carries too much.

After McMurchie and Ebeling (1995), PathFinder: a tie that is asked for by too many gets
dearer now, and stays dearer for having been so.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@njit(cache=True)
def push(keys: Floats, nodes: Ints, size: int, key: float, node: int) -> int:
    """Add to a binary heap; return its new size."""
    at = size
    while at > 0:
        up = (at - 1) >> 1
        if keys[up] <= key:
            break
        keys[at], nodes[at] = keys[up], nodes[up]
        at = up
    keys[at], nodes[at] = key, node
    return size + 1


@njit(cache=True)
def pop(keys: Floats, nodes: Ints, size: int) -> int:
    """Take the top (already read) off a binary heap; return its new size."""
    size -= 1
    key, node = keys[size], nodes[size]
    at = 0
    while True:
        down = 2 * at + 1
        if down >= size:
            break
        if down + 1 < size and keys[down + 1] < keys[down]:
            down += 1
        if keys[down] >= key:
            break
        keys[at], nodes[at] = keys[down], nodes[down]
        at = down
    keys[at], nodes[at] = key, node
    return size


@njit(cache=True)
def negotiated(
    start: Ints,
    to: Ints,
    by: Ints,
    ends: Ints,
    room: Ints,
    closed: Bools,
    past: Floats,
    dear: float,
    chosen: Ints,
    slot_tie: Ints,
    amount: Ints,
    route: Ints,
    hops: Ints,
    used: Ints,
) -> None:
    """Route the `chosen` slots anew around what is crowded.

    `route` (s, h) holds the ties of each slot's way between the ends of its frustrated
    tie, `hops` (s,) how many; `closed` ties are not used. Searched from both ends at
    once: the two searches together see far less of the network than one would.
    """
    k, longest = start.shape[0] - 1, route.shape[1]
    dist, came = np.empty((2, k)), np.empty((2, k), np.int64)
    seen, done = np.full((2, k), -1, np.int64), np.full((2, k), -1, np.int64)
    keys, nodes = (
        np.empty((2, to.shape[0] + 1)),
        np.empty((2, to.shape[0] + 1), np.int64),
    )
    size = np.zeros(2, np.int64)
    way = np.empty(longest, np.int64)
    for turn in range(chosen.shape[0]):
        slot = chosen[turn]
        need = amount[slot]
        for hop in range(hops[slot]):
            used[route[slot, hop]] -= need
        hops[slot] = 0
        for half in range(2):
            node = ends[slot_tie[slot], half]
            dist[half, node], came[half, node], seen[half, node] = 0.0, -1, turn
            size[half] = push(keys[half], nodes[half], 0, 0.0, node)
        meet, least = -1, np.inf
        while size[0] and size[1] and keys[0, 0] + keys[1, 0] < least:
            half = 0 if size[0] <= size[1] else 1
            here, far = nodes[half, 0], keys[half, 0]
            size[half] = pop(keys[half], nodes[half], size[half])
            if done[half, here] == turn:
                continue
            done[half, here] = turn
            for at in range(start[here], start[here + 1]):
                tie, there = by[at], to[at]
                if closed[tie] or done[half, there] == turn:
                    continue
                over = used[tie] + need - room[tie]
                step = past[tie]
                if over > 0:
                    step *= 1.0 + dear * over / need
                ahead = far + step
                if ahead + keys[1 - half, 0] >= least and (
                    seen[1 - half, there] != turn
                ):
                    continue
                if seen[half, there] != turn or ahead < dist[half, there]:
                    dist[half, there], came[half, there] = ahead, tie
                    seen[half, there] = turn
                    size[half] = push(keys[half], nodes[half], size[half], ahead, there)
                    if (
                        seen[1 - half, there] == turn
                        and ahead + dist[1 - half, there] < least
                    ):
                        least, meet = ahead + dist[1 - half, there], there
        if meet < 0:
            continue
        count = joined_halves(ends, came, meet, way)
        if count > longest:
            continue
        hops[slot] = count
        for hop in range(count):
            route[slot, hop] = way[hop]
            used[way[hop]] += need


@njit(cache=True)
def joined_halves(ends: Ints, came: Ints, meet: int, way: Ints) -> int:
    """Write the ties of both halves of a way to `way`, in order; return how many.

    More than there is room for in `way` are counted, not written.
    """
    count, longest = 0, way.shape[0]
    for half in range(2):
        here = meet
        while came[half, here] >= 0:
            tie = came[half, here]
            here = ends[tie, 0] + ends[tie, 1] - here
            if count < longest:
                way[count] = tie
            count += 1
        if half == 0:
            # Found from the meeting point outwards; a way begins at its first end.
            for at in range(min(count, longest) // 2):
                other = min(count, longest) - 1 - at
                way[at], way[other] = way[other], way[at]
    return count


@njit(cache=True)
def crowded(route: Ints, hops: Ints, used: Ints, room: Ints) -> Bools:
    """Tell which slots have no way, or one over a tie that carries too much."""
    told = np.zeros(hops.shape[0], np.bool_)
    for slot in range(hops.shape[0]):
        told[slot] = hops[slot] == 0
        for hop in range(hops[slot]):
            if used[route[slot, hop]] > room[route[slot, hop]]:
                told[slot] = True
                break
    return told


@njit(cache=True)
def trimmed(route: Ints, hops: Ints, amount: Ints, room: Ints, order: Ints) -> Ints:
    """What each slot can carry (s,) if no tie may carry too much; takes it off `room`."""
    load = np.zeros(hops.shape[0], np.int64)
    for at in range(order.shape[0]):
        slot = order[at]
        if hops[slot] == 0:
            continue
        least = amount[slot]
        for hop in range(hops[slot]):
            least = min(least, room[route[slot, hop]])
        if least > 0:
            load[slot] = least
            for hop in range(hops[slot]):
                room[route[slot, hop]] -= least
    return load


@njit(cache=True)
def negative_walks(
    start: Ints,
    to: Ints,
    by: Ints,
    ends: Ints,
    sign: NDArray[np.int8],
    sources: Ints,
    length: Floats,
    below: float,
    longest: int,
) -> tuple[Ints, Ints, Floats]:
    """Closed walks of negative sign through `sources`, shorter than `below`.

    At most one for each tie at a source.

    Shortest ways on the graph that has each node twice, once per sign. Returns the ties
    of each walk (w, h), how many, and its length.
    """
    k = start.shape[0] - 1
    most = 0
    for turn in range(sources.shape[0]):
        most += start[sources[turn] + 1] - start[sources[turn]]
    found, count = np.empty((most, longest), np.int64), np.zeros(most, np.int64)
    total = np.empty(most)
    walks = 0
    dist, came = np.empty(2 * k), np.empty(2 * k, np.int64)
    seen, done = np.full(2 * k, -1, np.int64), np.full(2 * k, -1, np.int64)
    keys = np.empty(2 * to.shape[0] + 2)
    nodes = np.empty(2 * to.shape[0] + 2, np.int64)
    for turn in range(sources.shape[0]):
        source = sources[turn]
        dist[2 * source], came[2 * source], seen[2 * source] = 0.0, -1, source
        size = push(keys, nodes, 0, 0.0, 2 * source)
        while size:
            state, far = nodes[0], keys[0]
            size = pop(keys, nodes, size)
            if done[state] == source:
                continue
            done[state] = source
            here = state >> 1
            for at in range(start[here], start[here + 1]):
                there = 2 * to[at] + ((state & 1) ^ (sign[by[at]] < 0))
                ahead = far + length[by[at]]
                if ahead >= below or done[there] == source:
                    continue
                if seen[there] != source or ahead < dist[there]:
                    dist[there], came[there], seen[there] = ahead, by[at], source
                    size = push(keys, nodes, size, ahead, there)
        for at in range(start[source], start[source + 1]):
            tie, other = by[at], to[at]
            # A way whose sign is opposite to the tie's closes a negative walk with it.
            state = 2 * other + (1 if sign[tie] > 0 else 0)
            if done[state] != source or dist[state] + length[tie] >= below:
                continue
            # Back over the same tie: what is left of the walk is found by another one.
            if came[state] == tie:
                continue
            found[walks, 0] = tie
            total[walks] = dist[state] + length[tie]
            hop = 1
            while state != 2 * source and hop < longest:
                step = came[state]
                found[walks, hop] = step
                hop += 1
                back = ends[step, 0] + ends[step, 1] - (state >> 1)
                state = 2 * back + ((state & 1) ^ (sign[step] < 0))
            if state == 2 * source:
                count[walks] = hop
                walks += 1
    return found[:walks], count[:walks], total[:walks]


@njit(cache=True)
def shortest_ways(
    start: Ints,
    to: Ints,
    by: Ints,
    ends: Ints,
    room: Ints,
    closed: Bools,
    chosen: Ints,
    slot_tie: Ints,
    amount: Ints,
    route: Ints,
    hops: Ints,
    limit: int,
) -> None:
    """Give each of the `chosen` slots a way of up to `limit` ties that have room for it.

    Searched from both ends at once, level by level; takes the amount off `room`.
    """
    k = start.shape[0] - 1
    seen = np.full((2, k), -1, np.int64)
    came = np.empty((2, k), np.int64)
    queue = np.empty((2, k), np.int64)
    first, last, ready = (
        np.zeros(2, np.int64),
        np.zeros(2, np.int64),
        np.zeros(2, np.int64),
    )
    for turn in range(chosen.shape[0]):
        slot = chosen[turn]
        need = amount[slot]
        for half in range(2):
            node = ends[slot_tie[slot], half]
            seen[half, node], came[half, node] = turn, -1
            queue[half, 0] = node
            first[half], last[half] = 0, 1
            ready[half] = start[node + 1] - start[node]
        meet, depth = -1, 0
        while meet < 0 and depth < limit:
            half = 0 if ready[0] <= ready[1] else 1
            if first[half] == last[half]:
                break
            end, work = last[half], 0
            while first[half] < end and meet < 0:
                here = queue[half, first[half]]
                first[half] += 1
                degree = start[here + 1] - start[here]
                shift = (turn * 7919) % degree
                for step in range(degree):
                    at = start[here] + (step + shift) % degree
                    tie, there = by[at], to[at]
                    if closed[tie] or room[tie] < need or seen[half, there] == turn:
                        continue
                    seen[half, there], came[half, there] = turn, tie
                    if seen[1 - half, there] == turn:
                        meet = there
                        break
                    queue[half, last[half]] = there
                    last[half] += 1
                    work += start[there + 1] - start[there]
            ready[half] = work
            depth += 1
        if meet < 0:
            continue
        count = 0
        for half in range(2):
            here = meet
            while came[half, here] >= 0:
                tie = came[half, here]
                room[tie] -= need
                here = ends[tie, 0] + ends[tie, 1] - here
                # The ways of the two halves run from the meeting point outwards.
                route[slot, count] = tie
                count += 1
            if half == 0:
                for at in range(count // 2):
                    other = count - 1 - at
                    route[slot, at], route[slot, other] = (
                        route[slot, other],
                        route[slot, at],
                    )
        hops[slot] = count
