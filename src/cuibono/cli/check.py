"""cuibono check: every problem of a case at once."""

from pathlib import Path

import click

from cuibono.cli.output import emit_json
from cuibono.formats.case import inspect_case
from cuibono.formats.export import plain
from cuibono.formats.record.read import inspect_record


@click.command(
    "check",
    epilog="""\b
Examples:
  cuibono check cases/enemy-of-my-enemy
  cuibono check cases/enemy-of-my-enemy --texts ~/texts   verify every quote too
  cuibono check claims.csv --json""",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--texts", type=click.Path(path_type=Path), help="Folder with the texts.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(case: Path, texts: Path | None, as_json: bool) -> int:
    """Name every problem of a case: file, row, column, found, expected, how to mend.

    Exit status 0 if there is none, 2 otherwise. Nothing is written.
    """
    from cuibono.study.validate import question_problems

    read = inspect_case(case, texts)
    found = read.case
    if not read.problems:
        read.problems.extend(question_problems(found))
        if case.is_dir():
            inspect_record(case, found, read.problems)
    anchors = [claim for claim in found.claims if claim.anchor]
    at_hand = [claim for claim in anchors if claim.source in read.texts]
    if as_json:
        content: dict[str, object] = {
            "case": found.id,
            "claims": len(found.claims),
            "nodes": len(found.nodes),
            "sources": [source.id for source in found.sources],
            "anchors": len(anchors),
            "anchors_verified": 0 if read.problems else len(at_hand),
            "problems": [plain(problem) for problem in read.problems],
            "notes": list(found.defaults_used),
        }
        emit_json("check", content)
        return 2 if read.problems else 0
    for problem in read.problems:
        click.echo(str(problem), err=True)
    for note in found.defaults_used:
        click.echo(f"note: {note}", err=True)
    if read.problems:
        count = len(read.problems)
        click.echo(f"{count} problem{'s' if count > 1 else ''}", err=True)
        return 2
    click.echo(
        f"{found.id}: {len(found.claims)} claims, {len(found.nodes)} nodes, "
        f"{len(found.sources)} sources; no problems"
    )
    if at_hand:
        click.echo(f"{len(at_hand)} of {len(anchors)} quotes verified in the texts")
    elif anchors:
        click.echo(f"{len(anchors)} quotes not verified: no text given (--texts DIR)")
    return 0
