"""What is done to a model: pushes, nodes held or taken out, links added and cut."""

import numpy as np
import pytest
from hypothesis import given, settings

from cuibono.claims.records import Action, LinkChange
from cuibono.claims.words import Sign
from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.questions.action import done_to
from tests.strategies.digraphs import signed_digraphs

CHAIN = digraph(
    [("arda", "brun", 1), ("brun", "cor", -1), ("cor", "brun", 1)],
    claims=(("c1",), ("c2",), ("c3",)),
)


def links(graph: SignedDigraph) -> set[tuple[str, str, int]]:
    """Links by name."""
    return {
        (graph.names[t], graph.names[h], int(s))
        for t, h, s in zip(graph.tail, graph.head, graph.sign, strict=True)
    }


def link(tail: str, head: str, sign: str = "+") -> LinkChange:
    """A link to add or to cut."""
    return LinkChange(tail=tail, head=head, sign=Sign(sign))


def test_a_press_and_a_pulse_push_and_change_no_link() -> None:
    """Two pushes on one node add up."""
    done = done_to(CHAIN, Action(press=(("arda", 1.0),), pulse=(("arda", 0.5),)))
    assert done.push == ((0, 1.5),)
    assert done.graph is CHAIN
    assert done.unknown == ()


def test_a_node_taken_out_is_cut_off_and_pushed_down() -> None:
    """Nothing acts on it any more, whatever else was done to it."""
    done = done_to(CHAIN, Action(press=(("brun", 3.0),), remove=("brun",)))
    assert links(done.graph) == {("brun", "cor", -1)}
    assert done.push == ((1, -1.0),)
    assert done.graph.claims == (("c2",),)


def test_a_node_held_is_cut_off_and_not_pushed() -> None:
    """A push on a node that is held has nowhere to go."""
    done = done_to(CHAIN, Action(press=(("brun", 1.0),), clamp=("brun",)))
    assert links(done.graph) == {("brun", "cor", -1)}
    assert done.push == ()


def test_a_link_added_is_there_with_no_claim_behind_it() -> None:
    """One that is there already is not added twice."""
    done = done_to(CHAIN, Action(add=(link("cor", "arda", "-"), link("arda", "brun"))))
    assert links(done.graph) == {*links(CHAIN), ("cor", "arda", -1)}
    assert done.graph.claims == (*CHAIN.claims, ())
    same = done_to(CHAIN, Action(add=(link("arda", "brun"),)))
    assert same.graph is CHAIN


def test_an_end_that_the_reading_does_not_have_joins_it() -> None:
    """With a limit of its own, and after the nodes that were there."""
    done = done_to(
        CHAIN, Action(press=(("dana", 1.0),), add=(link("dana", "eska", "-"),))
    )
    assert done.graph.names == (*CHAIN.names, "dana", "eska")
    assert links(done.graph) == {*links(CHAIN), ("dana", "eska", -1)}
    assert done.graph.self_limited.all()
    assert done.push == ((3, 1.0),) and done.unknown == ()


def test_pushes_that_cancel_are_none() -> None:
    """A push of nothing pushes nothing."""
    done = done_to(CHAIN, Action(press=(("arda", 1.0),), pulse=(("arda", -1.0),)))
    assert done.push == ()


def test_a_link_added_to_a_model_without_claims_leaves_it_without() -> None:
    """A network from a file has no claims to keep."""
    bare = digraph([("arda", "brun", 1)])
    assert done_to(bare, Action(add=(link("brun", "arda"),))).graph.claims == ()


def test_an_effect_of_its_own_replaces_the_limit_by_assumption() -> None:
    """As it does where a claim states it."""
    done = done_to(CHAIN, Action(add=(link("arda", "arda"),)))
    assert done.graph.self_limited.tolist() == [False, True, True]


def test_a_link_cut_is_gone_with_both_its_signs() -> None:
    """A cut names a pair, not a sign."""
    graph = digraph([("arda", "brun", 1), ("arda", "brun", -1), ("brun", "arda", 1)])
    done = done_to(graph, Action(cut=(link("arda", "brun"),)))
    assert links(done.graph) == {("brun", "arda", 1)}


def test_a_cut_of_a_link_that_is_not_there_changes_nothing() -> None:
    """Nor does one between nodes that the reading does not have."""
    for cut in (link("arda", "cor"), link("nobody", "cor")):
        assert done_to(CHAIN, Action(cut=(cut,))).graph is CHAIN


@pytest.mark.parametrize(
    ("action", "unknown"),
    [
        (Action(press=(("nobody", 1.0),)), ("nobody",)),
        (Action(pulse=(("nobody", 1.0),)), ("nobody",)),
        (Action(remove=("nobody",)), ("nobody",)),
        (Action(clamp=("nobody",)), ("nobody",)),
        (Action(press=(("nobody", 1.0),), clamp=("nobody",)), ("nobody",)),
    ],
)
def test_nodes_that_the_reading_does_not_have_are_named_once(
    action: Action, unknown: tuple[str, ...]
) -> None:
    """They push nothing and get no link."""
    done = done_to(CHAIN, action)
    assert done.unknown == unknown
    assert done.push == ()
    assert links(done.graph) == links(CHAIN)


@settings(deadline=None)
@given(signed_digraphs(disputed=True))
def test_what_is_added_and_cut_again_leaves_the_other_links(
    graph: SignedDigraph,
) -> None:
    """Adding and cutting a pair in one action cuts it."""
    first, last = graph.names[0], graph.names[-1]
    both = Action(add=(link(first, last),), cut=(link(first, last),))
    left = links(done_to(graph, both).graph)
    assert left == {row for row in links(graph) if row[:2] != (first, last)}


@settings(deadline=None)
@given(signed_digraphs())
def test_a_node_held_leaves_what_it_acts_on(graph: SignedDigraph) -> None:
    """Only what acts on it is cut."""
    name = graph.names[0]
    held = done_to(graph, Action(clamp=(name,))).graph
    assert links(held) == {row for row in links(graph) if row[1] != name}
    assert np.array_equal(held.self_limited, graph.self_limited)
