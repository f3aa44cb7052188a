"""How sure a share of sampled models is: exact binomial tails, and a union over sets."""

from math import comb, exp, floor

MOST_EXACT = 2000
"""Models up to which a tail is summed exactly; beyond, Hoeffding's bound."""

ERROR = 0.05
"""Chance, over all sets tested together, that any one's share is misjudged."""


def tail(kept: int, of: int) -> float:
    """Chance that a fair coin comes up heads so often or more: P(Bin(of, 1/2) >= kept).

    If less than half of all models kept an answer, so many kept ones among those drawn
    would be seen with no greater chance than this.

    Examples
    --------
    >>> tail(2, 2), tail(0, 5)
    (0.25, 1.0)
    """
    if kept <= 0:
        return 1.0
    if of > MOST_EXACT:
        over = kept / of - 0.5
        return exp(-2.0 * of * over * over) if over > 0 else 1.0
    heads: int = sum(comb(of, k) for k in range(kept, of + 1))
    return float(heads / 2**of)


def enough(of: int, tests: int, worth: float = 1.0) -> int:
    """Fewest kept models with which each of several tests is sure; above `of` if none.

    Every test gets an equal part of `ERROR`, so that together they keep to it.

    Parameters
    ----------
    of : int
        Models asked.
    tests : int
        Sets tested.
    worth : float
        Independent models that one is worth; chains draw dependent ones.
    """
    trials = floor(of * worth)
    for kept in range(trials // 2, trials + 1):
        if tail(kept, trials) * max(1, tests) <= ERROR:
            return min(of, -(-kept * of // max(1, trials)))
    return of + 1
