"""Smallest sets of claims that part a push from a target, against every set."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.support import cuts
from cuibono.support.cuts import claim_cut
from tests.definitions.support_brute import connected, fallen, smallest_cuts
from tests.strategies.digraphs import signed_digraphs

Behind = tuple[tuple[str, ...], ...]
CLAIMS = ("c1", "c2", "c3", "c4", "c5", "c6")

RING = digraph(
    [("arda", "brun", 1), ("brun", "cor", 1), ("arda", "dana", 1), ("dana", "cor", -1)]
)


@st.composite
def claimed(draw: st.DrawFn) -> tuple[SignedDigraph, Behind]:
    """Draw a digraph with up to three of six claims behind each edge, or none."""
    graph = draw(signed_digraphs(most_nodes=5, disputed=True))
    sets = st.lists(st.sampled_from(CLAIMS), max_size=3, unique=True).map(tuple)
    some = st.lists(st.sampled_from(CLAIMS), min_size=1, max_size=2, unique=True)
    one = st.one_of(sets, some.map(tuple), some.map(tuple))
    return graph, tuple(draw(one) for _ in range(graph.m))


@settings(max_examples=120, deadline=None)
@given(claimed(), st.data())
def test_a_cut_is_as_small_as_the_smallest_of_all_sets(
    drawn: tuple[SignedDigraph, Behind], data: st.DataObject
) -> None:
    """Claims behind several links, links with several claims, links that cannot fall."""
    graph, behind = drawn
    nodes = st.integers(0, graph.n - 1)
    target = data.draw(nodes)
    starts = (
        data.draw(st.lists(nodes.filter(lambda x: x != target), max_size=2))
        if (graph.n > 1)
        else []
    )
    found = claim_cut(graph, behind, starts, target)
    wanted = smallest_cuts(graph, behind, starts, target)
    if not wanted:
        assert found == ()
        return
    assert set(found) in wanted
    assert list(found) == sorted(found)
    assert not connected(graph, fallen(behind, set(found)), starts, target)


@pytest.mark.parametrize(
    ("behind", "cut"),
    [
        ((("a",), ("b",), ("c",), ("d",)), 2),
        ((("a",), ("b",), ("a",), ("d",)), 1),
        ((("a", "x"), ("b",), ("a",), ("b",)), 1),
        ((("a", "x"), ("b", "y"), ("a", "x"), ("d", "z")), 2),
        ((("a",), ("b",), (), ()), 0),
        (((), ("b",), ("c",), ()), 2),
    ],
)
def test_two_ways_round_a_ring_need_as_many_claims_as_they_share_none(
    behind: Behind, cut: int
) -> None:
    """A claim behind both ways is enough; a way that cannot fall leaves no cut."""
    assert len(claim_cut(RING, behind, [0], 2)) == cut


def test_among_equal_cuts_the_first_claims_of_the_model_win() -> None:
    """The same answer each time, whatever the claims are called."""
    chain = digraph([("arda", "brun", 1), ("brun", "cor", 1)])
    assert claim_cut(chain, (("z",), ("a",)), [0], 2) == ("z",)
    assert claim_cut(chain, (("a",), ("z",)), [0], 2) == ("a",)


def test_a_start_that_is_the_target_or_no_path_has_no_cut() -> None:
    """Nothing is left to part."""
    behind: Behind = (("a",), ("b",), ("c",), ("d",))
    assert claim_cut(RING, behind, [2], 0) == ()
    assert claim_cut(RING, behind, [], 2) == ()


def test_a_search_that_does_not_end_in_time_claims_no_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A bound on the rounds gives no answer rather than a wrong one."""
    monkeypatch.setattr(cuts, "MOST_ROUNDS", 1)
    behind: Behind = (("a",), ("b",), ("c",), ("d",))
    assert claim_cut(RING, behind, [0], 2) == ()
