"""Tables without quotes: lines split and their texts found in compiled passes."""

import secrets
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cuibono.errors import UsageError
from cuibono.events.importers.intake.blocks import EMPTY, NOT_UTF8, NUL, Block, Reject
from cuibono.events.importers.intake.kernels import distinct_texts, split_lines
from cuibono.events.importers.intake.opening import Content, Member
from cuibono.events.importers.intake.texts import Texts
from cuibono.events.importers.records import Layout, wrong_width

PIECE: Final = 1 << 17
"""Bytes taken at a time: what is read, split and hashed stays in the cache."""

ROOM: Final = 1 << 25
"""Bytes of a block."""

LONGEST_LINE: Final = 1 << 20
"""Most bytes of a line."""

_MARK = b"\xef\xbb\xbf"


def read_lines(member: Member, layout: Layout, content: Content) -> Iterator[Block]:
    """Rows of a table without quotes, block by block.

    Raises
    ------
    UsageError
        If a line is longer than `LONGEST_LINE`.
    """
    names = list(layout.columns)
    slot = np.full(max(layout.columns.values()) + 1, -1, np.int32)
    for at, name in enumerate(names):
        slot[layout.columns[name]] = at
    reader = _Reader(names, slot, layout)
    for piece in member.pieces(PIECE):
        content.update(piece)
        if not reader.takes(piece, member.name):
            yield reader.block()
            reader.forgets()
            reader.takes(piece, member.name)
    reader.ends()
    yield reader.block()


class _Reader:
    """Gathers pieces until a block is full."""

    def __init__(
        self, names: Sequence[str], slot: NDArray[np.int32], layout: Layout
    ) -> None:
        """Start before the first line."""
        self.names, self.slot, self.layout = names, slot, layout
        self.salt = np.uint64(secrets.randbits(63))
        self.words = np.zeros(ROOM // 8 + 4, np.uint64)
        self.text = self.words.view(np.uint8)
        self.view = self.text.data
        self.most = ROOM // 32
        shape = (len(names), self.most)
        self.starts, self.stops = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
        self.index, self.first = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
        self.lines = np.zeros(self.most + 1, np.int32)
        self.fields = np.zeros(self.most, np.int32)
        self.have, self.begin, self.row = 0, 0, 1
        self._anew()

    def _anew(self) -> None:
        """Start a block."""
        columns = len(self.names)
        self.found = np.zeros(columns, np.int32)
        self.table = np.full((columns, 1024), -1, np.int32)
        self.hashes = np.zeros((columns, 1024), np.uint64)
        self.line = 0

    def forgets(self) -> None:
        """Make room for a new block; the beginning of a line is kept."""
        rest = bytes(self.view[self.begin : self.have])
        self.view[: len(rest)] = rest
        self.have, self.begin = len(rest), 0
        self.row += self.line
        self._anew()

    def takes(self, piece: bytes, name: str) -> bool:
        """Whether there was room for a piece, which is then split.

        Raises
        ------
        UsageError
            If a line is too long.
        """
        if self.have == 0 and self.row == 1:
            piece = piece.removeprefix(_MARK)
        size = len(piece)
        if self.have + size + 1 > ROOM or self.line + size >= self.most:
            return False
        self.view[self.have : self.have + size] = piece
        last = piece.rfind(b"\n")
        if last >= 0:
            self._split(self.have + last + 1)
        self.have += size
        if self.have - self.begin > LONGEST_LINE:
            raise UsageError(
                f"{name}: row {self.row + self.line} is longer than "
                f"{LONGEST_LINE / 1e6:.0f} MB, which no event is; is it a table of "
                "lines?"
            )
        return True

    def ends(self) -> None:
        """Split what stands after the last line end."""
        if self.have > self.begin:
            self.text[self.have] = ord("\n")
            self.have += 1
            self._split(self.have)

    def _split(self, end: int) -> None:
        """Find the fields and texts of complete lines."""
        was = self.line
        self.line = split_lines(
            self.text,
            (self.begin, end),
            ord(self.layout.delimiter),
            self.slot,
            self.starts,
            self.stops,
            self.lines,
            self.fields,
            was,
        )
        self.begin = end
        self.table, self.hashes = distinct_texts(
            self.words,
            self.starts,
            self.stops,
            (was, self.line),
            self.salt,
            self.table,
            self.hashes,
            self.index,
            self.first,
            self.found,
        )

    def block(self) -> Block:
        """Block of the lines so far, good until they are forgotten."""
        count = self.line
        faults = self._faults()
        columns = {}
        for at, name in enumerate(self.names):
            values, bad = self._values(at)
            columns[name] = Texts(values, self.index[at, :count].copy())
            if bad:
                for line in np.flatnonzero(np.isin(columns[name].index, list(bad))):
                    faults.setdefault(int(line), bad[int(columns[name].index[line])])
        skip = min(max(0, self.layout.header + 1 - self.row), count)
        good = np.ones(count, np.bool_)
        good[list(faults)] = False
        good[:skip] = False
        kept = np.flatnonzero(good)
        if len(kept) < count:
            columns = {name: texts.taken(kept) for name, texts in columns.items()}
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

    def _values(self, at: int) -> tuple[list[str], dict[int, str]]:
        """Distinct texts of a column, and what is wrong with some of them."""
        seen = self.first[at, : self.found[at]]
        begins, ends = self.starts[at, seen].tolist(), self.stops[at, seen].tolist()
        text = bytes(self.view[: self.have])
        values, bad = [], {}
        for known, (begin, end) in enumerate(zip(begins, ends, strict=True)):
            value = text[begin:end]
            try:
                values.append(value.decode())
            except UnicodeDecodeError:
                values.append("")
                bad[known] = NOT_UTF8
            if b"\0" in value:
                bad[known] = NUL
        return values, bad

    def _line(self, at: int) -> str:
        """What a line says."""
        line = bytes(self.view[self.lines[at] : self.lines[at + 1]])
        return line.rstrip(b"\r\n").decode(errors="replace")
