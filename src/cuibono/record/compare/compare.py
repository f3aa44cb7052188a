"""All claims of a case held against the counts of one extract."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from cuibono.claims.records import Case
from cuibono.events.figures import Covered, Figures, Series
from cuibono.record.compare.change import change
from cuibono.record.compare.decide import (
    change_direction,
    change_reason,
    level_direction,
    level_reason,
    verdict,
)
from cuibono.record.compare.level import level
from cuibono.record.compare.observable import observations
from cuibono.record.compare.placebo import placebos
from cuibono.record.compare.records import (
    Comparison,
    Finding,
    Kind,
    Observation,
    Verdict,
)


def compared(
    case: Case, figures: Figures, written: Iterable[Observation] = (), *, seed: int
) -> Comparison:
    """Verdict of an extract on every claim of a case.

    Parameters
    ----------
    case : Case
        The claims.
    figures : Figures
        Counts of the dyads that `wanted_dyads` names.
    written : iterable of Observation
        Translations made by a person, such as changes at a date.
    seed : int
        For the placebos.
    """
    looked_for, refused = observations(case, written)
    findings = tuple(finding(figures, one) for one in looked_for)
    dates = [one.on for one in looked_for if one.on is not None]
    return Comparison(
        extract=figures.extract,
        findings=findings,
        refusals=refused,
        placebo=placebos(figures, dates, seed),
        seed=seed,
    )


def wanted_dyads(
    case: Case, written: Iterable[Observation] = ()
) -> tuple[tuple[str, str], ...]:
    """Dyads whose counts a comparison needs."""
    looked_for, _ = observations(case, written)
    return tuple(dict.fromkeys((one.source, one.target) for one in looked_for))


def finding(figures: Figures, looked_for: Observation) -> Finding:
    """How the counts bear on one observation; coverage is asked first."""
    chosen = _months(figures, looked_for)
    source, target = (
        figures.actor(name) for name in (looked_for.source, looked_for.target)
    )
    series = figures.dyad(looked_for.source, looked_for.target)
    reason = uncovered(source, target, chosen)
    none = np.zeros((int(chosen.sum()), 3), np.int64)
    own = series.own[chosen] if series is not None else none
    months = tuple(
        month for month, use in zip(figures.months, chosen, strict=True) if use
    )
    blank = Finding(
        observation=looked_for,
        verdict=Verdict.NOT_COVERED,
        reason=reason,
        exposure=(
            int(source.as_source[chosen].sum()) if source else 0,
            int(target.as_target[chosen].sum()) if target else 0,
        ),
        months=months,
        counts=own,
    )
    if reason or series is None:
        return blank
    return _tested(blank, series, chosen)


def _tested(blank: Finding, series: Series, chosen: NDArray[np.bool_]) -> Finding:
    """Finding with its test made."""
    looked_for = blank.observation
    own, base = series.own[chosen], series.base[chosen]
    if looked_for.kind is Kind.LEVEL:
        found = level(own, base, looked_for.sign)
        return Finding(
            observation=looked_for,
            verdict=verdict(level_direction(found), looked_for.expect),
            reason=level_reason(found),
            exposure=blank.exposure,
            months=blank.months,
            counts=own,
            level=found,
        )
    on = looked_for.on or date.min
    moved = change(own, base, blank.months, on, looked_for.sign)
    return Finding(
        observation=looked_for,
        verdict=verdict(change_direction(moved), looked_for.expect),
        reason=change_reason(moved),
        exposure=blank.exposure,
        months=blank.months,
        counts=own,
        change=moved,
    )


def _months(figures: Figures, looked_for: Observation) -> NDArray[np.bool_]:
    """Whole months that the text can speak of."""
    until = looked_for.until or date.max
    return np.array([_last_of(month) <= until for month in figures.months], np.bool_)


def _last_of(month: date) -> date:
    """Last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def uncovered(
    source: Covered | None, target: Covered | None, chosen: NDArray[np.bool_]
) -> str:
    """Why the extract cannot speak of a dyad, or an empty text."""
    for one, role in ((source, "the acting party"), (target, "the other party")):
        if one is None:
            return f"the actor map names nobody for {role}"
        if not one.is_covered:
            missing = ", ".join(one.missing[:3])
            looked = f" (looked for: {missing})" if missing else ""
            return f"{role} is {one.presence}{looked}"
    if not chosen.any():
        return "the extract begins after the text"
    for one, counts, role in (
        (source, source.as_source if source else None, "acting party"),
        (target, target.as_target if target else None, "other party"),
    ):
        if counts is not None and one is not None and not counts[chosen].any():
            return f"the {role} is never in that role in the months that count"
    return ""
