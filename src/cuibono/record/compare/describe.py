"""A comparison as plain values for JSON."""

from dataclasses import asdict
from math import isfinite
from typing import Any

from cuibono.claims.records import Case
from cuibono.events.figures import Extract
from cuibono.record.compare.records import Comparison, Finding, Kind

DIGITS = 6


def comparison_document(result: Comparison, case: Case) -> dict[str, object]:
    """JSON object of a comparison: every claim of the case has a verdict."""
    return {
        "extract": extract_document(result.extract),
        "seed": result.seed,
        "findings": [_finding(one) for one in result.findings],
        "not_looked_for": [
            {
                "verdict": one.verdict.value,
                "reason": one.reason,
                "claims": [claim.id for claim in one.claims],
            }
            for one in result.refusals
        ],
        "verdicts": {
            claim.id: found.value
            for claim in case.claims
            if (found := result.verdict_of(claim.id)) is not None
        },
        "placebo": [asdict(one) for one in result.placebo],
    }


def extract_document(extract: Extract) -> dict[str, object]:
    """JSON object of the head of an extract."""
    return {
        **asdict(extract),
        "first": str(extract.first),
        "last": str(extract.last),
        "sources": dict(extract.sources),
        "cannot_show": list(extract.cannot_show),
    }


def _finding(found: Finding) -> dict[str, object]:
    """JSON object of a finding, with the counts that decided it."""
    asked = found.observation
    return {
        "verdict": found.verdict.value,
        "reason": found.reason,
        "claims": [claim.id for claim in asked.claims],
        "source": asked.source,
        "target": asked.target,
        "acts": {1: "+", -1: "-", 0: "any"}[asked.sign],
        "test": asked.kind.value,
        "expects": _expects(found),
        "on": str(asked.on) if asked.on else None,
        "until": str(asked.until) if asked.until else None,
        "why": asked.why,
        "misses": asked.misses,
        "exposure": {"source_acts": found.exposure[0], "target_met": found.exposure[1]},
        "level": rounded(asdict(found.level)) if found.level else None,
        "change": rounded(asdict(found.change)) if found.change else None,
        "months": [
            [f"{month:%Y-%m}", *(int(number) for number in counts)]
            for month, counts in zip(found.months, found.counts, strict=True)
            if counts.any()
        ],
    }


def _expects(found: Finding) -> str:
    """What should be seen if the claims hold."""
    asked = found.observation
    if asked.kind is Kind.CHANGE:
        return "rises" if asked.expect > 0 else "falls"
    return "prevails" if asked.expect > 0 else "does not prevail"


def rounded(value: Any) -> Any:
    """Numbers to six digits; what is not finite is null."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(item) for item in value]
    if isinstance(value, float):
        return round(value, DIGITS) if isfinite(value) else None
    return value
