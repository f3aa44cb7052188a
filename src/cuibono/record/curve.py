"""Specification curve: the four rules under many settings, each with its null band."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from cuibono.record.design import SPECIFICATIONS, Design, Fitter
from cuibono.record.events import Floats, SignedEvents
from cuibono.record.nulls import Null
from cuibono.record.progress import Kept, Watcher
from cuibono.record.settings import Memory
from cuibono.record.skeleton import skeleton
from cuibono.record.trial import DRAW_ENOUGH, Trial

HALF_LIVES: Final = (7.0, 30.0, 90.0, 365.0)
CURVE_DRAWS: Final = 19
AS_RECORDED: Final = "actors as recorded"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Point:
    """The four rules under one setting.

    Attributes
    ----------
    aggregation : str
        Whose events: actors as recorded, or a grouping of them.
    half_life_days : float
        Of the memory.
    specification : int
        Key of `SPECIFICATIONS`.
    events : int
        Signed events.
    coefficient, error : (4,) float64
        Per standard deviation of each rule's logged sum; the largest standard error.
    null_middle, null_spread : (4,) float64
        Mean and standard deviation of the coefficient over structure draws.
    draws : int
        Structure draws.
    """

    aggregation: str
    half_life_days: float
    specification: int
    events: int
    coefficient: Floats
    error: Floats
    null_middle: Floats
    null_spread: Floats
    draws: int

    @property
    def low(self) -> Floats:
        """Lower end of the band that holds 95 % of coefficients without the rules."""
        return np.asarray(self.null_middle - 1.96 * self.null_spread, np.float64)

    @property
    def high(self) -> Floats:
        """Upper end of the band."""
        return np.asarray(self.null_middle + 1.96 * self.null_spread, np.float64)


def specification_curve(
    records: Mapping[str, SignedEvents],
    memory: Memory,
    design: Design,
    *,
    seed: int,
    draws: int = CURVE_DRAWS,
    half_lives: Sequence[float] = HALF_LIVES,
    kept: Kept | None = None,
    progress: Watcher | None = None,
) -> tuple[Point, ...]:
    """Points of all specifications, half-lives and aggregations.

    The draws of one half-life and aggregation serve all its specifications.

    Parameters
    ----------
    records : mapping of str to SignedEvents
        Events by aggregation.
    memory, design : Memory, Design
        Settings that do not vary.
    seed, draws : int
        Of the structure null.
    half_lives : sequence of float
        Days.
    kept : Kept, optional
        Where draws are kept.
    progress : callable, optional
        Told what comes next, how many settings are done and how many there are.
    """
    store = kept or Kept(None, "")
    points: list[Point] = []
    settings = [(name, days) for name in records for days in half_lives]
    for at, (name, days) in enumerate(settings):
        if progress is not None:
            progress(f"curve: {days:g} days, {name}", at, len(settings))
        points += _points(
            name, records[name], replace(memory, half_life_days=days), design,
            seed, draws, store,
        )  # fmt: skip
    return tuple(points)


def _points(
    name: str,
    events: SignedEvents,
    memory: Memory,
    design: Design,
    seed: int,
    draws: int,
    store: Kept,
) -> list[Point]:
    """Points of one aggregation and half-life, one a specification."""
    bones = skeleton(events, memory)
    here = replace(design, block_days=memory.half_life_days)
    trial = Trial(bones, here)
    fitters = {
        key: Fitter(bones, replace(here, specification=key)) for key in SPECIFICATIONS
    }
    sign = bones.events.sign
    observed = {key: fitters[key].fitted(sign, trial.terms) for key in fitters}

    def row(draw: int) -> Floats:
        signs, terms = trial.drawn(Null.STRUCTURE, seed, draw)
        return np.concatenate(
            [
                fitters[key]
                .fitted(signs, terms, observed[key], enough=DRAW_ENOUGH)
                .rule
                for key in fitters
            ]
        )

    label = f"curve {name} {memory.half_life_days:g}"
    drawn = store.table(label, draws, row).reshape(draws, len(fitters), 4)
    scale = trial.terms.std(axis=0)[12:16]
    return [
        Point(
            aggregation=name,
            half_life_days=memory.half_life_days,
            specification=key,
            events=len(bones),
            coefficient=observed[key].rule * scale,
            error=observed[key].largest_error * scale,
            null_middle=drawn[:, place].mean(axis=0) * scale,
            null_spread=drawn[:, place].std(axis=0, ddof=1) * scale,
            draws=draws,
        )
        for place, key in enumerate(fitters)
    ]
