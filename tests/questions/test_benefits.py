"""Who benefits: every class of change, and laws of a push."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from cuibono.claims.records import Action, LinkChange
from cuibono.model.digraph import SignedDigraph
from cuibono.questions.answer import Answer, Change, ChangeClass, Verdict
from cuibono.questions.benefits import SURE, benefits, policy
from cuibono.questions.lens import Lens
from cuibono.response.priors import PRIORS
from tests.questions.models import (
    CHAIN,
    DISPUTED,
    MUTUAL,
    OPPOSED,
    RUNAWAY,
    TWO_SOURCES,
    Edges,
    lens_of,
    lens_on,
    press,
)
from tests.strategies.digraphs import signed_digraphs

MANY: Edges = [(f"ally{k}", "brun", 1) for k in range(4)] + [("arda", "brun", -1)]


def asked(lens: Lens, action: Action, *of: str) -> Answer:
    """Who benefits from an action."""
    return benefits(lens, action, name="q", title="Who benefits", of=of)


def change(answer: Answer, node: str) -> Change:
    """What an answer says of one node."""
    return next(item for item in answer.changes if item.node == node)


CLASSES: dict[ChangeClass, tuple[Edges, Action, str, int]] = {
    ChangeClass.CERTAIN: (CHAIN, press(arda=1), "cor", -1),
    ChangeClass.ALL_PRIORS: (TWO_SOURCES, press(arda=1000, cor=1), "brun", 1),
    ChangeClass.LEANS: (
        MANY,
        press(arda=-1, ally0=-1, ally1=-1, ally2=-1, ally3=-1),
        "brun",
        -1,
    ),
    ChangeClass.PRIOR_DEPENDENT: (TWO_SOURCES, press(arda=2, cor=1), "brun", 0),
    ChangeClass.AMBIGUOUS: (DISPUTED, press(arda=1), "brun", 0),
    ChangeClass.NO_PATH: (CHAIN, press(brun=1), "arda", 0),
    ChangeClass.NO_EQUILIBRIUM: (RUNAWAY, press(arda=1), "brun", 0),
}


@pytest.mark.parametrize("kind", ChangeClass)
def test_every_class_of_change_is_reached_by_a_model_that_earns_it(
    kind: ChangeClass,
) -> None:
    """The seven classes, each with the sign that goes with it."""
    edges, action, node, sign = CLASSES[kind]
    answer = asked(lens_of(edges, draws=150), action, node)
    (found,) = answer.changes
    assert (found.node, found.kind, found.sign) == (node, kind, sign)
    assert answer.verdict == kind
    assert bool(answer.sampling) is (kind is not ChangeClass.NO_EQUILIBRIUM)


def mirrored(item: Change) -> Change:
    """The change under the opposite push."""
    turned = {1: -1, -1: 1, 0: 0, 2: 2}
    return replace(
        item,
        sign=turned[item.sign],
        first=turned[item.first],
        open_loop=turned[item.open_loop],
        up=item.down,
        down=item.up,
    )


@settings(max_examples=40, deadline=None)
@given(signed_digraphs(most_nodes=4, self_edges=True, disputed=True))
def test_turning_a_push_round_turns_every_change_round(graph: SignedDigraph) -> None:
    """Class and claims stay; sign, shares and first move change sides."""
    lens = lens_on(graph, draws=20)
    name = graph.names[0]
    for node in graph.names:
        up = asked(lens, press(**{name: 1}), node).changes
        down = asked(lens, press(**{name: -1}), node).changes
        assert tuple(mirrored(item) for item in up) == down


@settings(max_examples=25, deadline=None)
@given(signed_digraphs(most_nodes=4, disputed=True))
def test_shares_are_those_of_the_inverse_of_each_matrix(graph: SignedDigraph) -> None:
    """Up and down counted from ``-A^-1``, matrix by matrix."""
    lens = lens_on(graph, draws=20)
    first = graph.names[0]
    answer = asked(lens, press(**{first: 1}))
    drawn = lens.ensemble(PRIORS[0])
    if not drawn.draws or not answer.changes:
        return
    moved = np.stack([-np.linalg.inv(a)[:, 0] for a in matrices(drawn.graph, lens)])
    for item in answer.changes:
        column = moved[:, graph.position(item.node)]
        assert item.up[0].share == np.mean(column > 1e-12)
        assert item.down[0].share == np.mean(column < -1e-12)


def matrices(graph: SignedDigraph, lens: Lens) -> list[np.ndarray]:
    """Community matrices of the first prior, entry by entry."""
    drawn = lens.ensemble(PRIORS[0])
    found = []
    for row in range(drawn.draws):
        a = np.diag(drawn.self_effect[row])
        for k in range(graph.m):
            a[graph.head[k], graph.tail[k]] += drawn.weights[row, k]
        found.append(a)
    return found


def test_a_press_is_told_of_all_that_it_can_reach_and_of_nothing_else() -> None:
    """The node pushed is not told of, nor what no path leads to."""
    edges: Edges = [*CHAIN, ("dana", "arda", 1)]
    answer = asked(lens_of(edges), press(arda=1))
    assert {item.node for item in answer.changes} == {"brun", "cor"}
    assert answer.claims == ("c0", "c1")


def test_nodes_asked_for_are_told_of_even_where_no_path_leads() -> None:
    """Those that the reading does not have are left out."""
    answer = asked(lens_of(CHAIN), press(brun=1), "arda", "cor", "nobody", "brun")
    assert {item.node: item.kind for item in answer.changes} == {
        "cor": ChangeClass.CERTAIN,
        "brun": ChangeClass.CERTAIN,
        "arda": ChangeClass.NO_PATH,
    }


def test_the_surest_changes_come_first_and_rises_before_falls() -> None:
    """Within a class the strongest first."""
    edges: Edges = [*OPPOSED, ("arda", "dana", -1), ("brun", "eska", 1)]
    answer = asked(lens_of(edges), press(arda=1))
    kinds = [SURE.index(item.kind) for item in answer.changes]
    assert kinds == sorted(kinds)
    assert [item.node for item in answer.changes][:2] == ["cor", "dana"]
    assert answer.verdict == ChangeClass.CERTAIN


def test_what_a_push_does_first_is_told_apart_from_what_it_does_in_the_end() -> None:
    """Along the shortest stated chains."""
    edges: Edges = [
        *[("arda", "cor", 1), ("arda", "brun", -1), ("arda", "dana", 1)],
        *[("dana", "brun", 1), ("brun", "eska", 1), ("dana", "eska", -1)],
    ]
    lens = lens_of(edges)
    answer = asked(lens, press(arda=1))
    assert {item.node: item.first for item in answer.changes} == {
        "cor": 1,
        "brun": -1,
        "dana": 1,
        "eska": -1,
    }
    assert change(asked(lens_of(DISPUTED), press(arda=1)), "brun").first == 2
    unstated = lens_of([("arda", "brun", 0)])
    assert change(asked(unstated, press(arda=1)), "brun").first == 2
    assert change(asked(lens, press(arda=-2), "arda"), "arda").first == -1


def test_two_pushes_are_told_of_together() -> None:
    """Agreeing ones are certain, opposed ones open."""
    lens = lens_of(TWO_SOURCES)
    agree = change(asked(lens, press(arda=1, cor=-1)), "brun")
    assert (agree.kind, agree.sign, agree.open_loop) == (ChangeClass.CERTAIN, 1, 1)
    apart = change(asked(lens, press(arda=1, cor=1)), "brun")
    assert apart.sign == 0 and apart.open_loop == 2


def test_a_mutual_loop_raises_both_and_a_disputed_one_need_not() -> None:
    """Press on one of two that help each other."""
    answer = asked(lens_of(MUTUAL), press(arda=1), "arda", "brun")
    assert [(c.kind, c.sign) for c in answer.changes] == [(ChangeClass.CERTAIN, 1)] * 2


def test_without_an_equilibrium_the_chains_still_say_which_way() -> None:
    """And no share is given."""
    answer = asked(lens_of(RUNAWAY), press(arda=1))
    (found,) = answer.changes
    assert found.open_loop == 1 and found.up == () and found.down == ()
    assert answer.verdict == ChangeClass.NO_EQUILIBRIUM


@pytest.mark.parametrize(
    ("action", "of", "missing"),
    [
        (press(nobody=1), (), ("nobody", "")),
        (press(nobody=1), ("brun",), ("nobody", "brun")),
        (Action(clamp=("arda",)), (), None),
        (press(arda=1, brun=-1), (), None),
    ],
)
def test_an_action_that_pushes_nothing_there_is_not_connected_or_has_no_path(
    action: Action, of: tuple[str, ...], missing: tuple[str, str] | None
) -> None:
    """The reading states nothing that follows from it."""
    answer = asked(lens_of([("arda", "brun", 1)]), action, *of)
    assert answer.missing == missing
    assert answer.changes == ()
    if missing or not action.press:
        assert answer.verdict is Verdict.NOT_CONNECTED and answer.reason
    else:
        assert answer.verdict == ChangeClass.NO_PATH


def test_a_policy_is_the_same_question_of_named_targets() -> None:
    """Under its own name; links and nodes held count."""
    lens = lens_of(CHAIN)
    action = Action(press=(("arda", 1.0),), cut=(LinkChange(tail="arda", head="brun"),))
    answer = policy(lens, action, name="p", title="t", of=("cor",))
    assert answer.question == "policy" and answer.id == "p"
    assert change(answer, "cor").kind is ChangeClass.NO_PATH
    held = replace(action, cut=(), clamp=("brun",))
    answer = policy(lens, held, name="p", title="t", of=("cor",))
    assert change(answer, "cor").kind is ChangeClass.NO_PATH


def test_an_empty_reading_is_an_answer() -> None:
    """It says that nothing follows."""
    answer = asked(lens_of([], names=()), press(arda=1))
    assert answer.verdict is Verdict.NOT_CONNECTED


def test_the_error_of_a_share_is_that_of_the_draws_it_is_worth() -> None:
    """Root of p(1-p)/n for independent draws."""
    lens = lens_of(OPPOSED, draws=80)
    (share, *_) = change(asked(lens, press(arda=1)), "brun").up
    assert share.draws == 80
    wanted = np.sqrt(share.share * (1 - share.share) / 80)
    assert share.error == pytest.approx(wanted)
