"""What an answer hangs on: shares of the very models that gave it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.claims.records import (
    AUTHOR,
    Action,
    Case,
    Claim,
    Conclusion,
    LinkChange,
    Voice,
)
from cuibono.claims.words import Layer, Role
from cuibono.model.build import build_model
from cuibono.questions.action import done_to
from cuibono.questions.follows import follows
from cuibono.questions.lens import Lens
from cuibono.support.withdraw import Support, groups_of, support_of
from tests.definitions.support_brute import carried, fallen, gives, matrices
from tests.questions.models import expecting, press
from tests.strategies.cases import EVERYTHING, affirmed, case_of, random_premises

COR = (AUTHOR, Voice(who="cor", role=Role.REPORTED))
SIGN = {"+": 1, "-": -1}


def lens_on(case: Case, draws: int = 60) -> Lens:
    """Lens on everything that a case affirms."""
    return Lens(build_model(case, EVERYTHING), seed=7, draws=draws)


def supported(
    claims: tuple[Claim, ...], conclusion: Conclusion, draws: int = 60
) -> tuple[Lens, Support | None]:
    """Lens, and what carries the answer to a conclusion."""
    lens = lens_on(case_of(*claims), draws)
    return lens, support_of(lens, conclusion, follows(lens, conclusion))


PATHS = (
    affirmed(1, "arda", "causes", "brun", "+"),
    affirmed(2, "arda", "causes", "brun", "+"),
    affirmed(3, "arda", "causes", "cor", "+"),
    affirmed(4, "cor", "causes", "brun", "-"),
    affirmed(5, "brun", "causes", "dana", "+"),
    affirmed(6, "dana", "causes", "brun", "+", layer=Layer.COVERT),
)
"""Two claims behind one link; a balancing way round; a reinforcing loop at the end."""


@settings(max_examples=60, deadline=None)
@given(random_premises(), st.sampled_from("+-"))
def test_shares_are_those_of_every_matrix_rebuilt_and_tested_anew(
    claims: tuple[Claim, ...], word: str
) -> None:
    """Keeps, flips and loses its equilibrium, claim by claim and group by group."""
    lens = lens_on(case_of(*claims), 20)
    names = lens.graph.names
    if len(names) < 2:
        return
    said = replace(expecting(press(**{names[0]: 1})), expect=((names[-1], word),))
    found = support_of(lens, said, follows(lens, said))
    if found is None:
        return
    drawn = lens.ensemble(lens.priors[0])
    push, wanted = {0: 1.0}, {len(names) - 1: SIGN[word]}
    gave = [gives(a, push, wanted) for a in matrices(drawn)]
    assert found.draws == sum(gave)
    assert found.base == pytest.approx(sum(gave) / len(gave))
    if not found.draws:
        assert found.single == () and found.groups == ()
    for item in (*found.single, *found.groups):
        gone = fallen(lens.graph.claims, set(item.claims))
        assert item.edges == len(gone) > 0
        shares = (item.keeps, item.flips, item.lost)
        assert shares == pytest.approx(carried(drawn, push, wanted, gone), abs=1e-9)
        assert sum(shares) == pytest.approx(1.0)


def test_a_claim_that_shares_its_link_withdraws_nothing_alone() -> None:
    """Its twin still stands behind the link; together they are heavy."""
    _, found = supported(PATHS, expecting(press(arda=1), brun="+"), 150)
    assert found is not None
    assert {item.name for item in found.single} == {"c3", "c4", "c5", "c6"}
    by_group = {(item.kind, item.name): item for item in found.groups}
    assert by_group["layer", "effect"].disconnects
    assert by_group["layer", "effect"].edges == 4
    assert by_group["layer", "covert"].claims == ("c6",)
    assert by_group["source", "letter"].disconnects


def test_the_heaviest_claim_comes_first() -> None:
    """What keeps least; what is on the other side of the balance helps the answer."""
    _, found = supported(PATHS, expecting(press(arda=1), brun="+"), 150)
    assert found is not None
    assert [item.keeps for item in found.single] == sorted(
        item.keeps for item in found.single
    )
    by_name = {item.name: item for item in found.single}
    assert by_name["c4"].keeps == 1.0
    assert not by_name["c4"].disconnects


def test_a_loop_that_holds_the_rest_together_is_counted_as_lost() -> None:
    """Without the balancing link the reinforcing loop runs away in some models."""
    held = (
        affirmed(1, "arda", "causes", "brun", "+"),
        affirmed(2, "brun", "causes", "arda", "+"),
        affirmed(3, "brun", "causes", "cor", "+"),
        affirmed(4, "cor", "causes", "brun", "-"),
        affirmed(5, "dana", "causes", "arda", "+"),
    )
    lens, found = supported(held, expecting(press(dana=1), arda="+"), 150)
    assert found is not None
    lost = {item.name: item.lost for item in found.single}
    assert lost["c4"] > 0 and lost["c3"] > 0
    assert lost["c1"] == 0.0
    drawn = lens.ensemble(lens.priors[0])
    dana, arda = (lens.graph.position(name) for name in ("dana", "arda"))
    for name in ("c1", "c3", "c4"):
        item = next(item for item in found.single if item.name == name)
        gone = fallen(lens.graph.claims, {name})
        wanted = carried(drawn, {dana: 1.0}, {arda: 1}, gone)
        assert (item.keeps, item.flips, item.lost) == pytest.approx(wanted)


def test_the_cut_is_the_least_over_the_nodes_expected() -> None:
    """One node cut off is enough to take a conclusion about several away."""
    for nodes in (("brun", "cor"), ("cor", "brun")):
        said = replace(
            expecting(press(arda=1)), expect=tuple((node, "+") for node in nodes)
        )
        _, found = supported(PATHS, said)
        assert found is not None and found.cut == ("c3",)
    _, found = supported(PATHS, expecting(press(arda=1), brun="+"))
    assert found is not None
    # The link with two claims behind it, and one of the way round.
    assert len(found.cut) == 3


def test_a_target_that_is_pushed_itself_has_no_cut() -> None:
    """Nothing need lead there."""
    _, found = supported(PATHS, expecting(press(brun=1), brun="+"))
    assert found is not None and found.cut == ()
    assert not any(item.disconnects for item in (*found.single, *found.groups))


def test_links_that_a_policy_adds_are_no_claims_and_do_not_fall() -> None:
    """What is done is not what is claimed."""
    link = LinkChange(tail="dana", head="arda")
    said = expecting(Action(press=(("dana", 1.0),), add=(link,)), cor="+")
    lens, found = supported(PATHS[:4], said)
    assert found is not None
    assert found.cut == ("c3",)
    assert {item.edges for item in found.single} == {1}
    assert done_to(lens.graph, said.do).graph.claims[-1] == ()


@pytest.mark.parametrize(
    "conclusion",
    [
        expecting(press(arda=1), untestable="it names no node"),
        expecting(press(nobody=1), brun="+"),
        expecting(press(arda=1), brun="back"),
    ],
)
def test_what_has_no_answer_is_carried_by_nothing(conclusion: Conclusion) -> None:
    """Not testable, not connected, or of another kind."""
    _, found = supported(PATHS, conclusion)
    assert found is None


def test_without_an_equilibrium_nothing_is_carried() -> None:
    """No model gives anything."""
    runaway = (affirmed(1, "arda", "causes", "arda", "+"), PATHS[0])
    _, found = supported(runaway, expecting(press(arda=1), brun="+"))
    assert found is None


def test_an_answer_that_no_model_gives_is_carried_by_no_claim() -> None:
    """The cut still says what connects; no share is made up."""
    _, found = supported(PATHS[:1], expecting(press(arda=1), brun="-"))
    assert found is not None
    assert (found.base, found.draws) == (0.0, 0)
    assert found.single == () and found.groups == ()
    assert found.cut == ("c1",)


def test_claims_are_grouped_by_voice_source_and_layer() -> None:
    """Each claim once in a group of each kind."""
    other = replace(PATHS[0], id="c9", source="speech", voice=COR)
    groups = groups_of((*PATHS[:2], other))
    assert groups == {
        ("layer", "effect"): ("c1", "c2", "c9"),
        ("source", "letter"): ("c1", "c2"),
        ("source", "speech"): ("c9",),
        ("voice", "author"): ("c1", "c2"),
        ("voice", "author > cor"): ("c9",),
    }
