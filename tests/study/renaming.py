"""A study under other names, brought back to the first names, for comparing the two."""

import json
import re
from collections.abc import Mapping
from typing import Any

from cuibono.study.document import study_document
from cuibono.study.records import Study

LEFT_OUT = ("timing", "versions")


def tokens(names: list[str], *, backwards: bool) -> dict[str, str]:
    """New names that stand in no text, in the order of the old ones or against it."""
    ordered = sorted(names, reverse=backwards)
    return {name: f"Zq{at:03d}" for at, name in enumerate(ordered)}


def document(study: Study, back: Mapping[str, str] | None = None) -> Any:
    """JSON value of a study, its tokens turned back, its lists in one order."""
    found = study_document(study)
    for name in LEFT_OUT:
        found.pop(name)
    found["case"].pop("digests")
    text = json.dumps(found, ensure_ascii=False)
    back = back or {}
    if back:
        pattern = "|".join(map(re.escape, sorted(back, key=len, reverse=True)))
        text = re.sub(pattern, lambda match: back[match[0]], text)
    return unordered(json.loads(text))


def unordered(value: Any) -> Any:
    """JSON value with every list sorted: what is said counts, not in which order."""
    if isinstance(value, dict):
        if {"one", "other"} <= value.keys() and isinstance(value["one"], str):
            # The two ends of a tie have no order but that of their names.
            ends = sorted((value["one"], value["other"]))
            value = value | {"one": ends[0], "other": ends[1]}
        return {key: unordered(item) for key, item in sorted(value.items())}
    if isinstance(value, list):
        items = [unordered(item) for item in value]
        return sorted(items, key=lambda item: json.dumps(item, sort_keys=True))
    return value
