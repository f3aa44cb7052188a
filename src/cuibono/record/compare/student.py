"""Quantiles of Student's t: intervals from few months are wide, and must be."""

from functools import lru_cache
from math import cos, pi, sin, sqrt, tan


@lru_cache(maxsize=4096)
def t_quantile(probability: float, degrees: float) -> float:
    """Value below which Student's t falls with a probability.

    Parameters
    ----------
    probability : float
        Between 0 and 1.
    degrees : float
        Degrees of freedom; not a whole number is rounded down, which widens.

    Raises
    ------
    ValueError
        If there is less than one degree of freedom, or no such probability.

    References
    ----------
    Abramowitz and Stegun (1964), 26.7.3 and 26.7.4, inverted by bisection.

    Examples
    --------
    >>> round(t_quantile(0.975, 5), 4)
    2.5706
    """
    if not 0 < probability < 1 or degrees < 1:
        raise ValueError(
            f"need 0 < probability < 1 and degrees >= 1, got {probability}, {degrees}"
        )
    if probability < 0.5:
        return -t_quantile(1 - probability, degrees)
    n = int(min(degrees, 10_000))
    low, high = 0.0, pi / 2
    # The angle atan(t / sqrt(n)) has a closed distribution function for whole n.
    for _ in range(200):
        middle = (low + high) / 2
        if 0.5 + 0.5 * _within(middle, n) < probability:
            low = middle
        else:
            high = middle
    return tan((low + high) / 2) * sqrt(n)


def _within(angle: float, n: int) -> float:
    """Probability that t lies between -sqrt(n) tan(angle) and its opposite."""
    term, total = 1.0, 0.0
    square = cos(angle) ** 2
    if n % 2:
        term, start = cos(angle), 2
        for step in range(start, n, 2):
            total += term
            term *= square * step / (step + 1)
        return 2 / pi * (angle + sin(angle) * total)
    for step in range(1, n, 2):
        total += term
        term *= square * step / (step + 1)
    return sin(angle) * total
