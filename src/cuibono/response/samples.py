"""What one cell yields, and how the drawing kernels are told of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.response.cells import Cell
from cuibono.response.priors import Prior
from cuibono.response.records import BlockReport, Method
from cuibono.response.rules import Rule

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Pattern = tuple[Ints, Ints, Ints, Ints, Ints, Ints, Ints, Ints, int, int, bool, bool]
Start = tuple[Floats, Floats, Ints, Ints, Ints]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawn:
    """What a cell yields: one row for each draw."""

    weights: Floats
    limits: Floats
    chance: Floats
    report: BlockReport

    @classmethod
    def of(
        cls, weights: Floats, limits: Floats, chance: Floats, report: BlockReport
    ) -> "Drawn":
        """Put the parts together."""
        return cls(weights=weights, limits=limits, chance=chance, report=report)


def seeded(rng: np.random.Generator) -> NDArray[np.uint64]:
    """State of the kernels' own generator."""
    return rng.integers(0, 2**64, size=1, dtype=np.uint64)


def pattern(cell: Cell, rule: Rule) -> Pattern:
    """Arguments that every drawing kernel begins with."""
    return (
        cell.tail,
        cell.head,
        cell.sign,
        cell.unit,
        cell.tie,
        cell.place,
        cell.tie_size,
        cell.limited,
        len(cell.units),
        len(cell.nodes),
        cell.reinforcing,
        rule is Rule.INDEPENDENT,
    )


def shape(prior: Prior) -> tuple[int, float, float]:
    """Arguments by which a kernel knows a prior."""
    return int(prior.family), prior.first, prior.second


def report_on(
    cell: Cell, tried: int, accepted: int, method: Method, r_hat: float, ess: float
) -> BlockReport:
    """Tell how a cell was drawn."""
    return BlockReport(
        nodes=tuple(sorted(cell.nodes.tolist())),
        tried=tried,
        accepted=accepted,
        method=method,
        r_hat=r_hat,
        ess=ess,
        joint=cell.joint,
    )
