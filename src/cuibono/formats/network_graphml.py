"""Signed ties from GraphML: each edge must state its sign."""

from pathlib import Path

import defusedxml.ElementTree as SafeTree
from defusedxml import DefusedXmlException

from cuibono.formats.limits import MOST_BYTES
from cuibono.formats.network_pass import Pass


def read_graphml(path: Path, read: Pass) -> None:
    """Read the edges of a GraphML file; each must state its sign."""
    if path.stat().st_size > MOST_BYTES:
        read.refuse(f"{path.stat().st_size / 1e6:.0f} MB", "at most 20 MB, or a .csv")
        return
    try:
        root = SafeTree.parse(path, forbid_dtd=True).getroot()
    except (SafeTree.ParseError, DefusedXmlException, ValueError) as error:
        found = f"a file that is no plain GraphML ({type(error).__name__})"
        read.refuse(found, "GraphML without a document type or entities")
        return
    keys = {
        key.get("id", ""): key.get("attr.name", "")
        for key in root.iterfind(".//{*}key")
        if key.get("for") in {"edge", "all", None}
    }
    for node in root.iterfind(".//{*}node"):
        read.stated.place(node.get("id", ""))
    for number, edge in enumerate(root.iterfind(".//{*}edge"), start=1):
        cells = {
            keys.get(data.get("key", ""), ""): data.text or ""
            for data in edge.iterfind("{*}data")
        }
        ends = {name: edge.get(name, "") for name in ("source", "target")}
        read.take(number, {**cells, **ends})
    for name in sorted(set(keys.values()) - {"sign", "", "weight"}):
        read.notes.append(f"attribute {name} is not read")
    if "weight" in keys.values() and not read.weighted:
        read.notes.append("attribute weight is not used (--weighted uses it)")
