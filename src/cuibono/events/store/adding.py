"""Adding files to a store: all of them, or none."""

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cuibono.errors import UsageError
from cuibono.events.importers.dates import today
from cuibono.events.importers.intake.blocks import Block, Reject
from cuibono.events.importers.intake.opening import Content, Member, members
from cuibono.events.importers.intake.reading import blocks, sample_of
from cuibono.events.importers.intake.texts import Fresh, Texts
from cuibono.events.importers.records import Asked, Draft, Importer, Layout
from cuibono.events.importers.registry import recognised
from cuibono.events.store.flags import Flags, day_text
from cuibono.events.store.joining import check_extract
from cuibono.events.store.reading import Import, Store
from cuibono.events.store.writing import Incoming, locked, rejects_name

KEPT_BYTES: Final = 31 << 20
"""Freed once, arrays of up to this size are kept for reuse by the C library of Linux."""

SHOWN: Final = 300
"""Characters of a rejected line that are kept."""

Tell = Callable[[str], None]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one table.

    Attributes
    ----------
    told : Import
        Its provenance.
    known : bool
        Whether the store had it already, so that nothing was added.
    """

    told: Import
    known: bool


@dataclass(frozen=True, slots=True)
class Table:
    """One table to be added, recognised."""

    member: Member
    importer: Importer
    layout: Layout


def add_files(
    paths: Sequence[Path],
    to: Path,
    *,
    asked: Asked | None = None,
    form: str = "",
    join: bool = False,
    tell: Tell = lambda _: None,
    progress: Progress = lambda *_: None,
) -> tuple[Added, ...]:
    """Add event files to a store, in one step for all of them.

    Parameters
    ----------
    paths : sequence of Path
        Files, plain or packed.
    to : Path
        Folder of the store; made if it is not there.
    asked : Asked, optional
        Dictionaries and name of the extract.
    form : str
        Format; found from the content if empty.
    join : bool
        Whether another extract than the store's may be added.
    tell : callable
        Takes one sentence at a time about what is seen and done.
    progress : callable
        Takes what is being read, and bytes done and to do.

    Returns
    -------
    tuple of Added
        One for each table, in order.

    Raises
    ------
    UsageError
        If a file cannot be read; the store is then as it was.
    """
    tables = recognised_tables(paths, asked or Asked(), form, tell)
    # Else the arrays of every block would be given back to the system and cleared anew.
    np.empty(KEPT_BYTES, np.uint8)
    with locked(to) as store:
        check_extract(store, tables, join=join)
        addition = _Addition(store, tables, join, progress)
        with closing(addition.incoming):
            done = [addition.add(table, tell) for table in tables]
            new = [item.told for item in done if not item.known]
            if new:
                addition.incoming.commit(new)
        return tuple(done)


def recognised_tables(
    paths: Sequence[Path], asked: Asked, form: str, tell: Tell
) -> list[Table]:
    """Every table of some files with its importer."""
    found = []
    for path in paths:
        inside, left = members(path)
        for name in left:
            tell(f"{path.name}: {name} is left out, it is no table by its name")
        for member in inside:
            importer, layout = recognised(
                sample_of(member), replace(asked, forced=bool(form)), form
            )
            how = "as asked" if form else "recognised"
            tell(f"{member.name}: {importer.name} ({how}): {layout.says}")
            found.append(Table(member, importer, layout))
    return found


class _Addition:
    """Tables on their way into a store."""

    def __init__(
        self, store: Store, tables: Sequence[Table], join: bool, progress: Progress
    ) -> None:
        """Start with nothing read."""
        self.store, self.join, self.progress = store, join, progress
        self.known = list(store.imports)
        self.incoming = Incoming(store)
        self.today = today()
        self.bytes = sum(table.member.size for table in tables)
        self.done = 0

    def add(self, table: Table, tell: Tell) -> Added:
        """Read one table, unless the store has it."""
        member = table.member
        again = self._again(member)
        if again is None:
            told = self._read(table)
            self.known.append(told)
        else:
            tell(f"{member.name}: in the store already (as {again.file}), not added")
        self.done += member.size
        return Added(told=again or told, known=again is not None)

    def _again(self, member: Member) -> Import | None:
        """Import of the same content; only where the size agrees is it looked for."""
        size, modulo = member.unpacked, member.modulo
        alike = [
            item
            for item in self.known
            if (item.bytes % modulo if modulo else item.bytes) == size
        ]
        if not alike:
            return None
        digest = member.digest()
        return next((item for item in alike if item.sha256 == digest), None)

    def _read(self, table: Table) -> Import:
        """Read one table into the addition.

        Raises
        ------
        UsageError
            If its content turns out to be in the store.
        """
        member = table.member
        run = _Run(table, self.incoming, f"{len(self.known) + 1:05d}", self.today)
        with (
            closing(run.flags),
            closing(blocks(member, table.layout, run.content)) as found,
        ):
            for block in found:
                run.take(block)
                share = min(1.0, run.content.bytes / max(1, member.unpacked))
                done = self.done + int(member.size * share)
                self.progress(member.name, done, self.bytes)
            told = run.told(joined=self.join)
        if any(item.sha256 == told.sha256 for item in self.known):
            raise UsageError(
                f"{member.name}: has the content of a file that the store has, under a "
                "size that is not its own; the archive is damaged"
            )
        return told


class _Run:
    """One table on its way: counts, rejected rows, and the actors seen."""

    def __init__(
        self, table: Table, incoming: Incoming, import_id: str, today: int
    ) -> None:
        """Start before the first row."""
        self.table, self.incoming, self.import_id = table, incoming, import_id
        self.content = Content()
        self.flags = Flags(incoming.folder, today)
        self.reasons: Counter[str] = Counter()
        self.actors: set[bytes] = set()
        self.fresh = Fresh(), Fresh()
        self.days = (2**31, -(2**31))
        self.read = self.kept = self.events = 0
        self.rejects: list[Reject] = []

    def take(self, block: Block) -> None:
        """Take in one block."""
        draft = self.table.importer.drafted(block, self.table.layout)
        of = np.arange(len(block)) if draft.of is None else draft.of
        good = self._sift(block, draft, of)
        self.read += block.read
        self.events += len(good)
        self.kept += len(of[good]) if draft.of is None else len(np.unique(of[good]))
        self._write_rejects(block.rejects)
        if not len(good):
            return
        self.flags.add(draft, good)
        for side, fresh in zip((draft.source, draft.target), self.fresh, strict=True):
            self._name_actors(side, good, fresh)
        day = draft.date[good]
        self.days = min(self.days[0], day.min()), max(self.days[1], day.max())
        self.incoming.add(
            draft,
            good,
            block.rows[of[good]],
            scheme=self.table.layout.scheme,
            import_id=self.import_id,
        )

    def _name_actors(self, side: Texts, good: NDArray[np.intp], fresh: Fresh) -> None:
        """Note who is named on one side, by a digest: lists may be long."""
        names = (side.values[at] for at in fresh.of(side, good).tolist())
        self.actors.update(
            hashlib.blake2b(name.encode(), digest_size=16).digest()
            for name in names
            if name
        )

    def _sift(
        self, block: Block, draft: Draft, of: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        """Events that are kept; the others are told with their first reason."""
        good = np.ones(len(draft.date), np.bool_)
        told: dict[int, str] = {}
        for mask, reason in draft.rejects:
            for at in np.flatnonzero(mask & good):
                told.setdefault(int(of[at]), reason)
            good &= ~mask
        self._write_rejects(
            [
                Reject(row=int(block.rows[at]), reason=reason, line=block.line(at))
                for at, reason in sorted(told.items())
            ]
        )
        return np.flatnonzero(good)

    def _write_rejects(self, rejects: Sequence[Reject]) -> None:
        """Note rejected rows in the file of them."""
        if not rejects:
            return
        path = self.incoming.folder / rejects_name(self.import_id)
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8", newline="") as out:
            table = csv.writer(out, lineterminator="\n")
            if not self.reasons:
                table.writerow(("row", "reason", "line"))
            for item in rejects:
                self.reasons[item.reason] += 1
                table.writerow((item.row, item.reason, item.line[:SHOWN]))

    def told(self, *, joined: bool) -> Import:
        """Provenance of the table.

        Raises
        ------
        UsageError
            If no row of it can be used.
        """
        table, importer = self.table, self.table.importer
        rejected = self.reasons.total()
        if self.read and not self.kept:
            reasons = "; ".join(
                f"{reason} ({count})" for reason, count in self.reasons.most_common(3)
            )
            raise UsageError(
                f"{table.member.name}: none of {self.read} rows can be read as "
                f"{importer.name}: {reasons}"
            )
        for reason in importer.telling:
            if self.reasons[reason] * 100 > self.read:
                raise UsageError(
                    f"{table.member.name}: {self.reasons[reason]} of {self.read} rows "
                    f"have {reason}; it is not {importer.name}"
                )
        names = b"".join(sorted(self.actors))
        first, last = map(day_text, map(int, self.days)) if self.events else ("", "")
        return Import(
            import_id=self.import_id,
            file=table.member.name,
            sha256=self.content.sha256.hexdigest(),
            bytes=self.content.bytes,
            format=importer.name,
            importer_version=importer.version,
            scheme=table.layout.scheme,
            provider=importer.provider,
            extract=table.layout.extract,
            read=self.read,
            kept=self.kept,
            rejected=rejected,
            events=self.events,
            reasons=dict(self.reasons.most_common()),
            flagged=self.flags.counted(),
            first_day=first,
            last_day=last,
            actors=len(self.actors),
            actors_hash=hashlib.sha256(names).hexdigest(),
            layout=table.layout.says,
            terms=importer.terms,
            licence_note=importer.cite,
            imported=datetime.now(tz=UTC).isoformat(timespec="seconds"),
            joined=joined,
            rejects=rejects_name(self.import_id) if rejected else "",
        )
