"""Sentences on the four rules: what a record shows of them, in plain words."""

from typing import Final

from cuibono.events.principle import Principle, RuleFigure

SUPPORTED: Final = "supported"
CONTRADICTED: Final = "contradicted"
TOO_LITTLE: Final = "too little data"
_OF: Final = {
    "friend of friend": "a friend of a friend",
    "friend of enemy": "a friend of an enemy",
    "enemy of friend": "an enemy of a friend",
    "enemy of enemy": "an enemy of an enemy",
}
_SHARE: Final = {
    "friend of friend": "Actors who have a friend in common",
    "friend of enemy": "Actors towards a friend of those they were hostile to",
    "enemy of friend": "Actors towards those whom their friends were hostile to",
    "enemy of enemy": "Actors who share an enemy",
}
TERMS: Final = {
    0: "pairs and triads",
    1: "pairs, triads and degrees",
    2: "pairs, triads and long-run shares",
    3: "pairs, triads, degrees and long-run shares",
}


def rule_sentence(one: RuleFigure) -> str:
    """What the record shows of one rule, in one sentence."""
    who = _SHARE.get(one.name, one.name)
    if one.verdict == TOO_LITTLE:
        return f"{who}: too little data to say ({one.reason})."
    if one.verdict in {SUPPORTED, CONTRADICTED}:
        more = "more" if one.odds_ratio > 1 else "less"
        return (
            f"{who} were {more} likely to be cooperative when they dealt with each "
            "other than these same actors usually are, beyond both nulls."
        )
    alone = {
        "timing only": " The timing of signs within pairs alone differs from chance.",
        "structure only": " What actors and pairs incline to does not explain it, but "
        "the timing of signs within pairs shows nothing.",
        "the two nulls reject in opposite directions": " The two nulls point opposite "
        "ways.",
    }.get(one.partial, "")
    return (
        f"{who} were no more and no less likely to be cooperative when they dealt with "
        f"each other than these same actors usually are, as far as this record can "
        f"tell.{alone}"
    )


def rule_numbers(one: RuleFigure) -> str:
    """Odds ratio for the typical contrast and what the nulls say."""
    return (
        f"odds ratio {one.odds_ratio:.2f} (95 % interval {one.odds_low:.2f} to "
        f"{one.odds_high:.2f}) from no such third actor to the median of those there "
        f"are; {one.share_without:.0%} against {one.share_with:.0%} friendly, the other "
        f"terms held; p {one.p_timing:.3g} against timing, {one.p_structure:.3g} "
        f"against structure; {one.events:,} acts with such a third actor"
    )


def rule_title(one: RuleFigure) -> str:
    """Name of a rule with what it lets expect."""
    expects = "cooperative" if one.predicts > 0 else "hostile"
    return f"{_OF.get(one.name, one.name)}: expected {expects}"


def rule_range(found: Principle, at: int) -> str:
    """Range of a rule's coefficient over the specification curve."""
    values = [point.values[at] for point in found.curve]
    if not values:
        return "no curve was asked for"
    inside = sum(
        point.lows[at] <= point.values[at] <= point.highs[at] for point in found.curve
    )
    return (
        f"{min(values):+.2f} to {max(values):+.2f} per standard deviation over "
        f"{len(values)} settings, {inside} of them inside what chance gives"
    )


def settings_sentence(found: Principle) -> str:
    """What the verdicts rest on."""
    return (
        f"By {found.record}: {found.signed:,} signed acts ({found.friendly:,} "
        f"cooperative) between {found.pairs:,} pairs of {found.actors:,} actors, "
        f"{found.first} to {found.last}. Half-life {found.half_life_days:g} days; "
        f"{found.draws} draws of each null, seed {found.seed}; each null at level "
        f"{found.level:g}."
    )
