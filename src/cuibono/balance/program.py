"""Linear and integer programs of a block, solved by HiGHS."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf

import highspy
import numpy as np
from highspy import highs
from numpy.typing import NDArray

from cuibono.balance.blocks import Block
from cuibono.balance.clock import STOP, WATCHED, Clock
from cuibono.balance.cycles import Cycle
from cuibono.balance.search import mirrored

_SLACK = 1e-6


def quiet_solver() -> highspy.Highs:
    """Return a solver that prints nothing and repeats itself exactly."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("parallel", "off")
    solver.setOptionValue("random_seed", 0)
    solver.setOptionValue("mip_rel_gap", 0.0)
    return solver


def add_rows(
    solver: highspy.Highs,
    rows: Sequence[tuple[Sequence[int], Sequence[float]]],
    lower: Sequence[float],
    upper: Sequence[float],
) -> None:
    """Add constraints given as columns with their coefficients."""
    sizes = [len(columns) for columns, _ in rows]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int32)
    solver.addRows(
        len(rows),
        np.array(lower, dtype=float),
        np.array(upper, dtype=float),
        sum(sizes),
        starts,
        np.array([c for columns, _ in rows for c in columns], dtype=np.int32),
        np.array([v for _, values in rows for v in values], dtype=float),
    )


def limit_time(solver: highspy.Highs, clock: Clock | None) -> None:
    """Let the next run take no more than the clock has left."""
    if clock is not None and clock.left() < inf:
        # The limit counts all runs of a solver together.
        limit = solver.getRunTime() + max(clock.left(), 0.01)
        solver.setOptionValue("time_limit", limit)
    if WATCHED.is_set():
        for event in (solver.cbMipInterrupt, solver.cbSimplexInterrupt):
            if not event.callbacks:
                event.subscribe(_interrupt_if_asked)


def _interrupt_if_asked(event: highs.HighsCallbackEvent) -> None:
    """End a run once every clock is to be over."""
    if STOP.is_set():
        event.interrupt()


class CycleProgram:
    """Least weight of ties that meets every negative cycle given so far.

    Fewer cycles only lower the optimum, so that it bounds the index at any time.

    References
    ----------
    Barahona and Mahjoub (1986), On the cut polytope, Mathematical Programming 36.
    """

    def __init__(self, block: Block) -> None:
        """Start without any cycle."""
        self.cycles: list[Cycle] = []
        count = len(block.ties)
        self._solver = quiet_solver()
        self._solver.addVars(count, np.zeros(count), np.full(count, highspy.kHighsInf))
        self._solver.changeColsCost(
            count, np.arange(count, dtype=np.int32), block.cost.astype(float)
        )

    def add(self, cycles: Sequence[Cycle]) -> None:
        """Require each cycle to be met once."""
        rows = [(cycle, [1.0] * len(cycle)) for cycle in cycles]
        if rows:
            ones = [1.0] * len(rows)
            add_rows(self._solver, rows, ones, [highspy.kHighsInf] * len(rows))
            self.cycles += cycles

    def solved(
        self, clock: Clock | None = None
    ) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        """Return the optimum, the share of each tie, and the weight of each cycle.

        Once the clock is over, the weights are those of no optimum: to be trimmed.
        """
        limit_time(self._solver, clock)
        self._solver.run()
        found = self._solver.getSolution()
        share = np.maximum(np.array(found.col_value, dtype=float), 0.0)
        weight = np.maximum(np.array(found.row_dual, dtype=float), 0.0)
        return float(self._solver.getObjectiveValue()), share, weight


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Searched:
    """What branch and bound found: a bound, and a partition if it met one."""

    lower: int
    side: NDArray[np.int8] | None
    infeasible: bool


