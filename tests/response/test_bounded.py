"""Bounded dynamics: against a library's solver, against theory, against the linear lens."""

from math import log

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.response.bounded import (
    BoundedDraws,
    Phase,
    course,
    draw_bounded,
    followed,
    stable_status_quo,
)
from cuibono.response.fuzzy import fuzzy_run
from cuibono.response.outcomes import Trial, attractors, hysteresis, outcomes
from cuibono.response.priors import PRIORS
from tests.response.reference import model

PAIR = digraph([("Arda", "Brun", 1), ("Brun", "Arda", 1)])


def _drawn(g: SignedDigraph, draws: int = 20, seed: int = 1) -> BoundedDraws:
    return draw_bounded(
        g,
        prior=PRIORS[0],
        draws=draws,
        rng=np.random.default_rng(seed),
        slowness=(0.5, 5.0),
    )


def _even(g: SignedDigraph, level: float, weight: float = 1.0) -> BoundedDraws:
    """One draw with all weights and all levels alike."""
    return BoundedDraws(
        graph=g,
        prior=PRIORS[0],
        weights=g.sign[:, None] * np.full((g.m, 1), weight),
        level=np.full((g.n, 1), level),
        slowness=np.ones((g.n, 1)),
    )


def _solved(drawn: BoundedDraws, k: int, coupling: float, push: float) -> np.ndarray:
    """State after a push on node 0 of length 6 and 9 without, by DOP853."""
    g = drawn.graph
    lean = drawn.lean(coupling)[:, k]

    def slope_under(size: float):  # type: ignore[no-untyped-def]
        def slope(_: float, x: np.ndarray) -> np.ndarray:
            total = lean.copy()
            total[0] += size
            np.add.at(total, g.head, coupling * drawn.weights[:, k] * x[g.tail])
            return np.asarray((1 / (1 + np.exp(-total)) - x) / drawn.slowness[:, k])

        return slope

    state = drawn.level[:, k]
    for size, length in ((push, 6.0), (0.0, 9.0)):
        state = solve_ivp(
            slope_under(size),
            (0, length),
            state,
            method="DOP853",
            rtol=1e-11,
            atol=1e-12,
        ).y[:, -1]
    return np.asarray(state)


@pytest.mark.parametrize("name", ["lake_a", "macquarie", "thucydides_trap"])
@pytest.mark.parametrize("coupling", [1.0, 4.0])
def test_states_are_those_of_a_solver_of_order_eight(
    name: str, coupling: float
) -> None:
    drawn = _drawn(model(name))
    phases = [Phase(length=6, push={0: -3.0}), Phase(length=9)]
    found = followed(drawn, coupling, phases)[1]
    for k in range(0, drawn.draws, 4):
        assert np.abs(found[:, k] - _solved(drawn, k, coupling, -3.0)).max() < 1e-6


def test_the_status_quo_is_at_rest_and_held_nodes_stay() -> None:
    drawn = _drawn(model("macquarie"))
    still = followed(drawn, 3.0, [Phase(length=20)])[0]
    stable = stable_status_quo(drawn, 3.0)
    assert np.abs(still - drawn.level)[:, stable].max() < 1e-9
    held: dict[int, float | None] = {0: 0.0, 1: None, 2: 0.25}
    ends = followed(drawn, 2.0, [Phase(length=30, push={3: 2.0}, held=held)])[0]
    assert (ends[0] == 0).all()
    assert (ends[1] == drawn.level[1]).all()
    assert (ends[2] == 0.25).all()


def test_small_pushes_answer_as_the_linear_lens_does() -> None:
    """Where the status quo is stable, x - x0 is -J^-1 b as far as b is small."""
    g = model("macquarie")
    drawn, coupling, size = _drawn(g, draws=40), 2.0, 1e-4
    stable = stable_status_quo(drawn, coupling)
    assert stable.sum() > 5
    ends = followed(drawn, coupling, [Phase(length=400, push={2: size})], rest=1e-14)[0]
    for k in np.flatnonzero(stable).tolist():
        gain = drawn.level[:, k] * (1 - drawn.level[:, k])
        jacobian = np.zeros((g.n, g.n))
        weights = coupling * drawn.weights[:, k]
        np.add.at(jacobian, (g.head, g.tail), weights * gain[g.head])
        jacobian -= np.eye(g.n)
        jacobian /= drawn.slowness[:, k, None]
        assert np.linalg.eigvals(jacobian).real.max() < 0
        push = np.zeros(g.n)
        push[2] = gain[2] / drawn.slowness[2, k]
        linear = np.linalg.solve(-jacobian, push)
        moved = (ends[:, k] - drawn.level[:, k]) / size
        if np.linalg.eigvals(jacobian).real.max() < -0.05:
            assert np.abs(moved - linear).max() < 1e-2 * max(1, np.abs(linear).max())


