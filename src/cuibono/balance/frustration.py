"""The frustration index: exact, with factions, frustrated ties and a proof."""

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block, assembled
from cuibono.balance.certificate import (
    Frustration,
    NegativeCycle,
    Proof,
    check_certificate,
)
from cuibono.balance.clock import Clock
from cuibono.balance.optima import (
    PartitionSet,
    optima_of,
    optimal_partitions,
    partition_set,
    signed_blocks,
)
from cuibono.balance.solve import Solved, Start, solved_block
from cuibono.balance.units import cost_units, in_weight
from cuibono.model.graph import SignedGraph

__all__ = [
    "Frustration",
    "NegativeCycle",
    "PartitionSet",
    "Proof",
    "check_certificate",
    "factions",
    "frustration",
    "frustration_range",
    "optimal_partitions",
]

# So many disputed ties are tried in every combination; beyond it, bounds are given.
MOST_DISPUTED = 12
_STRENGTH = (
    Proof.BALANCED,
    Proof.PACKING,
    Proof.RELAXATION,
    Proof.SEARCH,
    Proof.BOUNDS,
)


def frustration(
    g: SignedGraph,
    *,
    most_nodes: int | None = None,
    time_limit: float | None = None,
    sides: NDArray[np.int8] | None = None,
) -> Frustration:
    """Return the frustration index: least weight of ties to change for balance.

    Disputed ties (sign 0) are left free and cost nothing; `frustration_range` says
    what they can add. Solved block by block: partitions by tabu search and annealing, a
    packing of negative cycles; where the two do not meet, reductions, a linear program,
    a semidefinite bound and branch and bound.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors. Weights are read to the nearest millionth.
    most_nodes : int, optional
        Branch-and-bound nodes for each block, after which bounds are returned. Without
        it the search runs until it is done.
    time_limit : float, optional
        Seconds after which bounds are returned; a step under way is finished first.
    sides : (n,) int8, optional
        Partition to begin from, as for `frustration_and_optima`.

    Returns
    -------
    Frustration
        Exact where `proved`; always checked against its own certificate.

    Raises
    ------
    ValueError
        If a weight is negative or not finite, `most_nodes` is negative, or
        `time_limit` is not positive.

    References
    ----------
    Harary (1959), On the measurement of structural balance, Behavioral Science 4.
    Aref, Mason and Wilson (2020), A modeling and computational study of the
    frustration index in signed networks, Networks 75.

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> found = frustration(graph([("Arda", "Brun", 1), ("Arda", "Cor", 1),
    ...                            ("Brun", "Cor", -1)]))
    >>> found.upper, found.proved, found.proof.value
    (1.0, True, 'packing of negative cycles')
    """
    if most_nodes is not None and most_nodes < 0:
        raise ValueError(f"most_nodes must not be negative, got {most_nodes}")
    clock = Clock(time_limit)
    parts = signed_blocks(g)
    starts = None if sides is None else starts_of(g, parts, sides, ())
    answers = solved_blocks(parts, most_nodes=most_nodes, clock=clock, starts=starts)
    return joined(g, parts, answers)


def frustration_and_optima(
    g: SignedGraph,
    *,
    most: int = 64,
    time_limit: float | None = None,
    sides: NDArray[np.int8] | None = None,
    cycles: Sequence[tuple[int, ...]] = (),
) -> tuple[Frustration, PartitionSet]:
    """Return the index and the partitions that attain it, solved once for both.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors; disputed ones (sign 0) are left free.
    most : int
        As for `optimal_partitions`.
    time_limit : float, optional
        Seconds for both together; a step under way is finished first.
    sides : (n,) int8, optional
        Partition to begin from (0 for an actor without a side), such as that of the
        period before; it changes how long it takes, and which optimum comes first.
    cycles : sequence of tuple of int
        Cycles that may still be negative, as positions of ties: cuts to begin from.
    """
    clock = Clock(time_limit)
    parts = signed_blocks(g)
    starts = None if sides is None else starts_of(g, parts, sides, cycles)
    answers = solved_blocks(parts, clock=clock, starts=starts)
    optima = [
        optima_of(part, answer, most=most, clock=clock)
        for part, answer in zip(parts, answers, strict=True)
    ]
    return joined(g, parts, answers), partition_set(g, optima, most=most)


def starts_of(
    g: SignedGraph,
    parts: Sequence[Block],
    sides: NDArray[np.int8],
    cycles: Sequence[tuple[int, ...]],
) -> list[Start]:
    """List what sides (n,) and cycles of a graph give to each of its blocks."""
    block_of = np.full(g.m, -1, dtype=np.intp)
    place = np.zeros(g.m, dtype=np.intp)
    for at, part in enumerate(parts):
        block_of[part.ties], place[part.ties] = at, np.arange(len(part.ties))
    kept: list[list[tuple[int, ...]]] = [[] for _ in parts]
    for cycle in cycles:
        ties = list(cycle)
        at = int(block_of[ties[0]])
        if at >= 0 and (block_of[ties] == at).all() and np.prod(g.sign[ties]) < 0:
            kept[at].append(tuple(place[ties].tolist()))
    known = np.where(sides == 0, 1, sides).astype(np.int8)
    return [
        Start(side=known[part.nodes].copy(), cycles=tuple(own))
        for part, own in zip(parts, kept, strict=True)
    ]


def solved_blocks(
    parts: Sequence[Block],
    *,
    most_nodes: int | None = None,
    clock: Clock,
    starts: Sequence[Start] | None = None,
) -> list[Solved]:
    """List the answers of the blocks; easy ones do not wait for a hard one."""
    answers: dict[int, Solved] = {}
    for at in sorted(range(len(parts)), key=lambda at: len(parts[at].ties)):
        answers[at] = solved_block(
            parts[at],
            most_nodes=most_nodes,
            clock=clock,
            start=starts[at] if starts else None,
        )
    return [answers[at] for at in range(len(parts))]


