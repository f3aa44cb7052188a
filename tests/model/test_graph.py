"""The signed graph: one tie a pair, in order, frozen, and refusing what does not fit."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.model.graph import SignedGraph, graph
from tests.strategies.graphs import signed_graphs

TRIO = graph([("Arda", "Brun", 1), ("Cor", "Brun", -1)], claims=(("c1",), ("c2",)))


def rebuilt(**change: object) -> SignedGraph:
    """Graph of a trio with some of its fields changed."""
    fields = {name: getattr(TRIO, name) for name in TRIO.__slots__}
    return SignedGraph(**(fields | change))


def test_arrays_of_another_length_are_refused() -> None:
    """One entry for each tie."""
    with pytest.raises(
        ValueError, match=r"ends must have shape \(2, 2\), got \(1, 2\)"
    ):
        rebuilt(ends=TRIO.ends[:1].copy())
    with pytest.raises(ValueError, match=r"weight must have shape \(2,\), got \(1,\)"):
        rebuilt(weight=np.ones(1))
    with pytest.raises(ValueError, match="claims must have 2 entries, got 1"):
        rebuilt(claims=(("c1",),))


def test_ends_out_of_order_and_loops_are_refused() -> None:
    """The lower end comes first."""
    for bad in ([[1, 0], [1, 2]], [[0, 0], [1, 2]]):
        with pytest.raises(ValueError, match="lower end first, and no loops"):
            rebuilt(ends=np.array(bad, dtype=np.intp))


@pytest.mark.parametrize(
    ("ties", "message"),
    [
        ([("Arda", "Brun", 3)], "sign must be 1, -1 or 0, got 3"),
        ([("Arda", "Arda", 1)], "tie from Arda to itself"),
        ([("Arda", "Brun", 1), ("Brun", "Arda", 1)], "tie Brun - Arda is given twice"),
    ],
)
def test_what_is_no_tie_is_refused(
    ties: list[tuple[str, str, int]], message: str
) -> None:
    """A bad sign, a loop, a pair twice in either order."""
    with pytest.raises(ValueError, match=message):
        graph(ties)


def test_arrays_cannot_be_changed() -> None:
    """A record is frozen, and so is what it holds."""
    with pytest.raises(ValueError, match="read-only"):
        TRIO.sign[0] = -1


@settings(deadline=None)
@given(signed_graphs(disputed=True, weights=(0.5, 1.0, 2.0)), st.randoms())
def test_ties_given_in_any_order_are_one_graph(
    found: SignedGraph, random: Random
) -> None:
    """Ends, signs, weights and claims stay together."""
    given_ties = [
        (found.names[i], found.names[j], int(sign), float(weight), f"c{i}-{j}")
        for (i, j), sign, weight in zip(
            found.ends.tolist(), found.sign, found.weight, strict=True
        )
    ]
    random.shuffle(given_ties)
    again = graph(
        [(b, a, sign) for a, b, sign, _, _ in given_ties],
        names=found.names,
        weights=[weight for *_, weight, _ in given_ties],
        claims=tuple((name,) for *_, name in given_ties),
    )
    assert np.array_equal(again.ends, found.ends)
    assert np.array_equal(again.sign, found.sign)
    assert np.array_equal(again.weight, found.weight)
    assert again.claims == tuple((f"c{i}-{j}",) for i, j in found.ends.tolist())


def test_other_signs_on_the_same_ties() -> None:
    """Everything else stays; names come in order of first mention."""
    other = TRIO.with_sign(-TRIO.sign)
    assert other.sign.tolist() == [-1, 1]
    assert other.claims == TRIO.claims and np.array_equal(other.ends, TRIO.ends)
    assert TRIO.names == ("Arda", "Brun", "Cor")
    assert (TRIO.n, TRIO.m) == (3, 2)
    assert graph([]).m == 0 and graph([]).claims == ()
