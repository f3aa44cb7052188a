"""What a record shows of the four rules, as figures that a case can ship."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Triple:
    """Three actors whose events push a rule, with how many and how many friendly."""

    actors: tuple[str, ...]
    push: float
    events: int
    friendly: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFigure:
    """One of the four rules.

    Attributes
    ----------
    name, says : str
        The rule; which third actors count.
    predicts : int
        1 if it lets expect friendlier acts, -1 if less friendly ones.
    verdict, partial, reason : str
        The call, which null alone rejects, and why there is too little data.
    odds_ratio, odds_low, odds_high : float
        Of friendly, no such third actor against the median of those; 95 %.
    share_without, share_with : float
        Fitted share of friendly acts in the two.
    p_timing, p_structure : float
        Against the two nulls.
    coefficient, null_low, null_high : float
        Coefficient, and where 95 % of the structure null's lie.
    events, friendly : int
        Acts with such a third actor, and friendly ones of them.
    triples : tuple of Triple
        Who carries it.
    """

    name: str
    says: str
    predicts: int
    verdict: str
    partial: str
    reason: str
    odds_ratio: float
    odds_low: float
    odds_high: float
    share_without: float
    share_with: float
    p_timing: float
    p_structure: float
    coefficient: float
    null_low: float
    null_high: float
    events: int
    friendly: int
    triples: tuple[Triple, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """The four rules under one setting: coefficients and the null's band."""

    actors: str
    half_life_days: float
    terms: int
    values: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Principle:
    """The four rules in one record, with all that they depend on.

    Attributes
    ----------
    record : str
        Which record.
    events, signed, friendly, actors, pairs : int
        All events; signed ones between two actors, and of these friendly ones, actors
        and pairs.
    first, last : str
        First and last day.
    half_life_days, level : float
        Of the memory; of each null.
    draws, seed : int
        Draws of each null, and where their random numbers start.
    caveats : tuple of str
        What is known to go wrong.
    """

    record: str
    events: int
    signed: int
    friendly: int
    actors: int
    pairs: int
    first: str
    last: str
    half_life_days: float
    level: float
    draws: int
    seed: int
    rules: tuple[RuleFigure, ...]
    curve: tuple[CurvePoint, ...] = ()
    digests: tuple[tuple[str, str], ...] = ()
    caveats: tuple[str, ...] = ()
