"""Bits that it takes to tell signs by way of groups, and groups that take few."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cuibono.balance.kernels.relaxed import shifted
from cuibono.model.chance import uniform

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Signs = NDArray[np.int8]
State = NDArray[np.uint64]

FREE, BALANCED = 0, 1


@njit(cache=True)
def sign_bits(plus: float, minus: float) -> float:
    """Bits of so many signs under their own share of positive ones."""
    bits, total = 0.0, plus + minus
    for part in (plus, minus):
        if part > 0:
            bits -= part * math.log2(part / total)
    return bits


@njit(cache=True)
def grouping_bits(size: Ints) -> float:
    """Bits of who is in which group: how many groups, how large they are, and who."""
    n, k, bits = 0, 0, 0.0
    for one in size:
        n += one
        k += one > 0
        bits -= math.lgamma(one + 1.0)
    if n == 0:
        return 0.0
    bits += math.lgamma(n + 1.0) + math.log(n)
    bits += math.lgamma(n) - math.lgamma(k) - math.lgamma(n - k + 1.0)
    return bits / math.log(2.0)


@njit(cache=True)
def code_bits(blocks: Ints, size: Ints, kind: int) -> float:
    """Bits of signs, chances and groups; `blocks` (2, k, k) counts + and - ties."""
    k, inside, outside, bits, ties, groups = size.shape[0], 0, 0, 0.0, 0, 0
    wrong_in, wrong_out = 0, 0
    for c in range(k):
        groups += size[c] > 0
        for d in range(c, k):
            plus, minus = blocks[0, c, d], blocks[1, c, d]
            if d > c:
                plus += blocks[0, d, c]
                minus += blocks[1, d, c]
            ties += plus + minus
            if kind == FREE:
                bits += sign_bits(plus, minus)
            elif d == c:
                inside, wrong_in = inside + plus + minus, wrong_in + minus
            else:
                outside, wrong_out = outside + plus + minus, wrong_out + plus
    chances = groups * (groups + 1) / 2
    if kind == BALANCED:
        # A chance on the wrong side of a half is not balance: then a half is taken.
        bits = (
            sign_bits(inside - wrong_in, wrong_in) if 2 * wrong_in < inside else inside
        )
        if 2 * wrong_out < outside:
            bits += sign_bits(outside - wrong_out, wrong_out)
        else:
            bits += outside
        chances = min(groups, 2)
    return bits + chances / 2 * math.log2(max(ties, 1)) + grouping_bits(size)


@njit(cache=True)
def coded(
    start: Ints,
    to: Ints,
    by: Ints,
    ends: Ints,
    sign: Signs,
    label: Ints,
    least: int,
    most: int,
    kind: int,
    sweeps: int,
    state: State,
) -> float:
    """Leave in `label` groups of few bits, by slow cooling and descent; return these.

    There are never fewer than `least` groups, if `label` has so many.
    """
    n = start.shape[0] - 1
    cost = np.ones(ends.shape[0], np.int64)
    size = np.zeros(most, np.int64)
    for i in range(n):
        size[label[i]] += 1
    blocks = np.zeros((2, most, most), np.int64)
    for tie in range(ends.shape[0]):
        layer = 0 if sign[tie] > 0 else 1
        blocks[layer, label[ends[tie, 0]], label[ends[tie, 1]]] += 1
    price = code_bits(blocks, size, kind)
    sweep, moved = 0, True
    while sweep <= sweeps or moved:
        descent = sweep >= sweeps
        heat = 8.0 * 0.02 ** (sweep / max(sweeps, 1))
        moved = False
        for i in range(n):
            for turn in range(most if descent else 1):
                goal = turn if descent else int(uniform(state) * most)
                here = label[i]
                lost = size[here] == 1 and size[goal] > 0
                if goal == here or (lost and np.sum(size > 0) <= least):
                    continue
                shifted(i, goal, start, to, by, ends, sign, cost, label, blocks)
                size[here] -= 1
                size[goal] += 1
                then = code_bits(blocks, size, kind)
                keep = then < price - 1e-9
                if not descent and not keep:
                    keep = uniform(state) < math.exp((price - then) / heat)
                if keep:
                    price = then
                    moved = True
                else:
                    shifted(i, here, start, to, by, ends, sign, cost, label, blocks)
                    size[here] += 1
                    size[goal] -= 1
        sweep += 1
    return price
