"""One answer on trial: the models that gave it, and what they give when claims change.

Shares are paired: the edges that change are changed in the very models that gave the
answer, and stability is imposed again. Looking at the old matrices without testing them
(naive) credits a claim with what the loss of equilibrium does; drawing models anew from
the reduced pattern changes what the other claims' strengths look like as well (method
notes on response, section 6).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from cuibono.claims.records import Conclusion
from cuibono.model.digraph import SignedDigraph
from cuibono.questions.action import done_to
from cuibono.questions.answer import Answer, Verdict
from cuibono.questions.follows import SIGNS, all_hold
from cuibono.questions.lens import Lens, prior_share
from cuibono.response.records import Ensemble, Method
from cuibono.response.withdrawing import OUT, TURNED, Edges, Scaled
from cuibono.support.relevance import Ends, relevant_edges
from cuibono.support.shared import SharedTests

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Wanted = dict[int, frozenset[int]]

UNTOLD = frozenset(
    {Verdict.NOT_TESTABLE, Verdict.NOT_CONNECTED, Verdict.NO_EQUILIBRIUM}
)
"""Verdicts that no model stands behind."""


class Change(StrEnum):
    """What is done to claims."""

    WITHDRAWAL = "withdrawal"
    REVERSAL = "reversal"

    @property
    def factor(self) -> float:
        """By what the strength of an edge is multiplied when all its claims change."""
        return OUT if self is Change.WITHDRAWAL else TURNED


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Of the models that gave an answer: keep it, do not, have no equilibrium.

    They add to one.
    """

    keeps: float
    flips: float
    lost: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trial:
    """An answer, the models that gave it, and how to ask them again.

    Attributes
    ----------
    scaled : Scaled
        The models, with edges scaled at will.
    push : dict of int to float
        What is pushed.
    wanted : dict of int to frozenset of int
        Signs that are expected of some nodes.
    against : bool
        The answer is that what is expected does not come about.
    gave : (draws,) bool
        Models that gave the answer.
    relevant : (m,) bool
        Edges that can matter.
    ends : (list of int, list of int)
        Positions pushed, and positions asked about.
    """

    scaled: Scaled
    push: dict[int, float]
    wanted: Wanted
    against: bool
    gave: Flags
    relevant: Flags
    ends: Ends

    @property
    def drawn(self) -> Ensemble:
        """Models that were asked."""
        return self.scaled.ensemble

    @property
    def graph(self) -> SignedDigraph:
        """Model's digraph, after what is done."""
        return self.drawn.graph

    @property
    def base(self) -> float:
        """Share of the models that give the answer, with all claims."""
        return float(self.gave.mean())

    @property
    def count(self) -> int:
        """Models that gave it."""
        return int(self.gave.sum())

    def worth(self, sets: Sequence[Edges], change: Change) -> float:
        """Independent models that one model is worth, from 0 to 1.

        1 where models were drawn one by one. Chains draw dependent ones: then the least
        effective number over what is counted, model by model, under some sets.
        """
        if self.drawn.method is not Method.CHAIN:
            return 1.0
        kept = (self.gave & self.given(edges, change) for edges in sets)
        shares = (prior_share(self.drawn, flags) for flags in (self.gave, *kept))
        worths = (
            item.share * (1 - item.share) / item.error**2 if item.error else np.inf
            for item in shares
        )
        return min(1.0, min(worths) / self.drawn.draws)

    def held(self, moved: Floats) -> Flags:
        """Whether changes (draws, n) give the answer, (draws,)."""
        found = all_hold(moved, self.wanted)
        return ~found if self.against else found

    def given(self, edges: Sequence[int], change: Change) -> Flags:
        """Models (draws,) that are stable and give the answer after a change."""
        moved = self.scaled.responses(edges, change.factor, self.push)
        stable = self.scaled.stable(edges, change.factor)
        return np.asarray(stable & self.held(moved))

    def shares(self, edges: Sequence[int], change: Change) -> Shares:
        """Three-way shares of the models that gave the answer."""
        stable = self.scaled.stable(edges, change.factor)
        lost = float((self.gave & ~stable).sum() / self.count)
        keeps = float((self.gave & self.given(edges, change)).sum() / self.count)
        return Shares(keeps=keeps, flips=max(0.0, 1.0 - keeps - lost), lost=lost)

    def counted(
        self,
        sets: Sequence[Edges],
        change: Change,
        enough: int,
        *,
        turned: bool = False,
    ) -> list[tuple[int, int]]:
        """Models that keep the answer under each set, and of how many.

        Screened by Woodbury's identity first; stability is tested only where the
        answer would keep, and solved anew where round-off would decide.

        Parameters
        ----------
        sets : sequence of tuples of int
            Edges that change.
        change : Change
            How.
        enough : int
            Counting ends there; more than half of the models that gave the answer.
        turned : bool
            Of the models that have an equilibrium only; else of all that gave it.
        """
        found = [(0, self.count)] * len(sets)
        by_size: dict[int, list[int]] = {}
        for at, edges in enumerate(sets):
            by_size.setdefault(len(edges), []).append(at)
        for members in by_size.values():
            part = [sets[at] for at in members]
            holds, possible = self._screened(part, change)
            kept = self.scaled.kept(part, change.factor, holds & possible, enough)
            of = np.full(len(part), self.count)
            if turned:
                most = self.drawn.draws + 1
                of = kept + self.scaled.kept(
                    part, change.factor, possible & ~holds, most
                )
            for at, pair in zip(members, zip(kept, of, strict=True), strict=True):
                found[at] = int(pair[0]), int(pair[1])
        return found

    def _screened(self, sets: list[Edges], change: Change) -> tuple[Flags, Flags]:
        """Whether models (s, draws) give the answer; gave it, and may be stable."""
        nodes = list(self.wanted)
        moved, possible = self.scaled.screened(sets, change.factor, self.push, nodes)
        wanted = dict(enumerate(self.wanted.values()))
        holds = np.empty(possible.shape, dtype=np.bool_)
        for at, edges in enumerate(sets):
            if np.isnan(moved[at]).any():
                whole = self.scaled.responses(edges, change.factor, self.push)
                holds[at] = self.held(whole)
            else:
                found = all_hold(moved[at], wanted)
                holds[at] = ~found if self.against else found
        return holds, np.asarray(possible & self.gave)


