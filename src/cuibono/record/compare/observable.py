"""What a record could show of each claim, or why it could show nothing."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from cuibono.claims.records import Case, Claim
from cuibono.claims.words import Layer, NodeKind, Polarity
from cuibono.events.plan import RecordPlan
from cuibono.record.compare.records import Kind, Observation, Refusal, Verdict

ACTS: Final = ("supports", "opposes", "threatens", "cooperates")
"""Predicates that say what one party does towards another."""

_NAMES_ONLY: Final = ("labels", "is-part-of")
_PARTIES: Final = (NodeKind.ACTOR, NodeKind.PLACE)
MISSES: Final = "motives, dealings that no news text reports, and how strong the tie is"


def observations(
    case: Case, written: Iterable[Observation] = ()
) -> tuple[tuple[Observation, ...], tuple[Refusal, ...]]:
    """What to look for claim by claim, and the claims that cannot be looked for.

    Claims of one proposition are looked for once. `written` are translations that a
    person made; their claims are not asked a second time.
    """
    written = tuple(written)
    done = {claim.id for one in written for claim in one.claims}
    groups: defaultdict[tuple[object, ...], list[Claim]] = defaultdict(list)
    refused: defaultdict[tuple[Verdict, str], list[Claim]] = defaultdict(list)
    for claim in case.claims:
        if claim.id in done:
            continue
        if reason := refusal(case, claim):
            refused[reason].append(claim)
        else:
            groups[_key(case, claim)].append(claim)
    return (
        (*written, *(_observation(case, several) for several in groups.values())),
        tuple(
            Refusal(claims=tuple(claims), verdict=verdict, reason=reason)
            for (verdict, reason), claims in refused.items()
        ),
    )


def refusal(case: Case, claim: Claim) -> tuple[Verdict, str] | None:
    """Why no count of events can bear on a claim, or None."""
    if claim.layer is Layer.COVERT:
        return Verdict.COVERT, "said to happen behind the scenes"
    if claim.predicate in _NAMES_ONLY:
        return Verdict.NO_ACT, "a name or a part, not an act"
    if not claim.is_premise:
        return Verdict.NO_ACT, f"{claim.modality.value}, not said to have happened"
    if claim.predicate not in ACTS:
        return Verdict.NO_ACT, "an effect or a use, not an act towards a party"
    kinds = [case.node(name).kind for name in (claim.subject, claim.object)]
    if kinds[0] is not NodeKind.ACTOR or kinds[1] not in _PARTIES:
        return Verdict.NO_ACT, "not between two parties"
    if claim.sign.value_in_model == 0:
        return Verdict.NO_ACT, "no sign is stated"
    return None


def from_plan(case: Case, plan: RecordPlan) -> tuple[Observation, ...]:
    """Observations that a person wrote in the plan of a case."""
    claims = {claim.id: claim for claim in case.claims}
    return tuple(
        Observation(
            claims=tuple(claims[name] for name in asked.claims),
            source=asked.source,
            target=asked.target,
            sign=asked.sign,
            kind=Kind.CHANGE,
            expect=1 if asked.rises else -1,
            on=asked.on,
            why=asked.why,
            misses=asked.misses,
        )
        for asked in plan.asked
    )


def last_day(text: str) -> date | None:
    """Last day of a date in EDTF, None if it is open or unknown.

    Examples
    --------
    >>> last_day("2014~"), last_day("2014-02"), last_day("")
    (datetime.date(2014, 12, 31), datetime.date(2014, 2, 28), None)
    """
    match = re.match(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[~?%]?$", text.split("/")[-1])
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not 1 <= year <= 9998:
        return None
    if month is None or not 1 <= month <= 12:
        return date(year, 12, 31)
    if day is not None:
        return date(year, month, day)
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _key(case: Case, claim: Claim) -> tuple[object, ...]:
    """What two claims must share to be looked for together."""
    until = _until(case, claim)
    return claim.subject, claim.object, claim.sign, claim.polarity, until


def _until(case: Case, claim: Claim) -> date | None:
    """Last day that a claim can speak of."""
    stated = last_day(claim.time.end) if claim.time.end else None
    return stated or last_day(case.source(claim.source).date)


def _observation(case: Case, claims: list[Claim]) -> Observation:
    """What to look for, for claims of one proposition."""
    first = claims[0]
    return Observation(
        claims=tuple(claims),
        source=first.subject,
        target=first.object,
        sign=first.sign.value_in_model,
        expect=-1 if first.polarity is Polarity.DENIED else 1,
        until=_until(case, first),
        misses=MISSES,
    )
