"""Shapley shares: how much of an answer each claim, source, voice or layer brings.

The worth of some players is the share of all models drawn in which the answer holds
with their claims alone: edges without any of them are taken out of the same models and
stability is imposed again. By convention it is 0 where a target is left without a
stated path, and a model without equilibrium counts as one in which the answer does not
hold. Shares add to the worth of all players (efficiency).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial, sqrt

import numpy as np

from cuibono.support.relevance import Behind, parted
from cuibono.support.trial import Change, Trial

Worth = Callable[[frozenset[str]], float]

MOST_EXACT = 10
"""Players up to which every coalition is looked at."""

PAIRS = 8
"""Orders, each with its reverse, that are drawn where there are more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one player brings: `error` is the standard error, 0 where exact."""

    player: str
    share: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapley:
    """Shares of all players; they add to `total`, the worth of all together.

    Attributes
    ----------
    shares : tuple of Share
        The largest first.
    total : float
        Worth of all players.
    exact : bool
        Every coalition was looked at.
    orders : int
        Orders drawn; 0 where exact.
    """

    shares: tuple[Share, ...]
    total: float
    exact: bool
    orders: int


def shapley(
    worth: Worth,
    players: Sequence[str],
    *,
    rng: np.random.Generator,
    most_exact: int = MOST_EXACT,
    pairs: int = PAIRS,
) -> Shapley:
    """Shapley share of each player in a worth that is 0 for nobody.

    Exact for few players; beyond, from random orders, each with its reverse.

    Parameters
    ----------
    worth : callable
        Of a set of players, a number.
    players : sequence of str
        In an order that no name decides.
    rng : numpy.random.Generator
        Source of chance.
    most_exact : int
        Players up to which every coalition is looked at.
    pairs : int
        Pairs of orders, at least 2.

    Raises
    ------
    ValueError
        If `pairs` is below 2.

    References
    ----------
    Shapley (1953), A value for n-person games. Castro, Gomez and Tejada (2009),
    Polynomial calculation of the Shapley value based on sampling, Computers and
    Operations Research 36. Antithetic orders: Mitchell, Cooper, Frank and Holmes
    (2022), Sampling permutations for Shapley value estimation, JMLR 23.

    Examples
    --------
    >>> both = lambda team: float({"a", "b"} <= team)
    >>> found = shapley(both, ["a", "b", "c"], rng=np.random.default_rng(1))
    >>> [(item.player, item.share) for item in found.shares]
    [('a', 0.5), ('b', 0.5), ('c', 0.0)]
    """
    if pairs < 2:
        raise ValueError(f"pairs must be 2 or more, got {pairs}")
    exact = len(players) <= most_exact
    if exact:
        values, errors = _exact(worth, players)
    else:
        values, errors = _sampled(worth, players, rng, pairs)
    rows = zip(players, values, errors, strict=True)
    found = [Share(player=p, share=s, error=e) for p, s, e in rows]
    return Shapley(
        shares=tuple(sorted(found, key=lambda item: -item.share)),
        total=worth(frozenset(players)),
        exact=exact,
        orders=0 if exact else 2 * pairs,
    )


def _exact(worth: Worth, players: Sequence[str]) -> tuple[list[float], list[float]]:
    """Shares as the mean over coalitions of what a player adds."""
    n = len(players)
    known = {
        frozenset(team): worth(frozenset(team))
        for size in range(n + 1)
        for team in combinations(players, size)
    }
    values = dict.fromkeys(players, 0.0)
    for team, without in known.items():
        weight = (
            factorial(len(team)) * factorial(n - len(team) - 1)
            if (len(team) < n)
            else 0
        )
        for player in players:
            if player not in team:
                gain = known[team | {player}] - without
                values[player] += weight / factorial(n) * gain
    return list(values.values()), [0.0] * n


def _sampled(
    worth: Worth, players: Sequence[str], rng: np.random.Generator, pairs: int
) -> tuple[list[float], list[float]]:
    """Shares from random orders and their reverses, with standard errors of pairs."""
    means = np.zeros((pairs, len(players)))
    for at in range(pairs):
        order = rng.permutation(len(players))
        for way in (order, order[::-1]):
            means[at] += _gains(worth, players, way.tolist()) / 2
    errors = means.std(axis=0, ddof=1) / sqrt(pairs)
    return means.mean(axis=0).tolist(), errors.tolist()


def _gains(
    worth: Worth, players: Sequence[str], order: list[int]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """What each player adds to those before it in an order."""
    gains = np.zeros(len(players))
    team: set[str] = set()
    before = worth(frozenset())
    for at in order:
        team.add(players[at])
        now = worth(frozenset(team))
        gains[at], before = now - before, now
    return gains


def worth_of(trial: Trial, behind: Behind, of: Mapping[str, str]) -> Worth:
    """Share of the models in which an answer holds with some players' claims alone.

    Parameters
    ----------
    trial : Trial
        The answer.
    behind : (m,) tuple of tuples of str
        Claims behind each edge; an edge without claims always stays.
    of : mapping of claim to player
        Whose each claim is; a claim of nobody stays.
    """
    known: dict[tuple[int, ...], float] = {}
    teams = [frozenset(of.get(name, "") for name in ids) for ids in behind]
    relevant = np.flatnonzero(trial.relevant).tolist()
    matters = [k for k in relevant if teams[k] and "" not in teams[k]]

    def worth(team: frozenset[str]) -> float:
        gone = tuple(k for k in matters if not teams[k] & team)
        if gone not in known:
            apart = parted(trial.graph, gone, trial.ends)
            held = 0.0 if apart else trial.given(gone, Change.WITHDRAWAL).mean()
            known[gone] = float(held)
        return known[gone]

    return worth
