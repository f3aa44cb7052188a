"""Smallest sets of claims that part a push from a target."""

from dataclasses import dataclass
from math import ceil

import highspy
import numpy as np

from cuibono.model.digraph import SignedDigraph

MOST_ROUNDS = 200


def claim_cut(
    graph: SignedDigraph,
    behind: tuple[tuple[str, ...], ...],
    starts: list[int],
    target: int,
) -> tuple[str, ...]:
    """Smallest set of claims without which no path leads from a start to the target.

    An edge falls only when all claims behind it are gone; a claim may stand behind
    several edges. Solved as a covering problem in whole numbers: every path must lose
    an edge. Paths that the last cover leaves open are added until none is left, so
    that the result is a proven optimum.

    Parameters
    ----------
    graph : SignedDigraph
        The model.
    behind : (m,) tuple of tuples of str
        Claims behind each edge; an edge with none (added by hand) cannot fall.
    starts : list of int
        Positions pushed.
    target : int
        Position asked about; not one of the starts.

    Returns
    -------
    tuple of str
        Sorted claim ids; empty where there is no path, or none can be cut.

    References
    ----------
    Label cut as a hitting set with lazily added rows; HiGHS (Huangfu and Hall 2018).
    """
    found = cover_of_paths(graph, behind, starts, target)
    return tuple(sorted(found.names)) if found else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Names that break paths, the paths that had to be looked at, and a lower bound."""

    names: tuple[str, ...]
    bound: int
    paths: list[list[int]]


def cover_of_paths(
    graph: SignedDigraph,
    behind: tuple[tuple[str, ...], ...],
    starts: list[int],
    target: int,
) -> Cover | None:
    """Fewest names that break every path to a target, or None if stopped before.

    Without names where there is no path, or one that no name can break.
    """
    paths: list[list[int]] = []
    gone: list[str] = []
    bound = 0
    for _ in range(MOST_ROUNDS):
        path = _open_path(graph, behind, starts, target, set(gone))
        if path is None:
            return Cover(names=tuple(gone), bound=bound, paths=paths)
        if not any(behind[edge] for edge in path):
            return Cover(names=(), bound=0, paths=[path])
        paths.append(path)
        gone, bound = _cover(behind, paths)
    return None


def _open_path(
    graph: SignedDigraph,
    behind: tuple[tuple[str, ...], ...],
    starts: list[int],
    target: int,
    gone: set[str],
) -> list[int] | None:
    """Edges of a shortest path that is still open, or None."""
    into: dict[int, int] = {}
    queue = list(starts)
    seen = set(starts)
    for node in queue:
        for edge in np.flatnonzero(graph.tail == node).tolist():
            far = int(graph.head[edge])
            if far in seen or (behind[edge] and set(behind[edge]) <= gone):
                continue
            seen.add(far)
            into[far] = edge
            queue.append(far)
    if target not in into:
        return None
    path, at = [], target
    while at in into:
        path.append(into[at])
        at = int(graph.tail[into[at]])
    return path[::-1]


def _cover(
    behind: tuple[tuple[str, ...], ...], paths: list[list[int]]
) -> tuple[list[str], int]:
    """Fewest claims with which every path loses an edge, and a bound on how few."""
    edges = sorted({edge for path in paths for edge in path if behind[edge]})
    # In order of the model's links, not of names, so that renaming changes nothing.
    claims = list(dict.fromkeys(claim for edge in edges for claim in behind[edge]))
    column = {name: at for at, name in enumerate([*claims, *map(str, edges)])}
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 0)
    # Among the smallest sets the claims that come first win, for one same answer.
    for at, _ in enumerate(claims):
        solver.addVar(0.0, 1.0)
        solver.changeColCost(at, 1.0 + at * 1e-4 / max(1, len(claims)))
    for _ in edges:
        solver.addVar(0.0, 1.0)
    for at in range(len(column)):
        solver.changeColIntegrality(at, highspy.HighsVarType.kInteger)
    for edge in edges:
        for claim in behind[edge]:
            # An edge falls only with every claim behind it.
            columns = np.array([column[claim], column[str(edge)]], dtype=np.int32)
            solver.addRow(0.0, highspy.kHighsInf, 2, columns, np.array([1.0, -1.0]))
    for path in paths:
        at_risk = [column[str(edge)] for edge in path if behind[edge]]
        columns = np.array(sorted(set(at_risk)), dtype=np.int32)
        solver.addRow(
            1.0, highspy.kHighsInf, len(columns), columns, np.ones(len(columns))
        )
    solver.run()
    values = solver.getSolution().col_value
    # The costs that break ties add less than 1e-4 a claim.
    bound = ceil(solver.getInfo().mip_dual_bound - 1e-4 * len(claims) - 1e-6)
    chosen = [claim for claim in claims if values[column[claim]] > 0.5]
    return chosen, max(0, bound)
