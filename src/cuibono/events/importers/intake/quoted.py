"""Tables whose fields may stand in quotes: row by row, as the standard library reads."""

import csv
from collections.abc import Generator
from contextlib import closing
from typing import Final

import numpy as np

from cuibono.errors import UsageError
from cuibono.events.importers.intake.blocks import EMPTY, NOT_UTF8, NUL, Block, Reject
from cuibono.events.importers.intake.lines import LONGEST_LINE
from cuibono.events.importers.intake.opening import Content, Member
from cuibono.events.importers.intake.texts import Texts
from cuibono.events.importers.records import Layout, wrong_width

ROWS: Final = 20_000
"""Rows of a block."""


def read_quoted(member: Member, layout: Layout, content: Content) -> Generator[Block]:
    """Rows of a table with quotes, block by block; a row may span lines.

    Raises
    ------
    UsageError
        If the quotes do not balance.
    """
    lines = _lines(member, content)
    rows = csv.reader(lines, delimiter=layout.delimiter, strict=True)
    number, begin = 0, 1
    fields: list[list[str]] = []
    try:
        for row in rows:
            number += 1
            fields.append(row)
            if len(fields) >= ROWS:
                yield _block(fields, begin, layout)
                fields, begin = [], number + 1
    except csv.Error as error:
        raise UsageError(
            f"{member.name}: row {number + 1} cannot be read ({error}): quotes that do "
            "not balance, or a field that is far too long"
        ) from error
    yield _block(fields, begin, layout)


def _lines(member: Member, content: Content) -> Generator[str]:
    """Lines of a file; bytes that are not UTF-8 are carried as lone surrogates.

    Raises
    ------
    UsageError
        If a line is too long.
    """
    rest, first = b"", True
    with closing(member.pieces(1 << 18)) as pieces:
        for piece in pieces:
            content.update(piece)
            *whole, rest = (rest + piece).split(b"\n")
            if first and whole:
                whole[0] = whole[0].removeprefix(b"\xef\xbb\xbf")
                first = False
            for line in whole:
                yield line.decode(errors="surrogateescape") + "\n"
            if len(rest) > LONGEST_LINE:
                raise UsageError(
                    f"{member.name}: a line is longer than {LONGEST_LINE / 1e6:.0f} MB, "
                    "which no event is; is it a table of lines?"
                )
    if rest:
        yield rest.decode(errors="surrogateescape")


def _block(fields: list[list[str]], begin: int, layout: Layout) -> Block:
    """Block of some rows of which the first is row `begin` of the file."""
    skip = min(max(0, layout.header + 1 - begin), len(fields))
    kept, rejects = [], []
    for at in range(skip, len(fields)):
        if reason := _fault(fields[at], layout):
            line = _text(fields[at], layout)
            rejects.append(Reject(row=begin + at, reason=reason, line=line))
        else:
            kept.append(at)
    columns = {
        name: _column([fields[at][place] for at in kept])
        for name, place in layout.columns.items()
    }
    return Block(
        rows=begin + np.array(kept, np.int64),
        columns=columns,
        line=lambda at: _text(fields[kept[at]], layout),
        rejects=tuple(rejects),
        read=len(fields) - skip,
    )


def _column(texts: list[str]) -> Texts:
    """Distinct texts of a column."""
    known: dict[str, int] = {}
    index = [known.setdefault(text, len(known)) for text in texts]
    return Texts(list(known), np.array(index, np.int32))


def _fault(row: list[str], layout: Layout) -> str:
    """Why a row cannot be read, or an empty text."""
    if not any(row):
        return EMPTY
    if not layout.fewest <= len(row) <= layout.most:
        return wrong_width(len(row), layout)
    # Only what is kept has to be clean.
    told = "".join(row[place] for place in layout.columns.values())
    if "\0" in told:
        return NUL
    return NOT_UTF8 if _has_surrogate(told) else ""


def _has_surrogate(text: str) -> bool:
    """Whether a text carries bytes that were not UTF-8."""
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _text(row: list[str], layout: Layout) -> str:
    """Row as one line, for the rejects file."""
    line = layout.delimiter.join(row)
    return line.encode(errors="surrogateescape").decode(errors="replace")
