"""Risk sets: which dyads could have sent an event at a moment."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cuibono.record.events import Ints, SignedEvents


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pool:
    """Actors that can take part, in the order of their first appearance.

    Attributes
    ----------
    actors : (k,) int64
        Positions.
    seen : (m,) int64
        How many of them have appeared by the end of each event's moment.
    """

    actors: Ints
    seen: Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RiskSet:
    """Dyads at risk at each event: a pool of senders and one of receivers.

    Attributes
    ----------
    says : str
        The rule in words.
    senders, receivers : mapping
        Pools by kind of actor.
    sender_kind, receiver_kind : (m,) int64
        Kind of each event's sender and receiver: which pools its controls come from.
    """

    says: str
    senders: Mapping[int, Pool]
    receivers: Mapping[int, Pool]
    sender_kind: Ints
    receiver_kind: Ints


def first_moments(events: SignedEvents) -> tuple[Ints, Ints]:
    """Actors in the order of first appearance, and the event where each first appears.

    Of actors that appear in the same event the sender comes first. Actors that never
    appear come last, at the number of events.
    """
    n, m = len(events.actors), len(events)
    first = np.full(n, 2 * m, np.int64)
    both = np.column_stack([events.source, events.target]).ravel()
    actor, at = np.unique(both, return_index=True)
    first[actor] = at
    order = np.argsort(first, kind="stable")
    return order.astype(np.int64), first[order] // 2


def seen_so_far(events: SignedEvents) -> RiskSet:
    """All ordered pairs of actors seen up to and including the moment."""
    order, first = first_moments(events)
    none = np.zeros(len(events), np.int64)
    pool = {0: _pool(events, order, first)}
    return RiskSet(
        says="all pairs of actors seen so far",
        senders=pool,
        receivers=pool,
        sender_kind=none,
        receiver_kind=none,
    )


def fixed_set(events: SignedEvents, actors: frozenset[str]) -> RiskSet:
    """All ordered pairs of the actors named, at any moment.

    Raises
    ------
    ValueError
        If fewer than two are named or one is not in the record.
    """
    at = {name: place for place, name in enumerate(events.actors)}
    unknown = sorted(actors - at.keys())
    if unknown or len(actors) < 2:
        raise ValueError(
            f"a fixed risk set needs two actors of the record, got {len(actors)}"
            + (f"; not in it: {', '.join(unknown[:5])}" if unknown else "")
        )
    members = np.array(sorted(at[name] for name in actors), np.int64)
    pool = {0: Pool(actors=members, seen=np.full(len(events), len(members)))}
    none = np.zeros(len(events), np.int64)
    return RiskSet(
        says=f"all pairs of {len(actors)} actors, at any moment",
        senders=pool,
        receivers=pool,
        sender_kind=none,
        receiver_kind=none,
    )


def by_kind(events: SignedEvents) -> RiskSet:
    """Pairs seen so far whose sender and receiver are of the kinds of the event's own.

    Raises
    ------
    ValueError
        If the record does not tell the kinds of its actors.
    """
    if not events.kinds:
        raise ValueError("a risk set by kind needs the kinds of the actors")
    names = sorted({events.kinds.get(actor, "") for actor in events.actors})
    at = {name: place for place, name in enumerate(names)}
    kind = np.array([at[events.kinds.get(actor, "")] for actor in events.actors])
    order, first = first_moments(events)
    pools = {
        place: _pool(events, order[kind[order] == place], first[kind[order] == place])
        for place in at.values()
    }
    return RiskSet(
        says="pairs seen so far, of the same kinds of actor as the event's",
        senders=pools,
        receivers=pools,
        sender_kind=kind[events.source].astype(np.int64),
        receiver_kind=kind[events.target].astype(np.int64),
    )


def _pool(events: SignedEvents, actors: Ints, first: Ints) -> Pool:
    """Pool of actors given in the order of their first event."""
    end = np.searchsorted(events.time, events.time, side="right")
    seen = np.searchsorted(first, end, side="left").astype(np.int64)
    return Pool(actors=actors, seen=seen)
