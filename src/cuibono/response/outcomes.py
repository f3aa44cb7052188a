"""Does a gain last: shares of draws that return, stay changed, or turn round.

Over a grid of coupling strengths and push strengths, with the control beside each cell:
a push so small that it moves nothing where the status quo is stable. What the control
does as well is not credited to the push.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.response.bounded import (
    STEP,
    BoundedDraws,
    Held,
    Phase,
    followed,
    stable_status_quo,
)

CONTROL = 0.001
"""Size of the control push, either way."""
CHANGED = 0.1
"""A level further than this from the status quo counts as changed."""
LENGTH, HORIZON = 20.0, 280.0
COARSE, CALM = 0.1, 1e-7
"""Time step, and slope at rest: far finer than what counts as changed."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A push that is held for a while and let go.

    Attributes
    ----------
    press : mapping of int to float
        Direction and relative size on each node; times the strength of a cell.
    length, horizon : float
        How long it is held, and how long the system is followed afterwards, in units
        of tau.
    held : mapping of int to float or None
        Nodes kept at a level throughout: 0 removed, None at the status quo.
    changed : float
        What counts as changed.
    """

    press: Mapping[int, float]
    length: float = LENGTH
    horizon: float = HORIZON
    held: Held | None = None
    changed: float = CHANGED


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcomes:
    """What became of every node, cell by cell.

    Counts are of draws with a stable status quo, by low, back, high: under the status
    quo by more than the threshold, within it, above it.

    Attributes
    ----------
    trial : Trial
        The push.
    couplings, strengths : tuple of float
        The grid.
    draws : int
        In each cell.
    stable : (c,) int64
        Draws whose status quo is stable at that coupling.
    during : (c, s, n, 3) int64
        At the end of the push.
    after : (c, s, n, 3) int64
        At the horizon.
    control : (c, 2, n, 3) int64
        At the horizon after the control push, along the press and against it.
    credited : (c, s, n, 3) int64
        As `after`, less the draws in which a control ends in the same class.
    loose : (c, s, n, 3) int64
        As `after`, of the draws whose status quo is not stable: nothing there may be
        credited to the push.
    loose_control : (c, n, 3) int64
        The same under the control along the press.
    """

    trial: Trial
    couplings: tuple[float, ...]
    strengths: tuple[float, ...]
    draws: int
    stable: NDArray[np.int64]
    during: NDArray[np.int64]
    after: NDArray[np.int64]
    control: NDArray[np.int64]
    credited: NDArray[np.int64]
    loose: NDArray[np.int64]
    loose_control: NDArray[np.int64]

    def __post_init__(self) -> None:
        """Freeze the arrays."""
        for name in ("stable", "during", "after", "control", "credited", "loose"):
            getattr(self, name).setflags(write=False)

    def shares(self, node: int) -> Floats:
        """Return credited low and high, and back, over stable draws (c, s, 3).

        NaN where no draw is stable.
        """
        with np.errstate(invalid="ignore", divide="ignore"):
            told = self.credited[:, :, node].astype(np.float64)
            told[:, :, 1] = self.after[:, :, node, 1]
            return np.asarray(told / self.stable[:, None, None])


def outcomes(
    drawn: BoundedDraws,
    trial: Trial,
    *,
    couplings: Sequence[float],
    strengths: Sequence[float],
    step: float = COARSE,
) -> Outcomes:
    """Return what becomes of every node after a push, over a grid, with controls.

    Parameters
    ----------
    drawn : BoundedDraws
        The same draws in every cell.
    trial : Trial
        The push.
    couplings, strengths : sequence of float
        The grid; all positive.
    step : float
        Time step.

    Raises
    ------
    ValueError
        If a coupling or strength is not positive, or no node is pushed.
    """
    if not trial.press or any(value <= 0 for value in (*couplings, *strengths)):
        raise ValueError("couplings and strengths must be positive, and a node pushed")
    n = drawn.graph.n
    shape = (len(couplings), len(strengths), n, 3)
    during, after, credited, loose = (np.zeros(shape, dtype=np.int64) for _ in range(4))
    control = np.zeros((len(couplings), 2, n, 3), dtype=np.int64)
    loose_control = np.zeros((len(couplings), n, 3), dtype=np.int64)
    stable = np.zeros(len(couplings), dtype=np.int64)
    for c, coupling in enumerate(couplings):
        firm = stable_status_quo(drawn, coupling)
        stable[c] = firm.sum()
        idle = [
            _classes(drawn, coupling, trial, sign * CONTROL, step)[1]
            for sign in (1.0, -1.0)
        ]
        for at, classes in enumerate(idle):
            control[c, at] = _count(classes, firm)
        loose_control[c] = _count(idle[0], ~firm)
        for s, strength in enumerate(strengths):
            held, ends = _classes(drawn, coupling, trial, strength, step)
            during[c, s], after[c, s] = _count(held, firm), _count(ends, firm)
            loose[c, s] = _count(ends, ~firm)
            own = (ends != idle[0]) & (ends != idle[1])
            credited[c, s] = _count(np.where(own, ends, -1), firm)
    return Outcomes(
        trial=trial,
        couplings=tuple(couplings),
        strengths=tuple(strengths),
        draws=drawn.draws,
        stable=stable,
        during=during,
        after=after,
        control=control,
        credited=credited,
        loose=loose,
        loose_control=loose_control,
    )


def _classes(
    drawn: BoundedDraws, coupling: float, trial: Trial, strength: float, step: float
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Return 0 low, 1 back, 2 high for each node and draw: at release, at the end."""
    held = trial.held or {}
    push = {node: strength * size for node, size in trial.press.items()}
    ends = followed(
        drawn,
        coupling,
        [
            Phase(length=trial.length, push=push, held=held),
            Phase(length=trial.horizon, held=held),
        ],
        step=step,
        rest=CALM,
    )
    moved = ends - drawn.level
    classes = 1 + (moved > trial.changed).astype(np.int8) - (moved < -trial.changed)
    return classes[0].astype(np.int8), classes[1].astype(np.int8)


