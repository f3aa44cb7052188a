"""Whether the four rules hold in a record: the main question asked of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp
from pathlib import Path
from typing import Final

import numpy as np

from cuibono.record.bias import BIAS_DRAWS, corrected, refitted_rules
from cuibono.record.carriers import Carrier, carriers, row_pushes
from cuibono.record.curve import (
    AS_RECORDED,
    CURVE_DRAWS,
    HALF_LIVES,
    Point,
    specification_curve,
)
from cuibono.record.design import Design
from cuibono.record.events import Floats, SignedEvents
from cuibono.record.nulls import Null
from cuibono.record.progress import Kept, Watcher, run_key
from cuibono.record.rules import RULES, Partial, Rule, Verdict, called
from cuibono.record.settings import Memory
from cuibono.record.skeleton import skeleton
from cuibono.record.trial import LEVEL, Standing, Trial, standing

LEAST_EVENTS: Final = 100
LEAST_OF_A_SIGN: Final = 20
DRAWS: Final = 199
LEAST_DRAWS: Final = 24
"""Fewer draws than this cannot reject at the level of a null."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Against:
    """A rule held against one null.

    Attributes
    ----------
    null : Null
        Which.
    p_value : float
        Two-sided Monte Carlo p-value of the studentised coefficient.
    direction : int
        1 if the record lies above the null at its level, -1 below, 0 inside.
    middle, spread : float
        Mean and standard deviation of the drawn coefficients, in the units of the
        finding's coefficient.
    """

    null: Null
    p_value: float
    direction: int
    middle: float
    spread: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Finding:
    """What a record shows of one rule.

    Attributes
    ----------
    rule : Rule
        Name, statistic and what it predicts.
    verdict : Verdict
        The decision; needs both nulls.
    partial : Partial
        Of an indistinct rule: whether one null alone rejects.
    reason : str
        Why there is too little data; empty otherwise.
    coefficient : float
        Log-odds of friendly per unit of log(1 + sum over third actors).
    corrected : float
        The same, less what refitting does to records drawn from the fitted model.
    model_error, dyad_error, two_way_error : float
        Standard errors.
    typical : float
        Median of the sum where it is above zero: the contrast is from 0 to this.
    odds_ratio, odds_low, odds_high : float
        Of friendly, for the contrast; with the largest standard error, 95 %.
    share_without, share_with : float
        Mean fitted share of friendly events if the sum were 0, and `typical`.
    per_deviation : float
        Coefficient per standard deviation of the logged sum.
    events : int
        Signed events whose sum is above zero.
    friendly : int
        How many of these are friendly.
    timing, structure : Against
        The two nulls.
    carriers : tuple of Carrier
        Triples that push the coefficient the way it lies from the structure null.
    """

    rule: Rule
    verdict: Verdict
    partial: Partial
    reason: str
    coefficient: float
    corrected: float
    model_error: float
    dyad_error: float
    two_way_error: float
    typical: float
    odds_ratio: float
    odds_low: float
    odds_high: float
    share_without: float
    share_with: float
    per_deviation: float
    events: int
    friendly: int
    timing: Against
    structure: Against
    carriers: tuple[Carrier, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RuleFindings:
    """The four rules in one record.

    Attributes
    ----------
    name : str
        The record.
    digests : tuple of (str, str)
        Its files and their SHA-256.
    events, signed, friendly, loops : int
        All events; friendly and hostile ones between two actors; friendly ones; events
        of an actor towards itself.
    actors, pairs : int
        Of the signed events.
    first, last : float
        Days of the first and last signed event; of the common era if `dated`.
    dated : bool
        Whether the file has dates.
    movable : int
        Events whose sign the timing null can move.
    memory, design : Memory, Design
        Settings.
    level : float
        Of each null.
    draws, seed : int
        Draws of each null, and where their random numbers start.
    spread : tuple of float
        Standard deviations of the propensities of senders, receivers, pairs, ordered
        pairs and windows of time: the actors' general friendliness; with moods also of
        senders and of receivers by window.
    findings : tuple of Finding
        In the order of `RULES`.
    curve : tuple of Point
        Specification curve; empty if none was asked for.
    """

    name: str
    digests: tuple[tuple[str, str], ...]
    events: int
    signed: int
    friendly: int
    loops: int
    actors: int
    pairs: int
    first: float
    last: float
    dated: bool
    movable: int
    memory: Memory
    design: Design
    level: float
    draws: int
    seed: int
    spread: tuple[float, ...]
    findings: tuple[Finding, ...]
    curve: tuple[Point, ...] = field(default=())


def usual_design(memory: Memory) -> Design:
    """Design of the verdicts: blocks of one half-life, windows of half of it."""
    return Design(
        block_days=memory.half_life_days, window_days=memory.half_life_days / 2
    )


def rule_findings(
    events: SignedEvents,
    *,
    memory: Memory | None = None,
    design: Design | None = None,
    draws: int = DRAWS,
    seed: int = 2014,
    level: float = LEVEL,
    curve: bool = True,
    curve_draws: int = CURVE_DRAWS,
    half_lives: Sequence[float] = HALF_LIVES,
    groupings: Mapping[str, Mapping[str, str]] | None = None,
    state: Path | None = None,
    progress: Watcher | None = None,
) -> RuleFindings:
    """Verdicts on the four rules, against both nulls, with what they rest on.

    Parameters
    ----------
    events : SignedEvents
        The record.
    memory : Memory, optional
        How the past is remembered; by default a half-life of 30 days.
    design : Design, optional
        What is fitted; by default `usual_design`.
    draws, seed : int
        Draws of each null, and where their random numbers start.
    level : float
        Of each null, two-sided.
    curve : bool
        Whether to compute the specification curve.
    curve_draws : int
        Structure draws of each of its points.
    half_lives : sequence of float
        Days, for the curve.
    groupings : mapping, optional
        For the curve: name of a grouping to (actor to group).
    state : Path, optional
        File in which draws are kept, so that a stopped run can go on; removed at the
        end. The result does not depend on it.
    progress : callable, optional
        Told what comes next, how much is done and how much there is.

    Raises
    ------
    ValueError
        If there is no signed event, or there are too few draws for the level.
    UsageError
        If the file of draws is of another run.
    """
    if draws < LEAST_DRAWS or int(level * (draws + 1) / 2 + 1e-9) < 1:
        raise ValueError(f"draws must be at least {LEAST_DRAWS}, got {draws}")
    used = memory or Memory()
    plan = design or usual_design(used)
    trial = Trial(skeleton(events, used), plan)
    key = run_key(
        events, used, plan, draws, seed, curve, curve_draws, tuple(half_lives),
        sorted((name, sorted(group.items())) for name, group in (groupings or {}).items()),
    )  # fmt: skip
    kept = Kept(state, key)
    tables = {
        null: kept.table(
            null.value,
            draws,
            lambda draw, null=null: _drawn(trial, null, seed, draw),  # type: ignore[misc]
            _watching(progress, null, draws),
        )
        for null in (Null.STRUCTURE, Null.TIMING)
    }
    copies = kept.table(
        "bias", BIAS_DRAWS, lambda draw: refitted_rules(trial, seed, draw)
    )
    better = corrected(trial.estimate.rule, copies, trial.estimate.largest_error)
    points: tuple[Point, ...] = ()
    if curve:
        records = {AS_RECORDED: events}
        for name, group in (groupings or {}).items():
            records[name] = events.renamed(group, name)
        points = specification_curve(
            records, used, plan, seed=seed, draws=curve_draws,
            half_lives=half_lives, kept=kept, progress=progress,
        )  # fmt: skip
    found = _assembled(trial, tables, level, events, draws, seed, better)
    kept.discard()
    if progress is not None:
        progress("done", 1, 1)
    return replace(found, curve=points)


def _watching(progress: Watcher | None, null: Null, draws: int) -> "_Watch | None":
    """What is told while a null is drawn."""
    return None if progress is None else _Watch(progress, null, draws)


@dataclass(frozen=True, slots=True)
class _Watch:
    """Tells how many draws are made."""

    progress: Watcher
    null: Null
    draws: int

    def __call__(self, made: int) -> None:
        self.progress(f"null: {self.null.value}", made, self.draws)


def _drawn(trial: Trial, null: Null, seed: int, draw: int) -> Floats:
    """Studentised values and coefficients of the rules in one draw."""
    found = trial.refitted(null, seed, draw)
    return np.concatenate([found.studentised, found.rule])


def _assembled(
    trial: Trial,
    tables: Mapping[Null, Floats],
    level: float,
    events: SignedEvents,
    draws: int,
    seed: int,
    better: Floats,
) -> RuleFindings:
    """All findings from the draws."""
    bones, signed = trial.bones, trial.bones.events
    places = {
        null: standing(null, trial.estimate.studentised, table[:, :4])
        for null, table in tables.items()
    }
    pushes = row_pushes(bones, trial.terms, trial.design)
    found = tuple(
        _finding(trial, k, rule, places, tables, level, pushes, better)
        for k, rule in enumerate(RULES)
    )
    ends = np.concatenate([signed.source, signed.target])
    return RuleFindings(
        name=events.name,
        digests=events.digests,
        events=len(events),
        signed=len(signed),
        friendly=int(np.sum(signed.sign > 0)),
        loops=events.loops,
        actors=len(np.unique(ends)),
        pairs=len(bones.pairs),
        first=float(signed.time[0]),
        last=float(signed.time[-1]),
        dated=events.dated,
        movable=trial.blocks.movable,
        memory=bones.memory,
        design=trial.design,
        level=level,
        draws=draws,
        seed=seed,
        spread=tuple(np.sqrt(trial.propensities.spread).tolist()),
        findings=found,
    )


def _finding(
    trial: Trial,
    k: int,
    rule: Rule,
    places: Mapping[Null, Standing],
    tables: Mapping[Null, Floats],
    level: float,
    pushes: Floats,
    better: Floats,
) -> Finding:
    """What the record shows of one rule."""
    estimate, sign = trial.estimate, trial.bones.events.sign
    logged = trial.terms[:, 12 + k]
    some = logged > 0
    friendly = int(np.sum(sign[some] > 0))
    against = {
        null: Against(
            null=null,
            p_value=float(place.p_value[k]),
            direction=int(place.directions(level)[k]),
            middle=float(tables[null][:, 4 + k].mean()),
            spread=float(tables[null][:, 4 + k].std(ddof=1)),
        )
        for null, place in places.items()
    }
    timing, structure = against[Null.TIMING], against[Null.STRUCTURE]
    verdict, partial = called(rule.predicts, timing.direction, structure.direction)
    reason = _too_little(int(some.sum()), friendly, trial)
    if reason:
        verdict, partial = Verdict.TOO_LITTLE, Partial.NEITHER
    coefficient = float(estimate.rule[k])
    model, dyad, two_way = (float(part) for part in estimate.error[:, k])
    worst = max(model, dyad, two_way)
    typical = float(np.median(logged[some])) if some.any() else 0.0
    without, with_it = _shares(trial, k, typical)
    way = 1 if coefficient >= structure.middle else -1
    return Finding(
        rule=rule,
        verdict=verdict,
        partial=partial,
        reason=reason,
        coefficient=coefficient,
        corrected=float(better[k]),
        model_error=model,
        dyad_error=dyad,
        two_way_error=two_way,
        typical=float(np.expm1(typical)),
        odds_ratio=_exp(coefficient * typical),
        odds_low=_exp((coefficient - 1.96 * worst) * typical),
        odds_high=_exp((coefficient + 1.96 * worst) * typical),
        share_without=without,
        share_with=with_it,
        per_deviation=coefficient * float(logged.std()),
        events=int(some.sum()),
        friendly=friendly,
        timing=timing,
        structure=structure,
        carriers=carriers(trial.bones, pushes, k, way),
    )


def _exp(value: float) -> float:
    """Exponential that stays finite."""
    return exp(min(max(value, -50.0), 50.0))


def _too_little(events: int, friendly: int, trial: Trial) -> str:
    """Why a rule cannot be judged; empty if it can."""
    hostile = events - friendly
    if events < LEAST_EVENTS:
        return (
            f"{events} signed events have such a third actor, "
            f"at least {LEAST_EVENTS} are needed"
        )
    if min(friendly, hostile) < LEAST_OF_A_SIGN:
        return (
            f"{friendly} friendly and {hostile} hostile events have such a third "
            f"actor, at least {LEAST_OF_A_SIGN} of each are needed"
        )
    if trial.blocks.movable < LEAST_EVENTS:
        return (
            f"only {trial.blocks.movable} events are of pairs that met again after a "
            f"half-life, at least {LEAST_EVENTS} are needed"
        )
    return ""


def _shares(trial: Trial, k: int, typical: float) -> tuple[float, float]:
    """Mean fitted share of friendly events with the rule's sum at 0 and at typical."""
    fitter, estimate = trial.fitter, trial.estimate
    window = np.repeat(np.arange(len(fitter.windows) - 1), np.diff(fitter.windows))
    eta = estimate.level[window]
    eta = eta + trial.terms[:, fitter.columns] @ estimate.coefficient
    eta = eta - trial.terms[:, 12 + k] * estimate.rule[k]
    there = eta + typical * estimate.rule[k]
    return (
        float(np.mean(1 / (1 + np.exp(-eta)))),
        float(np.mean(1 / (1 + np.exp(-there)))),
    )
