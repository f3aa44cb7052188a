"""cuibono suggest rules: suggestions of a case's texts, kept apart from its claims."""

from pathlib import Path

import click

from cuibono.cli.output import emit_json, emit_table
from cuibono.coding.suggest.files import write_suggestions
from cuibono.coding.suggest.records import OPEN_FIELDS, Suggestion, Tier
from cuibono.coding.suggest.suggester import suggest_for
from cuibono.errors import UsageError
from cuibono.formats.case import inspect_case


@click.command(
    "rules",
    epilog="""\b
Examples:
  cuibono suggest rules my-case --texts texts
  cuibono suggest rules my-case --tier confident --dry-run
  cuibono suggest rules my-case --source letter --json""",
)
@click.argument("case", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--texts",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with the sources' texts, where the case may not keep them.",
)
@click.option("--source", "only", multiple=True, help="Only this source; repeatable.")
@click.option(
    "--tier",
    type=click.Choice([tier.value for tier in Tier]),
    help="Only this tier.",
)
@click.option("--dry-run", is_flag=True, help="Print them, write no file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    case: Path,
    texts: Path | None,
    only: tuple[str, ...],
    tier: str | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Suggest claims from the texts of a case by rule, without any network.

    They are written to suggestions/SOURCE.rule.jsonl in the case folder.

    Raises
    ------
    UsageError
        If a source is unknown or no text is at hand.
    """
    read = inspect_case(case, texts)
    known = [source.id for source in read.case.sources]
    for name in only:
        if name not in known:
            raise UsageError(f'no source "{name}"; the case has: {", ".join(known)}')
    wanted = {
        name: text for name, text in read.texts.items() if not only or name in only
    }
    if not wanted:
        raise UsageError(
            f"{case}: no text is at hand for {', '.join(only or known) or 'any source'}. "
            "--texts names the folder that holds them"
        )
    made = {
        name: tuple(one for one in found if tier is None or one.tier.value == tier)
        for name, found in suggest_for(read.case, wanted).items()
    }
    paths = () if dry_run else write_suggestions(case, made)
    if as_json:
        emit_json("suggestions", _record(made, paths))
        return 0
    _print(made, paths)
    return 0


def _record(
    made: dict[str, tuple[Suggestion, ...]], paths: tuple[Path, ...]
) -> dict[str, object]:
    """JSON object of what was suggested and where it was written."""
    return {
        "accepted_by": None,
        "open_fields": list(OPEN_FIELDS),
        "files": [str(path) for path in paths],
        "suggestions": [one.to_record() for found in made.values() for one in found],
    }


def _print(made: dict[str, tuple[Suggestion, ...]], paths: tuple[Path, ...]) -> None:
    """Print suggestions by source in the order of the text."""
    for source, found in made.items():
        count = sum(one.tier is Tier.CONFIDENT for one in found)
        click.echo(
            f"{source}: {len(found)} suggested, {count} of them confident; "
            "accepted by nobody"
        )
        rows = [
            [
                f"{one.start}-{one.end}",
                one.tier.value,
                f"{one.subject} {one.predicate} {one.object} ({one.sign.value})",
                "; ".join([one.reason, *one.warnings]),
            ]
            for one in found
        ]
        if rows:
            emit_table(["place", "tier", "does the text say", "why"], rows)
        click.echo("")
    click.echo(f"Left for you to say: {', '.join(OPEN_FIELDS)}.")
    for path in paths:
        click.echo(f"wrote {path}")
