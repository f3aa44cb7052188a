"""Sentences about a record: what it cannot show first, then what it holds."""

from collections.abc import Iterable
from math import isfinite
from typing import Final

from cuibono.claims.records import Case
from cuibono.claims.words import Polarity
from cuibono.events.figures import Extract, Placebo
from cuibono.record.compare.decide import change_direction
from cuibono.record.compare.records import (
    Estimate,
    Finding,
    Kind,
    Observation,
    Verdict,
)
from cuibono.report.words import Sentence, label, percent
from cuibono.study.recorded import Direction, Recorded

NOT_JUDGED: Final = (
    "What claims say, which is not judged, and what this record says to them:"
)


def caveats(extract: Extract) -> list[str]:
    """What an extract cannot show, before anything is read from it."""
    always = (
        "Counts are of news reports, coded by machine: not of acts, and not of their "
        "weight. What nobody reported, or what was meant, is not in them."
    )
    return [*extract.cannot_show, always]


def named(extract: Extract) -> str:
    """Name of an extract with all that its counts depend on."""
    return (
        f"{extract.title} ({extract.first} to {extract.last}, {extract.rows:,} events; "
        f"{extract.scheme} codes, signs by {extract.convention})"
    )


def proposition(asked: Observation, case: Case) -> str:
    """What the claims of an observation say, in the codebook's words."""
    one, two = label(case, asked.source), label(case, asked.target)
    if asked.kind is Kind.CHANGE:
        acts = {1: "cooperative acts", -1: "hostile acts", 0: "acts"}[asked.sign]
        way = "more" if asked.expect > 0 else "fewer"
        return f"{acts} of {one} towards {two}: {way} after {asked.on}"
    claim = asked.claims[0]
    denied = "not: " if claim.polarity is Polarity.DENIED else ""
    return f"{denied}{one} {claim.predicate} {two} ({claim.sign.value})"


def finding_words(found: Finding) -> str:
    """Why a verdict is what it is, with its numbers."""
    if found.verdict is Verdict.NOT_COVERED:
        return found.reason
    if found.level is not None:
        one = found.level
        return (
            f"{found.reason}: {one.acts} of {one.signed} signed acts "
            f"({percent(one.share.value)}, {_interval_percent(one.share)}); odds "
            f"against comparable dyads {_ratio(one.odds_ratio)}"
        )
    if found.change is not None:
        two = found.change
        return (
            f"{found.reason}: {two.before} in {two.months_before} months before, "
            f"{two.after} in {two.months_after} after; ratio beyond comparable dyads "
            f"{_ratio(two.ratio)}"
        )
    return found.reason


def _interval_percent(one: Estimate) -> str:
    """Interval of a share."""
    return f"95 % interval {one.low * 100:.0f} to {one.high * 100:.0f} %"


def _ratio(one: Estimate) -> str:
    """Ratio with its interval."""
    high = f"{one.high:.2g}" if isfinite(one.high) and one.high < 1e6 else "unbounded"
    return f"{one.value:.2g} (95 % interval {one.low:.2g} to {high})"


def placebo_words(placebo: Iterable[Placebo]) -> list[str]:
    """How often the method gives a verdict where there is nothing to find."""
    told = {
        ("level", "dyads"): "dyads drawn at random from comparable ones",
        ("change", "dates"): "dates that nobody named",
        ("change", "dyads at the date"): "dyads that the case does not name",
    }
    lines = []
    for one in placebo:
        where = told.get((one.test, one.kind), one.kind)
        if not one.tried:
            lines.append(f"False verdicts, {one.test} test, {where}: none to try.")
            continue
        lines.append(
            f"False verdicts, {one.test} test, {where}: {one.verdicts} of {one.tried} "
            f"({percent(one.verdicts / one.tried)})."
        )
    return lines


def direction_sentence(case: Case, part: Recorded, one: Direction) -> Sentence:
    """Acts of one actor towards another before and after the named date."""
    source, target = label(case, one.source), label(case, one.target)
    text = (
        f"In {part.figures.extract.title}, acts of {source} towards {target}: "
        f"{triple(one.before)} in the {months(one.months_before)} before, "
        f"{triple(one.after)} in the {months(one.months_after)} after {part.on}."
    )
    return Sentence(text=f"{text} {sentence_case(note(one))}.", basis="recorded")


def note(one: Direction) -> str:
    """What may be read from the counts of a direction."""
    if one.not_covered:
        return (
            f"not covered ({one.not_covered}): neither a zero nor a change may be "
            "read from this"
        )
    if one.change is None or change_direction(one.change) is None:
        return "too few for a ratio"
    return f"ratio beyond comparable dyads {_ratio(one.change.ratio)}"


def sentence_case(text: str) -> str:
    """Text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def months(number: int) -> str:
    """Number of months in words."""
    return f"{number} month{'s' if number != 1 else ''}"


def triple(counts: tuple[int, int, int]) -> str:
    """Three counts in words."""
    positive, negative, neutral = counts
    return f"{positive} cooperative, {negative} hostile, {neutral} neutral"


def verdict_counts(part: Recorded) -> list[tuple[str, int]]:
    """Claims by verdict, in the order of the words."""
    counts = dict.fromkeys(Verdict, 0)
    for found in part.comparison.findings:
        counts[found.verdict] += len(found.observation.claims)
    for refused in part.comparison.refusals:
        counts[refused.verdict] += len(refused.claims)
    return [(verdict.value, number) for verdict, number in counts.items() if number]


def summary_sentence(part: Recorded) -> Sentence:
    """What a record says to the claims, in one sentence."""
    told = "; ".join(f"{number} {word}" for word, number in verdict_counts(part))
    text = f"Held against {named(part.figures.extract)}, claims are: {told}."
    return Sentence(text=text, basis="recorded")
