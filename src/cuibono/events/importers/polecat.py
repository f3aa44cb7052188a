"""POLECAT: PLOVER events, tab, header of 40 columns; missing is the word None.

Countries (and names) of compound actors are lists with semicolons; one row becomes every
pair of an actor and a recipient, and `parts` says how many. Reciprocal violence (ASSAULT)
has both sides as actors and no recipient: its events are the pairs of actors, undirected.
Some files have a header with names too many, or tabs behind the last field.
"""

from collections.abc import Sequence
from itertools import combinations, product
from typing import Final

import numpy as np

from cuibono.events.importers.cameo import without
from cuibono.events.importers.dates import iso_day
from cuibono.events.importers.intake.blocks import Block
from cuibono.events.importers.intake.sample import Sample
from cuibono.events.importers.intake.texts import ABSENT, Texts, coded, combined, listed
from cuibono.events.importers.numbers import tenths
from cuibono.events.importers.records import Asked, Draft, Importer, Layout

NEEDED: Final = (
    "event_id",
    "event_date",
    "event_type",
    "event_mode",
    "actor_name",
    "actor_country",
    "actor_sectors",
    "recipient_name",
    "recipient_country",
    "recipient_sectors",
    "city",
    "province",
    "country",
    "source",
)

EXCESS: Final = ("headline", "")
"""Names that a header may have though the rows have no such field."""

RECIPROCAL: Final = frozenset({"ASSAULT"})
"""Types of violence: two actors and no recipient are two sides."""

Side = tuple[str, str, str]


def seen(sample: Sample, asked: Asked) -> Layout | None:
    """Layout of a POLECAT file, by the names of its columns and the width of its rows."""
    names = list(sample.names)
    if not set(NEEDED) <= set(names):
        return None
    widths = [len(row) for row in sample.rows[1:50]]
    width = max(set(widths), key=widths.count) if widths else len(names)
    told = [f"{len(names)} names in the header"]
    for name in EXCESS:
        while len(names) > width and name in names:
            names.remove(name)
            told.append("one without a field in the rows")
    scale = next(
        (name for name in ("event_intensity", "intensity") if name in names), None
    )
    columns = {name: names.index(name) for name in NEEDED}
    if scale is not None:
        columns["intensity"] = names.index(scale)
    return Layout(
        says=", ".join(told),
        scheme="plover",
        extract=asked.extract or "polecat",
        columns=columns,
        fewest=max(columns.values()) + 1,
        most=max(width, len(sample.names)) + 5,
        delimiter=sample.delimiter,
        quoted=sample.quoted,
        header=1,
    )


def drafted(block: Block, _: Layout) -> Draft:
    """Events of some rows, one for each pair of an actor and a recipient."""
    clean = without(frozenset({"", "None", "NA", "NULL"}))
    text = {name: texts.mapped(clean) for name, texts in block.columns.items()}
    kind = text["event_type"].mapped(str.upper)
    sides = [
        [text[f"{who}_{what}"] for what in ("name", "country", "sectors")]
        for who in ("actor", "recipient")
    ]
    of, parts, directed = [], [], []
    actors: list[Side] = []
    recipients: list[Side] = []
    for row in range(len(block)):
        pairs, one_way = _pairs(
            _side(sides[0], row), _side(sides[1], row), kind.row(row)
        )
        of += [row] * len(pairs)
        parts += [len(pairs)] * len(pairs)
        directed += [one_way] * len(pairs)
        actors += [pair[0] for pair in pairs]
        recipients += [pair[1] for pair in pairs]
    each = np.array(of, np.intp)
    day = text["event_date"].numbers(iso_day)[each]
    raw = combined([text["event_type"], text["event_mode"]], _joined).taken(each)
    kind = kind.taken(each)
    source, target = _part(actors, 0), _part(recipients, 0)
    has_scale = "intensity" in text
    return Draft(
        date=day,
        source=source,
        target=target,
        source_name=source,
        target_name=target,
        source_country=_part(actors, 1),
        target_country=_part(recipients, 1),
        source_sectors=_part(actors, 2),
        target_sectors=_part(recipients, 2),
        code=raw.mapped(_as_in_table),
        code_raw=raw,
        root=kind,
        intensity=text["intensity"].numbers(tenths)[each] if has_scale else None,
        directed=np.array(directed, np.bool_),
        parts=np.array(parts, np.int64),
        place=combined([text["city"], text["province"], text["country"]], listed).taken(
            each
        ),
        publisher=text["source"].taken(each),
        event_id=text["event_id"].taken(each),
        of=each,
        rejects=[
            (day == ABSENT, "date that cannot be read"),
            (kind.empty(), "no event type"),
            (
                source.empty()
                & target.empty()
                & _part(actors, 1).empty()
                & _part(recipients, 1).empty(),
                "no actor",
            ),
        ],
    )


def _side(columns: list[Texts], row: int) -> list[Side]:
    """Actors on one side of a row; one with nothing where there is none."""
    names, countries, sectors = (_split(column.row(row)) for column in columns)
    count = max(len(names), len(countries))
    if len({1, count, len(names), len(countries)}) > 2:
        # Lists that do not pair up: each country with the whole of the names.
        count = len(countries)
    return [
        (_at(names, at, count), _at(countries, at, count), _at(sectors, at, count))
        for at in range(count)
    ]


def _split(text: str) -> list[str]:
    """Parts of a list with semicolons, at least one."""
    parts = [part.strip() for part in text.split(";")]
    return [part if part != "None" else "" for part in parts if part] or [""]


def _at(parts: list[str], at: int, count: int) -> str:
    """One part of a list as long as the others, else all of it."""
    return parts[at] if len(parts) == count else "; ".join(parts)


def _pairs(
    actors: list[Side], recipients: list[Side], kind: str
) -> tuple[list[tuple[Side, Side]], bool]:
    """Dyads of a row, and whether they have a direction."""
    if kind in RECIPROCAL and len(actors) > 1 and recipients == [("", "", "")]:
        return list(combinations(actors, 2)), False
    return list(product(actors, recipients)), True


def _part(sides: list[Side], at: int) -> Texts:
    """Names, countries or sectors of one side."""
    return coded([side[at] for side in sides])


def _joined(parts: Sequence[str]) -> str:
    """Event type and mode as one code."""
    return "/".join(part for part in parts if part)


def _as_in_table(code: str) -> str:
    """Code as the table writes it: type in capitals, mode in small letters."""
    kind, slash, mode = code.partition("/")
    return kind.upper() + slash + mode.lower()


POLECAT: Final = Importer(
    name="polecat",
    version=1,
    provider="POLECAT",
    says="POLECAT: tab, header with Event Type, Event Mode, Actor Name, Recipient Name",
    terms="research and education only, not to be republished, as rpolecat states",
    cite="Halterman et al. (2023), POLECAT, doi:10.7910/DVN/AJGVIT",
    seen=seen,
    drafted=drafted,
    untested=True,
)
