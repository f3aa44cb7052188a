"""Monthly counts of dyads: what a store gives, and what a case can ship in its place."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]

POSITIVE, NEGATIVE, NEUTRAL = 0, 1, 2
"""Columns of counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Which part of which record, and what may be done with it.

    Attributes
    ----------
    id, title : str
        Short name; name in words.
    producer, citation, terms : str
        Who made the record, how it is cited, under which terms (or "not verified").
    scheme, convention : str
        Event scheme of the codes; sign convention of the counts.
    first, last : date
        First and last day with an event.
    rows : int
        Events in the extract.
    sources : tuple of (str, str)
        Files that it was made from, with their SHA-256.
    cannot_show : tuple of str
        What is known to be missing from it, in sentences.
    """

    id: str
    title: str
    scheme: str
    convention: str
    first: date
    last: date
    rows: int
    producer: str = ""
    citation: str = ""
    terms: str = ""
    sources: tuple[tuple[str, str], ...] = ()
    cannot_show: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """How an actor of the case is covered by an extract.

    Attributes
    ----------
    actor : str
        Node of the case.
    presence : str
        One of the values of `events.queries.coverage.Presence`.
    as_source, as_target : (m,) int64
        Events of each month.
    names : tuple of (str, int)
        Filed names that were taken for it, with their mentions; the most frequent.
    missing : tuple of str
        Names looked for and not found.
    """

    actor: str
    presence: str
    as_source: Counts
    as_target: Counts
    names: tuple[tuple[str, int], ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_covered(self) -> bool:
        """Whether a zero about this actor may be read at all."""
        return self.presence == "covered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Acts of one actor towards another, by month.

    Attributes
    ----------
    source, target : str
        Nodes of the case.
    own : (m, 3) int64
        Positive, negative and neutral acts of `source` towards `target`.
    base : (m, 3) int64
        The same of comparable dyads: `source` towards anybody else, and anybody else
        towards `target`.
    """

    source: str
    target: str
    own: Counts
    base: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Placebo:
    """How often the method gives a verdict where there is nothing to find.

    Attributes
    ----------
    test : str
        `level` or `change`.
    kind : str
        `dates` (no named date) or `dyads` (rows drawn from the baseline).
    tried, verdicts : int
        Placebos with enough events to decide; those in which it did.
    """

    test: str
    kind: str
    tried: int
    verdicts: int
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All counts that a comparison needs, from one extract.

    Attributes
    ----------
    months : tuple of date
        First day of each month, ascending, without gaps.
    volume : (m,) int64
        Events of the whole extract.
    """

    extract: Extract
    months: tuple[date, ...]
    volume: Counts
    actors: tuple[Covered, ...]
    series: tuple[Series, ...]
    placebo: tuple[Placebo, ...] = ()
    touched: tuple[str, ...] = ()
    map_sha256: str = ""
    file_digests: tuple[tuple[str, str], ...] = field(default=())

    def actor(self, name: str) -> Covered | None:
        """Coverage of a node, or None where the map does not name it."""
        return next((one for one in self.actors if one.actor == name), None)

    def dyad(self, source: str, target: str) -> Series | None:
        """Series of a dyad, or None where it was not counted."""
        return next(
            (
                one
                for one in self.series
                if one.source == source and one.target == target
            ),
            None,
        )


def months_between(first: date, last: date) -> tuple[date, ...]:
    """First days of the months from one day to another.

    Examples
    --------
    >>> [str(day) for day in months_between(date(2014, 11, 5), date(2015, 1, 1))]
    ['2014-11-01', '2014-12-01', '2015-01-01']
    """
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return tuple(date(at // 12, at % 12 + 1, 1) for at in range(start, end + 1))
