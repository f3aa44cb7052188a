"""Bounded dynamics: a saturating system anchored at the status quo, followed in time.

Levels x lie between 0 and 1. At coupling strength c, with weights w of size up to one,

    dx_i/dt = ( S( h_i + c sum_j w_ij x_j + b_i(t) ) - x_i ) / tau_i
    S(z) = 1 / (1 + exp(-z)),   h_i = logit(x0_i) - c sum_j w_ij x0_j

so that the status quo x0 is an equilibrium by construction. Its local view is a
community matrix with the same signs, a_ij = c w_ij x0_i (1 - x0_i) / tau_i and
a_ii = -1 / tau_i: the linear lens. What this lens adds is what happens away from there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.answers import stable_weights
from cuibono.response.cells import layout
from cuibono.response.drawing import weights_of_any
from cuibono.response.kernels.bounded import run_phase
from cuibono.response.plan import plan
from cuibono.response.priors import Prior

STEP = 0.05
"""Time step; states agree with a solver of order eight to 1e-6."""
STEADY = 1e-9
"""Slope below which a state counts as at rest."""
_CHUNK = 16

Floats = NDArray[np.float64]
Held = Mapping[int, float | None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BoundedDraws:
    """Draws of everything that the signs leave open.

    Attributes
    ----------
    graph : SignedDigraph
        The signs.
    prior : Prior
        What sizes of weights were drawn from.
    weights : (m, d) float64
        Signed weights, up to one in size; 0 where an uncertain link is absent.
    level : (n, d) float64
        The status quo x0.
    slowness : (n, d) float64
        Time constants tau.
    """

    graph: SignedDigraph
    prior: Prior
    weights: Floats
    level: Floats
    slowness: Floats

    def __post_init__(self) -> None:
        """Freeze the arrays."""
        for array in (self.weights, self.level, self.slowness):
            array.setflags(write=False)

    @property
    def draws(self) -> int:
        """Count of draws."""
        return int(self.level.shape[1])

    def lean(self, coupling: float) -> Floats:
        """Return the offsets h (n, d) that make the status quo an equilibrium."""
        g, x0 = self.graph, self.level
        pulled = np.zeros_like(x0)
        np.add.at(pulled, g.head, coupling * self.weights * x0[g.tail])
        return np.asarray(np.log(x0 / (1.0 - x0)) - pulled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of time under one push.

    Attributes
    ----------
    length : float
        How long, in units of tau.
    push : mapping of int to float
        Added to the input of each node.
    held : mapping of int to float or None
        Nodes kept at a level: a number from 0 (removed) to 1, None the status quo.
    """

    length: float
    push: Mapping[int, float] = field(default_factory=dict)
    held: Held = field(default_factory=dict)


def draw_bounded(
    g: SignedDigraph,
    *,
    prior: Prior,
    draws: int,
    rng: np.random.Generator,
    level: tuple[float, float] = (0.3, 0.7),
    levels: Mapping[int, tuple[float, float]] | None = None,
    slowness: tuple[float, float] = (1.0, 1.0),
) -> BoundedDraws:
    """Return draws of weights, status quo and time constants.

    Parameters
    ----------
    g : SignedDigraph
        The signs; uncertain, unknown and disputed links as in `draw_ensemble`, but no
        draw is set aside: whether its status quo is stable is told, not imposed.
    prior : Prior
        Where the sizes of weights come from.
    draws : int
        At least 1.
    rng : numpy.random.Generator
        Source of chance.
    level : (float, float)
        Range of the status quo.
    levels : mapping of int to (float, float), optional
        Range for single nodes, where it is known to be high or low.
    slowness : (float, float)
        Range of time constants, log-uniform; equal ends make all alike.

    Raises
    ------
    ValueError
        If a range is not within its bounds or `draws` is below 1.
    """
    ranges = np.array([level] * g.n, dtype=np.float64).reshape(g.n, 2)
    for node, part in (levels or {}).items():
        ranges[node] = part
    if draws < 1:
        raise ValueError(f"draws must be at least 1, got {draws}")
    if not (np.all(ranges > 0) and np.all(ranges < 1)):
        raise ValueError("levels must lie between 0 and 1, both left out")
    if not 0 < slowness[0] <= slowness[1]:
        raise ValueError(f"slowness must be positive and ascending, got {slowness}")
    weights = weights_of_any(g, prior, layout(g), rng.random(draws), rng)
    low, high = ranges[:, :1], ranges[:, 1:]
    spread = np.log(slowness[1] / slowness[0])
    return BoundedDraws(
        graph=g,
        prior=prior,
        weights=np.ascontiguousarray(weights.T),
        level=low + (high - low) * rng.random((g.n, draws)),
        slowness=slowness[0] * np.exp(spread * rng.random((g.n, draws))),
    )


