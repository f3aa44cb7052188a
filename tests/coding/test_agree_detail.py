"""Intervals of alpha and class tables."""

from dataclasses import replace

from cuibono.claims.words import Layer
from cuibono.coding.agree import agreement
from cuibono.coding.agree_detail import field_details
from cuibono.formats.case import read_case
from tests.coding.test_agree import coded
from tests.reference import ROOT
from tests.strategies.cases import affirmed


def test_intervals_of_the_flagship_hold_their_alpha_and_repeat() -> None:
    case = read_case(ROOT / "cases/enemy-of-my-enemy")
    part = agreement(case, "pass-1", "pass-2").overall
    one, two = (field_details(case, part, draws=100, seed=7) for _ in range(2))
    assert one == two
    known = {field.field: field.alpha for field in part.fields}
    for detail in one:
        assert detail.alpha == known[detail.field]
        if detail.low is not None and detail.high is not None and detail.alpha:
            assert detail.low <= detail.alpha <= detail.high
        assert sum(cell.count for cell in detail.table) == len(part.pairs)
    assert sum(detail.low is not None for detail in one) >= 8


def test_fields_in_which_all_is_alike_have_no_alpha_and_no_interval() -> None:
    claims = [affirmed(k, "arda", "supports", "brun", "+") for k in range(12)]
    case = coded(claims, claims)
    part = agreement(case, "ana", "ben").overall
    layer = next(
        detail
        for detail in field_details(case, part, draws=50, seed=1)
        if detail.field == "layer"
    )
    assert (layer.alpha, layer.low, layer.high, layer.undefined) == (
        None,
        None,
        None,
        1,
    )


def test_the_table_says_which_classes_are_confused() -> None:
    claims = [affirmed(k, "arda", "supports", "brun", "+") for k in range(3)]
    others = [replace(claims[0], layer=Layer.COVERT), *claims[1:]]
    case = coded(claims, others)
    part = agreement(case, "ana", "ben").overall
    layer = next(
        detail
        for detail in field_details(case, part, draws=10, seed=1)
        if detail.field == "layer"
    )
    assert [(c.first, c.second, c.count) for c in layer.table] == [
        ("effect", "effect", 2),
        ("effect", "covert", 1),
    ]
    assert layer.low is None
