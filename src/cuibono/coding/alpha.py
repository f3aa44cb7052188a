"""Krippendorff's alpha: agreement between coders beyond what chance would give."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def krippendorff_alpha(
    table: Sequence[Sequence[str | None]], order: Sequence[str] | None = None
) -> float | None:
    """Alpha of a table of values, one row a coder, one column a unit.

    Parameters
    ----------
    table : (coders, units) of str or None
        None where a coder gave no value.
    order : sequence of str, optional
        The values in rising order: makes the measure ordinal, else it is nominal.

    Returns
    -------
    float or None
        1 for perfect agreement, 0 for what chance gives; None where alpha is not
        defined (fewer than two values can be paired, or all of them are the same).

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.

    Examples
    --------
    >>> krippendorff_alpha([["a", "a", "b", "b"], ["a", "b", "b", "b"]])
    0.5333333333333333
    """
    seen = {value for row in table for value in row if value is not None}
    values = [value for value in order if value in seen] if order else sorted(seen)
    at = {value: i for i, value in enumerate(values)}
    pairs = _coincidences(table, at)
    total = pairs.sum()
    if total < 2 or len(values) < 2:
        return None
    margins = pairs.sum(axis=1)
    distance = _ordinal(margins) if order else 1.0 - np.eye(len(values))
    expected = float((np.outer(margins, margins) * distance).sum()) / (total - 1)
    if expected == 0:
        return None
    return float(1 - (pairs * distance).sum() / expected)


def _coincidences(
    table: Sequence[Sequence[str | None]], at: dict[str, int]
) -> NDArray[np.float64]:
    """Coincidence matrix: pairs of values given to one unit, both orders."""
    pairs = np.zeros((len(at), len(at)))
    for unit in zip(*table, strict=True):
        given = [at[value] for value in unit if value is not None]
        if len(given) < 2:
            continue
        for i, one in enumerate(given):
            for j, other in enumerate(given):
                if i != j:
                    pairs[one, other] += 1 / (len(given) - 1)
    return pairs


def _ordinal(margins: NDArray[np.float64]) -> NDArray[np.float64]:
    """Squared ordinal distances between values, from how often each occurs."""
    edges = np.cumsum(margins) - margins / 2
    gap: NDArray[np.float64] = (edges[:, None] - edges[None, :]) ** 2
    return gap
