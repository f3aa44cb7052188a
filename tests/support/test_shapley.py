"""Shapley shares: efficiency, symmetry, idle players, and orders drawn at random."""

import numpy as np
import pytest

from cuibono.support.shapley import shapley

PLAYERS = tuple("abcdefghijkl")


def worth(team: frozenset[str]) -> float:
    """Majority of the first five, with a veto of the first; l is idle."""
    return float("a" in team and len(team & set("abcde")) >= 3) + 0.05 * ("k" in team)


def shares(**options: int) -> dict[str, tuple[float, float]]:
    """Share and error of each player."""
    found = shapley(worth, PLAYERS, rng=np.random.default_rng(5), **options)
    return {item.player: (item.share, item.error) for item in found.shares}


@pytest.mark.parametrize("most_exact", [0, 12])
def test_shares_add_to_the_worth_of_all(most_exact: int) -> None:
    """Efficiency, exact and sampled."""
    found = shares(most_exact=most_exact)
    assert sum(share for share, _ in found.values()) == pytest.approx(1.05)
    assert found["l"] == (0.0, 0.0)
    assert found["k"][0] == pytest.approx(0.05)


def test_players_who_bring_the_same_have_the_same_share() -> None:
    """Symmetry, exact."""
    found = shares(most_exact=12)
    assert len({round(found[name][0], 12) for name in "bcde"}) == 1
    assert found["a"][0] > found["b"][0] > found["k"][0]


def test_random_orders_come_within_their_errors() -> None:
    """Four standard errors, every player."""
    exact, drawn = shares(most_exact=12), shares(most_exact=0, pairs=200)
    for name in PLAYERS:
        share, error = drawn[name]
        assert abs(share - exact[name][0]) <= 4 * error + 1e-9


def test_few_orders_are_refused() -> None:
    """One pair has no error."""
    with pytest.raises(ValueError, match="pairs must be 2 or more"):
        shares(pairs=1)


def test_nobody_to_share_among() -> None:
    """No player, no share."""
    found = shapley(worth, (), rng=np.random.default_rng(1))
    assert found.shares == () and found.exact
