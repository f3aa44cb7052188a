"""Smallest sets of claims whose withdrawal, or reversal, takes an answer away.

A set flips an answer if less than half of the models that gave it keep it, stability
imposed again. Sets are not monotone: withdrawing more may restore an answer. So every
set up to a size is tested, but for those that hold one found before, which are not
smallest, and those that change no edge that can matter (`relevance`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

from cuibono.response.withdrawing import Edges
from cuibono.support.levels import enough, tail
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
    size: int
    sets: tuple[FlipSet, ...]
    tested: int
    certified: int
    open: int
    error: float
    models: float


def flip_sets(
    trial: Trial, behind: Behind, change: Change, *, max_size: int = 3
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
    counts: dict[Edges, int] = {}
    for size in sizes:
        sets = [item for item in size if not _holds_one(item, found)]
        new = list(dict.fromkeys(i.edges for i in sets if i.edges not in counts))
        for part in _parts(new):
            counts.update(zip(part, trial.kept(part, change, most), strict=True))
        found += [
            _flip_set(trial, item, change)
            for item in sets
            if counts[item.edges] < KEEPS * trial.count
        ]
    return _told(trial, change, len(sizes), found, counts, most, worth)


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


def _told(
    trial: Trial,
    change: Change,
    reached: int,
    found: list[FlipSet],
    counts: dict[Edges, int],
    most: int,
    worth: float,
) -> FlipSets:
    """Sets in order, with the level that was reached."""
    keep = [kept for kept in counts.values() if kept >= KEEPS * trial.count]
    sure = [kept for kept in keep if kept >= most]
    models = int(trial.count * worth)
    error = sum(tail(int(kept * worth), models) for kept in sure)
    return FlipSets(
        change=change,
        size=reached,
        sets=tuple(sorted(found, key=lambda one: (len(one.claims), one.shares.keeps))),
        tested=len(counts),
        certified=len(sure),
        open=len(keep) - len(sure),
        error=min(1.0, error),
        models=models,
    )


def is_flip_set(
    trial: Trial, behind: Behind, claims: Sequence[str], change: Change
) -> bool:
    """Whether a set takes the answer away and no part of it does: by solving anew."""
    for size in range(len(claims) + 1):
        for part in combinations(claims, size):
            gone = set(part)
            edges = [k for k, ids in enumerate(behind) if ids and set(ids) <= gone]
            flips = trial.shares(edges, change).keeps < KEEPS
            if flips:
                return size == len(claims)
    return False
