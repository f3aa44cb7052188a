"""Conclusions in the same models, mixtures of disputed ties, and what would tell."""

import numpy as np
import pytest

from cuibono.claims.records import Action, Alternative, Conclusion, LinkChange
from cuibono.questions.follows import follows
from cuibono.questions.joint import NO_PATH, NO_SIGN, NOT_ASKED, OTHER_LINKS, jointly
from cuibono.questions.joint_bounded import joint_region
from cuibono.questions.lasts_bounded import lasting_cells
from cuibono.questions.mixture import swept
from cuibono.questions.observe import observable
from cuibono.response.answers import responses
from tests.questions.models import lens_of

Edges = list[tuple[str, str, int]]


def _asked(
    name: str, push: str, expect: dict[str, str], size: float = 1.0
) -> Conclusion:
    return Conclusion(
        id=name,
        title=name,
        claims=("c",),
        do=Action(press=((push, size),)),
        expect=tuple(expect.items()),
    )


_OPEN: Edges = [
    ("a", "b", 1),
    ("a", "c", 1),
    ("b", "d", 1),
    ("c", "d", -1),
    ("d", "e", 1),
]


def test_joint_shares_are_those_of_the_models_counted_one_by_one() -> None:
    lens = lens_of(_OPEN, draws=300)
    conclusions = [
        _asked("up", "a", {"d": "+"}),
        _asked("down", "a", {"e": "-"}),
        _asked("sure", "b", {"e": "+"}),
    ]
    for joint, prior in zip(jointly(lens, conclusions), lens.priors, strict=True):
        drawn = lens.ensemble(prior)
        a, b, d, e = (lens.graph.position(name) for name in "abde")
        moved = responses(drawn, {a: 1.0})
        up, down = moved[:, d] > 0, moved[:, e] < 0
        sure = responses(drawn, {b: 1.0})[:, e] > 0
        assert joint.each == pytest.approx([x.mean() for x in (up, down, sure)])
        assert joint.all == pytest.approx((up & down & sure).mean())
        assert joint.most == (up.astype(int) + down + sure).max()
        by_pair = {(p.one, p.other): p for p in joint.pairs}
        # d and e move together: one rises exactly where the other does.
        assert by_pair["up", "down"].excluded
        assert not by_pair["up", "sure"].excluded
        assert joint.independent == pytest.approx(float(np.prod(joint.each)))


def test_what_cannot_be_asked_together_is_left_out_with_the_reason() -> None:
    lens = lens_of(_OPEN, draws=50)
    added = Conclusion(
        id="added",
        title="",
        claims=("c",),
        do=Action(press=(("a", 1.0),), add=(LinkChange(tail="e", head="a"),)),
        expect=(("d", "+"),),
    )
    lasting = Conclusion(
        id="lasting", title="", claims=("c",), do=Action(), expect=(("d", "back"),)
    )
    untold = Conclusion(id="untold", title="", claims=("c",), untestable="vague")
    conclusions = [added, lasting, untold, _asked("far", "e", {"a": "+"})]
    assert jointly(lens, conclusions) == ()
    joint = jointly(lens, [*conclusions, _asked("sure", "b", {"e": "+"})])[0]
    assert dict(joint.left_out) == {
        "added": OTHER_LINKS,
        "lasting": NO_SIGN,
        "untold": NOT_ASKED,
        "far": NO_PATH,
    }


def test_a_mixture_weighs_models_as_if_each_had_been_drawn_for_itself() -> None:
    """Against ensembles of the two pure models, mixed by hand."""
    edges: Edges = [("a", "b", 1), ("a", "b", -1), ("a", "c", 1), ("c", "b", 1)]
    lens = lens_of(edges, draws=4000)
    item = _asked("up", "a", {"b": "+"})
    second = {
        k: int(lens.graph.sign[k]) < 0
        for k in range(lens.graph.m)
        if lens.graph.disputed[k] > 0
    }
    sweep = swept(lens, [item], second)[0]
    pure = []
    for sign in (1, -1):
        kept = [edge for edge in edges if edge[:2] != ("a", "b") or edge[2] == sign]
        shares = follows(lens_of(kept, draws=4000), item).shares
        pure.append(shares[0].share if shares else 1.0)
    assert pure[0] == 1.0
    assert sweep.shares[0] == pytest.approx(pure[0], abs=0.03)
    assert sweep.shares[-1] == pytest.approx(pure[1], abs=0.03)
    for chance, share in zip(sweep.chances, sweep.shares, strict=True):
        # No loop: every model is stable, so that the mixture is linear.
        wanted = (1 - chance) * pure[0] + chance * pure[1]
        assert share == pytest.approx(wanted, abs=0.04)
    assert sweep.turns
    with pytest.raises(ValueError, match="chances"):
        swept(lens, [item], second, chances=[1.2])


