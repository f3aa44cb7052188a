"""GDELT 1.0 and 2.0 events: tab, no header, 57 or 58 columns, and 61.

Country codes are CAMEO's, of three letters, for actors. Sectors are the first type code.
The story is the address of the text, so that a mirrored row is one of the same text.
"""

from collections.abc import Callable
from typing import Final

from cuibono.events.importers.cameo import NO_CODE, is_cameo, without
from cuibono.events.importers.dates import compact_day
from cuibono.events.importers.intake.blocks import Block
from cuibono.events.importers.intake.sample import Sample
from cuibono.events.importers.numbers import tenths
from cuibono.events.importers.records import (
    Asked,
    Draft,
    Importer,
    Layout,
    usual_rejects,
)

_FIRST: Final = {
    "event_id": 0,
    "date": 1,
    "source": 5,
    "source_name": 6,
    "source_country": 7,
    "source_type": 12,
    "target": 15,
    "target_name": 16,
    "target_country": 17,
    "target_type": 22,
    "code": 26,
    "root": 28,
    "goldstein": 30,
}
"""Positions that all layouts share."""

_LAST: Final = {
    57: {"place": 50, "added": 56},
    58: {"place": 50, "added": 56, "story": 57},
    61: {"place": 52, "added": 59, "story": 60},
}
"""Positions behind the places, by number of columns."""


def _seen(widths: tuple[int, ...], extract: str) -> Callable[..., Layout | None]:
    """Function that recognises layouts of some widths."""

    def seen(sample: Sample, asked: Asked) -> Layout | None:
        """Layout of a GDELT file, by its width and what stands in the first columns."""
        rows = [line.split("\t") for line in sample.lines]
        header = int(rows[0][0].casefold() == "globaleventid")
        fits = [row for row in rows[header:] if len(row) in widths and _event(row)]
        if header and not rows[1:]:
            fits = [row for row in rows if len(row) in widths]
        if not fits or 2 * len(fits) < len(rows) - header:
            return None
        width = len(fits[0])
        return Layout(
            says=f"{width} columns, {'with a' if header else 'no'} header",
            scheme="cameo",
            extract=asked.extract or extract,
            columns={**_FIRST, **_LAST[width]},
            fewest=width,
            most=width,
            header=header,
            plain=frozenset({"event_id"}),
        )

    return seen


def _event(row: list[str]) -> bool:
    """Whether a row has an id, a date, a month and a year where GDELT has them."""
    return (
        row[0].isdecimal()
        and compact_day(row[1]) is not None
        and row[2] == row[1][:6]
        and row[3] == row[1][:4]
    )


def drafted(block: Block, _: Layout) -> Draft:
    """Events of some rows."""
    clean = without(frozenset({"", "---", "null"}))
    text = {name: texts.mapped(clean) for name, texts in block.columns.items()}
    day = text["date"].numbers(compact_day)
    source, target, code = text["source"], text["target"], text["code"]
    return Draft(
        date=day,
        source=source,
        target=target,
        source_name=text["source_name"],
        target_name=text["target_name"],
        source_country=text["source_country"],
        target_country=text["target_country"],
        source_sectors=text["source_type"],
        target_sectors=text["target_type"],
        code=code,
        code_raw=code,
        root=text["root"],
        intensity=text["goldstein"].numbers(tenths),
        place=text["place"],
        story=text.get("story"),
        event_id=block.plain["event_id"] if block.plain else text["event_id"],
        added=text["added"].numbers(compact_day),
        rejects=usual_rejects(day, source, target, ~code.where(is_cameo), NO_CODE),
    )


_TERMS = "free for any use with citation, as GDELT states; not verified"
_CITE = "Leetaru and Schrodt (2013), GDELT, ISA Annual Convention"

GDELT1: Final = Importer(
    name="gdelt1",
    version=1,
    provider="GDELT",
    says="GDELT 1.0 events: tab, no header, 57 or 58 columns",
    terms=_TERMS,
    cite=_CITE,
    seen=_seen((57, 58), "gdelt-1"),
    drafted=drafted,
    untested=True,
)
GDELT2: Final = Importer(
    name="gdelt2",
    version=1,
    provider="GDELT",
    says="GDELT 2.0 events: tab, no header, 61 columns",
    terms=_TERMS,
    cite=_CITE,
    seen=_seen((61,), "gdelt-2"),
    drafted=drafted,
)
