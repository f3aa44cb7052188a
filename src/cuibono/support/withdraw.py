"""What an answer hangs on: withdraw a claim, and see whether the answer keeps.

The edges that fall with a claim are taken out of the very models that gave the answer,
and stability is imposed again: among them some keep the answer, some flip it, some lose
their equilibrium. Counting only the first two would credit or blame the claim for what
the loss of equilibrium does (method notes on response, section 6).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.claims.records import Claim, Conclusion, voice_text
from cuibono.questions.action import done_to
from cuibono.questions.answer import Answer, Verdict
from cuibono.questions.follows import SIGNS, all_hold
from cuibono.questions.lens import Lens
from cuibono.response.answers import responses, responses_without, stable_without
from cuibono.response.condensation import reachability
from cuibono.response.records import Ensemble
from cuibono.support.cuts import claim_cut
from cuibono.support.relevance import near_edges

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What becomes of an answer when some claims are withdrawn.

    Attributes
    ----------
    kind : str
        claim, voice, source or layer.
    name : str
        Which one.
    claims : tuple of str
        What was withdrawn.
    edges : int
        Links that fell with it.
    keeps, flips, lost : float
        Of the models that gave the answer: share that keep it, that do not, that have
        no equilibrium any more. They add to one.
    disconnects : bool
        No stated path is left from what is done to what is expected.
    """

    kind: str
    name: str
    claims: tuple[str, ...]
    edges: int
    keeps: float
    flips: float
    lost: float
    disconnects: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What carries one answer: the least claims that part its ends, and withdrawals.

    Attributes
    ----------
    conclusion : str
        Id of the conclusion.
    base : float
        Share of the models that give the answer, with all claims.
    draws : int
        Models that gave it.
    cut : tuple of str
        A smallest set of claims whose withdrawal leaves no stated path from what is
        done to what is expected; empty where there is no path anyway.
    single, groups : tuple of Carried
        One claim at a time, the heaviest first; voices, sources and layers. Empty
        where no model gives the answer.
    """

    conclusion: str
    base: float
    draws: int
    cut: tuple[str, ...]
    single: tuple[Carried, ...]
    groups: tuple[Carried, ...]


def groups_of(claims: Iterable[Claim]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Claim ids by (kind, name): every voice, source and layer of some claims."""
    found: dict[tuple[str, str], list[str]] = {}
    for claim in claims:
        for key in (
            ("voice", voice_text(claim.voice)),
            ("source", claim.source),
            ("layer", claim.layer.value),
        ):
            found.setdefault(key, []).append(claim.id)
    return {key: tuple(ids) for key, ids in sorted(found.items())}


def support_of(lens: Lens, conclusion: Conclusion, answer: Answer) -> Support | None:
    """What carries the answer to a conclusion, or None where there is no answer.

    Parameters
    ----------
    lens : Lens
        On the reading's model, under the first prior of its set.
    conclusion : Conclusion
        What was asked, with signs expected.
    answer : Answer
        What `follows` gave.
    """
    untold = {
        Verdict.NOT_TESTABLE,
        Verdict.NOT_CONNECTED,
        Verdict.NO_EQUILIBRIUM,
    }
    signed = {node: word for node, word in conclusion.expect if word in SIGNS}
    if answer.verdict in untold or not signed:
        return None
    done = done_to(lens.graph, conclusion.do)
    if done.graph is not lens.graph:
        lens = lens.on(done.graph, first_prior_only=True)
    drawn = lens.ensemble(lens.priors[0])
    if not drawn.draws:
        return None
    wanted = {done.graph.position(node): SIGNS[word] for node, word in signed.items()}
    push = dict(done.push)

    def holds(moved: NDArray[np.float64]) -> Flags:
        return all_hold(moved, wanted)

    gave = holds(responses(drawn, push))
    ends = (list(push), list(wanted))
    fallen = _falling(done.graph.claims)
    weigh = _Weigher(drawn, push, holds, gave, ends, lens.stable_without)
    # Where no model gives what is expected, no withdrawal can take it away.
    weighed = lens.model.claims if gave.any() else ()
    single = [
        weigh(kind="claim", name=claim.id, claims=(claim.id,), edges=fallen([claim.id]))
        for claim in weighed
        if fallen([claim.id])
    ]
    groups = [
        weigh(kind=kind, name=name, claims=ids, edges=fallen(ids))
        for (kind, name), ids in groups_of(weighed).items()
        if fallen(ids)
    ]
    return Support(
        conclusion=conclusion.id,
        base=float(gave.mean()),
        draws=int(gave.sum()),
        cut=smallest_cut(done.graph.claims, drawn, ends),
        single=tuple(sorted(single, key=_heaviest)),
        groups=tuple(groups),
    )


