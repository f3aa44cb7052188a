"""Log-likelihoods with first and second derivatives, in one pass over the rows."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Places = NDArray[np.int32]
Flags = NDArray[np.bool_]

EFRON, BRESLOW = 0, 1


@njit(cache=True, fastmath={"contract", "reassoc", "nsz"})
def logit_sums(
    x: Floats, y: Floats, offset: Floats, beta: Floats, grad: Floats, curve: Floats
) -> float:
    """Log-likelihood of a logistic regression; its derivatives go to the arrays."""
    rows, p = x.shape
    grad[:] = 0.0
    curve[:] = 0.0
    total = 0.0
    for r in range(rows):
        eta = offset[r]
        for j in range(p):
            eta += x[r, j] * beta[j]
        part = math.exp(-abs(eta))
        total += y[r] * eta - max(eta, 0.0) - math.log1p(part)
        mean = 1.0 / (1.0 + part) if eta >= 0 else part / (1.0 + part)
        spread = part / ((1.0 + part) * (1.0 + part))
        left = y[r] - mean
        for j in range(p):
            grad[j] += left * x[r, j]
            weighted = spread * x[r, j]
            if weighted != 0.0:
                for k in range(j + 1):
                    curve[j, k] += weighted * x[r, k]
    for j in range(p):
        for k in range(j):
            curve[k, j] = curve[j, k]
    return total


@njit(cache=True, fastmath={"contract", "reassoc", "nsz"})
def strata_sums(
    x: Floats,
    case: Flags,
    begin: Ints,
    offset: Floats,
    rest: Floats,
    beta: Floats,
    ties: int,
    eta: Floats,
    grad: Floats,
    curve: Floats,
) -> float:
    """Log partial likelihood of strata; its derivatives go to the arrays.

    `begin` has one entry more than there are strata. `rest` is what the controls that
    are left out of the rows, since all their terms are 0, add to the denominator:
    their exp(offset). `eta` is room for one number a row.
    """
    p = x.shape[1]
    grad[:] = 0.0
    curve[:] = 0.0
    total = 0.0
    s1, d1, mean = np.zeros(p), np.zeros(p), np.zeros(p)
    s2, d2 = np.zeros((p, p)), np.zeros((p, p))
    for s in range(begin.shape[0] - 1):
        first, last = begin[s], begin[s + 1]
        top = 0.0
        cases = 0
        for r in range(first, last):
            value = offset[r]
            for j in range(p):
                value += x[r, j] * beta[j]
            eta[r] = value
            top = max(top, value)
            cases += case[r]
        if cases == 0:
            continue
        s0, d0 = rest[s] * math.exp(-top), 0.0
        s1[:] = 0.0
        s2[:] = 0.0
        several = cases > 1 and ties == EFRON
        if several:
            d1[:] = 0.0
            d2[:] = 0.0
        for r in range(first, last):
            weight = math.exp(eta[r] - top)
            s0 += weight
            for j in range(p):
                part = weight * x[r, j]
                if part != 0.0:
                    s1[j] += part
                    for k in range(j + 1):
                        s2[j, k] += part * x[r, k]
            if case[r]:
                total += eta[r]
                d0 += weight
                for j in range(p):
                    grad[j] += x[r, j]
                if several:
                    for j in range(p):
                        part = weight * x[r, j]
                        d1[j] += part
                        for k in range(j + 1):
                            d2[j, k] += part * x[r, k]
        for at in range(cases):
            share = at / cases if several else 0.0
            under = s0 - share * d0
            total -= math.log(under) + top
            for j in range(p):
                mean[j] = (s1[j] - share * d1[j]) / under
                grad[j] -= mean[j]
            for j in range(p):
                for k in range(j + 1):
                    curve[j, k] += (s2[j, k] - share * d2[j, k]) / under
                    curve[j, k] -= mean[j] * mean[k]
    for j in range(p):
        for k in range(j):
            curve[k, j] = curve[j, k]
    return total


@njit(cache=True, fastmath={"contract", "reassoc", "nsz"})
def strata_products(
    x: Floats,
    case: Flags,
    begin: Ints,
    offset: Floats,
    beta: Floats,
    ties: int,
    source: Ints,
    target: Ints,
    place: Places,
    alone: Floats,
    by_pair: Floats,
    by_way: Floats,
    by_source: Floats,
    by_target: Floats,
) -> None:
    """Add up the score residuals of all rows by cluster; none of them is kept.

    `place[r]` is the row of `by_pair` for the pair of row r, or -1 where no other row
    has that pair: `alone` (p, p) takes the outer product of its score. `by_way` has
    two rows for each of `by_pair`, one for each direction.
    """
    p = x.shape[1]
    s1, d1, score = np.zeros(p), np.zeros(p), np.zeros(p)
    others, own = np.zeros(p), np.zeros(p)
    most = 0
    for s in range(begin.shape[0] - 1):
        most = max(most, begin[s + 1] - begin[s])
    weight = np.zeros(most)
    for s in range(begin.shape[0] - 1):
        first, last = begin[s], begin[s + 1]
        top = -math.inf
        cases = 0
        for r in range(first, last):
            value = offset[r]
            for j in range(p):
                value += x[r, j] * beta[j]
            weight[r - first] = value
            top = max(top, value)
            cases += case[r]
        if cases == 0:
            continue
        s0, d0 = 0.0, 0.0
        s1[:] = 0.0
        d1[:] = 0.0
        for r in range(first, last):
            part = math.exp(weight[r - first] - top)
            weight[r - first] = part
            s0 += part
            for j in range(p):
                s1[j] += part * x[r, j]
            if case[r]:
                d0 += part
                for j in range(p):
                    d1[j] += part * x[r, j]
        # Over the cases' denominators: how often a row's weight counts, at which means.
        outside, inside = 0.0, 0.0
        others[:] = 0.0
        own[:] = 0.0
        score[:] = 0.0
        for at in range(cases):
            share = at / cases if ties == EFRON else 0.0
            under = s0 - share * d0
            outside += 1.0 / under
            inside += (1.0 - share) / under
            for j in range(p):
                mean = (s1[j] - share * d1[j]) / under
                others[j] += mean / under
                own[j] += (1.0 - share) * mean / under
                score[j] += mean / cases
        d1[:] = score
        for r in range(first, last):
            w = weight[r - first]
            if case[r]:
                for j in range(p):
                    score[j] = x[r, j] * (1.0 - w * inside) + w * own[j] - d1[j]
            else:
                for j in range(p):
                    score[j] = w * (others[j] - x[r, j] * outside)
            a, b, at = source[r], target[r], place[r]
            way = 2 * at + (1 if a < b else 0)
            for j in range(p):
                by_source[a, j] += score[j]
                by_target[b, j] += score[j]
            if at < 0:
                for j in range(p):
                    for k in range(p):
                        alone[j, k] += score[j] * score[k]
            else:
                for j in range(p):
                    by_pair[at, j] += score[j]
                    by_way[way, j] += score[j]


@njit(cache=True)
def exact_sums(
    x: Floats,
    case: Flags,
    begin: Ints,
    beta: Floats,
    grad: Floats,
    curve: Floats,
) -> float:
    """Exact conditional log-likelihood: each set of so many cases could have been it.

    The recursion of Gail, Lubin and Rubinstein (1981) over the rows of a stratum, with
    derivatives; cost grows with rows times cases times columns squared.
    """
    p = x.shape[1]
    grad[:] = 0.0
    curve[:] = 0.0
    total = 0.0
    for s in range(begin.shape[0] - 1):
        first, last = begin[s], begin[s + 1]
        cases, middle = 0, 0.0
        for r in range(first, last):
            eta = 0.0
            for j in range(p):
                eta += x[r, j] * beta[j]
            middle += eta / (last - first)
            if case[r]:
                cases += 1
                total += eta
                for j in range(p):
                    grad[j] += x[r, j]
        if cases == 0 or cases == last - first:
            for r in range(first, last):
                if case[r]:
                    for j in range(p):
                        total -= x[r, j] * beta[j]
                        grad[j] -= x[r, j]
            continue
        b0 = np.zeros(cases + 1)
        b1 = np.zeros((cases + 1, p))
        b2 = np.zeros((cases + 1, p, p))
        b0[0] = 1.0
        log_scale = 0.0
        for r in range(first, last):
            eta = -middle
            for j in range(p):
                eta += x[r, j] * beta[j]
            w = math.exp(eta)
            done = r - first
            for c in range(min(cases, done + 1), 0, -1):
                for j in range(p):
                    for k in range(j + 1):
                        b2[c, j, k] += w * (
                            b2[c - 1, j, k]
                            + x[r, j] * b1[c - 1, k]
                            + x[r, k] * b1[c - 1, j]
                            + x[r, j] * x[r, k] * b0[c - 1]
                        )
                for j in range(p):
                    b1[c, j] += w * (b1[c - 1, j] + x[r, j] * b0[c - 1])
                b0[c] += w * b0[c - 1]
            most = np.max(b0)
            if most > 1e100:
                b0 /= most
                b1 /= most
                b2 /= most
                log_scale += math.log(most)
        total -= math.log(b0[cases]) + log_scale + cases * middle
        for j in range(p):
            grad[j] -= b1[cases, j] / b0[cases]
            for k in range(j + 1):
                curve[j, k] += b2[cases, j, k] / b0[cases]
                curve[j, k] -= b1[cases, j] * b1[cases, k] / b0[cases] ** 2
    for j in range(p):
        for k in range(j):
            curve[k, j] = curve[j, k]
    return total
