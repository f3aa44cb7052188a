"""Alternative models against what was observed, and which uncertain edges it favours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.cells import layout
from cuibono.response.drawing import draw_ensemble
from cuibono.response.observed import (
    Observation,
    Order,
    Sampled,
    agrees,
    in_order,
    sampled_responses,
)
from cuibono.response.priors import Prior
from cuibono.response.rules import Rule

# Draws of one batch when edges are weighed, and the most batches.
_BATCH, _MOST_BATCHES = 4000, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One of several models, and how well it fits what was observed.

    Attributes
    ----------
    prior_weight, posterior : float
        Shares before and after the observations; the posterior rests on accepted
        over all draws, stability included, as QPress's does.
    posterior_of_stable : float
        The same with accepted over stable draws.
    of_all, of_stable : float
        Likelihoods: accepted over all matrices drawn, and over the stable ones.
    error_of_all, error_of_stable : float
        Their standard errors, from the counts.
    sampled : Sampled
        The counts, with seed-bound draws, acceptance and how they were drawn.
    """

    prior_weight: float
    posterior: float
    posterior_of_stable: float
    of_all: float
    of_stable: float
    error_of_all: float
    error_of_stable: float
    sampled: Sampled


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """Alternative models compared.

    Attributes
    ----------
    contenders : tuple of Contender
        In the order in which the models were given.
    bayes_factors : (k, k) float64
        Likelihood of the row's model over that of the column's, accepted over all;
        NaN where both are 0.
    """

    contenders: tuple[Contender, ...]
    bayes_factors: NDArray[np.float64]


def _posterior(weights: NDArray[np.float64], of: NDArray[np.float64]) -> list[float]:
    """Posterior shares; NaN if no model fits at all."""
    joint = weights * of
    total = joint.sum()
    return list((joint / total if total > 0 else np.full(len(of), np.nan)).tolist())


def _error(share: float, count: float) -> float:
    """Standard error of a share of so many draws; NaN without any."""
    return float(np.sqrt(share * (1.0 - share) / count)) if count else float("nan")


def compare_models(
    models: Sequence[SignedDigraph],
    *,
    observations: Sequence[Sequence[Observation]],
    prior: Prior,
    samples: int,
    seed: int,
    weights: Sequence[float] | None = None,
    orders: Sequence[Sequence[Order]] | None = None,
    uncertain: Rule | str = Rule.QPRESS,
    threads: int = 1,
    time_limit: float | None = None,
) -> Comparison:
    """Likelihoods, posterior and Bayes factors of alternative models.

    Parameters
    ----------
    models : sequence of SignedDigraph
        The alternatives.
    observations : sequence of sequences of Observation
        What was seen, in the positions of each model.
    prior : Prior
        Where magnitudes come from.
    samples : int
        Accepted draws wanted for each model.
    seed : int
        Decides every draw.
    weights : sequence of float, optional
        Prior weights, in any unit; equal unless given.
    orders : sequence of sequences of Order, optional
        For each model.
    uncertain : Rule or str
        Chance with which uncertain edges are kept.
    threads : int
        As for `sampled_responses`.
    time_limit : float, optional
        Seconds for each model.

    Raises
    ------
    ValueError
        If lengths differ, or a weight is negative or all are 0.

    References
    ----------
    Melbourne-Thomas, Wotherspoon, Raymond and Constable (2012), Comprehensive
    evaluation of model uncertainty in qualitative network analyses, Ecol. Monogr. 82.
    Hosack, Hayes and Dambacher (2008), Assessing model structure uncertainty through
    an analysis of system feedback and Bayesian networks, Ecol. Appl. 18.
    """
    given = np.ones(len(models)) if weights is None else np.array(weights, float)
    if not len(models) == len(observations) == len(given) == len(orders or models):
        raise ValueError(
            "models, observations, weights and orders must be of one length, got "
            f"{len(models)}, {len(observations)}, {len(given)}"
        )
    if (given < 0).any() or not given.sum() > 0:
        raise ValueError(f"weights must not be negative, nor all 0, got {weights}")
    found = [
        sampled_responses(
            g,
            prior=prior,
            presses=[],
            samples=samples,
            seed=seed,
            observations=observations[at],
            orders=orders[at] if orders is not None else (),
            uncertain=uncertain,
            threads=threads,
            time_limit=time_limit,
        )
        for at, g in enumerate(models)
    ]
    return _compared(given / given.sum(), found)


