"""Indices of networks that take seconds each; the files stay outside the project."""

import pytest

from cuibono.balance.certificate import Proof
from cuibono.balance.frustration import frustration
from cuibono.balance.proof_file import certificate_document, named_ties
from cuibono.balance.verify import verify
from tests.balance.reference import signed_network

pytestmark = [pytest.mark.reference, pytest.mark.study]

_HOUSES = (
    "93:2722 94:3073 95:3650 96:11845 97:10259 98:10494 100:10979 102:11914 103:9222 "
    "104:6299 105:6238 106:5395 107:4866 108:5057 109:5695 110:5618 111:7877 112:6063 "
    "113:4533 114:4801"
)


@pytest.mark.parametrize("item", _HOUSES.split())
def test_houses_are_proved_by_cycles(item: str) -> None:
    session, index = item.split(":")
    found = frustration(signed_network(f"congress/congress_H{session}.csv.gz"))
    assert (found.upper, found.proof) == (float(index), Proof.PACKING)


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("wikielec_konect", 14_602),
        ("wikirfa", 26_980),
        ("twitter_referendum2016", 11_474),
    ],
)
def test_elections_and_a_referendum_are_proved_by_cycles(name: str, index: int) -> None:
    g = signed_network(f"{name}.csv.gz")
    found = frustration(g)
    assert (found.upper, found.proof) == (index, Proof.PACKING)
    assert verify(named_ties(g), certificate_document(g, found)).proven


def test_toll_like_is_settled_by_the_semidefinite_bound() -> None:
    found = frustration(signed_network("bio_toll_like.csv"))
    assert (found.upper, found.proof) == (468, Proof.RELAXATION)


@pytest.mark.parametrize(
    ("name", "most", "gap"),
    [("slashdot_snap090221", 73_600, 0.001), ("epinions_snap", 50_765, 0.001)],
)
def test_hundreds_of_thousands_of_ties_are_known_nearly(
    name: str, most: int, gap: float
) -> None:
    found = frustration(signed_network(f"{name}.csv.gz"), time_limit=300)
    assert found.lower <= found.upper <= most
    assert found.upper - found.lower <= gap * found.upper
