"""Responses whose sign follows from the signs of the effects, given an equilibrium."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph, Signs
from cuibono.response.condensation import blocks_of_edges, components, switching
from cuibono.response.matching import inverse_support
from cuibono.response.terms import (
    NotExpandedError,
    Transfers,
    counted_transfers,
    presence,
    signed_transfers,
)

# A component whose terms take longer than a fraction of a second is left open.
MOST_STATES = 200_000

# Sets of signs as bits, so that terms are gathered with "or".
UP, DOWN, BOTH = 1, 2, 3
TIMES = np.array([[0, 0, 0, 0], [0, 1, 2, 3], [0, 2, 1, 3], [0, 3, 3, 3]])


class By(IntEnum):
    """What a determined sign rests on."""

    NOTHING = 0
    ADJOINT = 1
    STABILITY = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Determination:
    """Signs that follow from structure, and what they rest on.

    Attributes
    ----------
    sign : (n, n) int8
        ``[response, press]``: 1 or -1 determined, 0 structurally zero, 2 not
        determined.
    by : (n, n) int8
        `By`: ADJOINT where all terms agree; STABILITY where terms differ, and the
        equilibrium's being stable decides; NOTHING where not determined or zero.
    expanded : bool
        False where a component was too large to count its terms, so that entries
        given as not determined may be.
    """

    sign: Signs
    by: Signs
    expanded: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Part:
    """Sets of signs (k, k) that one component's responses can have; why."""

    signs: NDArray[np.int64]
    by_stability: NDArray[np.bool_]
    expanded: bool = True


def _reinforcing(side: dict[int, int], nodes: tuple[int, ...]) -> NDArray[np.int64]:
    """Signs in a component that a switching makes a stable Metzler matrix."""
    same = np.array([side[node] for node in nodes])
    return np.where(np.equal.outer(same, same), UP, DOWN)


def _counted(net: Transfers, terms: Transfers) -> NDArray[np.int64]:
    """Signs by counting: all terms positive, all negative, or both."""
    up = (net.minors + terms.minors != 0).astype(np.int64)
    down = (net.minors - terms.minors != 0).astype(np.int64)
    return np.asarray(UP * up + DOWN * down)


def _part(
    g: SignedDigraph, nodes: tuple[int, ...], edges: list[int], matrices: "_Matrices"
) -> _Part:
    """Sets of signs in one component; see `sign_determined`."""
    at = np.ix_(nodes, nodes)
    support = inverse_support(matrices.doubled[at] != 0)
    if support is None:
        return _Part(signs=np.full(support_shape(nodes), BOTH), by_stability=_no(nodes))
    is_open = bool((g.disputed[edges] > 0).any())
    side = None if is_open else switching(nodes, edges, g.tail, g.head, g.sign)
    try:
        terms = counted_transfers(matrices.doubled[at], most=MOST_STATES)
        counted = _counted(signed_transfers(-matrices.net[at]), terms)
    except NotExpandedError:
        counted = np.where(support, BOTH, 0)
        if side is None:
            return _Part(signs=counted, by_stability=_no(nodes), expanded=False)
    if side is None:
        return _Part(signs=counted, by_stability=_no(nodes))
    mixed = counted == BOTH
    signs = np.where(mixed, _reinforcing(side, nodes), counted)
    return _Part(signs=signs, by_stability=mixed)


def support_shape(nodes: tuple[int, ...]) -> tuple[int, int]:
    """Shape of a component's matrix."""
    return len(nodes), len(nodes)


def _no(nodes: tuple[int, ...]) -> NDArray[np.bool_]:
    return np.zeros(support_shape(nodes), dtype=np.bool_)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Matrices:
    """Unit matrices in which an edge of open sign is 0 (net) and 2 (doubled)."""

    net: NDArray[np.object_]
    doubled: NDArray[np.object_]


def _matrices(g: SignedDigraph) -> _Matrices:
    net = np.zeros((g.n, g.n), dtype=np.int64)
    known = (g.sign != 0) & (g.disputed == 0)
    np.add.at(net, (g.head[known], g.tail[known]), g.sign[known])
    net[np.diag_indices(g.n)] -= g.self_limited
    return _Matrices(net=net.astype(object), doubled=presence(g, unsure=2))


