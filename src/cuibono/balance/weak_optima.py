"""Ties that every optimum of weak balance frustrates."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.clock import Clock
from cuibono.balance.k_factions import weak_frustration
from cuibono.balance.weak_certificate import WeakFrustration
from cuibono.model.graph import SignedGraph


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SharedTies:
    """What the optima have in common.

    Attributes
    ----------
    always : (a,) intp
        Positions of the ties that every optimum frustrates, ascending.
    unsettled : (u,) intp
        Those of which time did not tell.
    """

    always: NDArray[np.intp]
    unsettled: NDArray[np.intp]


def always_frustrated(
    g: SignedGraph, found: WeakFrustration, *, time_limit: float | None = None
) -> SharedTies:
    """Return the ties of `found` that no other optimum spares.

    Each in turn is made too dear to frustrate, and the graph solved again: if the index
    stays, the new partition is an optimum that spares it.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors.
    found : WeakFrustration
        Its index; proved.
    time_limit : float, optional
        Seconds after which the rest is left unsettled.

    Raises
    ------
    ValueError
        If `found` is not proved, or `time_limit` is not positive.

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> trio = graph([("Arda", "Brun", 1), ("Arda", "Cor", 1), ("Brun", "Cor", -1)],
    ...              weights=[2.0, 2.0, 1.0])
    >>> always_frustrated(trio, weak_frustration(trio)).always.tolist()
    [2]
    """
    if not found.proved:
        raise ValueError("found must be proved: only optima have ties in common")
    clock = Clock(time_limit)
    left = set(found.frustrated.tolist())
    always: list[int] = []
    unsettled: list[int] = []
    for tie in found.frustrated.tolist():
        if tie not in left:
            continue
        if clock.over:
            unsettled.append(tie)
            continue
        other = _sparing(g, found, tie, clock)
        if other.lower > found.upper:
            always.append(tie)
        elif other.upper == found.upper:
            left &= set(other.frustrated.tolist())
        else:
            unsettled.append(tie)
    return SharedTies(
        always=np.array(always, dtype=np.intp),
        unsettled=np.array([tie for tie in unsettled if tie in left], dtype=np.intp),
    )


def _sparing(
    g: SignedGraph, found: WeakFrustration, tie: int, clock: Clock
) -> WeakFrustration:
    """Return the index of the graph with one tie dearer than all that is frustrated."""
    weight = g.weight.copy()
    weight[tie] = found.upper + 1
    dear = replace(g, weight=weight)
    left = clock.left()
    return weak_frustration(
        dear,
        most_factions=found.most_factions,
        time_limit=max(left, 0.01) if np.isfinite(left) else None,
    )
