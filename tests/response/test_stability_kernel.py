"""The test for stability against eigenvalues from LAPACK."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from cuibono.response.kernels.stability import (
    all_left,
    determinant_positive,
    dominated,
    eigenvalues_left,
    hurwitz,
    to_hessenberg,
)


def _left_by_qr(a: NDArray[np.float64]) -> bool:
    work = a.copy()
    to_hessenberg(work)
    return bool(eigenvalues_left(work))


@pytest.mark.parametrize("size", [1, 2, 3, 4, 6, 7, 10, 16, 25, 40])
def test_eigenvalues_are_judged_as_by_lapack(size: int) -> None:
    rng = np.random.default_rng(20260101)
    for spread in (0.0, 0.8, 1.0, 1.2):
        for _ in range(60):
            a = rng.normal(size=(size, size)) / np.sqrt(size)
            a *= rng.random((size, size)) < rng.choice([0.2, 0.5, 1.0])
            a -= spread * np.eye(size)
            largest = np.linalg.eigvals(a).real.max()
            if abs(largest) > 1e-9:
                assert hurwitz(a, False, np.empty_like(a)) == (largest < 0)
                assert all_left(a, np.empty_like(a)) == (largest < 0)
                assert _left_by_qr(a) == (largest < 0)
            positive = np.linalg.det(-a) > 0
            if np.linalg.cond(a) < 1e12:
                assert determinant_positive(a, np.empty_like(a)) == positive


def test_reinforcing_matrices_are_judged_by_pivots_alone() -> None:
    rng = np.random.default_rng(20260101)
    seen = set()
    for _ in range(500):
        size = int(rng.integers(1, 12))
        a = rng.random((size, size)) * (rng.random((size, size)) < 0.3)
        a[np.diag_indices(size)] = -rng.random(size)
        side = rng.choice([-1, 1], size)
        a *= np.outer(side, side)
        largest = np.linalg.eigvals(a).real.max()
        assert dominated(a, np.empty_like(a)) == (largest < 0)
        assert hurwitz(a, True, np.empty_like(a)) == (largest < 0)
        seen.add(bool(largest < 0))
    assert seen == {True, False}


@settings(deadline=None)
@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_whole_numbers_with_repeated_eigenvalues_converge(size: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    a = rng.integers(-2, 2, size=(size, size)).astype(float)
    largest = np.linalg.eigvals(a).real.max()
    if abs(largest) > 1e-3:
        assert hurwitz(a, False, np.empty_like(a)) == (largest < 0)


@pytest.mark.parametrize("size", [2, 3, 8, 20])
def test_what_lies_on_the_axis_by_structure_is_not_stable(size: int) -> None:
    """Equal pulls back and forth, undamped: only round-off could make it stable."""
    rng = np.random.default_rng(20260101)
    for _ in range(50):
        pull = rng.normal(size=(size, size))
        spin = np.linalg.qr(pull)[0]
        a = spin @ (pull - pull.T) @ spin.T
        assert not hurwitz(a, False, np.empty_like(a))
        a[0, 0] -= 1e-14
        assert not hurwitz(a, False, np.empty_like(a))


@pytest.mark.parametrize("size", [2, 3, 8, 20])
def test_circles_and_zeros_end(size: int) -> None:
    """A ring has eigenvalues on a circle: the classical case of shifts that cycle."""
    ring = np.roll(np.eye(size), 1, axis=0)
    assert not _left_by_qr(ring)
    assert _left_by_qr(ring - 1.01 * np.eye(size))
    assert not _left_by_qr(np.zeros((size, size)))
    assert not hurwitz(np.zeros((size, size)), False, np.empty((size, size)))
