"""cuibono reanchor: claims find their quotes again after a text changed."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import click

from cuibono.claims.quotes import text_sha256
from cuibono.claims.records import Claim
from cuibono.cli.output import emit_json
from cuibono.coding.reanchor import Moved, reanchored
from cuibono.errors import CaseFileError, Problems, UsageError
from cuibono.files.atomic import write_text
from cuibono.formats.codebook_toml import read_source
from cuibono.formats.jsonl import claim_lines, read_claim_lines
from cuibono.formats.limits import CaseFolder, decoded
from cuibono.formats.write import source_text


@click.command(
    "reanchor",
    epilog="""\b
Examples:
  cuibono reanchor my-case op-ed               after sources/op-ed/text.txt changed
  cuibono reanchor my-case op-ed --text new.txt --dry-run""",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("source")
@click.option("--text", "given", type=click.Path(path_type=Path), help="The new text.")
@click.option("--dry-run", is_flag=True, help="Say what would move; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    case: Path, source: str, given: Path | None, dry_run: bool, as_json: bool
) -> int:
    """Anchor the claims of a source again, by quote and what stood around it.

    What moved and what was lost is listed; lost claims keep their old place, and
    `cuibono check` names them until somebody looks.

    Raises
    ------
    CaseFileError
        If the source or its claims cannot be read.
    UsageError
        If there is no text.
    """
    problems = Problems()
    folder = CaseFolder(case, problems)
    path = given or case / "sources" / source / "text.txt"
    if not path.is_file():
        raise UsageError(f"no text at {path}; name it with --text")
    text = decoded(path.read_bytes(), path.name, problems)
    meta = folder.text(f"sources/{source}/meta.toml")
    if meta is None or text is None or problems:
        raise CaseFileError(tuple(problems))
    head = read_source(meta, f"sources/{source}/meta.toml", source, problems)
    files = _claims(folder, source, problems)
    problems.raise_if_any()
    moved: list[Moved] = []
    written: dict[Path, str] = {}
    for name, claims in files.items():
        kept, some = reanchored(tuple(claims), text)
        moved += some
        written[case / name] = claim_lines(kept)
    if not dry_run:
        for place, lines in written.items():
            write_text(place, lines)
        new = replace(head, sha256=text_sha256(path.read_bytes()))
        write_text(case / "sources" / source / "meta.toml", source_text(new))
    _tell(moved, sum(map(len, files.values())), as_json)
    return 0


def _claims(
    folder: CaseFolder, source: str, problems: Problems
) -> dict[str, list[Claim]]:
    """Claims of every file of a source."""
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for name in folder.names(f"claims/{source}", "*.jsonl"):
        found[name] = read_claim_lines(folder.text(name) or "", name, problems)
    return dict(found)


def _tell(moved: list[Moved], number: int, as_json: bool) -> None:
    """Say what moved and what was lost."""
    lost = [one for one in moved if one.after is None]
    if as_json:
        emit_json(
            "reanchor",
            {
                "claims": number,
                "moved": [
                    [one.claim, one.before.start, one.after.start]
                    for one in moved
                    if one.after is not None
                ],
                "lost": [[one.claim, one.reason] for one in lost],
            },
        )
        return
    click.echo(f"{number} claims: {len(moved) - len(lost)} moved, {len(lost)} lost")
    for one in moved:
        if one.after is not None:
            click.echo(f"  {one.claim}: {one.before.start} -> {one.after.start}")
        else:
            click.echo(f"  {one.claim}: lost ({one.reason})")
