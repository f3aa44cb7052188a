"""Day strata under Efron turn the signs of coefficients; own controls do not."""

import numpy as np
import pytest

from cuibono.errors import UsageError
from cuibono.record.controls import Sample, eventnet_strata, own_controls
from cuibono.record.events import SignedEvents
from cuibono.record.fit import Fit
from cuibono.record.incoming import read_events
from cuibono.record.rate_model import Ties, rate_fit
from cuibono.record.settings import Memory
from cuibono.record.statistics.catalogue import (
    DYADIC,
    TRIADS,
    modelled,
    statistics_of,
)
from tests.reference import reference

TERMS = (*DYADIC, *TRIADS)


def fitted(events: SignedEvents, sample: Sample, ties: Ties, *, compat: bool) -> Fit:
    """Rate model of eight statistics on a sample."""
    x = modelled(statistics_of(events, sample.rows, Memory(), TERMS), TERMS)
    return rate_fit(
        x,
        sample.case,
        sample.stratum,
        TERMS,
        source=sample.rows.source,
        target=sample.rows.target,
        ties=ties,
        compat=compat,
    )


def test_day_strata_turn_two_of_the_four_balance_coefficients() -> None:
    """All of ICEWS 2014: Efron on day strata against one stratum for each event.

    With day strata friend of enemy and enemy of friend come out near -0.65 and -0.68;
    with controls of their own the events give large positive values for both.
    """
    events = read_events(reference("rem", "anchor_icews14", "events.csv.gz"))
    rng = np.random.default_rng(1)
    strata = eventnet_strata(events, each=5, rng=rng)
    with pytest.raises(UsageError, match=r"friend of enemy came out at -0\.65"):
        fitted(events, strata, Ties.EFRON, compat=False)
    efron = fitted(events, strata, Ties.EFRON, compat=True)
    own = fitted(events, own_controls(events, each=5, rng=rng), Ties.OWN, compat=False)
    assert any("wrong sign" in note for note in efron.notes)
    stored = dict(
        zip(
            TERMS,
            [0.0752, 0.4045, -0.3437, -0.0532, 1.2649, -0.6495, -0.6752, 1.0091],
            strict=True,
        )
    )
    for term in TERMS:
        # The controls are other draws than eventnet's.
        assert efron.of(term)[0] == pytest.approx(stored[term], abs=0.005)
    for rule in ("friend.of.enemy", "enemy.of.friend"):
        assert efron.of(rule)[0] < -0.6
        assert own.of(rule)[0] > 1.0
    for rule in ("friend.of.friend", "enemy.of.enemy"):
        assert min(efron.of(rule)[0], own.of(rule)[0]) > 0.9
