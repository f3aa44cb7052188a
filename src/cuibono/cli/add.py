"""cuibono add: a document into a case, as clean text with its hash."""

import re
import sys
from dataclasses import replace
from pathlib import Path

import click

from cuibono.claims.names import refused_characters
from cuibono.claims.quotes import text_sha256
from cuibono.claims.records import Source
from cuibono.cli.output import emit_json
from cuibono.coding.documents.reading import read_document
from cuibono.coding.documents.records import MOST_BYTES, Document
from cuibono.coding.sentences import sentences
from cuibono.errors import UsageError
from cuibono.files.atomic import write_bytes, write_folder, write_text
from cuibono.formats.write import head_text, source_text


@click.command(
    "add",
    epilog="""\b
Examples:
  cuibono add my-case op-ed.txt --author "Ana Brun" --date 2014-09-10
  cuibono add my-case page.html --url https://example.org/page
  cuibono add my-case report.pdf --not-kept --text-to ~/texts
  cuibono add my-case - --id speech < speech.txt""",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("file")
@click.option(
    "--id", "name", help="Id of the source; from the file's name if not given."
)
@click.option("--title")
@click.option("--author")
@click.option("--publisher")
@click.option("--date", help="EDTF, such as 2014-09-10 or 2014~.")
@click.option("--url")
@click.option("--language", help="Such as en or fa.")
@click.option("--licence")
@click.option("--not-kept", is_flag=True, help="Keep everything but the text.")
@click.option(
    "--text-to",
    type=click.Path(path_type=Path, file_okay=False),
    help="With --not-kept: folder outside the case for the clean text.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    case: Path,
    file: str,
    name: str | None,
    not_kept: bool,
    text_to: Path | None,
    as_json: bool,
    **stated: str | None,
) -> int:
    """Add a document: text, Markdown, HTML, PDF or DOCX.

    The case gets the clean text with its SHA-256, what the document says of itself, and
    a note of what conversion did. The case folder is made if it is not there.

    Raises
    ------
    UsageError
        If the document cannot be read, the source is there already, or the text of a
        source that is not kept would be nowhere.
    """
    data, file_name = _bytes(file)
    document = read_document(data, file_name)
    source_id = _source_id(name or Path(file_name).stem)
    folder = case / "sources" / source_id
    if folder.exists():
        raise UsageError(
            f"the case has a source {source_id} already; name another --id"
        )
    text = document.text.encode()
    text_name = f"{source_id}.txt"
    if not_kept and text_to is None:
        if text != data:
            raise UsageError(
                "the clean text differs from the file: name a folder for it with "
                "--text-to, or quotes could never be verified"
            )
        text_name = Path(file_name).name
    source = _source(source_id, document, text, text_name, stated)
    files = {"meta.toml": source_text(source)}
    if not not_kept:
        files["text.txt"] = document.text
    elif text_to is not None:
        write_bytes(text_to / text_name, text)
    if not (case / "case.toml").exists():
        write_text(case / "case.toml", head_text(case.name, ""))
    write_folder(folder, files)
    _tell(source, document, as_json)
    return 0


def _bytes(file: str) -> tuple[bytes, str]:
    """Content and name of the document; `-` is stdin.

    Raises
    ------
    UsageError
        If there is no such file.
    """
    if file == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1), "stdin"
    path = Path(file)
    if not path.is_file():
        raise UsageError(f"{file}: no such file")
    if path.stat().st_size > MOST_BYTES:
        raise UsageError(f"{file} has more than {MOST_BYTES / 1e6:.0f} MB")
    return path.read_bytes(), path.name


def _source_id(text: str) -> str:
    """Id of a source: small letters, digits and hyphens of any script.

    Raises
    ------
    UsageError
        If nothing is left.
    """
    made = re.sub(r"[^\w]+", "-", text.lower()).strip("-_")[:60]
    if not made or refused_characters(made):
        raise UsageError(f'"{text}" gives no id; name one with --id')
    return made


def _source(
    name: str,
    document: Document,
    text: bytes,
    text_name: str,
    stated: dict[str, str | None],
) -> Source:
    """Source with what was said on the line before what the document says itself."""
    of_itself = {
        key: getattr(document, key) for key in ("title", "author", "date", "language")
    }
    given = {key: value for key, value in stated.items() if value}
    base = Source(
        id=name, text_file=text_name, sha256=text_sha256(text), note=document.note
    )
    return replace(base, **{**of_itself, **given})


def _tell(source: Source, document: Document, as_json: bool) -> None:
    """Say what was added."""
    number = len(sentences(document.text, source.language or "en"))
    if as_json:
        emit_json(
            "add",
            {
                "source": source.id,
                "form": document.form,
                "characters": len(document.text),
                "sentences": number,
                "sha256": source.sha256,
                "note": source.note,
            },
        )
        return
    click.echo(
        f"added {source.id}: {document.form}, {len(document.text):,} characters, "
        f"{number} sentences"
    )
    if source.note:
        click.echo(f"note: {source.note}", err=True)
