"""Suggestions on disk: one file per source and method, apart from the claims."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from cuibono.coding.suggest.records import Suggestion
from cuibono.errors import UsageError
from cuibono.files.atomic import write_text

FOLDER = "suggestions"


def suggestion_lines(found: Iterable[Suggestion], *, keep: bool = True) -> str:
    """JSON lines of suggestions, in their order; without `keep`, no quotes."""
    return "".join(
        json.dumps(one.to_record(keep=keep), ensure_ascii=False) + "\n" for one in found
    )


def keeps_text(case: Path, source: str) -> bool:
    """Whether a case folder keeps a source's text, so that it may be quoted there."""
    return (case / "sources" / source / "text.txt").is_file()


def write_suggestions(
    case: Path, made: Mapping[str, Iterable[Suggestion]], method: str = "rule"
) -> tuple[Path, ...]:
    """Write `suggestions/<source>.<method>.jsonl` in a case folder, each in one step.

    What was there of the same method is replaced: the same text gives the same
    suggestions, and what a person decided about them is kept elsewhere. Where the case
    does not keep a source's text, place and hash stand for the quote.

    Raises
    ------
    UsageError
        If the case is a table, not a folder, or a source's id is no file name.
    """
    if not case.is_dir():
        raise UsageError(f"{case} is no case folder; suggestions are kept in one")
    written = []
    for source, found in made.items():
        if not source or Path(source).name != source:
            raise UsageError(f'source "{source}": its id cannot name a file')
        path = case / FOLDER / f"{source}.{method}.jsonl"
        write_text(path, suggestion_lines(found, keep=keeps_text(case, source)))
        written.append(path)
    return tuple(written)
