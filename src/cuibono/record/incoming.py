"""Signed events from outside: a table of events, as CSV, plain or compressed."""

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Final

import numpy as np

from cuibono.errors import Problems, UsageError
from cuibono.files.digests import file_digests
from cuibono.record.events import SignedEvents, signed_events
from cuibono.record.stored import stored_events

COLUMNS: Final = ("time", "source", "target", "type")
SIGNS: Final = {"pos": 1, "neg": -1, "neu": 0}
MOST_BYTES: Final = 2_000_000_000
"""Largest table that is read."""

MOST_TOLD: Final = 20
"""Bad rows named one by one; the rest are counted."""


def read_events(path: Path) -> SignedEvents:
    """Signed events of a file, in the order of time.

    Parameters
    ----------
    path : Path
        CSV (or .csv.gz) with the columns `time` (a number of days, or a date such as
        2014-06-10), `source`, `target`, `type` (pos, neg or neu) and, if there is
        one, `weight`. Other columns are left alone. Or the folder of an event store:
        signs by the Goldstein value.

    Raises
    ------
    CaseFileError
        With every bad row.
    UsageError
        If the path is not there, or a store cannot be read.
    """
    if path.is_dir():
        return stored_events(path)
    if not path.exists():
        raise UsageError(f"{path} is not there; name a table of events")
    problems = Problems()
    header, columns = _table(path, problems)
    problems.raise_if_any()
    made = _events(path, header, columns)
    if made is None:
        _examine(path, header, columns, problems)
        problems.raise_if_any()
        raise UsageError(f"{path}: the table could not be read")
    return made


def _inflated(data: bytes, name: str) -> bytes:
    """Content of a .gz file, up to a limit.

    Raises
    ------
    UsageError
        If it expands further.
    """
    with gzip.open(io.BytesIO(data)) as stream:
        found = stream.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise UsageError(f"{name} expands to more than {MOST_BYTES / 1e9:.0f} GB")
    return found


def _table(path: Path, problems: Problems) -> tuple[list[str], list[Sequence[str]]]:
    """Header and columns of a table; rows that are too short are filled with nothing."""
    data = path.read_bytes()
    try:
        if path.suffix == ".gz":
            data = _inflated(data, path.name)
        text = data.decode("utf-8-sig")
        plain = _plain_columns(text)
        if plain is not None:
            return plain
        with io.StringIO(text, newline="") as file:
            rows = csv.reader(file, strict=True)
            header = [name.strip() for name in next(rows, [])]
            missing = [name for name in COLUMNS if name not in header]
            twice = {name for name in header if header.count(name) > 1}
            for name in missing:
                problems.add(
                    path.name,
                    row=1,
                    column=name,
                    found="no such column",
                    expected=f"columns {', '.join(COLUMNS)}",
                    mend="name the columns in the first row",
                )
            for name in sorted(twice & {*COLUMNS, "weight"}):
                problems.add(
                    path.name,
                    row=1,
                    column=name,
                    found="the column more than once",
                    expected="each column once",
                )
            columns: list[Sequence[str]] = list(zip_longest(*rows, fillvalue=""))
            if columns:
                empty = ("",) * len(columns[0])
                columns += [empty] * (len(header) - len(columns))
    except UnicodeDecodeError as error:
        problems.add(
            path.name,
            found=f"a byte that is not UTF-8 at position {error.start}",
            expected="UTF-8 text",
            mend="save the table as UTF-8",
        )
        return [], []
    except csv.Error as error:
        problems.add(path.name, found=str(error), expected="a CSV table")
        return [], []
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        problems.add(
            path.name,
            found=f"compressed data that cannot be read ({error})",
            expected="a whole gzip file",
            mend="fetch or compress the file again",
        )
        return [], []
    if not columns and not problems.items:
        problems.add(path.name, found="no event", expected="one event a row")
    return header, columns


