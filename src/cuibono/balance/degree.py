"""Degree of balance, and how it compares with signs dealt out by chance."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block
from cuibono.balance.certificate import Frustration
from cuibono.balance.frustration import frustration
from cuibono.balance.optima import signed_blocks
from cuibono.balance.search import searched_partition
from cuibono.balance.triads import triads
from cuibono.balance.units import in_weight
from cuibono.model.graph import SignedGraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Degree:
    """Degree of balance from 0 to 1.

    Attributes
    ----------
    line : float or None
        1 - 2 L / m, in weights; from the upper bound of L. None without a tie.
    triangle : float or None
        Share of undisputed triads that are strongly balanced. None without one.
    index : Frustration
        The frustration index behind `line`.
    """

    line: float | None
    triangle: float | None
    index: Frustration


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One quantity, observed and under the null; `z` is None where it never varies."""

    quantity: str
    observed: float
    mean: float
    sd: float
    z: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Null:
    """A null model, in words, and what it gives for L and the triad counts."""

    name: str
    description: str
    draws: int
    frustration: Comparison
    triads: tuple[Comparison, Comparison, Comparison, Comparison]


def degree_of_balance(g: SignedGraph) -> Degree:
    """Return the degree of balance by ties and by triads.

    Disputed ties (sign 0) count in neither.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors.

    Returns
    -------
    Degree
        1 is balanced; a random assignment of sides gives `line` about 0.

    References
    ----------
    Aref and Wilson (2018), Measuring partial balance in signed networks, Journal of
    Complex Networks 6.

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> trio = graph([("Arda", "Brun", 1), ("Arda", "Cor", 1), ("Brun", "Cor", -1)])
    >>> round(degree_of_balance(trio).line, 3)
    0.333
    """
    index = frustration(g)
    weight = float(g.weight[g.sign != 0].sum())
    t0, t1, t2, t3 = triads(g).counts
    total = t0 + t1 + t2 + t3
    return Degree(
        line=1 - 2 * index.upper / weight if weight else None,
        triangle=(t0 + t2) / total if total else None,
        index=index,
    )


def sign_shuffle_null(
    g: SignedGraph,
    *,
    draws: int,
    rng: np.random.Generator,
    index: Frustration | None = None,
) -> Null:
    """Return L and triad counts against signs shuffled over the same ties (null N1).

    Parameters
    ----------
    g : SignedGraph
        Ties between actors; disputed ones stay as they are and count in nothing.
    draws : int
        At least 2.
    rng : numpy.random.Generator
        Source of the shuffles.
    index : Frustration, optional
        The frustration index, if it is known already.

    Returns
    -------
    Null
        `z` is (observed - mean) / sd; a negative one for L means more balance than
        chance.

    Raises
    ------
    ValueError
        If `draws` is below 2.

    References
    ----------
    Aref and Wilson (2019), Balance and frustration in signed networks, Journal of
    Complex Networks 7.
    """
    if draws < 2:
        raise ValueError(f"draws must be at least 2, got {draws}")
    parts, found, index = signed_blocks(g), triads(g), index or frustration(g)
    closed = found.ties[found.disputed == 0]
    drawn = np.empty((draws, 5))
    for row in drawn:
        sign = _shuffled(g.sign, rng)
        row[0] = _searched_index(parts, sign)
        row[1:] = np.bincount((sign[closed] < 0).sum(axis=1), minlength=4)
    names = ("L", "T0", "T1", "T2", "T3")
    observed = (index.upper, *found.counts)
    compared = [
        _comparison(name, seen, column)
        for name, seen, column in zip(names, observed, drawn.T, strict=True)
    ]
    return Null(
        name="shuffle",
        description=_description(draws, index.proved),
        draws=draws,
        frustration=compared[0],
        triads=(compared[1], compared[2], compared[3], compared[4]),
    )


def _description(draws: int, proved: bool) -> str:
    """Say what the null keeps, and how L was found on both sides."""
    observed = "exact" if proved else "the least found (an upper bound)"
    return (
        f"N1: the signs are shuffled over the same ties, {draws} draws; who is tied to "
        "whom and the counts of positive and negative ties are kept, how many negative "
        f"ties each actor has is not. L of the graph is {observed}; L of a draw is the "
        "least found by local search (an upper bound, mostly exact)."
    )


def _shuffled(sign: NDArray[np.int8], rng: np.random.Generator) -> NDArray[np.int8]:
    """Deal out the stated signs anew among the ties that have one."""
    stated = sign != 0
    dealt = sign.copy()
    dealt[stated] = rng.permutation(sign[stated])
    return dealt


def _searched_index(parts: Sequence[Block], sign: NDArray[np.int8]) -> float:
    """Return the frustration index under other signs as local search finds it."""
    total = 0.0
    for part in parts:
        if len(part.ties) > 1:
            block = replace(part, sign=sign[part.ties])
            price = block.price(searched_partition(block, restarts=6))
            total += in_weight(price, block.unit)
    return total


def _comparison(
    quantity: str, observed: float, drawn: NDArray[np.float64]
) -> Comparison:
    """Set one observed figure against the draws."""
    mean, sd = float(drawn.mean()), float(drawn.std(ddof=1))
    return Comparison(
        quantity=quantity,
        observed=float(observed),
        mean=mean,
        sd=sd,
        z=(float(observed) - mean) / sd if sd else None,
    )
