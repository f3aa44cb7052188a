"""Counts of an extract as small tables: what a case ships instead of events."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import numpy as np

from cuibono.errors import Problems
from cuibono.events.figures import (
    Counts,
    Covered,
    Extract,
    Figures,
    Placebo,
    Series,
    months_between,
)
from cuibono.formats.limits import CaseFolder
from cuibono.formats.record.toml_words import toml_text
from cuibono.formats.toml_table import TomlTable, toml_table

DYADS: Final = (
    "month",
    "source",
    "target",
    "positive",
    "negative",
    "neutral",
    "base_positive",
    "base_negative",
    "base_neutral",
)
ACTORS: Final = ("actor", "month", "as_source", "as_target")
NAMES: Final = ("actor", "presence", "name", "mentions")
VOLUME: Final = ("month", "events")
LOOKED_FOR: Final = "looked for, not found"


def figures_files(figures: Figures) -> dict[str, str]:
    """Files of a folder of counts, by name."""
    return {
        "extract.toml": _extract_text(figures),
        "volume.csv": _table(
            VOLUME,
            (
                (_month(month), number)
                for month, number in zip(figures.months, figures.volume, strict=True)
            ),
        ),
        "actors.csv": _table(ACTORS, _actor_rows(figures)),
        "names.csv": _table(NAMES, _name_rows(figures)),
        "dyads.csv": _table(DYADS, _dyad_rows(figures)),
    }


def _extract_text(figures: Figures) -> str:
    """Head of the extract in TOML."""
    one = figures.extract
    lines = [
        "schema = 1",
        *(
            f"{key} = {toml_text(getattr(one, key))}"
            for key in ("id", "title", "producer", "citation", "terms")
        ),
        f"scheme = {toml_text(one.scheme)}",
        f"convention = {toml_text(one.convention)}",
        f"first = {toml_text(str(one.first))}",
        f"last = {toml_text(str(one.last))}",
        f"rows = {one.rows}",
        f"map_sha256 = {toml_text(figures.map_sha256)}",
        f"cannot_show = [{', '.join(toml_text(text) for text in one.cannot_show)}]",
        f"touched = [{', '.join(toml_text(text) for text in figures.touched)}]",
    ]
    for name, digest in one.sources:
        lines += [
            "",
            "[[file]]",
            f"name = {toml_text(name)}",
            f"sha256 = {toml_text(digest)}",
        ]
    for trial in figures.placebo:
        lines += [
            "",
            "[[placebo]]",
            f"test = {toml_text(trial.test)}",
            f"kind = {toml_text(trial.kind)}",
            f"tried = {trial.tried}",
            f"verdicts = {trial.verdicts}",
            f"seed = {trial.seed}",
        ]
    return "\n".join(lines) + "\n"


def _month(day: date) -> str:
    """Month as YYYY-MM."""
    return f"{day:%Y-%m}"


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def _actor_rows(figures: Figures) -> Iterable[Sequence[object]]:
    """Mentions of each actor in each month that has any."""
    for one in figures.actors:
        for at, month in enumerate(figures.months):
            if one.as_source[at] or one.as_target[at]:
                yield one.actor, _month(month), one.as_source[at], one.as_target[at]


def _name_rows(figures: Figures) -> Iterable[Sequence[object]]:
    """Names found for each actor, and names looked for in vain."""
    for one in figures.actors:
        for name, number in one.names:
            yield one.actor, one.presence, name, number
        for name in one.missing:
            yield one.actor, LOOKED_FOR, name, 0
        if not one.names and not one.missing:
            yield one.actor, one.presence, "", 0


def _dyad_rows(figures: Figures) -> Iterable[Sequence[object]]:
    """Counts of each dyad in each month."""
    for one in figures.series:
        for at, month in enumerate(figures.months):
            yield _month(month), one.source, one.target, *one.own[at], *one.base[at]


def read_figures(folder: CaseFolder, path: str, problems: Problems) -> Figures | None:
    """Counts of a folder, or None with the reasons in `problems`."""
    known = len(problems)
    head = folder.text(f"{path}/extract.toml")
    top = toml_table(head, f"{path}/extract.toml", problems) if head else None
    if top is None:
        return None
    reader = _Reader(folder, path, problems)
    top.whole("schema", 1)
    made = _extract(top)
    placebo = tuple(_placebo(one) for one in top.tables("placebo"))
    touched, digest = top.texts("touched"), top.text("map_sha256")
    top.close()
    if made is None or len(problems) > known:
        return None
    months = months_between(made.first, made.last)
    figures = Figures(
        extract=made,
        months=months,
        volume=reader.volume(months),
        actors=reader.actors(months),
        series=reader.series(months),
        placebo=placebo,
        touched=touched,
        map_sha256=digest,
    )
    return figures if len(problems) == known else None


def _extract(top: TomlTable) -> Extract | None:
    """Head of the extract."""
    days = [_day(top, key) for key in ("first", "last")]
    made = Extract(
        id=top.text("id", required=True),
        title=top.text("title", required=True),
        producer=top.text("producer"),
        citation=top.text("citation"),
        terms=top.text("terms"),
        scheme=top.text("scheme", required=True),
        convention=top.text("convention", required=True),
        first=days[0] or date.min,
        last=days[1] or date.min,
        rows=top.whole("rows", 0),
        cannot_show=top.texts("cannot_show"),
        sources=tuple(
            (one.text("name"), one.text("sha256")) for one in top.tables("file")
        ),
    )
    if None in days:
        return None
    if made.last < made.first or (made.last - made.first).days > 200 * 366:
        top.fault("last", f"{made.last}", f"a day at or after {made.first}")
        return None
    return made


def _day(top: TomlTable, key: str) -> date | None:
    """Day of a key."""
    text = top.text(key, required=True)
    try:
        return date.fromisoformat(text)
    except ValueError:
        top.fault(key, f'"{text}"', 'a day, "YYYY-MM-DD"')
        return None


def _placebo(table: TomlTable) -> Placebo:
    """Rate of false verdicts found when the counts were made."""
    found = Placebo(
        test=table.text("test"),
        kind=table.text("kind"),
        tried=table.whole("tried", 0),
        verdicts=table.whole("verdicts", 0),
        seed=table.whole("seed", 0),
    )
    table.close()
    return found


class _Reader:
    """Reads the tables of one folder of counts."""

    def __init__(self, folder: CaseFolder, path: str, problems: Problems) -> None:
        """Read from `path` in a case folder."""
        self.folder, self.path, self.problems = folder, path, problems

    def rows(self, name: str, header: Sequence[str]) -> list[tuple[int, list[str]]]:
        """Rows of a table with that header; none if it has another."""
        text = self.folder.text(f"{self.path}/{name}")
        lines = list(csv.reader(io.StringIO(text or "")))
        if not lines or tuple(lines[0]) != tuple(header):
            self.problems.add(
                f"{self.path}/{name}",
                row=1,
                found="another header" if lines else "nothing",
                expected=",".join(header),
                mend="make the figures again with cuibono record figures",
            )
            return []
        return [(at, line) for at, line in enumerate(lines[1:], start=2) if line]

    def cells(
        self, name: str, header: Sequence[str], months: tuple[date, ...], where: int
    ) -> list[tuple[list[str], int, list[int]]]:
        """Texts, place of the month and counts of every row without a fault."""
        place = {_month(month): at for at, month in enumerate(months)}
        texts = [
            at for at, key in enumerate(header) if key in {"actor", "source", "target"}
        ]
        first = max([*texts, where]) + 1
        found = []
        for at, line in self.rows(name, header):
            month = place.get(line[where]) if len(line) == len(header) else None
            counts = line[first:]
            if month is None or not all(cell.isdecimal() for cell in counts):
                self.problems.add(
                    f"{self.path}/{name}",
                    row=at,
                    found=", ".join(line)[:60],
                    expected="a month of the extract and counts of 0 or more",
                )
                continue
            numbers = [min(int(cell), 10**15) for cell in counts]
            found.append(([line[text] for text in texts], month, numbers))
        return found

    def volume(self, months: tuple[date, ...]) -> Counts:
        """Events of each month."""
        counts = np.zeros(len(months), np.int64)
        for _, month, (number,) in self.cells("volume.csv", VOLUME, months, 0):
            counts[month] = number
        return counts

    def actors(self, months: tuple[date, ...]) -> tuple[Covered, ...]:
        """Coverage of each actor."""
        names: dict[str, list[tuple[str, int]]] = {}
        missing: dict[str, list[str]] = {}
        presence: dict[str, str] = {}
        for at, line in self.rows("names.csv", NAMES):
            if len(line) != len(NAMES) or not line[3].isdigit():
                self.problems.add(
                    f"{self.path}/names.csv",
                    row=at,
                    found=", ".join(line)[:60],
                    expected="actor, presence, name and mentions",
                )
                continue
            actor, what, name, number = line
            if what == LOOKED_FOR:
                missing.setdefault(actor, []).append(name)
                presence.setdefault(actor, "not covered: absent")
                continue
            presence[actor] = what
            if name:
                names.setdefault(actor, []).append((name, int(number)))
        counts = {actor: np.zeros((len(months), 2), np.int64) for actor in presence}
        for (actor,), month, numbers in self.cells("actors.csv", ACTORS, months, 1):
            if actor in counts:
                counts[actor][month] = numbers
        return tuple(
            Covered(
                actor=actor,
                presence=presence[actor],
                as_source=counts[actor][:, 0],
                as_target=counts[actor][:, 1],
                names=tuple(names.get(actor, ())),
                missing=tuple(missing.get(actor, ())),
            )
            for actor in presence
        )

    def series(self, months: tuple[date, ...]) -> tuple[Series, ...]:
        """Counts of each dyad."""
        grids: dict[tuple[str, str], Counts] = {}
        for names, month, numbers in self.cells("dyads.csv", DYADS, months, 0):
            pair = (names[0], names[1])
            grid = grids.setdefault(pair, np.zeros((len(months), 6), np.int64))
            grid[month] = numbers
        return tuple(
            Series(source=one, target=two, own=grid[:, :3], base=grid[:, 3:])
            for (one, two), grid in grids.items()
        )
