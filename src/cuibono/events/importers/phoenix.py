"""OEDA real-time Phoenix: tab, no header, 26 fields, CAMEO codes.

Its own filter has kept one event a day for each source, target and code.
"""

from typing import Final

from cuibono.events.importers.cameo import NO_CODE, is_cameo, root_of, without
from cuibono.events.importers.dates import compact_day
from cuibono.events.importers.intake.blocks import Block
from cuibono.events.importers.intake.sample import Sample
from cuibono.events.importers.intake.texts import combined, listed
from cuibono.events.importers.numbers import tenths
from cuibono.events.importers.records import (
    Asked,
    Draft,
    Importer,
    Layout,
    usual_rejects,
)

WIDTH: Final = 26

_PLACES: Final = {
    "event_id": 0,
    "date": 1,
    "source": 5,
    "source_root": 6,
    "source_agent": 7,
    "source_others": 8,
    "target": 9,
    "target_root": 10,
    "target_agent": 11,
    "target_others": 12,
    "code": 13,
    "goldstein": 16,
    "place": 20,
    "state": 21,
    "country": 22,
    "story": 24,
    "publisher": 25,
}


def seen(sample: Sample, asked: Asked) -> Layout | None:
    """Layout of a Phoenix file, by its width, its date and its code."""
    rows = [line.split("\t") for line in sample.lines]
    fits = [row for row in rows if len(row) == WIDTH and _event(row)]
    if not fits or 2 * len(fits) < len(rows):
        return None
    return Layout(
        says=f"{WIDTH} columns, no header",
        scheme="cameo",
        extract=asked.extract or "phoenix",
        columns=_PLACES,
        fewest=WIDTH,
        most=WIDTH,
    )


def _event(row: list[str]) -> bool:
    """Whether a date is followed by its year, and a code by its root."""
    return (
        compact_day(row[1]) is not None
        and row[2] == row[1][:4]
        and row[13][:2] == row[14].zfill(2)
    )


def drafted(block: Block, _: Layout) -> Draft:
    """Events of some rows."""
    clean = without(frozenset({"", "---", "NA", "None"}))
    text = {name: texts.mapped(clean) for name, texts in block.columns.items()}
    day = text["date"].numbers(compact_day)
    source, target, code = text["source"], text["target"], text["code"]
    return Draft(
        date=day,
        source=source,
        target=target,
        source_name=source,
        target_name=target,
        source_country=text["source_root"],
        target_country=text["target_root"],
        source_sectors=combined([text["source_agent"], text["source_others"]], listed),
        target_sectors=combined([text["target_agent"], text["target_others"]], listed),
        code=code,
        code_raw=code,
        root=code.mapped(root_of),
        intensity=text["goldstein"].numbers(tenths),
        place=combined([text["place"], text["state"], text["country"]], listed),
        publisher=text["publisher"],
        story=text["story"],
        event_id=text["event_id"],
        rejects=usual_rejects(day, source, target, ~code.where(is_cameo), NO_CODE),
    )


PHOENIX: Final = Importer(
    name="phoenix",
    version=1,
    provider="OEDA",
    says="OEDA real-time Phoenix: tab, no header, 26 columns",
    terms="as the Open Event Data Alliance states with the file; not verified",
    cite="Open Event Data Alliance, Phoenix pipeline",
    seen=seen,
    drafted=drafted,
    untested=True,
)
