"""What an importer is, how it sees a file, and what it makes of a block."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cuibono.events.importers.intake.blocks import Block
from cuibono.events.importers.intake.sample import Sample
from cuibono.events.importers.intake.texts import ABSENT, Texts

if TYPE_CHECKING:
    from cuibono.events.importers.intake.plain import Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How one file is laid out, found by looking at its beginning.

    Attributes
    ----------
    says : str
        What was seen, for the reader.
    scheme : str
        One of `SCHEMES`.
    extract : str
        Which selection of actors and texts the rows belong to; rows of two selections
        are not joined without being told to.
    columns : mapping of str to int
        Position of each column that is read, by a name of the importer's choice.
    fewest, most : int
        Numbers of fields that a row may have.
    delimiter : str
    quoted : bool
        Whether fields may stand in double quotes.
    header : int
        Lines before the first event.
    variant : str
        What else the importer must know: date layout, time unit and the like.
    tables : mapping of str to mapping
        Dictionaries given beside the file.
    plain : frozenset of str
        Columns whose texts hardly ever recur.
    """

    says: str
    scheme: str
    extract: str
    columns: Mapping[str, int]
    fewest: int
    most: int
    delimiter: str = "\t"
    quoted: bool = False
    header: int = 0
    variant: str = ""
    tables: Mapping[str, Mapping[str, str]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    plain: frozenset[str] = frozenset()


def wrong_width(fields: int, layout: Layout) -> str:
    """Reason to reject a row of so many fields."""
    wanted = str(layout.fewest)
    if layout.most > layout.fewest:
        wanted += f" to {layout.most}"
    return f"{fields} fields, expected {wanted}"


@dataclass(slots=True, kw_only=True)
class Draft:
    """Events of a block, in the columns of the store; what is not given is null.

    Attributes
    ----------
    date : (n,) int64
        Days since 1970-01-01, ABSENT where the date could not be read.
    rejects : list of (mask, reason)
        Rows that are not kept; the first reason that holds is told.
    of : (n,) intp or None
        Row of the block of each event, where a row became several or none.
    added : (n,) int64 or None
        Day on which the provider added the event, where it says so.
    """

    date: NDArray[np.int64]
    source: Texts
    target: Texts
    code: Texts
    code_raw: Texts
    root: Texts
    source_name: Texts | None = None
    target_name: Texts | None = None
    source_country: Texts | None = None
    target_country: Texts | None = None
    source_sectors: Texts | None = None
    target_sectors: Texts | None = None
    intensity: NDArray[np.int64] | None = None
    directed: NDArray[np.bool_] | bool = True
    parts: NDArray[np.int64] | None = None
    deaths: NDArray[np.int64] | None = None
    place: Texts | None = None
    publisher: Texts | None = None
    story: Texts | None = None
    sentence: NDArray[np.int64] | None = None
    event_id: "Texts | Plain | None" = None
    rejects: list[tuple[NDArray[np.bool_], str]] = field(default_factory=list)
    of: NDArray[np.intp] | None = None
    added: NDArray[np.int64] | None = None


def usual_rejects(
    day: NDArray[np.int64],
    source: Texts,
    target: Texts,
    wrong: NDArray[np.bool_],
    fault: str,
) -> list[tuple[NDArray[np.bool_], str]]:
    """Rows that no provider's events can be: no day, no kind (`wrong`), no actor."""
    return [
        (day == ABSENT, "date that cannot be read"),
        (wrong, fault),
        (np.logical_and(source.empty(), target.empty()), "no actor"),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user said about the files.

    Attributes
    ----------
    dictionaries : mapping of str to mapping
        Contents of the dictionaries given, by file name.
    dictionaries_digest : str
        SHA-256 over them, empty if none was given.
    extract : str
        Name of the extract, empty if not given.
    forced : bool
        Whether the format was given.
    unit, day_zero : str
        Unit of time (`hours` or `days`) and first day of triples with ids, empty if not
        given.
    """

    dictionaries: Mapping[str, Mapping[str, str]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    dictionaries_digest: str = ""
    extract: str = ""
    forced: bool = False
    unit: str = ""
    day_zero: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """One layout of one provider.

    Attributes
    ----------
    name : str
        As given to `--format`.
    version : int
        Raised when the same file would be read otherwise.
    provider, says, terms, cite : str
        Who made the data, what the format is, under which terms, and how to cite it.
    seen : callable
        Layout of a file from its beginning, or None if it is not of this format.
    drafted : callable
        Events of a block.
    untested : bool
        Whether no real file was at hand when it was written.
    telling : frozenset of str
        Reasons that, if they hold for more than one row in a hundred, tell that the file
        is not of this format at all.
    """

    name: str
    version: int
    provider: str
    says: str
    terms: str
    cite: str
    seen: Callable[[Sample, Asked], Layout | None]
    drafted: Callable[[Block, Layout], Draft]
    untested: bool = False
    telling: frozenset[str] = frozenset()
