"""Maps in XML: Dia drawings, XMILE models, Decision Explorer, GraphML."""

import gzip
import io
import zlib
from pathlib import Path
from xml.etree.ElementTree import Element

import defusedxml.ElementTree as SafeTree
from defusedxml import DefusedXmlException

from cuibono.formats.maps.records import MapPass

MOST_MAP_BYTES = 20_000_000
"""Most bytes of a map, after unpacking."""
_ARROWS = {"1": 1, "8": -1}
"""Dia's open arrow raises, its filled dot lowers, as QPress draws them."""


def xml_root(path: Path, read: MapPass) -> Element | None:
    """Root of an XML file, gzipped or not; None with the fault in `read`."""
    data = _unpacked(path, read)
    if data is None:
        return None
    try:
        root: Element = SafeTree.parse(io.BytesIO(data), forbid_dtd=True).getroot()
    except (SafeTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        found = f"a file that is no plain XML ({type(error).__name__})"
        read.refuse(found, "XML without a document type or entities")
        return None
    return root


def _unpacked(path: Path, read: MapPass) -> bytes | None:
    """Bytes of a file, unpacked if need be, up to a limit."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    try:
        with (gzip.open if packed else open)(path, "rb") as stream:
            data = bytes(stream.read(MOST_MAP_BYTES + 1))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        read.refuse(f"a broken archive ({error})", "a whole file")
        return None
    if len(data) > MOST_MAP_BYTES:
        read.refuse(f"more than {MOST_MAP_BYTES / 1e6:.0f} MB", "a smaller map")
        return None
    return data


def read_dia(path: Path, read: MapPass) -> None:
    """Take a Dia drawing: boxes are nodes, lines with arrowheads are effects.

    An arrow raises what it points at, a filled dot lowers it, any other head gives no
    sign. A line with a head at both ends is a pair. A line that is not solid is
    uncertain; its style is its group. So QPress reads drawings, too.
    """
    root = xml_root(path, read)
    if root is None:
        return
    boxes: dict[str, str] = {}
    lines = []
    for item in root.iterfind(".//{*}object"):
        ends = {
            at.get("handle", ""): at.get("to", "")
            for at in item.iterfind("{*}connections/{*}connection")
        }
        text = _dia_text(item)
        if ends:
            lines.append((item, ends))
        elif text:
            boxes[item.get("id", "")] = read.place(text)
    for number, (item, ends) in enumerate(lines, start=1):
        tail, head = boxes.get(ends.get("0", "")), boxes.get(ends.get("1", ""))
        if tail is None or head is None:
            read.notes.append(f"line {number} is not joined to two boxes: left out")
            continue
        _dia_line(item, tail, head, number, read)


def _dia_line(item: Element, tail: str, head: str, number: int, read: MapPass) -> None:
    """Take the one or two effects of a line."""
    group = int(_dia_value(item, "line_style") or 0)
    heads = _dia_value(item, "start_arrow"), _dia_value(item, "end_arrow")
    if tail == head:
        heads = ("0", heads[1] if heads[1] not in {"", "0"} else heads[0])
    for arrow, one, other in ((heads[1], tail, head), (heads[0], head, tail)):
        if arrow in {"", "0"}:
            continue
        read.link(one, other, _ARROWS.get(arrow, 0), group=group, pair=number)
    if not any(arrow not in {"", "0"} for arrow in heads):
        read.notes.append(f"line {number} ({tail}, {head}) has no arrowhead: left out")


def _dia_text(item: Element) -> str:
    """Label of a box; Dia puts # around strings."""
    for part in item.iterfind("{*}attribute"):
        if part.get("name") == "text":
            string = part.find(".//{*}string")
            return (string.text or "").strip("#") if string is not None else ""
    return ""


def _dia_value(item: Element, name: str) -> str:
    """Value of an attribute, "" if it is not there."""
    for part in item.iterfind("{*}attribute"):
        if part.get("name") == name and len(part):
            return part[0].get("val", "")
    return ""


def read_xmile(path: Path, read: MapPass) -> None:
    """Take the connectors of an XMILE model (Stella), with their polarity."""
    root = xml_root(path, read)
    if root is None:
        return
    for kind in ("aux", "stock", "flow"):
        for item in root.iterfind(f".//{{*}}variables/{{*}}{kind}"):
            read.place(_plain(item.get("name", "")))
    aliases = {
        item.get("uid", ""): (item.findtext("{*}of") or "")
        for item in root.iterfind(".//{*}alias")
    }
    for number, item in enumerate(root.iterfind(".//{*}connector"), start=1):
        sign = read.sign(item.get("polarity", ""), number)
        ends = [_xmile_end(item.find(f"{{*}}{at}"), aliases) for at in ("from", "to")]
        read.link(ends[0], ends[1], sign, row=number)
    _note_unsigned(read)


def _xmile_end(end: Element | None, aliases: dict[str, str]) -> str:
    """Name at the end of a connector."""
    if end is None:
        return ""
    alias = end.find("{*}alias")
    name = aliases.get(alias.get("uid", ""), "") if alias is not None else end.text
    return _plain(name or "")


def _plain(name: str) -> str:
    """Name with XMILE's underscores and line breaks as spaces."""
    return name.replace("\\n", " ").replace("_", " ").strip().strip('"')


def read_decision_explorer(path: Path, read: MapPass) -> None:
    """Take the concepts and links of a Decision Explorer model (XML)."""
    root = xml_root(path, read)
    if root is None:
        return
    concepts = {
        item.get("id", ""): read.place(item.text or "")
        for item in root.iterfind(".//{*}concept")
    }
    for number, item in enumerate(root.iterfind(".//{*}link"), start=1):
        ends = [concepts.get(item.get(at, ""), "") for at in ("linkfrom", "linkto")]
        sign = read.sign(item.get("sign", ""), number)
        read.link(ends[0], ends[1], sign, row=number)
    _note_unsigned(read)


def read_graphml_map(path: Path, read: MapPass) -> None:
    """Take the edges of a GraphML file; `sign`, `group`, `pair` are attributes."""
    root = xml_root(path, read)
    if root is None:
        return
    keys = {
        key.get("id", ""): key.get("attr.name", "")
        for key in root.iterfind(".//{*}key")
    }
    label = {}
    for node in root.iterfind(".//{*}node"):
        told = {
            keys.get(d.get("key", ""), ""): d.text for d in node.iterfind("{*}data")
        }
        label[node.get("id", "")] = read.place(
            told.get("label") or node.get("id") or ""
        )
    for number, edge in enumerate(root.iterfind(".//{*}edge"), start=1):
        told = {
            keys.get(d.get("key", ""), ""): d.text for d in edge.iterfind("{*}data")
        }
        sign = read.sign(told.get("sign") or "", number)
        group = told.get("group") or "0"
        ends = [label.get(edge.get(at, ""), "") for at in ("source", "target")]
        uncertain = int(group) if group.isdecimal() else 0
        read.link(ends[0], ends[1], sign, group=uncertain, row=number)
    _note_unsigned(read)


def _note_unsigned(read: MapPass) -> None:
    """Say how many links have no sign."""
    unsigned = sum(link.sign == 0 for link in read.links)
    if unsigned:
        read.notes.append(f"{unsigned} links have no sign: read as unknown")
