"""Queries of the store against slow, obvious counts in Python."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.errors import UsageError
from cuibono.events.actors.records import ActorMap, Field, MapRow
from cuibono.events.conventions import CONVENTIONS
from cuibono.events.queries.acting import as_filed, by_country, mapped
from cuibono.events.queries.cleaning import mirrored, mirrored_once, one_a_day
from cuibono.events.queries.coverage import Presence, coverage
from cuibono.events.queries.differ import differences
from cuibono.events.queries.dyads import Period, Plan, dyads
from tests.events.tables import duckdb_rows, event
from tests.reference import reference

DAY = date(2014, 1, 1)
CODES = ("010", "040", "0411", "090", "138", "163", "190", "999")
events = st.lists(
    st.builds(
        event,
        st.sampled_from(["Arda", "Brun", "Cor"]),
        st.sampled_from(["Arda", "Brun", "Cor"]),
        st.integers(0, 70).map(lambda n: DAY + timedelta(days=n)),
        st.sampled_from(CODES),
        story=st.sampled_from(["s1", "s2", None]),
        sentence=st.sampled_from([1, 2, None]),
    ),
    max_size=30,
)


def _sign(code: str) -> int | None:
    table = CONVENTIONS["goldstein"].of("cameo")
    known = [code[:n] for n in range(len(code), 0, -1) if code[:n] in table]
    return table[known[0]].sign if known else None


@settings(max_examples=25)
@given(events)
def test_monthly_counts_are_those_of_a_loop_over_the_rows(
    rows: list[dict[str, Any]],
) -> None:
    expected: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        if row["source"] != row["target"]:
            month = row["date"].replace(day=1)
            expected[month, row["source"], row["target"], _sign(row["code"])] += 1
    found: Counter[tuple[Any, ...]] = Counter()
    plan = Plan(convention=CONVENTIONS["goldstein"])
    for row in dyads(as_filed(duckdb_rows(rows)), plan).table.to_pylist():
        key = (row["period"], row["actor"], row["counterpart"])
        for name, sign in (
            ("positive", 1),
            ("negative", -1),
            ("neutral", 0),
            ("unsigned", None),
        ):
            found[*key, sign] += row[name]
        assert row["events"] == sum(found[*key, sign] for sign in (1, -1, 0, None))
    assert +found == +expected


@settings(max_examples=25)
@given(events)
def test_a_row_is_mirrored_if_its_reverse_stands_in_the_same_sentence(
    rows: list[dict[str, Any]],
) -> None:
    def key(row: dict[str, Any], *, turned: bool = False) -> tuple[Any, ...]:
        sides = (row["source"], row["target"])
        return (
            *(sides[::-1] if turned else sides),
            row["date"],
            row["code"],
            row["story"],
            row["sentence"],
        )

    there = {key(row) for row in rows}
    twice = [
        row
        for row in rows
        if row["story"]
        and row["source"] != row["target"]
        and key(row, turned=True) in there
    ]
    table = duckdb_rows(rows)
    assert mirrored(table).count().execute() == len(twice)
    gone = sum(row["source"] > row["target"] for row in twice)
    assert mirrored_once(table).count().execute() == len(rows) - gone


@settings(max_examples=25)
@given(events)
def test_one_a_day_keeps_one_row_for_each_day_dyad_and_code(
    rows: list[dict[str, Any]],
) -> None:
    kept = {(r["date"], r["source"], r["target"], r["code"]) for r in rows}
    acting = as_filed(duckdb_rows(rows)).table
    assert one_a_day(acting).count().execute() == len(kept)


def test_options_say_how_many_rows_they_touched() -> None:
    rows = [
        event("Arda", "Brun", DAY, "040", story="s", sentence=1),
        event("Brun", "Arda", DAY, "040", story="s", sentence=1),
        event("Arda", "Brun", DAY, "040"),
        event("Arda", "Arda", DAY),
    ]
    plan = Plan(
        convention=CONVENTIONS["gdelt-quad"], one_a_day=True, mirrored_once=True
    )
    found = dyads(as_filed(duckdb_rows(rows)), plan)
    assert [(t.option, t.rows, t.of) for t in found.touched] == [
        ("mirrored-once", 2, 4),
        ("one-a-day", 1, 3),
        ("actors", 0, 2),
        ("self", 1, 2),
    ]
    assert found.table.to_pylist()[0]["verbal_coop"] == 1


def test_weeks_begin_on_monday_and_rates_are_of_the_whole_extract() -> None:
    rows = [event("Arda", "Brun", date(2014, 1, 8)) for _ in range(3)]
    rows += [event("Cor", "Cor", date(2014, 1, 9))]
    plan = Plan(convention=CONVENTIONS["goldstein"], by=Period.WEEK, normalise=True)
    row = dyads(as_filed(duckdb_rows(rows)), plan).table.to_pylist()[0]
    assert row["period"] == date(2014, 1, 6)
    assert (row["period_total"], row["per_million"]) == (4, 750_000)
    assert row["score_tenths"] == 30


def test_undirected_counts_take_both_directions_together() -> None:
    rows = [event("Brun", "Arda", DAY, "190"), event("Arda", "Brun", DAY, "040")]
    plan = Plan(convention=CONVENTIONS["goldstein"], undirected=True, by_root=False)
    table = dyads(as_filed(duckdb_rows(rows)), plan).table.to_pylist()
    assert [(r["actor"], r["counterpart"], r["events"]) for r in table] == [
        ("Arda", "Brun", 2)
    ]


def test_an_actor_map_separates_a_group_from_its_country_and_drops_the_rest() -> None:
    rows = [
        event("Sons", "Arda", DAY, "190", source_country="Brun"),
        event("Police (Brun)", "Arda", DAY, "040", source_country="Brun"),
        event("Nobody", "Arda", DAY, "040", source_country="Cor"),
    ]
    actor_map = ActorMap(
        rows=(
            MapRow(pattern="Sons", actor="group", row=2),
            MapRow(pattern="Brun", actor="state", field=Field.COUNTRY, row=3),
            MapRow(pattern="Arda", actor="arda", row=4),
        )
    )
    plan = Plan(convention=CONVENTIONS["goldstein"])
    found = dyads(mapped(duckdb_rows(rows), actor_map), plan)
    assert [(r["actor"], r["positive"]) for r in found.table.to_pylist()] == [
        ("group", 0),
        ("state", 1),
    ]
    assert found.touched[0].rows == 1
    together = dyads(by_country(duckdb_rows(rows)), plan).table.to_pylist()
    assert together == []


def test_a_convention_for_other_codes_is_refused_with_one_that_fits() -> None:
    rows = [event("Arda", "Brun", DAY, "223", scheme="weis")]
    with pytest.raises(UsageError, match="Use goldstein"):
        dyads(as_filed(duckdb_rows(rows)), Plan(convention=CONVENTIONS["gdelt-quad"]))


def test_weis_codes_that_are_labelled_cameo_are_refused() -> None:
    rows = [event("Arda", "Brun", DAY, "223")]
    with pytest.raises(UsageError, match="exist in WEIS only"):
        dyads(as_filed(duckdb_rows(rows)), Plan(convention=CONVENTIONS["goldstein"]))


def test_codes_without_a_sign_are_counted_and_named() -> None:
    rows = [event("Arda", "Brun", DAY, "999"), event("Arda", "Brun", DAY, "1909")]
    found = dyads(
        as_filed(duckdb_rows(rows)), Plan(convention=CONVENTIONS["goldstein"])
    )
    assert found.unknown == (("999", 1),)
    assert found.by_parent == (("1909", 1),)
    assert found.table.to_pylist()[0]["unsigned"] == 1


def test_an_actor_known_only_by_other_names_is_not_covered() -> None:
    actor_map = ActorMap(
        rows=(
            MapRow(pattern="Arda", actor="arda", principal=True, row=2),
            MapRow(pattern="* (Arda)", actor="arda", row=3),
            MapRow(pattern="Brun", actor="brun", principal=True, row=4),
            MapRow(pattern="Dor", actor="dor", row=5),
        )
    )
    rows = [event("Police (Arda)", "Brun", DAY), event("Brun", "Brun", DAY)]
    found = coverage(duckdb_rows(rows), actor_map)
    assert [found.of(one).presence for one in ("arda", "brun", "dor")] == [
        Presence.BY_OTHER_NAMES,
        Presence.COVERED,
        Presence.ABSENT,
    ]
    assert found.of("arda").missing == ("Arda",)
    assert found.of("brun").as_target == 2


def test_conventions_are_compared_on_rows_and_on_net_signs() -> None:
    rows = [event("Arda", "Brun", DAY, "090") for _ in range(5)]
    pair = tuple(CONVENTIONS[name] for name in ("gdelt-quad", "oeda-quad"))
    acting = as_filed(duckdb_rows(rows))
    found = differences(acting, pair, Plan(convention=pair[0]))
    one = found.pairs[0]
    assert (one.rows, one.other, one.opposite) == (5, 5, 5)
    assert (one.dyads, one.net_opposite) == (1, 1)


@pytest.mark.reference
def test_conventions_disagree_on_icews_as_measured() -> None:
    """26.3 % of 325,691 rows signed otherwise, 1.1 % oppositely, 7.4 % of net signs."""
    path = reference("events", "icews_events_201809_201903.parquet")
    connection = ibis.duckdb.connect()
    rows = connection.read_parquet(path)
    table = rows.select(
        date=rows.event_date,
        code=rows.cameo_code,
        scheme=ibis.literal("cameo"),
        source_country=rows.source_country.nullif(""),
        target_country=rows.target_country.nullif(""),
    )
    pair = tuple(CONVENTIONS[name] for name in ("gdelt-quad", "oeda-quad"))
    found = differences(by_country(table), pair, Plan(convention=pair[0])).pairs[0]
    assert found.rows == 325_691
    assert round(100 * found.other / found.rows, 1) == 26.3
    assert round(100 * found.opposite / found.rows, 1) == 1.1
    assert round(100 * found.net_other / found.dyads, 1) == 7.4
