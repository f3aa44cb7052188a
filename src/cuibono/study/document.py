"""A study as one JSON document: the same bytes for the same case and seed."""

import dataclasses
import json
from enum import Enum
from typing import Any

from cuibono.claims.records import Claim, voice_text
from cuibono.record.compare.describe import comparison_document
from cuibono.study.recorded import Recorded
from cuibono.study.records import ReadingStudy, Study

SCHEMA = "cuibono/study/1"
DIGITS = 6
_LEFT_OUT = {"model", "texts", "case", "timing", "agreement", "readings", "record"}


def study_document(study: Study) -> dict[str, Any]:
    """JSON object of a study; `timing` is apart from all that must repeat."""
    case = study.case
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "case": {
            "id": case.id,
            "title": case.title,
            "summary": case.summary,
            "sources": [plain(source) for source in case.sources],
            "nodes": [plain(node) for node in case.nodes],
            "codebook": case.codebook.version,
            "digests": dict(case.digests),
            "notes": list(case.defaults_used),
        },
    }
    for part in dataclasses.fields(study):
        if part.name not in _LEFT_OUT:
            document[part.name] = plain(getattr(study, part.name))
    document["versions"] = dict(study.versions)
    document["readings"] = [_reading(item) for item in study.readings]
    document["agreement"] = _agreement(study)
    document["record"] = [_record(part, study) for part in study.record]
    document["claims"] = [_claim(claim, study) for claim in case.claims]
    document["conclusions_as_coded"] = [plain(item) for item in case.conclusions]
    document["timing"] = dict(study.timing)
    return document


def document_text(study: Study) -> str:
    """JSON text of a study."""
    document = study_document(study)
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def plain(value: object) -> Any:
    """Records as plain JSON values, numbers to six digits."""
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            part.name: plain(getattr(value, part.name))
            for part in dataclasses.fields(value)
            if part.name not in {"model", "file", "row", "graph"}
        }
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, float):
        return round(value, DIGITS) if value == value else None
    return value


def _reading(item: ReadingStudy) -> dict[str, Any]:
    """JSON object of a reading, with each of its links, signs and claims."""
    record: dict[str, Any] = plain(item)
    record["links"] = [
        {
            "from": tail,
            "to": head,
            "sign": sign,
            "disputed": bool(item.model.digraph.disputed[k]),
            "claims": list(item.model.digraph.claims[k]),
        }
        for k in range(item.model.digraph.m)
        for tail, head, sign in (item.model.label(k),)
    ]
    record["claims"] = [claim.id for claim in item.model.claims]
    return record


def _record(part: Recorded, study: Study) -> dict[str, Any]:
    """JSON object of an extract held against the claims, with its named pairs."""
    return {
        **comparison_document(part.comparison, study.case),
        "on": str(part.on) if part.on else None,
        "coverage": [
            {
                "actor": one.actor,
                "coverage": one.presence,
                "as_source": int(one.as_source.sum()),
                "as_target": int(one.as_target.sum()),
                "names": dict(one.names),
                "not_found": list(one.missing),
            }
            for one in part.figures.actors
        ],
        "pairs": [
            {
                "source": one.source,
                "target": one.target,
                "before": list(one.before),
                "after": list(one.after),
                "months": [one.months_before, one.months_after],
                "not_covered": one.not_covered,
                "change": plain(one.change),
            }
            for one in part.pairs
        ],
    }


def _agreement(study: Study) -> dict[str, Any] | None:
    """JSON object of the coders' agreement in figures; the list is `cuibono agree`."""
    if study.agreement is None:
        return None
    parts = (*study.agreement.sources, study.agreement.overall)
    return {
        "coders": list(study.agreement.coders),
        "caution": study.agreement.caution,
        "parts": [
            {
                "source": part.source,
                "claims": list(part.counts),
                "span_f1": plain(part.span_f1),
                "strict_f1": plain(part.strict_f1),
                "pair_f1": plain(part.pair_f1),
                "fields": plain(part.fields),
                "disagreements": len(part.disagreements),
                "only": [len(part.only_one), len(part.only_other)],
            }
            for part in parts
        ],
    }


def _claim(claim: Claim, study: Study) -> dict[str, Any]:
    """JSON object of a claim, with its quote where the text is at hand."""
    record: dict[str, Any] = plain(claim)
    record["voice"] = voice_text(claim.voice)
    if claim.anchor and claim.source in study.texts:
        text = study.texts[claim.source]
        record["quote"] = text[claim.anchor.start : claim.anchor.end]
    return record
