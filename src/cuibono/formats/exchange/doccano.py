"""doccano: spans and relations of sequence labelling, one document a line."""

import re
from pathlib import Path
from typing import Any

from cuibono.formats.archives import shown
from cuibono.formats.exchange.intake import Intake, span_points
from cuibono.formats.exchange.relations import Span, take_relation, take_span
from cuibono.formats.exchange.safe import file_bytes, json_value, plain_text

TAKEN = {"id", "text", "data", "label", "labels", "entities", "relations", "Comments"}


def fits(start: bytes) -> bool:
    """Whether a file starts as a doccano export does, and as no claims of ours."""
    named = any(f'"{key}"'.encode() in start for key in ("text", "data"))
    coded = any(f'"{key}"'.encode() in start for key in ("label", "labels", "entities"))
    other = b'"predicate"' in start or re.search(rb'"data"\s*:\s*\{', start)
    return named and coded and not other


def read(path: Path, intake: Intake) -> None:
    """Take documents in: a claim a relation, every other span a coded stretch.

    Raises
    ------
    ForeignFileError
        If the file is none of doccano's, or an offset leads out of its text.
    """
    text = plain_text(file_bytes(path, intake), intake)
    records = _records(text, intake)
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            intake.refuse(f"record {number} that is no object", "a JSON object")
        _take(record, number, intake)
    if not intake.texts:
        intake.refuse("no record with a text", "at least one")


def _records(text: str, intake: Intake) -> list[Any]:
    """Records of JSON lines, or of one JSON document."""
    if text.lstrip()[:1] == "[":
        found = json_value(text, intake)
        return list(found)
    lines = [line for line in text.split("\n") if line.strip()]
    if lines and lines[0].strip() == "{":
        return [json_value(text, intake)]
    return [
        json_value(line, intake, f" in line {number}")
        for number, line in enumerate(lines, start=1)
    ]


def _take(record: dict[str, Any], number: int, intake: Intake) -> None:
    """Take in one document."""
    text = record.get("text", record.get("data"))
    if not isinstance(text, str):
        intake.skip("records without a text")
        return
    source = intake.source(f"{Path(intake.name).stem} {number}", text)
    for key in sorted(record.keys() - TAKEN):
        intake.skip(f'values of "{shown(key)}"')
    comments = record.get("Comments")
    intake.skip("comments", len(comments) if isinstance(comments, list) else 0)
    spans = _spans(record, source, intake)
    joined: set[object] = set()
    for at, item in enumerate(_list(record, "relations", intake), start=1):
        ends = [item.get(key) for key in ("from_id", "to_id")]
        if not all(isinstance(key, int | str) and key in spans for key in ends):
            found = f"relation {at} of record {number} between no spans"
            intake.refuse(found, "ids of two spans")
        joined.update(ends)
        take_relation(
            spans[ends[0]],
            spans[ends[1]],
            str(item.get("type", "")),
            intake,
            coder="",
            prov=f"record {number}, relation {at}",
        )
    for key, span in spans.items():
        if key not in joined:
            take_span(span, intake)


def _list(record: dict[str, Any], key: str, intake: Intake) -> list[dict[str, Any]]:
    """Objects of a list in a record.

    Raises
    ------
    ForeignFileError
        If it is none.
    """
    found = record.get(key) or []
    if not isinstance(found, list) or not all(isinstance(x, dict) for x in found):
        intake.refuse(f'"{key}" that is no list of objects', "a list")
    return found


def _spans(record: dict[str, Any], source: str, intake: Intake) -> dict[Any, Span]:
    """Spans of a document by id; of both shapes that doccano writes."""
    found: dict[Any, Span] = {}
    plain = record.get("label", record.get("labels")) or []
    if not isinstance(plain, list):
        plain = [plain]
    for at, item in enumerate(plain):
        if isinstance(item, str):
            intake.skip("labels of whole documents")
            continue
        if not isinstance(item, list) or len(item) != 3:
            intake.refuse("a label that is no [start, end, name]", "three values")
        found["label", at] = _span(item[0], item[1], item[2], source, intake)
    for item in _list(record, "entities", intake):
        key = item.get("id")
        if not isinstance(key, int | str) or key in found:
            intake.refuse(f'span id "{shown(key)}" missing or twice', "one id a span")
        ends = item.get("start_offset"), item.get("end_offset")
        found[key] = _span(*ends, item.get("label", ""), source, intake)
    return found


def _span(start: Any, end: Any, label: Any, source: str, intake: Intake) -> Span:
    """Span of a document.

    Raises
    ------
    ForeignFileError
        If its positions are none.
    """
    if type(start) is not int or type(end) is not int:
        found = f"positions {shown(start)} to {shown(end)}"
        intake.refuse(found, "two whole numbers")
    points = span_points(intake, source, start, end, "")
    anchor = intake.anchor(source, *points)
    return Span(source=source, anchor=anchor, labels=(str(label),))
