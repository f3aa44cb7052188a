"""Whether tables may stand in one store: counts of two extracts are not one series."""

from collections.abc import Sequence
from typing import Protocol

from cuibono.errors import UsageError
from cuibono.events.importers.intake.opening import Member
from cuibono.events.importers.records import Layout
from cuibono.events.store.reading import Store


class Recognised(Protocol):
    """A table with its layout."""

    @property
    def member(self) -> Member:
        """The table."""

    @property
    def layout(self) -> Layout:
        """What was seen of it."""


def check_extract(store: Store, tables: Sequence[Recognised], *, join: bool) -> None:
    """Refuse tables of several extracts or schemes, unless joining was asked for.

    Raises
    ------
    UsageError
        If they differ from each other or from the store.
    """
    if join:
        return
    have = {
        (item.extract, item.scheme): f"{item.file} in the store"
        for item in store.imports
    }
    for table in tables:
        have.setdefault((table.layout.extract, table.layout.scheme), table.member.name)
    if len(have) < 2:
        return
    told = "; ".join(
        f"{extract} ({scheme}): {file}" for (extract, scheme), file in have.items()
    )
    raise UsageError(
        f"found extracts that differ, {told}. Their actors and sources are not the same, "
        "so their counts make no common series. Use one store each, name them alike with "
        "--extract if they are parts of one selection, or join them with --join, which "
        "the store records"
    )
