"""A record on trial: its fit, its two nulls, and where it lies among their draws."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.record.design import Design, Estimate, Fitter
from cuibono.record.events import Floats, Ints, Signs
from cuibono.record.nulls import (
    Blocks,
    Null,
    Propensities,
    draw_state,
    fitted_propensities,
    shuffled_signs,
    sign_blocks,
)
from cuibono.record.skeleton import Skeleton, sign_terms

EQUAL = 1e-9
"""Studentised values closer than this count as equal."""
LEVEL = 0.08
"""Level of each null, two-sided. Both must reject, so that a verdict errs less often:
in the calibration study in at most 7 of 100 records without balance."""
DRAW_ENOUGH = 1e-4
"""A drawn record's fit ends where another step would gain less log-likelihood."""


class Trial:
    """Observed signs on a skeleton, ready to be held against simulated ones."""

    def __init__(
        self,
        bones: Skeleton,
        design: Design,
        *,
        terms: Floats | None = None,
        fitter: Fitter | None = None,
        blocks: Blocks | None = None,
    ) -> None:
        """Fit the observed signs.

        Parameters
        ----------
        bones : Skeleton
            Events with their observed signs.
        design : Design
            What is fitted and how nulls are drawn.
        terms : (m, 19) float64, optional
            Terms of the observed signs, if at hand.
        fitter, blocks : optional
            Those of the same skeleton and design, if at hand.
        """
        self.bones, self.design = bones, design
        self.fitter = fitter or Fitter(bones, design)
        self.blocks = blocks or sign_blocks(bones, design.block_days)
        sign = bones.events.sign
        self.terms = sign_terms(bones, sign) if terms is None else terms
        self.estimate = self.fitter.fitted(sign, self.terms)
        self._propensities: Propensities | None = None

    @property
    def propensities(self) -> Propensities:
        """Propensities, fitted when first asked for."""
        if self._propensities is None:
            self._propensities = fitted_propensities(
                self.bones, self.bones.events.sign, self.terms, self.design
            )
        return self._propensities

    def drawn(self, null: Null, seed: int, draw: int) -> tuple[Signs, Floats]:
        """Signs of one draw of a null, and their terms."""
        state = draw_state(seed, null, draw)
        if null is Null.TIMING:
            return shuffled_signs(self.bones, self.blocks, state)
        return self.propensities.signs(self.bones, state)

    def refitted(self, null: Null, seed: int, draw: int) -> Estimate:
        """Fit of one draw of a null, started from the observed one."""
        sign, terms = self.drawn(null, seed, draw)
        return self.fitter.fitted(sign, terms, self.estimate, enough=DRAW_ENOUGH)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Standing:
    """Where the observed value of each rule lies among the draws of a null.

    Attributes
    ----------
    null : Null
        Which.
    draws : int
        How many of each rule, at most; draws stop early for a rule that is settled.
    above, below : (4,) int64
        Draws at least, and at most, as large as observed.
    """

    null: Null
    draws: int
    above: Ints
    below: Ints

    @property
    def p_value(self) -> Floats:
        """Two-sided Monte Carlo p-value, the observed record counted among the draws."""
        least = np.minimum(self.above, self.below)
        return np.asarray(np.minimum(1.0, 2 * (1 + least) / (1 + self.draws)))

    def directions(self, level: float) -> NDArray[np.int8]:
        """1 where the record lies above the null, -1 below, 0 where it fits in."""
        most = most_beyond(self.draws, level)
        up, down = self.above <= most, self.below <= most
        return (up.astype(np.int8) - down.astype(np.int8)).astype(np.int8)


def most_beyond(draws: int, level: float) -> int:
    """Most draws beyond the observed value with which a null is still rejected.

    Examples
    --------
    >>> most_beyond(199, 0.05), most_beyond(39, 0.05), most_beyond(19, 0.05)
    (4, 0, -1)
    """
    return int(np.floor(level * (draws + 1) / 2 + 1e-9)) - 1


def standing(null: Null, observed: Floats, drawn: Floats) -> Standing:
    """Standing of the observed values among all draws (draws, 4)."""
    return Standing(
        null=null,
        draws=len(drawn),
        above=np.sum(drawn >= observed - EQUAL, axis=0).astype(np.int64),
        below=np.sum(drawn <= observed + EQUAL, axis=0).astype(np.int64),
    )


def curtailed(
    trial: Trial,
    null: Null,
    *,
    seed: int,
    draws: int,
    level: float,
    alive: NDArray[np.bool_],
    count: Callable[[int], None] | None = None,
) -> NDArray[np.int8]:
    """Directions in which a null rejects, with draws only while a rule is open.

    The same decision as after all draws: a rule is settled as soon as too many draws
    lie on both sides of it (Besag and Clifford 1991). Rules not `alive` stay at 0.
    """
    most = most_beyond(draws, level)
    observed = trial.estimate.studentised
    above, below = np.zeros(4, np.int64), np.zeros(4, np.int64)
    made = 0
    while made < draws and np.any(alive & (np.minimum(above, below) <= most)):
        value = trial.refitted(null, seed, made).studentised
        above += value >= observed - EQUAL
        below += value <= observed + EQUAL
        made += 1
    if count is not None:
        count(made)
    open_ = alive & (np.minimum(above, below) <= most)
    up = open_ & (above <= most)
    down = open_ & (below <= most)
    return (up.astype(np.int8) - down.astype(np.int8)).astype(np.int8)
