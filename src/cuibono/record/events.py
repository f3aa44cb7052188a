"""Signed events: who did something friendly, hostile or neither to whom, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Signs = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SignedEvents:
    """Events in the order of time; events of one moment keep the order of the file.

    Attributes
    ----------
    name : str
        What the events were read from.
    actors : tuple of str
        Names; `source` and `target` are positions in it.
    time : (m,) float64
        Days, ascending.
    source, target : (m,) int64
        Sender and receiver.
    sign : (m,) int8
        1 friendly, -1 hostile, 0 neither: observed, but never part of the history.
    weight : (m,) float64
        What the file says, 1 where it says nothing.
    row : (m,) int64
        Position of the event in the file, from 0, header not counted.
    dated : bool
        Whether the file has dates; `time` then counts days of the common era.
    kinds : mapping
        Actor to type of actor, where known; for risk sets by type.
    digests : tuple of (str, str)
        File names and SHA-256.
    """

    name: str
    actors: tuple[str, ...]
    time: Floats
    source: Ints
    target: Ints
    sign: Signs
    weight: Floats
    row: Ints
    dated: bool = False
    kinds: Mapping[str, str] = field(default_factory=dict)
    digests: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Freeze the arrays.

        Raises
        ------
        ValueError
            If time goes back.
        """
        if np.any(np.diff(self.time) < 0):
            raise ValueError("time must ascend; use signed_events to sort")
        for array in (
            self.time,
            self.source,
            self.target,
            self.sign,
            self.weight,
            self.row,
        ):
            array.setflags(write=False)

    def __len__(self) -> int:
        """Count the events."""
        return len(self.time)

    @property
    def loops(self) -> int:
        """Events of an actor towards itself; they are left out of everything."""
        return int(np.sum(self.source == self.target))

    def chosen(self, keep: NDArray[np.bool_]) -> "SignedEvents":
        """Return the events of a mask, with all actors kept."""
        return SignedEvents(
            name=self.name,
            actors=self.actors,
            time=self.time[keep],
            source=self.source[keep],
            target=self.target[keep],
            sign=self.sign[keep],
            weight=self.weight[keep],
            row=self.row[keep],
            dated=self.dated,
            kinds=self.kinds,
            digests=self.digests,
        )

    def signed(self) -> "SignedEvents":
        """Return the friendly and hostile events between two different actors."""
        return self.chosen((self.sign != 0) & (self.source != self.target))

    def with_sign(self, sign: Signs) -> "SignedEvents":
        """Return the same events with other signs."""
        return SignedEvents(
            name=self.name,
            actors=self.actors,
            time=self.time,
            source=self.source,
            target=self.target,
            sign=np.array(sign, np.int8),
            weight=self.weight,
            row=self.row,
            dated=self.dated,
            kinds=self.kinds,
            digests=self.digests,
        )

    def renamed(
        self, group: Mapping[str, str], name: str | None = None
    ) -> "SignedEvents":
        """Return the events between groups of actors; those inside a group fall out.

        Parameters
        ----------
        group : mapping
            Actor to the name that it goes under; actors without one keep their own.
        name : str, optional
            What the result is called.
        """
        called = [group.get(actor, actor) for actor in self.actors]
        actors = tuple(dict.fromkeys(called))
        at = {actor: place for place, actor in enumerate(actors)}
        to = np.array([at[actor] for actor in called], np.int64)
        made = SignedEvents(
            name=name or self.name,
            actors=actors,
            time=self.time,
            source=to[self.source],
            target=to[self.target],
            sign=self.sign,
            weight=self.weight,
            row=self.row,
            dated=self.dated,
            digests=self.digests,
        )
        return made.chosen(made.source != made.target)


def signed_events(
    time: NDArray[np.generic],
    source: Sequence[str],
    target: Sequence[str],
    sign: NDArray[np.generic],
    weight: NDArray[np.generic] | None = None,
    *,
    name: str = "events",
    dated: bool = False,
    kinds: Mapping[str, str] | None = None,
    digests: tuple[tuple[str, str], ...] = (),
) -> SignedEvents:
    """Events from columns, put in the order of time.

    Parameters
    ----------
    time : (m,) array
        Days.
    source, target : sequence of str
        Names of sender and receiver.
    sign : (m,) array
        1, -1 or 0.
    weight : (m,) array, optional
        Size of each event; 1 if not given.
    name, dated, kinds, digests
        As in `SignedEvents`.

    Examples
    --------
    >>> made = signed_events(
    ...     np.array([3.0, 1.0]), ["Arda", "Brun"], ["Brun", "Cor"], np.array([1, -1])
    ... )
    >>> made.actors[made.source[0]], made.row.tolist()
    ('Brun', [1, 0])
    """
    names = dict.fromkeys(chain(source, target))
    ids = dict(zip(names, range(len(names)), strict=True))
    return coded_events(
        time,
        np.array([*map(ids.__getitem__, source)], np.int64),
        np.array([*map(ids.__getitem__, target)], np.int64),
        tuple(names),
        sign,
        weight,
        name=name,
        dated=dated,
        kinds=kinds,
        digests=digests,
    )


def coded_events(
    time: NDArray[np.generic],
    source: Ints,
    target: Ints,
    actors: tuple[str, ...],
    sign: NDArray[np.generic],
    weight: NDArray[np.generic] | None = None,
    *,
    name: str = "events",
    dated: bool = False,
    kinds: Mapping[str, str] | None = None,
    digests: tuple[tuple[str, str], ...] = (),
) -> SignedEvents:
    """Events from columns with actors by position, put in the order of time.

    Parameters
    ----------
    time, sign, weight, name, dated, kinds, digests
        As in `signed_events`.
    source, target : (m,) int64
        Positions in `actors`.
    actors : tuple of str
        Names.
    """
    moments = np.asarray(time, np.float64)
    order = np.argsort(moments, kind="stable")
    size = np.ones(len(order)) if weight is None else np.asarray(weight, np.float64)
    return SignedEvents(
        name=name,
        actors=actors,
        time=moments[order],
        source=source[order],
        target=target[order],
        sign=np.asarray(sign, np.int8)[order],
        weight=size[order],
        row=order.astype(np.int64),
        dated=dated,
        kinds=kinds or {},
        digests=digests,
    )
