"""WebAnno and INCEpTION TSV 3: spans, and relations between them; offsets are UTF-16."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from cuibono.claims.records import Anchor
from cuibono.formats.archives import shown
from cuibono.formats.exchange.intake import Intake
from cuibono.formats.exchange.offsets import Utf16
from cuibono.formats.exchange.relations import Span, take_relation, take_span
from cuibono.formats.exchange.safe import file_bytes, plain_text

HEADER = re.compile(r"#FORMAT=WebAnno TSV 3(\.\d+)?\s*")
GRAMMAR = (".lexmorph.", ".syntax.", ".morph.")
"""Parts of the names of layers that hold grammar, which is not taken in."""
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_TOKEN = re.compile(r"\d+-\d+(\.\d+)?")
_STACK = re.compile(r"(.*?)(?:\[(\d+)\])?", re.DOTALL)
_END = re.compile(r"(\d+-\d+(?:\.\d+)?)(?:\[(\d+)_(\d+)\])?")


@dataclass(frozen=True, slots=True)
class LayerColumns:
    """A layer of the file: where its columns are; `base` for relations."""

    name: str
    first: int
    count: int
    base: str = ""

    @property
    def is_grammar(self) -> bool:
        """Whether it holds parts of speech, lemmas or syntax."""
        return any(part in self.name for part in GRAMMAR)


@dataclass(slots=True)
class Piece:
    """A span as its tokens name it."""

    start: int
    end: int
    labels: tuple[str, ...]


@dataclass(slots=True)
class Page:
    """The rows of a file and its text, in UTF-16 positions."""

    layers: list[LayerColumns] = field(default_factory=list)
    sentences: list[tuple[int, str]] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def fits(start: bytes) -> bool:
    """Whether a file starts as WebAnno TSV 3 does."""
    return start.removeprefix(b"\xef\xbb\xbf").startswith(b"#FORMAT=WebAnno TSV 3")


def read(path: Path, intake: Intake) -> None:
    """Take a document in: a claim a relation between spans, else coded stretches.

    Raises
    ------
    ForeignFileError
        If the file is no WebAnno TSV 3, or its words are not where it says.
    """
    page = _page(plain_text(file_bytes(path, intake), intake), intake)
    text = _text(page, intake)
    source = intake.source(Path(intake.name).stem, text)
    if len(page.sentences) > 1:
        intake.notes.append(
            "what stands between sentences is not in the file: line breaks stand for it"
        )
    units = Utf16(text)
    _check_words(page, text, units, intake)
    spans = {}
    for layer in page.layers:
        if layer.is_grammar:
            intake.skip(f'layers of grammar ("{shown(layer.name)}")')
        elif not layer.base:
            spans[layer.name] = _spans(layer, page, source, units, intake)
    joined: set[tuple[str, str]] = set()
    for layer in page.layers:
        if layer.base and not layer.is_grammar:
            _take_relations(layer, page, spans, joined, intake)
    for name, found in spans.items():
        for key, span in found.items():
            if (name, key) not in joined:
                take_span(span, intake)


def _page(text: str, intake: Intake) -> Page:
    """Rows of a text under its header.

    Raises
    ------
    ForeignFileError
        If the header or a row is out of form.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    if not HEADER.fullmatch(lines[0]):
        intake.refuse(f'"{shown(lines[0])}"', "#FORMAT=WebAnno TSV 3")
    page, column, said = Page(), 3, []
    for number, line in enumerate(lines[1:], start=2):
        if line.startswith(("#T_SP=", "#T_RL=", "#T_CH=")):
            layer = _layer(line, column)
            if line.startswith("#T_CH="):
                intake.skip("chains of coreference")
            else:
                page.layers.append(layer)
            column = layer.first + layer.count
        elif line.startswith("#Text="):
            said.append(plain_words(line.removeprefix("#Text=")))
        elif line and not line.startswith("#"):
            cells = line.split("\t")
            place = (
                re.fullmatch(r"(\d{1,9})-(\d{1,9})", cells[1]) if cells[2:] else None
            )
            if place is None or not _TOKEN.fullmatch(cells[0]):
                intake.refuse(f'"{shown(line)}" in line {number}', "a token")
            if len([c for c in cells[column:] if c]) or len(cells) < column:
                found = f"{len(cells)} columns in line {number}"
                intake.refuse(found, f"{column}, as the header says")
            if said:
                page.sentences.append((int(place[1]), "\n".join(said)))
                said = []
            page.rows.append((number, cells))
    if not page.rows:
        intake.refuse("no token", "at least one")
    return page


