"""W3C Web Annotations of a case's claims: JSON-LD, one annotation a claim."""

import json
from typing import Any
from urllib.parse import quote

from cuibono.claims.records import Anchor, Claim, Source
from cuibono.formats.exchange.outgoing import Outgoing
from cuibono.formats.exchange.own_tables import case_tables
from cuibono.formats.jsonl import claim_record

ANNO = "http://www.w3.org/ns/anno.jsonld"
NAMESPACE = "urn:cuibono:"
CONTEXT: list[Any] = [
    ANNO,
    {
        "@version": 1.1,
        "cuibono": NAMESPACE,
        "cuibono:claim": {"@type": "@json"},
        "cuibono:case": {"@type": "@json"},
    },
]


def write(out: Outgoing) -> bytes:
    """Annotation collection of the claims in force, with nodes and sources."""
    case = out.case
    sources = {source.id: source for source in case.sources}
    items = [_annotation(claim, sources[claim.source]) for claim in case.claims]
    document = {
        "@context": CONTEXT,
        "id": f"{NAMESPACE}case:{quote(case.id, safe='')}",
        "type": "AnnotationCollection",
        "label": case.title or case.id,
        "total": len(items),
        "cuibono:case": case_tables(case),
        "first": {
            "id": f"{NAMESPACE}case:{quote(case.id, safe='')}:1",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _annotation(claim: Claim, source: Source) -> dict[str, Any]:
    """One claim as an annotation; its place stands in the target alone."""
    record = claim_record(claim)
    record.pop("anchor", None)
    parts = (claim.source, claim.coder, claim.id)
    found: dict[str, Any] = {
        "id": f"{NAMESPACE}claim:" + ":".join(quote(part, safe="") for part in parts),
        "type": "Annotation",
        "motivation": "identifying",
    }
    if claim.coder:
        name = quote(claim.coder, safe="")
        found["creator"] = {"id": f"{NAMESPACE}coder:{name}", "name": claim.coder}
    if "T" in claim.coded_at:
        found["created"] = claim.coded_at
    found["body"] = {"type": "cuibono:Claim", "cuibono:claim": record}
    target: dict[str, Any] = {
        "source": source.url or f"{NAMESPACE}source:{quote(source.id, safe='')}"
    }
    if claim.anchor:
        target["selector"] = selectors(claim.anchor)
        if claim.anchor.exact_sha256:
            target["cuibono:exactSha256"] = claim.anchor.exact_sha256
    found["target"] = target
    return found


def selectors(anchor: Anchor) -> list[dict[str, Any]]:
    """Selectors of an anchor; without words kept, the position alone."""
    position = {
        "type": "TextPositionSelector",
        "start": anchor.start,
        "end": anchor.end,
    }
    if not (anchor.exact or anchor.prefix or anchor.suffix):
        return [position]
    words = {"type": "TextQuoteSelector", "exact": anchor.exact}
    if anchor.prefix:
        words["prefix"] = anchor.prefix
    if anchor.suffix:
        words["suffix"] = anchor.suffix
    return [words, position]