def determination(g: SignedDigraph) -> Determination:
    """Determined signs together with what they rest on; see `sign_determined`."""
    found = components(g)
    inside = blocks_of_edges(found, g)
    matrices = _matrices(g)
    parts = [
        _part(g, nodes, edges, matrices)
        for nodes, edges in zip(found.members, inside, strict=True)
    ]
    incoming: list[list[tuple[int, int]]] = [[] for _ in range(g.n)]
    for k in range(g.m):
        t, h, s = int(g.tail[k]), int(g.head[k]), int(g.sign[k])
        if found.of[t] != found.of[h]:
            incoming[h].append((t, {1: UP, -1: DOWN, 0: BOTH}[s]))
    signs = np.zeros((g.n, g.n), dtype=np.int64)
    stable = np.zeros((g.n, g.n), dtype=np.bool_)
    for press in range(g.n):
        _fill(
            press, found.members, int(found.of[press]), parts, incoming, signs, stable
        )
    sign = np.array([0, 1, -1, 2], dtype=np.int8)[signs]
    by = np.where(stable, By.STABILITY, By.ADJOINT)
    return Determination(
        sign=sign,
        by=np.where(np.abs(sign) == 1, by, By.NOTHING).astype(np.int8),
        expanded=all(part.expanded for part in parts),
    )


def _fill(
    press: int,
    members: tuple[tuple[int, ...], ...],
    first: int,
    parts: list[_Part],
    incoming: list[list[tuple[int, int]]],
    signs: NDArray[np.int64],
    stable: NDArray[np.bool_],
) -> None:
    """Gather the signs of all terms of every response to one press."""
    for at in range(first, len(parts)):
        part = parts[at]
        for place, node in enumerate(members[at]):
            entering, leaning = 0, False
            if at == first:
                entering = UP if node == press else 0
            else:
                for t, way in incoming[node]:
                    entering |= int(TIMES[signs[t, press], way])
                    leaning |= bool(signs[t, press] and stable[t, press])
            if not entering:
                continue
            for out, other in enumerate(members[at]):
                through = part.signs[out, place]
                if through:
                    signs[other, press] |= TIMES[entering, through]
                    leans = leaning or bool(part.by_stability[out, place])
                    stable[other, press] |= leans


def sign_determined(g: SignedDigraph) -> Signs:
    """Signs of the responses to a press that hold for every strength.

    The model is taken to be at a stable equilibrium, nothing else is assumed. The
    response is ``-A^-1`` ``[response, press]``, built from the components:

    1. In a component all of whose loops are reinforcing, one switching S makes all
       effects positive, so that ``-SAS`` has no positive entry off the diagonal.
       Such a matrix has all eigenvalues in the right half plane exactly if it is a
       nonsingular M-matrix, and then its inverse has no negative entry; in an
       irreducible component every entry is positive. Switched back, every response
       has one sign, though its terms may differ: this uses stability.
    2. In any other component an entry is determined if all terms of the adjoint
       have one sign, that is if ``abs(adjoint)`` equals the absolute feedback;
       stability makes the determinant positive. This is tested where the terms can
       be counted within a bound.
    3. Across components a response is the sum, over the chains of components from
       press to response, of products of the parts above and of the edges between;
       the determinants of components not passed cancel. It is determined if every
       contribution has one sign.

    Uncertain edges count as present: "determined" then reads "this sign, or no
    effect where such edges are absent". An edge of unknown or disputed sign makes
    every response that it contributes to not determined. Structurally zero means
    that no term contributes: no path, or no way to cover the rest by loops.

    Returns
    -------
    (n, n) int8
        ``[response, press]``: 1, -1, 0 structurally zero, 2 not determined.

    References
    ----------
    Berman and Plemmons (1994), Nonnegative Matrices in the Mathematical Sciences,
    ch. 6, theorem 2.3 and 2.7 (M-matrices).
    Dambacher, Luh, Li and Rossignol (2003), Qualitative stability and ambiguity in
    model ecosystems, American Naturalist 161.

    Examples
    --------
    >>> from cuibono.model.digraph import digraph
    >>> g = digraph([("Arda", "Brun", 1), ("Brun", "Arda", 1), ("Brun", "Cor", -1)])
    >>> sign_determined(g)
    array([[ 1,  1,  0],
           [ 1,  1,  0],
           [-1, -1,  1]], dtype=int8)
    """
    return determination(g).sign
