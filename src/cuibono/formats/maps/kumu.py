"""Maps of Kumu: a JSON blueprint of elements and connections."""

import json
from pathlib import Path
from typing import Any

from cuibono.formats.maps.records import SIGN_WORDS, MapPass
from cuibono.formats.maps.xml_maps import MOST_MAP_BYTES

_SIGN_KEYS = ("sign", "polarity", "connection type", "type", "label")


def read_kumu(path: Path, read: MapPass) -> None:
    """Take the connections of a Kumu blueprint; its sign is `sign` or `connection type`.

    Ends are named by id or by label. A connection that is directed both ways gives two
    links; one without a direction is read from `from` to `to`, as Kumu draws it.
    """
    if path.stat().st_size > MOST_MAP_BYTES:
        read.refuse(f"more than {MOST_MAP_BYTES / 1e6:.0f} MB", "a smaller map")
        return
    try:
        document = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        read.refuse(f"no JSON ({error})", "a Kumu blueprint")
        return
    elements = document.get("elements") if isinstance(document, dict) else None
    connections = document.get("connections") if isinstance(document, dict) else None
    if not isinstance(elements, list) or not isinstance(connections, list):
        read.refuse("no lists `elements` and `connections`", "a Kumu blueprint")
        return
    label: dict[str, str] = {}
    for number, item in enumerate(elements, start=1):
        told = _told(item)
        name = read.place(str(told.get("label") or told.get("_id") or ""), number)
        for key in ("_id", "id", "label"):
            if told.get(key) is not None:
                label.setdefault(str(told[key]), name)
    for number, item in enumerate(connections, start=1):
        _connection(_told(item), label, number, read)
    unsigned = sum(link.sign == 0 for link in read.links)
    if unsigned:
        read.notes.append(f"{unsigned} links have no sign: read as unknown")


def _told(item: Any) -> dict[str, Any]:
    """Fields of an element or connection, its attributes among them."""
    if not isinstance(item, dict):
        return {}
    attributes = item.get("attributes")
    inner = attributes if isinstance(attributes, dict) else {}
    return {**{str(k).lower(): v for k, v in inner.items()}, **item}


def _connection(
    told: dict[str, Any], label: dict[str, str], number: int, read: MapPass
) -> None:
    """Take one connection."""
    ends = [label.get(str(told.get(at)), "") for at in ("from", "to")]
    if not all(ends):
        found = f"{told.get('from')!s:.40} to {told.get('to')!s:.40}"
        read.fault(number, "connections", found, "two elements", "name them by id")
        return
    words = [str(told[key]).strip().lower() for key in _SIGN_KEYS if told.get(key)]
    sign = next((SIGN_WORDS[word] for word in words if SIGN_WORDS.get(word)), 0)
    read.link(ends[0], ends[1], sign, row=number)
    if str(told.get("direction")).lower() == "mutual":
        read.link(ends[1], ends[0], sign, row=number)
