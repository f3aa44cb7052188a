"""Chains judged: R-hat and effective draws."""

import numpy as np

from cuibono.response.diagnostics import effective_draws, split_r_hat


def test_independent_draws_are_worth_themselves() -> None:
    chains = np.random.default_rng(20260101).normal(size=(4, 1000, 20))
    assert np.abs(split_r_hat(chains) - 1).max() < 0.01
    assert effective_draws(chains).min() > 3000
    assert effective_draws(chains).max() <= 4000


def test_correlated_draws_are_worth_less_as_theory_says() -> None:
    rng = np.random.default_rng(20260101)
    noise = rng.normal(size=(4, 5000, 10))
    chains = noise.copy()
    for t in range(1, 5000):
        chains[:, t] = 0.8 * chains[:, t - 1] + 0.6 * noise[:, t]
    # Draws of an autoregression are worth (1 - r) / (1 + r) of independent ones.
    assert np.abs(effective_draws(chains) / 20_000 - 1 / 9).max() < 0.04


def test_chains_that_differ_are_found_out() -> None:
    chains = np.random.default_rng(20260101).normal(size=(4, 1000, 1))
    chains[0] += 3
    assert split_r_hat(chains)[0] > 1.3
    assert effective_draws(chains)[0] < 40


def test_chains_that_stand_still_are_not_called_good() -> None:
    chains = np.zeros((4, 100, 2))
    chains[0, :, 1] = 1.0
    assert split_r_hat(chains).tolist() == [1.0, np.inf]
