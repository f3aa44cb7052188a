"""An order of nodes that their names do not decide."""

from itertools import permutations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.model.order import Row, canonical_order

NAMES = ("a", "b", "c", "d")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from((-1, 0, 1))
    ),
    max_size=7,
    unique=True,
)


def renamed(rows: list[Row], names: dict[str, str]) -> list[Row]:
    """Rows under other names."""
    return [(names[tail], names[head], sign) for tail, head, sign in rows]


def placed(rows: list[Row], order: tuple[str, ...]) -> list[tuple[int, int, int]]:
    """Rows by the places of their ends."""
    at = {name: place for place, name in enumerate(order)}
    return sorted((at[tail], at[head], sign) for tail, head, sign in rows)


@settings(deadline=None)
@given(ROWS)
def test_every_node_of_an_edge_comes_once(rows: list[Row]) -> None:
    """And no other."""
    order = canonical_order(rows, dict.fromkeys(rows, 0))
    assert sorted(order) == sorted({name for row in rows for name in row[:2]})


@settings(deadline=None)
@given(ROWS, st.permutations(NAMES))
def test_places_stay_under_other_names_where_marks_tell_edges_apart(
    rows: list[Row], others: list[str]
) -> None:
    """Each edge at a place of its own in a text: no node has a twin."""
    names = dict(zip(NAMES, others, strict=True))
    marks = {row: at for at, row in enumerate(rows)}
    order = canonical_order(rows, marks)
    moved = {(names[t], names[h], s): mark for (t, h, s), mark in marks.items()}
    assert canonical_order(renamed(rows, names), moved) == tuple(
        names[name] for name in order
    )


@settings(deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_edges_does_not_matter(rows: list[Row], random: Random) -> None:
    """Only the edges do."""
    shuffled = list(rows)
    random.shuffle(shuffled)
    marks = dict.fromkeys(rows, 0)
    assert canonical_order(rows, marks) == canonical_order(shuffled, marks)


def test_twins_are_in_order_of_name() -> None:
    """Two nodes that one node treats alike are told apart by nothing else."""
    rows: list[Row] = [("hub", "y", 1), ("hub", "x", 1)]
    order = canonical_order(rows, dict.fromkeys(rows, 0))
    assert order.index("x") < order.index("y")


def test_a_sign_a_direction_and_a_self_edge_tell_nodes_apart() -> None:
    """Under every naming of three nodes the same shape has the same places."""
    shape = [("a", "b", 1), ("b", "c", -1), ("c", "c", 1)]
    first = placed(shape, canonical_order(shape, dict.fromkeys(shape, 0)))
    for names in permutations("abc"):
        rows = renamed(shape, dict(zip("abc", names, strict=True)))
        order = canonical_order(rows, dict.fromkeys(rows, 0))
        assert placed(rows, order) == first


def test_no_edges_are_no_nodes() -> None:
    """An empty model has an empty order."""
    assert canonical_order([], {}) == ()
