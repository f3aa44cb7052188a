"""Suggestions of a case, for tools that show them as predictions."""

from glob import escape
from pathlib import Path
from typing import Any

from cuibono.claims.records import Case
from cuibono.errors import Problems
from cuibono.formats.exchange.intake import Intake
from cuibono.formats.exchange.safe import json_value
from cuibono.formats.limits import CaseFolder


def read_suggestions(root: Path, case: Case) -> list[dict[str, Any]]:
    """Records of `suggestions/<source>.<method>.jsonl`, in the order of the files.

    Raises
    ------
    CaseFileError
        If a file cannot be read.
    ForeignFileError
        If a line is no JSON object.
    """
    if not root.is_dir():
        return []
    problems = Problems()
    folder = CaseFolder(root, problems)
    found = []
    for source in case.sources:
        for name in folder.names("suggestions", f"{escape(source.id)}.*.jsonl"):
            intake = Intake(name=name, tool="suggestions")
            for line in (folder.text(name) or "").split("\n"):
                record = json_value(line, intake) if line.strip() else {}
                if not isinstance(record, dict):
                    intake.refuse("a line that is no object", "a suggestion")
                if record:
                    found.append({"source": source.id} | record)
    problems.raise_if_any()
    return found
