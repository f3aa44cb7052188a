"""ICEWS: daily, weekly and yearly files of the Integrated Crisis Early Warning System.

Twenty columns with a header, mostly tab-separated without quotes; the Dataverse's own
export puts texts in quotes, files written by R say NA, the government variant NULL. The
yearly file of 2017 has dates as month/day/year and no codes: there the exact label of
the event names the code, where it names one alone.
"""

from typing import Final

from cuibono.events.importers.cameo import NO_CODE, by_label, is_cameo, root_of, without
from cuibono.events.importers.dates import american_day, iso_day
from cuibono.events.importers.intake.blocks import Block
from cuibono.events.importers.intake.sample import Sample
from cuibono.events.importers.intake.texts import combined, listed
from cuibono.events.importers.numbers import tenths, whole
from cuibono.events.importers.records import (
    Asked,
    Draft,
    Importer,
    Layout,
    usual_rejects,
)

COLUMNS: Final = (
    "event_id",
    "event_date",
    "source_name",
    "source_sectors",
    "source_country",
    "event_text",
    "intensity",
    "target_name",
    "target_sectors",
    "target_country",
    "story_id",
    "sentence_number",
    "publisher",
    "city",
    "province",
    "country",
)
"""Columns that are read; `cameo_code` too where there is one."""

MISSING: Final = frozenset({"", "NA", "NULL"})


def seen(sample: Sample, asked: Asked) -> Layout | None:
    """Layout of an ICEWS file, by the names of its columns."""
    names = sample.names
    if not {"event_date", "event_text", "source_name", "story_id"} <= set(names):
        return None
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        return None
    at = {name: names.index(name) for name in COLUMNS}
    says = [f"{len(names)} columns", "quoted" if sample.quoted else "without quotes"]
    if "cameo_code" in names:
        at["cameo_code"] = names.index("cameo_code")
    else:
        says.append("no column of codes: the exact label names the code")
    dates = sample.column(at["event_date"])[:200]
    american = sum(american_day(text) is not None for text in dates) > len(dates) / 2
    if american:
        says.append("dates as month/day/year")
    return Layout(
        says=", ".join(says),
        scheme="cameo",
        extract=asked.extract or "icews",
        columns=at,
        fewest=len(names),
        most=len(names),
        delimiter=sample.delimiter,
        quoted=sample.quoted,
        header=1,
        variant="american" if american else "iso",
    )


def drafted(block: Block, layout: Layout) -> Draft:
    """Events of some rows."""
    clean = without(MISSING)
    text = {name: texts.mapped(clean) for name, texts in block.columns.items()}
    if "cameo_code" in text:
        raw = text["cameo_code"]
        code = raw
        fault = NO_CODE
    else:
        raw = text["event_text"]
        code = by_label(raw)
        fault = "label that names no code, or more than one"
    day = text["event_date"].numbers(
        american_day if layout.variant == "american" else iso_day
    )
    source, target = text["source_name"], text["target_name"]
    return Draft(
        date=day,
        source=source,
        target=target,
        source_name=source,
        target_name=target,
        source_country=text["source_country"],
        target_country=text["target_country"],
        source_sectors=text["source_sectors"],
        target_sectors=text["target_sectors"],
        code=code,
        code_raw=raw,
        root=code.mapped(root_of),
        intensity=text["intensity"].numbers(tenths),
        place=combined([text["city"], text["province"], text["country"]], listed),
        publisher=text["publisher"],
        story=text["story_id"],
        sentence=text["sentence_number"].numbers(whole),
        event_id=text["event_id"],
        rejects=usual_rejects(day, source, target, ~code.where(is_cameo), fault),
    )


ICEWS: Final = Importer(
    name="icews",
    version=1,
    provider="ICEWS",
    says="ICEWS events, daily or yearly: 20 columns with a header (19 in 2017)",
    terms="as the Harvard Dataverse states with the file; not verified",
    cite="Boschee et al. (2015), ICEWS Coded Event Data, doi:10.7910/DVN/28075",
    seen=seen,
    drafted=drafted,
)
