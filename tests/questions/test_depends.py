"""Do two parties depend on each other: jointly, in the same model."""

import numpy as np
import pytest
from hypothesis import given, settings

from cuibono.model.digraph import SignedDigraph
from cuibono.questions.answer import Answer, ChangeClass, Verdict
from cuibono.questions.depends import depends
from tests.questions.models import MUTUAL, Edges, lens_of, lens_on
from tests.strategies.digraphs import signed_digraphs

OPEN: Edges = [
    *[("arda", "brun", 1), ("arda", "cor", 1), ("cor", "brun", -1)],
    *[("brun", "arda", 1), ("brun", "dana", 1), ("dana", "arda", -1)],
]
"""Each helps the other directly and harms it through a third."""


def asked(edges: Edges) -> Answer:
    """Whether Arda and Brun depend on each other."""
    return depends(lens_of(edges), "arda", "brun")


@pytest.mark.parametrize(
    ("edges", "verdict"),
    [
        (MUTUAL, Verdict.FOLLOWS_BY_STRUCTURE),
        ([("arda", "brun", 1), ("brun", "arda", -1)], Verdict.CONTRADICTED),
        ([("arda", "brun", -1), ("brun", "arda", -1)], Verdict.CONTRADICTED),
        ([("arda", "brun", 1)], Verdict.NOT_CONNECTED),
        ([*MUTUAL, ("arda", "arda", 1), ("brun", "brun", 1)], Verdict.NO_EQUILIBRIUM),
        (OPEN, Verdict.UNDETERMINED),
    ],
)
def test_the_verdict_on_a_pair_is_the_one_its_links_earn(
    edges: Edges, verdict: Verdict
) -> None:
    """Both must raise the other."""
    answer = asked(edges)
    assert answer.verdict is verdict
    assert answer.reason
    assert answer.question == "depends" and answer.id == "depends-arda-brun"


def test_dependence_is_counted_in_the_same_model() -> None:
    """The joint share is that of both at once, and not what the two shares suggest."""
    lens = lens_of(OPEN, draws=120)
    answer = depends(lens, "arda", "brun")
    a, b = lens.graph.position("arda"), lens.graph.position("brun")
    apart = []
    for share, prior in zip(answer.shares, lens.priors, strict=True):
        there = lens.responses(prior, [(a, 1.0)])[:, b] > 0
        back = lens.responses(prior, [(b, 1.0)])[:, a] > 0
        assert share.share == np.mean(there & back)
        apart.append(abs(share.share - there.mean() * back.mean()) > 0.02)
        assert share.share <= min(there.mean(), back.mean())
    assert any(apart)
    rises = [change.up[0].share for change in answer.changes]
    assert answer.shares[0].share < min(rises)


@pytest.mark.parametrize(
    ("edges", "missing"),
    [
        ([("arda", "brun", 1)], ("brun", "arda")),
        ([("brun", "arda", 1)], ("arda", "brun")),
        ([("arda", "cor", 1)], ("brun", "arda")),
        ([("cor", "brun", 1)], ("arda", "brun")),
    ],
)
def test_the_way_that_is_not_stated_is_named(
    edges: Edges, missing: tuple[str, str]
) -> None:
    """From whom to whom no path leads, or who is not spoken of."""
    answer = asked(edges)
    assert answer.verdict is Verdict.NOT_CONNECTED
    assert answer.missing == missing


@pytest.mark.parametrize(
    ("edge", "direct"),
    [
        ([("arda", "brun", 1)], 1.0),
        ([("arda", "brun", -1)], -1.0),
        ([("arda", "brun", 1), ("arda", "brun", -1)], 2.0),
        ([("arda", "cor", 1), ("cor", "brun", 1)], 0.0),
    ],
)
def test_direct_ties_are_told_beside_the_paths(edge: Edges, direct: float) -> None:
    """Helps, harms, disputed, not stated."""
    answer = asked([*edge, ("brun", "arda", 1)])
    assert dict(answer.figures) == {
        "direct arda to brun": direct,
        "direct brun to arda": 1.0,
    }


def test_dependence_through_others_counts() -> None:
    """Paths of several links, with the claims on them."""
    ring: Edges = [("arda", "cor", 1), ("cor", "brun", -1), ("brun", "arda", -1)]
    answer = depends(lens_of(ring), "arda", "brun")
    assert answer.verdict is Verdict.CONTRADICTED
    ring[2] = ("brun", "arda", 1)
    ring[1] = ("cor", "brun", 1)
    answer = depends(lens_of(ring), "arda", "brun", title="Do they")
    assert answer.verdict is Verdict.FOLLOWS_BY_STRUCTURE
    assert answer.claims == ("c0", "c1", "c2")
    assert answer.title == "Do they"


@settings(max_examples=25, deadline=None)
@given(signed_digraphs(most_nodes=4))
def test_dependence_does_not_care_who_is_named_first(graph: SignedDigraph) -> None:
    """The verdict and its shares are the same from both sides."""
    if graph.n < 2:
        return
    lens = lens_on(graph, draws=20)
    one = depends(lens, graph.names[0], graph.names[1])
    other = depends(lens, graph.names[1], graph.names[0])
    assert (one.verdict, one.shares) == (other.verdict, other.shares)
    assert one.changes == other.changes[::-1]


def test_an_empty_reading_is_an_answer() -> None:
    """It states nothing about either."""
    answer = depends(lens_of([], names=()), "arda", "brun")
    assert answer.verdict is Verdict.NOT_CONNECTED
    assert answer.missing == ("arda", "brun")


def test_where_each_way_is_open_so_is_the_dependence() -> None:
    """Each helps directly and harms through a third: strengths decide both ways."""
    answer = asked(OPEN)
    assert all(change.sign == 0 or change.up for change in answer.changes)
    assert not {change.kind for change in answer.changes} & {
        ChangeClass.CERTAIN,
        ChangeClass.NO_PATH,
        ChangeClass.NO_EQUILIBRIUM,
    }
