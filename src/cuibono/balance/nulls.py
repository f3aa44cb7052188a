"""Null models by name."""

from typing import Protocol

import numpy as np

from cuibono.balance.certificate import Frustration
from cuibono.balance.degree import Null, sign_shuffle_null
from cuibono.model.graph import SignedGraph


class NullModel(Protocol):
    """What every null takes and gives."""

    def __call__(
        self,
        g: SignedGraph,
        *,
        draws: int,
        rng: np.random.Generator,
        index: Frustration | None = None,
    ) -> Null:
        """Return L and triad counts against the null; `index` saves solving again."""


NULLS: dict[str, NullModel] = {"shuffle": sign_shuffle_null}
"""Null by name."""
