"""The frustration solver against a general one on the plain model, and how it grows."""

from math import isclose

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.growth import by_share, by_size, timed
from benchmarks.networks import KNOWN, known_network
from benchmarks.xor_model import xor_index
from cuibono.balance.frustration import frustration

_LIMIT = 60.0


@pytest.mark.parametrize("name", KNOWN)
def test_frustration_against_the_plain_model(
    benchmark: BenchmarkFixture, name: str
) -> None:
    """Both sides in one run; the ratio and the other's gap are kept beside the times."""
    g = known_network(name)
    if g is None:
        pytest.skip("the reference data are not in this checkout ($CUIBONO_REFERENCE)")
    found = benchmark(frustration, g)
    ours, plain = timed(g), xor_index(g, time_limit=_LIMIT)
    benchmark.extra_info["times_longer_in_highs"] = plain.seconds / ours.seconds
    benchmark.extra_info["gap_left_by_highs"] = plain.gap
    assert found.proved
    assert plain.lower <= found.upper <= plain.upper + 1e-6
    assert plain.gap > 0 or isclose(plain.upper, found.upper)


@pytest.mark.parametrize("ties", [1000, 4000, 16000])
def test_growth_with_ties(benchmark: BenchmarkFixture, ties: int) -> None:
    """Four ties to an actor, one in twenty flipped."""
    assert benchmark(frustration, by_size(ties, 2014)).upper > 0


@pytest.mark.parametrize("share", [0.02, 0.04, 0.08])
def test_growth_with_frustration(benchmark: BenchmarkFixture, share: float) -> None:
    """Eight hundred ties."""
    assert benchmark(frustration, by_share(share, 2014)).proved
