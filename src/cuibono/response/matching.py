"""Structural zeros: which entries of an inverse vanish whatever the strengths."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def perfect_matching(support: Sequence[Sequence[int]]) -> list[int] | None:
    """One column for each row, no column twice, from the columns that each row has.

    The row's own column is tried first. None if there is no such choice: then every
    term of the determinant vanishes.
    """
    size = len(support)
    row_of = [-1] * size
    for row in range(size):
        if row in support[row]:
            row_of[row] = row
    lone = [row for row in range(size) if row_of[row] != row]
    if not all(_augment(row, support, row_of, set()) for row in lone):
        return None
    column_of = [-1] * size
    for column, row in enumerate(row_of):
        column_of[row] = column
    return column_of


def _augment(
    row: int, support: Sequence[Sequence[int]], row_of: list[int], seen: set[int]
) -> bool:
    """Find the row a column, moving others along; depth is at most the size."""
    for column in support[row]:
        if column in seen:
            continue
        seen.add(column)
        if row_of[column] < 0 or _augment(row_of[column], support, row_of, seen):
            row_of[column] = row
            return True
    return False


def inverse_support(matrix: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    """Which entries of the inverse have a term at all.

    Entry ``[i, j]`` of the inverse has one if the matrix without row j and column i
    still has a perfect matching; that is so if i can be freed by moving matched
    columns along, starting at the column of row j. None if the matrix is singular
    whatever the magnitudes.

    Parameters
    ----------
    matrix : (k, k) bool
        True where the matrix has an entry.

    Returns
    -------
    (k, k) bool or None
    """
    size = len(matrix)
    support = [np.flatnonzero(row).tolist() for row in matrix]
    column_of = perfect_matching(support)
    if column_of is None:
        return None
    found = np.zeros((size, size), dtype=np.bool_)
    for start in range(size):
        queue, seen = [start], {start}
        for row in queue:
            found[column_of[row], start] = True
            free = column_of[row]
            for other in np.flatnonzero(matrix[:, free]).tolist():
                if other not in seen:
                    seen.add(other)
                    queue.append(other)
    return found
