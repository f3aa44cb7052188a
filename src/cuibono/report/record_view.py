"""What the page shows of the records that a case was held against."""

from collections.abc import Callable, Iterable
from typing import Any

from cuibono.claims.records import Case
from cuibono.record.compare.decide import change_direction
from cuibono.record.compare.records import Finding
from cuibono.report.record_pictures import (
    coverage_picture,
    ratio_picture,
    series_picture,
)
from cuibono.report.record_words import (
    caveats,
    direction_sentence,
    finding_words,
    months,
    named,
    note,
    placebo_words,
    proposition,
    summary_sentence,
    triple,
)
from cuibono.report.words import label
from cuibono.study.recorded import Direction, Recorded

Refs = Callable[[Iterable[str]], list[dict[str, str]]]
_CLASS = {"agrees": "follows", "disagrees": "against"}


def record_view(case: Case, part: Recorded, refs: Refs) -> dict[str, Any]:
    """One extract: its limits, coverage, named pairs, verdicts and placebos."""
    extract = part.figures.extract
    names = {node.id: node.label for node in case.nodes}
    told = [
        one
        for one in part.pairs
        if not one.not_covered and change_direction(one.change) is not None
    ]
    return {
        "id": extract.id,
        "title": extract.title,
        "named": named(extract),
        "facts": [
            ("producer", extract.producer),
            ("cite as", extract.citation),
            ("terms", extract.terms),
            ("sign convention", extract.convention),
            ("event scheme", extract.scheme),
        ],
        "caveats": caveats(extract),
        "summary": summary_sentence(part).text,
        "coverage": coverage_picture(
            part.figures, names, f"Mentions by actor and month in {extract.title}"
        ),
        "actors": [_actor(case, one) for one in part.figures.actors],
        "on": str(part.on) if part.on else "",
        "on_why": part.on_why,
        "pairs": [
            {
                "pair": _pair(case, one),
                "before": triple(one.before),
                "after": triple(one.after),
                "note": note(one),
                "sentence": direction_sentence(case, part, one).text,
                "picture": _series(case, part, one) if one.counts.any() else "",
            }
            for one in part.pairs
        ],
        "sides": _sides(part),
        "ratios": ratio_picture(
            [(_pair(case, one), one) for one in told],
            f"Acts after {part.on} against before, beyond comparable dyads",
        ),
        "findings": [_finding(case, one, refs) for one in part.comparison.findings],
        "refusals": [
            {
                "verdict": one.verdict.value,
                "reason": one.reason,
                "count": len(one.claims),
                "refs": refs(claim.id for claim in one.claims),
            }
            for one in part.comparison.refusals
        ],
        "placebo": placebo_words(part.comparison.placebo),
    }


def _sides(part: Recorded) -> str:
    """How long before and after are."""
    if not part.pairs:
        return ""
    one = part.pairs[0]
    return (
        f"Before: the {months(one.months_before)} before {part.on}. After: the "
        f"{months(one.months_after)} that follow. The month of the date is left out."
    )


def _actor(case: Case, one: Any) -> dict[str, Any]:
    """Coverage of one actor in words."""
    return {
        "name": label(case, one.actor),
        "presence": one.presence,
        "as_source": int(one.as_source.sum()),
        "as_target": int(one.as_target.sum()),
        "names": ", ".join(f"{name} ({number})" for name, number in one.names[:6]),
        "missing": ", ".join(one.missing[:6]),
    }


def _pair(case: Case, one: Direction) -> str:
    """Names of a direction."""
    return f"{label(case, one.source)} \N{RIGHTWARDS ARROW} {label(case, one.target)}"


def _series(case: Case, part: Recorded, one: Direction) -> Any:
    """Picture of a direction."""
    first = one.months[0]
    place = None
    if part.on is not None:
        months = (part.on.year - first.year) * 12 + part.on.month - first.month
        place = months + (part.on.day - 1) / 31
    return series_picture(one, place, f"Acts by month: {_pair(case, one)}")


def _finding(case: Case, found: Finding, refs: Refs) -> dict[str, Any]:
    """One verdict with its words and the counts that decided it."""
    asked = found.observation
    return {
        "verdict": found.verdict.value,
        "class": f"v-{_CLASS.get(found.verdict.value, 'open')}",
        "says": proposition(asked, case),
        "why": finding_words(found),
        "exposure": found.exposure,
        "misses": asked.misses,
        "license": asked.why,
        "refs": refs(claim.id for claim in asked.claims),
        "rows": [
            {"month": f"{month:%Y-%m}", "counts": [int(number) for number in counts]}
            for month, counts in zip(found.months, found.counts, strict=True)
            if counts.any()
        ],
    }
