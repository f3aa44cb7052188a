"""No equilibrium: components that no choice of strengths can make stable."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np

from cuibono.model.digraph import SignedDigraph
from cuibono.response.condensation import blocks_of_edges, components, switching
from cuibono.response.loops import Loop, loops_within
from cuibono.response.terms import (
    NotExpandedError,
    counted_transfers,
    presence,
    signed_transfers,
)

MOST_STATES = 50_000


class Reason(StrEnum):
    """Why a component has no stable community matrix."""

    SELF_AMPLIFYING = "a node amplifies itself and nothing acts back on it"
    NO_LIMIT = "no node of the component limits itself"
    UNLIMITED_IN_REINFORCING = (
        "all loops of the component reinforce, and a node in it has no self-limit"
    )
    NO_NET_DAMPING = "no way to cover the component by loops damps it"
    NONE_FOUND = "no stable matrix was found; this is not proven"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoEquilibrium:
    """A component without equilibrium.

    Attributes
    ----------
    nodes : tuple of int
        Its nodes, ascending.
    loops : tuple of Loop
        Loops that cause it, shortest first, five at most; empty if what is missing
        is a limit.
    reason : Reason
        Proven unless NONE_FOUND.
    """

    nodes: tuple[int, ...]
    loops: tuple[Loop, ...]
    reason: Reason


def limited_nodes(g: SignedDigraph) -> set[int]:
    """Nodes whose self-effect can be negative."""
    own = (g.tail == g.head) & (g.sign <= 0)
    return {*np.flatnonzero(g.self_limited).tolist(), *g.tail[own].tolist()}


def _reason(
    g: SignedDigraph, nodes: tuple[int, ...], edges: list[int], limited: set[int]
) -> Reason | None:
    """First proof that applies, cheapest first; None if none does."""
    unlimited = [node for node in nodes if node not in limited]
    if unlimited and len(nodes) == 1:
        return Reason.SELF_AMPLIFYING if edges else Reason.NO_LIMIT
    if len(unlimited) == len(nodes):
        return Reason.NO_LIMIT
    if not unlimited:
        return None
    off_diagonal = [k for k in edges if g.tail[k] != g.head[k]]
    is_open = (g.disputed[off_diagonal] > 0).any()
    if not is_open and switching(nodes, edges, g.tail, g.head, g.sign) is not None:
        return Reason.UNLIMITED_IN_REINFORCING
    return Reason.NO_NET_DAMPING if _never_damped(g, nodes) else None


def _never_damped(g: SignedDigraph, nodes: tuple[int, ...]) -> bool:
    """Whether det(-A) of the component has no positive term; False if not counted."""
    at = np.ix_(nodes, nodes)
    doubled = presence(g, unsure=2)[at]
    net = np.zeros((g.n, g.n), dtype=np.int64)
    known = (g.sign != 0) & (g.disputed == 0)
    np.add.at(net, (g.head[known], g.tail[known]), g.sign[known])
    net[np.diag_indices(g.n)] -= g.self_limited
    try:
        terms = counted_transfers(doubled, most=MOST_STATES).whole
    except NotExpandedError:
        return False
    return terms + signed_transfers(-net[at].astype(object)).whole == 0


def no_equilibrium(g: SignedDigraph) -> tuple[NoEquilibrium, ...]:
    """Components that provably have no stable community matrix, and their loops.

    A model is stable only if each component is. Four cases are decided exactly,
    and hold with uncertain edges present or absent and disputed ties either way:

    - a node in no loop with others whose self-effect cannot be negative;
    - a component with no negative self-effect, whose trace cannot be negative;
    - a component with reinforcing loops only, in which a node has no negative
      self-effect: a nonsingular M-matrix has a positive diagonal;
    - a component for which ``det(-A)``, positive at a stable equilibrium, has no
      positive term (where its terms can be counted within a bound).

    An empty answer proves nothing: a component may be unstable for other reasons.

    References
    ----------
    Berman and Plemmons (1994), Nonnegative Matrices in the Mathematical Sciences.

    Examples
    --------
    >>> from cuibono.model.digraph import digraph
    >>> g = digraph([("fear", "war", 1), ("war", "war", 1)])
    >>> [(found.nodes, str(found.reason)) for found in no_equilibrium(g)]
    [((1,), 'a node amplifies itself and nothing acts back on it')]
    """
    found = components(g)
    limited = limited_nodes(g)
    result = []
    for nodes, edges in zip(found.members, blocks_of_edges(found, g), strict=True):
        reason = _reason(g, nodes, edges, limited)
        if reason is None:
            continue
        causes = loops_within(g, nodes, sign=1)
        result.append(NoEquilibrium(nodes=nodes, loops=causes, reason=reason))
    return tuple(result)


@lru_cache(maxsize=32)
def diagnosed(g: SignedDigraph) -> tuple[NoEquilibrium, ...]:
    """Why no matrix of a model can be stable, found once for each model."""
    return no_equilibrium(g)