def test_stability_of_the_status_quo_is_that_of_the_eigenvalues() -> None:
    g = model("barents")
    drawn = _drawn(g, draws=60)
    for coupling in (1.0, 2.0, 4.0):
        told = stable_status_quo(drawn, coupling)
        for k in range(drawn.draws):
            gain = drawn.level[:, k] * (1 - drawn.level[:, k])
            jacobian = np.zeros((g.n, g.n))
            weights = coupling * drawn.weights[:, k]
            np.add.at(jacobian, (g.head, g.tail), weights * gain[g.head])
            jacobian = (jacobian - np.eye(g.n)) / drawn.slowness[:, k, None]
            assert told[k] == (np.linalg.eigvals(jacobian).real.max() < 0)


def _second_state(level: float) -> float:
    """Coupling above which two that reinforce each other have a high state as well.

    On the diagonal x = S(h + c x) with h = logit(level) - c level. Beside the status
    quo there are two more solutions once the curve touches the diagonal from above:
    c x (1 - x) = 1 at the upper touching point, and h + c x = logit(x) there.
    """

    def gap(coupling: float) -> float:
        x = (1 + np.sqrt(1 - 4 / coupling)) / 2
        lean = log(level / (1 - level)) - coupling * level
        return float(lean + coupling * x - log(x / (1 - x)))

    return float(brentq(gap, 4.0 + 1e-9, 1 / (level * (1 - level))))


def test_two_that_reinforce_each_other_tip_exactly_where_theory_says() -> None:
    level = 0.3
    threshold = _second_state(level)
    assert 4 < threshold < 1 / (level * (1 - level))
    push = [Phase(length=50, push={0: 6.0, 1: 6.0}), Phase(length=2000)]
    for coupling, stays in ((threshold - 0.05, False), (threshold + 0.05, True)):
        drawn = _even(PAIR, level)
        assert stable_status_quo(drawn, coupling).all()
        ends = followed(drawn, coupling, push)[1]
        assert (np.abs(ends - level) > 0.2).all() == stays
        # And so does the way there and back.
        up, down = hysteresis(
            drawn, coupling, {0: 1.0, 1: 1.0}, [0.0, 1.0, 2.0, 4.0], settle=1000
        )
        assert (np.abs(up[0] - down[0]).max() > 0.2) == stays
        assert np.abs(up[-1] - down[-1]).max() < 1e-6
        found = attractors(
            drawn, coupling, starts=12, rng=np.random.default_rng(1), horizon=2000
        )
        assert (found[0] > 1) == stays


def test_the_course_passes_through_the_ends_of_its_phases() -> None:
    drawn = _drawn(model("lake_a"))
    phases = [Phase(length=5, push={0: 2.0}), Phase(length=10)]
    ends = followed(drawn, 2.0, phases, rest=0.0)
    path = course(drawn, 2.0, phases, every=1.0)
    assert path.shape == (16, 8, 20)
    assert np.abs(path[0] - drawn.level).max() == 0
    assert np.abs(path[5] - ends[0]).max() < 1e-8
    assert np.abs(path[15] - ends[1]).max() < 1e-8


