"""Determinants, permanents and their minors as sums over permutations."""

from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph


def unit_matrix(g: SignedDigraph) -> NDArray[np.int64]:
    """Community matrix with every strength one."""
    a = np.zeros((g.n, g.n), dtype=np.int64)
    for tail, head, sign in zip(g.tail, g.head, g.sign, strict=True):
        a[head, tail] += sign
    for node in range(g.n):
        a[node, node] -= g.self_limited[node]
    return a


def _parity(order: tuple[int, ...]) -> int:
    """Sign of a permutation: -1 for each pair out of order."""
    pairs = [(i, j) for j in range(len(order)) for i in range(j)]
    return -1 if sum(order[i] > order[j] for i, j in pairs) % 2 else 1


def expansion(m: NDArray[np.int64]) -> list[int]:
    """Every nonzero term of the determinant."""
    rows = range(len(m))
    terms = (
        _parity(order) * int(np.prod([m[i, order[i]] for i in rows], dtype=np.int64))
        for order in permutations(rows)
    )
    return [term for term in terms if term]


def minor_terms(m: NDArray[np.int64], row: int, column: int) -> list[int]:
    """Terms of the adjoint's entry [row, column], with their signs."""
    rest = np.delete(np.delete(m, column, axis=0), row, axis=1)
    return [(-1) ** (row + column) * term for term in expansion(rest)]


def adjoint(g: SignedDigraph) -> list[list[int]]:
    """Adjoint of minus the unit matrix, [response][press]."""
    m = -unit_matrix(g)
    return [[sum(minor_terms(m, i, j)) for j in range(g.n)] for i in range(g.n)]


def absolute_feedback(g: SignedDigraph) -> list[list[int]]:
    """How many terms each entry of the adjoint has."""
    m = -unit_matrix(g)
    return [[len(minor_terms(m, i, j)) for j in range(g.n)] for i in range(g.n)]


def whole_terms_agree(g: SignedDigraph, response: int, press: int) -> int:
    """Sign of an entry of the adjoint if it has terms and they agree, else 0."""
    signs = {np.sign(t) for t in minor_terms(-unit_matrix(g), response, press)}
    return int(signs.pop()) if len(signs) == 1 else 0
