"""Adjoint and absolute feedback: exact integers."""

import numpy as np
import pytest
from hypothesis import given, settings

from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.response.terms import (
    NotExpandedError,
    absolute_feedback,
    adjoint,
    weighted_prediction,
)
from tests.definitions import response_determinants as definition
from tests.response import reference
from tests.strategies.digraphs import signed_digraphs

ALL = [
    "antarctic_c", "lake_a", "lake_b", "loopanalyst_DLR", "loopanalyst_dambacher",
    "loopanalyst_levins", "macquarie", "snowshoe_A", "snowshoe_B", "snowshoe_C",
    "snowshoe_D", "snowshoe_E",
]  # fmt: skip


@settings(deadline=None)
@given(signed_digraphs(self_edges=True, limited=None))
def test_terms_are_those_of_the_sum_over_permutations(g: SignedDigraph) -> None:
    assert adjoint(g).tolist() == definition.adjoint(g)
    assert absolute_feedback(g).tolist() == definition.absolute_feedback(g)


def _agrees(g: SignedDigraph, rows: list[reference.Row]) -> None:
    net, terms = adjoint(g), absolute_feedback(g)
    assert len(rows) == g.n**2
    for row in rows:
        i, j = g.position(row["response"]), g.position(row["press"])
        assert net[i, j] == int(row["adjoint"])
        assert terms[i, j] == int(row["absolute_feedback"])
        assert type(net[i, j]) is type(terms[i, j]) is int


@pytest.mark.parametrize("name", sorted(reference.small_table("adjoint.csv")))
def test_small_adjoints_are_those_of_other_tools(name: str) -> None:
    _agrees(reference.small_model(name), reference.small_table("adjoint.csv")[name])


@pytest.mark.reference
@pytest.mark.parametrize("name", ALL)
def test_adjoints_are_those_of_other_tools(name: str) -> None:
    _agrees(reference.model(name), reference.table("adjoint", name))


@pytest.mark.reference
@pytest.mark.parametrize("name", ["fisher_StatusQuo", "fisher_StatusQuoExtended"])
def test_sparse_maps_of_forty_nodes_and_more_finish(name: str) -> None:
    g = reference.model(name)
    net = adjoint(g)
    matrix = np.array(definition.unit_matrix(g), dtype=object)
    whole = net.dot(-matrix)
    assert (whole == whole[0, 0] * np.eye(g.n, dtype=int)).all()
    weight = weighted_prediction(g)
    assert 0.0 <= np.nanmin(weight) <= np.nanmax(weight) <= 1.0


@pytest.mark.reference
def test_a_dense_component_of_22_nodes_is_refused_with_a_reason() -> None:
    with pytest.raises(NotExpandedError, match="component of 22 nodes"):
        absolute_feedback(reference.model("santa_rosa_island"), most=50_000)


@pytest.mark.parametrize("edges", [[("a", "b", 0)], [("a", "b", 1), ("a", "b", -1)]])
def test_the_adjoint_refuses_open_signs(edges: list[tuple[str, str, int]]) -> None:
    with pytest.raises(ValueError, match="needs known signs"):
        adjoint(digraph(edges))
    assert absolute_feedback(digraph(edges)).tolist() == [[1, 0], [1, 1]]


def test_no_term_at_all_has_no_weight() -> None:
    weight = weighted_prediction(digraph([("Arda", "Brun", 1)]))
    assert np.isnan(weight[0, 1])
    assert weight[1, 0] == 1.0
