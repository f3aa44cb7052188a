"""Balance by closed walks, from short to long: a resolution, not one number."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.model.graph import SignedGraph

MOST_ACTORS = 3000
"""All eigenvalues are needed; beyond so many actors they are not computed."""
WARNING = (
    "Closed walks go back and forth over the same tie, and such walks are always "
    "balanced; long ones and hubs dominate, so that the figure falls towards 0 as a "
    "network grows, whatever its triads are. Compare it over one network's resolutions, "
    "not between networks."
)
_RESOLUTIONS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkBalance:
    """Balance of closed walks, from -1 to 1 (1 in a balanced network).

    Attributes
    ----------
    whole : float
        Trace of exp(A) over that of exp(|A|): walks of length k weigh 1 / k!.
    by_length : tuple of (int, float)
        Trace of A^k over that of |A|^k; lengths without a closed walk are left out.
    by_resolution : tuple of (float, float)
        As `whole` with A times a number: small ones see short walks, large ones long
        walks. The number is given in parts of the largest eigenvalue of |A|.
    warning : str
        What the figure cannot show.
    """

    whole: float
    by_length: tuple[tuple[int, float], ...]
    by_resolution: tuple[tuple[float, float], ...]
    warning: str = WARNING


def walk_balance(g: SignedGraph, *, longest: int = 10) -> WalkBalance | None:
    """Return balance by closed walks; None without ties or above `MOST_ACTORS`.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors; the weight of a tie multiplies its sign. Disputed ones
        (sign 0) are left out.
    longest : int
        Longest walk listed by itself.

    References
    ----------
    Estrada and Benzi (2014), Walk-based measure of balance in signed networks, Physical
    Review E 90 (`whole`).
    Talaga, Stella, Swanson and Teixeira (2023), Polarization and multiscale structural
    balance in signed networks, Communications Physics 6 (balance as a function of
    resolution; their local scaling of walks is not used here).

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> trio = graph([("Arda", "Brun", 1), ("Arda", "Cor", 1), ("Brun", "Cor", -1)])
    >>> found = walk_balance(trio)
    >>> round(found.whole, 3), found.by_length[1]
    (0.686, (3, -1.0))
    """
    if g.n > MOST_ACTORS or not g.sign.any():
        return None
    signed = adjacency(g)
    own = np.linalg.eigvalsh(signed).astype(np.float64)
    plain = np.linalg.eigvalsh(np.abs(signed)).astype(np.float64)
    reach = float(plain[-1])
    return WalkBalance(
        whole=_ratio(own, plain, 1.0),
        by_length=tuple(
            (k, _power_ratio(own / reach, plain / reach, k))
            for k in range(2, longest + 1)
            if np.sum((plain / reach) ** k) > 1e-9
        ),
        by_resolution=tuple(
            (at, _ratio(own, plain, at / reach)) for at in _RESOLUTIONS
        ),
    )


def adjacency(g: SignedGraph) -> NDArray[np.float64]:
    """Return the symmetric matrix (n, n) of sign times weight."""
    matrix = np.zeros((g.n, g.n))
    value = g.sign * g.weight
    matrix[g.ends[:, 0], g.ends[:, 1]] = value
    matrix[g.ends[:, 1], g.ends[:, 0]] = value
    return matrix


def _ratio(own: NDArray[np.float64], plain: NDArray[np.float64], by: float) -> float:
    """Return the ratio of traces of exponentials; shifted, so that none overflows."""
    shift = plain.max()
    top, bottom = np.exp(by * (own - shift)).sum(), np.exp(by * (plain - shift)).sum()
    return float(top / bottom)


def _power_ratio(own: NDArray[np.float64], plain: NDArray[np.float64], k: int) -> float:
    """Return the ratio of traces of powers."""
    return round(float(np.sum(own**k) / np.sum(plain**k)), 12)
