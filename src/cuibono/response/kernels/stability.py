"""Whether a small real matrix is Hurwitz: all eigenvalues in the left half plane."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

EPSILON = 2.220446049250313e-16

# Sweeps with the guess as shift, power steps behind the guess, sweeps per eigenvalue.
AIMED, POWER_STEPS, MOST_ROUNDS = 4, 40, 60

# How far to the left, against the largest entry, an eigenvalue must be.
MARGIN = 1e-10


@njit(cache=True)
def dominated(a: Matrix, work: Matrix) -> bool:
    """Whether -a has the comparison matrix of a nonsingular M-matrix.

    That is enough for stability, and exact where all loops reinforce. Such a matrix
    has positive pivots in every order of elimination without exchanges.
    """
    size = a.shape[0]
    for i in range(size):
        if a[i, i] >= 0.0:
            return False
        for j in range(size):
            work[i, j] = -abs(a[i, j])
        work[i, i] = -a[i, i]
    for k in range(size):
        pivot = work[k, k]
        if not pivot > 0.0:
            return False
        for i in range(k + 1, size):
            if work[i, k] != 0.0:
                factor = work[i, k] / pivot
                row, top = work[i, k + 1 :], work[k, k + 1 :]
                for j in range(len(row)):
                    row[j] -= factor * top[j]
    return True


@njit(cache=True)
def determinant_positive(a: Matrix, work: Matrix) -> bool:
    """Whether det(-a) > 0, by elimination with row exchanges."""
    size = a.shape[0]
    for i in range(size):
        for j in range(size):
            work[i, j] = -a[i, j]
    positive = True
    for k in range(size):
        best = k
        for i in range(k + 1, size):
            if abs(work[i, k]) > abs(work[best, k]):
                best = i
        if work[best, k] == 0.0:
            return False
        if best != k:
            positive = not positive
            for j in range(k, size):
                work[k, j], work[best, j] = work[best, j], work[k, j]
        if work[k, k] < 0.0:
            positive = not positive
        for i in range(k + 1, size):
            if work[i, k] != 0.0:
                factor = work[i, k] / work[k, k]
                row, top = work[i, k + 1 :], work[k, k + 1 :]
                for j in range(len(row)):
                    row[j] -= factor * top[j]
    return positive


@njit(cache=True)
def to_hessenberg(h: Matrix) -> None:
    """Make a similar matrix with zeros under the first subdiagonal, in place."""
    size = h.shape[0]
    for m in range(1, size - 1):
        best = m
        for i in range(m + 1, size):
            if abs(h[i, m - 1]) > abs(h[best, m - 1]):
                best = i
        if h[best, m - 1] == 0.0:
            continue
        if best != m:
            for j in range(m - 1, size):
                h[m, j], h[best, j] = h[best, j], h[m, j]
            for i in range(size):
                h[i, m], h[i, best] = h[i, best], h[i, m]
        top = h[m, m:]
        for i in range(m + 1, size):
            if h[i, m - 1] != 0.0:
                factor = h[i, m - 1] / h[m, m - 1]
                h[i, m - 1] = 0.0
                row = h[i, m:]
                for j in range(len(row)):
                    row[j] -= factor * top[j]
                for r in range(size):
                    h[r, m] += factor * h[r, i]


@njit(cache=True)
def reflect_three(
    h: Matrix, k: int, low: int, high: int, x: float, y: float, z: float
) -> None:
    """Reflect rows and columns k to k + 2 so that (x, y, z) keeps its first only."""
    norm = np.sqrt(x * x + y * y + z * z)
    if norm == 0.0:
        return
    if x > 0.0:
        norm = -norm
    # Reflection I - beta v v' with v = (x - norm, y, z).
    v = x - norm
    beta = -1.0 / (norm * v)
    b0, b1, b2 = beta * v, beta * y, beta * z
    start = max(low, k - 1)
    row0 = h[k, start : high + 1]
    row1 = h[k + 1, start : high + 1]
    row2 = h[k + 2, start : high + 1]
    for j in range(len(row0)):
        part = v * row0[j] + y * row1[j] + z * row2[j]
        row0[j] -= part * b0
        row1[j] -= part * b1
        row2[j] -= part * b2
    columns = h[low : min(k + 3, high) + 1, k : k + 3]
    for i in range(columns.shape[0]):
        part = v * columns[i, 0] + y * columns[i, 1] + z * columns[i, 2]
        columns[i, 0] -= part * b0
        columns[i, 1] -= part * b1
        columns[i, 2] -= part * b2


@njit(cache=True)
def reflect_two(h: Matrix, k: int, low: int, high: int, x: float, y: float) -> None:
    """Reflect rows and columns k and k + 1 so that (x, y) keeps its first only."""
    norm = np.sqrt(x * x + y * y)
    if norm == 0.0:
        return
    if x > 0.0:
        norm = -norm
    v = x - norm
    beta = -1.0 / (norm * v)
    for j in range(k - 1, high + 1):
        part = (v * h[k, j] + y * h[k + 1, j]) * beta
        h[k, j] -= part * v
        h[k + 1, j] -= part * y
    for i in range(low, high + 1):
        part = (v * h[i, k] + y * h[i, k + 1]) * beta
        h[i, k] -= part * v
        h[i, k + 1] -= part * y


@njit(cache=True)
def chase(h: Matrix, low: int, high: int, total: float, area: float) -> None:
    """One double-shift QR sweep on rows and columns low to high (three or more).

    `total` and `area` are sum and product of the two shifts.
    """
    first = h[low, low]
    x = first * (first - total) + area + h[low, low + 1] * h[low + 1, low]
    y = h[low + 1, low] * (first + h[low + 1, low + 1] - total)
    z = h[low + 1, low] * h[low + 2, low + 1]
    for k in range(low, high - 1):
        reflect_three(h, k, low, high, x, y, z)
        if k > low:
            h[k + 1, k - 1] = 0.0
            h[k + 2, k - 1] = 0.0
        x = h[k + 1, k]
        y = h[k + 2, k]
        z = h[k + 3, k] if k + 3 <= high else 0.0
    reflect_two(h, high - 1, low, high, x, y)
    h[high, high - 2] = 0.0


@njit(cache=True)
def shifted_product(h: Matrix, shift: float, v: Vector, result: Vector) -> float:
    """Product of h + shift I, h Hessenberg, with v; also its largest magnitude."""
    largest = 0.0
    for i in range(h.shape[0]):
        start = max(i - 1, 0)
        row, part = h[i, start:], v[start:]
        total = shift * v[i]
        for j in range(len(row)):
            total += row[j] * part[j]
        result[i] = total
        largest = max(largest, abs(total))
    return largest


@njit(cache=True)
def rightmost_guess(h: Matrix) -> tuple[float, float]:
    """Guess sum and product of the two eigenvalues farthest to the right.

    Power steps on h moved to the right, then the pair that fits the last three
    vectors best. A guess only saves time: it serves as first shift of the QR.
    """
    size = h.shape[0]
    v, u, w = np.empty(size), np.empty(size), np.empty(size)
    shift = 0.0
    for i in range(size):
        shift -= 2.0 * h[i, i] / size
        v[i] = 1.0 + 0.37 * ((i * 7) % 5)
    for _ in range(POWER_STEPS):
        largest = shifted_product(h, shift, v, u)
        if largest == 0.0:
            return 0.0, 0.0
        v[:] = u / largest
    shifted_product(h, shift, v, u)
    shifted_product(h, shift, u, w)
    uu = uv = vv = wu = wv = 0.0
    for i in range(size):
        uu += u[i] * u[i]
        uv += u[i] * v[i]
        vv += v[i] * v[i]
        wu += w[i] * u[i]
        wv += w[i] * v[i]
    spread = uu * vv - uv * uv
    if uu == 0.0:
        return 0.0, 0.0
    if spread <= 1e-14 * uu * vv:
        single = wu / uu - shift
        return 2.0 * single, single * single
    total = (wu * vv - wv * uv) / spread
    area = (wu * uv - wv * uu) / spread
    return total - 2.0 * shift, area - total * shift + shift * shift


@njit(cache=True)
def eigenvalues_left(h: Matrix) -> bool:
    """Whether all eigenvalues of a Hessenberg matrix have negative real part.

    Francis's QR with double shifts, in place. The first sweeps aim at the rightmost
    eigenvalues, and the first one split off that is not to the left ends it. A
    matrix that does not converge counts as unstable.
    """
    high = h.shape[0] - 1
    rounds, sweeps = 0, 0
    # What lies on the axis by structure must not pass by round-off.
    margin = 0.0
    for i in range(high + 1):
        for j in range(max(i - 1, 0), high + 1):
            margin = max(margin, MARGIN * abs(h[i, j]))
    guess_total, guess_area = 0.0, 0.0
    aimed = AIMED if high > 5 else 0
    if aimed > 0:
        guess_total, guess_area = rightmost_guess(h)
    while high >= 0:
        low = high
        while low > 0:
            scale = abs(h[low - 1, low - 1]) + abs(h[low, low])
            if abs(h[low, low - 1]) <= EPSILON * scale:
                h[low, low - 1] = 0.0
                break
            low -= 1
        if low == high:
            if not h[high, high] < -margin:
                return False
            high -= 1
            rounds = 0
            continue
        total = h[high - 1, high - 1] + h[high, high]
        area = h[high - 1, high - 1] * h[high, high]
        area -= h[high - 1, high] * h[high, high - 1]
        if low == high - 1:
            if not (total < -2.0 * margin and area > -margin * total):
                return False
            high -= 2
            rounds = 0
            continue
        rounds += 1
        sweeps += 1
        if rounds > MOST_ROUNDS:
            return False
        if sweeps <= aimed:
            total, area = guess_total, guess_area
        elif rounds % 10 == 0:
            # A shift from elsewhere, where the usual one goes round in circles.
            size = abs(h[high, high - 1]) + abs(h[high - 1, high - 2])
            total, area = 1.5 * size, size * size
        chase(h, low, high, total, area)
    return True


@njit(cache=True)
def hurwitz(a: Matrix, reinforcing: bool, work: Matrix) -> bool:
    """Whether all eigenvalues of a have negative real part; `work` is overwritten.

    Cheap tests first: dominance is enough (and exact where all loops reinforce),
    a negative trace and det(-a) > 0 are needed, and eigenvalues decide the rest.
    """
    size = a.shape[0]
    if dominated(a, work):
        return True
    if reinforcing:
        return False
    trace = 0.0
    for i in range(size):
        trace += a[i, i]
    if trace >= 0.0 or not determinant_positive(a, work):
        return False
    work[:, :] = a
    to_hessenberg(work)
    return eigenvalues_left(work)


@njit(cache=True)
def all_left(a: Matrix, work: Matrix) -> bool:
    """Whether all eigenvalues of a have negative real part, by eigenvalues alone.

    For callers who know already that det(-a) > 0.
    """
    work[:, :] = a
    to_hessenberg(work)
    return eigenvalues_left(work)
