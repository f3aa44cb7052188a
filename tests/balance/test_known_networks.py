"""Figures of known networks; the files stay outside the project."""

import numpy as np
import pytest

from cuibono.balance.certificate import Proof, check_certificate
from cuibono.balance.degree import degree_of_balance
from cuibono.balance.frustration import frustration
from cuibono.balance.nulls import sign_shuffle_null
from cuibono.balance.optima import optimal_partitions
from cuibono.balance.triads import triads
from tests.balance.reference import signed_network

pytestmark = pytest.mark.reference

_PRE_WAR = (
    ("1872-1881", 1),
    ("1882", 1),
    ("1890", 1),
    ("1891-1894", 1),
    ("1904", 1),
    ("1907", 0),
)


@pytest.mark.parametrize(
    ("name", "actors", "ties", "index"),
    [
        ("tribes_read1954", 16, 58, 7),
        ("sampson_t1", 13, 53, 10),
        ("sampson_t2", 18, 78, 15),
        ("sampson_t3", 18, 78, 16),
        ("sampson_t4", 18, 77, 12),
        ("sampson_t5", 7, 14, 3),
        ("mideast_bigpharaoh2013", 15, 40, 7),
        ("mapping_militants_2016", 234, 450, 33),
        ("convote_speeches", 219, 521, 18),
        ("cow/cow_1946_1949", 64, 362, 17),
        ("cow/cow_1976_1979", None, None, 50),
        ("cow/cow_1996_1999", 151, 1247, 45),
    ],
)
def test_index_is_proved_by_cycles(
    name: str, actors: int | None, ties: int | None, index: int
) -> None:
    """Aref and Wilson (2018) for the tribes; the rest by an earlier prototype."""
    g = signed_network(f"{name}.csv")
    if actors is not None:
        assert (g.n, g.m) == (actors, ties)
    found = frustration(g)
    assert (found.lower, found.upper, found.proved) == (index, index, True)
    assert found.proof is Proof.PACKING
    check_certificate(g, found)


def test_alliances_before_the_first_world_war_end_balanced() -> None:
    """Antal et al. (2006), Social balance on networks, Physica D."""
    name = "prewwi_alliances_antal2006.csv"
    for period, index in _PRE_WAR:
        g = signed_network(name, where={"period": period})
        assert frustration(g).upper == index


def test_the_2013_chart_has_six_optimal_partitions() -> None:
    found = optimal_partitions(signed_network("mideast_bigpharaoh2013.csv"))
    assert (found.count, found.complete) == (6, True)


def test_tribes_have_the_published_degree_and_triads() -> None:
    """Degree 0.759 as printed by signnet; triads +++, ++-, +--, ---."""
    g = signed_network("tribes_read1954.csv")
    degree = degree_of_balance(g).line
    assert degree == pytest.approx(1 - 14 / 58)
    assert triads(g).counts == (19, 2, 40, 7)


def test_tribes_are_far_more_balanced_than_shuffled_signs() -> None:
    """Aref and Wilson (2019) print a z of about -6.25; the earlier prototype -5.9."""
    g = signed_network("tribes_read1954.csv")
    null = sign_shuffle_null(g, draws=200, rng=np.random.default_rng(2014))
    assert null.frustration.z is not None
    assert -6.7 < null.frustration.z < -5.2
    none, one = (compared.z for compared in null.triads[:2])
    assert none == pytest.approx(4.6, abs=0.8)
    assert one == pytest.approx(-6.0, abs=0.8)
