"""What the verbs print: JSON for programs, plain tables for people."""

import json
import shutil
import unicodedata
from collections.abc import Sequence

import click

SCHEMA = 1


def emit_json(kind: str, content: dict[str, object]) -> None:
    """Print a document `{"schema": "cuibono/<kind>/1", ...}` to stdout."""
    document = {"schema": f"cuibono/{kind}/{SCHEMA}", **content}
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def emit_premise(name: str) -> None:
    """Print whose statements everything below rests on; no sign stands without it."""
    click.echo(f"By what is stated in {name}, which is not judged:")


def emit_list(rows: Sequence[dict[str, object]]) -> None:
    """Print a JSON array of rows to stdout."""
    click.echo(json.dumps(list(rows), ensure_ascii=False, indent=1))


def emit_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; the last column is wrapped to the width of the terminal."""
    widths = [
        max([_width(name), *(_width(row[at]) for row in rows)])
        for at, name in enumerate(header)
    ]
    room = max(24, shutil.get_terminal_size((100, 24)).columns)
    widths[-1] = max(16, room - sum(widths[:-1]) - 2 * (len(widths) - 1))
    for row in [header, ["-" * min(width, 60) for width in widths], *rows]:
        for line in _lines(row, widths):
            click.echo(line.rstrip())


def _lines(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Printed lines of a row."""
    *first, last = row
    head = "  ".join(
        cell + " " * (width - _width(cell))
        for cell, width in zip(first, widths, strict=False)
    )
    wrapped = _wrapped(last, widths[-1]) or [""]
    pad = " " * _width(head)
    gap = "  " if first else ""
    return [(head if at == 0 else pad) + gap + part for at, part in enumerate(wrapped)]


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of a text, none wider than `width` where a space allows it."""
    lines, line = [], ""
    for word in text.split():
        if line and _width(line) + 1 + _width(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line] if line else lines


def _width(text: str) -> int:
    """Columns that a text takes on a terminal, wide scripts counted double."""
    wide = sum(unicodedata.east_asian_width(mark) in "WF" for mark in text)
    thin = sum(unicodedata.combining(mark) > 0 for mark in text)
    return len(text) + wide - thin
