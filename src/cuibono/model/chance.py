"""The compiled kernels' own generator: the same numbers on any machine and thread."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

State = NDArray[np.uint64]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)
S30, S27, S31, S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)


@njit(cache=True)
def uniform(state: State) -> float:
    """Next number between 0 and 1, both excluded (SplitMix64; Steele et al. 2014)."""
    state[0] += GOLDEN
    z = state[0]
    z = (z ^ (z >> S30)) * MIX_1
    z = (z ^ (z >> S27)) * MIX_2
    z = z ^ (z >> S31)
    return (float(z >> S11) + 0.5) * 1.1102230246251565e-16
