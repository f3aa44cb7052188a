"""The frustration index and the triads against signs and ties dealt out by chance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import lgamma, log
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.certificate import Frustration
from cuibono.balance.clock import Clock
from cuibono.balance.configuration import signed_configuration
from cuibono.balance.draws import Draws, measured_draws, redrawn, resigned, triads_under
from cuibono.balance.entropy import SignEntropy, sign_entropy
from cuibono.balance.frustration import frustration
from cuibono.balance.triads import triad_counts
from cuibono.balance.units import cost_units, in_weight
from cuibono.model.graph import SignedGraph

# Below so many units of spread, a single tie decides the z: the null says nothing.
_LEAST_SPREAD = 0.5
_TRIADS = ("T0", "T1", "T2", "T3")


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
    exact_draws : int
        Of how many draws L is proved.
    """

    name: str
    description: str
    draws: int
    entropy_bits: float
    free_ties: int
    has_power: bool
    frustration: Comparison
    triads: tuple[Comparison, Comparison, Comparison, Comparison]
    exact_draws: int = 0


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
        exact: bool = False,
    ) -> Null:
        """Return L and triad counts against the null; `index` saves solving again."""


def sign_shuffle_null(
    g: SignedGraph,
    *,
    draws: int,
    rng: np.random.Generator,
    index: Frustration | None = None,
    time_limit: float | None = None,
    exact: bool = False,
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
    exact : bool
        Prove L of each draw, which takes longer; else look for it by local search.

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
    dealt = _shuffled(g, rng)
    choices = lgamma(len(stated) + 1) - lgamma(negative + 1)
    choices -= lgamma(len(stated) - negative + 1)
    return _null(
        g,
        measured_draws(
            resigned(g, dealt, exact=exact, clock=clock), draws=draws, clock=clock
        ),
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
    exact: bool = False,
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
    exact : bool
        Prove L of each draw, which takes longer; else look for it by local search.

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
    dealt = _kept_degrees(g, model, rng)
    return _null(
        g,
        measured_draws(
            resigned(g, dealt, exact=exact, clock=clock), draws=draws, clock=clock
        ),
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
    exact: bool = False,
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
    exact : bool
        Prove L of each draw, which takes longer; else look for it by local search.

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

    def drawn() -> SignedGraph:
        ends, sign = model.drawn(rng)
        # A draw has no ties to take weights from only where the graph has none.
        weight = rng.choice(weights, len(sign)) if len(weights) else np.ones(0)
        return SignedGraph(names=g.names, ends=ends, sign=sign, weight=weight)

    return _null(
        g,
        measured_draws(
            redrawn(drawn, exact=exact, clock=clock), draws=draws, clock=clock
        ),
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


def triad_comparisons(
    g: SignedGraph, name: str, *, draws: int, rng: np.random.Generator
) -> tuple[Comparison, ...]:
    """Return T0 to T3 against a null that keeps who is tied to whom, without L.

    For networks so large that L of hundreds of draws would take hours.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors; disputed ones stay as they are and count in nothing.
    name : str
        ``shuffle`` or ``stp``.
    draws : int
        At least 2.
    rng : numpy.random.Generator
        Source of the draws.

    Raises
    ------
    ValueError
        If `name` is neither, or `draws` is below 2.
    """
    if name not in {"shuffle", "stp"}:
        raise ValueError(f"name must be shuffle or stp, got {name}")
    if draws < 2:
        raise ValueError(f"draws must be at least 2, got {draws}")
    if name == "shuffle":
        dealt = _shuffled(g, rng)
    else:
        dealt = _kept_degrees(g, sign_entropy(g), rng)
    counted = triads_under(g)
    drawn = np.array([counted(dealt()) for _ in range(draws)], dtype=np.float64)
    return tuple(_comparisons(_TRIADS, counted(g.sign), drawn))


def _shuffled(
    g: SignedGraph, rng: np.random.Generator
) -> Callable[[], NDArray[np.int8]]:
    """Return what deals the stated signs out anew."""
    stated = np.flatnonzero(g.sign)

    def dealt() -> NDArray[np.int8]:
        sign = g.sign.copy()
        sign[stated] = rng.permutation(sign[stated])
        return sign

    return dealt


def _kept_degrees(
    g: SignedGraph, model: SignEntropy, rng: np.random.Generator
) -> Callable[[], NDArray[np.int8]]:
    """Return what draws signs that keep each signed degree on average."""
    stated = g.sign != 0

    def dealt() -> NDArray[np.int8]:
        sign = np.where(rng.random(g.m) < model.positive, 1, -1)
        return np.where(stated, sign, 0).astype(np.int8)

    return dealt


def _misfit(residual: float) -> str:
    """Say how nearly the degrees are met, where that is worth saying."""
    return f" The degrees are met to within {residual:.1g}." if residual > 1e-4 else ""


def _null(
    g: SignedGraph,
    drawn: Draws,
    index: Frustration,
    *,
    name: str,
    says: str,
    bits: float,
    free: int,
    varies: str = "signs can vary",
) -> Null:
    """Compare L and the triads with those of the draws."""
    observed = (index.upper, *triad_counts(g)[0])
    compared = _comparisons(("L", *_TRIADS), observed, drawn.figures)
    spread = _LEAST_SPREAD * in_weight(1, cost_units(g.weight)[1])
    has_power = compared[0].sd >= spread
    power = "" if has_power else " No power: L hardly varies under it."
    freedom = f" {free} {varies}, {bits:.1f} bits in all.{power} "
    known = "exact" if index.proved else "the least found (an upper bound)"
    known = f"L of the graph is {known}; "
    return Null(
        name=name,
        description=says + freedom + known + drawn.told(),
        draws=len(drawn.figures),
        exact_draws=drawn.exact,
        entropy_bits=bits,
        free_ties=free,
        has_power=has_power,
        frustration=compared[0],
        triads=(compared[1], compared[2], compared[3], compared[4]),
    )


def _comparisons(
    quantities: Sequence[str], observed: Sequence[float], drawn: NDArray[np.float64]
) -> list[Comparison]:
    """Set observed figures against the columns of the draws (d, q)."""
    return [
        _comparison(quantity, seen, column)
        for quantity, seen, column in zip(quantities, observed, drawn.T, strict=True)
    ]


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
