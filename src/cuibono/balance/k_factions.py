"""Weak balance: the line index over partitions into any number of factions."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block, blocks
from cuibono.balance.certificate import NegativeCycle, Proof
from cuibono.balance.clock import Clock
from cuibono.balance.clusters import Clustered, solved_clusters
from cuibono.balance.frustration import frustration
from cuibono.balance.limited import limited_clusters
from cuibono.balance.units import cost_units, in_weight
from cuibono.balance.weak_blocks import recoloured, united, weak_blocks
from cuibono.balance.weak_certificate import (
    WeakFrustration,
    check_weak_certificate,
    weakly_frustrated,
)
from cuibono.model.graph import SignedGraph

# Enough for every network of the reference folder that closes at all within minutes.
_MOST_NODES = 2000
_STRENGTH = (Proof.BALANCED, Proof.PACKING, Proof.SEARCH, Proof.BOUNDS)


def weak_frustration(
    g: SignedGraph, *, most_factions: int | None = None, time_limit: float | None = None
) -> WeakFrustration:
    """Return the line index of weak balance: negative within, positive between.

    Solved part by part: clusters by annealing, a packing of cycles with exactly one
    negative tie from a linear program, branch and bound up to 2,000 nodes where the two
    do not meet. Disputed ties (sign 0) are left free.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors. Weights are read to the nearest millionth.
    most_factions : int, optional
        At most so many factions; 2 gives the frustration index. Without it any number,
        and actors whom no positive ties join share none.
    time_limit : float, optional
        Seconds after which bounds are returned; a step under way is finished first.

    Returns
    -------
    WeakFrustration
        Exact where `proved`; always checked against its own certificate.

    Raises
    ------
    ValueError
        If `most_factions` is below 1, a weight is negative or not finite, or
        `time_limit` is not positive.

    References
    ----------
    Davis (1967), Clustering and structural balance in graphs, Human Relations 20.
    Doreian and Mrvar (1996), A partitioning approach to structural balance, Social
    Networks 18.
    Demaine, Emanuel, Fiat and Immorlica (2006), Correlation clustering in general
    weighted graphs, Theoretical Computer Science 361.

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> trio = graph([("Arda", "Brun", -1), ("Arda", "Cor", -1), ("Brun", "Cor", -1)])
    >>> weak_frustration(trio).upper, weak_frustration(trio, most_factions=2).upper
    (0.0, 1.0)
    """
    if most_factions is not None and most_factions < 1:
        raise ValueError(f"most_factions must be at least 1, got {most_factions}")
    clock = Clock(time_limit)
    if most_factions is None:
        found = _free(g, clock)
    elif most_factions == 1:
        found = _one(g)
    elif most_factions == 2:
        found = _two(g, time_limit)
    else:
        found = _limited(g, most_factions, clock)
    check_weak_certificate(g, found)
    return found


def _free(g: SignedGraph, clock: Clock) -> WeakFrustration:
    """Solve with any number of factions."""
    cost, unit = cost_units(g.weight)
    parts = weak_blocks(g, cost, unit)
    answers = [
        solved_clusters(part, most_nodes=_MOST_NODES, clock=clock) for part in parts
    ]
    partition = united(g, parts, [answer.label for answer in answers])
    return _joined(g, parts, answers, partition, None)


def _one(g: SignedGraph) -> WeakFrustration:
    """Put everyone together: every negative tie is frustrated."""
    together = np.zeros(g.n, dtype=np.intp)
    frustrated = weakly_frustrated(g, together)
    cost, unit = cost_units(g.weight)
    price = in_weight(int(cost[frustrated].sum()), unit)
    return WeakFrustration(
        lower=price,
        upper=price,
        proved=True,
        proof=Proof.PACKING if price else Proof.BALANCED,
        partition=together,
        frustrated=frustrated,
        most_factions=1,
    )


def _two(g: SignedGraph, time_limit: float | None) -> WeakFrustration:
    """Read two factions off the frustration index."""
    found = frustration(g, time_limit=time_limit)
    return WeakFrustration(
        lower=found.lower,
        upper=found.upper,
        proved=found.proved,
        proof=found.proof,
        partition=_renumbered((found.partition < 0).astype(np.intp)),
        frustrated=found.frustrated.copy(),
        cycles=found.cycles,
        most_factions=2,
    )


def _limited(g: SignedGraph, most: int, clock: Clock) -> WeakFrustration:
    """Solve with at most so many factions, three or more."""
    cost, unit = cost_units(g.weight)
    parts = blocks(g, g.sign, cost, unit)
    answers = [
        limited_clusters(part, most, most_nodes=_MOST_NODES, clock=clock)
        for part in parts
    ]
    partition = recoloured(g.n, parts, [answer.label for answer in answers])
    return _joined(g, parts, answers, partition, most)


def _joined(
    g: SignedGraph,
    parts: Sequence[Block],
    answers: Sequence[Clustered],
    partition: NDArray[np.intp],
    most: int | None,
) -> WeakFrustration:
    """Put the parts' answers together."""
    cost, unit = cost_units(g.weight)
    frustrated = weakly_frustrated(g, partition)
    lower = sum(answer.lower for answer in answers)
    upper = int(cost[frustrated].sum())
    proofs = {answer.proof for answer in answers if answer.upper} | {Proof.BALANCED}
    return WeakFrustration(
        lower=in_weight(lower, unit),
        upper=in_weight(upper, unit),
        proved=lower == upper,
        proof=max(proofs, key=_STRENGTH.index),
        partition=_renumbered(partition),
        frustrated=frustrated,
        cycles=tuple(
            NegativeCycle(
                ties=tuple(part.ties[list(cycle)].tolist()), weight=load / 1e9
            )
            for part, answer in zip(parts, answers, strict=True)
            for cycle, load in zip(answer.cycles, answer.loads.tolist(), strict=True)
        ),
        most_factions=most,
    )


def _renumbered(partition: NDArray[np.intp]) -> NDArray[np.intp]:
    """Number the factions from 0 in order of their first member."""
    number = {label: k for k, label in enumerate(dict.fromkeys(partition.tolist()))}
    return np.array([number[label] for label in partition.tolist()], dtype=np.intp)
