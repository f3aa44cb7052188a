"""Where the equilibrium goes under a held push, draw by draw."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.condensation import components
from cuibono.response.kernels.solving import solve_many, stable_many
from cuibono.response.plan import Plan, plan
from cuibono.response.records import Ensemble

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Press = Mapping[int, float] | Floats


def push(g: SignedDigraph, press: Press) -> Floats:
    """Press as a vector (n,).

    Raises
    ------
    ValueError
        If it is an array of another shape, or names a node that is not there.
    """
    if not isinstance(press, Mapping):
        vector = np.array(press, dtype=np.float64)
        if vector.shape != (g.n,):
            raise ValueError(f"press must have shape ({g.n},), got {vector.shape}")
        return vector
    if any(not 0 <= node < g.n for node in press):
        raise ValueError(f"press must be on nodes 0 to {g.n - 1}, got {dict(press)}")
    vector = np.zeros(g.n)
    vector[list(press)] = list(press.values())
    return vector


def _flags(g: SignedDigraph, edges: Sequence[int]) -> Flags:
    """Edges as a mask (m,)."""
    found = np.zeros(g.m, dtype=np.bool_)
    found[list(edges)] = True
    return found


def _read_only(values: Floats) -> Floats:
    """Return a view that cannot be written: the one form that kernels are compiled for."""
    seen = np.ascontiguousarray(values).view()
    seen.setflags(write=False)
    return seen


def solve(weights: Floats, limits: Floats, blocks: Plan, right: Floats) -> Floats:
    """Equilibrium changes (draws, n, q) under pushes (draws or 1, n, q)."""
    return np.asarray(
        solve_many(
            _read_only(weights),
            _read_only(limits),
            blocks.nodes,
            blocks.node_start,
            blocks.edges,
            blocks.rows,
            blocks.columns,
            blocks.edge_start,
            blocks.links,
            blocks.link_tails,
            blocks.link_rows,
            blocks.link_start,
            np.ascontiguousarray(right),
        )
    )


def stable_weights(weights: Floats, limits: Floats, blocks: Plan) -> Flags:
    """Whether all blocks are stable, weights (draws, m), limits (draws, n)."""
    return np.asarray(
        stable_many(
            _read_only(weights),
            _read_only(limits),
            blocks.nodes,
            blocks.node_start,
            blocks.edges,
            blocks.rows,
            blocks.columns,
            blocks.edge_start,
            blocks.reinforcing,
        )
    )


def responses(
    ensemble: Ensemble, press: Press, *, clamp: tuple[int, ...] = ()
) -> Floats:
    """Change of the equilibrium under a held push, ``-A^-1 b``.

    Parameters
    ----------
    ensemble : Ensemble
        Matrices.
    press : mapping of position to size, or (n,) float64
        The push b; several nodes may be pushed at once.
    clamp : tuple of int
        Nodes held where they are: their rows and columns are dropped, their
        response is 0. Whether the rest is stable is for `stable_clamped`.

    Returns
    -------
    (draws, n) float64
        Exactly 0 where nothing leads to in that draw; NaN where a block that is
        reached cannot be solved.

    Raises
    ------
    ValueError
        If the press does not fit the model.
    """
    right = push(ensemble.graph, press)[None, :, None]
    blocks = plan(ensemble.graph, clamp=clamp)
    return solve(ensemble.weights, ensemble.self_effect, blocks, right)[:, :, 0]


def response_matrix(ensemble: Ensemble) -> Floats:
    """Responses to a unit press on each node.

    Returns
    -------
    (draws, n, n) float64
        ``[draw, response, press]``.
    """
    unit = np.eye(ensemble.graph.n)[None]
    return solve(ensemble.weights, ensemble.self_effect, plan(ensemble.graph), unit)


def sign_shares(values: Floats) -> Floats:
    """Shares of the draws (first axis) that go up, down, or not at all.

    Returns
    -------
    (3, ...) float64
        Up, down, zero; NaN counts as none of them, and no draws give NaN.
    """
    if len(values) == 0:
        return np.full((3, *values.shape[1:]), np.nan)
    signs = (values > 0, values < 0, values == 0)
    return np.stack([found.mean(axis=0) for found in signs])


def _touched(g: SignedDigraph, edges: Sequence[int]) -> frozenset[int]:
    """Nodes of the components that have one of these edges inside."""
    found = components(g)
    of = found.of
    inside = {int(of[g.tail[k]]) for k in edges if of[g.tail[k]] == of[g.head[k]]}
    return frozenset(node for c in inside for node in found.members[c])


def stable_without(ensemble: Ensemble, edges: Sequence[int]) -> Flags:
    """Whether each matrix is still stable when these edges are removed.

    Only the components that lose an edge are tested again.

    Returns
    -------
    (draws,) bool
    """
    g = ensemble.graph
    only = _touched(g, edges)
    if not only:
        return np.ones(ensemble.draws, dtype=np.bool_)
    blocks = plan(g, keep=~_flags(g, edges), only=only)
    return stable_weights(ensemble.weights, ensemble.self_effect, blocks)


def responses_without(ensemble: Ensemble, edges: Sequence[int], press: Press) -> Floats:
    """Responses (draws, n) when these edges are removed, stable or not.

    Raises
    ------
    ValueError
        If the press does not fit the model.
    """
    g = ensemble.graph
    blocks = plan(g, keep=~_flags(g, edges))
    right = push(g, press)[None, :, None]
    return solve(ensemble.weights, ensemble.self_effect, blocks, right)[:, :, 0]


def _flipped(ensemble: Ensemble, edges: Sequence[int]) -> Floats:
    """Weights with the signs of these edges reversed."""
    weights = ensemble.weights.copy()
    weights[:, list(edges)] *= -1.0
    # Read-only like the ensemble's own, so that one compiled kernel serves both.
    weights.setflags(write=False)
    return weights


def stable_flipped(ensemble: Ensemble, edges: Sequence[int]) -> Flags:
    """Whether each matrix is still stable when these edges change sign, (draws,)."""
    g = ensemble.graph
    only = _touched(g, edges)
    if not only:
        return np.ones(ensemble.draws, dtype=np.bool_)
    blocks = plan(g, flipped=_flags(g, edges), only=only)
    return stable_weights(_flipped(ensemble, edges), ensemble.self_effect, blocks)


def responses_flipped(ensemble: Ensemble, edges: Sequence[int], press: Press) -> Floats:
    """Responses (draws, n) when these edges change sign, stable or not.

    Raises
    ------
    ValueError
        If the press does not fit the model.
    """
    g = ensemble.graph
    right = push(g, press)[None, :, None]
    return solve(_flipped(ensemble, edges), ensemble.self_effect, plan(g), right)[
        :, :, 0
    ]


def stable_clamped(ensemble: Ensemble, clamp: tuple[int, ...]) -> Flags:
    """Whether each matrix is still stable when these nodes are held, (draws,) bool."""
    g = ensemble.graph
    found = components(g)
    hit = {int(found.of[node]) for node in clamp}
    only = frozenset(node for c in hit for node in found.members[c])
    blocks = plan(g, clamp=clamp, only=only)
    return stable_weights(ensemble.weights, ensemble.self_effect, blocks)
