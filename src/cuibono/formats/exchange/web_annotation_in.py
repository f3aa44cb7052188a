"""W3C Web Annotations: our own come back whole, those of others as coded stretches."""

from pathlib import Path
from typing import Any

from cuibono.claims.quotes import quote_sha256
from cuibono.claims.records import Anchor
from cuibono.errors import Problems
from cuibono.formats.archives import shown
from cuibono.formats.exchange.intake import Intake, Stretch
from cuibono.formats.exchange.own_tables import take_tables
from cuibono.formats.exchange.safe import file_bytes, json_value, plain_text
from cuibono.formats.jsonl import anchor_record, claim_of_record


def fits(start: bytes) -> bool:
    """Whether a file starts as a Web Annotation document does."""
    return b"ns/anno" in start or b'"Annotation"' in start


def read(path: Path, intake: Intake) -> None:
    """Take annotations in: a claim where the body is one of ours, else a stretch.

    Raises
    ------
    ForeignFileError
        If the file is no Web Annotation document.
    """
    top = json_value(plain_text(file_bytes(path, intake), intake), intake)
    items = _items(top)
    if not items and not isinstance(top, dict):
        intake.refuse("no annotation", "Web Annotations in JSON-LD")
    tables = top.get("cuibono:case") if isinstance(top, dict) else None
    if tables is not None:
        take_tables(tables, intake)
    problems = Problems()
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict) or "target" not in item:
            intake.refuse(f"annotation {number} without a target", "a target")
        _take(item, number, intake, problems)
    problems.raise_if_any()
    if not items:
        intake.refuse("no annotation", "at least one")


def _items(top: Any) -> list[Any]:
    """Annotations of a document: a list, a page, a collection or a single one."""
    if isinstance(top, list):
        return top
    if not isinstance(top, dict):
        return []
    for key in ("first", "items", "rows", "annotations"):
        inner = top.get(key)
        if isinstance(inner, dict | list):
            return _items(inner) if isinstance(inner, dict) else inner
    return [top] if "target" in top else []


def _take(
    item: dict[str, Any], number: int, intake: Intake, problems: Problems
) -> None:
    """Take in one annotation."""
    body = item.get("body")
    record = body.get("cuibono:claim") if isinstance(body, dict) else None
    target = item["target"]
    target = target[0] if isinstance(target, list) and target else target
    anchor = _anchor(target, number, intake)
    if record is None:
        _take_stretch(item, target, anchor, intake)
        return
    if not isinstance(record, dict):
        intake.refuse(f"claim {number} that is no object", "a claim record")
    if str(record.get("source", "")) not in intake.sources:
        found = shown(record.get("source", ""))
        intake.refuse(f'source "{found}" of claim {number}', "a source of this file")
    whole = record | ({"anchor": anchor_record(anchor)} if anchor else {})
    claim = claim_of_record(whole, intake.name, number, problems)
    if claim is not None:
        intake.add(claim)


def _anchor(target: Any, number: int, intake: Intake) -> Anchor | None:
    """Anchor of a target's selectors; None where it has no position.

    Raises
    ------
    ForeignFileError
        If its parts contradict each other.
    """
    if not isinstance(target, dict):
        return None
    found = target.get("selector", [])
    listed = found if isinstance(found, list) else [found]
    by_type = {str(item.get("type")): item for item in listed if isinstance(item, dict)}
    position = by_type.get("TextPositionSelector")
    if position is None:
        return None
    start, end = position.get("start"), position.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        found = f"positions {shown(start)} to {shown(end)} of annotation {number}"
        intake.refuse(found, "two whole numbers from 0, in order")
    words = by_type.get("TextQuoteSelector", {})
    parts = [words.get(name, "") for name in ("exact", "prefix", "suffix")]
    digest = target.get("cuibono:exactSha256", "")
    if not all(isinstance(part, str) for part in (*parts, digest)):
        intake.refuse(f"a quote of annotation {number} that is no text", "text")
    exact, prefix, suffix = parts
    ours = "cuibono:exactSha256" in target
    if exact and ours and digest != quote_sha256(exact):
        intake.refuse(f"annotation {number} with another hash than its quote", "one")
    return Anchor(
        start=start,
        end=end,
        exact=exact,
        prefix=prefix,
        suffix=suffix,
        exact_sha256=digest,
    )


def _take_stretch(
    item: dict[str, Any], target: Any, anchor: Anchor | None, intake: Intake
) -> None:
    """Take in an annotation of another tool: its tags over its place, no claim."""
    if anchor is None:
        intake.skip("annotations without a TextPositionSelector")
        return
    url = str(target.get("source", "")) or "document"
    known = {source.url: name for name, source in intake.sources.items()}
    source = known.get(url) or intake.source(url, None, url=url)
    bodies = item.get("body", [])
    bodies = bodies if isinstance(bodies, list) else [bodies]
    codes: list[str] = []
    notes: list[str] = []
    for body in bodies:
        value = body if isinstance(body, str) else ""
        purpose = ""
        if isinstance(body, dict):
            value, purpose = str(body.get("value", "")), str(body.get("purpose", ""))
        (codes if purpose in {"tagging", "classifying"} else notes).append(value)
    creator = item.get("creator", "")
    name = creator.get("name", "") if isinstance(creator, dict) else creator
    intake.stretches.append(
        Stretch(
            source=source,
            anchor=anchor,
            codes=tuple(code for code in codes if code),
            coder=str(name),
            note=" / ".join(note for note in notes if note),
        )
    )
