"""Covariates of actors or pairs from tables named on the line."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cuibono.errors import Problems, UsageError

if TYPE_CHECKING:
    from cuibono.record.events import SignedEvents
    from cuibono.record.fitting import Extra


def read_extras(named: Sequence[str], events: "SignedEvents") -> "tuple[Extra, ...]":
    """Terms of the tables given as NAME=FILE.

    Raises
    ------
    CaseFileError
        With every bad row.
    UsageError
        If an entry is not NAME=FILE.
    """
    found: list[Extra] = []
    for entry in named:
        name, equals, file = entry.partition("=")
        if not equals or not name or not file:
            raise UsageError(f"--covariate takes NAME=FILE, got {entry!r}")
        found += _extras(name, Path(file), events)
    return tuple(found)


def _extras(name: str, path: Path, events: "SignedEvents") -> "list[Extra]":
    """Terms of one table; rows of actors that the record lacks are left alone.

    Raises
    ------
    CaseFileError
        With every bad row.
    """
    import numpy as np

    from cuibono.record.covariates import Covariate
    from cuibono.record.fitting import Extra

    problems = Problems()
    at = {actor: place for place, actor in enumerate(events.actors)}
    keys: list[int] = []
    since: list[float] = []
    values: list[float] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        header = reader.fieldnames or ()
        dyadic = "source" in header
        ends = ("source", "target") if dyadic else ("actor",)
        for column in (*ends, "value"):
            if column not in header:
                problems.add(
                    path.name,
                    row=1,
                    column=column,
                    found="no such column",
                    expected="actor[,time],value or source,target[,time],value",
                )
        problems.raise_if_any()
        for number, row in enumerate(reader, 2):
            value = _number(path, number, "value", row.get("value"), problems)
            day = float("-inf")
            if "time" in header:
                day = _number(path, number, "time", row.get("time"), problems)
            places = [at.get((row[end] or "").strip()) for end in ends]
            if None in places:
                continue
            key = 0
            for place in places:
                key = key * len(at) + (place or 0)
            keys.append(key)
            since.append(day)
            values.append(value)
    problems.raise_if_any()
    table = Covariate(
        name=name,
        key=np.array(keys, np.int64),
        since=np.array(since, np.float64),
        value=np.array(values, np.float64),
        n=len(at),
    )
    if dyadic:
        return [Extra(term=name, covariate=table, of="dyad")]
    return [
        Extra(term=f"{name}.source", covariate=table, of="sender"),
        Extra(term=f"{name}.target", covariate=table, of="receiver"),
    ]


def _number(
    path: Path, row: int, column: str, text: str | None, problems: Problems
) -> float:
    """Return a finite number, or note what stands there instead."""
    try:
        value = float(text or "")
    except ValueError:
        value = float("nan")
    if not abs(value) < float("inf"):
        problems.add(
            path.name,
            row=row,
            column=column,
            found=f'"{text or ""}"',
            expected="a number",
        )
        return 0.0
    return value
