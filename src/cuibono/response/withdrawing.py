"""The same matrices with edges taken out or turned round: many sets of edges at once.

A set of edges e is scaled by a factor: 0 takes it out, -1 turns its sign. With
``B = -A`` and its inverse N (the responses to unit pushes) the scaled matrix is
``B + c sum w_e h_e t_e'``, c = 1 - factor, so that by Woodbury's identity

    x' = x - c N[:, H] W C^-1 x[T],   C = I + c N[T, H] W,   det B' = det B det C,

with H the heads and T the tails of the set: a system of the size of the set, not of the
model. Stability is tested anew, and only in the blocks that have such an edge inside.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cuibono.response.answers import Press, push, response_matrix, solve
from cuibono.response.kernels.withdrawing import kept_by_sets
from cuibono.response.plan import plan
from cuibono.response.records import Ensemble

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
Edges = tuple[int, ...]

OUT, TURNED = 0.0, -1.0
"""Factors: an edge taken out, and its sign turned."""

# Sets times draws that are screened in one go: some tens of megabytes.
MOST_AT_ONCE = 200_000

# A change this small against its parts may be round-off: it is solved for instead.
ROUND_OFF = 1e-9


class Scaled:
    """Matrices of an ensemble with sets of edges scaled; nothing is tested twice."""

    def __init__(self, ensemble: Ensemble) -> None:
        """Look at an ensemble that has draws."""
        self.ensemble = ensemble
        self.plan = plan(ensemble.graph)
        self.place = np.full(ensemble.graph.m, -1, dtype=np.int64)
        self.place[self.plan.edges] = np.arange(len(self.plan.edges))
        self._known: dict[tuple[float, Edges], NDArray[np.int8]] = {}

    @cached_property
    def inverse(self) -> Floats:
        """Responses to unit pushes (draws, n, n), found once."""
        return response_matrix(self.ensemble)

    def inner(self, edges: Sequence[int]) -> Edges:
        """Edges of a set that lie inside a block: the others cannot matter for it."""
        return tuple(sorted(e for e in edges if self.place[e] >= 0))

    def responses(self, edges: Sequence[int], factor: float, press: Press) -> Floats:
        """Responses (draws, n), solved anew, stable or not; zeros are exact."""
        drawn = self.ensemble
        weights = drawn.weights.copy()
        weights[:, list(edges)] *= factor
        weights.setflags(write=False)
        right = push(drawn.graph, press)[None, :, None]
        return solve(weights, drawn.self_effect, self.plan, right)[:, :, 0]

    def stable(self, edges: Sequence[int], factor: float) -> Flags:
        """Whether each matrix is stable with these edges scaled, (draws,)."""
        asked = np.ones((1, self.ensemble.draws), dtype=np.bool_)
        self.kept([tuple(edges)], factor, asked, self.ensemble.draws + 1)
        inner = self.inner(edges)
        if not inner:
            return np.ones(self.ensemble.draws, dtype=np.bool_)
        return np.asarray(self._known[factor, inner] == 1)

    def kept(
        self, sets: Sequence[Edges], factor: float, asked: Flags, enough: int
    ) -> Ints:
        """Draws (s,), of those asked, that stay stable under each set.

        Counting ends at `enough`: a lower number is exact.
        """
        keys = [self.inner(edges) for edges in sets]
        counts: Ints = np.minimum(asked.sum(axis=1), enough).astype(np.int64)
        tested = [at for at, key in enumerate(keys) if key]
        if not tested:
            return counts
        found = self._tested([keys[at] for at in tested], factor, asked[tested], enough)
        counts[tested] = found
        return counts

    def _tested(
        self, keys: list[Edges], factor: float, asked: Flags, enough: int
    ) -> Ints:
        """Test what is not known yet, and remember it."""
        draws = self.ensemble.draws
        blank = np.full(draws, -1, dtype=np.int8)
        known = np.array([self._known.get((factor, key), blank) for key in keys])
        width = max(len(key) for key in keys)
        sets = np.array([[*key, *[-1] * (width - len(key))] for key in keys])
        p = self.plan
        kept = kept_by_sets(
            self.ensemble.weights, self.ensemble.self_effect,
            p.nodes, p.node_start, p.edges, p.rows, p.columns, p.edge_start,
            p.reinforcing, self.place, sets.astype(np.int64), factor,
            np.ascontiguousarray(asked), enough, known,
        )  # fmt: skip
        for key, row in zip(keys, known, strict=True):
            self._known[factor, key] = row
        return np.asarray(kept)

    def screened(
        self, sets: Sequence[Edges], factor: float, press: Press, nodes: Sequence[int]
    ) -> tuple[Floats, Flags]:
        """Responses (s, draws, nodes) by Woodbury, and where a matrix may be stable.

        Parameters
        ----------
        sets : sequence of s sets of edges, all of one size
            Edges to scale.
        factor : float
            0 takes them out, -1 turns them.
        press : mapping of position to size, or (n,) float64
            The push.
        nodes : sequence of int
            Whose responses are wanted.

        Returns
        -------
        (s, draws, nodes) float64, (s, draws) bool
            NaN where round-off would decide the sign: solve these anew. The flags
            are False where the determinant's sign rules stability out.
        """
        chosen = np.array(sets, dtype=np.int64).reshape(len(sets), -1)
        step = max(1, MOST_AT_ONCE // max(1, self.ensemble.draws))
        parts = [
            self._woodbury(chosen[at : at + step], factor, press, list(nodes))
            for at in range(0, len(chosen), step)
        ]
        return (
            np.concatenate([part[0] for part in parts]),
            np.concatenate([part[1] for part in parts]),
        )

    def _woodbury(
        self, chosen: Ints, factor: float, press: Press, nodes: list[int]
    ) -> tuple[Floats, Flags]:
        """Woodbury's identity for sets (s, k) of edges; see `screened`."""
        g, by = self.ensemble.graph, 1.0 - factor
        inverse = self.inverse
        moved = inverse @ push(g, press)
        heads, tails = g.head[chosen], g.tail[chosen]
        weights = by * self.ensemble.weights[:, chosen].swapaxes(0, 1)
        inner = inverse[:, tails[:, :, None], heads[:, None, :]].swapaxes(0, 1)
        small = np.eye(chosen.shape[1]) + inner * weights[:, :, None, :]
        determinant = np.linalg.det(small)
        singular = np.abs(determinant) < ROUND_OFF
        small[singular] = np.eye(chosen.shape[1])
        right = moved[:, tails].swapaxes(0, 1)
        z = weights * np.linalg.solve(small, right[..., None])[..., 0]
        out = np.array(nodes)[None, :, None]
        reach = inverse[:, out, heads[:, None, :]].swapaxes(0, 1)
        parts = reach * z[:, :, None, :]
        before = moved[:, nodes][None]
        after = before - parts.sum(axis=-1)
        scale = np.abs(before) + np.abs(parts).sum(axis=-1)
        unsure = (np.abs(after) <= ROUND_OFF * scale) & (scale > 0)
        unsure |= singular[:, :, None]
        return np.where(unsure, np.nan, after), np.asarray(determinant > -ROUND_OFF)
