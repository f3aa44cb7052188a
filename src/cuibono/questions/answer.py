"""What a question gives back: a verdict, figures by prior, and the claims behind it."""

from dataclasses import dataclass
from enum import StrEnum

SETTLED = 0.9
"""Share of draws with one sign from which an ensemble counts as settled."""

LEANING = 2 / 3
"""Share from which it leans."""


class ChangeClass(StrEnum):
    """How sure the sign of a change is, before any number."""

    CERTAIN = "certain by structure"
    ALL_PRIORS = "same under all priors"
    LEANS = "leans the same way under all priors"
    PRIOR_DEPENDENT = "depends on the prior"
    AMBIGUOUS = "ambiguous"
    NO_PATH = "no path"
    NO_EQUILIBRIUM = "no equilibrium"


class Verdict(StrEnum):
    """Whether a conclusion follows from the premises of a reading."""

    FOLLOWS_BY_STRUCTURE = "follows by structure"
    FOLLOWS_UNDER_ALL_PRIORS = "follows under every prior"
    LEANS = "leans"
    UNDETERMINED = "undetermined"
    CONTRADICTED = "contradicted"
    NOT_CONNECTED = "not connected"
    NO_EQUILIBRIUM = "no equilibrium"
    NOT_TESTABLE = "not testable as stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorShare:
    """Share of an ensemble that meets something, under one prior.

    Attributes
    ----------
    prior : str
        Name of the prior.
    share : float
        From 0 to 1.
    draws : int
        Models behind it.
    error : float
        Standard error of the share, from the effective number of draws.
    settled : bool
        False where chains drew the models and do not agree on this share.
    """

    prior: str
    share: float
    draws: int
    error: float
    settled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a push does to one node.

    Attributes
    ----------
    node : str
        Node id.
    kind : ChangeClass
        How sure the sign is.
    sign : int
        1 up, -1 down, 0 none or not settled.
    first : int
        What the push does first, along the shortest stated paths: 1, -1, 2 both ways,
        0 none.
    open_loop : int
        Sign over all walks: 1, -1, 2 both, 0 none.
    up, down : tuple of PriorShare
        Shares that rise and fall, one a prior.
    claims : tuple of str
        Claims on the shortest stated paths from push to node.
    """

    node: str
    kind: ChangeClass
    sign: int
    first: int
    open_loop: int
    up: tuple[PriorShare, ...]
    down: tuple[PriorShare, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How an ensemble was drawn, for the record beside every number.

    `stable_share` is the share of sign-conform models that have an equilibrium; where
    `is_bound` it is an upper bound. `chain` tells an approximate sampler.
    """

    prior: str
    draws: int
    stable_share: float
    is_bound: bool
    chain: bool
    r_hat: float
    effective: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """One expected outcome of a conclusion, and what the models give."""

    node: str
    expected: str
    change: Change | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The same outcome under another policy."""

    id: str
    title: str
    verdict: Verdict
    shares: tuple[PriorShare, ...]
    missing: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question's result under one reading.

    Attributes
    ----------
    question : str
        Which kind of question: benefits, depends, policy, follows, lasts.
    id, title : str
        Which one of its kind, and in words.
    reading : str
        Reading whose premises were granted.
    verdict : str
        Word of `Verdict` or `ChangeClass`.
    reason : str
        Why it is so, in words that name no sign of their own.
    shares : tuple of PriorShare
        Share of the models in which everything that was asked holds, one a prior.
    changes : tuple of Change
        Node by node.
    expectations : tuple of Expectation
        For a conclusion: what it expects.
    comparisons : tuple of Comparison
        The sources' own alternatives.
    missing : (str, str) or None
        Missing premise: from which node to which no stated path leads.
    claims : tuple of str
        Claims that the answer rests on.
    sampling : tuple of Sampling
        One a prior; empty where structure alone decides.
    figures : tuple of (str, float)
        Further numbers, named with their unit.
    untold : str
        What the answer does not say.
    """

    question: str
    id: str
    title: str
    reading: str
    verdict: str
    reason: str = ""
    shares: tuple[PriorShare, ...] = ()
    changes: tuple[Change, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    missing: tuple[str, str] | None = None
    claims: tuple[str, ...] = ()
    sampling: tuple[Sampling, ...] = ()
    figures: tuple[tuple[str, float], ...] = ()
    untold: str = ""


def verdict_from(shares: tuple[PriorShare, ...]) -> Verdict:
    """Verdict of the shares of models in which everything expected holds.

    Where chains do not agree on a share nothing is called certain by it: what would
    follow leans, what would be contradicted is undetermined.
    """
    if not shares:
        return Verdict.UNDETERMINED
    least = min(share.share for share in shares)
    most = max(share.share for share in shares)
    settled = all(share.settled for share in shares)
    if least >= SETTLED and settled:
        return Verdict.FOLLOWS_UNDER_ALL_PRIORS
    if most <= 1 - SETTLED and settled:
        return Verdict.CONTRADICTED
    return Verdict.LEANS if least >= LEANING else Verdict.UNDETERMINED
