"""What is looked for in a record, and what was found."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from cuibono.claims.records import Claim
from cuibono.events.figures import Extract, Placebo


class Verdict(StrEnum):
    """How a record bears on a claim."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    NOT_COVERED = "silent: not covered"
    TOO_FEW = "silent: too few"
    NOT_DECIDED = "silent: not decided"
    COVERT = "not observable (covert)"
    NO_ACT = "not observable (no act between two parties)"


class Kind(StrEnum):
    """Which test is made."""

    LEVEL = "level"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What should be seen in a record if a claim holds.

    Attributes
    ----------
    claims : tuple of Claim
        Claims of one proposition.
    source, target : str
        Nodes: who acts towards whom.
    sign : int
        1 or -1, the acts that the claims speak of; 0 for all acts (change only).
    kind : Kind
        `level`: such acts prevail, and more than among comparable dyads. `change`:
        they become more (or fewer) after a date, beyond comparable dyads.
    expect : int
        1 if they should prevail or rise, -1 if the claims deny it or say they fall.
    on : date or None
        First day of the time after (change only).
    until : date or None
        Last day that counts: texts cannot speak of what came after them.
    why : str
        What licenses the translation, where a person made it.
    misses : str
        What of the claims these counts cannot show.
    """

    claims: tuple[Claim, ...]
    source: str
    target: str
    sign: int
    kind: Kind = Kind.LEVEL
    expect: int = 1
    on: date | None = None
    until: date | None = None
    why: str = ""
    misses: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Claims that no count of events can bear on, and why."""

    claims: tuple[Claim, ...]
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A ratio with its 95 % interval."""

    value: float
    low: float
    high: float

    def direction(self, neutral: float = 1.0) -> int:
        """1 or -1 if the interval lies on one side of a neutral value, else 0."""
        return int(self.low > neutral) - int(self.high < neutral)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Share of the acts that a claim speaks of, and odds against comparable dyads.

    Attributes
    ----------
    acts, signed : int
        Acts of the claimed sign; acts with a sign.
    base_acts, base_signed : int
        The same of comparable dyads.
    share : Estimate
        Share of the claimed sign among the signed acts; neutral value one half.
    odds_ratio : Estimate
        Against comparable dyads; neutral value 1.
    overdispersion : tuple of float
        Of the dyad and of comparable dyads: variance against that of a fair draw.
    """

    acts: int
    signed: int
    base_acts: int
    base_signed: int
    share: Estimate
    odds_ratio: Estimate
    overdispersion: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Acts before and after a date, against comparable dyads.

    Attributes
    ----------
    before, after, base_before, base_after : int
        Acts.
    months_before, months_after : int
        Whole months on either side.
    raw : float
        Ratio of monthly rates, after to before.
    ratio : Estimate
        The same divided by that of comparable dyads; neutral value 1.
    overdispersion, correlation : float
        Variance of monthly counts against Poisson; correlation of neighbouring months.
    """

    before: int
    after: int
    base_before: int
    base_after: int
    months_before: int
    months_after: int
    raw: float
    ratio: Estimate
    overdispersion: float
    correlation: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How one record bears on one observation.

    Attributes
    ----------
    exposure : tuple of int
        Acts of the source towards anybody, and of anybody towards the target.
    months : (m,) and counts : (m, 3)
        Positive, negative and neutral acts of the dyad in the months that counted:
        the deciding figures.
    """

    observation: Observation
    verdict: Verdict
    reason: str
    exposure: tuple[int, int]
    months: tuple[date, ...]
    counts: NDArray[np.int64]
    level: Level | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All claims of a case held against one extract.

    Attributes
    ----------
    findings, refusals
        Observations looked for; claims that cannot be looked for.
    placebo : tuple of Placebo
        Rate of false verdicts of the method on this extract.
    """

    extract: Extract
    findings: tuple[Finding, ...]
    refusals: tuple[Refusal, ...]
    placebo: tuple[Placebo, ...]
    seed: int

    def verdict_of(self, claim_id: str) -> Verdict | None:
        """Verdict of a claim; of several tests the first, None if it was not asked."""
        for finding in self.findings:
            if any(claim.id == claim_id for claim in finding.observation.claims):
                return finding.verdict
        for refusal in self.refusals:
            if any(claim.id == claim_id for claim in refusal.claims):
                return refusal.verdict
        return None
