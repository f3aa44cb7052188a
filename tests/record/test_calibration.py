"""The study's results as a report reads them, and the study's own parts."""

import tomllib

import numpy as np
import pytest
from benchmarks import record_calibration as study

from cuibono.record import principle
from cuibono.record.calibration import calibration
from cuibono.record.rules import RULES


def test_the_results_name_what_exceeds_the_aim() -> None:
    found = calibration()
    names = {rule.name for rule in RULES}
    assert {rate.rule for rate in found.rates} == names | {study.ANY}
    for rate in found.rates:
        assert 0 <= rate.low <= rate.rate <= rate.high <= 1
        too_often = rate.kind == "error" and rate.rate > found.aim
        assert (rate in found.missed) == (too_often and rate.rule in names)
    assert "simulated records" in found.rates[0].says


def test_a_report_is_told_what_drifting_actors_do() -> None:
    """With the figures of the study, and what asking for moods makes of them."""
    rates = {(one.cell, one.rule): one for one in calibration().rates}
    plain = [rates[principle.DRIFT, rule.name] for rule in RULES]
    worst = max(plain, key=lambda one: one.rate)
    asked = rates[principle.DRIFT + principle.ASKED, worst.rule]
    told = principle.study_caveats()
    assert f"{worst.says} With --mood-days 30 it was {asked.rate:.1%}." in told
    for one in calibration().missed:
        assert any(one.cell in line and f"{one.rate:.1%}" in line for line in told)


def test_a_wilson_interval_is_that_of_the_formula() -> None:
    """Ten of a hundred, and none of fifty, from a table of the interval."""
    assert study.wilson(10, 100) == pytest.approx((0.0552, 0.1744), abs=1e-4)
    assert study.wilson(0, 50) == pytest.approx((0.0, 0.0714), abs=1e-4)


def test_a_climate_has_unit_spread_and_forgets() -> None:
    level = study.climate(200_000, 15.0, np.random.default_rng(0))
    assert level.std() == pytest.approx(1, abs=0.05)
    later = np.corrcoef(level[:-15], level[15:])[0, 1]
    assert later == pytest.approx(np.exp(-1), abs=0.05)


@pytest.mark.parametrize("name", study.DESIGNS)
def test_designs_are_complete(name: str) -> None:
    told = tomllib.loads((study.HERE / f"{name}.toml").read_text())
    for cell in told["cell"]:
        assert cell["records"] > 0
        assert set(cell["stretches"]) <= set(told["stretch"])
        assert len(cell.get("rules", [0] * 4)) == len(cell.get("own", [0] * 4)) == 4
