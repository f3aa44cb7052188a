"""Actor maps: reading, matching, and spans that never overlap."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.errors import CaseFileError, Problems
from cuibono.events.actors.match import FIRST, LAST, spans, unused_rows
from cuibono.events.actors.read import actor_map_of, read_actor_map
from cuibono.events.actors.records import ActorMap, Field, Filed, MapRow


def _map(*rows: MapRow) -> ActorMap:
    numbered = [
        MapRow(**{**{k: getattr(row, k) for k in row.__slots__}, "row": at})
        for at, row in enumerate(rows, start=2)
    ]
    return ActorMap(rows=tuple(numbered))


def test_the_first_row_that_fits_wins() -> None:
    rows = _map(
        MapRow(pattern="Military (Arda)", actor="army"),
        MapRow(pattern="* (Arda)", actor="arda"),
    )
    filed = [Filed(code="Military (Arda)"), Filed(code="Police (Arda)")]
    assert [span.actor for span in spans(rows, filed)] == ["army", "arda"]


def test_an_armed_group_is_kept_apart_from_the_country_it_is_filed_under() -> None:
    rows = _map(
        MapRow(pattern="Sons of Brun", actor="group"),
        MapRow(pattern="Brun", actor="state", field=Field.COUNTRY),
    )
    filed = [
        Filed(code="Sons of Brun", country="Brun"),
        Filed(code="Police (Brun)", country="Brun"),
    ]
    assert [span.actor for span in spans(rows, filed)] == ["group", "state"]


def test_an_office_holder_stands_for_the_state_only_in_office() -> None:
    rows = _map(
        MapRow(
            pattern="Cor Brunsson",
            actor="arda",
            start=date(2010, 1, 1),
            end=date(2012, 12, 31),
        ),
        MapRow(pattern="Cor Brunsson", actor="opposition"),
    )
    found = spans(rows, [Filed(code="Cor Brunsson")])
    assert [(span.actor, span.start, span.end) for span in found] == [
        ("opposition", FIRST, date(2009, 12, 31)),
        ("arda", date(2010, 1, 1), date(2012, 12, 31)),
        ("opposition", date(2013, 1, 1), LAST),
    ]


def test_letter_case_and_other_marks_are_no_wildcards() -> None:
    rows = _map(MapRow(pattern="a.b?", actor="x"))
    assert spans(rows, [Filed(code="A.B?")])
    assert not spans(rows, [Filed(code="aXbY")])


def test_rows_that_fit_nobody_are_named() -> None:
    rows = _map(MapRow(pattern="Arda", actor="a"), MapRow(pattern="Ardda", actor="a"))
    found = spans(rows, [Filed(code="Arda")])
    assert [row.pattern for row in unused_rows(rows, found)] == ["Ardda"]


days = st.dates(date(2000, 1, 1), date(2003, 12, 31))


@given(st.lists(st.tuples(days, days, st.sampled_from("abc")), max_size=6), days)
def test_on_any_day_the_actor_is_that_of_the_first_fitting_row(
    drawn: list[tuple[date, date, str]], day: date
) -> None:
    rows = _map(
        *(
            MapRow(pattern="X", actor=actor, start=min(one, two), end=max(one, two))
            for one, two, actor in drawn
        )
    )
    found = [s for s in spans(rows, [Filed(code="X")]) if s.start <= day <= s.end]
    expected = [
        row.actor
        for row in rows.rows
        if (row.start or FIRST) <= day <= (row.end or LAST)
    ]
    assert [span.actor for span in found] == expected[:1]


def test_every_fault_of_a_map_is_named_at_its_place() -> None:
    text = (
        "pattern,actor,from,to,principal\n"
        ",arda,,,\n"
        "Arda,arda,1.1.2010,,\n"
        "Brun,brun,2012-01-01,2010-01-01,\n"
        "Cor,cor,,,maybe\n"
    )
    problems = Problems()
    actor_map_of(text.encode(), "map.csv", problems)
    assert [(p.row, p.column) for p in problems] == [
        (2, "pattern"),
        (3, "from"),
        (4, "to"),
        (5, "principal"),
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no such column"),
        (b"who,whom\na,b\n", "no such column"),
        (b"pattern,actor\n", "no rows"),
        (b"pattern,actor\n\xff,b\n", "0xFF"),
        (b"pattern,actor,colour\na,b,c\n", "unknown column"),
        (b"pattern,actor\na,b,c\n", "too many cells"),
        ("pattern,actor\na‮b,c\n".encode(), "control character"),
    ],
)
def test_a_bad_map_is_refused(data: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_bytes(data)
    with pytest.raises(CaseFileError, match=told):
        read_actor_map(path)
