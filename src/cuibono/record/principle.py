"""Findings on the four rules as figures to print or to ship."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import numpy as np

from cuibono.events.principle import CurvePoint, Principle, RuleFigure, Triple
from cuibono.record.calibration import Rate, calibration
from cuibono.record.carriers import Carrier
from cuibono.record.curve import Point
from cuibono.record.events import SignedEvents
from cuibono.record.findings import Finding, RuleFindings

BAND: Final = 1.96
ANY: Final = "any of the four"
MOST_TRIPLES: Final = 5
MOST_EXAMPLES: Final = 3
_SIGN: Final = {1: "friendly", -1: "hostile", 0: "neutral"}
DRIFT: Final = "drifting actors, with pairs"
"""Cell of the study in which the levels of actors move, and what the asked one adds."""
ASKED: Final = ", asked with moods"


def study_caveats() -> tuple[str, ...]:
    """What the calibration study says of the verdicts, the cells that missed its aim."""
    study = calibration()
    errors = [one for one in study.rates if one.kind == "error" and one.rule != ANY]
    if not errors:
        return ()
    least, most = (pick(one.rate for one in errors) for pick in (min, max))
    sets = len({one.cell for one in errors})
    summary = (
        f"In {sets} sets of simulated records in which third actors play no part, a rule "
        f"was wrongly given a verdict in {least:.1%} to {most:.1%} of the records; at most "
        f"{study.aim:.0%} was aimed at."
    )
    return (summary, *_missed(study.missed), *_drift(errors))


def _missed(missed: Sequence[Rate]) -> Iterator[str]:
    """A sentence for each set of records in which the aim was missed."""
    for cell in dict.fromkeys(one.cell for one in missed):
        rates = [one for one in missed if one.cell == cell]
        rules = ", ".join(f"on {one.rule} in {one.rate:.1%}" for one in rates)
        yield (
            f"That was missed in {rates[0].records} simulated records ({cell}): wrong "
            f"verdicts {rules}."
        )


def _drift(errors: Sequence[Rate]) -> tuple[str, ...]:
    """What drifting actors do to the rule that they mislead most, and what lowers it."""
    plain = [one for one in errors if one.cell == DRIFT]
    asked = {one.rule: one for one in errors if one.cell == DRIFT + ASKED}
    if not plain:
        return ()
    worst = max(plain, key=lambda one: one.rate)
    lowered = asked.get(worst.rule)
    told = f" With --mood-days 30 it was {lowered.rate:.1%}." if lowered else ""
    return (worst.says + told,)


def principle(
    found: RuleFindings, events: SignedEvents, caveats: Sequence[str] | None = None
) -> Principle:
    """Figures of some findings, with examples from the events that they are on.

    The caveats are those of the calibration study unless others are given.
    """
    place = {int(row): at for at, row in enumerate(events.row)}
    return Principle(
        record=found.name,
        events=found.events,
        signed=found.signed,
        friendly=found.friendly,
        actors=found.actors,
        pairs=found.pairs,
        first=_day(found.first, found.dated),
        last=_day(found.last, found.dated),
        half_life_days=found.memory.half_life_days,
        level=found.level,
        draws=found.draws,
        seed=found.seed,
        rules=tuple(_rule(one, events, place) for one in found.findings),
        curve=tuple(_point(one) for one in found.curve),
        digests=found.digests,
        caveats=study_caveats() if caveats is None else tuple(caveats),
    )


def _day(moment: float, dated: bool) -> str:
    """Day as the file told it."""
    return str(date.fromordinal(int(moment))) if dated else f"day {moment:g}"


def _rule(one: Finding, events: SignedEvents, place: dict[int, int]) -> RuleFigure:
    """Figures of one rule."""
    null = one.structure
    return RuleFigure(
        name=one.rule.name,
        says=one.rule.says,
        predicts=one.rule.predicts,
        verdict=one.verdict.value,
        partial=one.partial.value,
        reason=one.reason,
        odds_ratio=one.odds_ratio,
        odds_low=one.odds_low,
        odds_high=one.odds_high,
        share_without=one.share_without,
        share_with=one.share_with,
        p_timing=one.timing.p_value,
        p_structure=null.p_value,
        coefficient=one.coefficient,
        null_low=null.middle - BAND * null.spread,
        null_high=null.middle + BAND * null.spread,
        events=one.events,
        friendly=one.friendly,
        triples=tuple(
            _triple(item, events, place) for item in one.carriers[:MOST_TRIPLES]
        ),
    )


def _triple(item: Carrier, events: SignedEvents, place: dict[int, int]) -> Triple:
    """A triple with some of its events in words."""
    return Triple(
        actors=item.actors,
        push=item.push,
        events=item.events,
        friendly=item.friendly,
        examples=tuple(
            _told(events, place[row])
            for row in item.rows[:MOST_EXAMPLES]
            if row in place
        ),
    )


def _told(events: SignedEvents, at: int) -> str:
    """One event: day, sender, receiver, sign."""
    source, target = (
        events.actors[int(side[at])] for side in (events.source, events.target)
    )
    day = _day(float(events.time[at]), events.dated)
    return (
        f"{day}: {source} \N{RIGHTWARDS ARROW} {target}, {_SIGN[int(events.sign[at])]}"
    )


def _point(one: Point) -> CurvePoint:
    """A point of the specification curve."""
    lows = one.null_middle - BAND * one.null_spread
    highs = one.null_middle + BAND * one.null_spread
    return CurvePoint(
        actors=one.aggregation,
        half_life_days=one.half_life_days,
        terms=one.specification,
        values=_floats(one.coefficient),
        lows=_floats(lows),
        highs=_floats(highs),
    )


def _floats(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[float, ...]:
    """Plain numbers."""
    return tuple(float(value) for value in values)
