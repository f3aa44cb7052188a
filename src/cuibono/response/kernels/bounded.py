"""A saturating system in time: many draws at once, Adams-Bashforth of order four."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@njit(cache=True)
def slopes(
    x: Floats,
    push: Floats,
    tail: Ints,
    head: Ints,
    weights: Floats,
    lean: Floats,
    rate: Floats,
    held: Flags,
    out: Floats,
) -> None:
    """Fill dx/dt (n, d) for states (n, d): (S(lean + W x + push) - x) * rate."""
    n, d = x.shape
    for i in range(n):
        for k in range(d):
            out[i, k] = lean[i, k] + push[i]
    for e in range(tail.shape[0]):
        t, h = tail[e], head[e]
        for k in range(d):
            out[h, k] += weights[e, k] * x[t, k]
    for i in range(n):
        if held[i]:
            for k in range(d):
                out[i, k] = 0.0
        else:
            for k in range(d):
                out[i, k] = (1.0 / (1.0 + math.exp(-out[i, k])) - x[i, k]) * rate[i, k]


@njit(cache=True)
def _runge_kutta(
    x: Floats,
    step: float,
    push: Floats,
    tail: Ints,
    head: Ints,
    weights: Floats,
    lean: Floats,
    rate: Floats,
    held: Flags,
    work: Floats,
) -> None:
    """One classical step of order four, in place; `work` is (5, n, d)."""
    first, second, third, fourth, at = work[0], work[1], work[2], work[3], work[4]
    slopes(x, push, tail, head, weights, lean, rate, held, first)
    at[:] = x + 0.5 * step * first
    slopes(at, push, tail, head, weights, lean, rate, held, second)
    at[:] = x + 0.5 * step * second
    slopes(at, push, tail, head, weights, lean, rate, held, third)
    at[:] = x + step * third
    slopes(at, push, tail, head, weights, lean, rate, held, fourth)
    x += step / 6.0 * (first + 2.0 * second + 2.0 * third + fourth)


@njit(cache=True)
def run_phase(
    x: Floats,
    step: float,
    steps: int,
    push: Floats,
    tail: Ints,
    head: Ints,
    weights: Floats,
    lean: Floats,
    rate: Floats,
    held: Flags,
    every: int,
    seen: Floats,
    settled: float,
) -> int:
    """Advance states (n, d) under one push, in place; return the steps taken.

    After each `every` steps the state goes into `seen` (slots, n, d). Ends early once
    no slope is larger than `settled`; later slots are then filled with the last state.
    """
    n, d = x.shape
    past = np.zeros((4, n, d))
    work = np.empty((5, n, d))
    slots = seen.shape[0]
    for at in range(steps):
        now = past[at % 4]
        slopes(x, push, tail, head, weights, lean, rate, held, now)
        if at % 64 == 63 and settled > 0.0:
            largest = 0.0
            for i in range(n):
                for k in range(d):
                    largest = max(largest, abs(now[i, k]))
            if largest <= settled:
                for slot in range(at // max(every, 1), slots):
                    seen[slot] = x
                return at
        if at < 3:
            # Three steps of another kind: the history begins anew with each push.
            _runge_kutta(x, step, push, tail, head, weights, lean, rate, held, work)
        else:
            one, two, three = past[(at - 1) % 4], past[(at - 2) % 4], past[(at - 3) % 4]
            for i in range(n):
                for k in range(d):
                    x[i, k] += (
                        step
                        / 24.0
                        * (
                            55.0 * now[i, k]
                            - 59.0 * one[i, k]
                            + 37.0 * two[i, k]
                            - 9.0 * three[i, k]
                        )
                    )
        if every > 0 and (at + 1) % every == 0 and (at + 1) // every <= slots:
            seen[(at + 1) // every - 1] = x
    return steps
