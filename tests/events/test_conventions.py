"""Sign conventions against the published rules and the reference code tables."""

import csv

import pytest

from cuibono.events.codes.read import code_table, codes_by_label
from cuibono.events.conventions import CONVENTIONS
from cuibono.events.conventions.gdelt_quad import quad_class
from cuibono.events.conventions.records import Found, look_up
from tests.reference import reference


def _rows(name: str) -> list[dict[str, str]]:
    path = reference("events", name)
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


@pytest.mark.reference
def test_every_cameo_code_has_the_reference_goldstein_value() -> None:
    table = code_table("cameo")
    for row in _rows("cameo_codes.csv"):
        assert table[row["code"]].tenths == round(float(row["goldstein"]) * 10)


@pytest.mark.reference
def test_quad_classes_are_those_of_the_reference_table() -> None:
    for row in _rows("cameo_codes.csv"):
        assert quad_class(row["root"]) == int(row["quad_class"])


@pytest.mark.reference
def test_the_keds_scale_differs_in_five_codes_and_in_one_sign() -> None:
    keds = CONVENTIONS["goldstein-keds"].of("cameo")
    icews = CONVENTIONS["goldstein"].of("cameo")
    for row in _rows("cameo_scale_keds_0.5b1.csv"):
        assert keds[row["code"]].tenths == round(float(row["goldstein"]) * 10)
    both = set(keds) & set(icews)
    other = {code for code in both if keds[code].tenths != icews[code].tenths}
    assert other == {"016", "124", "163", "164", "166"}
    assert {code for code in both if keds[code].sign != icews[code].sign} == {"016"}


@pytest.mark.reference
def test_weis_values_are_those_of_goldstein_1992() -> None:
    weis = CONVENTIONS["goldstein"].of("weis")
    for row in _rows("weis_codes.csv"):
        assert weis[row["code"]].tenths == round(float(row["goldstein"]) * 10)


@pytest.mark.reference
def test_plover_categories_follow_the_published_mapping() -> None:
    plover = CONVENTIONS["plover"].of("cameo")
    for row in _rows("cameo_to_plover.csv"):
        assert plover[row["cameo_code"]].quad == int(row["plover_quad"])
    assert plover["010"].sign == 0 == plover["02"].sign


def test_oeda_puts_investigation_and_sanctions_under_verbal_conflict() -> None:
    oeda = CONVENTIONS["oeda-quad"].of("cameo")
    assert [oeda[code].quad for code in ("090", "163", "010", "141", "060")] == [
        3,
        3,
        0,
        4,
        2,
    ]


def test_gdelt_and_oeda_oppose_each_other_on_investigations_alone() -> None:
    gdelt, oeda = (
        CONVENTIONS[name].of("cameo") for name in ("gdelt-quad", "oeda-quad")
    )
    opposite = {code[:2] for code in gdelt if gdelt[code].sign * oeda[code].sign < 0}
    assert opposite == {"09"}


def test_an_unknown_code_is_signed_by_its_parent_and_said_to_be() -> None:
    table = CONVENTIONS["goldstein"].of("cameo")
    entry, found = look_up(table, "1909")
    assert entry == table["190"]
    assert found is Found.PARENT
    assert look_up(table, "990") == (None, Found.NO)


def test_no_plover_mode_takes_the_printed_sign_of_accuse() -> None:
    assert code_table("plover")["ACCUSE"].tenths is None
    assert CONVENTIONS["plover"].of("plover")["ACCUSE"].sign == -1


def test_every_convention_names_its_source_and_its_schemes() -> None:
    for convention in CONVENTIONS.values():
        assert convention.source
        for scheme in convention.schemes:
            assert convention.of(scheme)


def test_a_label_of_a_root_and_of_the_code_below_is_that_of_the_code() -> None:
    labels = codes_by_label()
    assert (labels["consult"], labels["threaten"]) == (("040",), ("130",))
    assert {label for label, codes in labels.items() if len(codes) > 1} == set()


@pytest.mark.reference
def test_every_label_of_icews14_finds_its_code() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = reference("events", "icews14_tkg.parquet")
    table = parquet.read_table(path, columns=["relation", "cameo_code"])
    pairs = {(r["relation"].casefold(), r["cameo_code"]) for r in table.to_pylist()}
    missing = {
        pair for pair in pairs if pair[1] not in codes_by_label().get(pair[0], ())
    }
    assert missing == set()
