"""Smallest sets of claims whose withdrawal, or reversal, takes an answer away.

A set flips an answer if less than half of the models that gave it keep it, stability
imposed again; or, given an equilibrium, less than half of those that still have one:
what only takes the equilibrium away is told apart so. Sets are not monotone:
withdrawing more may restore an answer. So every set up to a size is tested, but for
those that hold one found before, which are not smallest, and those that change no edge
that can matter (`relevance`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

from cuibono.response.withdrawing import Edges
from cuibono.support.levels import ERROR, enough, tail
from cuibono.support.relevance import (
    Behind,
    ClaimSet,
    claim_sets,
    ordered_claims,
    parted,
)
from cuibono.support.trial import Change, Shares, Trial

KEEPS = 0.5
"""Share of the models that gave an answer that must keep it: below, it has flipped."""

LEFT = 0.1
"""Share of them that must still have an equilibrium before their half says anything."""

MOST_SETS = 200_000
"""Sets of claims of one size that are looked at; more end the search below it."""

AT_ONCE = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipSet:
    """Claims that take an answer away together, and none of them in vain.

    Attributes
    ----------
    claims : tuple of str
        In order of the model's edges.
    edges : tuple of int
        Edges that fall, or turn, with them.
    shares : Shares
        Paired: of the models that gave the answer.
    disconnects : bool
        A withdrawal that leaves no stated path.
    """

    claims: tuple[str, ...]
    edges: tuple[int, ...]
    shares: Shares
    disconnects: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipSets:
    """All smallest flip sets up to a size, and how sure it is that there are no more.

    Attributes
    ----------
    change : Change
        Withdrawal or reversal.
    given : bool
        Only models that still have an equilibrium were looked at.
    size : int
        Size up to which every set was tested.
    sets : tuple of FlipSet
        Smallest by inclusion; fewest claims first, then what keeps least.
    tested : int
        Distinct changes of the model tested.
    certified : int
        Of those that do not flip, the ones that are sure at the level.
    open : int
        Those that do not flip in the models drawn, but not so surely.
    error : float
        Bound on the chance that any certified set flips the answer all the same: the
        sum, over these sets, of exact binomial tails at one half.
    models : float
        Independent models that the bound counts with.
    """

    change: Change
    given: bool
    size: int
    sets: tuple[FlipSet, ...]
    tested: int
    certified: int
    open: int
    error: float
    models: float


Counts = dict[Edges, tuple[int, int]]
"""Models that keep the answer, and of how many, by the edges that change."""


def flip_sets(
    trial: Trial,
    behind: Behind,
    change: Change,
    *,
    max_size: int = 3,
    given: bool = False,
) -> FlipSets:
    """Every smallest set of claims, up to a size, that takes an answer away.

    Parameters
    ----------
    trial : Trial
        The answer; at least one model must give it.
    behind : (m,) tuple of tuples of str
        Claims behind each edge. A set changes an edge only if it holds all of them.
    change : Change
        Withdrawal takes an edge out; reversal turns its sign.
    max_size : int
        Largest size tested, at least 1.
    given : bool
        Given an equilibrium: only models that still have one are looked at, so that
        losing it is not held against the answer. With less than `LEFT` of them left
        a set is open.

    Raises
    ------
    ValueError
        If no model gives the answer, or `max_size` is below 1.
    """
    if max_size < 1 or not trial.count:
        raise ValueError(
            f"max_size must be 1 or more and a model must give the answer, got {max_size}"
            f" and {trial.count} models"
        )
    sizes = _candidates(trial, behind, max_size)
    tests = len({item.edges for sets in sizes for item in sets})
    worth = trial.worth([item.edges for item in sizes[0]], change)
    most = enough(trial.count, tests, worth)
    found: list[FlipSet] = []
    counts: Counts = {}
    for size in sizes:
        sets = [item for item in size if not _holds_one(item, found)]
        new = list(dict.fromkeys(i.edges for i in sets if i.edges not in counts))
        for part in _parts(new):
            told = trial.counted(part, change, most, turned=given)
            counts.update(zip(part, told, strict=True))
        found += [
            _flip_set(trial, item, change)
            for item in sets
            if flipped(*counts[item.edges], trial.count)
        ]
    level = _Level(tests=tests, worth=worth, given=given, size=len(sizes))
    return _told(trial, change, found, counts, level)


def flipped(kept: float, of: float, gave: float) -> bool:
    """Whether less than half keep the answer; of too few, nothing is known."""
    return kept < KEEPS * of and of >= LEFT * gave


def _candidates(trial: Trial, behind: Behind, max_size: int) -> list[list[ClaimSet]]:
    """Sets of claims to test, by size; fewer sizes where there would be too many."""
    found = []
    for size in range(1, max_size + 1):
        names = ordered_claims(
            tuple(ids if len(ids) <= size else () for ids in behind), trial.relevant
        )
        if size > 1 and comb(len(names), size) > MOST_SETS:
            break
        found.append(list(claim_sets(behind, trial.relevant, size)))
    return found


def takes_away(shares: Shares, *, given: bool) -> bool:
    """Whether three-way shares say that the answer is gone."""
    of = shares.keeps + shares.flips if given else 1.0
    return flipped(shares.keeps, of, 1.0)


def _parts(sets: list[Edges]) -> Iterator[list[Edges]]:
    """Sets in handfuls."""
    for at in range(0, len(sets), AT_ONCE):
        yield sets[at : at + AT_ONCE]


def _holds_one(item: ClaimSet, found: Sequence[FlipSet]) -> bool:
    """Whether a set holds one that was found before."""
    return any(set(one.claims) <= set(item.claims) for one in found)


def _flip_set(trial: Trial, item: ClaimSet, change: Change) -> FlipSet:
    """What was found, with its shares."""
    apart = change is Change.WITHDRAWAL and parted(trial.graph, item.edges, trial.ends)
    return FlipSet(
        claims=item.claims,
        edges=item.edges,
        shares=trial.shares(item.edges, change),
        disconnects=apart,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """What the level is told of."""

    tests: int
    worth: float
    given: bool
    size: int


def _told(
    trial: Trial, change: Change, found: list[FlipSet], counts: Counts, level: _Level
) -> FlipSets:
    """Sets in order, with the level that was reached."""
    keep = [pair for pair in counts.values() if not flipped(*pair, trial.count)]
    # Counting that ended early gives a larger tail than all would: still a bound.
    tails = [tail(int(k * level.worth), int(of * level.worth)) for k, of in keep]
    sure = [chance for chance in tails if chance * level.tests <= ERROR]
    return FlipSets(
        change=change,
        given=level.given,
        size=level.size,
        sets=tuple(sorted(found, key=lambda one: (len(one.claims), one.shares.keeps))),
        tested=len(counts),
        certified=len(sure),
        open=len(keep) - len(sure),
        error=min(1.0, sum(sure)),
        models=int(trial.count * level.worth),
    )


def is_flip_set(
    trial: Trial,
    behind: Behind,
    claims: Sequence[str],
    change: Change,
    *,
    given: bool = False,
) -> bool:
    """Whether a set takes the answer away and no part of it does: by solving anew."""
    for size in range(len(claims) + 1):
        for part in combinations(claims, size):
            gone = set(part)
            edges = [k for k, ids in enumerate(behind) if ids and set(ids) <= gone]
            if takes_away(trial.shares(edges, change), given=given):
                return size == len(claims)
    return False
