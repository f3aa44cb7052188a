"""Will it last: pushed back, backfires, or grows back; with and without a driver.

In a stable linear model everything returns after a pulse, whatever the signs, so that
"temporary" alone is true by construction and nothing is credited for it. What has
content is the contrast: does the gain come undone while a driver is there, and stay
once the driver is taken out?
"""

import zlib
from dataclasses import replace

import numpy as np

from cuibono.claims.records import Action, Alternative, Conclusion
from cuibono.questions.answer import (
    LEANING,
    SETTLED,
    Answer,
    Comparison,
    Expectation,
    PriorShare,
    Verdict,
)
from cuibono.questions.lens import Lens, prior_share
from cuibono.response.answers import stable_clamped
from cuibono.response.lasting import push_back, regrowth, short_and_long
from cuibono.response.priors import Prior

LASTING = frozenset({"back", "stays"})
"""Words for what is left of a push once it is over."""

BY_CONSTRUCTION = (
    "in a stable linear model every pulse is reversed, whatever the signs, so that "
    "a return by itself shows nothing; the contrast with the driver taken out does"
)


EARLY = 0.2
"""What counts as the short run, in units of the model's own pace."""
NO_DRIVER = "the conclusion names no driver to take out"

NOT_TOLD = (
    "shares are of models whose rest, without the node and its driver, is stable; "
    "thresholds and tipping are outside the linear lens"
)


def lasting_verdict(lens: Lens, conclusion: Conclusion, blank: Answer) -> Answer:
    """Whether a gain comes undone, or stays, as a conclusion says.

    The conclusion's pulse names the gain; its alternatives that take nodes out name
    the drivers. With `back`, it follows where the node pushed grows back with the
    driver present and does not without it. A conclusion of that kind that names no
    driver has no content in this lens, and says so.

    Notes
    -----
    Growth when rare after removal, Lotka-Volterra with the ensemble's interactions
    (method notes on response, section 7, query 4).
    """
    words = {word for _, word in conclusion.expect}
    node = next(name for name, word in conclusion.expect if word in LASTING)
    if node not in lens.graph.names:
        pushed = [name for name, _ in (*conclusion.do.pulse, *conclusion.do.press)]
        return replace(
            blank,
            verdict=Verdict.NOT_CONNECTED,
            missing=(next((name for name in pushed if name != node), ""), node),
            reason="the reading states nothing about what the conclusion is about",
        )
    if lens.no_equilibrium:
        return replace(
            blank,
            verdict=Verdict.NO_EQUILIBRIUM,
            reason="the premises provably have no equilibrium",
        )
    target = lens.graph.position(node)
    drivers = [
        other for other in conclusion.alternatives if other.do.remove or other.do.clamp
    ]
    comparisons = tuple(_without(lens, other, target, words) for other in drivers)
    first = comparisons[0] if comparisons else None
    verdict = first.verdict if first else Verdict.UNDETERMINED
    told = next((item.shares for item in comparisons if item.shares), ())
    return replace(
        blank,
        verdict=verdict,
        reason=BY_CONSTRUCTION if drivers else f"{BY_CONSTRUCTION}; {NO_DRIVER}",
        shares=told,
        comparisons=comparisons,
        missing=first.missing if first and not first.shares else None,
        expectations=tuple(
            Expectation(node=name, expected=word, change=None)
            for name, word in conclusion.expect
        ),
        figures=(*_figures(lens, target), *_turning(lens, target, drivers)),
        sampling=lens.sampling(),
        claims=tuple(sorted({*blank.claims, *_driving(lens, drivers, target)})),
        untold=NOT_TOLD,
    )


def _without(
    lens: Lens, other: Alternative, target: int, words: set[str]
) -> Comparison:
    """Whether the target grows back with the nodes of an alternative taken out."""
    names = (*other.do.remove, *other.do.clamp)
    gone = tuple(lens.graph.position(x) for x in names if x in lens.graph.names)
    absent = next((x for x in names if x not in lens.graph.names), None)
    linked = any(lens.reach[target, at] for at in gone if at != target)
    if absent or not linked:
        return Comparison(
            id=other.id,
            title=other.title,
            verdict=Verdict.NOT_CONNECTED,
            shares=(),
            missing=(absent or names[0], lens.graph.names[target]),
        )
    grows = _grows_back(lens, target, tuple(x for x in gone if x != target))
    return Comparison(
        id=other.id, title=other.title, verdict=_contrast(grows, words), shares=grows
    )


