"""Writing a store: everything beside it first, then one file is replaced."""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cuibono.errors import UsageError
from cuibono.events.store.reading import MANIFEST, Import, Store, open_store
from cuibono.files.atomic import write_bytes

INCOMING: Final = ".incoming"
LOCK: Final = ".lock"
PENDING_BYTES: Final = 160_000_000
"""Events kept in memory before they are written."""

ROWS: Final = 250_000
"""Most rows of a row group."""


@contextmanager
def locked(path: Path) -> Iterator[Store]:
    """Store of a folder, made if it is not there, held against other imports.

    What an interrupted import left behind is removed; if nothing is added to a new
    store, the folder goes again.

    Raises
    ------
    UsageError
        If the folder holds something else, or another import is writing to it.
    """
    new = not path.exists()
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path}: found a file, expected a folder for the store")
    if path.is_dir():
        open_store(path)
    path.mkdir(parents=True, exist_ok=True)
    bare = not any(entry.name != LOCK for entry in path.iterdir())
    with (path / LOCK).open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(
                f"{path}: another import is writing to this store"
            ) from error
        store = open_store(path)
        _clean(store)
        try:
            yield store
        finally:
            shutil.rmtree(path / INCOMING, ignore_errors=True)
            if not (path / MANIFEST).exists() and (new or bare):
                _forget(path, folder=new)


def _forget(path: Path, *, folder: bool) -> None:
    """Remove a store that never came to be."""
    for name in ("events", "rejects"):
        shutil.rmtree(path / name, ignore_errors=True)
    (path / LOCK).unlink(missing_ok=True)
    if folder and not any(path.iterdir()):
        path.rmdir()


def _clean(store: Store) -> None:
    """Remove what no manifest names."""
    shutil.rmtree(store.path / INCOMING, ignore_errors=True)
    known = {store.path / part for part in store.parts}
    known |= {store.path / item.rejects for item in store.imports if item.rejects}
    for folder in ("events", "rejects"):
        for file in (store.path / folder).rglob("*"):
            if file.is_file() and file not in known:
                file.unlink()


class Incoming:
    """Files of one addition, beside the store until they are committed."""

    def __init__(self, store: Store) -> None:
        """Start an empty addition."""
        self.store = store
        self.folder = store.path / INCOMING
        self.folder.mkdir()
        self.pending: dict[int, list[pa.Table]] = {}
        self.bytes = 0
        self.writers: dict[int, pq.ParquetWriter] = {}
        self.token = f"add-{secrets.token_hex(6)}"

    def add(self, table: pa.Table) -> None:
        """Take in some events; they are written when enough have come."""
        years = pc.year(table["date"])
        distinct = sorted(pc.unique(years).to_pylist())
        for year in distinct:
            rows = table if len(distinct) == 1 else table.filter(pc.equal(years, year))
            self.pending.setdefault(year, []).append(rows)
            self.bytes += _size(rows)
        while self.bytes > PENDING_BYTES:
            self._write(max(self.pending, key=self._weight))

    def _weight(self, year: int) -> int:
        """Size of what waits for a year."""
        return sum(map(_size, self.pending[year]))

    def _write(self, year: int) -> None:
        """Write what waits for a year."""
        tables = self.pending.pop(year)
        self.bytes -= sum(map(_size, tables))
        table = pa.concat_tables(tables).unify_dictionaries()
        if year not in self.writers:
            self.writers[year] = self._writer(year, table.schema)
        self.writers[year].write_table(table, row_group_size=ROWS)

    def _writer(self, year: int, schema: pa.Schema) -> pq.ParquetWriter:
        """File of a year."""
        path = self.folder / self._part(year)
        path.parent.mkdir(parents=True, exist_ok=True)
        return pq.ParquetWriter(
            path, schema, compression="zstd", compression_level=1, store_schema=False
        )

    def _part(self, year: int) -> str:
        """Name of the file of a year."""
        return f"events/year={year}/{self.token}.parquet"

    def commit(self, imports: Sequence[Import]) -> Store:
        """Store with the addition; until the manifest is replaced, it has none of it."""
        for year in sorted(self.pending):
            self._write(year)
        for writer in self.writers.values():
            writer.close()
        parts = tuple(self._part(year) for year in sorted(self.writers))
        rejects = tuple(item.rejects for item in imports if item.rejects)
        for name in (*parts, *rejects):
            _moved(self.folder / name, self.store.path / name)
        store = Store(
            self.store.path,
            (*self.store.imports, *imports),
            (*self.store.parts, *parts),
        )
        text = json.dumps(store.manifest, ensure_ascii=False, indent=1)
        write_bytes(self.store.path / MANIFEST, text.encode() + b"\n")
        return store


def _size(table: pa.Table) -> int:
    """Rough size of a table: its dictionaries are shared."""
    return int(table.num_rows) * 120


def _moved(source: Path, target: Path) -> None:
    """Move a file to where it stays, its content safe on disk first."""
    with source.open("rb") as file:
        os.fsync(file.fileno())
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)


def rejects_name(import_id: str) -> str:
    """File of the rejected rows of an import, relative to the store."""
    return f"rejects/{import_id}.csv"
