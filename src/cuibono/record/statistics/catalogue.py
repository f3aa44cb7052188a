"""All statistics by name, in the column order of tables and models."""

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np

from cuibono.record.cells import Cells, record_cells
from cuibono.record.events import Floats, SignedEvents
from cuibono.record.kernels.history import logged
from cuibono.record.pairs import Pairs
from cuibono.record.rows import Rows
from cuibono.record.settings import Memory
from cuibono.record.statistics import (
    degrees,
    reciprocity,
    repetition,
    shares,
    triads,
)
from cuibono.record.statistics.statistic import Statistic

STATISTICS: Final[Mapping[str, Statistic]] = {
    statistic.name: statistic
    for statistic in (
        repetition.POSITIVE,
        repetition.NEGATIVE,
        reciprocity.POSITIVE,
        reciprocity.NEGATIVE,
        *degrees.DEGREES,
        triads.FRIEND_OF_FRIEND,
        triads.FRIEND_OF_ENEMY,
        triads.ENEMY_OF_FRIEND,
        triads.ENEMY_OF_ENEMY,
        shares.SENDER,
        shares.RECEIVER,
        shares.PAIR,
    )
}
SIXTEEN: Final = tuple(STATISTICS)[:16]
"""Those of the reference tables, in their order."""
DYADIC: Final = SIXTEEN[:4]
DEGREES: Final = SIXTEEN[4:12]
TRIADS: Final = SIXTEEN[12:]
SHARES: Final = tuple(STATISTICS)[16:]


def statistics_of(
    events: SignedEvents,
    rows: Rows,
    memory: Memory,
    names: Iterable[str] = SIXTEEN,
    *,
    pairs: Pairs | None = None,
) -> Floats:
    """Statistics of each row, one column a name.

    Parameters
    ----------
    events : SignedEvents
        The record.
    rows : Rows
        Dyads and moments.
    memory : Memory
        How the past is remembered.
    names : iterable of str
        Of `STATISTICS`.
    pairs : Pairs, optional
        Those of `events`, if they are at hand.

    Returns
    -------
    (r, k) float64
        As defined, not logged.

    Raises
    ------
    ValueError
        If a name is unknown.

    Examples
    --------
    >>> from cuibono.record.events import signed_events
    >>> from cuibono.record.rows import event_rows
    >>> events = signed_events(
    ...     np.array([0.0, 0.0, 30.0]),
    ...     ["Arda", "Cor", "Arda"],
    ...     ["Brun", "Brun", "Cor"],
    ...     np.array([-1, -1, 1]),
    ... )
    >>> memory = Memory(half_life_days=30)
    >>> rows = event_rows(events, memory.order)
    >>> statistics_of(events, rows, memory, ["enemy.of.enemy"])[:, 0]
    array([0. , 0. , 0.5])
    """
    chosen = list(names)
    for name in chosen:
        if name not in STATISTICS:
            raise ValueError(
                f"no statistic {name!r}; there are {', '.join(STATISTICS)}"
            )
    wanted = frozenset(cell for name in chosen for cell in STATISTICS[name].cells)
    cells = record_cells(events, rows, memory, wanted=wanted, pairs=pairs)
    return _columns(cells, chosen)


def _columns(cells: Cells, names: list[str]) -> Floats:
    """Values by name; the pass's own array where the columns are the same."""
    if tuple(names) == cells.names:
        return cells.values
    return np.column_stack([STATISTICS[name].value(cells) for name in names])


def modelled(values: Floats, names: Iterable[str], out: Floats | None = None) -> Floats:
    """Values as models take them: log(1 + value) for sums and counts.

    They are written to `out`, which may be `values` itself.
    """
    out = np.empty_like(values) if out is None else out
    which = [name not in STATISTICS or STATISTICS[name].logged for name in names]
    logged(np.ascontiguousarray(values), np.array(which), out)
    return out
