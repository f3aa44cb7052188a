"""Tables without quotes: lines split and their texts found in compiled passes."""

import secrets
from collections.abc import Generator, Sequence
from contextlib import closing
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cuibono.errors import UsageError
from cuibono.events.importers.intake.blocks import EMPTY, NOT_UTF8, NUL, Block, Reject
from cuibono.events.importers.intake.kernels import (
    distinct_texts,
    laid_out,
    split_lines,
)
from cuibono.events.importers.intake.opening import Content, Member
from cuibono.events.importers.intake.plain import Plain, plain_column
from cuibono.events.importers.intake.texts import Texts
from cuibono.events.importers.records import Layout, wrong_width

PIECE: Final = 1 << 16
"""Bytes taken at a time: what is read, split and hashed stays in the cache."""

ROOM: Final = 5 << 23
"""Bytes of a block."""

MOST_DISTINCT: Final = 50_000
"""Different texts of one column after which a block ends."""

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
    with closing(member.pieces(PIECE)) as pieces:
        for piece in pieces:
            content.update(piece)
            if not reader.takes(piece, member.name):
                yield reader.block()
                reader.forgets()
                reader.takes(piece, member.name)
    reader.ends()
    yield reader.block()


class _Reader:
    """Gathers pieces until a block is full."""

    def __init__(self, names: Sequence[str], layout: Layout) -> None:
        """Start before the first line."""
        self.names, self.layout = names, layout
        self.wanted = np.array([layout.columns[name] for name in names], np.int32)
        self.is_mark = np.zeros(LONGEST_LINE + 2 * PIECE, np.uint8)
        self.marks = np.zeros((2, LONGEST_LINE + 2 * PIECE), np.int32)
        self.salt = np.uint64(secrets.randbits(63))
        self.words = np.zeros(ROOM // 8 + 4, np.uint64)
        self.text = self.words.view(np.uint8)
        self.view = self.text.data
        # No power of two: columns would fall on the same lines of the cache.
        self.most = ROOM // 48 + 1040
        shape = (len(names), self.most)
        self.starts, self.stops = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
        self.index, self.first = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
        self.texts = len(names) - len(layout.plain)
        self.laid_ends = np.zeros((len(layout.plain), self.most + 1), np.int32)
        self.numbers = np.zeros((len(layout.plain), self.most), np.uint64)
        self.laid = np.zeros((len(layout.plain), ROOM), np.uint8)
        self.lines = np.zeros(self.most + 1, np.int32)
        self.fields = np.zeros(self.most, np.int32)
        self.have, self.begin, self.row = 0, 0, 1
        self._anew()

    def _anew(self) -> None:
        """Start a block."""
        columns = self.texts
        self.ascii = np.ones(len(self.layout.plain), np.bool_)
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
        crowded = self.found.max(initial=0) > MOST_DISTINCT
        if crowded or self.have + size + 1 > ROOM or self.line + size >= self.most:
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
            self.wanted,
            self.is_mark,
            self.marks[0],
            self.marks[1],
            self.starts,
            self.stops,
            self.lines,
            self.fields,
            was,
        )
        self.begin = end
        self.table, self.hashes = distinct_texts(
            self.words,
            self.starts[: self.texts],
            self.stops[: self.texts],
            (was, self.line),
            self.salt,
            self.table,
            self.hashes,
            self.index,
            self.first,
            self.found,
        )
        for at in range(len(self.laid_ends)):
            self.ascii[at] &= laid_out(
                self.text,
                self.words,
                self.starts[self.texts + at],
                self.stops[self.texts + at],
                (was, self.line),
                self.salt,
                self.laid_ends[at],
                self.numbers[at],
                self.laid[at],
            )

    def block(self) -> Block:
        """Block of the lines so far, good until they are forgotten."""
        count = self.line
        faults = self._faults()
        columns, plain = {}, {}
        for at, name in enumerate(self.names):
            if at >= self.texts and self.ascii[at - self.texts]:
                plain[name] = self._plain(at - self.texts)
                continue
            values, bad, index = self._values(at)
            columns[name] = Texts(values, index)
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

    def _plain(self, at: int) -> Plain:
        """Column of texts that hardly recur."""
        return plain_column(
            self.laid_ends[at, : self.line + 1],
            self.laid[at],
            self.numbers[at, : self.line].copy(),
        )

    def _values(self, at: int) -> tuple[list[str], dict[int, str], NDArray[np.int32]]:
        """Distinct texts of a column, what is wrong with some, and which each row has."""
        if at < self.texts:
            seen = self.first[at, : self.found[at]]
            index = self.index[at, : self.line].copy()
        else:
            seen = np.arange(self.line, dtype=np.int32)
            index = seen
        begins, ends = self.starts[at, seen].tolist(), self.stops[at, seen].tolist()
        values, bad = [], {}
        for known, (begin, end) in enumerate(zip(begins, ends, strict=True)):
            try:
                value = str(self.view[begin:end], "utf-8")
            except UnicodeDecodeError:
                value = ""
                bad[known] = NOT_UTF8
            if "\0" in value:
                bad[known] = NUL
            values.append(value)
        return values, bad, index

    def _line(self, at: int) -> str:
        """What a line says."""
        line = bytes(self.view[self.lines[at] : self.lines[at + 1]])
        return line.rstrip(b"\r\n").decode(errors="replace")
