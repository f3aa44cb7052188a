"""The nulls on larger networks: z of L and of the triads, as tabled beside the method."""

import numpy as np
import pytest

from cuibono.balance.frustration import frustration
from cuibono.balance.nulls import NULLS, triad_comparisons
from cuibono.formats.network import read_network
from tests.balance.reference import signed_network
from tests.reference import reference

pytestmark = [pytest.mark.reference, pytest.mark.study]

# z of L under shuffle, stp and configuration, from 400 draws by local search.
_INDEX = {
    "tribes_read1954": (-5.4, -5.6, -3.4),
    "cow/cow_1946_1949": (-22.0, 0.2, -0.6),
    "cow/cow_1996_1999": (-54.9, -3.0, -2.7),
    "bio_egfr": (8.8, 6.2, 5.3),
    "bio_macrophage": (10.1, 7.5, 8.3),
}

# z of T0 to T3 under shuffle and under stp.
_TRIADS = {
    "bitcoin_alpha.csv": ((6.4, -14.3, 26.1, 16.7), (7.3, -9.7, 6.0, -10.1)),
    "bitcoin_otc.csv": ((12.5, -35.6, 40.4, 9.4), (11.7, -19.1, 23.4, -14.7)),
    "wikielec_konect.csv.gz": ((70.7, -132.9, -15.5, 8.5), (10.8, -14.0, 3.3, -12.8)),
    "slashdot_snap090221.csv.gz": (
        (88.6, -228.7, 4.9, 25.7),
        (26.0, -38.8, 61.5, -53.5),
    ),
}


@pytest.mark.parametrize("name", _INDEX)
def test_balance_against_each_null(name: str) -> None:
    """Biological networks are less balanced than chance, whatever chance keeps."""
    g = signed_network(f"{name}.csv")
    index = frustration(g)
    for wanted, null in zip(_INDEX[name], NULLS.values(), strict=True):
        rng = np.random.default_rng(2014)
        z = null(g, draws=100, rng=rng, index=index).frustration.z
        # With 100 draws the standard deviation is known to within 7 %.
        assert z == pytest.approx(wanted, rel=0.25, abs=0.5)


@pytest.mark.parametrize("name", _TRIADS)
def test_triads_against_each_null(name: str) -> None:
    """Under shuffle only one negative tie is rare; under stp three are rare too."""
    g = read_network(reference("signed", name)).symmetrised.graph
    draws = 60 if g.m > 200_000 else 200
    for wanted, null in zip(_TRIADS[name], ("shuffle", "stp"), strict=True):
        rng = np.random.default_rng(2014)
        found = triad_comparisons(g, null, draws=draws, rng=rng)
        assert [one.z for one in found] == pytest.approx(wanted, rel=0.25, abs=0.8)


def test_alliances_under_shuffle_are_solved_to_proof() -> None:
    """1996-99: z near -55. With everyone left on one side in the draws it is near -75."""
    g = signed_network("cow/cow_1996_1999.csv")
    rng = np.random.default_rng(2014)
    null = NULLS["shuffle"](g, draws=200, rng=rng, exact=True)
    assert null.exact_draws == 200
    assert -62 < (null.frustration.z or 0) < -48
