"""Degree of balance, by ties and by triads."""

from dataclasses import dataclass

from cuibono.balance.certificate import Frustration
from cuibono.balance.frustration import frustration
from cuibono.balance.triads import triad_counts
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
    (t0, t1, t2, t3), _ = triad_counts(g)
    total = t0 + t1 + t2 + t3
    return Degree(
        line=1 - 2 * index.upper / weight if weight else None,
        triangle=(t0 + t2) / total if total else None,
        index=index,
    )
