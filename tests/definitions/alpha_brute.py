"""Krippendorff's alpha by its definition: every pair of values, one by one."""

from collections.abc import Sequence
from itertools import permutations

Table = Sequence[Sequence[str | None]]


def pairable(table: Table) -> list[list[str]]:
    """List the values of each unit that has two or more."""
    units = [[v for v in unit if v is not None] for unit in zip(*table, strict=True)]
    return [values for values in units if len(values) > 1]


def difference(
    one: str, other: str, values: list[str], order: Sequence[str] | None
) -> float:
    """Return the squared difference of two values: 0 or 1, or by ranks in between."""
    if order is None:
        return float(one != other)
    low, high = sorted((order.index(one), order.index(other)))
    between = [values.count(order[k]) for k in range(low, high + 1)]
    if low == high:
        return 0.0
    return (sum(between) - (between[0] + between[-1]) / 2) ** 2


def alpha(table: Table, order: Sequence[str] | None = None) -> float | None:
    """Return 1 less observed over expected disagreement; None where not defined."""
    units = pairable(table)
    values = [value for unit in units for value in unit]
    if len(values) < 2:
        return None
    observed = sum(
        difference(one, other, values, order) / (len(unit) - 1)
        for unit in units
        for one, other in permutations(unit, 2)
    ) / len(values)
    expected = sum(
        difference(one, other, values, order) for one, other in permutations(values, 2)
    ) / (len(values) * (len(values) - 1))
    return None if expected == 0 else 1 - observed / expected
