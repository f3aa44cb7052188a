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
        ("bio_egfr", 329, 779, 193),
        ("bio_macrophage", 678, 1425, 332),
        ("hueffner_g0500_1", 498, 762, 78),
        ("hueffner_g1000_5", 998, 1687, 199),
        ("bitcoin_alpha", 3774, 13876, 720),
        ("bitcoin_otc", 5863, 21134, 1073),
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


_COW = (
    "1946:17 1947:18 1948:20 1949:15 1950:15 1951:17 1952:21 1953:27 1954:33 1955:35 "
    "1956:34 1957:26 1958:30 1959:36 1960:39 1961:37 1962:36 1963:29 1964:24 1965:23 "
    "1966:28 1967:27 1968:28 1969:33 1970:26 1971:28 1972:29 1973:35 1974:46 1975:48 "
    "1976:50 1978:39 1979:43 1980:48 1981:45 1982:47 1983:46 1984:43 1985:34 1986:32 "
    "1987:46 1989:38 1990:44 1991:49 1992:45 1993:50 1994:48 1995:38 1996:45"
)
_SENATES = (
    "93:444 95:526 96:541 97:435 98:525 99:451 100:509 101:549 102:492 103:349 104:220 "
    "105:241 106:269 107:334 108:205 109:235 110:207 111:528 112:418 113:241 114:86"
)


def _proved_by_packing(name: str) -> float:
    found = frustration(signed_network(name))
    assert found.proof is Proof.PACKING, name
    return found.upper


def test_every_window_of_the_correlates_of_war_is_proved() -> None:
    """Each by cycles alone, as an earlier prototype found them."""
    for item in _COW.split():
        year, index = map(int, item.split(":"))
        name = f"cow/cow_{year}_{year + 3}.csv"
        assert _proved_by_packing(name) == index, name


def test_every_senate_is_proved() -> None:
    """Each by cycles alone, as an earlier prototype found them."""
    for item in _SENATES.split():
        session, index = item.split(":")
        name = f"congress/congress_S{session}.csv"
        assert _proved_by_packing(name) == float(index), name


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
