"""The reduced model drawn anew: what an answer's share becomes there.

Beside the paired shares, not instead of them: strengths that went together with what
is gone, or were kept in bounds by it, are drawn differently without it.
"""

from dataclasses import dataclass, replace

import numpy as np

from cuibono.model.digraph import SignedDigraph
from cuibono.questions.lens import Lens
from cuibono.response.answers import responses
from cuibono.support.shared import SharedTests
from cuibono.support.trial import Change, Trial

EFFORT = 6.0
"""Length of chains against the usual, where only one share is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resampled:
    """Share of newly drawn models in which the answer holds; none, no equilibrium found.

    `base` is the share with all claims, of the models of the trial.
    """

    claims: tuple[str, ...]
    change: Change
    share: float | None
    base: float


def changed_graph(
    graph: SignedDigraph, edges: tuple[int, ...], change: Change
) -> SignedDigraph:
    """Digraph without some edges, or with their signs turned."""
    drop = np.zeros(graph.m, dtype=np.bool_)
    drop[list(edges)] = True
    if change is Change.WITHDRAWAL:
        return graph.without_edges(drop)
    return replace(graph, sign=np.where(drop, -graph.sign, graph.sign).astype(np.int8))


def resampled(
    trial: Trial,
    lens: Lens,
    claims: tuple[str, ...],
    edges: tuple[int, ...],
    change: Change,
    tests: SharedTests,
) -> Resampled:
    """Share in which an answer holds when models are drawn from the changed pattern.

    Parameters
    ----------
    trial : Trial
        The answer.
    lens : Lens
        Any lens on the same model: its seed, draws and first prior are used.
    claims, edges
        What changes.
    change : Change
        Withdrawal or reversal.
    tests : SharedTests
        Keeps what is drawn, for other conclusions.
    """
    graph = changed_graph(trial.graph, edges, change)
    drawn = tests.models(lens.on(graph, first_prior_only=True), effort=EFFORT)
    share = None
    if drawn.draws:
        share = float(trial.held(responses(drawn, trial.push)).mean())
    return Resampled(claims=claims, change=change, share=share, base=trial.base)
