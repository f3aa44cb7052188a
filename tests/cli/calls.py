"""Calling the command line in this process, and what it gave back."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cuibono.cli.main import exit_status

ROOT = Path(__file__).parents[2]
LEVEE = ROOT / "cases/levee-effect"
HARBOUR = ROOT / "cases/harbour/claims.csv"
DRAWS = ("--draws", "40")


@dataclass(frozen=True, slots=True)
class Called:
    """Exit status, what went to stdout, what went to stderr."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """JSON document on stdout."""
        return json.loads(self.out)


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> Called:
    """Call the command line with arguments of any kind."""
    capsys.readouterr()
    status = exit_status([str(item) for item in arguments])
    captured = capsys.readouterr()
    return Called(status, captured.out, captured.err)


def done(capsys: pytest.CaptureFixture[str], *arguments: object) -> Called:
    """Call that must succeed."""
    called = call(capsys, *arguments)
    assert called.status == 0, called.err
    return called


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """Message of a call that must fail as misuse: one, clear, and without a traceback."""
    called = call(capsys, *arguments)
    assert called.status == 2, called
    assert "Traceback" not in called.err
    assert called.err.strip()
    assert called.out == ""
    return called.err


def tree(folder: Path) -> dict[str, bytes]:
    """Files of a folder by name, with their bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
