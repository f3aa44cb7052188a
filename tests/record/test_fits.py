"""Coefficients and standard errors against R, and what a fit says of itself."""

import numpy as np
import pytest
from numpy.typing import NDArray

from cuibono.errors import UsageError
from cuibono.record.fit import Fit
from cuibono.record.rate_model import Ties, rate_fit
from cuibono.record.sign_model import INTERCEPT, sign_fit
from cuibono.record.weight_model import weight_fit
from tests.record.records import Row, stored_rows
from tests.reference import reference

CLOSE = 1e-6
TIES = {
    "coxph.efron": Ties.EFRON,
    "coxph.breslow": Ties.BRESLOW,
    "clogit.exact": Ties.EXACT,
}
Key = tuple[str, str, str, str, str]


def stored_fits(name: str) -> dict[Key, list[Row]]:
    """Coefficients of each stored fit."""
    found: dict[Key, list[Row]] = {}
    for row in stored_rows(reference("rem", name)):
        key = (row["dataset"], row["variant"], row["obs"], row["model"], row["spec"])
        found.setdefault(key, []).append(row)
    return found


def our_fit(key: Key, terms: tuple[str, ...]) -> Fit:
    """The same model on the same table."""
    dataset, variant, kind, model, _ = key
    table = stored_rows(reference("rem", dataset, f"stats_{variant}_{kind}.csv.gz"))
    if model in TIES:
        table.sort(key=lambda row: int(row["EVENT_INTERVAL"]))
    x = np.log1p(np.array([[float(row[name]) for name in terms] for row in table]))
    at: dict[str, int] = {}
    source = np.array([at.setdefault(row["SOURCE"], len(at)) for row in table])
    target = np.array([at.setdefault(row["TARGET"], len(at)) for row in table])
    if model == "logit.pos":
        friendly = np.array([float(row["TYPE"] == "pos") for row in table])
        return sign_fit(x, friendly, terms, source=source, target=target)
    if model == "ols.weight":
        weight = np.array([float(row["WEIGHT"]) for row in table])
        return weight_fit(x, weight, terms, source=source, target=target)
    return rate_fit(
        x,
        np.array([row["IS_OBSERVED"] == "1" for row in table]),
        np.array([int(row["EVENT_INTERVAL"]) for row in table]),
        terms,
        source=source,
        target=target,
        ties=TIES[model],
        compat=True,
    )


@pytest.mark.parametrize("dataset", ["me2014", "raw300"])
@pytest.mark.parametrize("variant", ["A", "B", "C", "D"])
def test_fits_equal_those_of_r(dataset: str, variant: str) -> None:
    """Coefficients, errors by model and by dyad, likelihoods, of all five models."""
    stored = {**stored_fits("r_fits.csv"), **stored_fits("r_fits_exact_me2014.csv")}
    mine = {key: rows for key, rows in stored.items() if key[:2] == (dataset, variant)}
    assert len(mine) >= 8
    for key, rows in mine.items():
        terms = tuple(row["term"] for row in rows if row["term"] != INTERCEPT)
        fit = our_fit(key, terms)
        assert fit.converged
        for row in rows:
            at = fit.terms.index(row["term"])
            assert fit.coefficient[at] == pytest.approx(float(row["coef"]), abs=CLOSE)
            assert fit.model_error[at] == pytest.approx(float(row["se"]), abs=CLOSE)
            robust = row.get("se_robust_dyad") or "NA"
            if robust != "NA":
                assert fit.dyad_error[at] == pytest.approx(float(robust), abs=CLOSE)
        if rows[0]["loglik"] not in {"", "NA"}:
            stated = float(rows[0]["loglik"])
            assert fit.log_likelihood == pytest.approx(stated, abs=1e-5)


