"""What a reader hands to an importer: rows of one width, and those it could not read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from cuibono.events.importers.intake.texts import Texts

if TYPE_CHECKING:
    from cuibono.events.importers.intake.plain import Plain

EMPTY: Final = "empty line"
NUL: Final = "a NUL character"
NOT_UTF8: Final = "bytes that are not UTF-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """One row that is not kept, and why."""

    row: int
    reason: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some rows of a file.

    Attributes
    ----------
    rows : (n,) int64
        Row of the file of each, the first being 1.
    columns : mapping of name to Texts
        The columns that were asked for.
    plain : mapping of name to Plain
        Columns whose texts hardly recur, where the layout names them and they are ASCII;
        they are then not in `columns`.
    line : callable
        What a row says, by its place in the block; good until the next block is read.
    rejects : tuple of Reject
        Rows between these that could not be read at all.
    read : int
        Rows of the file that the block covers, rejected ones included.
    """

    rows: NDArray[np.int64]
    columns: Mapping[str, Texts]
    line: Callable[[int], str]
    rejects: tuple[Reject, ...] = field(default=())
    read: int
    plain: Mapping[str, "Plain"] = field(default_factory=lambda: MappingProxyType({}))

    def __len__(self) -> int:
        """Count the rows that could be read."""
        return len(self.rows)
