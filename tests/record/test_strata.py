"""Strata: errors by cluster against loops, and the start from a few of them."""

from collections import defaultdict
from collections.abc import Hashable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from cuibono.record import strata as module
from cuibono.record.events import Floats, Ints
from cuibono.record.rate_model import Ties, rate_fit

Flags = NDArray[np.bool_]


def drawn(seed: int, strata: int, cases: int) -> tuple[Floats, Flags, Ints, Ints, Ints]:
    """Terms, cases, strata, senders and receivers; few actors, so that pairs recur."""
    rng = np.random.default_rng(seed)
    size = cases + 4
    rows = strata * size
    x = rng.normal(size=(rows, 3)) * (rng.random((rows, 1)) < 0.7)
    stratum = np.repeat(np.arange(strata), size)
    liking = x @ [0.8, -0.5, 0.2] + rng.gumbel(size=rows)
    case = np.zeros(rows, np.bool_)
    for one in range(strata):
        own = np.flatnonzero(stratum == one)
        case[own[np.argsort(-liking[own])[:cases]]] = True
    ends = np.array([rng.choice(12, 2, replace=False) for _ in range(rows)])
    return x, case, stratum, ends[:, 0], ends[:, 1]


def scores(x: Floats, case: Flags, stratum: Ints, beta: Floats, ties: Ties) -> Floats:
    """Score residual of each row, from the definition."""
    found = np.zeros_like(x)
    for one in np.unique(stratum):
        own = np.flatnonzero(stratum == one)
        weight = np.exp(x[own] @ beta)
        dead = case[own]
        count = int(dead.sum())
        for at in range(count):
            share = at / count if ties is Ties.EFRON else 0.0
            thinned = weight * np.where(dead, 1 - share, 1.0)
            mean = thinned @ x[own] / thinned.sum()
            part = dead / count - thinned / thinned.sum()
            found[own] += part[:, None] * (x[own] - mean)
    return found


@pytest.mark.parametrize(
    ("cases", "ties"), [(1, Ties.OWN), (3, Ties.EFRON), (3, Ties.BRESLOW)]
)
@pytest.mark.parametrize("seed", range(5))
def test_errors_by_cluster_are_those_of_loops(
    seed: int, cases: int, ties: Ties
) -> None:
    x, case, stratum, source, target = drawn(seed, 30, cases)
    compat = ties is not Ties.OWN
    fit = rate_fit(
        x, case, stratum, ("a", "b", "c"),
        source=source, target=target, ties=ties, compat=compat,
    )  # fmt: skip
    influence = scores(x, case, stratum, fit.coefficient, ties) @ fit.covariance

    def squares(keys: Sequence[Hashable]) -> Floats:
        sums: dict[Hashable, Floats] = defaultdict(lambda: np.zeros(3))
        for key, row in zip(keys, influence, strict=True):
            sums[key] = sums[key] + row
        return np.asarray(np.sum([one**2 for one in sums.values()], axis=0), np.float64)

    ends = list(zip(source.tolist(), target.tolist(), strict=True))
    dyads = squares([frozenset(pair) for pair in ends])
    two = squares([a for a, _ in ends]) + squares([b for _, b in ends]) - squares(ends)
    assert fit.dyad_error == pytest.approx(np.sqrt(dyads), rel=1e-9)
    assert fit.two_way_error == pytest.approx(np.sqrt(np.maximum(two, 0)), rel=1e-9)


def test_a_start_from_a_few_strata_leads_to_the_same_estimate(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    x, case, stratum, source, target = drawn(7, 2000, 1)

    def fitted() -> tuple[Floats, float, int]:
        fit = rate_fit(x, case, stratum, ("a", "b", "c"), source=source, target=target)
        return fit.coefficient, fit.null_log_likelihood, fit.iterations

    plain, first, steps = fitted()
    monkeypatch.setattr(module, "MANY_STRATA", 100)
    near, also_first, fewer = fitted()
    assert near == pytest.approx(plain, abs=1e-9)
    assert also_first == first
    assert fewer <= steps
