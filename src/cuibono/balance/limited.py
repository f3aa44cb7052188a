"""At most so many factions: the assignment program of one block."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import highspy
import numpy as np
from numpy.typing import NDArray

from cuibono.balance.blocks import Block
from cuibono.balance.certificate import Proof
from cuibono.balance.clock import Clock
from cuibono.balance.clusters import (
    Clustered,
    cluster_price,
    lowered,
    proof_of,
    searched_clusters,
    solved_clusters,
)
from cuibono.balance.cycles import Cycle
from cuibono.balance.program import add_rows, limit_time, quiet_solver
from cuibono.balance.search import Rows

_SLACK = 1e-6
_RESTARTS = 40


def limited_clusters(
    block: Block, most: int, *, most_nodes: int, clock: Clock
) -> Clustered:
    """Return the least cost of at most `most` clusters of a block.

    Where any number of clusters costs no less, cycles with one negative tie prove it;
    else branch and bound on which node is in which cluster.

    Parameters
    ----------
    block : Block
        With k nodes.
    most : int
        Clusters allowed, at least 3.
    most_nodes : int
        Branch-and-bound nodes.
    clock : Clock
        Time that may be taken.

    References
    ----------
    Doreian and Mrvar (1996), A partitioning approach to structural balance, Social
    Networks 18.
    """
    free = solved_clusters(block, most_nodes=most_nodes, clock=clock)
    start = merged(block, free.label, most)
    label = searched_clusters(
        block, most, starts=[start], restarts=_RESTARTS, clock=clock
    )
    upper = cluster_price(block, label)
    found = replace(free, label=label, upper=upper)
    if found.lower == upper:
        return found
    found = replace(found, proof=Proof.BOUNDS)
    if clock.over or not most_nodes:
        return found
    return _branched(block, most, found, most_nodes, clock)


def merged(block: Block, label: NDArray[np.intp], most: int) -> NDArray[np.intp]:
    """Return `label` (k,) with clusters put together until at most `most` are left.

    Each time the two that lose least, or win most, by it.
    """
    _, label = np.unique(label, return_inverse=True)
    count = int(label.max()) + 1
    bond = np.zeros((count, count), dtype=np.int64)
    ends = label[block.ends]
    np.add.at(bond, (ends[:, 0], ends[:, 1]), block.cost * block.sign)
    bond += bond.T
    alive = np.ones(count, dtype=bool)
    while alive.sum() > most:
        shown = np.where(alive[:, None] & alive, bond, np.iinfo(np.int64).min)
        np.fill_diagonal(shown, np.iinfo(np.int64).min)
        one, other = np.unravel_index(int(shown.argmax()), shown.shape)
        bond[one] += bond[other]
        bond[:, one] += bond[:, other]
        label[label == other] = one
        alive[other] = False
    return np.unique(label, return_inverse=True)[1].astype(np.intp)


def _branched(
    block: Block, most: int, found: Clustered, most_nodes: int, clock: Clock
) -> Clustered:
    """Branch and bound; the price lies between the bounds that are known."""
    program = AssignmentProgram(block, most, found.cycles)
    program.limit(found.lower, found.upper - 1)
    lower, label = program.searched(most_nodes=most_nodes, clock=clock)
    if label is not None:
        label = lowered(block, label, most, Rows.of(block))
        if cluster_price(block, label) < found.upper:
            found = replace(found, label=label, upper=cluster_price(block, label))
    lower = min(max(found.lower, lower), found.upper)
    found = replace(found, lower=lower)
    return replace(found, proof=proof_of(block, found))


class AssignmentProgram:
    """One column for each tie, 1 if it is frustrated, and one for node and cluster."""

    def __init__(self, block: Block, most: int, cycles: Sequence[Cycle]) -> None:
        """Set up the program; `cycles` with one negative tie tighten it."""
        self._block, self._most = block, most
        self._solver = quiet_solver()
        ties, count = len(block.ties), len(block.ties) + len(block.nodes) * most
        upper = np.ones(count)
        for at, node in enumerate(_clique(block)[:most]):
            # Names of clusters are free: nodes at odds with one another get the first.
            upper[[self._column(node, c) for c in range(at + 1, most)]] = 0.0
        columns = np.arange(count, dtype=np.int32)
        self._solver.addVars(count, np.zeros(count), upper)
        self._solver.changeColsCost(ties, columns[:ties], block.cost.astype(float))
        self._solver.changeColsIntegrality(
            count, columns, np.array([highspy.HighsVarType.kInteger] * count)
        )
        self._add_nodes()
        self._add_ties()
        self._add_least([(cycle, [1.0] * len(cycle)) for cycle in cycles], 1.0)

    def _column(self, node: int, cluster: int) -> int:
        """Return the column of a node in a cluster."""
        return len(self._block.ties) + node * self._most + cluster

    def _add_least(
        self, rows: Sequence[tuple[Sequence[int], Sequence[float]]], least: float
    ) -> None:
        """Add rows that must reach `least`."""
        most = [highspy.kHighsInf] * len(rows)
        add_rows(self._solver, rows, [least] * len(rows), most)

    def _add_nodes(self) -> None:
        """Each node is in one cluster."""
        clusters = range(self._most)
        rows = [
            ([self._column(node, c) for c in clusters], [1.0] * self._most)
            for node in range(len(self._block.nodes))
        ]
        add_rows(self._solver, rows, [1.0] * len(rows), [1.0] * len(rows))

    def _add_ties(self) -> None:
        """A tie costs where its ends' clusters do not fit its sign."""
        between: list[tuple[list[int], list[float]]] = []
        within: list[tuple[list[int], list[float]]] = []
        signs = self._block.sign.tolist()
        for tie, (i, j) in enumerate(self._block.ends.tolist()):
            for c in range(self._most):
                columns = [tie, self._column(i, c), self._column(j, c)]
                if signs[tie] > 0:
                    between.append((columns, [1.0, -1.0, 1.0]))
                    between.append((columns, [1.0, 1.0, -1.0]))
                else:
                    within.append((columns, [1.0, -1.0, -1.0]))
        self._add_least(between, 0.0)
        self._add_least(within, -1.0)

    def limit(self, least: int, most: int) -> None:
        """Leave out partitions that cost less than `least` or more than `most`."""
        ties = list(range(len(self._block.ties)))
        add_rows(self._solver, [(ties, self._block.cost.tolist())], [least], [most])

    def searched(
        self, *, most_nodes: int, clock: Clock
    ) -> tuple[int, NDArray[np.intp] | None]:
        """Return a bound, and the cheapest clusters met within the limits, if any."""
        limit_time(self._solver, clock)
        self._solver.setOptionValue("mip_max_nodes", most_nodes)
        self._solver.run()
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            # Nothing is cheaper than what was known: any bound above it will do.
            return int(self._block.cost.sum()), None
        info = self._solver.getInfo()
        bound = info.mip_dual_bound if np.isfinite(info.mip_dual_bound) else 0.0
        lower = max(ceil(bound - _SLACK), 0)
        if not np.isfinite(info.objective_function_value):
            return lower, None
        value = np.array(self._solver.getSolution().col_value)
        share = value[len(self._block.ties) :].reshape(-1, self._most)
        return lower, share.argmax(axis=1).astype(np.intp)


def _clique(block: Block) -> list[int]:
    """List nodes that are hostile to one another, greedily by count of hostile ties."""
    hostile: list[set[int]] = [set() for _ in block.nodes]
    for i, j in block.ends[block.sign < 0].tolist():
        hostile[i].add(j)
        hostile[j].add(i)
    found: list[int] = []
    for node in sorted(range(len(hostile)), key=lambda node: -len(hostile[node])):
        if all(node in hostile[other] for other in found):
            found.append(node)
    return found
