"""Signed events from outside: a table of events, as CSV, plain or compressed."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from cuibono.errors import Problems, UsageError
from cuibono.files.digests import file_digests
from cuibono.record.columns import Column, read_columns
from cuibono.record.events import SignedEvents, coded_events
from cuibono.record.stored import stored_events

SIGNS: Final = {"pos": 1, "neg": -1, "neu": 0}
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
    columns = read_columns(path, problems)
    problems.raise_if_any()
    _examine(path, columns, problems)
    problems.raise_if_any()
    return _events(path, columns)


def _events(path: Path, columns: Mapping[str, Column]) -> SignedEvents:
    """Events of columns without faults."""
    dated = _dated(columns)
    time, kind = columns["time"], columns["type"]
    moments = [
        date.fromisoformat(text).toordinal() if dated else float(text)
        for text in time.texts
    ]
    sign = np.array([SIGNS[text] for text in kind.texts], np.int8)
    weight = None
    if "weight" in columns:
        sizes = [float(text or 1) for text in columns["weight"].texts]
        weight = np.array(sizes)[columns["weight"].code]
    source, target = columns["source"], columns["target"]
    names = dict.fromkeys((*source.texts, *target.texts))
    at = dict(zip(names, range(len(names)), strict=True))
    return coded_events(
        np.array(moments, np.float64)[time.code],
        np.array([at[name] for name in source.texts], np.int64)[source.code],
        np.array([at[name] for name in target.texts], np.int64)[target.code],
        tuple(names),
        sign[kind.code],
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
    """Whether a text is a date, with its hyphens."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return "-" in text


def _dated(columns: Mapping[str, Column]) -> bool:
    """Whether the first time of a table is a date."""
    return _moment(columns["time"].texts[0])


def _examine(path: Path, columns: Mapping[str, Column], problems: Problems) -> None:
    """Name every bad cell, the first ones one by one."""
    timed: tuple[Callable[[str], bool], str] = (
        (_moment, "a date such as 2014-06-10, as in the first row")
        if _dated(columns)
        else (_finite, "a number of days, or dates such as 2014-06-10 throughout")
    )
    filled: tuple[Callable[[str], bool], str] = (bool, "the name of an actor")
    rules: dict[str, tuple[Callable[[str], bool], str]] = {
        "time": timed,
        "source": filled,
        "target": filled,
        "type": (SIGNS.__contains__, "pos, neg or neu"),
        "weight": (lambda text: not text or _finite(text), "a number, or nothing"),
    }
    bad = []
    for name, column in columns.items():
        right, expected = rules[name]
        wrong = np.array([not right(text) for text in column.texts])
        if wrong.any():
            rows = np.flatnonzero(wrong[column.code]).tolist()
            bad += [
                (row + 2, name, column.texts[column.code[row]], expected)
                for row in rows
            ]
    order = list(rules)
    bad.sort(key=lambda item: (item[0], order.index(item[1])))
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
