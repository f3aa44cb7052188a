"""Counting in one go: what it counts is what the slow way finds, on any thread."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.response.answers import solve
from cuibono.response.cells import layout
from cuibono.response.determined import sign_determined
from cuibono.response.equilibrium import diagnosed
from cuibono.response.fused import _compiled, effects
from cuibono.response.kernels.batches import draw_held, drawings
from cuibono.response.kernels.counting import WIDE, count_signs
from cuibono.response.kernels.lanes import uniforms
from cuibono.response.kernels.routh import LANES, judged
from cuibono.response.observed import (
    Observation,
    Order,
    Sampled,
    asked_of,
    pushes,
    sampled_responses,
)
from cuibono.response.plan import plan
from cuibono.response.priors import PRIORS
from cuibono.response.records import Ensemble, Method
from cuibono.response.rules import Rule
from cuibono.response.sure import sure_signs
from tests.response import reference
from tests.response.matrices import matrices, stable
from tests.response.test_drawing import MIXED
from tests.strategies.digraphs import signed_digraphs


def _held(g: SignedDigraph, rule: Rule, prior: int = 0) -> Ensemble | None:
    """What the kernels draw, as an ensemble; None if a cell starves."""
    groups, blocks = _compiled(g)
    laid = layout(g)
    sizes = (g.m, g.n, laid.units, len(laid.tie_size))
    held = drawings(*sizes, WIDE)
    told = effects(g, PRIORS[prior], rule)
    state = np.array([20260101], dtype=np.uint64)
    tried = np.zeros(len(laid.cells), dtype=np.int64)
    if not draw_held(
        groups, told, blocks, state, 4000, drawings(*sizes, LANES), held, tried
    ):
        return None
    return Ensemble(
        graph=g,
        prior=PRIORS[prior],
        draws=WIDE,
        weights=np.ascontiguousarray(held.weights.T),
        self_effect=np.ascontiguousarray(held.limits.T),
        method=Method.REJECTION,
        stable_share=1.0,
        share_is_bound=False,
        blocks=(),
        no_equilibrium=(),
    )


@settings(deadline=None, max_examples=60)
@given(
    signed_digraphs(
        self_edges=True, disputed=True, uncertain=True, signs=(-1, 0, 1), limited=None
    ),
    st.sampled_from(list(Rule)),
)
def test_signs_are_counted_as_the_slow_way_finds_them(
    g: SignedDigraph, rule: Rule
) -> None:
    drawn = None if diagnosed(g) else _held(g, rule)
    if drawn is None:
        return
    assert stable(matrices(drawn)).all()
    presses = [{node: 1.0} for node in range(g.n)] + [{0: 1.0, g.n - 1: -2.0}]
    asked = asked_of(g, presses, [], [])
    counts = np.zeros((len(presses), g.n, 2), dtype=np.int64)
    _, blocks = _compiled(g)
    weights, limits = drawn.weights.T.copy(), drawn.self_effect.T.copy()
    done = count_signs(blocks, weights, limits, asked, WIDE, counts)
    assert done == (WIDE, WIDE, WIDE)
    values = solve(
        drawn.weights, drawn.self_effect, plan(g), pushes(g, presses)[None]
    ).transpose(2, 1, 0)
    sure = sure_signs(g, plan(g), pushes(g, presses)).T
    for at, sign in enumerate((1, -1)):
        found = counts[:, :, at] + WIDE * (sure == sign)
        assert (found == (np.sign(values) == sign).sum(axis=2)).all()


@pytest.mark.parametrize("size", [2, 3, 5, 8, 12, 16])
def test_lanes_are_judged_as_by_lapack_or_not_at_all(size: int) -> None:
    rng = np.random.default_rng(20260101)
    doubtful = 0
    for spread in (0.5, 0.9, 1.1):
        for _ in range(20):
            a = rng.normal(size=(size, size, LANES)) / np.sqrt(size)
            a *= rng.random((size, size, 1)) < rng.choice([0.3, 0.6, 1.0])
            a -= spread * np.eye(size)[:, :, None]
            largest = np.linalg.eigvals(a.transpose(2, 0, 1)).real.max(axis=1)
            verdict = judged(a.copy(), False)
            sure = verdict != 0.5
            assert ((verdict == 1.0) == (largest < 0))[sure].all()
            doubtful += int((~sure).sum())
    assert doubtful <= 0.01 * 60 * LANES


def test_what_lies_on_the_axis_is_left_to_the_slower_test() -> None:
    spin = np.zeros((4, 4, LANES))
    for i, j in ((0, 1), (2, 3)):
        spin[i, j], spin[j, i] = 1.0 + np.arange(LANES), -1.0
    assert (judged(spin, False) != 1.0).all()


@settings(deadline=None, max_examples=60)
@given(
    signed_digraphs(self_edges=True, disputed=True, uncertain=True, signs=(-1, 0, 1))
)
def test_sure_signs_are_determined_by_the_signs_alone(g: SignedDigraph) -> None:
    if diagnosed(g):
        return
    sure = sure_signs(g, plan(g), np.eye(g.n))
    exact = sign_determined(g)
    said = (sure == 1) | (sure == -1)
    assert (sure == exact)[said].all()


def _counted(g: SignedDigraph, threads: int, **more: object) -> Sampled:
    return sampled_responses(
        g,
        prior=PRIORS[0],
        presses=[{node: 1.0} for node in range(g.n)],
        samples=9000,
        seed=20260101,
        threads=threads,
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("seen", [False, True])
def test_threads_change_nothing(seen: bool) -> None:
    g = reference.small_model("lake_a")
    more: dict[str, object] = {}
    if seen:
        more["observations"] = [Observation(press={0: 1.0}, signs={3: 1})]
        more["orders"] = [Order(greater=0, lesser=1)]
    one, two, three = (_counted(g, threads, **more) for threads in (1, 2, 3))
    for other in (two, three):
        assert one.counts.tobytes() == other.counts.tobytes()
        assert (one.draws, one.stable, one.ordered, one.accepted, one.blocks) == (
            other.draws, other.stable, other.ordered, other.accepted, other.blocks
        )  # fmt: skip
    assert one.finished and one.accepted == 9000


def test_streams_are_those_of_the_chance_of_the_project() -> None:
    from cuibono.model.chance import uniform

    one, two = np.array([7], dtype=np.uint64), np.array([7], dtype=np.uint64)
    out = np.empty(100)
    uniforms(one, out)
    assert out.tolist() == [uniform(two) for _ in range(100)]
    assert one[0] == two[0]


def test_a_pair_keeps_together_when_only_one_end_is_in_a_block() -> None:
    g = digraph(
        [("a", "b", 1), ("b", "a", -1), ("b", "c", 1)], group=[0, 1, 1], pair=[0, 1, 1]
    )
    drawn = _held(g, Rule.QPRESS)
    assert drawn is not None
    kept = drawn.weights != 0
    assert (kept[:, 1] == kept[:, 2]).all()


def test_counts_agree_with_the_ensemble_way() -> None:
    """The same distribution, though other draws: uncertain, unknown, disputed edges."""
    fast = _counted(MIXED, 1)
    slow = _counted(MIXED, 1, starve=2.0)
    assert not fast.approximate and slow.approximate
    share, other = fast.counts / 9000, slow.counts / 9000
    error = np.sqrt(share * (1 - share) / 9000 + other * (1 - other) / 600)
    assert (np.abs(share - other) <= 4.5 * error + 0.01).all()


def test_a_stop_ends_it_after_a_whole_batch() -> None:
    g = reference.small_model("lake_a")
    found = sampled_responses(
        g,
        prior=PRIORS[0],
        presses=[{0: 1.0}],
        samples=100_000,
        seed=1,
        stop=lambda: True,
    )
    assert not found.finished
    assert 0 < found.accepted < 100_000
    assert (found.counts.sum(axis=2) == found.accepted).all()


def test_an_interrupt_returns_what_is_there_if_stopping_was_foreseen() -> None:
    g = reference.small_model("lake_a")

    def interrupted() -> bool:
        raise KeyboardInterrupt

    found = sampled_responses(
        g,
        prior=PRIORS[0],
        presses=[{0: 1.0}],
        samples=100_000,
        seed=1,
        stop=interrupted,
    )
    assert not found.finished and found.accepted > 0


def test_unknown_rules_and_threads_are_refused() -> None:
    g = reference.small_model("lake_a")
    with pytest.raises(ValueError, match="threads must be at least 1"):
        _counted(g, 0)
    with pytest.raises(ValueError, match="not a valid Rule"):
        _counted(g, 1, uncertain="often")