class PartitionProgram:
    """The partitions of a block as an integer program: one column a tie, one an actor.

    References
    ----------
    Aref, Mason and Wilson (2020), A modeling and computational study of the
    frustration index in signed networks, Networks 75.
    """

    def __init__(self, block: Block, cycles: Sequence[Cycle]) -> None:
        """Set up the program; `cycles` tighten it.

        Parameters
        ----------
        block : Block
            With k actors and b ties.
        cycles : sequence of Cycle
            Negative cycles, of which each partition frustrates a tie.
        """
        self._block = block
        self._solver = quiet_solver()
        ties, actors = len(block.ties), len(block.nodes)
        upper = np.ones(ties + actors)
        # Mirrored partitions frustrate the same ties, so one actor's side is fixed.
        upper[ties + int(np.bincount(block.ends.ravel()).argmax())] = 0.0
        self._solver.addVars(ties + actors, np.zeros(ties + actors), upper)
        self._solver.changeColsCost(
            ties, np.arange(ties, dtype=np.int32), block.cost.astype(float)
        )
        self._solver.changeColsIntegrality(
            ties + actors,
            np.arange(ties + actors, dtype=np.int32),
            np.array([highspy.HighsVarType.kInteger] * (ties + actors)),
        )
        self._add_ties()
        self._add_cycles(cycles)

    def _add_ties(self) -> None:
        """A tie costs where its ends' sides do not fit its sign."""
        rows: list[tuple[list[int], list[float]]] = []
        least: list[float] = []
        ties = len(self._block.ties)
        signs = self._block.sign.tolist()
        for tie, (i, j) in enumerate(self._block.ends.tolist()):
            columns = [tie, ties + i, ties + j]
            if signs[tie] > 0:
                rows += [(columns, [1.0, -1.0, 1.0]), (columns, [1.0, 1.0, -1.0])]
                least += [0.0, 0.0]
            else:
                rows += [(columns, [1.0, 1.0, 1.0]), (columns, [1.0, -1.0, -1.0])]
                least += [1.0, -1.0]
        add_rows(self._solver, rows, least, [highspy.kHighsInf] * len(rows))

    def _add_cycles(self, cycles: Sequence[Cycle]) -> None:
        """Every partition frustrates a tie of each negative cycle."""
        if cycles:
            rows = [(cycle, [1.0] * len(cycle)) for cycle in cycles]
            most = [highspy.kHighsInf] * len(rows)
            add_rows(self._solver, rows, [1.0] * len(rows), most)

    def limit(self, least: int, most: int) -> None:
        """Leave out partitions that cost less than `least` or more than `most`."""
        ties = list(range(len(self._block.ties)))
        add_rows(self._solver, [(ties, self._block.cost.tolist())], [least], [most])

    def satisfy(self, ties: NDArray[np.intp]) -> None:
        """Leave out partitions that frustrate one of these ties."""
        for tie in ties.tolist():
            self._solver.changeColBounds(tie, 0.0, 0.0)

    def exclude(self, side: NDArray[np.int8]) -> None:
        """Leave out one partition and its mirror image."""
        frustrated = self._block.frustrated(side)
        ties = list(range(len(frustrated)))
        # In a connected block the frustrated ties tell the partition.
        values = np.where(frustrated, -1.0, 1.0)
        least = 1.0 - float(frustrated.sum())
        add_rows(self._solver, [(ties, values.tolist())], [least], [highspy.kHighsInf])

    def searched(
        self,
        *,
        start: NDArray[np.int8] | None = None,
        most_nodes: int | None = None,
        clock: Clock | None = None,
    ) -> Searched:
        """Return a cheapest partition, or a bound if a limit stops the search."""
        limit_time(self._solver, clock)
        if most_nodes is not None:
            self._solver.setOptionValue("mip_max_nodes", most_nodes)
        if start is not None:
            self._set_start(start)
        self._solver.run()
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return Searched(lower=0, side=None, infeasible=True)
        info = self._solver.getInfo()
        bound = info.mip_dual_bound if np.isfinite(info.mip_dual_bound) else 0.0
        return Searched(
            lower=max(ceil(bound - _SLACK), 0),
            side=self._side(info),
            infeasible=False,
        )

    def _side(self, info: highspy.HighsInfo) -> NDArray[np.int8] | None:
        """Read the partition off the actors' columns."""
        if not np.isfinite(info.objective_function_value):
            return None
        value = np.array(self._solver.getSolution().col_value)
        actors = value[len(self._block.ties) :]
        if len(actors) != len(self._block.nodes):
            return None
        side = np.where(actors > 0.5, -1, 1).astype(np.int8)
        return mirrored(side)

    def _set_start(self, side: NDArray[np.int8]) -> None:
        """Hand over a known partition."""
        fixed = int(np.bincount(self._block.ends.ravel()).argmax())
        start = highspy.HighsSolution()
        start.col_value = [
            *self._block.frustrated(side).astype(float).tolist(),
            *(side != side[fixed]).astype(float).tolist(),
        ]
        self._solver.setSolution(start)
