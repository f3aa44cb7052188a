"""Packings of negative cycles in whole numbers, so that they check exactly."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block
from cuibono.balance.cycles import Cycle


def packed(
    block: Block, cycles: Sequence[Cycle], weight: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return how much each cycle carries (c,), in billionths of weight.

    Rounds the weights down, takes back what is too much on any tie, and then fills
    what room is left, so that no tie carries more than its cost.

    Parameters
    ----------
    block : Block
        Costs of the ties in units.
    cycles : sequence of c Cycle
        Negative cycles.
    weight : (c,) float64
        Nearly a packing: the optimal duals of the cycle program.
    """
    unit = block.unit * 1000
    room = block.cost * unit
    loads = np.zeros(len(cycles), dtype=np.int64)
    wanted = np.floor(weight * unit).astype(np.int64)
    for goal in (wanted, np.full(len(cycles), np.iinfo(np.int64).max)):
        for k in np.argsort(-wanted, kind="stable").tolist():
            ties = list(cycles[k])
            more = min(int(room[ties].min()), int(goal[k] - loads[k]))
            if more > 0:
                room[ties] -= more
                loads[k] += more
    return loads