def _plain_columns(text: str) -> tuple[list[str], list[Sequence[str]]] | None:
    """Columns of a table without quotes whose rows are all complete; else None."""
    text = text.replace("\r\n", "\n").removesuffix("\n")
    if '"' in text or "\r" in text:
        return None
    header = text[: text.find("\n")].split(",") if "\n" in text else []
    width = len(header)
    if not {*COLUMNS} <= {*header} or len({*header}) < width:
        return None
    marks = np.frombuffer(text.encode("utf-8"), np.uint8)
    ends = np.flatnonzero((marks == ord(",")) | (marks == ord("\n")))
    breaks = marks[ends] == ord("\n")
    if (len(ends) + 1) % width or not np.all(breaks[width - 1 :: width]):
        return None
    if np.count_nonzero(breaks) != (len(ends) + 1) // width - 1:
        return None
    cells = text.replace("\n", ",").split(",")
    return header, [cells[at + width :: width] for at in range(width)]


def _needed(
    header: Sequence[str], columns: Sequence[Sequence[str]]
) -> dict[str, Sequence[str]]:
    """Columns that are needed, by name, without the blanks around their texts."""
    found: dict[str, Sequence[str]] = {}
    for name in (*COLUMNS, "weight"):
        if name in header:
            column = columns[header.index(name)]
            # A table without blanks, the usual case, has nothing to strip.
            whole = "".join(column)
            blank = len(whole.split(maxsplit=1)) > 1 or whole.strip() != whole
            found[name] = [*map(str.strip, column)] if blank else column
    return found


def _events(
    path: Path, header: Sequence[str], columns: Sequence[Sequence[str]]
) -> SignedEvents | None:
    """Events of a table without faults; None if there is a fault."""
    named = _needed(header, columns)
    if any(name not in named for name in COLUMNS):
        return None
    try:
        sign = np.array([*map(SIGNS.__getitem__, named["type"])], np.int8)
        weight = None
        if "weight" in named:
            sizes = {text: float(text or 1) for text in {*named["weight"]}}
            weight = np.array([*map(sizes.__getitem__, named["weight"])])
        dated = _moment(named["time"][0])
        moments: dict[str, float] = {
            text: date.fromisoformat(text).toordinal() if dated else float(text)
            for text in {*named["time"]}
        }
        time = np.array([*map(moments.__getitem__, named["time"])], np.float64)
    except (ValueError, KeyError, OverflowError):
        return None
    if not (
        np.all(np.isfinite(time))
        and (weight is None or np.all(np.isfinite(weight)))
        and all(named["source"])
        and all(named["target"])
    ):
        return None
    return signed_events(
        time,
        named["source"],
        named["target"],
        sign,
        weight,
        name=path.name,
        dated=dated,
        digests=file_digests([path]),
    )


def _finite(text: str) -> bool:
    """Whether a text is a finite number."""
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False


def _moment(text: str) -> bool:
    """Whether a text is a date."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _examine(
    path: Path,
    header: Sequence[str],
    columns: Sequence[Sequence[str]],
    problems: Problems,
) -> None:
    """Name every bad cell, the first ones one by one."""
    named = _needed(header, columns)
    dated = bool(named["time"]) and _moment(named["time"][0])
    timed = (_moment, "a date such as 2014-06-10, as in the first row")
    if not dated:
        timed = (_finite, "a number of days, or dates such as 2014-06-10 throughout")
    filled: tuple[Callable[[str], bool], str] = (bool, "the name of an actor")
    rules: dict[str, tuple[Callable[[str], bool], str]] = {
        "time": timed,
        "source": filled,
        "target": filled,
        "type": (SIGNS.__contains__, "pos, neg or neu"),
        "weight": (lambda text: not text or _finite(text), "a number, or nothing"),
    }
    bad = [
        (row + 2, name, text, expected)
        for name, (right, expected) in rules.items()
        for row, text in enumerate(named.get(name, ()))
        if not right(text)
    ]
    bad.sort(key=lambda item: item[0])
    for row, name, text, expected in bad[:MOST_TOLD]:
        problems.add(
            path.name,
            row=row,
            column=name,
            found=f'"{text[:60]}"' if text else "nothing",
            expected=expected,
            mend=_MEND.get(name, ""),
        )
    if len(bad) > MOST_TOLD:
        problems.add(
            path.name,
            found=f"{len(bad) - MOST_TOLD} more cells like these",
            expected="none",
        )


_MEND: Final = {
    "type": "write pos for friendly, neg for hostile, neu for neither",
    "time": "write every time of the table in the same way",
}
