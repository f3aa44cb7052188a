"""Degrees: how much the sender and the receiver did, and had done to them, at all."""

from cuibono.record.cells import DEGREE
from cuibono.record.statistics.statistic import Statistic, of_cell

_SIGN = {"pos": "friendly", "neg": "hostile"}
_WAY = {"outdeg": "sent", "indeg": "received"}
_END = {"source": "sender", "target": "receiver"}


def _degree(name: str) -> Statistic:
    """Statistic of a degree cell."""
    sign, way, end = name.split(".")
    return of_cell(
        name,
        f"decayed sum of earlier {_SIGN[sign]} events {_WAY[way]} by the {_END[end]}",
    )


DEGREES = tuple(_degree(name) for name in DEGREE)
