"""A case as the files of its folder."""

import json
from collections.abc import Iterable

from cuibono.claims.records import SCHEMA, Case, Claim, Predicate, Source
from cuibono.errors import UsageError
from cuibono.formats.codebook_toml import PLAIN_CODEBOOK, SOURCE_KEYS
from cuibono.formats.jsonl import claim_lines
from cuibono.formats.tables import (
    CLAIM_COLUMNS,
    NODE_COLUMNS,
    claim_cells,
    node_cells,
    table_text,
)

LONGEST_NAME = 200
"""Bytes of a name that becomes a folder or a file; file systems stop at 255."""


def toml_text(value: str) -> str:
    r"""Text as a TOML string.

    Examples
    --------
    >>> toml_text('a "b"')
    '"a \\"b\\""'
    """
    # JSON's escapes are a subset of TOML's, DEL apart.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def toml_texts(values: Iterable[str]) -> str:
    """Texts as a TOML list."""
    return f"[{', '.join(map(toml_text, values))}]"


def case_files(case: Case, *, simple: bool) -> dict[str, str]:
    """Files of a case by path: tables and head, without its texts.

    With `simple` claims are one `claims.csv`, else JSON lines by source and coder.
    Readings, conclusions and questions stay in the case.toml they were written in.

    Raises
    ------
    UsageError
        If a source or a coder has a name that no folder or file can bear.
    """
    files = {"case.toml": head_text(case.title, case.summary)}
    if case.nodes:
        rows = (node_cells(node) for node in case.nodes)
        files["nodes.csv"] = table_text(NODE_COLUMNS, rows)
    for source in case.sources:
        files[f"sources/{_bearable(source.id)}/meta.toml"] = source_text(source)
    if case.codebook.predicates and case.codebook != PLAIN_CODEBOOK:
        files["codebook.toml"] = codebook_text(case.codebook.predicates)
    files |= claim_files(case.claims, simple=simple)
    return files


def claim_files(claims: Iterable[Claim], *, simple: bool) -> dict[str, str]:
    """Files that hold claims, by path.

    Raises
    ------
    UsageError
        If a source or a coder has a name that no folder or file can bear.
    """
    kept = list(claims)
    if simple:
        rows = (claim_cells(claim) for claim in kept)
        return {"claims.csv": table_text(CLAIM_COLUMNS, rows)}
    files: dict[str, list[Claim]] = {}
    for claim in kept:
        folder = f"claims/{_bearable(claim.source)}"
        name = f"{folder}/{_bearable(claim.coder or '_final')}.jsonl"
        files.setdefault(name, []).append(claim)
    return {name: claim_lines(part) for name, part in sorted(files.items())}


def _bearable(name: str) -> str:
    """Name of a source or coder, if it can name a folder and leads nowhere else.

    Raises
    ------
    UsageError
        If it cannot.
    """
    whole = name.encode()
    if any(mark in name for mark in "/\\\0") or name[:1] in {"", "."}:
        raise UsageError(f'"{name}" cannot name a folder: leave out / and \\ and .')
    if len(whole) > LONGEST_NAME:
        raise UsageError(f'"{name[:40]}..." is too long to name a folder: shorten it')
    return name


def head_text(title: str, summary: str) -> str:
    """A case.toml with no readings of its own."""
    lines = [f"schema = {SCHEMA}", f"title = {toml_text(title)}"]
    if summary:
        lines.append(f"summary = {toml_text(summary)}")
    return "\n".join(lines) + "\n"


def source_text(source: Source) -> str:
    """A source's meta.toml; empty fields are left out."""
    pairs = ((key, getattr(source, key)) for key in SOURCE_KEYS)
    return "".join(f"{key} = {toml_text(value)}\n" for key, value in pairs if value)


def codebook_text(predicates: Iterable[Predicate]) -> str:
    """A codebook.toml of predicates."""
    parts = [f"schema = {SCHEMA}\n"]
    for word in predicates:
        cells = {
            "id": word.id,
            "sign": word.sign.value,
            "arrow": word.arrow.value,
            "layer": word.layer.value,
            "definition": word.definition,
            "example": word.example,
            "not": word.distinction,
        }
        lines = [f"{k} = {toml_text(v)}" for k, v in cells.items() if v]
        lines.append(f"tie = {'true' if word.tie else 'false'}")
        parts.append("\n[[predicate]]\n" + "\n".join(lines) + "\n")
    return "".join(parts)
