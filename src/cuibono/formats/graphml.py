"""GraphML: the signed digraph of a reading, each edge with its sign and its claims.

The sign is an integer attribute `sign` (1, -1, 0 unknown) and a word; it is never a
weight. R's `signnet` and igraph read the attribute as it stands.
"""

import io
from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

import defusedxml.ElementTree as SafeTree
from defusedxml import DefusedXmlException

from cuibono.claims.records import Case, Claim, voice_text
from cuibono.claims.words import Sign
from cuibono.errors import Problems
from cuibono.formats.flat import Place, claim_from_row
from cuibono.model.build import SignedModel

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_NODE_KEYS = {"label": "string", "kind": "string", "part_of": "string"}
_EDGE_KEYS = {
    "sign": "int",
    "effect": "string",
    "disputed": "boolean",
    "reading": "string",
    "layer": "string",
    "voice": "string",
    "claims": "string",
}
_WORD = {1: "helps", -1: "harms", 0: "not stated"}


def graphml_text(case: Case, model: SignedModel) -> str:
    """GraphML document of a model; what it cannot hold is listed in the README."""
    out = io.StringIO()
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(f'<graphml xmlns="{NAMESPACE}">\n')
    for owner, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name, kind in keys.items():
            out.write(
                f'  <key id="{owner[0]}_{name}" for="{owner}" '
                f'attr.name="{name}" attr.type="{kind}"/>\n'
            )
    out.write(f'  <graph id="{_escape(case.id)}" edgedefault="directed">\n')
    for name in model.digraph.names:
        node = case.node(name)
        cells = {"label": node.label, "kind": node.kind.value, "part_of": node.part_of}
        out.write(f'    <node id="{_escape(name)}">{_data("n", cells)}</node>\n')
    by_id = {claim.id: claim for claim in case.claims}
    for k in range(model.digraph.m):
        tail, head, sign = model.label(k)
        behind = [by_id[c] for c in model.digraph.claims[k] if c in by_id]
        cells = {
            "sign": str(sign),
            "effect": _WORD[sign],
            "disputed": "true" if model.digraph.disputed[k] else "false",
            "reading": model.reading.id,
            "layer": "|".join(sorted({claim.layer.value for claim in behind})),
            "voice": "|".join(sorted({voice_text(claim.voice) for claim in behind})),
            "claims": "|".join(model.digraph.claims[k]),
        }
        ends = f'source="{_escape(tail)}" target="{_escape(head)}"'
        out.write(f'    <edge id="e{k}" {ends}>{_data("e", cells)}</edge>\n')
    out.write("  </graph>\n</graphml>\n")
    return out.getvalue()


def _escape(text: str) -> str:
    """Text made safe for an attribute or an element."""
    for mark, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot")):
        text = text.replace(mark, f"&{name};")
    return text.replace("\n", "&#10;")


def _data(owner: str, cells: Mapping[str, str]) -> str:
    """Data elements of a node or an edge; empty ones are left out."""
    return "".join(
        f'<data key="{owner}_{name}">{_escape(value)}</data>'
        for name, value in cells.items()
        if value
    )


def read_graphml(path: Path, problems: Problems, notes: list[str]) -> list[Claim]:
    """Claims of a GraphML file, one an edge; an edge without a sign gets `?`.

    Signs are read from an edge attribute `sign` alone. A weight is never taken for
    one, and each attribute that is not read is named in `notes`.
    """
    try:
        root = SafeTree.parse(path, forbid_dtd=True).getroot()
    except (SafeTree.ParseError, DefusedXmlException, OSError) as error:
        problems.add(
            path.name,
            found=f"a file that is no plain GraphML ({type(error).__name__})",
            expected="GraphML without a document type or entities",
            mend="export it again from the program that made it",
        )
        return []
    names = {
        key.get("id", ""): key.get("attr.name", "") for key in root.iter(_tag("key"))
    }
    labels = _labels(root, names)
    unread = set(names.values()) - set(_NODE_KEYS) - set(_EDGE_KEYS) - {""}
    notes.extend(
        f"{path.name}: attribute {name!r} is not read" for name in sorted(unread)
    )
    claims = []
    for number, edge in enumerate(root.iter(_tag("edge")), start=1):
        cells = _cells(edge, names)
        if not cells.get("sign"):
            notes.append(f"{path.name}: edge {number} states no sign, taken as ?")
        row = {
            "source": path.stem,
            "subject": labels.get(edge.get("source", ""), ""),
            "object": labels.get(edge.get("target", ""), ""),
            "sign": _sign(cells.get("sign", "")),
        }
        claim = claim_from_row(row, Place(path.name, number), problems)
        if claim is not None:
            claims.append(claim)
    return claims


def _tag(name: str) -> str:
    """Tag in GraphML's namespace."""
    return f"{{{NAMESPACE}}}{name}"


def _labels(root: Element, names: Mapping[str, str]) -> dict[str, str]:
    """Label of each node by its id."""
    return {
        node.get("id", ""): _cells(node, names).get("label", "") or node.get("id", "")
        for node in root.iter(_tag("node"))
    }


def _cells(element: Element, names: Mapping[str, str]) -> dict[str, str]:
    """Data of an element by attribute name."""
    return {
        names.get(data.get("key", ""), ""): (data.text or "").strip()
        for data in element.iter(_tag("data"))
    }


def _sign(text: str) -> str:
    """Sign cell as written by programs that hold it as a number."""
    return {"1.0": "1", "-1.0": "-1", "0": "?", "0.0": "?", "": Sign.NOT_STATED}.get(
        text, text
    )