def trial_of(
    lens: Lens,
    conclusion: Conclusion,
    answer: Answer,
    *,
    tests: SharedTests | None = None,
) -> Trial | None:
    """Put the answer to a conclusion on trial, or None where no model stands behind it.

    Where the verdict is `contradicted`, what is on trial is that what is expected does
    not come about; otherwise, that it does.

    Parameters
    ----------
    lens : Lens
        On the reading's model; the first prior of its set is used.
    conclusion : Conclusion
        What was asked, with signs expected.
    answer : Answer
        What `follows` gave.
    tests : SharedTests, optional
        Tests of stability to share with other conclusions.
    """
    signed = {node: word for node, word in conclusion.expect if word in SIGNS}
    if answer.verdict in UNTOLD or len(signed) < len(conclusion.expect) or not signed:
        return None
    done = done_to(lens.graph, conclusion.do)
    if done.graph is not lens.graph:
        lens = lens.on(done.graph, first_prior_only=True)
    tests = SharedTests() if tests is None else tests
    drawn = tests.models(lens)
    if not drawn.draws:
        return None
    wanted = {done.graph.position(node): SIGNS[word] for node, word in signed.items()}
    against = answer.verdict == Verdict.CONTRADICTED
    return make_trial(drawn, dict(done.push), wanted, against=against, tests=tests)


def make_trial(
    drawn: Ensemble,
    push: dict[int, float],
    wanted: Wanted,
    *,
    against: bool = False,
    tests: SharedTests | None = None,
) -> Trial:
    """Trial of what a push is expected to do, on an ensemble that has draws."""
    scaled = (tests or SharedTests()).of(drawn)
    found = all_hold(scaled.responses((), OUT, push), wanted)
    ends = (list(push), list(wanted))
    return Trial(
        scaled=scaled,
        push=push,
        wanted=wanted,
        against=against,
        gave=np.asarray(~found if against else found),
        relevant=relevant_edges(drawn.graph, ends),
        ends=ends,
    )
