"""Covariates from tables: of an actor or of a pair, constant or changing in time."""

from dataclasses import dataclass

import numpy as np

from cuibono.record.events import Floats, Ints
from cuibono.record.rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Covariate:
    """A number of an actor, or of a sender and receiver, from a moment on.

    Attributes
    ----------
    name : str
        Column name.
    key : (k,) int64
        Actor, or `source * n + target`, of each entry.
    since : (k,) float64
        Day from which the entry holds; -inf if always.
    value : (k,) float64
        The number.
    n : int
        Actors of the record.
    missing : float
        What a row gets before its first entry.
    """

    name: str
    key: Ints
    since: Floats
    value: Floats
    n: int
    missing: float = 0.0

    def of_actor(self, rows: Rows, *, receiver: bool = False) -> Floats:
        """Value of each row's sender, or receiver, on its day."""
        return self._latest(rows.target if receiver else rows.source, rows.time)

    def of_dyad(self, rows: Rows) -> Floats:
        """Value of each row's sender and receiver, in that order, on its day."""
        return self._latest(rows.source * self.n + rows.target, rows.time)

    def _latest(self, key: Ints, time: Floats) -> Floats:
        """Last entry of each key whose day has come, else what is missing."""
        order = np.lexsort((self.since, self.key))
        known = self.key[order]
        since = self.since[order]
        moments = np.unique(np.concatenate([since, time]))
        span = len(moments) + 1
        rank = known * span + np.searchsorted(moments, since)
        asked = key * span + np.searchsorted(moments, time)
        at = np.searchsorted(rank, asked, side="right") - 1
        hit = (at >= 0) & (known[np.maximum(at, 0)] == key) if len(known) else at >= 0
        out = np.full(len(key), self.missing)
        out[hit] = self.value[order][at[hit]]
        return out
