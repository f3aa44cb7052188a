"""Signed ties from a Pajek network: the sign of a value, or of a named relation."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cuibono.formats.network_pass import Pass

MOST_PAJEK_BYTES = 100_000_000
"""Most bytes of a Pajek file."""
MOST_VERTICES = 2_000_000

_TOKEN = re.compile(r'"([^"]*)"|(\S+)')
_SECTION = re.compile(r"\*(\w+)\s*(?::\s*(\d+))?\s*(.*)")
_LINES = {"arcs", "edges"}
_LISTS = {"arcslist", "edgeslist"}
_KNOWN = _LINES | _LISTS | {"vertices", "matrix", "network"}


@dataclass(slots=True)
class _Tie:
    """One line of the file: ends by number, value, relation."""

    row: int
    tail: int
    head: int
    value: float
    relation: str


@dataclass(slots=True)
class _File:
    """What a file holds, before signs are given."""

    size: int = 0
    label: dict[int, str] = field(default_factory=dict)
    ties: list[_Tie] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)


def read_pajek(path: Path, read: Pass, signs: Mapping[str, int]) -> None:
    """Take every arc and edge of a Pajek `.net` file; faults go into `read`.

    A tie has the sign of its value. Where a relation (`*Arcs :2 "opposes"`) is named in
    `signs`, all its ties have that sign. A file with several relations, none of them
    named and no negative value, does not say which relation is hostile, and is refused.

    Parameters
    ----------
    path : Path
        Sections *Vertices, *Arcs, *Edges, *Arcslist, *Edgeslist, *Matrix.
    read : Pass
        Takes the ties; with `weighted`, the size of a value is the weight.
    signs : mapping of str to int
        Sign by number of relation.
    """
    if path.stat().st_size > MOST_PAJEK_BYTES:
        read.refuse(f"more than {MOST_PAJEK_BYTES / 1e6:.0f} MB", "a smaller file")
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        read.refuse(f"byte 0x{error.object[error.start]:02X}", "UTF-8 text")
        return
    found = _File()
    _scan(text, found, read)
    _check_relations(found, read, signs)
    if len(read.problems):
        return
    for tie in found.ties:
        sign = signs.get(tie.relation, (tie.value > 0) - (tie.value < 0))
        cells = {
            "source": found.label.get(tie.tail, str(tie.tail)),
            "target": found.label.get(tie.head, str(tie.head)),
            "sign": str(sign),
            "weight": str(abs(tie.value)),
        }
        read.take(tie.row, cells)


def _scan(text: str, found: _File, read: Pass) -> None:
    """Gather vertices and ties section by section."""
    section, relation, matrix_row = "", "1", 0
    for row, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith(("%", "/*")):
            continue
        if line.startswith("*"):
            section, relation = _section(row, line, found, read)
            matrix_row = 0
        elif section == "vertices":
            _vertex(row, line, found, read)
        elif section in _LINES:
            _tie(row, line, relation, found, read)
        elif section in _LISTS:
            _list(row, line, relation, found, read)
        elif section == "matrix":
            matrix_row += 1
            _matrix_row(row, line, matrix_row, relation, found, read)
        else:
            read.fault(row, None, line[:60], "a section, such as *Vertices 5")


def _section(row: int, line: str, found: _File, read: Pass) -> tuple[str, str]:
    """Name and relation of a section."""
    match = _SECTION.match(line)
    name = match[1].lower() if match else ""
    if match is None or name not in _KNOWN:
        expected = "*Vertices, *Arcs, *Edges, *Arcslist, *Edgeslist or *Matrix"
        read.fault(row, None, line[:60], expected, "keep one network a file")
        return "", "1"
    if name == "vertices":
        size = match[3].split()
        if not size or not size[0].isdecimal() or int(size[0]) > MOST_VERTICES:
            expected = f"how many, up to {MOST_VERTICES}"
            read.fault(row, "*Vertices", match[3][:40] or "nothing", expected)
        else:
            found.size = int(size[0])
        return name, "1"
    relation = match[2] or "1"
    if name != "network":
        found.told.setdefault(relation, match[3].strip().strip('"'))
    return name, relation


def _vertex(row: int, line: str, found: _File, read: Pass) -> None:
    """Take the label of a vertex."""
    tokens = [quoted or bare for quoted, bare in _TOKEN.findall(line)]
    number = _place(row, tokens[0], found, read)
    if number:
        label = tokens[1] if len(tokens) > 1 else str(number)
        if number in found.label:
            read.fault(row, "*Vertices", f"vertex {number} twice", "each number once")
        found.label[number] = label
        read.stated.place(label)


def _place(row: int, text: str, found: _File, read: Pass) -> int:
    """Number of a vertex; 0 if it is none."""
    number = int(text) if text.isdecimal() and len(text) < 12 else 0
    if not 1 <= number <= found.size:
        read.fault(row, None, text[:40], f"a vertex number from 1 to {found.size}")
        return 0
    return number


def _tie(row: int, line: str, relation: str, found: _File, read: Pass) -> None:
    """Take an arc or an edge: two ends and perhaps a value."""
    words = line.split()
    if len(words) < 2:
        read.fault(row, None, line[:60], "two vertex numbers and a value")
        return
    tail, head = (_place(row, word, found, read) for word in words[:2])
    value = _value(row, words[2], read) if len(words) > 2 else 1.0
    if tail and head:
        found.ties.append(_Tie(row, tail, head, value, relation))


def _value(row: int, text: str, read: Pass) -> float:
    """Value of a line; a drawing instruction or a time in its place means 1."""
    if text[0].isalpha() or text[0] in "[\"'":
        return 1.0
    try:
        value = float(text)
    except ValueError:
        value = float("inf")
    if abs(value) > 1e15:
        read.fault(row, "value", text[:40], "a number")
        return 0.0
    return value


def _list(row: int, line: str, relation: str, found: _File, read: Pass) -> None:
    """Take the ties of one vertex to those listed after it."""
    places = [_place(row, word, found, read) for word in line.split()]
    if all(places):
        found.ties += [_Tie(row, places[0], head, 1.0, relation) for head in places[1:]]


def _matrix_row(
    row: int, line: str, tail: int, relation: str, found: _File, read: Pass
) -> None:
    """Take the ties of one row of a matrix."""
    words = line.split()
    if len(words) != found.size or tail > found.size:
        expected = f"{found.size} rows of {found.size} values"
        read.fault(row, "*Matrix", f"row {tail} with {len(words)} values", expected)
        return
    for head, word in enumerate(words, start=1):
        value = _value(row, word, read)
        if value:
            found.ties.append(_Tie(row, tail, head, value, relation))


def _check_relations(found: _File, read: Pass, signs: Mapping[str, int]) -> None:
    """Refuse signs that nothing states, or that contradict a value."""
    used = {tie.relation for tie in found.ties}
    names = ", ".join(f"{key} {found.told[key]}".strip() for key in sorted(found.told))
    for key in signs:
        if key not in found.told:
            read.refuse(
                f"no relation {key}", f"relations of the file: {names or 'none'}"
            )
    unnamed = used - set(signs)
    negative = any(tie.value < 0 for tie in found.ties)
    if len(unnamed) > 1 and not negative:
        read.refuse(
            f"relations {names} without a negative value",
            "the sign of each relation",
            "name them, as in --relations 1:+,2:-",
        )
    for tie in found.ties:
        if tie.relation in signs and tie.value < 0:
            expected = f"values that are not negative in relation {tie.relation}"
            read.fault(
                tie.row, "value", f"{tie.value:g}", expected, "give no sign to it"
            )
    if used and not negative and not signs:
        read.notes.append("no value is negative: all ties are read as friendly")
