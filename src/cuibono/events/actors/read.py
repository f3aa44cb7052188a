"""Reading an actor map: CSV with the columns pattern, actor, from, to, note."""

import csv
import hashlib
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from cuibono.claims.names import refused_characters
from cuibono.errors import Problems
from cuibono.events.actors.records import ActorMap, Field, MapRow

COLUMNS: Final = (
    "pattern",
    "actor",
    "from",
    "to",
    "field",
    "principal",
    "codes",
    "note",
)
MOST_BYTES: Final = 20_000_000
_YES: Final = {"yes": True, "1": True, "true": True, "no": False, "0": False, "": False}


def read_actor_map(path: Path) -> ActorMap:
    """Actor map of a CSV file; only `pattern` and `actor` must be there.

    Raises
    ------
    CaseFileError
        With every problem of the file.
    """
    problems = Problems()
    data = _bytes(path, problems)
    problems.raise_if_any()
    found = actor_map_of(data, path.name, problems)
    problems.raise_if_any()
    return found


def actor_map_of(data: bytes, name: str, problems: Problems) -> ActorMap:
    """Actor map of the bytes of a CSV file; faults go to `problems`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.add(
            name,
            row=data[: error.start].count(b"\n") + 1,
            found=f"byte 0x{data[error.start]:02X}, which is not UTF-8",
            expected="UTF-8 text",
            mend="save the file as UTF-8",
        )
        return ActorMap(rows=(), file=name)
    reader = csv.DictReader(io.StringIO(text))
    header = tuple(reader.fieldnames or ())
    _check_header(header, name, problems)
    if len(problems):
        return ActorMap(rows=(), file=name)
    rows = [
        row
        for at, cells in enumerate(reader, start=2)
        if (row := _row(cells, at, name, problems)) is not None
    ]
    if not rows and not len(problems):
        problems.add(name, found="no rows", expected="at least one pattern and actor")
    return ActorMap(
        rows=tuple(rows), file=name, sha256=hashlib.sha256(data).hexdigest()
    )


def _bytes(path: Path, problems: Problems) -> bytes:
    """Content of the file, at most 20 MB."""
    if not path.is_file():
        problems.add(str(path), found="no such file", expected="a CSV file")
        return b""
    if path.stat().st_size > MOST_BYTES:
        problems.add(
            str(path),
            found=f"{path.stat().st_size / 1e6:.0f} MB",
            expected="an actor map of at most 20 MB",
            mend="is this the event file?",
        )
        return b""
    return path.read_bytes()


def _check_header(header: tuple[str, ...], name: str, problems: Problems) -> None:
    """Note missing and unknown columns."""
    for column in ("pattern", "actor"):
        if column not in header:
            problems.add(
                name,
                row=1,
                column=column,
                found="no such column",
                expected=f"the columns {', '.join(COLUMNS)}",
                mend="only pattern and actor must be there",
            )
    for column in header:
        if column not in COLUMNS:
            problems.add(
                name,
                row=1,
                column=column,
                found="an unknown column",
                expected=", ".join(COLUMNS),
            )


def _row(
    cells: Mapping[str | None, str | None], at: int, name: str, problems: Problems
) -> MapRow | None:
    """Return one row, or None if it has a fault or is empty."""
    known = len(problems)
    text = {str(key): (value or "").strip() for key, value in cells.items() if key}
    if not any(text.values()):
        return None
    if cells.get(None):
        problems.add(name, row=at, found="too many cells", expected="one cell a column")
    if not text["pattern"]:
        problems.add(
            name, row=at, column="pattern", found="nothing", expected="a filed name"
        )
    for column, value in text.items():
        if bad := refused_characters(value):
            problems.add(
                name,
                row=at,
                column=column,
                found=f"the control character {', '.join(bad)}",
                expected="plain text",
            )
    row = MapRow(
        pattern=text["pattern"],
        actor=text["actor"],
        start=_day(text.get("from", ""), at, "from", name, problems),
        end=_day(text.get("to", ""), at, "to", name, problems),
        field=_field(text.get("field", ""), at, name, problems),
        principal=_truth(text.get("principal", ""), at, name, problems),
        codes=_codes(text.get("codes", ""), at, name, problems),
        note=text.get("note", ""),
        row=at,
    )
    if row.start and row.end and row.end < row.start:
        problems.add(
            name,
            row=at,
            column="to",
            found=f"{row.end}",
            expected=f"{row.start} or later",
        )
    return row if len(problems) == known else None


def _day(text: str, at: int, column: str, name: str, problems: Problems) -> date | None:
    """Day of a cell, None if empty."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.add(
            name, row=at, column=column, found=f'"{text}"', expected="a day, YYYY-MM-DD"
        )
        return None


def _field(text: str, at: int, name: str, problems: Problems) -> Field:
    """Which field the pattern is for; the name, unless said."""
    try:
        return Field(text or "name")
    except ValueError:
        problems.add(
            name,
            row=at,
            column="field",
            found=f'"{text}"',
            expected=" or ".join(Field),
        )
        return Field.NAME


def _truth(text: str, at: int, name: str, problems: Problems) -> bool:
    """Yes or no."""
    if text.lower() not in _YES:
        problems.add(
            name, row=at, column="principal", found=f'"{text}"', expected="yes or no"
        )
    return _YES.get(text.lower(), False)


def _codes(
    text: str, at: int, name: str, problems: Problems
) -> tuple[tuple[str, str], ...]:
    """Codes written as `cameo=IRN|qid=Q794`."""
    found = []
    for part in filter(None, text.split("|")):
        key, mark, value = part.partition("=")
        if not (key.strip() and mark and value.strip()):
            problems.add(
                name,
                row=at,
                column="codes",
                found=f'"{part}"',
                expected="codes as cameo=IRN|qid=Q794",
            )
            continue
        found.append((key.strip(), value.strip()))
    return tuple(found)
