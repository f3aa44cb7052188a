"""Earlier layouts of a case folder, and the step that leads from each to the next."""

import re
from collections.abc import Callable
from pathlib import Path

from cuibono.claims.records import SCHEMA
from cuibono.errors import Problems
from cuibono.files.atomic import write_text
from cuibono.formats.limits import CaseFolder
from cuibono.formats.write import head_text

Step = Callable[[dict[str, str]], list[str]]

_SCHEMA_LINE = re.compile(r"^schema\s*=\s*(\d+)\s*$", re.MULTILINE)


def _from_draft(files: dict[str, str]) -> list[str]:
    """Layout 0 (drafts): claims tables named the ends `from` and `to`."""
    changes = []
    table = files.get("claims.csv")
    if table is not None:
        head, mark, rest = table.partition("\n")
        cells = [cell.strip() for cell in head.split(",")]
        renamed = [{"from": "subject", "to": "object"}.get(c, c) for c in cells]
        if renamed != cells:
            files["claims.csv"] = ",".join(renamed) + mark + rest
            changes.append("claims.csv: columns from, to are now subject, object")
    head = files["case.toml"]
    if _SCHEMA_LINE.search(head):
        files["case.toml"] = _SCHEMA_LINE.sub("schema = 1", head, count=1)
    else:
        files["case.toml"] = "schema = 1\n" + head
    changes.append("case.toml: schema = 1")
    return changes


STEPS: dict[int, Step] = {0: _from_draft}
"""What leads from each layout to the next."""


def upgrade_case(root: Path, *, write: bool) -> list[str]:
    """What was changed, or would be, to bring a case folder to the present layout.

    Parameters
    ----------
    root : Path
        The case folder.
    write : bool
        Change the files; each is replaced whole.

    Raises
    ------
    CaseFileError
        If a file cannot be read.
    """
    problems = Problems()
    folder = CaseFolder(root, problems)
    if not root.is_dir():
        problems.add(
            str(root), found="no such folder", expected="a case folder", mend=""
        )
    problems.raise_if_any()
    files: dict[str, str] = {}
    for name in ("case.toml", "claims.csv"):
        if folder.exists(name):
            files[name] = folder.text(name) or ""
    problems.raise_if_any()
    files.setdefault("case.toml", head_text(root.resolve().name, ""))
    before = dict(files)
    at = _layout(files["case.toml"])
    changes: list[str] = []
    while at < SCHEMA:
        changes += STEPS[at](files)
        at += 1
    if write:
        for name, text in files.items():
            if text != before.get(name) or not folder.exists(name):
                write_text(root / name, text)
    return changes


def _layout(head: str) -> int:
    """Layout that a case.toml states; drafts stated none."""
    found = _SCHEMA_LINE.search(head)
    return int(found[1]) if found else 0
