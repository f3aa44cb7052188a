"""Do two parties depend on each other: both responses positive in the same model."""

from dataclasses import replace

from cuibono.claims.records import Action
from cuibono.questions.action import done_to
from cuibono.questions.answer import (
    Answer,
    ChangeClass,
    Comparison,
    PriorShare,
    Verdict,
    verdict_from,
)
from cuibono.questions.lens import Lens, prior_share


def depends(lens: Lens, one: str, other: str, *, title: str = "") -> Answer:
    """Whether two nodes depend on each other, directly and through paths.

    Returns
    -------
    Answer
        `changes` holds what a rise of each does to the other; `shares` the models in
        which both rise together. `figures` has the direct ties: 1 helps, -1 harms,
        0 not stated, 2 disputed.

    Notes
    -----
    The two responses are counted jointly, in the same model; two marginal shares
    would overstate it (method notes on response, section 5).
    """
    blank = Answer(
        question="depends",
        id=f"depends-{one}-{other}",
        title=title or f"Do {one} and {other} depend on each other",
        reading=lens.model.reading.id,
        verdict=Verdict.NOT_CONNECTED,
    )
    graph = lens.graph
    for name, far in ((one, other), (other, one)):
        if name not in graph.names:
            return _unknown(blank, name, far)
    a, b = graph.position(one), graph.position(other)
    changes = (lens.change([(a, 1.0)], b), lens.change([(b, 1.0)], a))
    figures = (
        (f"direct {one} to {other}", float(_direct(lens, a, b))),
        (f"direct {other} to {one}", float(_direct(lens, b, a))),
    )
    claims = tuple(sorted({c for change in changes for c in change.claims}))
    filled = replace(blank, changes=changes, figures=figures, claims=claims)
    if any(change.kind is ChangeClass.NO_PATH for change in changes):
        gap = (one, other) if not lens.reach[b, a] else (other, one)
        return replace(
            filled, missing=gap, reason="on one of the two ways there is no stated path"
        )
    if lens.no_equilibrium:
        return replace(
            filled,
            verdict=Verdict.NO_EQUILIBRIUM,
            reason="the premises provably have no equilibrium",
        )
    signs = {lens.structural_sign([(a, 1.0)], b), lens.structural_sign([(b, 1.0)], a)}
    shares = _both_rise(lens, a, b)
    if signs == {1}:
        verdict, reason = Verdict.FOLLOWS_BY_STRUCTURE, "the signs alone decide it"
    elif -1 in signs:
        verdict, reason = Verdict.CONTRADICTED, "the signs alone decide against it"
    else:
        verdict = verdict_from(shares)
        reason = "not decided by the signs alone"
    return replace(
        filled,
        verdict=verdict,
        reason=reason,
        shares=shares,
        comparisons=(_removed(lens, one, other), _removed(lens, other, one)),
        sampling=lens.sampling(),
    )


def _removed(lens: Lens, gone: str, left: str) -> Comparison:
    """Whether the other falls once one is taken out; under the first prior."""
    done = done_to(lens.graph, Action(remove=(gone,)))
    seen = lens.on(done.graph, first_prior_only=True)
    change = seen.change(list(done.push), done.graph.position(left))
    verdict = verdict_from(change.down)
    if change.kind is ChangeClass.NO_EQUILIBRIUM:
        verdict = Verdict.NO_EQUILIBRIUM
    elif change.kind is ChangeClass.CERTAIN:
        falls = change.sign < 0
        verdict = Verdict.FOLLOWS_BY_STRUCTURE if falls else Verdict.CONTRADICTED
    return Comparison(
        id=f"without-{gone}",
        title=f"{left} falls once {gone} is taken out",
        verdict=verdict,
        shares=change.down,
    )


def _unknown(blank: Answer, name: str, far: str) -> Answer:
    """Answer about a node that the reading does not have."""
    return replace(
        blank,
        missing=(name, far),
        reason=f"the reading's premises state nothing about {name}",
    )


def _direct(lens: Lens, tail: int, head: int) -> int:
    """Direct tie: 1 helps, -1 harms, 2 disputed, 0 not stated."""
    graph = lens.graph
    signs = graph.sign[(graph.tail == tail) & (graph.head == head)]
    if len(signs) > 1:
        return 2
    return int(signs[0]) if len(signs) else 0


def _both_rise(lens: Lens, a: int, b: int) -> tuple[PriorShare, ...]:
    """Share of the models, prior by prior, in which each raises the other."""
    found = []
    for prior in lens.priors:
        drawn = lens.ensemble(prior)
        if drawn.draws:
            there = lens.responses(prior, [(a, 1.0)])[:, b]
            back = lens.responses(prior, [(b, 1.0)])[:, a]
            found.append(prior_share(drawn, (there > 0) & (back > 0)))
    return tuple(found)