def _compared(weights: NDArray[np.float64], found: Sequence[Sampled]) -> Comparison:
    """Put likelihoods and prior weights together."""
    of_all = np.array([one.likelihood_of_all or 0.0 for one in found])
    of_stable = np.array([one.likelihood_of_stable or 0.0 for one in found])
    posterior, of_those = _posterior(weights, of_all), _posterior(weights, of_stable)
    with np.errstate(divide="ignore", invalid="ignore"):
        factors = of_all[:, None] / of_all[None, :]
    contenders = tuple(
        Contender(
            prior_weight=float(weights[at]),
            posterior=posterior[at],
            posterior_of_stable=of_those[at],
            of_all=float(of_all[at]),
            of_stable=float(of_stable[at]),
            error_of_all=_error(float(of_all[at]), one.draws),
            error_of_stable=_error(float(of_stable[at]), one.stable),
            sampled=one,
        )
        for at, one in enumerate(found)
    )
    return Comparison(contenders=contenders, bayes_factors=factors)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EdgeEvidence:
    """What observations say about uncertain edges.

    Attributes
    ----------
    sets : tuple of tuples of int
        Edges that come and go together.
    accepted, stable : int
        Draws that agree with the observations, and all stable ones.
    present : (k,) float64
        Share of the accepted draws in which each set is present.
    before : (k,) float64
        Share of the stable draws; what stability alone does to an even chance.
    together : (k, k) float64
        Share of the accepted draws in which two sets are both present.
    patterns : dict of frozenset of int to int
        Accepted draws by the sets that are present, where at most twelve are
        uncertain; empty beyond.
    r_hat : float
        Worst of any block and batch.
    finished : bool
        Whether as many were accepted as were asked for.
    """

    sets: tuple[tuple[int, ...], ...]
    accepted: int
    stable: int
    present: NDArray[np.float64]
    before: NDArray[np.float64]
    together: NDArray[np.float64]
    patterns: Mapping[frozenset[int], int]
    r_hat: float
    finished: bool

    def error(self, which: int) -> float:
        """Standard error of the share in which a set is present."""
        return _error(float(self.present[which]), self.accepted)


def edge_evidence(
    g: SignedDigraph,
    *,
    observations: Sequence[Observation],
    prior: Prior,
    samples: int,
    seed: int,
    orders: Sequence[Order] = (),
    uncertain: Rule | str = Rule.QPRESS,
    threads: int = 1,
) -> EdgeEvidence:
    """Posterior marginals of uncertain edges, alone, in pairs, and as sub-models.

    Parameters
    ----------
    g : SignedDigraph
        A model with uncertain edges.
    observations, prior, samples, seed, orders, uncertain, threads
        As for `sampled_responses`.

    Raises
    ------
    ValueError
        If no edge is uncertain, or `samples` is below 1.
    """
    unit, count = layout(g).unit, layout(g).units
    if not count or samples < 1:
        raise ValueError(
            f"needs uncertain edges and samples of at least 1, got {count}, {samples}"
        )
    sets = tuple(tuple(np.flatnonzero(unit == u).tolist()) for u in range(count))
    kept: list[NDArray[np.bool_]] = []
    accepted, stable, r_hat, before = 0, 0, 1.0, np.zeros(count)
    for rng in np.random.default_rng(seed).spawn(_MOST_BATCHES):
        found = draw_ensemble(
            g, prior=prior, draws=_BATCH, rng=rng, uncertain=uncertain, threads=threads
        )
        if not found.draws:
            break
        agree = in_order(found, orders)
        for observation in observations:
            agree &= agrees(found, observation)
        there = np.stack(
            [(found.weights[:, edges] != 0.0).any(axis=1) for edges in sets], axis=1
        )
        before += there.sum(axis=0)
        stable += found.draws
        kept.append(there[agree])
        accepted += len(kept[-1])
        r_hat = max([r_hat, *(block.r_hat for block in found.blocks)])
        if accepted >= samples:
            break
    present = np.concatenate([np.zeros((0, count), dtype=np.bool_), *kept])
    return _evidence(sets, present, before, stable, r_hat, samples)


def _evidence(
    sets: tuple[tuple[int, ...], ...],
    present: NDArray[np.bool_],
    before: NDArray[np.float64],
    stable: int,
    r_hat: float,
    samples: int,
) -> EdgeEvidence:
    """Count what is present in the accepted draws (accepted, k)."""
    accepted, count = present.shape
    both = np.eye(count)
    np.fill_diagonal(both, present.sum(axis=0))
    for a, b in combinations(range(count), 2):
        both[a, b] = both[b, a] = (present[:, a] & present[:, b]).sum()
    patterns: dict[frozenset[int], int] = {}
    if count <= 12:
        rows, numbers = np.unique(present, axis=0, return_counts=True)
        for row, number in zip(rows, numbers, strict=True):
            patterns[frozenset(np.flatnonzero(row).tolist())] = int(number)
    share = both / accepted if accepted else np.full((count, count), np.nan)
    return EdgeEvidence(
        sets=sets,
        accepted=accepted,
        stable=stable,
        present=np.diag(share).copy(),
        before=before / stable if stable else np.full(count, np.nan),
        together=share,
        patterns=patterns,
        r_hat=r_hat,
        finished=accepted >= samples,
    )