def test_nothing_is_credited_to_a_push_that_its_control_does_as_well() -> None:
    """Where the status quo does not hold, a push of a thousandth does the same."""
    drawn = draw_bounded(
        PAIR, prior=PRIORS[3], draws=80, rng=np.random.default_rng(5), level=(0.2, 0.8)
    )
    found = outcomes(
        drawn, Trial(press={0: 1.0}), couplings=[2.0, 7.0, 12.0], strengths=[0.5, 6.0]
    )
    assert found.stable[0] == 80
    assert 0 < found.stable[1] < 80
    assert (found.credited <= found.after).all()
    for c in range(3):
        assert (found.after[c].sum(axis=2) == found.stable[c]).all()
        assert (found.loose[c].sum(axis=2) == 80 - found.stable[c]).all()
        # Where it is stable, the control moves nothing.
        assert (found.control[c, :, :, 1] == found.stable[c]).all()
    assert found.credited[1, 1, 0, 2] > 0  # A strong push tips some for good.
    assert np.isnan(found.shares(0)[2]).all() == (found.stable[2] == 0)
    moved = found.loose[2, 1, 0, [0, 2]].sum() + found.loose[1, 1, 0, [0, 2]].sum()
    idle = found.loose_control[[1, 2], 0][:, [0, 2]].sum()
    assert idle >= 0.9 * moved > 0


def test_a_conflict_map_without_linear_equilibrium_is_answered_here() -> None:
    for name in ("psot_alqaeda", "thucydides_trap"):
        g = model(name)
        drawn = draw_bounded(g, prior=PRIORS[0], draws=60, rng=np.random.default_rng(1))
        found = outcomes(
            drawn, Trial(press={0: 1.0}), couplings=[1.0, 3.0], strengths=[2.0]
        )
        assert found.stable[0] == 60
        assert found.during[0, 0, :, [0, 2]].sum() > 0


def test_the_same_seed_gives_the_same_draws_and_levels_can_be_told() -> None:
    g = digraph([("A", "B", 0), ("B", "C", 1), ("B", "C", -1), ("C", "A", -1)])
    one, two = (
        draw_bounded(
            g,
            prior=PRIORS[0],
            draws=300,
            rng=np.random.default_rng(3),
            levels={1: (0.85, 0.95)},
        )
        for _ in range(2)
    )
    assert (one.weights == two.weights).all() and (one.level == two.level).all()
    assert one.level[1].min() > 0.85
    signs = np.sign(one.weights)
    assert set(signs[0].tolist()) == {-1.0, 1.0}  # Unknown: either.
    assert ((signs[1] != 0) ^ (signs[2] != 0)).all()  # Disputed: one of the two.


def test_ranges_that_make_no_sense_are_refused() -> None:
    rng = np.random.default_rng(1)
    for wrong in ({"level": (0.0, 0.5)}, {"slowness": (2.0, 1.0)}, {"draws": 0}):
        with pytest.raises(ValueError, match="must"):
            draw_bounded(PAIR, **{"prior": PRIORS[0], "draws": 2, "rng": rng, **wrong})  # type: ignore[arg-type]
    drawn = _even(PAIR, 0.5)
    with pytest.raises(ValueError, match="positive"):
        followed(drawn, 1.0, [Phase(length=0)])
    with pytest.raises(ValueError, match="positive"):
        outcomes(drawn, Trial(press={}), couplings=[1.0], strengths=[1.0])


def test_a_fuzzy_map_runs_to_where_its_own_rule_holds() -> None:
    g = digraph([("A", "B", 1), ("B", "C", -1), ("C", "A", 1)])
    found = fuzzy_run(g, np.array([0.5, 0.5, 0.5]), memory=False)
    assert found.settled and found.cycle == 1
    a, b, c = found.states[-1]
    for value, total in ((a, c), (b, a), (c, -b)):
        assert value == pytest.approx(1 / (1 + np.exp(-total)), abs=1e-5)
    held = fuzzy_run(g, np.array([0.5, 0.5, 0.5]), held={0: 1.0})
    assert (held.states[:, 0] == 1.0).all()
    loop = digraph([("A", "B", 1), ("B", "A", -1)])
    swings = fuzzy_run(loop, np.array([0.2, 0.9]), memory=False, steepness=40.0)
    assert not swings.settled or swings.cycle == 1
    with pytest.raises(ValueError, match="known signs"):
        fuzzy_run(digraph([("A", "B", 0)]), np.array([0.5, 0.5]))
    with pytest.raises(ValueError, match="start must have shape"):
        fuzzy_run(g, np.array([0.5]))
