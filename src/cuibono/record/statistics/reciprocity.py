"""Reciprocity: what the receiver did to the sender before."""

from cuibono.record.statistics.statistic import of_cell

POSITIVE = of_cell(
    "pos.rec", "decayed sum of earlier friendly events from receiver to sender"
)
NEGATIVE = of_cell(
    "neg.rec", "decayed sum of earlier hostile events from receiver to sender"
)
