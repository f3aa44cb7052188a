"""Which filed actor stands for whom, by day: the first fitting row of the map wins."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Final

from cuibono.events.actors.records import ActorMap, Field, Filed, MapRow, Span

FIRST: Final = date(1, 1, 1)
LAST: Final = date(9999, 12, 31)
_DAY: Final = timedelta(days=1)


def spans(actor_map: ActorMap, filed: Iterable[Filed]) -> tuple[Span, ...]:
    """For whom each filed actor stands and when; the spans of one never overlap.

    Examples
    --------
    >>> rows = (MapRow(pattern="* (Arda)", actor="Arda"),)
    >>> found = spans(ActorMap(rows=rows), [Filed(code="Military (Arda)")])
    >>> found[0].actor
    'Arda'
    """
    fits = _Index(actor_map.rows)
    return tuple(span for one in filed for span in _of_one(one, fits.rows_for(one)))


def unused_rows(actor_map: ActorMap, found: Iterable[Span]) -> tuple[MapRow, ...]:
    """Rows of the map that no filed actor fits: misspelt, or not in this extract."""
    used = {span.row for span in found}
    return tuple(row for row in actor_map.rows if row.row not in used)


class _Index:
    """Rows by what they can fit, so that exact patterns cost one look-up."""

    def __init__(self, rows: tuple[MapRow, ...]) -> None:
        """Sort the rows into exact and wild ones."""
        self.exact: dict[tuple[Field, str], list[tuple[int, MapRow]]] = defaultdict(
            list
        )
        self.wild: list[tuple[int, MapRow]] = []
        for at, row in enumerate(rows):
            if "*" in row.pattern:
                self.wild.append((at, row))
            else:
                self.exact[row.field, row.pattern.casefold()].append((at, row))

    def rows_for(self, filed: Filed) -> list[MapRow]:
        """Rows that fit a filed actor, in the order of the map."""
        texts = _texts(filed)
        found = [
            pair
            for field, several in texts.items()
            for text in several
            for pair in self.exact.get((field, text), ())
        ]
        found += [
            (at, row)
            for at, row in self.wild
            if any(_wild(row.pattern.casefold()).fullmatch(t) for t in texts[row.field])
        ]
        return [row for _, row in sorted(dict(found).items())]


def _texts(filed: Filed) -> dict[Field, set[str]]:
    """What a filed actor offers to each kind of pattern."""
    sectors = {part.strip().casefold() for part in filed.sectors.split(",")}
    return {
        Field.NAME: {filed.name.casefold(), filed.code.casefold()} - {""},
        Field.CODE: {filed.code.casefold()} - {""},
        Field.COUNTRY: {filed.country.casefold()} - {""},
        Field.SECTOR: sectors - {""},
    }


@cache
def _wild(pattern: str) -> re.Pattern[str]:
    """Pattern in which `*` stands for any characters and all else for itself."""
    return re.compile(".*".join(re.escape(part) for part in pattern.split("*")), re.S)


def _of_one(filed: Filed, rows: list[MapRow]) -> list[Span]:
    """Spans of one filed actor: each row takes the days that no earlier row took."""
    free = [(FIRST, LAST)]
    found = []
    for row in rows:
        left = []
        for start, end in free:
            first, last = max(start, row.start or FIRST), min(end, row.end or LAST)
            if first > last:
                left.append((start, end))
                continue
            if row.actor:
                found.append(
                    Span(
                        filed=filed, actor=row.actor, start=first, end=last, row=row.row
                    )
                )
            if start < first:
                left.append((start, first - _DAY))
            if last < end:
                left.append((last + _DAY, end))
        free = left
        if not free:
            break
    return sorted(found, key=lambda span: span.start)
