"""Which codes of another tool are nodes: a table that the user writes."""

from pathlib import Path

from cuibono.claims.names import nearest
from cuibono.claims.words import NodeKind
from cuibono.errors import Problems
from cuibono.formats.limits import CaseFolder
from cuibono.formats.tables import read_rows

COLUMNS = ("code", "label", "kind")


def read_code_map(path: Path) -> dict[str, tuple[str, NodeKind]]:
    """Label and kind of node by code, from a CSV with the columns code, label, kind.

    Raises
    ------
    CaseFileError
        With every problem of the table.
    """
    problems = Problems()
    text = CaseFolder(path.parent, problems).text(path.name)
    problems.raise_if_any()
    rows = read_rows(
        text or "", path.name, problems, known=COLUMNS, required=COLUMNS, notes=[]
    )
    found = {}
    kinds = [kind.value for kind in NodeKind]
    for number, row in rows:
        kind = row["kind"].strip().lower()
        if kind in kinds and row["code"].strip() and row["label"].strip():
            found[row["code"].strip()] = (row["label"].strip(), NodeKind(kind))
            continue
        problems.add(
            path.name,
            row=number,
            found=f'kind "{kind}"' if kind not in kinds else "an empty cell",
            expected="code, label and a kind: " + " or ".join(kinds),
            mend=nearest(kind, kinds),
        )
    problems.raise_if_any()
    return found
