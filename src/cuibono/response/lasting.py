"""Will it last: what the linear view can say about a push and its end.

In a stable linear model everything returns after a pulse, so that "temporary" by
itself is always true and proves nothing; these questions have content.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.response.answers import Press, push, responses, solve
from cuibono.response.kernels.solving import flow
from cuibono.response.plan import plan
from cuibono.response.records import Ensemble

Floats = NDArray[np.float64]


def _diagonal(ensemble: Ensemble, node: int) -> Floats:
    """Self-effect (draws,) of a node, assumed and stated."""
    g = ensemble.graph
    own = np.flatnonzero((g.tail == node) & (g.head == node))
    return np.asarray(
        ensemble.self_effect[:, node] + ensemble.weights[:, own].sum(axis=1)
    )


def push_back(ensemble: Ensemble, target: int) -> Floats:
    """How much of a held push on a node stays, against the node being alone.

    Returns
    -------
    (draws,) float64
        ``dx_X * abs(a_XX)`` under a unit press: 1 as if alone, above 1 amplified,
        below 1 pushed back, below 0 the push backfires; NaN where the node does not
        limit itself, so that alone it would have no equilibrium.
    """
    own = _diagonal(ensemble, target)
    moved = responses(ensemble, {target: 1.0})[:, target]
    return np.where(own < 0, moved * -own, np.nan)


def short_and_long(
    ensemble: Ensemble, press: Press, times: tuple[float, ...]
) -> Floats:
    """Change under a held push at chosen times, and in the end.

    Parameters
    ----------
    ensemble : Ensemble
        Matrices.
    press : mapping of position to size, or (n,) float64
        The push b, held from time 0 on.
    times : tuple of float
        Ascending, above 0, in units of the model's own pace: a node with
        self-effect -1, alone, comes within 37 percent of its new level in one.

    Returns
    -------
    (draws, len(times) + 1, n) float64
        The integral of ``e^(As) b`` up to each time, then the equilibrium change.

    Raises
    ------
    ValueError
        If times are not ascending and above 0, or the press does not fit.
    """
    at = np.array(times, dtype=np.float64)
    if len(at) == 0 or at[0] <= 0 or (np.diff(at) <= 0).any():
        raise ValueError(f"times must be above 0 and ascending, got {times}")
    g = ensemble.graph
    levels = flow(
        ensemble.weights,
        ensemble.self_effect,
        g.tail.astype(np.int64),
        g.head.astype(np.int64),
        push(g, press),
        at,
    )
    end = responses(ensemble, press)
    return np.concatenate([levels, end[:, None, :]], axis=1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Regrowth:
    """Whether a node removed would grow back from a small rest.

    Attributes
    ----------
    rate : (draws,) float64
        Growth rate of the node when rare; positive: it grows back.
    rest_feasible : (draws,) bool
        All other levels are positive once the removed nodes are gone: only then is
        there a rest of the kind that the model speaks of.
    """

    rate: Floats
    rest_feasible: NDArray[np.bool_]


def regrowth(
    ensemble: Ensemble,
    target: int,
    removed: tuple[int, ...] = (),
    *,
    rng: np.random.Generator,
) -> Regrowth:
    """Growth rate of a node when rare, with and without others.

    Lotka-Volterra dynamics with the ensemble's matrices as interactions; levels at
    the equilibrium are uniform from 0 to 1. The target is taken away, `removed` with
    it, the rest settles, and the target comes back in small numbers. With nothing
    else removed the rate is minus the Schur complement of the rest times the level;
    if the whole and the rest are stable it is positive whatever the signs, so that
    only a comparison with something removed says anything. Whether the rest is
    stable is for `stable_clamped` with target and removed.

    Parameters
    ----------
    ensemble : Ensemble
        Matrices.
    target : int
        Position of the node that is to grow back or not.
    removed : tuple of int
        Other nodes that are removed for good.
    rng : numpy.random.Generator
        For the levels.

    Raises
    ------
    ValueError
        If the target is among the removed.
    """
    if target in removed:
        raise ValueError(f"node {target} cannot be both the target and removed")
    g = ensemble.graph
    gone = (target, *removed)
    level = rng.random((ensemble.draws, g.n))
    # Taking the nodes away pushes the rest by minus what they did to it.
    taken = np.zeros_like(level)
    taken[:, list(gone)] = -level[:, list(gone)]
    effect = _act(ensemble, taken)
    shift = solve(
        ensemble.weights,
        ensemble.self_effect,
        plan(g, clamp=gone),
        effect[:, :, None],
    )[:, :, 0]
    rest = np.ones(g.n, dtype=np.bool_)
    rest[list(gone)] = False
    rate = _act(ensemble, shift + taken)[:, target]
    settled = level + shift
    feasible: NDArray[np.bool_] = np.all(settled[:, rest] > 0, axis=1)
    return Regrowth(rate=rate, rest_feasible=feasible)


def _act(ensemble: Ensemble, change: Floats) -> Floats:
    """Product (draws, n) of each matrix with a vector (draws, n)."""
    g = ensemble.graph
    result = ensemble.self_effect * change
    for k in range(g.m):
        result[:, g.head[k]] += ensemble.weights[:, k] * change[:, g.tail[k]]
    return result
