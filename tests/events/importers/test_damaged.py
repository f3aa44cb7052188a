"""Damaged and hostile files: one clear error or a count, and the store as it was."""

import csv
import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cuibono.errors import UsageError
from cuibono.events.importers.intake.opening import MOST_RATIO
from tests.cli.calls import call, tree
from tests.events.importers.damage import HEAVY, REFUSED, REJECTED
from tests.events.rows import icews_file, imported
from tests.reference import ROOT

Capsys = pytest.CaptureFixture[str]

SLOW = {"zip bomb", "gzip bomb", "quote over everything"}

MEASURE = """
import re, sys
from cuibono.cli.main import exit_status
status = exit_status(["events", "import", sys.argv[1], "--to", sys.argv[2]])
# Not getrusage: a new process takes over the peak of the one that started it.
with open("/proc/self/status") as file:
    print(status, re.search(r"VmHWM:\\s+(\\d+)", file.read())[1])
"""


def test_there_are_sixty_kinds_of_damage() -> None:
    """At least."""
    assert len(REFUSED) + len(REJECTED) >= 60


@pytest.mark.parametrize("what", [name for name in REFUSED if name not in SLOW])
def test_a_damaged_file_gives_one_clear_error(
    tmp_path: Path, capsys: Capsys, what: str
) -> None:
    """No traceback; the store is byte for byte what it was."""
    folder, store = tmp_path / "in", tmp_path / "store"
    folder.mkdir()
    imported(icews_file(tmp_path / "good.tab"), store)
    before = tree(store)
    write, said = REFUSED[what]
    called = call(capsys, "events", "import", write(folder), "--to", store, "--join")
    assert called.status == 2, called
    assert "Traceback" not in called.err and called.out == ""
    error = [line for line in called.err.splitlines() if "(recognised)" not in line]
    assert len(error) == 1, error
    assert re.search(said, error[0]), error[0]
    assert tree(store) == before


@pytest.mark.parametrize("what", REFUSED)
def test_a_refused_file_makes_no_store(tmp_path: Path, what: str) -> None:
    """Where there was none."""
    folder = tmp_path / "in"
    folder.mkdir()
    write, said = REFUSED[what]
    with pytest.raises(UsageError, match=said):
        imported(write(folder), tmp_path / "store")
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("what", REJECTED)
def test_bad_rows_are_counted_and_kept_apart(tmp_path: Path, what: str) -> None:
    """Every row of the file is kept or in the file of rejected rows."""
    folder = tmp_path / "in"
    folder.mkdir()
    write, kept, rejected = REJECTED[what]
    told = imported(write(folder), tmp_path / "store").told
    assert (told.kept, told.rejected) == (kept, rejected)
    assert told.read == kept + rejected == told.kept + sum(told.reasons.values())
    if rejected:
        with (tmp_path / "store" / told.rejects).open(newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert len(rows) == rejected
        assert all(int(row["row"]) > 1 and row["reason"] for row in rows)
    else:
        assert told.rejects == ""


@pytest.mark.skipif(
    sys.platform != "linux", reason="memory is counted in kilobytes here"
)
@pytest.mark.parametrize("what", HEAVY)
def test_no_file_takes_more_than_a_gigabyte(tmp_path: Path, what: str) -> None:
    """Bombs are refused, what is merely large is read in blocks."""
    folder = tmp_path / "in"
    folder.mkdir()
    path = HEAVY[what](folder)
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path), str(tmp_path / "store")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert "Traceback" not in run.stderr
    status, kilobytes = map(int, run.stdout.splitlines()[-1].split())
    assert status in {0, 2}, run.stderr
    assert kilobytes < 1_000_000, run.stderr


def test_an_honest_archive_is_far_from_the_limit(tmp_path: Path) -> None:
    """Event tables pack to a third or, at most, a thirtieth."""
    file = icews_file(tmp_path / "a.tab", 5000)
    data = file.read_bytes()
    assert len(data) / len(gzip.compress(data)) < MOST_RATIO / 2
