"""Does it follow: a source's own conclusion, asked of the premises of a reading."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cuibono.claims.records import Action, Alternative, Conclusion
from cuibono.questions.action import Done, done_to
from cuibono.questions.answer import (
    Answer,
    Change,
    ChangeClass,
    Comparison,
    Expectation,
    Verdict,
    verdict_from,
)
from cuibono.questions.lasts import LASTING, lasting_verdict
from cuibono.questions.lens import Floats, Lens

SIGNS: dict[str, frozenset[int]] = {
    "+": frozenset({1}),
    "-": frozenset({-1}),
    "0": frozenset({0}),
    "not +": frozenset({-1, 0}),
    "not -": frozenset({1, 0}),
}
"""Signs of a change that each word of an expectation allows."""


def follows(lens: Lens, conclusion: Conclusion) -> Answer:
    """Whether a conclusion follows from a reading's premises.

    Parameters
    ----------
    lens : Lens
        On the reading's model.
    conclusion : Conclusion
        What is done, and what is expected of which nodes.

    Returns
    -------
    Answer
        Verdict first from structure, then from the ensembles; a missing premise is
        named where no stated path leads from what is done to what is expected.

    Notes
    -----
    Sources: Dambacher, Luh, Li and Rossignol (2003) for signs that structure decides;
    Raymond, McInnes, Dambacher et al. (2011) for ensembles of stable models.
    """
    blank = Answer(
        question="follows",
        id=conclusion.id,
        title=conclusion.title,
        reading=lens.model.reading.id,
        verdict=Verdict.NOT_TESTABLE,
        claims=conclusion.claims,
    )
    if conclusion.untestable:
        return replace(blank, reason=conclusion.untestable)
    lasting = {node: word for node, word in conclusion.expect if word in LASTING}
    if lasting:
        return lasting_verdict(lens, conclusion, blank)
    answer = _signs(lens, conclusion.do, dict(conclusion.expect), blank)
    return replace(answer, comparisons=_comparisons(lens, conclusion))


def _signs(
    lens: Lens,
    action: Action,
    expect: dict[str, str],
    blank: Answer,
    *,
    main: bool = True,
) -> Answer:
    """Verdict on signs that are expected of the equilibrium.

    An alternative (not `main`) that changes links is drawn under the first prior only.
    """
    done = done_to(lens.graph, action)
    gap = missing_premise(lens, done, list(expect))
    changed = done.graph is not lens.graph
    seen = lens.on(done.graph, first_prior_only=changed and not main)
    linked = [node for node in expect if _linked(seen, done, node)]
    changes = seen.changes(done.push, [done.graph.position(node) for node in linked])
    found = dict(zip(linked, changes, strict=True))
    expectations = tuple(
        Expectation(node=node, expected=word, change=found.get(node))
        for node, word in expect.items()
    )
    if gap is not None:
        return replace(
            blank,
            verdict=Verdict.NOT_CONNECTED,
            missing=gap,
            reason=(
                "the stated premises hold no path from what is done to what is "
                "expected; an unstated premise is not a false one"
            ),
            expectations=expectations,
        )
    claims = sorted({*blank.claims, *(c for change in changes for c in change.claims)})
    answer = replace(blank, expectations=expectations, claims=tuple(claims))
    if seen.no_equilibrium:
        return replace(
            answer,
            verdict=Verdict.NO_EQUILIBRIUM,
            reason="the premises provably have no equilibrium",
        )
    wanted = {done.graph.position(node): SIGNS[word] for node, word in expect.items()}
    shares = seen.shares(done.push, lambda moved: all_hold(moved, wanted))
    structural = _structural_verdict(seen, done, wanted)
    verdict = structural or verdict_from(shares)
    return replace(
        answer,
        verdict=verdict,
        reason=_reason(verdict, changes, structural is not None),
        shares=shares,
        sampling=seen.sampling(),
    )


def all_hold(moved: Floats, wanted: dict[int, frozenset[int]]) -> NDArray[np.bool_]:
    """Whether every node moves as wanted, (draws,) bool."""
    held = np.ones(len(moved), dtype=np.bool_)
    for node, signs in wanted.items():
        held &= np.isin(np.sign(moved[:, node]), sorted(signs))
    return held


def missing_premise(
    lens: Lens, done: Done, expected: list[str]
) -> tuple[str, str] | None:
    """First pair (done, expected) that no stated path links, or None.

    A node that the reading does not have at all is such a gap too; among several pushes
    one that leads there is enough.
    """
    known = [done.graph.names[at] for at, _ in done.push]
    first = (*known, *done.unknown, "")[0]
    seen = lens if done.graph is lens.graph else lens.on(done.graph)
    for node in expected:
        if not _linked(seen, done, node):
            return first, node
    return None


def _linked(seen: Lens, done: Done, node: str) -> bool:
    """Whether a stated path leads from what is done to a node."""
    if node not in done.graph.names:
        return False
    at = done.graph.position(node)
    return any(seen.reach[at, start] or at == start for start, _ in done.push)


def _structural_verdict(
    seen: Lens, done: Done, wanted: dict[int, frozenset[int]]
) -> Verdict | None:
    """Verdict where structure decides every expected sign, else None."""
    signs = {node: seen.structural_sign(done.push, node) for node in wanted}
    if any(sign != 2 and sign not in wanted[node] for node, sign in signs.items()):
        return Verdict.CONTRADICTED
    if all(sign in wanted[node] for node, sign in signs.items()):
        return Verdict.FOLLOWS_BY_STRUCTURE
    return None


def _reason(verdict: Verdict, changes: tuple[Change, ...], structural: bool) -> str:
    """Why the verdict is so."""
    if structural and verdict is Verdict.CONTRADICTED:
        return "the signs of the premises alone decide against what is expected"
    if structural:
        return "the signs of the premises alone decide it, given an equilibrium"
    open_ones = [
        change.node
        for change in changes
        if change.kind
        in {ChangeClass.AMBIGUOUS, ChangeClass.PRIOR_DEPENDENT, ChangeClass.LEANS}
    ]
    if open_ones:
        return "opposed paths reach " + ", ".join(open_ones)
    if verdict is Verdict.FOLLOWS_UNDER_ALL_PRIORS:
        return "not decided by the signs alone; the models drawn agree"
    if verdict is Verdict.CONTRADICTED:
        return "not decided by the signs alone; the models drawn speak against it"
    return "how strong the links are decides it"


def _comparisons(lens: Lens, conclusion: Conclusion) -> tuple[Comparison, ...]:
    """The same outcome under the alternatives that the sources name."""
    return tuple(
        _comparison(lens, other, dict(conclusion.expect))
        for other in conclusion.alternatives
    )


def _comparison(lens: Lens, other: Alternative, expect: dict[str, str]) -> Comparison:
    """The same outcome under one alternative."""
    blank = Answer(
        question="follows",
        id=other.id,
        title=other.title,
        reading=lens.model.reading.id,
        verdict=Verdict.NOT_TESTABLE,
    )
    answer = _signs(lens, other.do, expect, blank, main=False)
    return Comparison(
        id=other.id,
        title=other.title,
        verdict=Verdict(answer.verdict),
        shares=answer.shares,
        missing=answer.missing,
    )
