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

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from cuibono.errors import UsageError
from cuibono.events.columns import COLUMNS
from cuibono.events.importers.records import Draft
from cuibono.events.store.reading import MANIFEST, Import, Store, open_store
from cuibono.events.store.tables import PLAIN, SCHEMA, Waiting
from cuibono.files.atomic import write_bytes

INCOMING: Final = ".incoming"
LOCK: Final = ".lock"
WAITING_ROWS: Final = 300_000
"""Events kept in memory before some are written."""

ROWS: Final = 250_000
"""Most rows of a row group."""

LISTED: Final = [
    name
    for name, kind in COLUMNS
    if (kind == "string" and name != PLAIN) or name in {"date", "intensity"}
]
"""Columns kept as a list of what occurs and the place of each in it."""

COMPRESSION: Final = {
    name: "none"
    if name == "row" or (name in LISTED and name not in {"place", "story", "publisher"})
    else "zstd"
    for name, _ in COLUMNS
}
"""How each column is packed: places in a list, and rows counted up, hardly get smaller,
but lists of long texts do."""


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
        self.waiting = Waiting()
        self.writers: dict[int, pq.ParquetWriter] = {}
        self.token = f"add-{secrets.token_hex(6)}"

    def add(
        self,
        draft: Draft,
        kept: NDArray[np.intp],
        rows: NDArray[np.int64],
        **fixed: str,
    ) -> None:
        """Take in some events; they are written when enough have come."""
        self.waiting.add(draft, kept, rows, **fixed)
        while self.waiting.count > WAITING_ROWS:
            self._write(self.waiting.largest())
        if self.waiting.crowded():
            self._write_all()
            self.waiting.forget()

    def _write_all(self) -> None:
        """Write what waits for any year."""
        for year in sorted(self.waiting.years):
            self._write(year)

    def _write(self, year: int) -> None:
        """Write what waits for a year."""
        if year not in self.writers:
            self.writers[year] = self._writer(year)
        self.writers[year].write_table(self.waiting.table(year), row_group_size=ROWS)

    def _writer(self, year: int) -> pq.ParquetWriter:
        """File of a year."""
        path = self.folder / self._part(year)
        path.parent.mkdir(parents=True, exist_ok=True)
        return pq.ParquetWriter(
            path,
            SCHEMA,
            compression=COMPRESSION,
            compression_level={
                name: 1 for name, kind in COMPRESSION.items() if kind == "zstd"
            },
            store_schema=False,
            use_dictionary=LISTED,
            column_encoding={"row": "DELTA_BINARY_PACKED"},
            write_statistics=["date"],
        )

    def _part(self, year: int) -> str:
        """Name of the file of a year."""
        return f"events/year={year}/{self.token}.parquet"

    def close(self) -> None:
        """Close the files."""
        for writer in self.writers.values():
            writer.close()

    def commit(self, imports: Sequence[Import]) -> Store:
        """Store with the addition; until the manifest is replaced, it has none of it."""
        self._write_all()
        self.close()
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


def _moved(source: Path, target: Path) -> None:
    """Move a file to where it stays, its content safe on disk first."""
    with source.open("rb") as file:
        os.fsync(file.fileno())
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)


def rejects_name(import_id: str) -> str:
    """File of the rejected rows of an import, relative to the store."""
    return f"rejects/{import_id}.csv"
