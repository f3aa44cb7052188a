"""Whether matrices side by side are Hurwitz, by the coefficients of Routh and Hurwitz.

Householder's reflections bring all lanes to Hessenberg form, a recursion gives the
characteristic polynomials, and Routh's scheme judges them. Bounds on the round-off are
carried along, and whoever is within them is told so.

References
----------
Wilkinson (1965), The Algebraic Eigenvalue Problem, ch. 6 and 7 (Hyman's recursion).
Gantmacher (1959), The Theory of Matrices, vol. 2, ch. XV (Routh's scheme).
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Matrices tested side by side: a block of twelve nodes still fits the nearest cache.
LANES = 32

# Beyond this size coefficients lose too many digits: such blocks are judged one by one.
MOST_NODES = 16

# Round-off of a coefficient against the sum of the magnitudes of its terms, generously.
ROUND_OFF = 2e-13

# How far entries are moved for that sum, against the largest one: errors are far less.
AWAY = 0.03


@njit(cache=True, error_model="numpy")
def judged(a: Floats, reinforcing: bool) -> Floats:
    """Verdict (lanes,) on matrices (k, k, lanes): 1 stable, 0 not, 0.5 too near to say.

    The matrices are overwritten. Where all loops reinforce, pivots decide.
    """
    verdict = np.ones(LANES)
    if reinforcing:
        judge_by_pivots(a, verdict)
    elif a.shape[0] > MOST_NODES:
        verdict[:] = 0.5
    else:
        reflect_lanes(a)
        judge_by_routh(a, verdict)
    return verdict


@njit(cache=True, error_model="numpy")
def judge_by_pivots(a: Floats, verdict: Floats) -> None:
    """Stable exactly if the comparison matrix of -a has positive pivots."""
    size = a.shape[0]
    for i in range(size):
        for j in range(size):
            for lane in range(LANES):
                a[i, j, lane] = -a[i, j, lane] if i == j else -abs(a[i, j, lane])
    for k in range(size):
        for lane in range(LANES):
            good = a[k, k, lane] > 0.0
            verdict[lane] *= 1.0 if good else 0.0
            a[k, k, lane] = a[k, k, lane] if good else 1.0
        for i in range(k + 1, size):
            for lane in range(LANES):
                a[i, k, lane] /= a[k, k, lane]
            for j in range(k + 1, size):
                for lane in range(LANES):
                    a[i, j, lane] -= a[i, k, lane] * a[k, j, lane]


@njit(cache=True, error_model="numpy")
def reflect_lanes(a: Floats) -> None:
    """Bring matrices to Hessenberg form by reflections, in place."""
    size = a.shape[0]
    v, beta, part = np.empty((size, LANES)), np.empty(LANES), np.empty(LANES)
    for m in range(1, size - 1):
        beta[:] = 0.0
        for i in range(m, size):
            for lane in range(LANES):
                v[i, lane] = a[i, m - 1, lane]
                beta[lane] += v[i, lane] * v[i, lane]
        for lane in range(LANES):
            norm = np.sqrt(beta[lane])
            norm = -norm if v[m, lane] > 0.0 else norm
            v[m, lane] -= norm
            product = norm * v[m, lane]
            beta[lane] = -1.0 / product if product != 0.0 else 0.0
            a[m, m - 1, lane] = norm
        for j in range(m, size):
            part[:] = 0.0
            for i in range(m, size):
                for lane in range(LANES):
                    part[lane] += v[i, lane] * a[i, j, lane]
            for lane in range(LANES):
                part[lane] *= beta[lane]
            for i in range(m, size):
                for lane in range(LANES):
                    a[i, j, lane] -= part[lane] * v[i, lane]
        for i in range(size):
            part[:] = 0.0
            for j in range(m, size):
                for lane in range(LANES):
                    part[lane] += a[i, j, lane] * v[j, lane]
            for lane in range(LANES):
                part[lane] *= beta[lane]
            for j in range(m, size):
                for lane in range(LANES):
                    a[i, j, lane] -= part[lane] * v[j, lane]


@njit(cache=True, error_model="numpy")
def coefficients(h: Floats, poly: Floats, total: Floats) -> None:
    """Characteristic polynomials of Hessenberg matrices, and the sums of magnitudes.

    `poly[k, d]` is the coefficient of degree d of the leading k rows and columns;
    `total` is what comes out with every entry made positive and moved away from zero,
    so that it also bounds what errors in the entries, zeros among them, can do.
    """
    size = h.shape[0]
    factor, whole, away = np.empty(LANES), np.empty(LANES), np.zeros(LANES)
    for i in range(size):
        for j in range(max(i - 1, 0), size):
            for lane in range(LANES):
                away[lane] = max(away[lane], AWAY * abs(h[i, j, lane]))
    poly[0, 0] = 1.0
    total[0, 0] = 1.0
    for k in range(1, size + 1):
        poly[k, 0] = 0.0
        total[k, 0] = 0.0
        for d in range(k):
            for lane in range(LANES):
                poly[k, d + 1, lane] = poly[k - 1, d, lane]
                total[k, d + 1, lane] = total[k - 1, d, lane]
        for lane in range(LANES):
            factor[lane] = 1.0
            whole[lane] = 1.0
        for i in range(k, 0, -1):
            if i < k:
                for lane in range(LANES):
                    factor[lane] *= h[i, i - 1, lane]
                    whole[lane] *= abs(h[i, i - 1, lane]) + away[lane]
            for d in range(i):
                for lane in range(LANES):
                    entry = h[i - 1, k - 1, lane]
                    term = whole[lane] * (abs(entry) + away[lane])
                    poly[k, d, lane] -= factor[lane] * entry * poly[i - 1, d, lane]
                    total[k, d, lane] += term * total[i - 1, d, lane]


@njit(cache=True, error_model="numpy")
def judge_by_routh(h: Floats, verdict: Floats) -> None:
    """Judge Hessenberg matrices by the signs in the first column of Routh's scheme."""
    size = h.shape[0]
    poly = np.empty((size + 1, size + 1, LANES))
    total = np.empty((size + 1, size + 1, LANES))
    coefficients(h, poly, total)
    half = size // 2 + 2
    upper, lower = np.zeros((half, LANES)), np.zeros((half, LANES))
    upper_off, lower_off = np.zeros((half, LANES)), np.zeros((half, LANES))
    for d in range(size, -1, -1):
        at = (size - d) // 2
        row, off = (upper, upper_off) if (size - d) % 2 == 0 else (lower, lower_off)
        for lane in range(LANES):
            row[at, lane] = poly[size, d, lane]
            off[at, lane] = ROUND_OFF * total[size, d, lane] if d < size else 0.0
    for step in range(size):
        for lane in range(LANES):
            first, off = lower[0, lane], lower_off[0, lane]
            seen = 1.0 if first > off else (0.0 if first < -off else 0.5)
            # What was judged stays so: after the first failure numbers mean nothing.
            verdict[lane] = seen if verdict[lane] == 1.0 else verdict[lane]
            lower[0, lane] = first if first > off else 1.0
        reduce_rows(upper, upper_off, lower, lower_off, (size - step) // 2 + 1)
        upper, lower = lower, upper
        upper_off, lower_off = lower_off, upper_off


@njit(cache=True, error_model="numpy")
def reduce_rows(
    upper: Floats, upper_off: Floats, lower: Floats, lower_off: Floats, count: int
) -> None:
    """Replace the upper row of Routh's scheme by the one after the lower, with bounds."""
    ratio, doubt = np.empty(LANES), np.empty(LANES)
    for lane in range(LANES):
        ratio[lane] = upper[0, lane] / lower[0, lane]
        off = upper_off[0, lane] + ratio[lane] * lower_off[0, lane]
        doubt[lane] = off / lower[0, lane] + 1e-15 * ratio[lane]
    last = upper.shape[0] - 1
    for j in range(min(count, last)):
        for lane in range(LANES):
            below = lower[j + 1, lane]
            off = upper_off[j + 1, lane] + ratio[lane] * lower_off[j + 1, lane]
            upper_off[j, lane] = off + doubt[lane] * abs(below)
            upper[j, lane] = upper[j + 1, lane] - ratio[lane] * below
    for lane in range(LANES):
        upper[last, lane] = 0.0
        upper_off[last, lane] = 0.0
