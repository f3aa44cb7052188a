"""Models and reference tables: small ones of the project, all of the data folder."""

import csv
import os
from functools import cache
from pathlib import Path

import pytest

from cuibono.model.digraph import SignedDigraph, digraph

_ROOT = Path(__file__).resolve().parents[2]
_SMALL = _ROOT / "tests" / "data" / "response"

Row = dict[str, str]


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _model(rows: list[Row], *, limit: bool) -> SignedDigraph:
    return digraph(
        [(row["from"], row["to"], int(row["sign"])) for row in rows],
        group=[int(row["group"]) for row in rows],
        pair=[int(row["pair"]) for row in rows],
        self_limitation=limit,
    )


@cache
def small_table(name: str) -> dict[str, list[Row]]:
    """Rows of a table of tests/data/response, by model."""
    found: dict[str, list[Row]] = {}
    for row in _rows(_SMALL / name):
        found.setdefault(row["model"], []).append(row)
    return found


@cache
def small_model(name: str) -> SignedDigraph:
    """Model of tests/data/response."""
    rows = small_table("models.csv")[name]
    return _model(rows, limit=rows[0]["limit"] == "1")


def folder() -> Path:
    """Reference data on responses; skips the test where it is not there."""
    root = os.environ.get("CUIBONO_REFERENCE") or _ROOT.parent / "shared" / "data"
    path = Path(root) / "response"
    if not path.is_dir():
        pytest.skip("reference data not there: response in $CUIBONO_REFERENCE")
    return path


# Models of the folder that are drawn "as given"; all others limit every node.
_AS_GIVEN = ("lake", "loopanalyst", "snowshoe")


def model(name: str) -> SignedDigraph:
    """Model of the reference folder."""
    rows = _rows(folder() / "models" / f"{name}.csv")
    return _model(rows, limit=not name.startswith(_AS_GIVEN))


def table(kind: str, name: str) -> list[Row]:
    """Reference table of a model: kind is `qpress` or `adjoint`."""
    suffix = "_qpress.csv" if kind == "qpress" else ".csv"
    return _rows(folder() / "reference" / kind / f"{name}{suffix}")
