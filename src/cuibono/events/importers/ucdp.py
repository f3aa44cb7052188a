"""UCDP GED and Candidate: comma, quoted, 49 columns, sometimes without the header.

Every event is conflict between two sides and implies no direction. The code is the type
of violence (1 state-based, 2 non-state, 3 one-sided); deaths are the best estimate. The
day is that on which the event began.
"""

from typing import Final

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
    "id",
    "type_of_violence",
    "side_a",
    "side_b",
    "source_office",
    "where_coordinates",
    "adm_1",
    "country",
    "date_start",
    "best",
    "gwnoa",
    "gwnob",
)

WIDTH: Final = 49

_PLACES: Final = {
    "id": 0,
    "type_of_violence": 5,
    "side_a": 14,
    "side_b": 17,
    "source_office": 20,
    "where_coordinates": 25,
    "adm_1": 27,
    "country": 33,
    "date_start": 38,
    "best": 44,
    "gwnoa": 47,
    "gwnob": 48,
}
"""Positions in a file without header."""

TYPES: Final = frozenset("123")


def day_of(text: str) -> int | None:
    """Day of `2014-06-10` or `2014-06-10 00:00:00.000`, or `10 June 2014`."""
    date = text.partition(" ")[0] if text[4:5] == "-" else text
    found = iso_day(date)
    return spoken_day(text) if found is None else found


def seen(sample: Sample, asked: Asked) -> Layout | None:
    """Layout of a GED file, by its column names or by what stands where."""
    names = sample.names
    if set(NEEDED) <= set(names):
        columns = {name: names.index(name) for name in NEEDED}
        width, header = len(names), 1
    elif any(_event(row) for row in sample.rows[:5]):
        columns, width, header = dict(_PLACES), WIDTH, 0
    else:
        return None
    return Layout(
        says=f"{width} columns, {'with a' if header else 'no'} header; directions are "
        "not implied",
        scheme="ucdp",
        extract=asked.extract or "ucdp-ged",
        columns=columns,
        fewest=width,
        most=width,
        delimiter=sample.delimiter,
        quoted=True,
        header=header,
    )


def _event(row: tuple[str, ...]) -> bool:
    """Whether a row without header is one of GED."""
    return (
        len(row) == WIDTH
        and row[_PLACES["type_of_violence"]] in TYPES
        and day_of(row[_PLACES["date_start"]]) is not None
        and whole(row[_PLACES["best"]]) is not None
    )


def drafted(block: Block, _: Layout) -> Draft:
    """Events of some rows."""
    clean = without(frozenset({"", "NA", "NULL"}))
    text = {name: texts.mapped(clean) for name, texts in block.columns.items()}
    day = text["date_start"].numbers(day_of)
    source, target, code = text["side_a"], text["side_b"], text["type_of_violence"]
    place = [text["where_coordinates"], text["adm_1"], text["country"]]
    return Draft(
        date=day,
        source=source,
        target=target,
        source_name=source,
        target_name=target,
        source_country=text["gwnoa"],
        target_country=text["gwnob"],
        code=code,
        code_raw=code,
        root=code,
        directed=False,
        deaths=text["best"].numbers(whole),
        place=combined(place, listed),
        publisher=text["source_office"],
        event_id=text["id"],
        rejects=usual_rejects(
            day,
            source,
            target,
            ~code.where(TYPES.__contains__),
            "type of violence that is not 1, 2 or 3",
        ),
    )


UCDP: Final = Importer(
    name="ucdp-ged",
    version=1,
    provider="UCDP",
    says="UCDP GED or Candidate: comma, 49 columns, with or without a header",
    terms="CC BY 4.0, as UCDP states; not verified",
    cite="Sundberg and Melander (2013), J. Peace Research 50; UCDP GED",
    seen=seen,
    drafted=drafted,
    untested=True,
)
