"""The plain integer model of the frustration index, as a general solver is given it.

A binary side for each actor, a binary cost for each tie, and two inequalities for each tie
that say when the sides do not fit its sign: the XOR model of Aref, Mason and Wilson (2020),
A modeling and computational study of the frustration index in signed networks, Networks 75.
"""

from dataclasses import dataclass
from time import perf_counter

import highspy
import numpy as np

from cuibono.model.graph import SignedGraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """What a solver found: bounds, and the seconds that it took."""

    lower: float
    upper: float
    seconds: float

    @property
    def gap(self) -> float:
        """Share of the upper bound that is not settled, 0 to 1."""
        return (self.upper - self.lower) / max(self.upper, 1.0)


def xor_index(g: SignedGraph, *, time_limit: float) -> Timed:
    """Frustration index by HiGHS on the XOR model, one thread.

    Parameters
    ----------
    g : SignedGraph
        Without disputed ties.
    time_limit : float
        Seconds after which the bounds so far are returned.
    """
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 0)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.999)
    solver.setOptionValue("time_limit", time_limit)
    start = perf_counter()
    _add(solver, g)
    solver.run()
    info = solver.getInfo()
    return Timed(
        lower=float(np.ceil(max(info.mip_dual_bound, 0.0) - 1e-6)),
        upper=float(info.objective_function_value),
        seconds=perf_counter() - start,
    )


def _add(solver: highspy.Highs, g: SignedGraph) -> None:
    """Add columns (ties, then actors) and two rows for each tie."""
    count = g.m + g.n
    upper = np.ones(count)
    # Mirrored partitions cost the same.
    upper[g.m + int(np.bincount(g.ends.ravel()).argmax())] = 0.0
    solver.addVars(count, np.zeros(count), upper)
    at = np.arange(count, dtype=np.int32)
    solver.changeColsCost(g.m, at[: g.m], g.weight)
    kinds = np.array([highspy.HighsVarType.kInteger] * count)
    solver.changeColsIntegrality(count, at, kinds)
    for tie, (i, j) in enumerate(g.ends.tolist()):
        columns = np.array([tie, g.m + i, g.m + j], dtype=np.int32)
        rows = (
            ((1.0, -1.0, 1.0, 0.0), (1.0, 1.0, -1.0, 0.0))
            if g.sign[tie] > 0
            else ((1.0, 1.0, 1.0, 1.0), (1.0, -1.0, -1.0, -1.0))
        )
        for *values, least in rows:
            solver.addRow(least, highspy.kHighsInf, 3, columns, np.array(values))
