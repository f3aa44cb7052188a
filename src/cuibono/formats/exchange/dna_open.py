"""A stranger's SQLite file: opened so that nothing in it runs and nothing is written."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cuibono.formats.archives import MOST_ARCHIVE, shown
from cuibono.formats.exchange.dna_schema import READ
from cuibono.formats.exchange.intake import Intake

MAGIC = b"SQLite format 3\x00"
MOST_ROWS = 1_000_000
MOST_STEPS = 2_000
"""Calls of the watchman, each after 100,000 steps of SQLite's machine."""
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 50_000_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
}

Row = dict[str, Any]


def tables_of(path: Path, intake: Intake) -> dict[str, list[Row]]:
    """Rows of the tables that an import reads, by table.

    Raises
    ------
    ForeignFileError
        If the file is no plain database of the layout, or damaged.
    """
    if path.stat().st_size > MOST_ARCHIVE:
        intake.refuse(
            f"{path.stat().st_size / 1e6:.0f} MB", f"at most {MOST_ARCHIVE / 1e6:.0f}"
        )
    with path.open("rb") as stream:
        if stream.read(len(MAGIC)) != MAGIC:
            intake.refuse("no SQLite database", "a .dna file of DNA 3")
    place = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(place, uri=True)) as base:
            _guard(base)
            _only_tables(base, intake)
            base.set_authorizer(_allowed)
            return {name: _rows(base, name, intake) for name in READ}
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        intake.refuse(f"a damaged database ({shown(error)})", "a whole .dna file")


def _guard(base: sqlite3.Connection) -> None:
    """Bound what a database may ask for; nothing of its schema is trusted."""
    for limit, most in _LIMITS.items():
        base.setlimit(limit, most)
    for pragma in ("trusted_schema=OFF", "query_only=ON", "cell_size_check=ON"):
        base.execute(f"PRAGMA {pragma}")
    steps = iter(range(MOST_STEPS))
    base.set_progress_handler(lambda: 0 if next(steps, -1) >= 0 else 1, 100_000)


def _allowed(
    action: int, one: str | None, two: str | None, base: str | None, by: str | None
) -> int:
    """Whether a statement may do something: read tables, and nothing else."""
    del one, two, base
    return (
        sqlite3.SQLITE_OK if action in _ALLOWED and by is None else sqlite3.SQLITE_DENY
    )


def _only_tables(base: sqlite3.Connection, intake: Intake) -> None:
    """See to it that the schema holds plain tables and their indexes alone.

    Raises
    ------
    ForeignFileError
        If it has a view, a trigger or a virtual table, or is damaged.
    """
    for kind, name, told in base.execute("SELECT type, name, sql FROM sqlite_master"):
        if kind not in {"table", "index"}:
            intake.refuse(f'a {shown(kind)} ("{shown(name)}")', "plain tables")
        if str(told or "").upper().lstrip().startswith("CREATE VIRTUAL"):
            intake.refuse(f'a virtual table ("{shown(name)}")', "plain tables")
    (state,) = base.execute("PRAGMA quick_check(1)").fetchone()
    if state != "ok":
        intake.refuse(f"a damaged database ({shown(state)})", "a whole .dna file")


def _rows(base: sqlite3.Connection, table: str, intake: Intake) -> list[Row]:
    """Rows of one table.

    Raises
    ------
    ForeignFileError
        If the table or a column is missing, or the rows are too many.
    OperationalError
        If the database is damaged.
    """
    columns = READ[table].split()
    try:
        found = base.execute(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608
        rows = found.fetchmany(MOST_ROWS + 1)
    except sqlite3.OperationalError as error:
        if "no such" not in str(error):
            raise
        intake.refuse(f"a database with {shown(error)}", "the tables of DNA 3")
    if len(rows) > MOST_ROWS:
        intake.refuse(f"more than {MOST_ROWS} rows in {table}", "fewer")
    return [dict(zip(columns, row, strict=True)) for row in rows]
