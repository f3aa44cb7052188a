"""The frustration index and the triads against signs and ties dealt out by chance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import lgamma, log
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block
from cuibono.balance.certificate import Frustration
from cuibono.balance.clock import Clock
from cuibono.balance.configuration import signed_configuration
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
        How many were made; fewer than asked for if time was over.
    entropy_bits : float
        How much freedom the null has over all ties.
    free_ties : int
        Ties whose sign can vary at all; pairs that may be tied or not, where the null
        leaves that open.
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
        time_limit: float | None = None,
    ) -> Null:
        """Return L and triad counts against the null; `index` saves solving again."""


def sign_shuffle_null(
    g: SignedGraph,
    *,
    draws: int,
    rng: np.random.Generator,
    index: Frustration | None = None,
    time_limit: float | None = None,
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
    time_limit : float, optional
        Seconds after which no draw is begun, two excepted.

    Returns
    -------
    Null
        `z` is (observed - mean) / sd; a negative one for L means more balance than
        chance.

    Raises
    ------
    ValueError
        If `draws` is below 2, or `time_limit` is not positive.

    References
    ----------
    Aref and Wilson (2019), Balance and frustration in signed networks, Journal of
    Complex Networks 7.
    """
    clock = Clock(time_limit)
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
        _drawn(_resigned(g, dealt), draws, clock),
        draws,
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
    time_limit: float | None = None,
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
    time_limit : float, optional
        Seconds after which no draw is begun, two excepted.

    Returns
    -------
    Null
        With the freedom that the null has; see `has_power`.

    Raises
    ------
    ValueError
        If `draws` is below 2, or `time_limit` is not positive.

    References
    ----------
    Hao and Kovacs (2024), Proper network randomization is key to assessing social
    balance, Science Advances 10.
    """
    clock = Clock(time_limit)
    model = sign_entropy(g)
    stated = g.sign != 0

    def dealt() -> NDArray[np.int8]:
        sign = np.where(rng.random(g.m) < model.positive, 1, -1)
        return np.where(stated, sign, 0).astype(np.int8)

    return _null(
        g,
        _drawn(_resigned(g, dealt), draws, clock),
        draws,
        index or frustration(g),
        name="stp",
        says="N2 (signed-degree and topology preserving): signs as random as they can be "
        "with who is tied to whom kept, and each actor's count of positive and of "
        "negative ties kept in expectation." + _misfit(model.residual),
        bits=model.bits,
        free=model.free,
    )


def configuration_null(
    g: SignedGraph,
    *,
    draws: int,
    rng: np.random.Generator,
    index: Frustration | None = None,
    time_limit: float | None = None,
) -> Null:
    """Return L and triad counts against ties that keep each signed degree (null N3).

    Signed configuration model: every pair may be tied, with either sign, as random as it
    can be with each actor's expected count of positive and of negative ties as observed.
    Who is tied to whom is not kept.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors; disputed ones are left out and count in nothing. A drawn
        tie gets the weight of an observed one, at random.
    draws : int
        At least 2.
    rng : numpy.random.Generator
        Source of the draws.
    index : Frustration, optional
        The frustration index, if it is known already.
    time_limit : float, optional
        Seconds after which no draw is begun, two excepted.

    Returns
    -------
    Null
        `z` is (observed - mean) / sd; for triads it also tells of clustering, which
        this null does not keep.

    Raises
    ------
    ValueError
        If `draws` is below 2, or `time_limit` is not positive.

    References
    ----------
    Gallo, Garlaschelli, Lambiotte, Saracco and Squartini (2024), Testing structural
    balance theories in heterogeneous signed networks, Communications Physics 7.
    """
    clock = Clock(time_limit)
    model = signed_configuration(g)
    weights = g.weight[g.sign != 0]

    def measured() -> tuple[float, ...]:
        ends, sign = model.drawn(rng)
        # A draw has no ties to take weights from only where the graph has none.
        weight = rng.choice(weights, len(sign)) if len(weights) else np.ones(0)
        one = SignedGraph(names=g.names, ends=ends, sign=sign, weight=weight)
        return _searched_index(_parts(one), sign), *triad_counts(one)[0]

    return _null(
        g,
        _drawn(measured, draws, clock),
        draws,
        index or frustration(g),
        name="configuration",
        says="N3 (signed configuration): ties and signs as random as they can be with "
        "each actor's count of positive and of negative ties kept in expectation; who is "
        "tied to whom is not kept." + _misfit(model.residual),
        bits=model.bits,
        free=model.pairs,
        varies="pairs can be tied or not",
    )


NULLS: dict[str, NullModel] = {
    "shuffle": sign_shuffle_null,
    "stp": signed_degree_null,
    "configuration": configuration_null,
}
"""Null by name."""


def _misfit(residual: float) -> str:
    """Say how nearly the degrees are met, where that is worth saying."""
    return f" The degrees are met to within {residual:.1g}." if residual > 1e-4 else ""


def _parts(g: SignedGraph) -> list[tuple[Block, Rows]]:
    """List the parts that can hold a cycle."""
    return [(part, Rows.of(part)) for part in signed_blocks(g) if len(part.ties) > 1]


def _resigned(
    g: SignedGraph, dealt: Callable[[], NDArray[np.int8]]
) -> Callable[[], tuple[float, ...]]:
    """Return what measures L and T0 to T3 of the same ties under the next deal."""
    parts, closed = _parts(g), stated_triangles(g)

    def measured() -> tuple[float, ...]:
        sign = dealt()
        counts = np.bincount((sign[closed] < 0).sum(axis=1), minlength=4)
        return _searched_index(parts, sign), *counts.tolist()

    return measured


def _drawn(
    measured: Callable[[], tuple[float, ...]], draws: int, clock: Clock
) -> NDArray[np.float64]:
    """Return L and T0 to T3 of each draw (d, 5), of two at least.

    Raises
    ------
    ValueError
        If `draws` is below 2.
    """
    if draws < 2:
        raise ValueError(f"draws must be at least 2, got {draws}")
    rows: list[tuple[float, ...]] = []
    while len(rows) < 2 or (len(rows) < draws and not clock.over):
        rows.append(measured())
    return np.array(rows, dtype=np.float64)


def _null(
    g: SignedGraph,
    drawn: NDArray[np.float64],
    asked: int,
    index: Frustration,
    *,
    name: str,
    says: str,
    bits: float,
    free: int,
    varies: str = "signs can vary",
) -> Null:
    """Compare L and the triads with those of the draws (d, 5)."""
    observed = (index.upper, *triad_counts(g)[0])
    compared = [
        _comparison(quantity, seen, column)
        for quantity, seen, column in zip(
            ("L", "T0", "T1", "T2", "T3"), observed, drawn.T, strict=True
        )
    ]
    spread = _LEAST_SPREAD * in_weight(1, cost_units(g.weight)[1])
    has_power = compared[0].sd >= spread
    power = "" if has_power else " No power: L hardly varies under it."
    freedom = f" {free} {varies}, {bits:.1f} bits in all.{power} "
    return Null(
        name=name,
        description=says + freedom + _told_draws(len(drawn), asked, index.proved),
        draws=len(drawn),
        entropy_bits=bits,
        free_ties=free,
        has_power=has_power,
        frustration=compared[0],
        triads=(compared[1], compared[2], compared[3], compared[4]),
    )


def _told_draws(done: int, asked: int, proved: bool) -> str:
    """Say how many draws were made, and how L was found on both sides."""
    made = f"{done} draws" if done >= asked else f"{done} of {asked} draws (time over)"
    observed = "exact" if proved else "the least found (an upper bound)"
    return (
        f"{made}; L of the graph is {observed}; L of a draw is the least found by local "
        "search (an upper bound, mostly exact)."
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