def _heaviest(item: Carried) -> tuple[float, str]:
    """Order of withdrawals: what keeps least first."""
    return item.keeps, item.name


def _falling(
    behind: tuple[tuple[str, ...], ...],
) -> Callable[[Sequence[str]], tuple[int, ...]]:
    """Function that gives the edges which fall when claims are withdrawn."""

    def falling(gone: Sequence[str]) -> tuple[int, ...]:
        lost = set(gone)
        return tuple(k for k, ids in enumerate(behind) if ids and set(ids) <= lost)

    return falling


class _Weigher:
    """Weighs withdrawals against the models that gave one answer."""

    def __init__(
        self,
        drawn: Ensemble,
        push: dict[int, float],
        holds: Callable[[NDArray[np.float64]], Flags],
        gave: Flags,
        ends: tuple[list[int], list[int]],
        tested: dict[tuple[int, ...], Flags],
    ) -> None:
        """Keep what every withdrawal is weighed against."""
        self.tested = tested
        self.drawn = drawn
        self.push = push
        self.holds = holds
        self.gave = gave
        self.ends = ends
        self.relevant = near_edges(drawn.graph, ends)

    def still_stable(self, edges: tuple[int, ...]) -> Flags:
        """Models that are stable without some edges, tested once for all conclusions."""
        if edges not in self.tested:
            self.tested[edges] = stable_without(self.drawn, list(edges))
        return self.tested[edges]

    def parted(self, edges: tuple[int, ...]) -> bool:
        """Whether without some edges a target is left without a stated path."""
        graph = self.drawn.graph
        drop = np.zeros(graph.m, dtype=np.bool_)
        drop[list(edges)] = True
        reach = reachability(graph.without_edges(drop))
        starts, targets = self.ends
        return any(
            not any(reach[node, at] or node == at for at in starts) for node in targets
        )

    def __call__(
        self, *, kind: str, name: str, claims: tuple[str, ...], edges: tuple[int, ...]
    ) -> Carried:
        """What becomes of the answer without some edges."""
        count = int(self.gave.sum())
        stable = self.still_stable(edges)
        # Without a link near a path from the push to what is expected nothing changes.
        near = bool(self.relevant[list(edges)].any())
        kept = self.gave
        if near:
            kept = self.holds(responses_without(self.drawn, list(edges), self.push))
        keeps = float((self.gave & stable & kept).sum() / count)
        lost = float((self.gave & ~stable).sum() / count)
        return Carried(
            kind=kind,
            name=name,
            claims=claims,
            edges=len(edges),
            keeps=keeps,
            flips=max(0.0, 1.0 - keeps - lost),
            lost=lost,
            disconnects=near and self.parted(edges),
        )


def smallest_cut(
    behind: tuple[tuple[str, ...], ...],
    drawn: Ensemble,
    ends: tuple[list[int], list[int]],
) -> tuple[str, ...]:
    """Smallest set of claims whose withdrawal leaves a target without a stated path.

    A claim may stand behind several links and a link behind several claims: the set is
    found by search over shortest paths, each of which must lose a link (hitting set),
    smallest first.
    """
    graph = drawn.graph
    best: tuple[str, ...] = ()
    for target in ends[1]:
        if target in ends[0]:
            continue
        found = claim_cut(graph, behind, ends[0], target)
        if found and (not best or len(found) < len(best)):
            best = found
    return best
