"""Smooth minimisation with lower bounds of zero on some of the variables."""

from collections import deque
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Valued = Callable[[Floats], tuple[float, Floats]]

_MEMORY = 20
_HALVINGS = 20
_SLOPE = 1e-4


def lowered(valued: Valued, start: Floats, free: int, *, steps: int) -> Floats:
    """Return where a limited-memory quasi-Newton descent from `start` (d,) arrives.

    Parameters
    ----------
    valued : callable
        Gives the value and the gradient (d,) at a point.
    start : (d,) float64
        Where to begin.
    free : int
        So many variables come first and are free; the others stay at 0 or above.
    steps : int
        At most so many.

    References
    ----------
    Nocedal (1980), Updating quasi-Newton matrices with limited storage, Mathematics of
    Computation 35; bounds by projection, after Bertsekas (1982), Projected Newton
    methods, SIAM Journal on Control and Optimization 20.
    """
    here = start.copy()
    value, slope = valued(here)
    memory: deque[tuple[Floats, Floats, float]] = deque(maxlen=_MEMORY)
    bounded = np.arange(len(here)) >= free
    for _ in range(steps):
        held = bounded & (here <= 0) & (slope > 0)
        down = _direction(memory, slope, held)
        size = 1.0 if memory else 1.0 / max(float(np.linalg.norm(down)), 1e-12)
        for _ in range(_HALVINGS):
            there = here + size * down
            there[free:] = np.maximum(there[free:], 0.0)
            found, turned = valued(there)
            if found <= value + _SLOPE * float(slope @ (there - here)):
                break
            size /= 2
        else:
            break
        moved, bent = there - here, turned - slope
        curve = float(moved @ bent)
        if curve > 1e-12 * float(bent @ bent):
            memory.append((moved, bent, curve))
        won, here, value, slope = value - found, there, found, turned
        if won <= 1e-9 * abs(value):
            break
    return here


def _direction(
    memory: deque[tuple[Floats, Floats, float]],
    slope: Floats,
    held: NDArray[np.bool_],
) -> Floats:
    """Return a way down that leaves the `held` variables at their bounds."""
    way = np.where(held, 0.0, -slope)
    steep = way.copy()
    shares = []
    for moved, bent, curve in reversed(memory):
        share = float(moved @ way) / curve
        shares.append(share)
        way -= share * bent
    if memory:
        _, bent, curve = memory[-1]
        way *= curve / float(bent @ bent)
    for (moved, bent, curve), share in zip(memory, reversed(shares), strict=True):
        way += (share - float(bent @ way) / curve) * moved
    way[held] = 0.0
    return way if float(way @ steep) > 0 else steep
