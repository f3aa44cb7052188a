"""Dated ties as periods, and sequences of files."""

from pathlib import Path

import pytest

from cuibono.errors import CaseFileError, UsageError
from cuibono.formats.network_series import Span, read_series, span_of

_NUMBERS = "source,target,sign,time\nA,B,1,0\nA,B,-1,5\nB,C,-1,9\nA,C,1,10\n"
_DATES = (
    "source,target,sign,time\nA,B,1,2014-06\nB,C,-1,2014-06-30\nA,B,-1,2014-08-01\n"
)


def _written(folder: Path, text: str, name: str = "ties.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _told(path: Path, span: Span, rule: str = "drop") -> list[tuple[str, list[str]]]:
    found = read_series([path], span=span, rule=rule)
    return [
        (
            period.label,
            [
                f"{g.names[i]}{'+' if s > 0 else '-'}{g.names[j]} {w:.4g}"
                for (i, j), s, w in zip(g.ends, g.sign, g.weight, strict=True)
            ],
        )
        for period in found.periods
        for g in [period.symmetrised.graph]
    ]


def test_windows_tile_the_record_and_each_holds_its_own_rows(tmp_path: Path) -> None:
    path = _written(tmp_path, _NUMBERS)
    assert _told(path, Span(window=5, step=5)) == [
        ("0 to 5", ["A+B 1"]),
        ("5 to 10", ["A-B 1", "B-C 1"]),
        ("10 to 15", ["A+C 1"]),
    ]


def test_windows_may_overlap(tmp_path: Path) -> None:
    found = _told(_written(tmp_path, _NUMBERS), Span(window=6, step=4))
    assert [label for label, _ in found] == ["0 to 6", "4 to 10", "8 to 14"]
    assert found[0][1] == []  # Both signs on the one pair: dropped.


def test_a_half_life_halves_the_weight_of_a_statement(tmp_path: Path) -> None:
    path = _written(tmp_path, "source,target,sign,time\nA,B,1,0\nB,C,-1,10\n")
    found = _told(path, Span(window=None, step=10, half_life=10), rule="sum")
    assert found == [("0 to 10", ["A+B 0.5"]), ("0 to 20", ["A+B 0.25", "B-C 0.5"])]


def test_dates_are_days_and_a_month_is_its_first_day(tmp_path: Path) -> None:
    found = _told(_written(tmp_path, _DATES), Span(window=31, step=31))
    assert [label for label, _ in found] == [
        "2014-06-01 to 2014-07-02",
        "2014-07-02 to 2014-08-02",
    ]
    assert found[1][1] == ["A-B 1"]


def test_a_time_that_is_neither_is_named_with_its_row(tmp_path: Path) -> None:
    path = _written(tmp_path, _DATES + "A,C,1,1914\nA,C,1,\n")
    with pytest.raises(CaseFileError, match=r'row 5, column "time"') as caught:
        read_series([path], span=Span(window=31, step=31))
    assert "row 6" in str(caught.value)
    assert "YYYY-MM-DD" in str(caught.value)
    bare = _written(tmp_path, "source,target,sign\nA,B,1\n", "bare.csv")
    with pytest.raises(CaseFileError, match="the columns source, target, sign, time"):
        read_series([bare], span=Span(window=31, step=31))


def test_several_files_are_one_sequence(tmp_path: Path) -> None:
    first = _written(tmp_path, _NUMBERS, "first.csv")
    second = _written(tmp_path, "source,target,sign\nA,B,-1\n", "second.csv")
    found = read_series([first, second])
    assert [period.label for period in found.periods] == ["first.csv", "second.csv"]
    assert any("first.csv: column time is not used" in note for note in found.notes)


def test_spans_that_fit_nothing_are_refused(tmp_path: Path) -> None:
    path = _written(tmp_path, _NUMBERS)
    with pytest.raises(UsageError, match="--step needs"):
        span_of(None, 3, None)
    with pytest.raises(UsageError, match="needs --step"):
        span_of(None, None, 3)
    with pytest.raises(UsageError, match="--window must be positive"):
        span_of(-1, None, None)
    with pytest.raises(UsageError, match="at most 2000"):
        read_series([path], span=Span(window=0.001, step=0.001))
    with pytest.raises(UsageError, match="take one table"):
        read_series([path, path], span=Span(window=1, step=1))
    empty = _written(tmp_path, "source,target,sign,time\nA,A,1,1\n", "loop.csv")
    with pytest.raises(UsageError, match="nothing to follow"):
        read_series([empty], span=Span(window=1, step=1))
    net = _written(tmp_path, "*Vertices 1\n", "one.net")
    with pytest.raises(UsageError, match="times are read from a table"):
        read_series([net], span=Span(window=1, step=1))
