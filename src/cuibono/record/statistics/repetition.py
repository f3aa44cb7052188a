"""Repetition: what the sender did to the receiver before."""

from cuibono.record.statistics.statistic import of_cell

POSITIVE = of_cell(
    "pos.rep", "decayed sum of earlier friendly events from sender to receiver"
)
NEGATIVE = of_cell(
    "neg.rep", "decayed sum of earlier hostile events from sender to receiver"
)
