"""Draws kept on disk as they are made, so that a stopped run goes on where it was."""

import hashlib
import io
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from cuibono.errors import UsageError
from cuibono.files.atomic import write_bytes
from cuibono.record.events import Floats, SignedEvents

SAVE_SECONDS = 5.0
Watcher = Callable[[str, int, int], None]


def run_key(events: SignedEvents, *settings: object) -> str:
    """Digest of a record and of everything that decides what is drawn from it."""
    digest = hashlib.sha256()
    for array in (
        events.time,
        events.source,
        events.target,
        events.sign,
        events.weight,
    ):
        digest.update(np.ascontiguousarray(array).tobytes())
    digest.update("\n".join(events.actors).encode())
    digest.update(repr(settings).encode())
    return digest.hexdigest()


class Kept:
    """Tables of draws by name, complete up to a row, saved now and then."""

    def __init__(self, path: Path | None, key: str) -> None:
        """Take up what is on disk.

        Parameters
        ----------
        path : Path or None
            Where the draws are kept; None keeps them in memory alone.
        key : str
            Of `run_key`.

        Raises
        ------
        UsageError
            If the file is not of this run.
        """
        self.path, self.key = path, key
        self.tables: dict[str, list[Floats]] = {}
        self._saved = time.monotonic()
        if path is not None and path.exists():
            for name, table in _read(path, key).items():
                self.tables[name] = list(table)

    def table(
        self,
        name: str,
        rows: int,
        row: Callable[[int], Floats],
        watch: Callable[[int], None] | None = None,
    ) -> Floats:
        """Table of so many rows; those not at hand are made one by one.

        An interruption saves what there is before it goes on.
        """
        made = self.tables.setdefault(name, [])
        try:
            while len(made) < rows:
                if watch is not None:
                    watch(len(made))
                made.append(row(len(made)))
                if time.monotonic() - self._saved > SAVE_SECONDS:
                    self.save()
        except BaseException:
            self.save()
            raise
        return np.array(made[:rows])

    def save(self) -> None:
        """Write all tables, in one step."""
        self._saved = time.monotonic()
        if self.path is None:
            return
        buffer = io.BytesIO()
        arrays: Mapping[str, Floats] = {
            name: np.array(rows) for name, rows in self.tables.items() if rows
        }
        np.savez(buffer, allow_pickle=False, key=np.array(self.key), **arrays)
        write_bytes(self.path, buffer.getvalue())

    def discard(self) -> None:
        """Remove the file of a run that is complete."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def _read(path: Path, key: str) -> dict[str, Floats]:
    """Tables of a file, checked to be of this run.

    Raises
    ------
    UsageError
        If it is another run's, or no file of draws.
    """
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as stored:
            tables = {name: np.asarray(stored[name]) for name in stored.files}
    except (ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise UsageError(f"{path} holds no draws; name another file") from error
    if str(tables.pop("key", "")) != key:
        raise UsageError(
            f"{path} holds draws of another record, seed or settings; "
            "name another file, or remove it"
        )
    return tables
