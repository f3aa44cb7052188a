"""The checker of certificate files: accepts what holds, rejects any tampering."""

import ast
import copy
import inspect
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from cuibono.balance import verify as checker
from cuibono.balance.certificate import Frustration
from cuibono.balance.frustration import frustration
from cuibono.balance.proof_file import certificate_document, named_ties
from cuibono.balance.verify import RejectedError, network_digest, verify
from cuibono.model.graph import SignedGraph, graph
from tests.definitions import balance_brute as brute
from tests.strategies.graphs import signed_graphs

_NET = graph(
    [
        ("Arda", "Brun", -1),
        ("Arda", "Cor", 1),
        ("Brun", "Cor", 1),
        ("Brun", "Dana", -1),
        ("Cor", "Dana", -1),
        ("Arda", "Dana", -1),
        ("Dana", "Esk", 1),
    ],
    weights=[1.0, 2.0, 1.0, 0.5, 1.5, 1.0, 1.0],
)


def _document(g: SignedGraph, found: Frustration | None = None) -> Any:
    document = certificate_document(g, found or frustration(g))
    return json.loads(json.dumps(document))


def test_the_checker_imports_nothing_of_the_package() -> None:
    tree = ast.parse(inspect.getsource(checker))
    imported = [
        node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not [name for name in imported if name.partition(".")[0] == "cuibono"]
    assert "numpy" not in imported


@given(signed_graphs(weights=(1.0, 0.5, 3.0, 0.1, 0.0), disputed=True))
@settings(max_examples=80, deadline=None)
def test_every_certificate_proves_the_index_or_names_the_solver(
    g: SignedGraph,
) -> None:
    document = _document(g)
    found = verify(named_ties(g), document)
    index = brute.least_index(g)
    assert found.upper / 1e6 == pytest.approx(index)
    assert found.lower <= found.upper
    assert found.stated == found.upper
    assert found.proven or document["solver_word"]


def test_the_order_of_ties_does_not_change_the_digest() -> None:
    ties = named_ties(_NET)
    turned = [(b, a, sign, weight) for a, b, sign, weight in reversed(ties)]
    assert network_digest(turned) == network_digest(ties)


@pytest.mark.parametrize("k", range(7))
def test_a_changed_sign_or_weight_of_the_network_is_rejected(k: int) -> None:
    document, ties = _document(_NET), named_ties(_NET)
    a, b, sign, weight = ties[k]
    for changed in ((a, b, -sign, weight), (a, b, sign, weight + 0.001), None):
        other = [*ties[:k], *([changed] if changed else []), *ties[k + 1 :]]
        with pytest.raises(RejectedError, match="another network"):
            verify(other, document)


def _set(document: Any, path: list[Any], value: Any) -> None:
    for step in path[:-1]:
        document = document[step]
    document[path[-1]] = value


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (["schema"], "cuibono/balance-certificate/2", "schema must be"),
        (["network_sha256"], "0", "another network"),
        (["sides", "Esk"], 1, "the partition costs"),
        (["sides", "Esk"], 0, "side 1 or -1"),
        (["sides", "Esk"], True, "side 1 or -1"),
        (["sides", "Esk"], [1], "side 1 or -1"),
        (["sides"], {}, "side 1 or -1"),
        (["sides"], [], "sides must be an object"),
        (["upper_millionths"], 0, "the partition costs"),
        (["upper_millionths"], 1.0, "whole number"),
        (["lower_millionths"], 0, "the cycles carry"),
        (["lower_millionths"], 99_000_000, "the cycles carry"),
        (["cycles"], [], "the cycles carry"),
        (["cycles"], {}, "cycles must be a list"),
        (["cycles", 0], ["Arda", "Brun", "Cor"], "must name its actors"),
        (["cycles", 0, "actors"], ["Arda", "Brun"], "at least three"),
        (["cycles", 0, "actors"], ["Arda", "Brun", "Cor", "Arda"], "an actor twice"),
        (["cycles", 0, "actors"], ["Arda", "Brun", "Esk"], "there is no tie"),
        (["cycles", 0, "actors"], ["Arda", "Cor", "Dana", 7], "at least three"),
        (["cycles", 0, "actors"], ["Arda", "Cor", "Dana"], "is not negative"),
        (["cycles", 0, "billionths"], 0, "positive weight"),
        (["cycles", 0, "billionths"], -1, "positive weight"),
        (["cycles", 0, "billionths"], 9_000_000_000, "more than its weight"),
        (["cycles", 0, "billionths"], 1e9, "whole number"),
    ],
)
def test_a_tampered_certificate_is_rejected(
    path: list[Any], value: Any, says: str
) -> None:
    document = _document(_NET)
    verify(named_ties(_NET), copy.deepcopy(document))
    _set(document, path, value)
    with pytest.raises(RejectedError, match=says):
        verify(named_ties(_NET), document)


def test_a_cycle_given_twice_is_rejected() -> None:
    document = _document(_NET)
    document["cycles"] += document["cycles"]
    with pytest.raises(RejectedError, match="more than its weight"):
        verify(named_ties(_NET), document)


def _hostile(n: int) -> SignedGraph:
    names = [f"A{i}" for i in range(n)]
    return graph([(a, b, -1) for k, a in enumerate(names) for b in names[k + 1 :]])


def test_what_a_search_proved_is_the_solvers_word() -> None:
    """Cycles carry 7 of the 9 of seven hostile actors."""
    document = _document(_hostile(7))
    found = verify(named_ties(_hostile(7)), document)
    assert (found.lower, found.stated, found.upper) == (7_000_000, 9_000_000, 9_000_000)
    assert not found.proven
    document["solver_word"] = False
    with pytest.raises(RejectedError, match="the cycles carry 7000000"):
        verify(named_ties(_hostile(7)), document)


def test_a_stopped_answer_is_verified_as_bounds() -> None:
    g = _hostile(13)
    found = verify(named_ties(g), _document(g, frustration(g, most_nodes=0)))
    assert found.lower < found.upper
    assert not found.proven


def test_nothing_that_is_no_object_is_accepted() -> None:
    nothing: tuple[object, ...] = (None, [], "x", 3)
    for document in nothing:
        with pytest.raises(RejectedError, match="must be an object"):
            verify(named_ties(_NET), document)


def test_an_answer_under_other_signs_gets_no_certificate() -> None:
    found = frustration(_NET)
    free = _NET.with_sign(np.zeros(_NET.m, dtype=np.int8))
    with pytest.raises(ValueError, match="under the signs of g"):
        certificate_document(free, found)
