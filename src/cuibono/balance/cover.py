"""Integer program of weak balance: a least set of ties that meets every cycle given."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import highspy
import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block
from cuibono.balance.clock import Clock
from cuibono.balance.cycles import Cycle
from cuibono.balance.program import add_rows, limit_time, quiet_solver

_SLACK = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Covered:
    """A bound in units, the ties taken (b,), and whether the search was finished."""

    lower: int
    taken: NDArray[np.bool_]
    finished: bool


class CoverProgram:
    """One column for each tie: 1 if the factions frustrate it.

    References
    ----------
    Demaine, Emanuel, Fiat and Immorlica (2006), Correlation clustering in general
    weighted graphs, Theoretical Computer Science 361.
    """

    def __init__(self, block: Block, cycles: Sequence[Cycle]) -> None:
        """Start with some cycles, each of which must be met."""
        count = len(block.ties)
        columns = np.arange(count, dtype=np.int32)
        self._solver = quiet_solver()
        self._solver.addVars(count, np.zeros(count), np.ones(count))
        self._solver.changeColsCost(count, columns, block.cost.astype(float))
        self._solver.changeColsIntegrality(
            count, columns, np.array([highspy.HighsVarType.kInteger] * count)
        )
        self.add(cycles)

    def add(self, cycles: Sequence[Cycle]) -> None:
        """Require each cycle to be met once."""
        rows = [(cycle, [1.0] * len(cycle)) for cycle in cycles]
        most = [highspy.kHighsInf] * len(rows)
        add_rows(self._solver, rows, [1.0] * len(rows), most)

    def searched(self, *, most_nodes: int, clock: Clock) -> Covered:
        """Return the cheapest ties that meet all cycles, or a bound at a limit."""
        limit_time(self._solver, clock)
        self._solver.setOptionValue("mip_max_nodes", most_nodes)
        self._solver.run()
        info = self._solver.getInfo()
        bound = info.mip_dual_bound if np.isfinite(info.mip_dual_bound) else 0.0
        optimal = self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return Covered(
            lower=max(ceil(bound - _SLACK), 0),
            taken=np.array(self._solver.getSolution().col_value) > 0.5,
            finished=bool(optimal),
        )
