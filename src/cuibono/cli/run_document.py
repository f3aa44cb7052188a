"""What `cuibono run` does with a bare text: proposals, and a report that says so."""

import re
from pathlib import Path
from typing import Final

import click

from cuibono.claims.quotes import text_sha256
from cuibono.claims.records import Case, Source
from cuibono.coding.documents.reading import form_of, read_document
from cuibono.coding.documents.records import MOST_BYTES
from cuibono.coding.parties import named_parties
from cuibono.coding.provisional import PROPOSED, provisional_case
from cuibono.coding.suggest.files import write_suggestions
from cuibono.coding.suggest.suggester import suggest
from cuibono.errors import UsageError
from cuibono.files.atomic import write_folder
from cuibono.formats.codebook_toml import PLAIN_CODEBOOK
from cuibono.formats.tables import NODE_COLUMNS, node_cells, table_text
from cuibono.formats.write import head_text, source_text

TABLES: Final = frozenset({".csv", ".tsv"})
_HEADER: Final = re.compile(rb"^[^\n]*\bsubject\b[^\n]*\bobject\b", re.IGNORECASE)


def is_document(path: Path) -> bool:
    """Whether a path is a bare text, not a case and not a table of claims."""
    if not path.is_file() or path.suffix.lower() in TABLES:
        return False
    with path.open("rb") as file:
        start = file.read(4096)
    return not _HEADER.search(start)


def started_case(path: Path, folder: Path) -> Case:
    """Case of proposals for a document, with the folder in which coding can begin.

    The folder gets the text, a list of the names in it, and the proposals, apart from
    claims, of which there are none yet. What stands there already stays.

    Raises
    ------
    UsageError
        If the document cannot be read, or the folder holds another text.
    """
    if path.stat().st_size > MOST_BYTES:
        raise UsageError(f"{path} has more than {MOST_BYTES / 1e6:.0f} MB")
    data = path.read_bytes()
    form_of(data, path.name)
    document = read_document(data, path.name)
    name = re.sub(r"\W+", "-", path.stem.lower()).strip("-_")[:60] or "text"
    text = document.text
    source = Source(
        id=name,
        title=document.title or path.stem,
        author=document.author,
        date=document.date,
        language=document.language,
        text_file=f"{name}.txt",
        sha256=text_sha256(text.encode()),
        note=document.note,
    )
    nodes = named_parties(text, document.language or "en")
    found = suggest(text, nodes, name, document.language or "en")
    if not (folder / "case.toml").exists():
        write_folder(
            folder,
            {
                "case.toml": head_text(source.title, ""),
                "nodes.csv": table_text(NODE_COLUMNS, map(node_cells, nodes)),
                f"sources/{name}/meta.toml": source_text(source),
                f"sources/{name}/text.txt": text,
            },
        )
        write_suggestions(folder, {name: found})
    elif source.sha256 not in _meta(folder, name):
        raise UsageError(f"{folder} holds another case; name another folder with -o")
    return provisional_case(source, text, nodes, PLAIN_CODEBOOK, found)


def _meta(folder: Path, name: str) -> str:
    """What a case says of a source, empty if it has none of that name."""
    path = folder / "sources" / name / "meta.toml"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def tell(case: Case, folder: Path) -> None:
    """Say on stderr what the report is made of, and what comes next."""
    number = len(case.claims)
    claims = "1 claim" if number == 1 else f"{number} claims"
    parties = ", ".join(node.label for node in case.nodes[:8]) or "none"
    click.echo(
        f"{claims} {PROPOSED} by rule and accepted by nobody; parties taken from "
        f"names in the text: {parties}",
        err=True,
    )
    click.echo(
        f"Next: correct {folder / 'nodes.csv'}, then\n"
        f"  cuibono suggest rules {folder}\n"
        f"  cuibono review {folder} --coder YOUR-NAME",
        err=True,
    )
