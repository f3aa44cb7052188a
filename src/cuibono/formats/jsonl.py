"""Claims as JSON lines: one claim a line, fixed key order, sorted by place in text."""

import json
from collections.abc import Iterable
from typing import Any

from cuibono.claims.records import Anchor, Claim, Prov, TimeStated
from cuibono.errors import Problems
from cuibono.formats.flat import COLUMNS, Place, claim_from_row

NESTED = {"anchor", "voice", "time", "edge", "prov", "context", "tags"}
TOP = {name for name in COLUMNS if "_" not in name} | NESTED
TOP |= {"coded_at", "resolves_by", "would_count_as", "schema"}
TOP -= {"start", "end", "exact", "prefix", "suffix"}


def read_claim_lines(text: str, file: str, problems: Problems) -> list[Claim]:
    """Claims of a JSONL text; every fault of every line goes to `problems`."""
    claims = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        record = _record(line, file, number, problems)
        if record is None:
            continue
        claim = claim_of_record(record, file, number, problems)
        if claim is not None:
            claims.append(claim)
    return claims


def claim_of_record(
    record: dict[str, Any], file: str, number: int, problems: Problems
) -> Claim | None:
    """Claim of a JSON object, or None with every fault in `problems`."""
    row = _flat(record, file, number, problems)
    return claim_from_row(row, Place(file, number), problems) if row else None


