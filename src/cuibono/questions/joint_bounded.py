"""Jointly in the bounded lens: in which region of coupling and push conclusions hold."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.claims.records import Conclusion
from cuibono.questions.joint import sorted_out
from cuibono.questions.lens import Lens
from cuibono.response.bounded import Phase, draw_bounded, followed, stable_status_quo
from cuibono.response.outcomes import CALM, COARSE

COUPLINGS = (1.0, 2.0, 2.5, 3.0)
STRENGTHS = (0.5, 2.0)
DRAWS = 120
HELD = 120.0
"""How long a push is held: most systems have come to rest by then."""
STILL = 1e-6
"""A smaller change of level counts as none: ten times what rest leaves open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointCell:
    """Conclusions in the same draws, at one coupling and push strength.

    Attributes
    ----------
    coupling, strength : float
        Where.
    draws, stable : int
        Draws, and those whose status quo is stable; the counts are of these.
    each : tuple of int
        In how many each conclusion holds while its push is held.
    all : int
        In how many all of them do.
    """

    coupling: float
    strength: float
    draws: int
    stable: int
    each: tuple[int, ...]
    all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JointRegion:
    """Which conclusions were asked together, and cell by cell how they hold."""

    asked: tuple[str, ...]
    cells: tuple[JointCell, ...]


def joint_region(
    lens: Lens,
    conclusions: Sequence[Conclusion],
    *,
    couplings: tuple[float, ...] = COUPLINGS,
    strengths: tuple[float, ...] = STRENGTHS,
    draws: int = DRAWS,
) -> JointRegion:
    """Return where conclusions hold together once levels saturate.

    Each push is held, times the strength, and the direction in which the nodes have
    moved is compared with what is expected. A control is not needed here: in a draw
    whose status quo is stable nothing moves without the push.

    Parameters
    ----------
    lens : Lens
        On the reading's model.
    conclusions : sequence of Conclusion
        Those that `jointly` can ask of the same models.
    couplings, strengths : tuple of float
        The grid.
    draws : int
        The same in all cells.
    """
    asked, _ = sorted_out(lens, conclusions)
    drawn = draw_bounded(
        lens.graph,
        prior=lens.priors[0],
        draws=draws,
        rng=np.random.default_rng([lens.seed, zlib.crc32(b"bounded")]),
    )
    cells = []
    for coupling in couplings if asked else ():
        stable = stable_status_quo(drawn, coupling)
        for strength in strengths:
            held = []
            for _, push, wanted in asked:
                phase = Phase(
                    length=HELD, push={at: strength * size for at, size in push}
                )
                ends = followed(drawn, coupling, [phase], step=COARSE, rest=CALM)[0]
                held.append(_as_wanted(ends - drawn.level, wanted) & stable)
            cells.append(
                JointCell(
                    coupling=coupling,
                    strength=strength,
                    draws=draws,
                    stable=int(stable.sum()),
                    each=tuple(int(part.sum()) for part in held),
                    all=int(np.logical_and.reduce(held).sum()),
                )
            )
    return JointRegion(asked=tuple(item.id for item, _, _ in asked), cells=tuple(cells))


def _as_wanted(
    moved: NDArray[np.float64], wanted: dict[int, frozenset[int]]
) -> NDArray[np.bool_]:
    """Whether every node has moved as expected, (d,) bool."""
    held = np.ones(moved.shape[1], dtype=np.bool_)
    for node, signs in wanted.items():
        way = np.sign(np.where(np.abs(moved[node]) < STILL, 0.0, moved[node]))
        held &= np.isin(way, sorted(signs))
    return held
