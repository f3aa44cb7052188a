"""Tables without quotes: lines split and their texts found in compiled passes."""

from collections.abc import Generator, Sequence
from contextlib import closing
from typing import Final

import numpy as np

from cuibono.errors import UsageError
from cuibono.events.importers.intake.blocks import EMPTY, Block, Reject
from cuibono.events.importers.intake.columns import (
    NumberedColumns,
    PlainColumn,
    Spans,
)
from cuibono.events.importers.intake.kernels import SLACK, split_lines
from cuibono.events.importers.intake.opening import Content, Member
from cuibono.events.importers.intake.plain import Plain
from cuibono.events.importers.intake.texts import Texts
from cuibono.events.importers.records import Layout, wrong_width

PIECE: Final = 1 << 18
"""Bytes taken at a time: what is read, split and hashed stays in the cache."""

ROOM: Final = 5 << 23
"""Bytes of a block."""

AT_ONCE: Final = PIECE + 2
"""Most lines that end in a piece, or are left at the end."""

LONGEST_LINE: Final = 1 << 20
"""Most bytes of a line."""

_MARK = b"\xef\xbb\xbf"


def read_lines(member: Member, layout: Layout, content: Content) -> Generator[Block]:
    """Rows of a table without quotes, block by block.

    Raises
    ------
    UsageError
        If a line is longer than `LONGEST_LINE`.
    """
    names = sorted(layout.columns, key=lambda name: (name in layout.plain, name))
    reader = _Reader(names, layout)
    with closing(member.fills(reader.room)) as sizes:
        for size in sizes:
            content.update(reader.room()[:size])
            reader.takes(size, member.name)
            if reader.full():
                yield reader.block()
                reader.forgets()
    reader.ends(member.name)
    yield reader.block()


class _Reader:
    """Gathers pieces until a block is full."""

    def __init__(self, names: Sequence[str], layout: Layout) -> None:
        """Start before the first line."""
        self.names, self.layout = names, layout
        self.wanted = np.array([layout.columns[name] for name in names], np.int32)
        self.text = np.zeros(ROOM + 2 * SLACK, np.uint8)
        self.view = self.text.data
        self.most = ROOM // 48 + PIECE
        self.lines = np.zeros(self.most + 1, np.int32)
        self.fields = np.zeros(self.most, np.int32)
        self.spans = Spans(len(names), AT_ONCE, LONGEST_LINE + 2 * PIECE)
        numbered = len(names) - len(layout.plain)
        self.columns = NumberedColumns(numbered, self.most, AT_ONCE)
        self.plain = [PlainColumn(self.most, ROOM) for _ in layout.plain]
        self.have, self.begin, self.row, self.line = 0, 0, 1, 0

    def forgets(self) -> None:
        """Make room for a new block; the beginning of a line is kept."""
        rest = bytes(self.view[self.begin : self.have])
        self.view[: len(rest)] = rest
        self.have, self.begin = len(rest), 0
        self.row += self.line
        self.line = 0
        self.columns.forget()
        for column in self.plain:
            column.ascii = True

    def room(self) -> memoryview:
        """Where the next piece goes."""
        return self.view[self.have : self.have + PIECE]

    def full(self) -> bool:
        """Whether another piece may be too much."""
        return (
            self.have + PIECE >= ROOM
            or self.line + PIECE >= self.most
            or self.columns.crowded()
        )

    def takes(self, size: int, name: str) -> None:
        """Split the lines of a piece that was put into the room for it.

        Raises
        ------
        UsageError
            If a line is too long.
        """
        if self.have == 0 and self.row == 1 and self.view[:size][:3] == _MARK:
            self.begin = len(_MARK)
        self.have += size
        self._split(name)
        if self.have - self.begin > LONGEST_LINE:
            raise UsageError(_too_long(name, self.row + self.line))

    def ends(self, name: str) -> None:
        """Split what stands after the last line end."""
        if self.have > self.begin:
            self.text[self.have] = ord("\n")
            self.have += 1
            self._split(name)

    def _split(self, name: str) -> None:
        """Find the fields and texts of the lines that are complete.

        Raises
        ------
        UsageError
            If one of them is too long.
        """
        spans, was = self.spans, self.line
        count = split_lines(
            self.text,
            (self.begin, self.have),
            ord(self.layout.delimiter),
            self.wanted,
            spans.places,
            spans.ends,
            spans.starts,
            spans.stops,
            self.lines,
            self.fields,
            was,
        )
        if count and self.have - self.begin > LONGEST_LINE:
            lengths = np.diff(self.lines[was : was + count + 1])
            if lengths.max() > LONGEST_LINE + 1:
                raise UsageError(
                    _too_long(name, self.row + was + int(lengths.argmax()))
                )
        self.begin, self.line = int(self.lines[was + count]), was + count
        self.columns.add(self.text, spans, was, count)
        for at, column in enumerate(self.plain, start=len(self.columns)):
            column.add(self.text, spans.starts[at], spans.stops[at], was, count)

    def block(self) -> Block:
        """Block of the lines so far, good until they are forgotten."""
        count = self.line
        faults = self._faults()
        columns, plain = self._columns(faults)
        skip = min(max(0, self.layout.header + 1 - self.row), count)
        good = np.ones(count, np.bool_)
        good[list(faults)] = False
        good[:skip] = False
        kept = np.flatnonzero(good)
        if len(kept) < count:
            columns = {name: texts.taken(kept) for name, texts in columns.items()}
            plain = {name: texts.taken(kept) for name, texts in plain.items()}
        return Block(
            rows=self.row + kept,
            columns=columns,
            line=lambda at: self._line(int(kept[at])),
            rejects=tuple(
                Reject(row=self.row + at, reason=faults[at], line=self._line(at))
                for at in sorted(faults)
                if at >= skip
            ),
            read=count - skip,
            plain=plain,
        )

    def _faults(self) -> dict[int, str]:
        """Lines with a wrong number of fields, with what is wrong."""
        fields, layout = self.fields[: self.line], self.layout
        wrong = (fields < layout.fewest) | (fields > layout.most)
        found = {}
        for at in map(int, np.flatnonzero(wrong)):
            empty = self.lines[at + 1] - self.lines[at] <= 2
            found[at] = EMPTY if empty else wrong_width(int(fields[at]), layout)
        return found

    def _columns(
        self, faults: dict[int, str]
    ) -> tuple[dict[str, Texts], dict[str, Plain]]:
        """Columns of all lines; what is wrong with their texts is added to `faults`."""
        columns, plain = {}, {}
        numbered = len(self.columns)
        for at, name in enumerate(self.names[:numbered]):
            columns[name] = self.columns.read(at, self.view, self.line)
            for line, fault in self.columns.wrong(at, columns[name].index):
                faults.setdefault(line, fault)
        for name, column in zip(self.names[numbered:], self.plain, strict=True):
            if column.ascii:
                plain[name] = column.plain(self.line)
                continue
            columns[name], wrong = column.texts(self.line)
            for line, fault in wrong.items():
                faults.setdefault(line, fault)
        return columns, plain

    def _line(self, at: int) -> str:
        """What a line says."""
        line = bytes(self.view[self.lines[at] : self.lines[at + 1]])
        return line.rstrip(b"\r\n").decode(errors="replace")


def _too_long(name: str, row: int) -> str:
    """What to say of a line that is too long."""
    return (
        f"{name}: row {row} is longer than {LONGEST_LINE / 1e6:.0f} MB, which no event "
        "is; is it a table of lines?"
    )
