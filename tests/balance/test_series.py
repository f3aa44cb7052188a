"""Balance over time: what changed, and what each change adds, against the definition."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.balance.certificate import check_certificate
from cuibono.balance.frustration import frustration
from cuibono.balance.series import Series, balance_over_time
from cuibono.formats.network_series import read_series
from cuibono.model.graph import SignedGraph, graph
from tests.reference import reference

_TIES = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda p: p[0] < p[1]),
    st.tuples(st.sampled_from((1, -1)), st.sampled_from((1.0, 1.0, 2.0))),
    min_size=1,
    max_size=12,
)
_Rows = dict[tuple[int, int], tuple[int, float]]


def _graph(rows: _Rows) -> SignedGraph:
    return graph(
        [(f"a{i}", f"a{j}", sign) for (i, j), (sign, _) in rows.items()],
        weights=[weight for _, weight in rows.values()],
    )


@given(_TIES, _TIES)
@settings(max_examples=80, deadline=None)
def test_the_share_of_a_change_is_the_index_less_that_with_it_undone(
    before: _Rows, after: _Rows
) -> None:
    found = balance_over_time([("one", _graph(before)), ("two", _graph(after))])
    passage = found.passages[0]
    index = [frustration(_graph(rows)).upper for rows in (before, after)]
    assert passage.change == index[1] - index[0]
    told = {(tie.one, tie.other): tie for tie in passage.ties}
    for pair in before.keys() | after.keys():
        old, new = before.get(pair, (None,))[0], after.get(pair, (None,))[0]
        name = (f"a{pair[0]}", f"a{pair[1]}")
        if old == new:
            assert name not in told
            continue
        undone = {k: v for k, v in after.items() if k != pair}
        if pair in before:
            undone[pair] = before[pair]
        share = index[1] - (frustration(_graph(undone)).upper if undone else 0.0)
        if pair in before and pair in after and before[pair][1] != after[pair][1]:
            continue  # A change of weight as well: the sign alone is not undone so.
        assert told[name].share == pytest.approx(share)


@given(_TIES, st.lists(st.sampled_from((1, -1)), min_size=6, max_size=6))
@settings(max_examples=60, deadline=None)
def test_where_a_search_begins_changes_no_index(rows: _Rows, sides: list[int]) -> None:
    g = _graph(rows)
    plain = frustration(g)
    begun = frustration(g, sides=np.array(sides[: g.n], dtype=np.int8))
    assert (begun.lower, begun.upper, begun.proved) == (plain.lower, plain.upper, True)
    check_certificate(g, begun)


def test_who_changed_sides_is_told_with_the_fewest_moves() -> None:
    bloc = [("A", "B", 1), ("B", "C", 1), ("A", "C", 1), ("D", "E", 1)]
    west = [*bloc, ("A", "D", -1), ("B", "E", -1), ("C", "X", 1), ("D", "X", -1)]
    east = [*bloc, ("A", "D", -1), ("B", "E", -1), ("C", "X", -1), ("D", "X", 1)]
    found = balance_over_time([("west", graph(west)), ("east", graph(east))])
    assert found.passages[0].moved == ("X",)
    assert (found.passages[0].entered, found.passages[0].left) == ((), ())
    assert found.passages[0].change == 0.0


def test_actors_that_enter_and_leave_are_named() -> None:
    found = balance_over_time(
        [("one", graph([("A", "B", 1)])), ("two", graph([("B", "C", -1)]))]
    )
    assert found.passages[0].entered == ("C",)
    assert found.passages[0].left == ("A",)
    assert found.passages[0].moved == ()


def test_an_unknown_null_is_refused() -> None:
    with pytest.raises(ValueError, match="nulls must be of"):
        balance_over_time([("one", graph([("A", "B", 1)]))], nulls=["none"])


@pytest.fixture(scope="module")
def cow() -> Series:
    names = [f"cow/cow_{year}_{year + 3}.csv" for year in (1986, 1987, 1989)]
    paths: list[Path] = [reference("signed", name) for name in names]
    return balance_over_time(
        [(p.label, p.symmetrised.graph) for p in read_series(paths).periods]
    )


def test_windows_of_the_correlates_of_war_are_proved_and_compared(cow: Series) -> None:
    assert [moment.index.upper for moment in cow.moments] == [32, 46, 38]
    assert cow.proven
    passage = cow.passages[0]
    assert passage.change == 14
    assert all(tie.share is not None for tie in passage.ties)
    # The largest single changes come first.
    sizes = [abs(tie.share or 0) for tie in passage.ties]
    assert sizes == sorted(sizes, reverse=True)