def _layer(line: str, first: int) -> LayerColumns:
    """Columns of a layer that a header line declares."""
    kind, _, rest = line.partition("=")
    name, *features = rest.strip().split("|")
    if kind == "#T_SP":
        return LayerColumns(name, first, max(1, len(features)))
    if kind == "#T_CH":
        return LayerColumns(name, first, 2)
    base = features[-1].removeprefix("BT_") if features else ""
    return LayerColumns(name, first, max(2, len(features)), base)


def plain_words(text: str) -> str:
    r"""Cell of the file without its escapes.

    Examples
    --------
    >>> plain_words("a\\|b\\_")
    'a|b_'
    """
    return re.sub(r"\\(->|.)", lambda m: _ESCAPES.get(m[1], m[1]), text)


def _parts(cell: str) -> list[str]:
    """Values that are stacked in a cell, apart at unescaped bars."""
    return re.split(r"(?<!\\)\|", cell)


def _text(page: Page, intake: Intake) -> str:
    """Text of the document, rebuilt from its sentences.

    Raises
    ------
    ForeignFileError
        If sentences overlap or lie absurdly far apart.
    """
    pieces, at = [], 0
    for start, sentence in page.sentences:
        gap = start - at
        if gap < 0 or gap > 100_000:
            found = f'sentence "{shown(sentence)}" at {start}'
            intake.refuse(found, f"a place from {at}")
        pieces += ["\n" * gap, sentence]
        at = start + Utf16(sentence).unit_length
    return "".join(pieces)


def _place(cells: list[str]) -> tuple[int, int]:
    """Positions of a token, in UTF-16 units."""
    start, end = cells[1].split("-")
    return int(start), int(end)


def _check_words(page: Page, text: str, units: Utf16, intake: Intake) -> None:
    """See to it that each token stands where it says.

    Raises
    ------
    ForeignFileError
        If one does not.
    """
    for number, cells in page.rows:
        start, end = _place(cells)
        try:
            found = text[units.points(start) : units.points(end)]
        except ValueError as error:
            intake.refuse(f"line {number}: {error}", "a position in the text")
        word = plain_words(cells[2])
        if found != word and found != cells[2]:
            told = f'"{shown(word)}" at {start} in line {number}'
            intake.refuse(told, f'"{shown(found)}", which stands there')


def _spans(
    layer: LayerColumns, page: Page, source: str, units: Utf16, intake: Intake
) -> dict[str, Span]:
    """Spans of a layer by number, or by token where they have none."""
    pieces: dict[str, Piece] = {}
    for _, cells in page.rows:
        columns = [_parts(c) for c in cells[layer.first : layer.first + layer.count]]
        start, end = _place(cells)
        for stack in zip(*columns, strict=False):
            read = [_STACK.fullmatch(part) for part in stack]
            values = [(m[1], m[2]) for m in read if m]
            if all(value == "_" for value, _ in values):
                continue
            number = next((n for _, n in values if n), "")
            labels = tuple(
                plain_words(value) for value, _ in values if value not in {"_", "*"}
            )
            key = number or cells[0]
            piece = pieces.setdefault(key, Piece(start, end, labels))
            piece.start, piece.end = min(piece.start, start), max(piece.end, end)
    return {key: _span(piece, source, units, intake) for key, piece in pieces.items()}


def _span(piece: Piece, source: str, units: Utf16, intake: Intake) -> Span:
    """Span in code points."""
    start, end = units.points(piece.start), units.points(piece.end)
    anchor: Anchor = intake.anchor(source, start, end)
    return Span(source=source, anchor=anchor, labels=piece.labels)


def _take_relations(
    layer: LayerColumns,
    page: Page,
    spans: dict[str, dict[str, Span]],
    joined: set[tuple[str, str]],
    intake: Intake,
) -> None:
    """Take in the relations of a layer: from the end that is named to the row's own."""
    known = spans.get(layer.base)
    for number, cells in page.rows:
        *labels, ends = cells[layer.first : layer.first + layer.count]
        if ends == "_" or not ends:
            continue
        if known is None:
            intake.skip(f'relations between no spans ("{shown(layer.base)}")')
            continue
        for at, end in enumerate(_parts(ends)):
            found = _END.fullmatch(end)
            if found is None:
                intake.refuse(f'"{shown(end)}" in line {number}', "a token's number")
            one = found[2] if found[2] not in {None, "0"} else found[1]
            other = found[3] if found[3] not in {None, "0"} else cells[0]
            if one not in known or other not in known:
                intake.refuse(f"a relation to no span in line {number}", "a span")
            stack = [(_parts(label) + [""] * at)[at] for label in labels]
            told = [plain_words(x) for x in stack if x not in {"_", "*", ""}]
            joined.update({(layer.base, one), (layer.base, other)})
            take_relation(
                known[one],
                known[other],
                told[0] if told else "",
                intake,
                coder="",
                prov=f"line {number}",
            )
