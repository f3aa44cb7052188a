"""Nodes, sources and predicates of a case as rows, for files that can carry JSON."""

from typing import Any

from cuibono.claims.records import Case
from cuibono.errors import Problems
from cuibono.formats.exchange.intake import Intake
from cuibono.formats.tables import NODE_COLUMNS, node_cells, nodes_from_rows
from cuibono.formats.xlsx import (
    PREDICATE_COLUMNS,
    SOURCE_COLUMNS,
    predicate_cells,
    predicates_from_rows,
    source_cells,
    sources_from_rows,
)


def case_tables(case: Case) -> dict[str, Any]:
    """Rows by table; empty cells are left out."""

    def row(columns: tuple[str, ...], cells: list[str]) -> dict[str, str]:
        return {name: cell for name, cell in zip(columns, cells, strict=True) if cell}

    return {
        "nodes": [row(NODE_COLUMNS, node_cells(node)) for node in case.nodes],
        "sources": [row(SOURCE_COLUMNS, source_cells(item)) for item in case.sources],
        "predicates": [
            row(PREDICATE_COLUMNS, predicate_cells(word))
            for word in case.codebook.predicates
        ],
    }


def take_tables(tables: Any, intake: Intake) -> None:
    """Take in nodes, sources and predicates.

    Raises
    ------
    ForeignFileError
        If they are not lists of rows of text.
    CaseFileError
        If a row has a fault.
    """
    problems = Problems()

    def rows(name: str) -> list[tuple[int, dict[str, str]]]:
        found = tables.get(name, []) if isinstance(tables, dict) else None
        if not isinstance(found, list) or not all(
            isinstance(row, dict) and all(isinstance(x, str) for x in row.values())
            for row in found
        ):
            intake.refuse(f'"{name}" that is no list of rows', "rows of text")
        return list(enumerate(found, start=1))

    full = [(n, dict.fromkeys(NODE_COLUMNS, "") | row) for n, row in rows("nodes")]
    for node in nodes_from_rows(full, intake.name, problems):
        intake.whole_node(node)
    for source in sources_from_rows(rows("sources"), intake.name, problems):
        intake.sources[source.id] = source
    found = predicates_from_rows(rows("predicates"), intake.name, problems)
    intake.predicates = tuple(found)
    problems.raise_if_any()
