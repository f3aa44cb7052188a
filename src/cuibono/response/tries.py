"""Rejection on several threads: the tries are the same ones, taken in the same order.

The kernels' generator steps by a constant and every try takes the same number of steps,
so that a thread can begin at any try without making those before it.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from cuibono.model.chance import GOLDEN
from cuibono.response.cells import Cell
from cuibono.response.kernels.sampling import reject
from cuibono.response.priors import Prior
from cuibono.response.rules import Rule
from cuibono.response.samples import pattern, shape

State = NDArray[np.uint64]
Floats = NDArray[np.float64]
Space = tuple[Floats, Floats, Floats]

# Tries that one thread makes at a time.
STRETCH = 4096


def steps_of(cell: Cell, rule: Rule) -> int:
    """Numbers that one try takes from the generator."""
    chance = 1 if cell.units and rule is Rule.QPRESS else 0
    unknown = int((cell.sign == 0).sum())
    sets = len(cell.units) + len(cell.tie_size)
    return chance + sets + len(cell.limited) + len(cell.edges) + unknown


def ahead(state: State, steps: int) -> State:
    """State of the generator so many numbers later."""
    moved = (int(state[0]) + steps * int(GOLDEN)) % 2**64
    return np.array([moved], dtype=np.uint64)


def rejected(
    cell: Cell,
    prior: Prior,
    rule: Rule,
    begin: int,
    most: int,
    state: State,
    space: Space,
    threads: int,
) -> tuple[int, int]:
    """Fill the space from `begin` on; as the kernel `reject`, on several threads.

    Returns how far it came and the tries.
    """
    told = (*pattern(cell, rule), *shape(prior))
    steps, wanted = steps_of(cell, rule), len(space[2])
    if threads == 1:
        filled, tried = reject(*told, begin, most, state, *space)
        return int(filled), int(tried)

    def stretch(first: int) -> tuple[int, Space]:
        count = min(STRETCH, most - first)
        room = tuple(np.empty((count, *part.shape[1:])) for part in space)
        own: Space = (room[0], room[1], room[2])
        found, _ = reject(*told, 0, count, ahead(state, first * steps), *own)
        return int(found), own

    filled, tried = begin, 0
    with ThreadPoolExecutor(threads) as pool:
        while filled < wanted and tried < most:
            firsts = range(tried, min(tried + threads * STRETCH, most), STRETCH)
            for first, (found, own) in zip(
                firsts, pool.map(stretch, firsts), strict=True
            ):
                if filled + found >= wanted:
                    # Where the last one needed was found is known by trying again.
                    there = ahead(state, first * steps)
                    filled, last = reject(*told, filled, STRETCH, there, *space)
                    return int(filled), first + int(last)
                for part, mine in zip(space, own, strict=True):
                    part[filled : filled + found] = mine[:found]
                filled += found
                tried = min(first + STRETCH, most)
    return filled, tried