def random_strata(
    cases: int,
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64]]:
    """Sixty strata of nine rows, so many of them cases."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=(540, 2))
    case = np.tile(np.arange(9) < cases, 60)
    return x + case[:, None] * [0.5, -0.3], case, np.repeat(np.arange(60), 9)


def test_with_one_case_in_each_stratum_all_treatments_of_ties_agree() -> None:
    x, case, stratum = random_strata(1)
    who = np.arange(540)
    fits = [
        rate_fit(x, case, stratum, ("a", "b"), source=who, target=who + 1, ties=ties)
        for ties in Ties
    ]
    for fit in fits[1:]:
        assert fit.coefficient == pytest.approx(fits[0].coefficient, abs=1e-9)
        assert fit.model_error == pytest.approx(fits[0].model_error, abs=1e-9)


@pytest.mark.parametrize("ties", [Ties.EFRON, Ties.BRESLOW])
def test_several_cases_with_sampled_controls_are_refused_with_the_reason(
    ties: Ties,
) -> None:
    x, case, stratum = random_strata(3)
    who = np.arange(540)
    with pytest.raises(UsageError, match=r"turn their sign.*-0\.65.*own_controls"):
        rate_fit(x, case, stratum, ("a", "b"), source=who, target=who + 1, ties=ties)


def test_several_cases_need_a_treatment_of_ties() -> None:
    x, case, stratum = random_strata(2)
    who = np.arange(540)
    with pytest.raises(UsageError, match="one event in each stratum"):
        rate_fit(x, case, stratum, ("a", "b"), source=who, target=who + 1)


def test_the_exact_likelihood_of_large_strata_is_refused() -> None:
    rng = np.random.default_rng(1)
    x, stratum = rng.normal(size=(60_000, 8)), np.zeros(60_000, np.int64)
    case = np.arange(60_000) < 5_000
    who = np.arange(60_000)
    with pytest.raises(UsageError, match="at most"):
        rate_fit(
            x,
            case,
            stratum,
            tuple("abcdefgh"),
            source=who,
            target=who + 1,
            ties=Ties.EXACT,
        )


def test_a_term_that_tells_the_sign_perfectly_is_named_and_tamed() -> None:
    """The plain estimate runs away; ridge and Firth's penalty give finite ones."""
    x = np.r_[np.zeros(20), np.ones(20)][:, None]
    y = x[:, 0].copy()
    who = np.arange(40)
    plain = sign_fit(x, y, ("tie",), source=who, target=who + 1)
    firth = sign_fit(x, y, ("tie",), source=who, target=who + 1, firth=True)
    ridge = sign_fit(x, y, ("tie",), source=who, target=who + 1, ridge=1.0)
    assert plain.separated and any("no finite" in note for note in plain.notes)
    # Firth's estimate in a two by two table adds a half to each cell.
    assert firth.coefficient[1] == pytest.approx(2 * np.log(20.5 / 0.5), abs=1e-6)
    assert 0 < ridge.coefficient[1] < 20


def test_offsets_undo_unequal_sampling_of_controls() -> None:
    """Controls with a tie drawn four times as often, and weighed back."""
    rng = np.random.default_rng(8)
    truth, strata, each = 1.0, 4000, 6
    share = 0.2
    odds = share * np.exp(truth) / (share * np.exp(truth) + 1 - share)
    x = np.empty((strata, 1 + each))
    x[:, 0] = rng.random(strata) < odds
    preferred = 4 * share / (4 * share + 1 - share)
    x[:, 1:] = rng.random((strata, each)) < preferred
    offset = np.where(x > 0, -np.log(4.0), 0.0)
    case = np.tile(np.arange(1 + each) == 0, strata)
    who = np.arange(case.size)
    fit = rate_fit(
        x.reshape(-1, 1),
        case,
        np.repeat(np.arange(strata), 1 + each),
        ("tie",),
        source=who,
        target=who + 1,
        offset=offset.ravel(),
    )
    assert abs(fit.coefficient[0] - truth) < 4 * fit.model_error[0]
