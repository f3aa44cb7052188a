"""All that carries the answer to one conclusion."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from cuibono.claims.records import Claim, Conclusion, voice_text
from cuibono.model.digraph import SignedDigraph
from cuibono.questions.answer import Answer
from cuibono.questions.lens import Lens
from cuibono.support.condition import Condition, short_condition
from cuibono.support.flip_sets import FlipSets, flip_sets
from cuibono.support.independent import Backing, backing
from cuibono.support.proved_cuts import Cut, check_cut, cut_of, named
from cuibono.support.relevance import Behind, fallen, ordered_claims, parted
from cuibono.support.resampled import Resampled, resampled
from cuibono.support.search import Wider, wider_search
from cuibono.support.shapley import PAIRS, Shapley, shapley, worth_of
from cuibono.support.shared import Reporter, SharedTests, silent
from cuibono.support.trial import Change, Shares, Trial, trial_of
from cuibono.support.withdraw import groups_of

KINDS = ("claim", "voice", "source", "layer")
"""Players of Shapley shares."""

CONFIRMED = 2
"""Flip sets of each change for which models are drawn anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """What becomes of an answer when a voice, a source, a layer or a kind goes."""

    kind: str
    name: str
    claims: int
    edges: int
    shares: Shares
    disconnects: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Carriers:
    """What carries the answer to a conclusion.

    Attributes
    ----------
    graph : SignedDigraph
        After what is done: edges are its.
    conclusion, verdict : str
        Which, and what `follows` said.
    against : bool
        The answer is that what is expected does not come about.
    prior : str
        Under which the models were drawn.
    base : float
        Share of them that give the answer.
    models : int
        How many gave it: paired shares are of these.
    cuts : tuple of (str, Cut, bool)
        By claim, voice and source; the last tells whether the certificate was checked.
    flips : tuple of FlipSets
        By withdrawal and by reversal, each also given an equilibrium; empty where no
        model gives the answer.
    wider : tuple of Wider
        Bounds, for each change without a flip set up to its size.
    resampled : tuple of Resampled
        Shares in models drawn anew, for the first flip sets of each change.
    shapley : tuple of (str, Shapley)
        By claim, voice, source and layer.
    conditions : tuple of Condition
        For each node expected whose condition is short.
    backing : tuple of Backing
        Independent support of the claims in the cut and in the smallest flip sets.
    dropped : tuple of Dropped
        Without one voice, one source, one layer, all that rests on the author alone.
    """

    graph: SignedDigraph
    conclusion: str
    verdict: str
    against: bool
    prior: str
    base: float
    models: int
    cuts: tuple[tuple[str, Cut, bool], ...]
    flips: tuple[FlipSets, ...]
    wider: tuple[Wider, ...]
    resampled: tuple[Resampled, ...]
    shapley: tuple[tuple[str, Shapley], ...]
    conditions: tuple[Condition, ...]
    backing: tuple[Backing, ...]
    dropped: tuple[Dropped, ...]


def carriers(
    lens: Lens,
    conclusion: Conclusion,
    answer: Answer,
    *,
    max_size: int = 3,
    authors: Mapping[str, str] | None = None,
    tests: SharedTests | None = None,
    pairs: int = PAIRS,
    confirmed: int = CONFIRMED,
    progress: Reporter = silent,
) -> Carriers | None:
    """What carries the answer to a conclusion, or None where no model stands behind it.

    Parameters
    ----------
    lens : Lens
        On the reading's model; the first prior of its set is used.
    conclusion : Conclusion
        What was asked, with signs expected.
    answer : Answer
        What `follows` gave.
    max_size : int
        Flip sets are sought exhaustively up to this size.
    authors : mapping of source id to author, optional
        For independent support.
    tests : SharedTests, optional
        Models and tests to share with other conclusions of the same reading.
    pairs : int
        Pairs of orders for Shapley shares of more than a few players.
    confirmed : int
        Flip sets of each change for which models are drawn anew.
    progress : callable, optional
        Told what is done, and how far it is.
    """
    tests = SharedTests() if tests is None else tests
    progress("drawing models", 0, 5)
    trial = trial_of(lens, conclusion, answer, tests=tests)
    if trial is None:
        return None
    behind = trial.graph.claims or ((),) * trial.graph.m
    claims = lens.model.claims
    progress("cuts", 1, 5)
    cuts = _cuts(trial, behind, claims)
    progress("flip sets", 2, 5)
    flips = _flips(trial, behind, max_size)
    wider = _wider(trial, behind, flips)
    progress("models drawn anew", 3, 5)
    again = _drawn_anew(trial, lens, flips, confirmed, tests)
    progress("shares", 4, 5)
    rng = np.random.default_rng([lens.seed, 7])
    shapleys = _shapleys(trial, behind, claims, rng, pairs) if trial.count else ()
    progress("done", 5, 5)
    return Carriers(
        graph=trial.graph,
        conclusion=conclusion.id,
        verdict=answer.verdict,
        against=trial.against,
        prior=trial.drawn.prior.name,
        base=trial.base,
        models=trial.count,
        cuts=cuts,
        flips=flips,
        wider=wider,
        resampled=again,
        shapley=shapleys,
        conditions=_conditions(trial),
        backing=backing(claims, behind, _carrying(cuts, flips), authors or {}),
        dropped=_dropped(trial, behind, claims) if trial.count else (),
    )


