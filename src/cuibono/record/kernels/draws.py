"""One draw of a simulated null: signs, their statistics, the fit, its studentised terms.

Who meets whom and when is the same in every draw, so the third actors of each row are
found once (`wedges`) and a draw walks along them without searching.
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cuibono.model.chance import uniform
from cuibono.record.kernels.history import (
    MIN,
    MOST_HALF_LIVES,
    PRODUCT,
    joined,
    kept,
    legs_of,
    wedge,
)
from cuibono.record.kernels.pairs import found

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Places = NDArray[np.int32]
Signs = NDArray[np.int8]
Flags = NDArray[np.bool_]
State = NDArray[np.uint64]

COLUMNS = 19
"""The sixteen statistics, then the long-run shares of sender, receiver and pair."""
PRIOR_EVENTS = 2.0


@njit(cache=True)
def wedges(
    n: int,
    source: Ints,
    target: Ints,
    pair: Places,
    after: Ints,
    low: Places,
    high: Places,
    start: Ints,
    keys: Ints,
    places: Places,
    begin: Ints,
    mine: Places,
    theirs: Places,
    fill: bool,
) -> int:
    """Count, or with `fill` write, the third actors of each row as two pairs."""
    pairs = low.shape[0]
    live = np.zeros(pairs, np.bool_)
    lists = np.empty(start[n], np.int32)
    third = np.empty(start[n], np.int32)
    count = np.zeros(n, np.int64)
    total, done = 0, 0
    for r in range(source.shape[0]):
        begin[r] = total
        while done < after[r]:
            q = pair[done]
            if not live[q]:
                live[q] = True
                joined(low[q], q, start, lists, third, count, high[q])
                joined(high[q], q, start, lists, third, count, low[q])
            done += 1
        a, b = source[r], target[r]
        near, far = (a, b) if count[a] <= count[b] else (b, a)
        for at in range(start[near], start[near] + count[near]):
            i = third[at]
            if i == far:
                continue
            key = i * n + far if i < far else far * n + i
            q = found(keys, places, key)
            if q < 0 or not live[q]:
                continue
            if fill:
                mine[total] = lists[at] if near == a else q
                theirs[total] = q if near == a else lists[at]
            total += 1
    begin[source.shape[0]] = total
    return total


@njit(cache=True)
def sign_pass(
    n: int,
    time: Floats,
    source: Ints,
    target: Ints,
    size: Floats,
    pair: Places,
    after: Ints,
    low: Places,
    high: Places,
    begin: Ints,
    mine: Places,
    theirs: Places,
    half_life: float,
    trim: float,
    form: int,
    both: bool,
    norm: float,
    sign: Signs,
    draw: bool,
    base: Floats,
    theta: Floats,
    state: State,
    out: Floats,
) -> None:
    """Fill `out` (m, 19) with the terms of every event, from the events before it.

    With `draw` the signs are drawn on the way: friendly with log-odds `base` plus
    `theta` times the terms.
    """
    pairs = low.shape[0]
    value = np.zeros((pairs, 4))
    tie = np.zeros((pairs, 2))
    tally = np.zeros((pairs, 2))
    degree = np.zeros((n, 4))
    run = np.zeros((n, 4))
    whole = np.ones(2)
    quick = both and trim == 0.0
    zero = time[0]
    done = 0
    s0 = s1 = s2 = s3 = 0.0
    for r in range(time.shape[0]):
        while done < after[r]:
            e = done
            done += 1
            q = pair[e]
            if (time[e] - zero) / half_life > MOST_HALF_LIVES:
                back = 2.0 ** (-(time[e] - zero) / half_life)
                value *= back
                tie *= back
                degree *= back
                zero = time[e]
            grown = 2.0 ** ((time[e] - zero) / half_life)
            least = trim * grown
            add = size[e] * grown
            a, b = source[e], target[e]
            bad = 0 if sign[e] > 0 else 1
            at = bad + (0 if low[q] == a else 2)
            value[q, at] = kept(value[q, at], least) + add
            tie[q, bad] += add
            degree[a, 2 * bad] = kept(degree[a, 2 * bad], least) + add
            degree[b, 2 * bad + 1] = kept(degree[b, 2 * bad + 1], least) + add
            tally[q, bad] += 1.0
            run[a, bad] += 1.0
            run[b, 2 + bad] += 1.0
            whole[bad] += 1.0
        grown = 2.0 ** ((time[r] - zero) / half_life)
        least = trim * grown
        factor = norm / grown
        a, b, q = source[r], target[r], pair[r]
        turn = 0 if low[q] == a else 2
        for k in range(4):
            out[r, k] = kept(value[q, (k + turn) & 3], least) * factor
            out[r, 4 + k] = kept(degree[a, k], least) * factor
            out[r, 8 + k] = kept(degree[b, k], least) * factor
        s0 = s1 = s2 = s3 = 0.0
        for at in range(begin[r], begin[r + 1]):
            u, v = mine[at], theirs[at]
            if quick:
                p1, n1, p2, n2 = tie[u, 0], tie[u, 1], tie[v, 0], tie[v, 1]
            else:
                i = low[u] + high[u] - a
                p1, n1 = legs_of(value, u, low[u] == a, both, least)
                p2, n2 = legs_of(value, v, low[v] == i, both, least)
            w0, w1, w2, w3 = wedge(form, p1, n1, p2, n2)
            s0, s1, s2, s3 = s0 + w0, s1 + w1, s2 + w2, s3 + w3
        power = factor
        if form == PRODUCT:
            power = factor * factor
        elif form != MIN:
            s0, s1, s2, s3 = math.sqrt(s0), math.sqrt(s1), math.sqrt(s2), math.sqrt(s3)
        out[r, 12] = s0 * power
        out[r, 13] = s1 * power
        out[r, 14] = s2 * power
        out[r, 15] = s3 * power
        for k in range(16):
            if out[r, k] != 0.0:
                out[r, k] = math.log(1.0 + out[r, k])
        share = whole[0] / (whole[0] + whole[1])
        plus, minus = PRIOR_EVENTS * share, PRIOR_EVENTS * (1.0 - share)
        level = math.log(whole[0] / whole[1])
        out[r, 16] = math.log((run[a, 0] + plus) / (run[a, 1] + minus)) - level
        out[r, 17] = math.log((run[b, 2] + plus) / (run[b, 3] + minus)) - level
        out[r, 18] = math.log((tally[q, 0] + plus) / (tally[q, 1] + minus)) - level
        if draw:
            eta = base[r]
            for k in range(COLUMNS):
                eta += theta[k] * out[r, k]
            sign[r] = 1 if uniform(state) * (1.0 + math.exp(-eta)) < 1.0 else -1


@njit(cache=True)
def shuffled(
    sign: Signs, order: Ints, begin: Ints, blocks: Ints, state: State, out: Signs
) -> None:
    """Signs with the blocks of each directed pair put in another order.

    `order` lists events by directed pair and time; `begin[g]` is where the blocks of
    pair g start in `blocks`, which holds where each block starts in `order`.
    """
    for g in range(begin.shape[0] - 1):
        first, last = begin[g], begin[g + 1]
        at = blocks[first]
        turn = np.arange(first, last)
        for k in range(last - first - 1, 0, -1):
            j = int(uniform(state) * (k + 1))
            turn[k], turn[j] = turn[j], turn[k]
        for k in range(last - first):
            for e in range(blocks[turn[k]], blocks[turn[k] + 1]):
                out[order[at]] = sign[order[e]]
                at += 1


@njit(cache=True)
def inverse(a: Floats, out: Floats) -> None:
    """Inverse of a symmetric matrix by Cholesky; empty directions come out as zero."""
    p = a.shape[0]
    low = np.zeros((p, p))
    for j in range(p):
        total = a[j, j]
        for k in range(j):
            total -= low[j, k] * low[j, k]
        if total <= 1e-10 * max(a[j, j], 1e-300):
            # Nothing left of this column: it hangs on those before it.
            low[j, j] = 0.0
            continue
        low[j, j] = math.sqrt(total)
        for i in range(j + 1, p):
            part = a[i, j]
            for k in range(j):
                part -= low[i, k] * low[j, k]
            low[i, j] = part / low[j, j]
    half = np.zeros((p, p))
    for j in range(p):
        if low[j, j] == 0.0:
            continue
        half[j, j] = 1.0 / low[j, j]
        for i in range(j + 1, p):
            if low[i, i] == 0.0:
                continue
            part = 0.0
            for k in range(j, i):
                part -= low[i, k] * half[k, j]
            half[i, j] = part / low[i, i]
    for i in range(p):
        for j in range(i + 1):
            part = 0.0
            for k in range(i, p):
                part += half[k, i] * half[k, j]
            out[i, j] = part
            out[j, i] = part


@njit(cache=True, fastmath={"contract", "reassoc", "nsz"})
def window_fit(
    x: Floats,
    sign: Signs,
    window: Ints,
    ridge: float,
    centre: float,
    beta: Floats,
    level: Floats,
    steps: int,
    enough: float,
    bread: Floats,
    means: Floats,
    left: Floats,
) -> int:
    """Logit of the sign with a level for each window of time; return the steps taken.

    `window[w]` is the first row of window w. Levels are drawn towards `centre` by
    `ridge`, so that a window with one sign only has a finite one. `beta` and `level`
    come as a start and leave as the estimate; `bread` becomes the inverse information
    of the terms, `means` (windows, p) their weighted means, `left` the residuals.
    """
    p = x.shape[1]
    count = window.shape[0] - 1
    grad, curve = np.zeros(p), np.zeros((p, p))
    s = np.zeros(p)
    push, mass = np.zeros(count), np.zeros(count)
    step = np.zeros(p)
    for turn in range(steps):
        grad[:] = 0.0
        curve[:] = 0.0
        for w in range(count):
            s[:] = 0.0
            g0 = -ridge * (level[w] - centre)
            d = ridge
            for r in range(window[w], window[w + 1]):
                eta = level[w]
                for j in range(p):
                    eta += x[r, j] * beta[j]
                eta = min(max(eta, -30.0), 30.0)
                mean = 1.0 / (1.0 + math.exp(-eta))
                spread = mean * (1.0 - mean)
                rest = (1.0 if sign[r] > 0 else 0.0) - mean
                left[r] = rest
                g0 += rest
                d += spread
                for j in range(p):
                    grad[j] += rest * x[r, j]
                    part = spread * x[r, j]
                    s[j] += part
                    for k in range(j + 1):
                        curve[j, k] += part * x[r, k]
            push[w], mass[w] = g0, d
            for j in range(p):
                mean_j = s[j] / d
                means[w, j] = mean_j
                grad[j] -= mean_j * g0
                for k in range(j + 1):
                    curve[j, k] -= mean_j * s[k]
        for j in range(p):
            for k in range(j):
                curve[k, j] = curve[j, k]
        inverse(curve, bread)
        gain = 0.0
        biggest = 0.0
        for j in range(p):
            step[j] = 0.0
            for k in range(p):
                step[j] += bread[j, k] * grad[k]
            gain += step[j] * grad[j]
        for w in range(count):
            gain += push[w] * push[w] / mass[w]
        if gain < enough:
            return turn
        for w in range(count):
            move = push[w] / mass[w]
            for j in range(p):
                move -= means[w, j] * step[j]
            biggest = max(biggest, abs(move))
            push[w] = move
        slow = min(1.0, 3.0 / biggest) if biggest > 0 else 1.0
        for w in range(count):
            level[w] += slow * push[w]
        for j in range(p):
            beta[j] += slow * step[j]
    return steps


@njit(cache=True, fastmath={"contract", "reassoc", "nsz"})
def robust_spread(
    x: Floats,
    window: Ints,
    bread: Floats,
    means: Floats,
    left: Floats,
    which: Ints,
    source: Ints,
    target: Ints,
    pair: Places,
    directed: Places,
    n: int,
    pairs: int,
    ways: int,
    out: Floats,
) -> None:
    """Variances of the terms `which`: by the model, by dyad, two-way (rows of `out`)."""
    p, k = x.shape[1], which.shape[0]
    sent, got = np.zeros((n, k)), np.zeros((n, k))
    both, way = np.zeros((pairs, k)), np.zeros((ways, k))
    shift = np.zeros(k)
    for w in range(window.shape[0] - 1):
        for t in range(k):
            shift[t] = 0.0
            for j in range(p):
                shift[t] += bread[which[t], j] * means[w, j]
        for r in range(window[w], window[w + 1]):
            for t in range(k):
                u = -shift[t]
                for j in range(p):
                    u += bread[which[t], j] * x[r, j]
                u *= left[r]
                sent[source[r], t] += u
                got[target[r], t] += u
                both[pair[r], t] += u
                way[directed[r], t] += u
    for t in range(k):
        out[0, t] = bread[which[t], which[t]]
        out[1, t] = np.sum(both[:, t] ** 2)
        out[2, t] = np.sum(sent[:, t] ** 2) + np.sum(got[:, t] ** 2)
        out[2, t] -= np.sum(way[:, t] ** 2)


@njit(cache=True)
def propensities(
    x: Floats,
    sign: Signs,
    group: Places,
    size: Ints,
    sweeps: int,
    hold: bool,
    theta: Floats,
    spread: Floats,
    effect: Floats,
    doubt: Floats,
    eta: Floats,
    b1: Floats,
) -> float:
    """Fit log-odds of a constant, terms and random levels of several groupings.

    `group` (g, m) is the level of each event in each grouping, `size[g]` how many
    there are. Levels of grouping g have variance `spread[g]`, updated with the fit.
    `effect` and `doubt` (g, most) are the levels and their variances given the data.
    With `hold` the variances stay as they are. Returns the constant; `eta` becomes the
    fitted log-odds, `b1` the inverse information of terms and constant, levels given.
    """
    groups, m = group.shape
    q = x.shape[1]
    plus = 0
    for r in range(m):
        plus += sign[r] > 0
    constant = math.log((plus + 0.5) / (m - plus + 0.5))
    eta[:] = constant
    for r in range(m):
        for j in range(q):
            eta[r] += theta[j] * x[r, j]
    most = effect.shape[1]
    grad, mass = np.zeros(most), np.zeros(most)
    g1, h1 = np.zeros(q + 1), np.zeros((q + 1, q + 1))
    for sweep in range(sweeps):
        g1[:] = 0.0
        h1[:] = 0.0
        for r in range(m):
            mean = 1.0 / (1.0 + math.exp(-min(max(eta[r], -30.0), 30.0)))
            rest = (1.0 if sign[r] > 0 else 0.0) - mean
            weight = mean * (1.0 - mean)
            g1[q] += rest
            h1[q, q] += weight
            for j in range(q):
                g1[j] += rest * x[r, j]
                h1[q, j] += weight * x[r, j]
                for k in range(j + 1):
                    h1[j, k] += weight * x[r, j] * x[r, k]
        for j in range(q + 1):
            for k in range(j):
                h1[k, j] = h1[j, k]
        inverse(h1, b1)
        for j in range(q + 1):
            move = 0.0
            for k in range(q + 1):
                move += b1[j, k] * g1[k]
            move = min(max(move, -1.0), 1.0)
            if j == q:
                constant += move
                for r in range(m):
                    eta[r] += move
            else:
                theta[j] += move
                for r in range(m):
                    eta[r] += move * x[r, j]
        for g in range(groups):
            grad[: size[g]] = 0.0
            mass[: size[g]] = 0.0
            for r in range(m):
                mean = 1.0 / (1.0 + math.exp(-min(max(eta[r], -30.0), 30.0)))
                grad[group[g, r]] += (1.0 if sign[r] > 0 else 0.0) - mean
                mass[group[g, r]] += mean * (1.0 - mean)
            tight = 1.0 / max(spread[g], 1e-6)
            total = 0.0
            for level in range(size[g]):
                curve = mass[level] + tight
                move = (grad[level] - tight * effect[g, level]) / curve
                move = min(max(move, -1.5), 1.5)
                effect[g, level] += move
                grad[level] = move
                doubt[g, level] = 1.0 / curve
                total += effect[g, level] ** 2 + 1.0 / curve
            for r in range(m):
                eta[r] += grad[group[g, r]]
            if sweep >= 2 and not hold:
                spread[g] = total / size[g]
    return constant


@njit(cache=True)
def fresh_levels(
    constant: float,
    group: Places,
    effect: Floats,
    doubt: Floats,
    noise: Floats,
    base: Floats,
) -> None:
    """Log-odds of each event with levels drawn as the data leave them in doubt."""
    base[:] = constant
    for g in range(group.shape[0]):
        for r in range(group.shape[1]):
            level = group[g, r]
            base[r] += effect[g, level] + math.sqrt(doubt[g, level]) * noise[g, level]


@njit(cache=True)
def wedge_parts(
    time: Floats,
    source: Ints,
    size: Floats,
    pair: Places,
    after: Ints,
    low: Places,
    high: Places,
    begin: Ints,
    mine: Places,
    theirs: Places,
    half_life: float,
    trim: float,
    form: int,
    both: bool,
    sign: Signs,
    rule: int,
    third: Places,
    part: Floats,
) -> None:
    """What each third actor of each row adds to one rule's sum; who it is, in `third`."""
    value = np.zeros((low.shape[0], 4))
    zero = time[0]
    done = 0
    for r in range(time.shape[0]):
        while done < after[r]:
            e = done
            done += 1
            q = pair[e]
            if (time[e] - zero) / half_life > MOST_HALF_LIVES:
                value *= 2.0 ** (-(time[e] - zero) / half_life)
                zero = time[e]
            grown = 2.0 ** ((time[e] - zero) / half_life)
            at = (0 if sign[e] > 0 else 1) + (0 if low[q] == source[e] else 2)
            value[q, at] = kept(value[q, at], trim * grown) + size[e] * grown
        grown = 2.0 ** ((time[r] - zero) / half_life)
        least = trim * grown
        for at in range(begin[r], begin[r + 1]):
            u, v = mine[at], theirs[at]
            i = low[u] + high[u] - source[r]
            third[at] = i
            p1, n1 = legs_of(value, u, low[u] == source[r], both, least)
            p2, n2 = legs_of(value, v, low[v] == i, both, least)
            first = n1 if rule & 1 else p1
            second = n2 if rule & 2 else p2
            if form == MIN:
                part[at] = min(first, second) / grown
            else:
                part[at] = first * second / (grown * grown)
