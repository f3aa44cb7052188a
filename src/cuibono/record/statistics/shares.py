"""Long-run shares of friendly events, as log-odds, of sender, receiver and pair.

Counts are not decayed. They are smoothed by two events at the share of the whole
record so far, so that an actor without a past stands where the record stands.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from cuibono.record.cells import Cells
from cuibono.record.events import Floats
from cuibono.record.statistics.statistic import Statistic

PRIOR_EVENTS: Final = 2.0


def _log_odds(who: str) -> Callable[[Cells], Floats]:
    """Smoothed log-odds of the share of `who`, less those of the record so far."""

    def value(cells: Cells) -> Floats:
        friendly = cells["all.pos"] + 1.0
        hostile = cells["all.neg"] + 1.0
        whole = friendly / (friendly + hostile)
        mine = cells[f"{who}.pos"] + PRIOR_EVENTS * whole
        against = cells[f"{who}.neg"] + PRIOR_EVENTS * (1.0 - whole)
        return np.asarray(
            np.log(mine / against) - np.log(friendly / hostile), np.float64
        )

    return value


def _share(who: str, says: str) -> Statistic:
    """Share statistic of sender, receiver or pair."""
    return Statistic(
        name=f"share.{who}",
        says=says,
        source="lerner2016",
        cells=(f"{who}.pos", f"{who}.neg", "all.pos", "all.neg"),
        value=_log_odds(who),
        logged=False,
    )


SENDER = _share(
    "sender", "long-run log-odds that what the sender sends is friendly, against all"
)
RECEIVER = _share(
    "receiver", "long-run log-odds that what the receiver gets is friendly, against all"
)
PAIR = _share(
    "pair", "long-run log-odds that what the two do to each other is friendly"
)
