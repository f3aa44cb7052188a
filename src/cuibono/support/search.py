"""Beyond every set of a size: a bound from above, and one from below with a proviso.

From above: all claims changed at once, then given back one by one as long as the answer
stays away. What is left is a flip set; that it is a smallest one is not said.
From below: a set that does not flip is grown until nothing can be added; were flipping
monotone, every flip set would hold a claim outside the grown one. Fewest claims that
meet all these demands (HiGHS) are tried, and what fails adds a demand, until one flips
or the rounds are over. Sets are not monotone in general, so that the bound says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import highspy
import numpy as np

from cuibono.support.flip_sets import takes_away
from cuibono.support.relevance import Behind, fallen, ordered_claims
from cuibono.support.trial import Change, Shares, Trial

MOST_ROUNDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Wider:
    """What is known of flip sets larger than those tried exhaustively.

    Attributes
    ----------
    change : Change
        Withdrawal or reversal.
    given : bool
        Only models that still have an equilibrium are looked at.
    claims : tuple of str
        A flip set, not proven smallest; empty where none was found.
    shares : Shares or None
        Its shares.
    at_least : int
        No flip set has fewer claims, as far as every size below was tried.
    at_least_if_monotone : int
        The same, provided that changing more claims never restores the answer.
    rounds : int
        Sets tried.
    """

    change: Change
    given: bool
    claims: tuple[str, ...]
    shares: Shares | None
    at_least: int
    at_least_if_monotone: int
    rounds: int


def wider_search(
    trial: Trial,
    behind: Behind,
    change: Change,
    *,
    tried: int,
    given: bool = False,
    rounds: int = MOST_ROUNDS,
) -> Wider:
    """Bounds on the size of a smallest flip set where none up to a size was found.

    Parameters
    ----------
    trial : Trial
        The answer; at least one model gives it.
    behind : (m,) tuple of tuples of str
        Claims behind each edge.
    change : Change
        Withdrawal or reversal.
    tried : int
        Size up to which every set was tested, and none flips.
    given : bool
        Given an equilibrium, as in `flip_sets`.
    rounds : int
        Most sets that the hitting-set search tries.

    References
    ----------
    Implicit hitting sets: Chandrasekaran, Karp, Moreno-Centeno and Vempala (2011),
    Algorithms for implicit hitting set problems, SODA.
    """
    names = ordered_claims(behind, trial.relevant)
    flips = _Flips(trial, behind, change, given=given)
    above = _given_back(names, flips)
    found: list[str] = []
    demands: list[list[int]] = []
    below = 0
    at = 0
    while at < rounds:
        at += 1
        chosen, below = _fewest(demands, len(names))
        found = [names[i] for i in chosen]
        if flips(found):
            break
        grown = _grown(names, found, flips)
        demands.append([i for i, name in enumerate(names) if name not in grown])
        if not demands[-1]:
            below, found = len(names) + 1, []
            break
    if found and flips(found) and (not above or len(found) < len(above)):
        above = found
    return Wider(
        change=change,
        given=given,
        claims=tuple(above),
        shares=trial.shares(flips.edges(above), change) if above else None,
        at_least=tried + 1,
        at_least_if_monotone=max(below, tried + 1),
        rounds=at,
    )


class _Flips:
    """Whether claims flip the answer when they change; told once for each set."""

    def __init__(
        self, trial: Trial, behind: Behind, change: Change, *, given: bool
    ) -> None:
        self.given = given
        self.trial = trial
        self.behind = behind
        self.change = change
        self.known: dict[tuple[int, ...], bool] = {}

    def edges(self, claims: Sequence[str] | set[str]) -> tuple[int, ...]:
        """Relevant edges that change with some claims."""
        return tuple(k for k in fallen(self.behind, claims) if self.trial.relevant[k])

    def __call__(self, claims: Sequence[str] | set[str]) -> bool:
        edges = self.edges(claims)
        if edges not in self.known:
            shares = self.trial.shares(edges, self.change)
            self.known[edges] = takes_away(shares, given=self.given)
        return self.known[edges]


def _given_back(names: list[str], flips: _Flips) -> list[str]:
    """Flip set from which no one claim can be given back, or nothing."""
    if not flips(names):
        return []
    left = list(names)
    for name in names:
        fewer = [other for other in left if other != name]
        if flips(fewer):
            left = fewer
    return left


def _grown(names: list[str], chosen: Sequence[str], flips: _Flips) -> set[str]:
    """Set that does not flip, to which nothing can be added."""
    grown = set(chosen)
    for name in names:
        if name not in grown and not flips(grown | {name}):
            grown.add(name)
    return grown


def _fewest(demands: list[list[int]], count: int) -> tuple[list[int], int]:
    """Fewest numbers that meet every demand, and a bound on how few."""
    if not demands:
        return [], 0
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 0)
    for at in range(count):
        solver.addVar(0.0, 1.0)
        # Among the fewest the first win, for one same answer.
        solver.changeColCost(at, 1.0 + at * 1e-4 / count)
        solver.changeColIntegrality(at, highspy.HighsVarType.kInteger)
    for demand in demands:
        columns = np.array(demand, dtype=np.int32)
        solver.addRow(
            1.0, highspy.kHighsInf, len(columns), columns, np.ones(len(columns))
        )
    solver.run()
    values = solver.getSolution().col_value
    bound = ceil(solver.getInfo().mip_dual_bound - 1e-4 * count - 1e-6)
    return [at for at in range(count) if values[at] > 0.5], max(0, bound)