def _driving(lens: Lens, drivers: list[Alternative], target: int) -> set[str]:
    """Claims on the shortest stated paths from drivers to the target."""
    names = [x for other in drivers for x in (*other.do.remove, *other.do.clamp)]
    known = [lens.graph.position(x) for x in names if x in lens.graph.names]
    return set(lens.path_claims(known, target))


def _grows_back(
    lens: Lens, target: int, removed: tuple[int, ...]
) -> tuple[PriorShare, ...]:
    """Share, prior by prior, in which the target grows back with others removed."""
    found = []
    for prior in lens.priors:
        drawn = lens.ensemble(prior)
        if not drawn.draws:
            continue
        again = regrowth(drawn, target, removed, rng=_rng(lens, prior))
        rest = stable_clamped(drawn, (target, *removed))
        if rest.any():
            found.append(prior_share(drawn, again.rate > 0, among=rest))
    return tuple(found)


def _rng(lens: Lens, prior: Prior) -> np.random.Generator:
    """Generator for levels, apart from the one that drew the ensemble."""
    return np.random.default_rng([lens.seed, zlib.crc32(prior.name.encode()), 1])


def _contrast(grows: tuple[PriorShare, ...], words: set[str]) -> Verdict:
    """Verdict of a return with the driver there (certain) and without it."""
    if not grows:
        return Verdict.UNDETERMINED
    least = min(share.share for share in grows)
    most = max(share.share for share in grows)
    if "stays" in words:
        # Nothing stays in a stable linear model while the rest is as it was.
        return Verdict.CONTRADICTED
    settled = all(share.settled for share in grows)
    if most <= 1 - SETTLED and settled:
        return Verdict.FOLLOWS_UNDER_ALL_PRIORS
    if most <= 1 - LEANING:
        return Verdict.LEANS
    against = least >= SETTLED and settled
    return Verdict.CONTRADICTED if against else Verdict.UNDETERMINED


def _figures(lens: Lens, target: int) -> tuple[tuple[str, float], ...]:
    """How much of a held push stays, by prior: median, and share that backfires."""
    found = []
    for prior in lens.priors:
        drawn = lens.ensemble(prior)
        if not drawn.draws:
            continue
        kept = push_back(drawn, target)
        kept = kept[np.isfinite(kept)]
        if len(kept):
            found.append((f"median_push_kept_{prior.name}", float(np.median(kept))))
            found.append((f"share_backfires_{prior.name}", float(np.mean(kept < 0))))
    return tuple(found)


def _turning(
    lens: Lens, target: int, drivers: list[Alternative]
) -> tuple[tuple[str, float], ...]:
    """Short run against long run, and the root against the symptom; first prior.

    The share of models in which a held push on the target moves it one way at first and
    the other way in the end; and for each driver the share in which a push on it lowers
    the target by more than the same push on the target itself.
    """
    drawn = lens.ensemble(lens.priors[0])
    if not drawn.draws:
        return ()
    path = short_and_long(drawn, {target: -1.0}, (EARLY,))[:, :, target]
    turned = float((path[:, 0] * path[:, 1] < 0).mean())
    found = [("share_reversed_in_the_long_run", turned)]
    own = path[:, 1]
    for other in drivers:
        for name in (*other.do.remove, *other.do.clamp):
            if name in lens.graph.names and lens.graph.position(name) != target:
                push = [(lens.graph.position(name), -1.0)]
                deeper = lens.responses(lens.priors[0], push)[:, target] < own
                found.append((f"share_deeper_by_{name}", float(deeper.mean())))
    return tuple(found)


def lasts(lens: Lens, node: str, drivers: tuple[str, ...]) -> Answer:
    """What becomes of a push on a node, and whether it grows back without drivers."""
    conclusion = Conclusion(
        id=f"lasts-{node}",
        title=f"Does a push on {node} last",
        claims=(),
        do=Action(pulse=((node, -1.0),)),
        expect=((node, "back"),),
        alternatives=tuple(
            Alternative(id=f"without-{name}", title=name, do=Action(remove=(name,)))
            for name in drivers
        ),
    )
    blank = Answer(
        question="lasts",
        id=conclusion.id,
        title=conclusion.title,
        reading=lens.model.reading.id,
        verdict=Verdict.NOT_TESTABLE,
    )
    return lasting_verdict(lens, conclusion, blank)
