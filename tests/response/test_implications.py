"""Implications among responses, against brute force and against structure."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.response.implications import (
    Event,
    Implications,
    Signs,
    implications,
    implied,
)
from cuibono.response.observed import Observation
from cuibono.response.priors import PRIORS

# A and C pull B both ways; D follows B, E opposes it, G is pulled by both on its own.
FORK = digraph(
    [
        ("A", "B", 1), ("C", "B", -1), ("B", "D", 1), ("B", "E", -1),
        ("A", "G", 1), ("C", "G", -1),
    ]
)  # fmt: skip


def _found(g: SignedDigraph, names: str, **more: object) -> Implications:
    press = {g.position(name): 1.0 for name in names}
    return implications(
        g,
        press,
        prior=PRIORS[0],
        samples=2000,
        seed=20260101,
        **more,  # type: ignore[arg-type]
    )


def _happens(signs: Signs, event: Event) -> NDArray[np.bool_]:
    return np.asarray(signs[:, event.node] == event.sign)


def _closure(found: Implications, signs: Signs) -> set[tuple[Event, Event]]:
    """All that follows from the single implications told, and their reverses."""
    steps = set()
    two = {n for n in range(signs.shape[1]) if len(np.unique(signs[:, n])) == 2}

    def other(event: Event) -> Event:
        (sign,) = set(np.unique(signs[:, event.node]).tolist()) - {event.sign}
        return Event(node=event.node, sign=int(sign))

    for group in found.groups:
        steps |= {(a, b) for a in group for b in group if a != b}
    for one in found.found:
        if len(one.whenever) == 1:
            a, b = one.whenever[0], one.then
            steps |= {(a, b)} | ({(b, a)} if one.back else set())
    while True:
        steps |= {(other(b), other(a)) for a, b in steps if {a.node, b.node} <= two}
        more = {(a, d) for a, b in steps for c, d in steps if b == c and a != d}
        if more <= steps:
            return steps
        steps |= more


@settings(deadline=None, max_examples=80)
@given(st.integers(2, 5), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_what_is_told_is_all_that_holds_and_nothing_else(
    nodes: int, kinds: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    few = rng.integers(-1, 2, size=(2 * kinds, nodes)).astype(np.int8)
    signs = few[rng.integers(0, len(few), 40)]
    found = implied(signs, {0: 1.0}, 1)
    for one in found.found:
        when = np.logical_and.reduce([_happens(signs, e) for e in one.whenever])
        assert when.sum() == one.support > 0
        assert _happens(signs, one.then)[when].all()
        assert one.then not in found.always
    events = [
        Event(node=n, sign=s)
        for n in range(nodes)
        for s in (-1, 0, 1)
        if 0 < (signs[:, n] == s).sum() < len(signs)
    ]
    follows = {
        (a, b)
        for a in events
        for b in events
        if a.node != b.node and not (_happens(signs, a) & ~_happens(signs, b)).any()
    }
    told = {(a, b) for a, b in _closure(found, signs) if a.node != b.node}
    assert told == follows


def test_what_structure_proves_is_found_as_one_group() -> None:
    found = _found(FORK, "AC")
    b, d, e = (FORK.position(name) for name in "BDE")
    assert {Event(node=b, sign=1), Event(node=d, sign=1), Event(node=e, sign=-1)} in [
        set(group) for group in found.groups
    ]
    # D and E, each with B; that they all turn round together is not told again.
    assert [one.back for one in found.found] == [True, True]
    words = {one.words(FORK.names) for one in found.found}
    assert "whenever B rises, D rises, and the other way round" in words
    assert {event.node for event in found.always} == {
        FORK.position("A"), FORK.position("C")
    }  # fmt: skip


def test_what_is_violated_is_not_found() -> None:
    """B and G are pulled by the same two, but with strengths of their own."""
    found = _found(FORK, "AC")
    nodes = [{one.whenever[0].node, one.then.node} for one in found.found]
    assert {FORK.position("B"), FORK.position("G")} not in nodes
    assert sum(count for _, count in found.patterns) == found.accepted == 2000


def test_the_bound_on_violations_is_about_three_over_the_support() -> None:
    for one in _found(FORK, "AC").found:
        assert one.most_violated == pytest.approx(3.0 / one.support, rel=0.01)


def test_observations_make_their_own_implications_certain() -> None:
    b = FORK.position("B")
    press = {FORK.position(name): 1.0 for name in "AC"}
    found = _found(FORK, "AC", observations=[Observation(press=press, signs={b: 1})])
    assert Event(node=b, sign=1) in found.always
    assert not found.found


def test_two_events_are_told_only_where_neither_alone_will_do() -> None:
    """The third rises exactly if the first two do."""
    signs = np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, -1]], np.int8)
    found = implied(np.repeat(signs, 50, axis=0), {0: 1.0}, 30)
    pair = [one for one in found.found if len(one.whenever) == 2]
    both = (Event(node=0, sign=1), Event(node=1, sign=1))
    assert (both, Event(node=2, sign=1)) in [(one.whenever, one.then) for one in pair]
    assert not any(
        len(one.whenever) == 2
        for one in implied(signs.repeat(50, axis=0), {0: 1.0}, 30, pairs=False).found
    )


def test_too_little_support_is_not_spoken_of() -> None:
    signs = np.array([[1, 1]] * 5 + [[-1, -1]] * 95, dtype=np.int8)
    assert {one.support for one in implied(signs, {0: 1.0}, 1).found} == {95}
    assert not implied(signs[:5], {0: 1.0}, 30).found
    with pytest.raises(ValueError, match="least_support must be at least 1"):
        _found(FORK, "AC", least_support=0)
