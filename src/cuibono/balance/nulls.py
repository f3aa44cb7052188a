"""The frustration index and the triads against signs dealt out by chance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import lgamma, log
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block
from cuibono.balance.certificate import Frustration
from cuibono.balance.entropy import sign_entropy
from cuibono.balance.frustration import frustration
from cuibono.balance.optima import signed_blocks
from cuibono.balance.search import Rows, searched_partition
from cuibono.balance.triads import stated_triangles, triad_counts
from cuibono.balance.units import cost_units, in_weight
from cuibono.model.graph import SignedGraph

# Below so many units of spread, a single tie decides the z: the null says nothing.
_LEAST_SPREAD = 0.5
_RESTARTS = 20


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
    """A null model, in words, and what it gives for L and the triad counts.

    Attributes
    ----------
    name, description : str
        Short, and in words: what is kept, and how L was found.
    draws : int
        How many.
    entropy_bits : float
        How much freedom the null has over all ties.
    free_ties : int
        Ties whose sign can vary at all.
    has_power : bool
        False where L hardly varies: the comparison then says nothing.
    frustration : Comparison
        For L.
    triads : tuple of Comparison
        For T0 to T3.
    """

    name: str
    description: str
    draws: int
    entropy_bits: float
    free_ties: int
    has_power: bool
    frustration: Comparison
    triads: tuple[Comparison, Comparison, Comparison, Comparison]


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
    stated = np.flatnonzero(g.sign)
    negative = int((g.sign < 0).sum())

    def dealt() -> NDArray[np.int8]:
        sign = g.sign.copy()
        sign[stated] = rng.permutation(sign[stated])
        return sign

    choices = lgamma(len(stated) + 1) - lgamma(negative + 1)
    choices -= lgamma(len(stated) - negative + 1)
    return _null(
        g,
        draws,
        dealt,
        index or frustration(g),
        name="shuffle",
        says="N1: the signs are shuffled over the same ties; who is tied to whom and the "
        "counts of positive and negative ties are kept, how many negative ties each "
        "actor has is not.",
        bits=choices / log(2),
        free=len(stated) if 0 < negative < len(stated) else 0,
    )


def signed_degree_null(
    g: SignedGraph,
    *,
    draws: int,
    rng: np.random.Generator,
    index: Frustration | None = None,
) -> Null:
    """Return L and triad counts against signs that keep each signed degree (null N2).

    Signed-degree and topology preserving (STP): signs are independent, as random as
    they can be with every actor's expected count of positive and of negative ties as
    observed. Signs that these counts settle are fixed first.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors; disputed ones stay as they are and count in nothing.
    draws : int
        At least 2.
    rng : numpy.random.Generator
        Source of the draws.
    index : Frustration, optional
        The frustration index, if it is known already.

    Returns
    -------
    Null
        With the freedom that the null has; see `has_power`.

    Raises
    ------
    ValueError
        If `draws` is below 2.

    References
    ----------
    Hao and Kovacs (2024), Proper network randomization is key to assessing social
    balance, Science Advances 10.
    """
    model = sign_entropy(g)
    stated = g.sign != 0

    def dealt() -> NDArray[np.int8]:
        sign = np.where(rng.random(g.m) < model.positive, 1, -1)
        return np.where(stated, sign, 0).astype(np.int8)

    fitted = f" The degrees are met to within {model.residual:.1g}."
    return _null(
        g,
        draws,
        dealt,
        index or frustration(g),
        name="stp",
        says="N2 (signed-degree and topology preserving): signs as random as they can be "
        "with who is tied to whom kept, and each actor's count of positive and of "
        "negative ties kept in expectation." + fitted * (model.residual > 1e-4),
        bits=model.bits,
        free=model.free,
    )


NULLS: dict[str, NullModel] = {"shuffle": sign_shuffle_null, "stp": signed_degree_null}
"""Null by name."""


def _null(
    g: SignedGraph,
    draws: int,
    dealt: Callable[[], NDArray[np.int8]],
    index: Frustration,
    *,
    name: str,
    says: str,
    bits: float,
    free: int,
) -> Null:
    """Compare L and the triads with those under `draws` deals.

    Raises
    ------
    ValueError
        If `draws` is below 2.
    """
    if draws < 2:
        raise ValueError(f"draws must be at least 2, got {draws}")
    parts = [(part, Rows.of(part)) for part in signed_blocks(g) if len(part.ties) > 1]
    closed = stated_triangles(g)
    drawn = np.empty((draws, 5))
    for row in drawn:
        sign = dealt()
        row[0] = _searched_index(parts, sign)
        row[1:] = np.bincount((sign[closed] < 0).sum(axis=1), minlength=4)
    observed = (index.upper, *triad_counts(g)[0])
    compared = [
        _comparison(quantity, seen, column)
        for quantity, seen, column in zip(
            ("L", "T0", "T1", "T2", "T3"), observed, drawn.T, strict=True
        )
    ]
    spread = _LEAST_SPREAD * in_weight(1, cost_units(g.weight)[1])
    has_power = compared[0].sd >= spread
    return Null(
        name=name,
        description=_description(says, draws, index.proved, bits, free, has_power),
        draws=draws,
        entropy_bits=bits,
        free_ties=free,
        has_power=has_power,
        frustration=compared[0],
        triads=(compared[1], compared[2], compared[3], compared[4]),
    )


def _description(
    says: str, draws: int, proved: bool, bits: float, free: int, has_power: bool
) -> str:
    """Say what the null keeps, how free it is, and how L was found on both sides."""
    observed = "exact" if proved else "the least found (an upper bound)"
    power = "" if has_power else " No power: L hardly varies under it."
    return (
        f"{says} {free} signs can vary, {bits:.1f} bits in all.{power} {draws} draws; L "
        f"of the graph is {observed}; L of a draw is the least found by local search "
        "(an upper bound, mostly exact)."
    )


def _searched_index(
    parts: Sequence[tuple[Block, Rows]], sign: NDArray[np.int8]
) -> float:
    """Return the frustration index under other signs as local search finds it."""
    total = 0.0
    for part, rows in parts:
        block = replace(part, sign=sign[part.ties])
        side = searched_partition(block, restarts=_RESTARTS, rows=rows)
        total += in_weight(block.price(side), block.unit)
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
