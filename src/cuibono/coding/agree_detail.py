"""How sure an alpha is, and between which classes coders part."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np

from cuibono.claims.records import Case
from cuibono.coding.agree import SourceAgreement, field_readers
from cuibono.coding.alpha import krippendorff_alpha

LEAST_UNITS: Final = 10
"""Matched claims below which an interval would say nothing."""

MOST_UNDEFINED: Final = 0.5
"""Share of resamples without a defined alpha above which no interval is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How often the one coder said `first` where the other said `second`."""

    first: str
    second: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDetail:
    """One field over what both coders saw.

    Attributes
    ----------
    alpha : float or None
        None where it is not defined: all values alike, or fewer than two pairs.
    low, high : float or None
        95 % percentile interval over resampled claims; None where it says nothing.
    undefined : float
        Share of resamples in which alpha is not defined.
    table : tuple of Cell
        Every pair of classes that occurs, the most frequent first.
    """

    field: str
    alpha: float | None
    low: float | None
    high: float | None
    undefined: float
    table: tuple[Cell, ...]


def field_details(
    case: Case, part: SourceAgreement, *, draws: int, seed: int
) -> tuple[FieldDetail, ...]:
    """Detail of every field.

    Parameters
    ----------
    case : Case
        The case that was coded.
    part : SourceAgreement
        Agreement on one source, or on all.
    draws, seed : int
        Resamples of the matched claims, and where their random numbers start.

    References
    ----------
    Efron and Tibshirani (1993), chapter 13, percentile interval; units are resampled,
    as what two coders see is what is at hand.
    """
    found = []
    for name, (read, order) in field_readers(case).items():
        values = [(read(one), read(other)) for one, other in part.pairs]
        found.append(_detail(name, values, order, draws, seed))
    return tuple(found)


def _detail(
    name: str,
    values: list[tuple[str, str]],
    order: list[str] | None,
    draws: int,
    seed: int,
) -> FieldDetail:
    """Detail of one field."""
    alphas = _resampled(values, order, draws, seed)
    known = [alpha for alpha in alphas if alpha is not None]
    undefined = 1 - len(known) / len(alphas) if alphas else 1.0
    told = len(values) >= LEAST_UNITS and undefined <= MOST_UNDEFINED
    low, high = np.quantile(known, [0.025, 0.975]) if told and known else (None, None)
    return FieldDetail(
        field=name,
        alpha=_alpha(values, order),
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        undefined=undefined,
        table=tuple(
            Cell(first=first, second=second, count=count)
            for (first, second), count in sorted(
                Counter(values).items(), key=lambda item: (-item[1], item[0])
            )
        ),
    )


def _alpha(values: list[tuple[str, str]], order: list[str] | None) -> float | None:
    """Alpha of pairs of values; what has no place in an order is missing."""
    if not values:
        return None
    rows = [
        [
            pair[side] if order is None or pair[side] in order else None
            for pair in values
        ]
        for side in (0, 1)
    ]
    return krippendorff_alpha(rows, order)


def _resampled(
    values: list[tuple[str, str]], order: list[str] | None, draws: int, seed: int
) -> list[float | None]:
    """Alpha of each resample."""
    if not values:
        return []
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, len(values), size=(draws, len(values)))
    return [_alpha([values[at] for at in row], order) for row in picks]
