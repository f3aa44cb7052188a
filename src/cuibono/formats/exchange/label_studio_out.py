"""Label Studio tasks: claims and suggestions as predictions over their texts."""

import json
import re
from typing import Any
from xml.sax.saxutils import quoteattr

from cuibono.claims.records import Claim, Node
from cuibono.formats.exchange.outgoing import Outgoing

FROM, TO = "label", "text"
"""Names of the labels and of the text in the labelling interface."""


def write(out: Outgoing) -> bytes:
    """Tasks of the texts at hand, each with a prediction a method."""
    claims = out.anchored("label-studio")
    nodes = {node.id: node for node in out.case.nodes}
    tasks = []
    for source in out.case.sources:
        if source.id not in out.texts:
            continue
        text = out.texts[source.id]
        mine = [_proposal(claim) for claim in claims if claim.source == source.id]
        methods = {"claims": mine} if mine else {}
        for item in out.suggestions:
            if item.get("source") == source.id:
                methods.setdefault(str(item.get("method", "")), []).append(item)
        tasks.append(
            {
                "data": {"text": text, "source": source.id, "title": source.title},
                "predictions": [
                    {
                        "model_version": f"cuibono {method}".strip(),
                        "result": _results(items, text, nodes, out),
                    }
                    for method, items in methods.items()
                ],
            }
        )
    out.needed.append(f"labelling interface: {interface(tasks)}")
    return (json.dumps(tasks, ensure_ascii=False, indent=1) + "\n").encode()


def interface(tasks: list[dict[str, Any]]) -> str:
    """Labelling interface that knows every label and relation of the tasks."""
    results = [
        result
        for task in tasks
        for prediction in task["predictions"]
        for result in prediction["result"]
    ]
    words: dict[str, set[str]] = {"labels": set(), "relation": set()}
    for result in results:
        kind = result["type"]
        words[kind].update(result.get("labels") or result["value"]["labels"])
    labels, relations = (
        "".join(f"<{tag} value={quoteattr(word)}/>" for word in sorted(words[kind]))
        for tag, kind in (("Label", "labels"), ("Relation", "relation"))
    )
    return (
        f"<View><Relations>{relations}</Relations>"
        f'<Labels name="{FROM}" toName="{TO}">{labels}</Labels>'
        f'<Text name="{TO}" value="$text"/></View>'
    )


def _proposal(claim: Claim) -> dict[str, Any]:
    """Claim in the shape of a suggestion."""
    start, end = (claim.anchor.start, claim.anchor.end) if claim.anchor else (0, 0)
    return {
        "id": claim.id,
        "start": start,
        "end": end,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "sign": claim.sign.value,
    }


def _results(
    items: list[dict[str, Any]], text: str, nodes: dict[str, Node], out: Outgoing
) -> list[dict[str, Any]]:
    """Regions of quotes and of the parties in them, and the relations between."""
    results: list[dict[str, Any]] = []
    for number, item in enumerate(items):
        start, end = item.get("start"), item.get("end")
        if type(start) is not int or type(end) is not int:
            out.lost["suggestions without a place"] += 1
            continue
        if not 0 <= start < end <= len(text):
            out.lost["suggestions outside their text"] += 1
            continue
        key = f"{item.get('id', '')}-{number}"
        label = str(item.get("predicate", ""))
        said = f"{item.get('subject')} {label} {item.get('object')}"
        meta = {"text": [f"{said} ({item.get('sign', '?')})"]}
        quote = _region(key, start, end, "claim", text)
        results.append(quote | {"meta": meta})
        ends = []
        for role in ("subject", "object"):
            node = nodes.get(str(item.get(role)))
            place = mention(node, text, start, end) if node else None
            if node and place:
                ends.append(_region(f"{key}-{role}", *place, node.kind.value, text))
        if len(ends) == 2:
            results += [*ends, _relation(ends[0]["id"], ends[1]["id"], label)]
        else:
            out.lost["relations, since the quote does not name both ends"] += 1
    return results


def mention(node: Node, text: str, start: int, end: int) -> tuple[int, int] | None:
    """First place where a stretch names a node, by label or alias."""
    found = []
    for name in (node.label, *node.aliases):
        words = rf"(?<!\w){re.escape(name)}(?!\w)"
        place = re.compile(words, re.IGNORECASE).search(text, start, end)
        if name and place:
            found.append((place.start(), place.end()))
    return min(found, default=None)


def _region(key: str, start: int, end: int, label: str, text: str) -> dict[str, Any]:
    """Labelled stretch, in code points as Label Studio stores them."""
    return {
        "id": key,
        "from_name": FROM,
        "to_name": TO,
        "type": "labels",
        "value": {
            "start": start,
            "end": end,
            "text": text[start:end],
            "labels": [label],
        },
    }


def _relation(one: str, other: str, label: str) -> dict[str, Any]:
    """Arrow from one region to another."""
    return {
        "type": "relation",
        "from_id": one,
        "to_id": other,
        "direction": "right",
        "labels": [label],
    }
