"""Triples of temporal knowledge graphs: names with a date, or ids with dictionaries.

Such data sets are selections made for benchmarks; their actor lists differ, so that two
of them are two extracts even where the texts overlap. Ids count time in hours (24 a day)
or in days, from a day zero that only the name of the data set or `--day-zero` tells.
Labels of relations are those of ICEWS; the exact label names the code.
"""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cuibono.errors import UsageError
from cuibono.events.codes.read import codes_by_label
from cuibono.events.importers.cameo import by_label, is_cameo, root_of
from cuibono.events.importers.dates import iso_day
from cuibono.events.importers.intake.blocks import Block
from cuibono.events.importers.intake.sample import Sample
from cuibono.events.importers.intake.texts import ABSENT, Texts
from cuibono.events.importers.records import Asked, Draft, Importer, Layout

COLUMNS: Final = {"source": 0, "relation": 1, "target": 2, "time": 3}

KNOWN: Final = {
    "icews14": ("ICEWS14", "2014-01-01"),
    "icews0515": ("ICEWS05-15", "2005-01-01"),
    "icews18": ("ICEWS18", "2018-01-01"),
}
"""Data sets by what their names contain: name, and day zero of the ids."""

SPLITS: Final = frozenset({"train", "valid", "test", "dev"})
HOURS: Final = 24
ID: Final = "id that no dictionary has"


def seen_names(sample: Sample, asked: Asked) -> Layout | None:
    """Layout of triples with names and ISO dates."""
    rows = [line.split("\t") for line in sample.lines]
    fits = sum(len(row) == 4 and iso_day(row[3].strip()) is not None for row in rows)
    if 2 * fits <= len(rows):
        return None
    return Layout(
        says="names and dates, no header; the exact label names the code",
        scheme="cameo",
        extract=asked.extract or f"tkg:{_dataset(sample)}",
        columns=COLUMNS,
        fewest=4,
        most=5,
        variant="names",
    )


def seen_ids(sample: Sample, asked: Asked) -> Layout | None:
    """Layout of triples with ids.

    Raises
    ------
    UsageError
        If dictionaries or the day zero are needed and not given.
    """
    rows = [line.split() for line in sample.lines]
    fits = [row for row in rows if len(row) in {4, 5} and all(map(_integer, row))]
    if 2 * len(fits) <= len(rows):
        return None
    entities, relations = _dictionaries(sample.name, asked)
    times = {int(row[3]) for row in fits}
    unit = asked.unit or _unit(sample.name, times)
    zero = asked.day_zero or _known(sample)[1]
    if not zero:
        raise UsageError(
            f"{sample.name}: ids count time from a day that the file does not tell; "
            "give it with --day-zero YYYY-MM-DD"
        )
    return Layout(
        says=f"ids with dictionaries, time in {unit} since {zero}, no header; the exact "
        "label names the code",
        scheme="cameo",
        extract=asked.extract or _extract_of_ids(sample, asked),
        columns=COLUMNS,
        fewest=4,
        most=5,
        delimiter="\t" if "\t" in sample.lines[0] else " ",
        variant=f"{unit} {zero}",
        tables={"entities": entities, "relations": relations},
    )


def _integer(text: str) -> bool:
    """Whether a text is a whole number."""
    return text.removeprefix("-").isdecimal()


def _unit(name: str, times: set[int]) -> str:
    """Hours if every moment is a whole number of days in hours.

    Raises
    ------
    UsageError
        If one moment alone cannot tell.
    """
    if any(time % HOURS for time in times):
        return "days"
    if len(times - {0}) > 1:
        return "hours"
    raise UsageError(
        f"{name}: one moment alone does not tell whether time is in hours or in days; "
        "say it with --unit hours or --unit days"
    )


def _known(sample: Sample) -> tuple[str, str]:
    """Name and day zero of a data set that file or folder name, else empty texts."""
    for name in (sample.name, sample.folder):
        plain = "".join(mark for mark in name.casefold() if mark.isalnum())
        for mark, found in KNOWN.items():
            if mark in plain:
                return found
    return "", ""


