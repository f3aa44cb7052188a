"""What a case can be written as, in one list: add a format here and nowhere else."""

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from cuibono.claims.records import SCHEMA, Case, Claim
from cuibono.formats.graphml import graphml_text
from cuibono.formats.jsonl import claim_lines, claim_record
from cuibono.formats.tables import CLAIM_COLUMNS, claim_cells, table_text
from cuibono.formats.xlsx import workbook_bytes
from cuibono.model.build import build_model

NOT_IN_A_CLAIM = {"file", "row"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A form in which a case leaves: `write(case, reading id)` gives the bytes.

    `leaves_out` says what the form cannot hold.
    """

    name: str
    suffix: str
    says: str
    write: Callable[[Case, str], bytes]
    leaves_out: str = ""


def _csv(case: Case, reading: str) -> bytes:
    """Claims in force as a table."""
    del reading
    rows = (claim_cells(claim) for claim in case.claims)
    return table_text(CLAIM_COLUMNS, rows).encode()


def _jsonl(case: Case, reading: str) -> bytes:
    """Claims in force as JSON lines."""
    del reading
    return claim_lines(case.claims).encode()


def _xlsx(case: Case, reading: str) -> bytes:
    """The four tables as a workbook."""
    del reading
    return workbook_bytes(case)


def _graphml(case: Case, reading: str) -> bytes:
    """Signed digraph of a reading."""
    chosen = next(item for item in case.readings if item.id == reading)
    return graphml_text(case, build_model(case, chosen)).encode()


def _json(case: Case, reading: str) -> bytes:
    """The whole case as one document."""
    del reading
    record = plain(case)
    record["claims"] = [claim_record(claim) for claim in case.claims]
    record["coded"] = [claim_record(claim) for claim in case.coded]
    document = {"schema": f"cuibono/case/{SCHEMA}", "case": record}
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=False)
    return (text + "\n").encode()


def plain(value: object) -> Any:
    """Records as plain JSON values; enums as their words.

    Examples
    --------
    >>> plain((1, None))
    [1, None]
    """
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            part.name: plain(getattr(value, part.name))
            for part in dataclasses.fields(value)
            if not (isinstance(value, Claim) and part.name in NOT_IN_A_CLAIM)
        }
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return value


FORMATS: tuple[Format, ...] = (
    Format(
        name="csv",
        suffix=".csv",
        says="claims as a table, one row each",
        write=_csv,
        leaves_out="nodes, sources, codebook, readings and conclusions",
    ),
    Format(
        name="xlsx",
        suffix=".xlsx",
        says="claims, nodes, sources and predicates as one workbook",
        write=_xlsx,
        leaves_out="readings, conclusions and the codebook's rules",
    ),
    Format(
        name="jsonl",
        suffix=".jsonl",
        says="claims as JSON lines, without loss",
        write=_jsonl,
        leaves_out="nodes, sources, codebook, readings and conclusions",
    ),
    Format(
        name="graphml",
        suffix=".graphml",
        says="the signed digraph of a reading, claims named on each edge",
        write=_graphml,
        leaves_out="denials, quotes, times, and claims that are no edge",
    ),
    Format(
        name="json",
        suffix=".json",
        says="the whole case as one document",
        write=_json,
    ),
)