def test_a_mixture_leaves_out_what_is_not_connected() -> None:
    lens = lens_of([("a", "b", 1), ("a", "b", -1)], draws=50)
    assert swept(lens, [_asked("far", "b", {"a": "+"})], {0: False, 1: True}) == ()


def test_the_most_telling_observation_is_the_node_that_decides() -> None:
    # a raises d through b and lowers it through c; e shows what d does.
    lens = lens_of(_OPEN, draws=400)
    found = observable(lens, _asked("up", "a", {"d": "+"}))
    assert found is not None
    assert found.telling[0].node == "e"
    assert found.telling[0].after == 0.0
    assert {(one.node, one.sign) for one in found.against} == {("e", -1)}
    assert ("b", -1) in found.ruled_out and ("c", -1) in found.ruled_out
    drawn = lens.ensemble(lens.priors[0])
    moved = responses(drawn, {lens.graph.position("a"): 1.0})
    share = (moved[:, lens.graph.position("d")] > 0).mean()
    assert found.base == pytest.approx(share)
    assert found.telling[0].before == pytest.approx(2 * min(share, 1 - share))


def test_nothing_can_be_observed_about_what_is_not_asked() -> None:
    lens = lens_of(_OPEN, draws=20)
    assert observable(lens, _asked("far", "e", {"a": "+"})) is None
    assert observable(lens, _asked("gone", "a", {"nowhere": "+"})) is None
    untold = Conclusion(id="u", title="", claims=("c",), untestable="vague")
    assert observable(lens, untold) is None


def test_a_lasting_gain_is_told_with_its_control_and_its_variants() -> None:
    edges: Edges = [("root", "x", 1), ("x", "y", 1), ("y", "x", 1)]
    lens = lens_of(edges, draws=20)
    item = Conclusion(
        id="lasting",
        title="",
        claims=("c",),
        do=Action(pulse=(("x", -1.0),)),
        expect=(("x", "back"),),
        alternatives=(Alternative(id="r", title="r", do=Action(remove=("root",))),),
    )
    cells = lasting_cells(lens, item, couplings=(1.0, 8.0), strengths=(4.0,), draws=60)
    assert [cell.variant for cell in cells[::2]] == [
        "as it is",
        "root removed",
        "root held at a tenth",
    ]
    plain = cells[0]
    assert plain.stable == plain.back == plain.moved == 60
    assert plain.stays == plain.reversed == 0
    strong = cells[1]
    assert strong.stable < 60  # Two that reinforce each other tip by themselves.
    assert strong.stays + strong.reversed + strong.back <= strong.stable
    # What the removal alone does is in the control, and credited to no push.
    removed = cells[3]
    assert removed.back <= removed.control_back + removed.stays
    missing = Conclusion(id="m", title="", claims=("c",), expect=(("no", "back"),))
    assert lasting_cells(lens, missing) == ()


def test_the_bounded_lens_tells_where_conclusions_hold_together() -> None:
    lens = lens_of(_OPEN, draws=20)
    conclusions = [_asked("up", "a", {"d": "+"}), _asked("sure", "b", {"e": "+"})]
    region = joint_region(
        lens, conclusions, couplings=(1.0, 3.0), strengths=(1.0,), draws=150
    )
    assert region.asked == ("up", "sure")
    for cell in region.cells:
        # No loop: the status quo is stable at any coupling.
        assert cell.stable == cell.draws == 150
        assert cell.each[1] >= 148
        assert 0 < cell.each[0] < 150
        assert cell.all >= cell.each[0] - 2
    assert joint_region(lens, [_asked("far", "e", {"a": "+"})], draws=5).cells == ()