def _flips(trial: Trial, behind: Behind, max_size: int) -> tuple[FlipSets, ...]:
    """Flip sets by each change, of all models and given an equilibrium."""
    return tuple(
        flip_sets(trial, behind, change, max_size=max_size, given=given)
        for change in (Change if trial.count else ())
        for given in (False, True)
    )


def _wider(
    trial: Trial, behind: Behind, flips: tuple[FlipSets, ...]
) -> tuple[Wider, ...]:
    """Bounds where no flip set was found."""
    return tuple(
        wider_search(trial, behind, item.change, tried=item.size, given=item.given)
        for item in flips
        if not item.sets
    )


def _drawn_anew(
    trial: Trial,
    lens: Lens,
    flips: tuple[FlipSets, ...],
    confirmed: int,
    tests: SharedTests,
) -> tuple[Resampled, ...]:
    """Shares in models drawn anew, for the first flip sets of each kind, each once."""
    first = {
        (item.change, one.claims): one.edges
        for item in flips
        for one in item.sets[:confirmed]
    }
    return tuple(
        resampled(trial, lens, names, edges, change, tests)
        for (change, names), edges in first.items()
    )


def _cuts(
    trial: Trial, behind: Behind, claims: Iterable[Claim]
) -> tuple[tuple[str, Cut, bool], ...]:
    """Least cuts by claim, voice and source, each with its check."""
    voices = {claim.id: voice_text(claim.voice) for claim in claims}
    sources = {claim.id: claim.source for claim in claims}
    found = []
    for kind, names in (
        ("claim", behind),
        ("voice", named(behind, voices)),
        ("source", named(behind, sources)),
    ):
        cut = cut_of(trial.graph, names, trial.ends)
        checked = check_cut(trial.graph, names, trial.ends[0], cut)
        found.append((kind, cut, checked))
    return tuple(found)


def _shapleys(
    trial: Trial,
    behind: Behind,
    claims: Iterable[Claim],
    rng: np.random.Generator,
    pairs: int,
) -> tuple[tuple[str, Shapley], ...]:
    """Shares by claim, voice, source and layer."""
    known = {claim.id: claim for claim in claims}
    found = []
    for kind in KINDS:
        of = {name: _player(kind, claim) for name, claim in known.items()}
        names = ordered_claims(behind, trial.relevant)
        players = list(dict.fromkeys(of[name] for name in names if name in of))
        worth = worth_of(trial, behind, of)
        found.append((kind, shapley(worth, players, rng=rng, pairs=pairs)))
    return tuple(found)


def _player(kind: str, claim: Claim) -> str:
    """Whose share a claim adds to."""
    if kind == "voice":
        return voice_text(claim.voice)
    if kind == "source":
        return claim.source
    return claim.layer.value if kind == "layer" else claim.id


def _conditions(trial: Trial) -> tuple[Condition, ...]:
    """Short conditions of the nodes expected."""
    found = (short_condition(trial.graph, trial.push, node) for node in trial.wanted)
    return tuple(item for item in found if item is not None)


def _carrying(
    cuts: tuple[tuple[str, Cut, bool], ...], flips: tuple[FlipSets, ...]
) -> list[str]:
    """Claims in the cut, then those in flip sets of the smallest size."""
    names = [name for kind, cut, _ in cuts if kind == "claim" for name in cut.names]
    for item in flips:
        least = min((len(one.claims) for one in item.sets), default=0)
        for one in item.sets:
            names += one.claims if len(one.claims) == least else ()
    return list(dict.fromkeys(names))


def _dropped(
    trial: Trial, behind: Behind, claims: tuple[Claim, ...]
) -> tuple[Dropped, ...]:
    """What becomes of the answer without whole groups of claims."""
    alone = tuple(claim.id for claim in claims if len(claim.voice) == 1)
    groups = {**groups_of(claims), ("kind", "the author alone"): alone}
    found = []
    for (kind, name), ids in groups.items():
        edges = tuple(k for k in fallen(behind, ids) if trial.relevant[k])
        found.append(
            Dropped(
                kind=kind,
                name=name,
                claims=len(ids),
                edges=len(edges),
                shares=trial.shares(edges, Change.WITHDRAWAL),
                disconnects=parted(trial.graph, edges, trial.ends),
            )
        )
    return tuple(found)