def _dataset(sample: Sample) -> str:
    """Name of the data set: known, or the file's without train, valid and test."""
    if _known(sample)[0]:
        return _known(sample)[0]
    words = PurePath(sample.name).stem.replace("-", "_").split("_")
    kept = [word for word in words if word.casefold() not in SPLITS]
    return "_".join(kept) or sample.folder


def _extract_of_ids(sample: Sample, asked: Asked) -> str:
    """Data set by name, else by its dictionaries."""
    name = _known(sample)[0]
    return f"tkg:{name or asked.dictionaries_digest[:12]}"


def _dictionaries(
    name: str, asked: Asked
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Names by id of entities and of relations; relations have labels of CAMEO.

    Raises
    ------
    UsageError
        If not one of each is given.
    """
    labels = codes_by_label()
    relations: list[Mapping[str, str]] = []
    entities: list[Mapping[str, str]] = []
    for table in asked.dictionaries.values():
        known = sum(text.casefold() in labels for text in table.values())
        (relations if 2 * known > len(table) else entities).append(table)
    if len(relations) != 1 or len(entities) != 1:
        raise UsageError(
            f"{name}: found ids; their names are needed: --dictionary entity2id.txt "
            "--dictionary relation2id.txt, the relations being labels of CAMEO as ICEWS "
            f"prints them (got {len(entities)} of entities, {len(relations)} of relations)"
        )
    return entities[0], relations[0]


def drafted(block: Block, layout: Layout) -> Draft:
    """Events of some rows."""
    text = {name: texts.mapped(str.strip) for name, texts in block.columns.items()}
    rejects = []
    if layout.variant == "names":
        source, label, target = text["source"], text["relation"], text["target"]
        day = text["time"].numbers(iso_day)
    else:
        source = _named(text["source"], layout.tables["entities"])
        target = _named(text["target"], layout.tables["entities"])
        label = _named(text["relation"], layout.tables["relations"])
        day = _counted(text["time"], layout.variant)
        missing = source.empty() | target.empty() | label.empty()
        rejects.append((missing, ID))
    code = by_label(label)
    rejects += [
        (day == ABSENT, "date that cannot be read"),
        (~code.where(is_cameo), "label that names no code, or more than one"),
        (np.logical_and(source.empty(), target.empty()), "no actor"),
    ]
    return Draft(
        date=day,
        source=source,
        target=target,
        source_name=source,
        target_name=target,
        code=code,
        code_raw=label,
        root=code.mapped(root_of),
        rejects=rejects,
    )


def _named(ids: Texts, names: Mapping[str, str]) -> Texts:
    """Name of each id, empty where the dictionary has none."""
    return ids.mapped(lambda text: names.get(text, ""))


def _counted(times: Texts, variant: str) -> NDArray[np.int64]:
    """Day of each moment."""
    unit, zero = variant.split()
    first = iso_day(zero) or 0
    size = HOURS if unit == "hours" else 1

    def day(text: str) -> int | None:
        if not _integer(text) or len(text) > 9 or int(text) % size:
            return None
        return first + int(text) // size

    return times.numbers(day)


_TERMS = "as the repository of the data set states; not verified"

TKG: Final = Importer(
    name="tkg",
    version=1,
    provider="TKG",
    says="triples with names and dates: source, label of CAMEO, target, YYYY-MM-DD",
    terms=_TERMS,
    cite="Garcia-Duran et al. (2018), EMNLP; from ICEWS (Boschee et al. 2015)",
    seen=seen_names,
    drafted=drafted,
)
TKG_IDS: Final = Importer(
    name="tkg-ids",
    version=1,
    provider="TKG",
    says="triples with ids: source, relation, target, hours or days; with --dictionary",
    terms=_TERMS,
    cite="Garcia-Duran et al. (2018), EMNLP; from ICEWS (Boschee et al. 2015)",
    seen=seen_ids,
    drafted=drafted,
)
