"""An actor map: ordered rows, the first that fits a filed actor wins."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Field(StrEnum):
    """What a row's pattern is held against."""

    NAME = "name"
    CODE = "code"
    COUNTRY = "country"
    SECTOR = "sector"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """One row of an actor map.

    Attributes
    ----------
    pattern : str
        The filed text, letter case ignored; `*` stands for any characters.
    actor : str
        Who is meant: a node of the case, or any name. Empty leaves the actor out.
    start, end : date or None
        First and last day on which the row holds.
    field : Field
        Name or code by which the provider identifies the actor, or the country or
        a sector that it files the actor under.
    principal : bool
        Whether the pattern is the name under which the actor is mainly filed. An
        actor none of whose principal names are in an extract is not covered by it.
    """

    pattern: str
    actor: str
    start: date | None = None
    end: date | None = None
    field: Field = Field.NAME
    principal: bool = False
    codes: tuple[tuple[str, str], ...] = ()
    note: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMap:
    """Rows in order, with the name and SHA-256 of the file."""

    rows: tuple[MapRow, ...]
    file: str = ""
    sha256: str = ""

    @property
    def actors(self) -> tuple[str, ...]:
        """Actors in the order of their first row."""
        return tuple(dict.fromkeys(row.actor for row in self.rows if row.actor))


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Filed:
    """An actor as the provider files it."""

    code: str
    name: str = ""
    country: str = ""
    sectors: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A filed actor stands for `actor` from `start` to `end`, by row `row` of the map."""

    filed: Filed
    actor: str
    start: date
    end: date
    row: int