def stable_status_quo(drawn: BoundedDraws, coupling: float) -> NDArray[np.bool_]:
    """Tell for each draw whether it returns to the status quo from nearby, (d,) bool."""
    g, x0 = drawn.graph, drawn.level
    gain = x0 * (1.0 - x0) / drawn.slowness
    return stable_weights(
        np.ascontiguousarray((coupling * drawn.weights * gain[g.head]).T),
        np.ascontiguousarray(-1.0 / drawn.slowness.T),
        plan(g),
    )


def followed(
    drawn: BoundedDraws,
    coupling: float,
    phases: Sequence[Phase],
    *,
    start: Floats | None = None,
    step: float = STEP,
    rest: float = STEADY,
) -> Floats:
    """Return the states at the end of each phase.

    Parameters
    ----------
    drawn : BoundedDraws
        With d draws.
    coupling : float
        Coupling strength c.
    phases : sequence of Phase
        One after another.
    start : (n, d) float64, optional
        States to start from; the status quo if none.
    step : float
        Time step.
    rest : float
        Slope below which a system counts as at rest.

    Returns
    -------
    (phases, n, d) float64
        States; a phase that comes to rest early ends there.

    Raises
    ------
    ValueError
        If `step` or a length is not positive.

    References
    ----------
    Hairer, Norsett and Wanner (1993), Solving Ordinary Differential Equations I, III.1
    (Adams-Bashforth of order four, begun by three steps of Runge and Kutta).

    Examples
    --------
    >>> from cuibono.model.digraph import digraph
    >>> from cuibono.response.priors import PRIORS
    >>> pair = digraph([("Arda", "Brun", 1), ("Brun", "Arda", 1)])
    >>> drawn = draw_bounded(pair, prior=PRIORS[0], draws=1,
    ...                      rng=np.random.default_rng(1))
    >>> push = [Phase(length=5, push={0: 2.0}), Phase(length=60)]
    >>> ends = followed(drawn, 1.0, push)
    >>> ends.shape, bool(abs(ends[1] - drawn.level).max() < 1e-6)
    ((2, 2, 1), True)
    """
    if step <= 0 or any(phase.length <= 0 for phase in phases):
        raise ValueError("step and lengths of phases must be positive")
    begin = drawn.level if start is None else start
    found = np.empty((len(phases), *drawn.level.shape))
    lean = drawn.lean(coupling)
    for first in range(0, drawn.draws, _CHUNK):
        part = slice(first, first + _CHUNK)
        x = np.array(begin[:, part], order="C")
        for at, phase in enumerate(phases):
            _advance(drawn, coupling, phase, part, lean, x, step, rest)
            found[at, :, part] = x
    return found


def course(
    drawn: BoundedDraws,
    coupling: float,
    phases: Sequence[Phase],
    *,
    every: float = 1.0,
    step: float = STEP,
) -> Floats:
    """Return the states along the way, (times, n, d), one each `every` units of time."""
    stride = max(1, round(every / step))
    lean = drawn.lean(coupling)
    parts = []
    for first in range(0, drawn.draws, _CHUNK):
        part = slice(first, first + _CHUNK)
        x = np.array(drawn.level[:, part], order="C")
        rows = [x.copy()[None]]
        for phase in phases:
            seen = np.empty((round(phase.length / step) // stride, *x.shape))
            _advance(drawn, coupling, phase, part, lean, x, step, STEADY, seen, stride)
            rows.append(seen)
        parts.append(np.concatenate(rows))
    return np.concatenate(parts, axis=2)


def _advance(
    drawn: BoundedDraws,
    coupling: float,
    phase: Phase,
    part: slice,
    lean: Floats,
    x: Floats,
    step: float,
    rest: float,
    seen: Floats | None = None,
    stride: int = 0,
) -> None:
    """Advance some draws through one phase, in place."""
    g = drawn.graph
    push = np.zeros(g.n)
    for node, size in phase.push.items():
        push[node] = size
    held = np.zeros(g.n, dtype=np.bool_)
    for node, level in phase.held.items():
        held[node] = True
        x[node] = drawn.level[node, part] if level is None else level
    run_phase(
        x,
        step,
        round(phase.length / step),
        push,
        g.tail.astype(np.int64),
        g.head.astype(np.int64),
        np.ascontiguousarray(coupling * drawn.weights[:, part]),
        np.ascontiguousarray(lean[:, part]),
        np.ascontiguousarray(1.0 / drawn.slowness[:, part]),
        held,
        stride,
        np.empty((0, *x.shape)) if seen is None else seen,
        rest,
    )
