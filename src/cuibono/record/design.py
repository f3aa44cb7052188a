"""What is fitted to each record, observed or simulated, and how the nulls are drawn."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cuibono.record.events import Floats, Ints, Signs
from cuibono.record.kernels.draws import robust_spread, window_fit
from cuibono.record.pairs import Places
from cuibono.record.skeleton import TERMS, Skeleton
from cuibono.record.statistics.catalogue import DEGREES, DYADIC, SHARES, TRIADS

SPECIFICATIONS: Final[dict[int, tuple[str, ...]]] = {
    0: (*DYADIC, *TRIADS),
    1: (*DYADIC, *DEGREES, *TRIADS),
    2: (*DYADIC, *TRIADS, *SHARES),
    3: (*DYADIC, *DEGREES, *TRIADS, *SHARES),
}
"""Terms of each specification: pairs and triads; then degrees; shares; both."""
TRIAD_AT: Final = np.array([TERMS.index(name) for name in TRIADS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How the sign is fitted and the nulls are drawn.

    Attributes
    ----------
    specification : int
        Key of `SPECIFICATIONS`.
    window_days : float
        Length of the windows that have a level of their own: the climate of conflict,
        common to all actors. 0 for one level throughout.
    window_ridge : float
        Draws the levels towards the share of the whole record, as so many events would.
    block_days : float
        Length of the blocks that are put in another order within each ordered pair.
    sweeps : int
        Sweeps in fitting the propensities.
    mood_days : float
        Windows in which each sender and each receiver has a level of its own in the
        structure null, for moods that come and go; 0 for none.
    """

    specification: int = 3
    window_days: float = 15.0
    window_ridge: float = 0.25
    block_days: float = 30.0
    sweeps: int = 40
    mood_days: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Estimate:
    """A fit of the sign: the four rules, and where it can be started from again.

    Attributes
    ----------
    coefficient, level : arrays
        Of every term, of every window.
    error : (3, 4) float64
        Standard errors of the rules: by the model, by dyad, two-way.
    steps : int
        Newton steps taken.
    """

    coefficient: Floats
    level: Floats
    error: Floats
    steps: int
    rules: Ints

    @property
    def rule(self) -> Floats:
        """Coefficients of the four rules."""
        return np.asarray(self.coefficient[self.rules], np.float64)

    @property
    def largest_error(self) -> Floats:
        """The largest standard error of each rule."""
        return np.asarray(self.error.max(axis=0), np.float64)

    @property
    def studentised(self) -> Floats:
        """Coefficient of each rule over its largest standard error."""
        error = self.largest_error
        return np.where(error > 0, self.rule / np.maximum(error, 1e-300), 0.0)


def window_starts(time: Floats, days: float) -> Ints:
    """First event of each window of so many days that has one, and the number of all."""
    if days <= 0:
        return np.array([0, len(time)], np.int64)
    window = np.floor((time - time[0]) / days)
    return np.flatnonzero(np.r_[True, np.diff(window) != 0, True]).astype(np.int64)


class Fitter:
    """Fits one design to many sign vectors on one skeleton."""

    def __init__(self, bones: Skeleton, design: Design) -> None:
        """Prepare windows, columns and room to work in.

        Parameters
        ----------
        bones : Skeleton
            Who meets whom and when.
        design : Design
            What is fitted.
        """
        self.bones, self.design = bones, design
        names = SPECIFICATIONS[design.specification]
        self.names = names
        self.columns = np.array([TERMS.index(name) for name in names])
        self.rules = np.array([names.index(name) for name in TRIADS])
        self.windows = window_starts(bones.events.time, design.window_days)
        self._x = np.empty((len(bones), len(names)))
        self._left = np.empty(len(bones))

    def fitted(
        self,
        sign: Signs,
        terms: Floats,
        start: Estimate | None = None,
        *,
        steps: int = 30,
        enough: float = 1e-6,
    ) -> Estimate:
        """Estimate from signs and their terms (all 19), from an earlier one if given."""
        bones, p, windows = self.bones, len(self.columns), len(self.windows) - 1
        np.take(terms, self.columns, axis=1, out=self._x)
        share = min(max(float(np.mean(sign > 0)), 1e-4), 1 - 1e-4)
        centre = float(np.log(share / (1 - share)))
        beta = np.zeros(p) if start is None else start.coefficient.copy()
        level = np.full(windows, centre) if start is None else start.level.copy()
        bread, means = np.empty((p, p)), np.empty((windows, p))
        taken = window_fit(
            self._x,
            np.asarray(sign),
            self.windows,
            self.design.window_ridge,
            centre,
            beta,
            level,
            steps,
            enough,
            bread,
            means,
            self._left,
        )
        spread = np.empty((3, len(self.rules)))
        robust_spread(
            self._x,
            self.windows,
            bread,
            means,
            self._left,
            self.rules,
            bones.events.source,
            bones.events.target,
            bones.pairs.of_event,
            bones.directed,
            len(bones.events.actors),
            len(bones.pairs),
            bones.ways,
            spread,
        )
        return Estimate(
            coefficient=beta,
            level=level,
            error=np.sqrt(np.maximum(spread, 0.0)),
            steps=taken,
            rules=self.rules,
        )


def stacked(*arrays: NDArray[np.integer]) -> Places:
    """Groupings of the events, one a row."""
    return np.ascontiguousarray(np.vstack(arrays), np.int32)
