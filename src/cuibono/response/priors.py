"""The prior set: how magnitudes of effects are drawn when only signs are known."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray


class Family(IntEnum):
    """Shapes of distribution that the kernels can draw from, by quantile."""

    UNIFORM = 0
    BETA_LOW = 1
    BETA_HIGH = 2
    LOG_UNIFORM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """How the magnitude of every effect, self-effects included, is drawn.

    Attributes
    ----------
    name : str
        How results name it.
    says : str
        The distribution in words.
    family : Family
        Shape; `first` and `second` are its parameters: the bounds (uniform,
        log-uniform), or the shape k of Beta(1, k) or Beta(k, 1) and 0.
    first, second : float
        Parameters of the family.
    """

    name: str
    says: str
    family: Family
    first: float
    second: float

    def quantile(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Magnitude below which a share (any shape, 0 to 1) of the draws lies."""
        if self.family is Family.UNIFORM:
            return self.first + (self.second - self.first) * share
        if self.family is Family.BETA_LOW:
            return 1.0 - (1.0 - share) ** (1.0 / self.first)
        if self.family is Family.BETA_HIGH:
            return np.asarray(share ** (1.0 / self.first))
        rate = np.log(self.second / self.first)
        return np.asarray(self.first * np.exp(rate * share))


PRIORS: tuple[Prior, ...] = (
    Prior(
        name="uniform",
        says="uniform from 0 to 1",
        family=Family.UNIFORM,
        first=0.0,
        second=1.0,
    ),
    Prior(
        name="uniform-0.01",
        says="uniform from 0.01 to 1",
        family=Family.UNIFORM,
        first=0.01,
        second=1.0,
    ),
    Prior(
        name="weak",
        says="Beta(1, 3): most effects weak",
        family=Family.BETA_LOW,
        first=3.0,
        second=0.0,
    ),
    Prior(
        name="strong",
        says="Beta(3, 1): most effects strong",
        family=Family.BETA_HIGH,
        first=3.0,
        second=0.0,
    ),
    Prior(
        name="log-uniform",
        says="log-uniform from 0.01 to 1",
        family=Family.LOG_UNIFORM,
        first=0.01,
        second=1.0,
    ),
)