def _count(classes: NDArray[np.int8], of: Flags) -> NDArray[np.int64]:
    """Return how many of some draws are in each class (n, 3)."""
    part = classes[:, of]
    return np.stack([(part == k).sum(axis=1) for k in range(3)], axis=1)


def attractors(
    drawn: BoundedDraws,
    coupling: float,
    *,
    starts: int,
    rng: np.random.Generator,
    horizon: float = HORIZON,
    apart: float = 0.02,
    step: float = STEP,
) -> NDArray[np.int64]:
    """Return how many different resting states each draw (d,) runs to from many starts.

    A lower bound: what no start runs to is not seen. A draw that does not come to rest
    counts each of its last states.

    Parameters
    ----------
    drawn : BoundedDraws
        With d draws.
    coupling : float
        Coupling strength.
    starts : int
        Random starts, uniform over all levels; the status quo is one more.
    rng : numpy.random.Generator
        Source of the starts.
    horizon : float
        How long each is followed.
    apart : float
        States count as one if no level differs by more.
    step : float
        Time step.
    """
    ends = [followed(drawn, coupling, [Phase(length=horizon)], step=step)[0]]
    for _ in range(starts):
        begin = rng.random(drawn.level.shape)
        found = followed(
            drawn, coupling, [Phase(length=horizon)], start=begin, step=step
        )
        ends.append(found[0])
    counts = np.zeros(drawn.draws, dtype=np.int64)
    for k in range(drawn.draws):
        kept: list[Floats] = []
        for state in (end[:, k] for end in ends):
            if all(np.abs(state - other).max() > apart for other in kept):
                kept.append(state)
        counts[k] = len(kept)
    return counts


def hysteresis(
    drawn: BoundedDraws,
    coupling: float,
    press: Mapping[int, float],
    sizes: Sequence[float],
    *,
    settle: float = 100.0,
    step: float = STEP,
) -> tuple[Floats, Floats]:
    """Return the states as a push grows through `sizes` and as it shrinks again.

    Where the two differ at one size, what the system does depends on where it came
    from: the push need not be held for its effect to stay.

    Parameters
    ----------
    drawn : BoundedDraws
        With d draws.
    coupling : float
        Coupling strength.
    press : mapping of int to float
        Direction of the push.
    sizes : sequence of float
        From first to last and back.
    settle : float
        How long each size is held.
    step : float
        Time step.

    Returns
    -------
    up, down : (sizes, n, d) float64
        Both in the order of `sizes`.
    """
    state, way = drawn.level, []
    for size in (*sizes, *reversed(sizes)):
        push = {node: size * value for node, value in press.items()}
        phase = [Phase(length=settle, push=push)]
        state = followed(drawn, coupling, phase, start=state, step=step)[0]
        way.append(state)
    return np.array(way[: len(sizes)]), np.array(way[len(sizes) :][::-1])