def joined(
    g: SignedGraph, parts: Sequence[Block], answers: Sequence[Solved]
) -> Frustration:
    """Put the blocks' answers together, and check them."""
    found = _joined(g, parts, answers, cost_units(g.weight)[1])
    check_certificate(g, found)
    return found


def _joined(
    g: SignedGraph, parts: Sequence[Block], answers: Sequence[Solved], unit: int
) -> Frustration:
    """Put the blocks' answers together."""
    partition = assembled(g.n, parts, [answer.side for answer in answers])
    lower = sum(answer.lower for answer in answers)
    upper = sum(answer.upper for answer in answers)
    proofs = {answer.proof for answer in answers} | {Proof.BALANCED}
    return Frustration(
        lower=in_weight(lower, unit),
        upper=in_weight(upper, unit),
        proved=lower == upper,
        proof=max(proofs, key=_STRENGTH.index),
        partition=partition,
        frustrated=_frustrated(g, g.sign, partition),
        signs=g.sign.copy(),
        cycles=tuple(
            NegativeCycle(
                ties=tuple(part.ties[list(cycle)].tolist()),
                weight=load / 1e9,
            )
            for part, answer in zip(parts, answers, strict=True)
            for cycle, load in zip(answer.cycles, answer.loads.tolist(), strict=True)
        ),
    )


def _frustrated(
    g: SignedGraph, sign: NDArray[np.int8], partition: NDArray[np.int8]
) -> NDArray[np.intp]:
    """Return the ties whose ends lie on sides that do not fit the sign."""
    sides = partition[g.ends]
    return np.flatnonzero((sign != 0) & (sides[:, 0] * sides[:, 1] != sign))


def frustration_range(
    g: SignedGraph, *, low: Frustration | None = None
) -> tuple[Frustration, Frustration]:
    """Return the least and the greatest frustration index over the disputed signs.

    The least is the index with the disputed ties left free: some choice of signs
    attains it. The greatest is exact up to 12 disputed ties, under the signs in its
    `signs`; beyond, it is bounded by the least with all disputed ties added.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors; sign 0 for a disputed one.
    low : Frustration, optional
        The least, if it is known already.

    Returns
    -------
    low, high : Frustration
        The same object twice if no tie is disputed.
    """
    low = low or frustration(g)
    disputed = np.flatnonzero(g.sign == 0)
    if not len(disputed):
        return low, low
    if len(disputed) > MOST_DISPUTED or not low.proved:
        return low, _bounded_high(g, low, disputed)
    return low, _exact_high(g, low, disputed)


def _exact_high(
    g: SignedGraph, low: Frustration, disputed: NDArray[np.intp]
) -> Frustration:
    """Solve the most promising choice of signs until none promises more.

    Each partition met bounds the index from above under every choice at once.
    """
    choices = np.array(list(product((1, -1), repeat=len(disputed))), dtype=np.int8)
    promise = _price_under(g, low.partition, disputed, choices)
    best = low
    while True:
        pick = int(promise.argmax())
        if best is not low and promise[pick] <= best.upper + 1e-9:
            return best
        found = _under(g, disputed, choices[pick])
        if best is low or found.upper > best.upper:
            best = found
        promise = np.minimum(
            promise, _price_under(g, found.partition, disputed, choices)
        )
        promise[pick] = found.upper


def _under(
    g: SignedGraph, disputed: NDArray[np.intp], choice: NDArray[np.int8]
) -> Frustration:
    """Return the index with the disputed ties' signs chosen."""
    sign = g.sign.copy()
    sign[disputed] = choice
    return frustration(g.with_sign(sign))


def _price_under(
    g: SignedGraph,
    partition: NDArray[np.int8],
    disputed: NDArray[np.intp],
    choices: NDArray[np.int8],
) -> NDArray[np.float64]:
    """Return what a partition costs under each choice (c,)."""
    sides = partition[g.ends]
    fit = sides[:, 0] * sides[:, 1]
    base = g.weight[_frustrated(g, g.sign, partition)].sum()
    price: NDArray[np.float64] = base + (choices != fit[disputed]) @ g.weight[disputed]
    return price


def _bounded_high(
    g: SignedGraph, low: Frustration, disputed: NDArray[np.intp]
) -> Frustration:
    """Turn every disputed tie against the least partition: no choice costs more."""
    sides = low.partition[g.ends[disputed]]
    sign = g.sign.copy()
    sign[disputed] = -sides[:, 0] * sides[:, 1]
    upper = low.upper + float(g.weight[disputed].sum())
    return Frustration(
        lower=low.lower,
        upper=upper,
        proved=False,
        proof=Proof.BOUNDS,
        partition=low.partition.copy(),
        frustrated=_frustrated(g, sign, low.partition),
        signs=sign,
        cycles=low.cycles,
    )


def factions(
    partition: NDArray[np.int8],
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the positions of the actors on side 1 and on side -1.

    Parameters
    ----------
    partition : (n,) int8
        Side of each actor, 1 or -1.

    Raises
    ------
    ValueError
        If a side is neither.

    Examples
    --------
    >>> factions(np.array([1, -1, 1], dtype=np.int8))
    ((0, 2), (1,))
    """
    if not np.all(np.abs(partition) == 1):
        raise ValueError(f"partition must have a 1 or -1 for each actor: {partition}")
    return (
        tuple(np.flatnonzero(partition > 0).tolist()),
        tuple(np.flatnonzero(partition < 0).tolist()),
    )
