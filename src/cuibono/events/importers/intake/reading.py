"""Any table as blocks: with quotes or without, whatever it is packed in."""

from collections.abc import Generator
from contextlib import closing

from cuibono.events.importers.intake.blocks import Block
from cuibono.events.importers.intake.lines import read_lines
from cuibono.events.importers.intake.opening import Content, Member
from cuibono.events.importers.intake.quoted import read_quoted
from cuibono.events.importers.intake.sample import BYTES, Sample, sampled
from cuibono.events.importers.records import Layout


def blocks(member: Member, layout: Layout, content: Content) -> Generator[Block]:
    """Rows of a table, block by block, its unpacked bytes going into `content`."""
    read = read_quoted if layout.quoted else read_lines
    return read(member, layout, content)


def sample_of(member: Member) -> Sample:
    """Beginning of a table."""
    data, whole = b"", True
    with closing(member.pieces(BYTES)) as pieces:
        for piece in pieces:
            data += piece
            if len(data) >= BYTES:
                whole = False
                break
    return sampled(
        member.name, data, whole=whole, folder=member.path.resolve().parent.name
    )
