"""A Markov chain inside the stable set of one block, where rejection starves."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cuibono.model.chance import uniform
from cuibono.response.kernels.rescaling import incidence, rescale
from cuibono.response.kernels.sampling import effect, quantile, share_below
from cuibono.response.kernels.stability import all_left, dominated

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
State = NDArray[np.uint64]

# A single move that brings the determinant this near to zero is refused; moves that
# bring it nearer than the second have the inverse computed afresh.
NEAR, NEARISH = 1e-7, 1e-3

# Share of the single moves of a run that make a whole node quicker or slower.
QUICKER = 0.2

# Share of the others that let a set of uncertain edges come or go: these are slowest.
COMING = 0.2


@njit(cache=True)
def invert(a: Floats, inverse: Floats, work: Floats) -> bool:
    """Inverse of a by Gauss and Jordan with row exchanges; False if singular."""
    size = a.shape[0]
    work[:, :] = a
    inverse[:, :] = 0.0
    for i in range(size):
        inverse[i, i] = 1.0
    for k in range(size):
        best = k
        for i in range(k + 1, size):
            if abs(work[i, k]) > abs(work[best, k]):
                best = i
        if work[best, k] == 0.0:
            return False
        if best != k:
            for j in range(size):
                work[k, j], work[best, j] = work[best, j], work[k, j]
                inverse[k, j], inverse[best, j] = inverse[best, j], inverse[k, j]
        pivot = work[k, k]
        for j in range(size):
            work[k, j] /= pivot
            inverse[k, j] /= pivot
        for i in range(size):
            factor = work[i, k]
            if i != k and factor != 0.0:
                for j in range(size):
                    work[i, j] -= factor * work[k, j]
                    inverse[i, j] -= factor * inverse[k, j]
    return True


@njit(cache=True)
def move(
    a: Floats, inverse: Floats, row: int, column: int, change: float, work: Floats
) -> bool:
    """Change one entry and the inverse with it; False (and nothing done) if refused.

    The determinant is affine in one entry; it changes by the factor `ratio`, which
    must stay positive (Sherman and Morrison).
    """
    if change == 0.0:
        return True
    ratio = 1.0 + change * inverse[column, row]
    if ratio < NEAR:
        return False
    a[row, column] += change
    if ratio < NEARISH:
        if invert(a, inverse, work):
            return True
        a[row, column] -= change
        invert(a, inverse, work)
        return False
    size = a.shape[0]
    line = work[0]
    line[:] = inverse[column]
    scale = change / ratio
    for i in range(size):
        factor = inverse[i, row] * scale
        if factor != 0.0:
            for j in range(size):
                inverse[i, j] -= factor * line[j]
    return True


@njit(cache=True)
def redraw(
    share: float,
    pull: float,
    family: int,
    first: float,
    second: float,
    state: State,
) -> float:
    """New share of the prior for one magnitude, with det(-a) still positive.

    `pull` is the change of the determinant's logarithm by magnitude: the magnitude
    must stay on one side of the zero of an affine function.
    """
    low, high = 0.0, 1.0
    if pull != 0.0:
        magnitude = quantile(share, family, first, second)
        bound = share_below(magnitude - 1.0 / pull, family, first, second)
        if pull > 0.0:
            low = bound
        else:
            high = bound
    return low + (high - low) * uniform(state)


@njit(cache=True)
def fill(
    a: Floats,
    tail: Ints,
    head: Ints,
    drawn: Ints,
    unit: Ints,
    tie: Ints,
    place: Ints,
    limited: Ints,
    edge_share: Floats,
    limit_share: Floats,
    kept: Ints,
    chosen: Ints,
    family: int,
    first: float,
    second: float,
) -> None:
    """Write the matrix that the shares stand for."""
    a[:, :] = 0.0
    for q in range(len(limited)):
        size = quantile(limit_share[q], family, first, second)
        a[limited[q], limited[q]] -= size
    for e in range(len(tail)):
        size = quantile(edge_share[e], family, first, second)
        value = effect(e, size, drawn, unit, tie, place, kept, chosen)
        a[head[e], tail[e]] += value


@njit(cache=True)
def keep_unit(
    a: Floats,
    inverse: Floats,
    tail: Ints,
    head: Ints,
    drawn: Ints,
    unit: Ints,
    tie: Ints,
    place: Ints,
    edge_share: Floats,
    kept: Ints,
    chosen: Ints,
    which: int,
    new: int,
    family: int,
    first: float,
    second: float,
    work: Floats,
) -> bool:
    """Set a unit of uncertain edges present or absent; False if refused on the way.

    Edges come in one order and go in the other, so that both ways pass the same
    states; after a refusal the matrix must be filled anew.
    """
    old = kept[which]
    if new == old:
        return True
    edges = len(tail)
    for step in range(edges):
        e = step if new else edges - 1 - step
        if unit[e] != which:
            continue
        size = quantile(edge_share[e], family, first, second)
        before = effect(e, size, drawn, unit, tie, place, kept, chosen)
        kept[which] = new
        after = effect(e, size, drawn, unit, tie, place, kept, chosen)
        kept[which] = old
        if not move(a, inverse, head[e], tail[e], after - before, work):
            return False
    kept[which] = new
    return True


@njit(cache=True)
def choose_sign(
    a: Floats,
    inverse: Floats,
    tail: Ints,
    head: Ints,
    drawn: Ints,
    unit: Ints,
    tie: Ints,
    place: Ints,
    edge_share: Floats,
    kept: Ints,
    chosen: Ints,
    which: int,
    new: int,
    family: int,
    first: float,
    second: float,
    work: Floats,
) -> None:
    """Set a disputed tie to one of its edges, all at the same entry, if allowed."""
    old = chosen[which]
    change, at = 0.0, -1
    for e in range(len(tail)):
        if tie[e] != which:
            continue
        at = e
        size = quantile(edge_share[e], family, first, second)
        change -= effect(e, size, drawn, unit, tie, place, kept, chosen)
        chosen[which] = new
        change += effect(e, size, drawn, unit, tie, place, kept, chosen)
        chosen[which] = old
    if move(a, inverse, head[at], tail[at], change, work):
        chosen[which] = new


@njit(cache=True)
def redraw_edge(
    a: Floats,
    inverse: Floats,
    e: int,
    tail: Ints,
    head: Ints,
    sign: Ints,
    drawn: Ints,
    unit: Ints,
    tie: Ints,
    place: Ints,
    edge_share: Floats,
    kept: Ints,
    chosen: Ints,
    family: int,
    first: float,
    second: float,
    state: State,
    work: Floats,
) -> None:
    """Draw the magnitude of one edge anew, and its sign if that is unknown."""
    old_sign = drawn[e]
    here = quantile(edge_share[e], family, first, second)
    value = effect(e, here, drawn, unit, tie, place, kept, chosen)
    if sign[e] == 0:
        drawn[e] = 1 if uniform(state) < 0.5 else -1
    if value == 0.0 or sign[e] == 0:
        share = uniform(state)
    else:
        pull = drawn[e] * inverse[tail[e], head[e]]
        share = redraw(edge_share[e], pull, family, first, second, state)
    there = quantile(share, family, first, second)
    after = effect(e, there, drawn, unit, tie, place, kept, chosen)
    if move(a, inverse, head[e], tail[e], after - value, work):
        edge_share[e] = share
    else:
        drawn[e] = old_sign


@njit(cache=True)
def redraw_limit(
    a: Floats,
    inverse: Floats,
    node: int,
    which: int,
    limit_share: Floats,
    family: int,
    first: float,
    second: float,
    state: State,
    work: Floats,
) -> None:
    """Draw the self-limit of one node anew."""
    here = quantile(limit_share[which], family, first, second)
    share = redraw(
        limit_share[which], -inverse[node, node], family, first, second, state
    )
    there = quantile(share, family, first, second)
    if move(a, inverse, node, node, here - there, work):
        limit_share[which] = share


@njit(cache=True)
def beta_of_counts(successes: int, failures: int, state: State) -> float:
    """Draw from Beta(1 + successes, 1 + failures) as a share of waiting times."""
    top = 0.0
    for _ in range(1 + successes):
        top -= np.log(uniform(state))
    bottom = top
    for _ in range(1 + failures):
        bottom -= np.log(uniform(state))
    return top / bottom


@njit(cache=True)
def chance_of(which: int, kept: Ints, units: int) -> float:
    """Chance of one unit given the others, their common chance averaged over.

    That is uniform before anything is seen, so that this is Laplace's rule of
    succession. Left out of the walk, it does not hold the units back.
    """
    others = kept[:units].sum() - kept[which]
    return float((1.0 + others) / (1.0 + units))


@njit(cache=True, nogil=True)
def walk(
    tail: Ints,
    head: Ints,
    sign: Ints,
    unit: Ints,
    tie: Ints,
    place: Ints,
    tie_size: Ints,
    limited: Ints,
    units: int,
    size: int,
    reinforcing: bool,
    independent: bool,
    family: int,
    first: float,
    second: float,
    edge_share: Floats,
    limit_share: Floats,
    kept: Ints,
    chosen: Ints,
    drawn: Ints,
    burn: int,
    thin: int,
    state: State,
    weights: Floats,
    limits: Floats,
    chance: Floats,
) -> tuple[int, int]:
    """Fill weights (samples, e), limits (samples, q) and chance (samples,).

    Starts at the stable matrix given by the shares, which are overwritten. A
    proposal is a run of single moves, at random places, each keeping det(-a) > 0:
    one magnitude anew from its prior cut off at the bound; a sign, a unit or a tie
    anew from its own. Such a run is reversible under the prior cut off at
    det(-a) > 0, so that taking it exactly if the end is stable is reversible under
    the prior cut off at stability. Between runs nodes are rescaled. The length of runs
    is fitted while burning in. Returns proposals and how many were taken.
    """
    edges, caps, ties = len(tail), len(limited), len(tie_size)
    places = edges + caps + units + ties
    a = np.empty((size, size))
    inverse = np.empty((size, size))
    work = np.empty((size, size))
    old_a, old_inverse = a.copy(), inverse.copy()
    touching, touching_start = incidence(tail, head, size)
    fill(
        a, tail, head, drawn, unit, tie, place, limited, edge_share, limit_share,
        kept, chosen, family, first, second,
    )  # fmt: skip
    invert(a, inverse, work)
    length = places if reinforcing else max(1, places // 2)
    proposed, taken, since, lately = 0, 0, 0, 0
    lengths = 0.0
    total = burn + thin * len(chance)
    for turn in range(total):
        if turn % 32 == 0:
            fill(
                a, tail, head, drawn, unit, tie, place, limited, edge_share,
                limit_share, kept, chosen, family, first, second,
            )  # fmt: skip
            invert(a, inverse, work)
        old_a[:, :] = a
        old_inverse[:, :] = inverse
        old_edge, old_limit = edge_share.copy(), limit_share.copy()
        old_kept, old_chosen, old_drawn = kept.copy(), chosen.copy(), drawn.copy()
        broken = False
        # Runs of many lengths: short ones leave places that long ones cannot.
        run = places if reinforcing else 1 + int(uniform(state) * (2 * length - 1))
        for _ in range(run):
            if uniform(state) < QUICKER:
                rescale(
                    a, inverse, int(uniform(state) * size), False, tail, head, drawn,
                    unit, tie, place, limited, edge_share, limit_share, kept, chosen,
                    family, first, second, state, touching, touching_start,
                )  # fmt: skip
                continue
            at = int(uniform(state) * places)
            if units > 0 and uniform(state) < COMING:
                at = edges + caps + int(uniform(state) * units)
            if at < edges:
                redraw_edge(
                    a, inverse, at, tail, head, sign, drawn, unit, tie, place,
                    edge_share, kept, chosen, family, first, second, state, work,
                )  # fmt: skip
            elif at < edges + caps:
                redraw_limit(
                    a, inverse, limited[at - edges], at - edges, limit_share,
                    family, first, second, state, work,
                )  # fmt: skip
            elif at < edges + caps + units:
                which = at - edges - caps
                odds = 0.5 if independent else chance_of(which, kept, units)
                if not keep_unit(
                    a, inverse, tail, head, drawn, unit, tie, place, edge_share, kept,
                    chosen, which, 1 if uniform(state) < odds else 0,
                    family, first, second, work,
                ):  # fmt: skip
                    fill(
                        a, tail, head, drawn, unit, tie, place, limited, edge_share,
                        limit_share, kept, chosen, family, first, second,
                    )  # fmt: skip
                    broken = not invert(a, inverse, work)
            else:
                which = at - edges - caps - units
                choose_sign(
                    a, inverse, tail, head, drawn, unit, tie, place, edge_share, kept,
                    chosen, which, int(uniform(state) * tie_size[which]),
                    family, first, second, work,
                )  # fmt: skip
            if broken:
                break
        proposed += 1
        since += 1
        good = not broken
        if good and reinforcing:
            good = dominated(a, work)
        elif good:
            good = all_left(a, work)
        if good:
            taken += 1
            lately += 1
        else:
            a[:, :] = old_a
            inverse[:, :] = old_inverse
            edge_share[:] = old_edge
            limit_share[:] = old_limit
            kept[:] = old_kept
            chosen[:] = old_chosen
            drawn[:] = old_drawn
        for _ in range(size):
            rescale(
                a, inverse, int(uniform(state) * size), True, tail, head, drawn,
                unit, tie, place, limited, edge_share, limit_share, kept, chosen,
                family, first, second, state, touching, touching_start,
            )  # fmt: skip
        if turn < burn and not reinforcing and since == 8:
            if lately >= 4:
                length = min(2 * places, length + length // 2 + 1)
            elif lately <= 1:
                length = max(1, length // 2)
            since, lately = 0, 0
        # The length wanders about the best one; what is kept is its later average.
        if turn < burn and 2 * turn >= burn:
            lengths += np.log(length)
            if turn == burn - 1 and not reinforcing:
                length = max(1, int(np.exp(lengths / (burn - (burn + 1) // 2)) + 0.5))
        if turn >= burn and (turn - burn + 1) % thin == 0:
            s = (turn - burn) // thin
            chance[s] = 0.5
            if not independent:
                there_are = kept[:units].sum()
                chance[s] = beta_of_counts(there_are, units - there_are, state)
            for e in range(edges):
                here = quantile(edge_share[e], family, first, second)
                weights[s, e] = effect(e, here, drawn, unit, tie, place, kept, chosen)
            for q in range(caps):
                limits[s, q] = -quantile(limit_share[q], family, first, second)
    return proposed, taken
