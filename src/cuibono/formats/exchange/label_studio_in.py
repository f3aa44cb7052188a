"""Label Studio: regions and relations of each annotator."""

import re
from pathlib import Path
from typing import Any

from cuibono.formats.archives import shown
from cuibono.formats.exchange.intake import Intake, span_points
from cuibono.formats.exchange.relations import Span, take_relation, take_span
from cuibono.formats.exchange.safe import file_bytes, json_value, plain_text

REGIONS = {"labels", "hypertextlabels"}


def fits(start: bytes) -> bool:
    """Whether a file starts as a Label Studio export does."""
    return re.search(rb'"data"\s*:\s*\{', start) is not None


def read(path: Path, intake: Intake) -> None:
    """Take tasks in: a source a task, its annotators' work apart.

    Raises
    ------
    ForeignFileError
        If the file is no list of tasks, or a region is not where it says.
    """
    tasks = json_value(plain_text(file_bytes(path, intake), intake), intake)
    if not isinstance(tasks, list) or not tasks:
        intake.refuse("no list of tasks", "a JSON export of Label Studio")
    for number, task in enumerate(tasks, start=1):
        data = task.get("data") if isinstance(task, dict) else None
        if not isinstance(data, dict):
            intake.refuse(f"task {number} without data", "a task with its text")
        _take(task, data, number, intake)


def _take(
    task: dict[str, Any], data: dict[str, Any], number: int, intake: Intake
) -> None:
    """Take in one task."""
    key = _text_key(task, data)
    if key is None:
        intake.skip("tasks without a text")
        return
    label = data.get("source") or data.get("title") or f"task {task.get('id', number)}"
    source = intake.source(str(label), data[key])
    for field in data.keys() - {key, "source", "title"}:
        intake.skip(f'values of "{shown(field)}"')
    predictions = task.get("predictions")
    intake.skip("predictions", len(predictions) if isinstance(predictions, list) else 0)
    for work in _objects(task.get("annotations"), number, intake):
        if work.get("was_cancelled"):
            intake.skip("skipped annotations")
            continue
        results = _objects(work.get("result"), number, intake)
        coder = _coder(work.get("completed_by"))
        _take_results(results, source, coder, number, intake)


def _text_key(task: dict[str, Any], data: dict[str, Any]) -> str | None:
    """Key of a task's text: what regions point to by name, else the only text."""
    if isinstance(data.get("text"), str):
        return "text"
    texts = [key for key, value in data.items() if isinstance(value, str)]
    longest = max(texts, key=lambda key: len(data[key]), default=None)
    return longest if task.get("annotations") or task.get("predictions") else None


def _objects(value: Any, number: int, intake: Intake) -> list[dict[str, Any]]:
    """Objects of a list; nothing gives an empty one.

    Raises
    ------
    ForeignFileError
        If it is no list of objects.
    """
    found = value or []
    if not isinstance(found, list) or not all(isinstance(x, dict) for x in found):
        intake.refuse(f"task {number} with broken annotations", "a list of objects")
    return found


def _coder(who: Any) -> str:
    """Name of an annotator: the address or the number that the export gives."""
    if isinstance(who, dict):
        who = who.get("email") or who.get("username") or who.get("id")
    return f"annotator-{who}" if isinstance(who, int) else str(who or "")


def _take_results(
    results: list[dict[str, Any]], source: str, coder: str, number: int, intake: Intake
) -> None:
    """Take in the regions and relations of one annotator."""
    spans: dict[str, Span] = {}
    for item in results:
        kind = str(item.get("type", ""))
        if kind in REGIONS:
            spans[str(item.get("id"))] = _span(item, source, number, intake)
        elif kind != "relation":
            intake.skip(f'results of type "{shown(kind)}"')
    joined: set[str] = set()
    for item in results:
        if item.get("type") != "relation":
            continue
        ends = [str(item.get("from_id")), str(item.get("to_id"))]
        if not all(end in spans for end in ends):
            told = f"a relation of task {number} between no regions"
            intake.refuse(told, "ids of two regions")
        joined.update(ends)
        found = item.get("labels") or [""]
        labels = found if isinstance(found, list) else [found]
        ways = {"left": [ends[::-1]], "bi": [ends, ends[::-1]]}
        for one, other in ways.get(str(item.get("direction")), [ends]):
            for label in labels:
                prov = f"task {number}, relation"
                take_relation(
                    spans[one],
                    spans[other],
                    str(label),
                    intake,
                    coder=coder,
                    prov=prov,
                )
    for key, span in spans.items():
        if key not in joined:
            take_span(span, intake, coder=coder)


def _span(item: dict[str, Any], source: str, number: int, intake: Intake) -> Span:
    """Region of a text.

    Raises
    ------
    ForeignFileError
        If it is in no plain text, or not where it says.
    """
    value = item.get("value")
    value = value if isinstance(value, dict) else {}
    if "globalOffsets" in value and isinstance(value["globalOffsets"], dict):
        value = value | value["globalOffsets"]
    start, end, quote = value.get("start"), value.get("end"), value.get("text", "")
    if type(start) is not int or type(end) is not int or not isinstance(quote, str):
        intake.refuse(f"a region of task {number} in no plain text", "two positions")
    points = span_points(intake, source, start, end, quote)
    labels = value.get(str(item.get("type")), value.get("labels")) or []
    labels = labels if isinstance(labels, list) else [labels]
    return Span(
        source=source,
        anchor=intake.anchor(source, *points, quote),
        labels=tuple(map(str, labels)),
    )
