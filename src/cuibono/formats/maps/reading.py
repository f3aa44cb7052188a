"""A signed digraph from a file of another tool, or from a case."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cuibono.errors import UsageError
from cuibono.formats.case import read_case
from cuibono.formats.maps.kumu import read_kumu
from cuibono.formats.maps.records import Link, MapPass
from cuibono.formats.maps.table import read_edge_table
from cuibono.formats.maps.xml_maps import (
    read_decision_explorer,
    read_dia,
    read_graphml_map,
    read_xmile,
)
from cuibono.model.build import build_model
from cuibono.model.digraph import SignedDigraph, digraph

MAPS: dict[str, Callable[[Path, MapPass], None]] = {
    ".csv": read_edge_table,
    ".dia": read_dia,
    ".json": read_kumu,
    ".stmx": read_xmile,
    ".xmile": read_xmile,
    ".xml": read_xmile,
    ".mdx": read_decision_explorer,
    ".graphml": read_graphml_map,
}
"""Reader by file ending."""

LIMITATIONS = ("enforce", "as-given")


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFile:
    """A signed digraph with where it came from.

    Attributes
    ----------
    name : str
        File, or case and reading.
    digraph : SignedDigraph
        The model.
    notes : tuple of str
        What was left out, merged or read as unknown.
    """

    name: str
    digraph: SignedDigraph
    notes: tuple[str, ...] = ()


def read_map(
    path: Path, *, reading: str | None = None, limitation: str = "enforce"
) -> MapFile:
    """Signed digraph of a case folder, an edge list, a matrix or a drawing.

    Links of one sign between the same two nodes are one link; of both signs, a disputed
    one. A link without a sign is unknown, never guessed.

    Parameters
    ----------
    path : Path
        A case folder, or a file with an ending of `MAPS`.
    reading : str, optional
        Of a case; the first if none.
    limitation : str
        `enforce`: every node without a link to itself limits itself; `as-given`: only
        what the file states.

    Raises
    ------
    CaseFileError
        With every fault of the file.
    UsageError
        If the options do not fit what `path` is.
    """
    if limitation not in LIMITATIONS:
        raise UsageError(
            f'no self-limitation "{limitation}"; there are: {", ".join(LIMITATIONS)}'
        )
    if path.is_dir():
        return _of_case(path, reading, limitation)
    if reading is not None:
        raise UsageError("--reading is for a case folder, not for a file")
    read = MapPass(path.name)
    reader = MAPS.get(path.suffix.lower())
    if not path.is_file():
        read.problems.add(
            str(path), found="no such file", expected="a map", mend="check the path"
        )
    elif reader is None:
        read.refuse(f"the ending {path.suffix or 'nothing'}", ", ".join(MAPS))
    else:
        reader(path, read)
    if not read.links and not len(read.problems):
        read.refuse("no link", "at least one link between two nodes")
    read.problems.raise_if_any()
    links = _merged(read)
    return MapFile(
        name=path.name,
        digraph=digraph(
            [(link.tail, link.head, link.sign) for link in links],
            names=tuple(read.names),
            group=[link.group for link in links],
            pair=[link.pair for link in links],
            self_limitation=limitation == "enforce",
        ),
        notes=tuple(dict.fromkeys(read.notes)),
    )


def _merged(read: MapPass) -> list[Link]:
    """Links with repeated ones merged; a certain one outweighs an uncertain one."""
    kept: dict[tuple[str, str, int], Link] = {}
    for link in read.links:
        key = (link.tail, link.head, link.sign)
        if key not in kept or (kept[key].group and not link.group):
            kept[key] = link
    if len(kept) < len(read.links):
        count = len(read.links) - len(kept)
        read.notes.append(f"{count} links repeat another of the same sign: merged")
    return list(kept.values())


def _of_case(path: Path, reading: str | None, limitation: str) -> MapFile:
    """Model of one reading of a case.

    Raises
    ------
    UsageError
        If there is no such reading.
    """
    case = read_case(path)
    known = [item.id for item in case.readings]
    if reading is not None and reading not in known:
        raise UsageError(f'no reading "{reading}"; this case has: {", ".join(known)}')
    chosen = next(item for item in case.readings if item.id == (reading or known[0]))
    model = build_model(case, chosen).digraph
    if limitation == "as-given":
        model = model.without_limits()
    return MapFile(name=f"{case.id}: reading {chosen.id}", digraph=model)
