"""Fuzzy cognitive maps: the update that other tools use, for comparison.

One set of weights, a squashing function of chosen steepness, time in steps. The answer
hangs on that steepness, so that it is a compatibility mode and no method of ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FuzzyRun:
    """States step by step, and whether the last ones repeat.

    Attributes
    ----------
    states : (t, n) float64
        From the start on.
    settled : bool
        Whether the last two are the same.
    cycle : int
        Length of the cycle at the end; 1 at rest, 0 if none was seen.
    """

    states: Floats
    settled: bool
    cycle: int


def fuzzy_run(
    g: SignedDigraph,
    start: Floats,
    *,
    weights: Floats | None = None,
    steepness: float = 1.0,
    memory: bool = True,
    held: Mapping[int, float] | None = None,
    steps: int = 200,
    tolerance: float = 1e-6,
) -> FuzzyRun:
    """Run a fuzzy cognitive map: x becomes S(steepness (x + W x)).

    Parameters
    ----------
    g : SignedDigraph
        The map; unknown signs are refused.
    start : (n,) float64
        Levels from 0 to 1.
    weights : (m,) float64, optional
        Signed weights; the bare signs if none.
    steepness : float
        Of the logistic function.
    memory : bool
        Whether a node's own last level counts in its input (the modified Kosko rule).
    held : mapping of int to float, optional
        Nodes kept at a level in every step (a clamped scenario).
    steps : int
        Most steps.
    tolerance : float
        Difference below which two states are the same.

    Raises
    ------
    ValueError
        If a sign is unknown and no weights are given, or `start` does not fit.

    References
    ----------
    Kosko (1986), Fuzzy cognitive maps, International Journal of Man-Machine Studies 24.
    """
    if weights is None:
        if (g.sign == 0).any() or (g.disputed > 0).any():
            raise ValueError("a fuzzy map needs known signs, or weights")
        weights = g.sign.astype(np.float64)
    if start.shape != (g.n,):
        raise ValueError(f"start must have shape ({g.n},), got {start.shape}")
    matrix = np.zeros((g.n, g.n))
    np.add.at(matrix, (g.head, g.tail), weights)
    keep = dict(held or {})
    state = start.astype(np.float64).copy()
    state[list(keep)] = list(keep.values())
    states = [state]
    for _ in range(steps):
        total = matrix @ state + (state if memory else 0.0)
        state = 1.0 / (1.0 + np.exp(-steepness * total))
        state[list(keep)] = list(keep.values())
        states.append(state)
        if np.abs(state - states[-2]).max() <= tolerance:
            break
    ends = np.array(states)
    same = np.abs(ends[:-1] - ends[-1]).max(axis=1) <= tolerance
    back = np.flatnonzero(same[::-1])
    return FuzzyRun(
        states=ends,
        settled=bool(len(back) and back[0] == 0),
        cycle=int(back[0]) + 1 if len(back) else 0,
    )
