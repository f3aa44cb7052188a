"""Tables of events read, and every bad cell named."""

import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.errors import CaseFileError, Problems, UsageError
from cuibono.record import columns
from cuibono.record.covariates import Covariate
from cuibono.record.incoming import MOST_TOLD, read_events
from cuibono.record.rows import Rows

GOOD = """time,source,target,type,weight,place
3,Arda,Brun,pos,3.5,here
1,"Cor, the elder",Arda,neg,-4,
1,Brun,Brun,neu,,
"""


def written(folder: Path, text: str, name: str = "events.csv") -> Path:
    """Table in a file."""
    path = folder / name
    path.write_bytes(
        gzip.compress(text.encode()) if name.endswith("gz") else text.encode()
    )
    return path


@pytest.mark.parametrize("name", ["events.csv", "events.csv.gz"])
def test_events_come_in_the_order_of_time_and_know_their_rows(
    tmp_path: Path, name: str
) -> None:
    events = read_events(written(tmp_path, GOOD, name))
    assert events.time.tolist() == [1, 1, 3]
    assert events.row.tolist() == [1, 2, 0]
    assert events.sign.tolist() == [-1, 0, 1]
    assert events.weight.tolist() == [-4, 1, 3.5]
    assert events.actors[events.source[0]] == "Cor, the elder"
    assert events.loops == 1
    assert not events.dated
    assert events.digests[0][0] == name


def test_empty_lines_at_the_end_are_no_events(tmp_path: Path) -> None:
    assert len(read_events(written(tmp_path, GOOD + "\n\r\n"))) == 3
    plain = "time,source,target,type\n1,A,B,pos\n\n\n"
    assert len(read_events(written(tmp_path, plain))) == 1


def test_dates_become_days(tmp_path: Path) -> None:
    text = "time,source,target,type\n2014-06-10,A,B,pos\n2014-05-31,B,A,neg\n"
    events = read_events(written(tmp_path, text))
    assert events.dated
    assert np.diff(events.time).tolist() == [10]


def test_every_bad_cell_is_named_with_its_row_and_column(tmp_path: Path) -> None:
    text = "time,source,target,type,weight\nx,A,B,pos,1\n2,,B,neg,1\n3,A,B,ally,z\n"
    with pytest.raises(CaseFileError) as caught:
        read_events(written(tmp_path, text))
    told = [(p.row, p.column, p.found) for p in caught.value.problems]
    assert told == [
        (2, "time", '"x"'),
        (3, "source", "nothing"),
        (4, "type", '"ally"'),
        (4, "weight", '"z"'),
    ]
    assert "write pos for friendly" in str(caught.value)


def test_many_bad_cells_are_counted(tmp_path: Path) -> None:
    text = "time,source,target,type\n" + "1,A,B,bad\n" * 90
    with pytest.raises(CaseFileError, match=f"{90 - MOST_TOLD} more cells like these"):
        read_events(written(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no such column"),
        ("time,source,target\n1,A,B\n", 'column "type": found no such column'),
        ("time,source,target,type\n", "found no event"),
        ("time,time,source,target,type\n1,1,A,B,pos\n", "more than once"),
        ("time,source,target,type\n1,A,B\n", "found nothing, expected pos, neg or neu"),
        ("time,source,target,type\nnan,A,B,pos\n", "expected a number of days"),
        ("time,source,target,type\n2014-01-01,A,B,pos\n4,A,B,pos\n", "expected a date"),
        ('time,source,target,type\n1,"A"x,B,pos\n', "expected a CSV table"),
    ],
)
def test_tables_that_are_not_events_are_refused(
    tmp_path: Path, text: str, says: str
) -> None:
    with pytest.raises(CaseFileError, match=says):
        read_events(written(tmp_path, text))


def test_bytes_that_are_not_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(b"time,source,target,type\n1,\xff,B,pos\n")
    with pytest.raises(CaseFileError, match="not UTF-8"):
        read_events(path)
    path = tmp_path / "events.csv.gz"
    path.write_bytes(b"time,source")
    with pytest.raises(CaseFileError, match="whole gzip file"):
        read_events(path)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no event store is there"):
        read_events(tmp_path)
    with pytest.raises(UsageError, match="is not there"):
        read_events(tmp_path / "none.csv")


def test_a_covariate_holds_from_its_day_until_the_next_entry() -> None:
    rows = Rows(
        after=np.zeros(5, np.int64),
        time=np.array([0.0, 1.0, 2.0, 5.0, 5.0]),
        source=np.array([0, 0, 0, 0, 1]),
        target=np.array([1, 1, 1, 1, 0]),
    )
    wealth = Covariate(
        name="wealth",
        key=np.array([0, 0, 1]),
        since=np.array([1.0, 4.0, -np.inf]),
        value=np.array([10.0, 20.0, 7.0]),
        n=2,
        missing=-1.0,
    )
    assert wealth.of_actor(rows).tolist() == [-1, 10, 10, 20, 7]
    assert wealth.of_actor(rows, receiver=True).tolist() == [7, 7, 7, 7, 20]
    treaty = Covariate(
        name="treaty",
        key=np.array([0 * 2 + 1]),
        since=np.array([2.0]),
        value=np.array([1.0]),
        n=2,
    )
    assert treaty.of_dyad(rows).tolist() == [0, 0, 1, 1, 0]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters='",\r\n\0'), max_size=6)


@given(st.lists(st.tuples(*[CELLS] * 5), min_size=1, max_size=8), st.booleans())
def test_a_table_is_read_the_same_with_and_without_quotes(
    rows: list[tuple[str, ...]], windows: bool
) -> None:
    """The quick way gives what the general one does, or leaves it to it."""
    lines = ["time,source,target,type,weight", *(",".join(row) for row in rows)]
    data = ("\r\n" if windows else "\n").join(lines).encode() + b"\n"
    problems = Problems()
    slow = columns._quoted(Path("t.csv"), data.decode(), problems)
    quick = columns._plain(data)
    if quick is None or problems.items:
        return
    for name in (*columns.COLUMNS, "weight"):
        assert quick[name].texts == slow[name].texts
        assert np.array_equal(quick[name].code, slow[name].code)


def test_many_actors_keep_their_names(tmp_path: Path) -> None:
    """Thousands of different texts, found again byte for byte."""
    names = [f"actor-{k * 7919 % 10007}" for k in range(10007)]
    text = "time,source,target,type\n" + "".join(
        f"{k},{name},{names[k - 1]},pos\n" for k, name in enumerate(names)
    )
    events = read_events(written(tmp_path, text))
    assert [events.actors[k] for k in events.source] == names
    assert [events.actors[k] for k in events.target[1:]] == names[:-1]
