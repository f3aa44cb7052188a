"""ACLED exports: comma or semicolon, quoted, found by the names of the columns.

The current layout and that of 2023 differ in columns beside the point and in how `inter`
is written; both have actors, types, date and fatalities by name. `actor1` and `actor2`
imply no direction: every event is undirected. The code is the sub-event type, its root
the event type, both as written.
"""

from typing import Final

import numpy as np

from cuibono.events.importers.cameo import without
from cuibono.events.importers.dates import iso_day, spoken_day
from cuibono.events.importers.intake.blocks import Block
from cuibono.events.importers.intake.sample import Sample
from cuibono.events.importers.intake.texts import combined, listed
from cuibono.events.importers.numbers import whole
from cuibono.events.importers.records import (
    Asked,
    Draft,
    Importer,
    Layout,
    usual_rejects,
)

NEEDED: Final = (
    "event_id_cnty",
    "event_date",
    "event_type",
    "sub_event_type",
    "actor1",
    "inter1",
    "actor2",
    "inter2",
    "country",
    "admin1",
    "location",
    "source",
    "fatalities",
)


def day_of(text: str) -> int | None:
    """Day as ACLED writes it: `2022-06-30`, `30 June 2022` or `30-Jun-2022`."""
    found = iso_day(text)
    return spoken_day(text) if found is None else found


def seen(sample: Sample, asked: Asked) -> Layout | None:
    """Layout of an ACLED export, by the names of its columns."""
    names = sample.names
    if not set(NEEDED) <= set(names):
        return None

    told = "2023 layout" if "time_precision" in names else "another layout"
    if "disorder_type" not in names:
        told = "layout before 2023"
    return Layout(
        says=f"{len(names)} columns with a header, {told}; directions are not implied",
        scheme="acled",
        extract=asked.extract or "acled",
        columns={name: names.index(name) for name in NEEDED},
        fewest=len(names),
        most=len(names),
        delimiter=sample.delimiter,
        quoted=True,
        header=1,
    )


def drafted(block: Block, _: Layout) -> Draft:
    """Events of some rows; a spreadsheet's dates (month/day/year) are not guessed at."""
    clean = without(frozenset({"", "NA", "NULL"}))
    text = {name: texts.mapped(clean) for name, texts in block.columns.items()}
    day = text["event_date"].numbers(day_of)
    source, target = text["actor1"], text["actor2"]
    code, root = text["sub_event_type"], text["event_type"]
    return Draft(
        date=day,
        source=source,
        target=target,
        source_name=source,
        target_name=target,
        source_sectors=text["inter1"],
        target_sectors=text["inter2"],
        code=code,
        code_raw=code,
        root=root,
        directed=False,
        deaths=text["fatalities"].numbers(whole),
        place=combined([text["location"], text["admin1"], text["country"]], listed),
        publisher=text["source"],
        event_id=text["event_id_cnty"],
        rejects=usual_rejects(
            day,
            source,
            target,
            np.logical_or(code.empty(), root.empty()),
            "no event type",
        ),
    )


ACLED: Final = Importer(
    name="acled",
    version=1,
    provider="ACLED",
    says="ACLED export: comma, header with event_id_cnty, sub_event_type, actor1, actor2",
    terms="ACLED terms of use: not to be republished; not verified",
    cite="Raleigh et al. (2010), Introducing ACLED, J. Peace Research 47",
    seen=seen,
    drafted=drafted,
)