def _record(
    line: str, file: str, number: int, problems: Problems
) -> dict[str, Any] | None:
    """JSON object of a line, or None."""
    mend = "write one JSON object on a line; the last line may be cut off"
    try:
        record = json.loads(line, object_pairs_hook=_no_twins)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", str(error)) or "broken JSON"
        column = getattr(error, "colno", None)
        place = f" at character {column}" if column else ""
        problems.add(
            file,
            row=number,
            found=f"broken JSON ({reason}{place})",
            expected="one JSON object",
            mend=mend,
        )
        return None
    if not isinstance(record, dict):
        problems.add(
            file,
            row=number,
            found=f"a JSON {type(record).__name__}",
            expected="one JSON object",
            mend=mend,
        )
        return None
    return record


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Dict of JSON pairs in which no key comes twice.

    Raises
    ------
    ValueError
        If one does.
    """
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f'key "{key}" comes twice')
    return dict(pairs)


def _flat(
    record: dict[str, Any], file: str, number: int, problems: Problems
) -> dict[str, str] | None:
    """Flat row of a JSON object, or None with what does not fit in `problems`."""
    before = len(problems)

    def fault(column: str, found: object, expected: str) -> None:
        problems.add(
            file,
            row=number,
            column=column,
            found=json.dumps(found, ensure_ascii=False)[:60],
            expected=expected,
            mend="see the claim record in the reference",
        )

    for key in record:
        if key not in TOP:
            fault(key, key, "a field of the claim record")
    row: dict[str, str] = {}
    for key in TOP - NESTED - {"schema"}:
        value = record.get(key)
        if isinstance(value, str):
            row[key] = value
        elif value is not None:
            fault(key, value, "text")
    _take(row, record.get("anchor"), "anchor", {}, fault)
    _take(row, record.get("time"), "time", _prefixed("time", "stated start end"), fault)
    edge_names = {"from": "edge_from", "to": "edge_to", "sign": "edge_sign"}
    _take(row, record.get("edge"), "edge", edge_names, fault)
    names = "method tool version model prompt_sha256 derived_from"
    _take(row, record.get("prov"), "prov", _prefixed("prov", names), fault)
    _take_voice(row, record.get("voice"), fault)
    _take_lists(row, record, fault)
    return row if len(problems) == before else None


def _prefixed(prefix: str, names: str) -> dict[str, str]:
    """Map from the short names of a nested object to flat columns."""
    return {name: f"{prefix}_{name}" for name in names.split()}


ANCHOR_NAMES = {
    name: name for name in ("start", "end", "exact", "prefix", "suffix", "exact_sha256")
}


def _take(
    row: dict[str, str],
    value: object,
    key: str,
    names: dict[str, str],
    fault: Any,
) -> None:
    """Move a nested object into flat columns."""
    if value is None:
        return
    names = names or ANCHOR_NAMES
    if not isinstance(value, dict):
        fault(key, value, "an object with " + ", ".join(names))
        return
    for name, item in value.items():
        whole = name in {"start", "end"} and key == "anchor"
        if name not in names:
            fault(f"{key}.{name}", item, "one of " + ", ".join(names))
        elif whole and (isinstance(item, bool) or not isinstance(item, int)):
            fault(f"{key}.{name}", item, "a whole number from 0")
        elif not whole and not isinstance(item, str):
            fault(f"{key}.{name}", item, "text")
        else:
            row[names[name]] = str(item)


def _take_voice(row: dict[str, str], value: object, fault: Any) -> None:
    """Move the chain of voices into flat columns."""
    if value is None:
        return
    if isinstance(value, str):
        row["voice"] = value
        return
    steps = value if isinstance(value, list) else []
    if not steps or not all(
        isinstance(step, dict)
        and isinstance(step.get("who"), str)
        and set(step) <= {"who", "role", "verb"}
        and all(isinstance(item, str) for item in step.values())
        for step in steps
    ):
        fault("voice", value, 'a list such as [{"who": "author", "role": "author"}]')
        return
    row["voice"] = " > ".join(step["who"] for step in steps)
    row["voice_roles"] = "|".join(step.get("role", "") for step in steps)
    row["voice_verbs"] = "|".join(step.get("verb", "") for step in steps)


def _take_lists(row: dict[str, str], record: dict[str, Any], fault: Any) -> None:
    """Move tags and context anchors into flat columns."""
    tags = record.get("tags")
    if isinstance(tags, list) and all(isinstance(tag, str) for tag in tags):
        row["tags"] = "|".join(tags)
    elif tags is not None:
        fault("tags", tags, "a list of words")
    context = record.get("context")
    if isinstance(context, list):
        row["context"] = json.dumps(context, ensure_ascii=False) if context else ""
    elif context is not None:
        fault("context", context, "a list of anchors")


def claim_record(claim: Claim) -> dict[str, Any]:
    """JSON object of a claim in fixed key order; empty fields are left out."""
    record: dict[str, Any] = {"id": claim.id, "source": claim.source}
    if claim.anchor:
        record["anchor"] = anchor_record(claim.anchor)
    if claim.context:
        record["context"] = [anchor_record(item) for item in claim.context]
    record["voice"] = [
        {"who": step.who, "role": step.role.value}
        | ({"verb": step.verb} if step.verb else {})
        for step in claim.voice
    ]
    record |= {
        "stance": claim.stance.value,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "sign": claim.sign.value,
        "polarity": claim.polarity.value,
        "layer": claim.layer.value,
        "modality": claim.modality.value,
        "condition": claim.condition,
        "time": _without_empty(claim.time),
        "hedge": claim.hedge,
        "strength": claim.strength.value,
    }
    if claim.edge:
        edge = claim.edge
        record["edge"] = {"from": edge.tail, "to": edge.head, "sign": edge.sign.value}
    for name in (
        "resolves_by",
        "would_count_as",
        "paraphrase",
        "notes",
    ):
        record[name] = getattr(claim, name)
    record["tags"] = list(claim.tags)
    record |= {"coder": claim.coder, "coded_at": claim.coded_at}
    record["prov"] = _without_empty(claim.prov)
    record |= {"status": claim.status.value, "supersedes": claim.supersedes}
    return {key: value for key, value in record.items() if value not in ("", [], {})}


def anchor_record(anchor: Anchor) -> dict[str, Any]:
    """JSON object of an anchor."""
    record = {
        "start": anchor.start,
        "end": anchor.end,
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "exact_sha256": anchor.exact_sha256,
    }
    return {key: value for key, value in record.items() if value != ""}


def _without_empty(part: TimeStated | Prov) -> dict[str, str]:
    """JSON object of a nested record without its empty fields."""
    names = part.__slots__
    return {name: str(getattr(part, name)) for name in names if getattr(part, name)}


def claim_sort_key(claim: Claim) -> tuple[str, int, int, str]:
    """Order of claims: by source, then place in the text, then id."""
    anchor = claim.anchor
    start, end = (anchor.start, anchor.end) if anchor else (-1, -1)
    return claim.source, start, end, claim.id


def claim_lines(claims: Iterable[Claim]) -> str:
    """JSONL text of claims, sorted by place in the text."""
    ordered = sorted(claims, key=claim_sort_key)
    return "".join(
        json.dumps(claim_record(claim), ensure_ascii=False) + "\n" for claim in ordered
    )
