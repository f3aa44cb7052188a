"""Counts of events that are mirrored, repeated, self or out of range, in bounded memory.

Each event becomes a few 64-bit numbers that go to a temporary file; equal numbers are
counted bucket by bucket. Two different events share a number with a chance of about
m * m / 2**65, so that a count is off by one with a chance of 3 in a million for ten
million events.
"""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from cuibono.events.importers.dates import EPOCH
from cuibono.events.importers.intake.kernels import gathered
from cuibono.events.importers.intake.plain import Plain
from cuibono.events.importers.intake.texts import ABSENT, Texts
from cuibono.events.importers.records import Draft
from cuibono.events.store.kernels import settled, stirred_in

Keys = NDArray[np.uint64]

FLAGS: Final = ("mirrored", "repeated", "self", "out_of_range_date", "same_id")
FIRST_DAY: Final = -25_567
"""1900-01-01; an earlier date is out of range."""

FAR_DAYS: Final = 7
"""A GDELT event dated so many days before it was added has a date read from words."""

_AT_ONCE = 4_000_000


class Flags:
    """Gathers what is to be counted of the events of one import."""

    def __init__(self, folder: Path, today: int) -> None:
        """Start with nothing; numbers go to files in a folder."""
        self.today = today
        self.repeats = _Spool(folder)
        self.mirrors = _Spool(folder)
        self.ids = _Spool(folder)
        self.alone, self.far = 0, 0

    def add(self, draft: Draft, kept: NDArray[np.intp]) -> None:
        """Take in some events of a draft."""
        day = draft.date[kept]
        source, target = _hashes(draft.source, kept), _hashes(draft.target, kept)
        code = _hashes(draft.code, kept)
        pair = ~(draft.source.empty() | draft.target.empty())[kept]
        self.alone += int((pair & (source == target)).sum())
        self.far += int(self._out_of_range(draft, day, kept).sum())
        dated = day.astype(np.uint64)
        self.repeats.add(_mixed(source, target, code, dated))
        text = dated if draft.story is None else _hashes(draft.story, kept)
        if draft.sentence is not None:
            text = _mixed(text, draft.sentence[kept].astype(np.uint64))
        # Both directions of a pair share all bits but the last, which tells them apart.
        both = _mixed(source ^ target, source + target, code, text) & ~np.uint64(1)
        ways = both | (source < target)
        self.mirrors.add(ways[pair & (source != target)])
        if draft.event_id is not None:
            self.ids.add(_ids(draft.event_id, kept, dated))

    def _out_of_range(
        self, draft: Draft, day: NDArray[np.int64], kept: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Whether each date is before 1900, in the future, or far from its adding."""
        wrong = (day < FIRST_DAY) | (day > self.today)
        if draft.added is None:
            return wrong
        added = draft.added[kept]
        off = (added - day >= FAR_DAYS) | (day > added)
        far: NDArray[np.bool_] = wrong | (off & (added != ABSENT))
        return far

    def close(self) -> None:
        """Let go of the temporary files."""
        for spool in (self.repeats, self.mirrors, self.ids):
            spool.file.close()

    def counted(self) -> dict[str, int]:
        """Count of each flag."""
        return {
            "mirrored": self.mirrors.total(_both_ways),
            "repeated": self.repeats.total(_surplus),
            "self": self.alone,
            "out_of_range_date": self.far,
            "same_id": self.ids.total(_surplus),
        }


class _Spool:
    """Numbers on disk, looked at in buckets of bounded size."""

    def __init__(self, folder: Path) -> None:
        """Start an empty file."""
        # Closed, and thereby gone, with the spool.
        self.file: BinaryIO = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        self.size = 0

    def add(self, keys: Keys) -> None:
        """Write some numbers."""
        self.file.write(keys.tobytes())
        self.size += len(keys)

    def total(self, count: Callable[[Keys], int]) -> int:
        """Sum of a count over the numbers of each bucket."""
        buckets = max(1, -(-self.size // _AT_ONCE))
        return sum(count(self._bucket(at, buckets)) for at in range(buckets))

    def _bucket(self, at: int, buckets: int) -> Keys:
        """Numbers whose leading bits fall into one of so many buckets, sorted."""
        self.file.seek(0)
        found = []
        while piece := self.file.read(_AT_ONCE):
            keys = np.frombuffer(piece, np.uint64)
            which = (keys >> np.uint64(32)) * np.uint64(buckets) >> np.uint64(32)
            found.append(keys if buckets == 1 else keys[which == at])
        keys = np.concatenate(found) if found else np.empty(0, np.uint64)
        keys.sort()
        return keys


def _surplus(keys: Keys) -> int:
    """How many of the sorted numbers came before."""
    return int((keys[1:] == keys[:-1]).sum())


def _both_ways(keys: Keys) -> int:
    """How many of the sorted numbers have one that differs in the last bit alone."""
    if not len(keys):
        return 0
    begins = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    sizes = np.diff(np.append(begins, len(keys)))
    groups = keys[begins]
    first = np.flatnonzero(groups[1:] == groups[:-1] + np.uint64(1))
    first = first[groups[first] & np.uint64(1) == 0]
    return int((sizes[first] + sizes[first + 1]).sum())


def _hashes(texts: Texts, rows: NDArray[np.intp]) -> Keys:
    """Number of the text of each row; other in every process."""
    return gathered(texts.each(hash), texts.index[rows]).view(np.uint64)


def _ids(ids: Texts | Plain, rows: NDArray[np.intp], dated: Keys) -> Keys:
    """Number of the id and day of each row that has an id."""
    if isinstance(ids, Plain):
        return _mixed(ids.hashes[rows], dated)
    return _mixed(_hashes(ids, rows), dated)[~ids.empty()[rows]]


def _mixed(*parts: Keys) -> Keys:
    """One number of several."""
    found = parts[0].copy()
    for part in parts[1:]:
        stirred_in(found, part)
    settled(found)
    return found


def day_text(day: int) -> str:
    """Day since 1970-01-01 as ISO date."""
    return date.fromordinal(day + EPOCH).isoformat()
