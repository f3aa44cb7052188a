"""An import that is killed at any moment leaves all of the file or none of it."""

import os
import random
import signal
import time
from pathlib import Path

import pytest

from cuibono.events.store.adding import add_files
from cuibono.events.store.reading import open_store
from tests.events.rows import count_of, icews_row, icews_text, imported

needs_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="processes are not forked on this system"
)


def started(file: Path, store: Path) -> int:
    """Process that imports a file, forked so that nothing has to be loaded anew."""
    child = os.fork()
    if child:
        return child
    try:
        imported(file, store)
    finally:
        os._exit(0)


def killed(child: int, after: float) -> None:
    """Kill a process after some seconds."""
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def trial(file: Path, store: Path, rng: random.Random, length: float) -> int:
    """Rows in the store after an import was killed and, then, done again."""
    before = len(open_store(store).imports) if store.exists() else 0
    killed(started(file, store), rng.uniform(0, 1.3 * length))
    found = open_store(store) if store.exists() else None
    imports = len(found.imports) if found else 0
    assert imports in {before, before + 1}
    if found is not None:
        assert count_of(store) == sum(item.events for item in found.imports)
    imported(file, store)
    done = open_store(store)
    assert len(done.imports) == before + 1
    assert not (store / ".incoming").exists()
    return count_of(store)


def rows_file(path: Path, first: int, count: int = 3000) -> Path:
    """File of ICEWS over some years."""
    rows = [
        icews_row(first + at, event_date=f"{2010 + at % 4}-03-0{1 + at % 9}")
        for at in range(count)
    ]
    path.write_text(icews_text(rows))
    return path


def times(folder: Path, trials: int, seed: int) -> None:
    """Kill imports into new stores and into one that grows, at random moments."""
    rng = random.Random(seed)
    file = rows_file(folder / "0.tab", 0)
    imported(file, folder / "warm")
    begun = time.monotonic()
    imported(file, folder / "measured")
    length = time.monotonic() - begun
    grown = folder / "grown"
    for number in range(trials):
        if number % 2:
            assert trial(file, folder / f"new-{number}", rng, length) == 3000
        else:
            more = rows_file(folder / f"{number + 1}.tab", 10_000 * (number + 1))
            assert trial(more, grown, rng, length) == 3000 * (number // 2 + 1)
    assert [
        part
        for part in grown.rglob("*.parquet")
        if part not in open_store(grown).files()
    ] == []


@needs_fork
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_hundred_killed_imports_leave_all_or_nothing(tmp_path: Path) -> None:
    """At a hundred random moments."""
    times(tmp_path, 100, seed=2015)


def test_the_store_can_be_read_while_an_import_runs(tmp_path: Path) -> None:
    """Until the manifest is replaced there is nothing new to see."""
    store = tmp_path / "store"
    imported(rows_file(tmp_path / "a.tab", 0, 30), store)
    seen: list[int] = []

    def look(*_: object) -> None:
        seen.append(len(open_store(store).imports))

    add_files([rows_file(tmp_path / "b.tab", 100, 40)], store, progress=look)
    assert set(seen) == {1}
    assert len(open_store(store).imports) == 2
