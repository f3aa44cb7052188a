"""What the frustration index becomes if one tie turns into its opposite."""

from dataclasses import dataclass, replace

import numpy as np

from cuibono.balance.optima import BlockOptima, block_optima, signed_blocks
from cuibono.balance.solve import solved_block
from cuibono.balance.units import in_weight
from cuibono.model.graph import SignedGraph

_OPTIMA = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """One tie turned into its opposite.

    Attributes
    ----------
    tie : int
        Position of the tie.
    change : float
        Change of the frustration index; negative is towards balance.
    """

    tie: int
    change: float


def balancing_flips(g: SignedGraph, *, most_ties: int = 400) -> tuple[Flip, ...]:
    """Return what the reversal of each tie would do, the most helpful first.

    Exact: a tie that some optimal partition frustrates lowers the index by its weight;
    for each other tie its block is solved again. Above `most_ties` only the first kind
    is listed. With equal weights no other tie could help, as far as all optima are
    known. Disputed ties are left free and are not listed.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors.
    most_ties : int
        Graphs with more ties are not solved again for each tie.

    Returns
    -------
    tuple of Flip
        Ordered by change, then by tie. A tie whose new index cannot be proved is left
        out.

    Examples
    --------
    >>> from cuibono.model.graph import graph
    >>> trio = graph([("Arda", "Brun", 1), ("Arda", "Cor", 1), ("Brun", "Cor", -1)])
    >>> [flip.change for flip in balancing_flips(trio)]
    [-1.0, -1.0, -1.0]
    """
    found: list[Flip] = []
    for block in signed_blocks(g):
        found += _block_flips(block_optima(block, most=_OPTIMA), g.m <= most_ties)
    return tuple(sorted(found, key=lambda flip: (flip.change, flip.tie)))


def _block_flips(optima: BlockOptima, every: bool) -> list[Flip]:
    """List the flips of one block; those that do not help only if `every`."""
    block = optima.block
    _, helps = optima.standing()
    price = block.price(optima.sides[0])
    flips: list[Flip] = []
    for place, tie in enumerate(block.ties.tolist()):
        change: int | None = None
        if helps[place]:
            change = -int(block.cost[place])
        elif len(block.ties) == 1:
            change = 0
        elif every:
            change = _recomputed(optima, place, price)
        if change is not None:
            flips.append(Flip(tie=tie, change=in_weight(change, block.unit)))
    return flips


def _recomputed(optima: BlockOptima, place: int, price: int) -> int | None:
    """Solve the block again with one tie reversed; None if the proof is missing."""
    sign = optima.block.sign.copy()
    sign[place] = np.int8(-sign[place])
    again = solved_block(replace(optima.block, sign=sign))
    return again.upper - price if again.lower == again.upper else None
