"""Cases from single files: tables, JSON lines, workbooks, GraphML."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from cuibono.claims.check import check_case
from cuibono.claims.records import Case, Claim, Node, Source
from cuibono.errors import Problems
from cuibono.formats.case import case_of_claims
from cuibono.formats.codebook_toml import PLAIN_CODEBOOK
from cuibono.formats.graphml import read_graphml
from cuibono.formats.jsonl import read_claim_lines
from cuibono.formats.limits import CaseFolder
from cuibono.formats.tables import read_claim_table
from cuibono.formats.xlsx import read_workbook

IMPORTS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".xlsx": "xlsx",
    ".graphml": "graphml",
}
"""Format by file ending."""

Reader = Callable[[Path, Problems, list[str]], list[Claim]]


def case_from_file(path: Path, name: str, problems: Problems, notes: list[str]) -> Case:
    """Case of one file in the named format; every fault goes to `problems`."""
    if not path.is_file():
        problems.add(
            str(path), found="no such file", expected="a file", mend="check the path"
        )
        return Case(id=path.stem)
    if name == "xlsx":
        case = _from_workbook(path, problems, notes)
    else:
        readers: dict[str, Reader] = {
            "csv": _csv,
            "jsonl": _jsonl,
            "graphml": read_graphml,
        }
        case = case_of_claims(path.stem, readers[name](path, problems, notes), notes)
    problems.extend(check_case(case))
    return case


def _csv(path: Path, problems: Problems, notes: list[str]) -> list[Claim]:
    """Claims of a table."""
    text = CaseFolder(path.parent, problems).text(path.name)
    return [] if text is None else read_claim_table(text, path.name, problems, notes)


def _jsonl(path: Path, problems: Problems, notes: list[str]) -> list[Claim]:
    """Claims of JSON lines."""
    del notes
    text = CaseFolder(path.parent, problems).text(path.name)
    return [] if text is None else read_claim_lines(text, path.name, problems)


def _from_workbook(path: Path, problems: Problems, notes: list[str]) -> Case:
    """Case of a workbook: its own nodes, sources and predicates where it has them."""
    tables = read_workbook(path, problems, notes)
    case = case_of_claims(path.stem, list(tables.claims), notes, tables.nodes)
    sources: tuple[Source, ...] = tables.sources or case.sources
    nodes: tuple[Node, ...] = tables.nodes or case.nodes
    codebook = PLAIN_CODEBOOK
    if tables.predicates:
        codebook = replace(PLAIN_CODEBOOK, predicates=tables.predicates, version="")
    return replace(case, sources=sources, nodes=nodes, codebook=codebook)
