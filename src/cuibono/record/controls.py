"""Case-control sampling: each event with controls of its own, or strata of a moment."""

from dataclasses import dataclass

import numpy as np

from cuibono.errors import UsageError
from cuibono.record.events import Floats, Ints, SignedEvents
from cuibono.record.kernels.controls import near_and_uniform
from cuibono.record.pairs import Pairs, record_pairs
from cuibono.record.risk import RiskSet, first_moments, seen_so_far
from cuibono.record.rows import Rows, history_lengths
from cuibono.record.settings import Order

MOST_TRIES = 1000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sample:
    """Events and controls as rows, in strata.

    Attributes
    ----------
    rows : Rows
        Cases and controls; a stratum's rows stand together, cases first.
    case : (r,) bool
        Whether the row is an event.
    event : (r,) int64
        Position of the event in the record; -1 for a control.
    stratum : (r,) int64
        Ascending from 0.
    offset : (r,) float64
        Minus the log of the chance with which the row was drawn, up to one constant a
        stratum; 0 where all were drawn with the same chance.
    own : bool
        Whether each stratum has exactly one case, with controls of its own.
    says : str
        Design in words.
    """

    rows: Rows
    case: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    event: Ints
    stratum: Ints
    offset: Floats
    own: bool
    says: str

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows)


def own_controls(
    events: SignedEvents,
    *,
    each: int,
    rng: np.random.Generator,
    order: Order = Order.SIMULTANEOUS,
    risk: RiskSet | None = None,
) -> Sample:
    """Every event with `each` controls of its own, drawn evenly from its risk set.

    Parameters
    ----------
    events : SignedEvents
        The record; events of an actor with itself are no cases.
    each : int
        Controls for each event, with replacement, never the event's own dyad.
    rng : Generator
        Where the draws come from.
    order : Order
        Whether events of one moment see each other.
    risk : RiskSet, optional
        All pairs seen so far if not given.

    Raises
    ------
    UsageError
        If the risk set of an event holds no other dyad.
    """
    found = risk or seen_so_far(events)
    cases = np.flatnonzero(events.source != events.target)
    source = np.empty((len(cases), each), np.int64)
    target = np.empty_like(source)
    for first, senders in found.senders.items():
        for second, receivers in found.receivers.items():
            mine = np.flatnonzero(
                (found.sender_kind[cases] == first)
                & (found.receiver_kind[cases] == second)
            )
            if len(mine) == 0:
                continue
            events_here = cases[mine]
            tops = senders.seen[events_here], receivers.seen[events_here]
            left = np.ones((len(mine), each), bool)
            a = np.empty((len(mine), each), np.int64)
            b = np.empty_like(a)
            for _ in range(MOST_TRIES):
                which = np.nonzero(left)
                if len(which[0]) == 0:
                    break
                draw = rng.random((2, len(which[0])))
                a[which] = senders.actors[(draw[0] * tops[0][which[0]]).astype(int)]
                b[which] = receivers.actors[(draw[1] * tops[1][which[0]]).astype(int)]
                own = (a == events.source[events_here, None]) & (
                    b == events.target[events_here, None]
                )
                left = (a == b) | own
            else:
                raise UsageError(
                    "the risk set of an event holds no other dyad; "
                    "take a wider risk set"
                )
            source[mine], target[mine] = a, b
    return _sample(
        events,
        cases,
        source,
        target,
        np.zeros((len(cases), 1 + each)),
        order,
        f"one event and {each} controls of its own, drawn evenly from {found.says}",
    )


def stratified_controls(
    events: SignedEvents,
    *,
    each: int,
    rng: np.random.Generator,
    order: Order = Order.SIMULTANEOUS,
    near_share: float = 0.5,
    pairs: Pairs | None = None,
) -> Sample:
    """Every event with controls of its own, a share of them drawn near the history.

    Near controls are reached from a random tie of the history in one or two steps; the
    others are drawn evenly from all pairs seen so far. Offsets undo the preference.

    Parameters
    ----------
    events, each, rng, order
        As for `own_controls`.
    near_share : float
        Chance that a control is drawn near the history, below 1.
    pairs : Pairs, optional
        Those of `events`, if they are at hand.

    Raises
    ------
    ValueError
        If `near_share` is not in [0, 1).
    UsageError
        If fewer than three actors have been seen at some event.
    """
    if not 0 <= near_share < 1:
        raise ValueError(f"near_share must be in [0, 1), got {near_share}")
    found = record_pairs(events) if pairs is None else pairs
    cases = np.flatnonzero(events.source != events.target).astype(np.int64)
    ordered, first = first_moments(events)
    end = np.searchsorted(events.time, events.time, side="right")
    seen = np.searchsorted(first, end, side="left").astype(np.int64)
    if len(cases) and seen[cases[0]] < 2:
        raise UsageError("the risk set of an event holds no other dyad")
    source = np.empty((len(cases), each), np.int64)
    target = np.empty_like(source)
    log_chance = np.empty((len(cases), 1 + each))
    near_and_uniform(
        len(events.actors),
        events.source,
        events.target,
        events.sign,
        found.of_event,
        found.low,
        found.high,
        found.start,
        found.keys,
        found.places,
        history_lengths(events, order),
        ordered,
        seen,
        cases,
        each,
        near_share,
        rng.integers(0, 2**63, 1).astype(np.uint64),
        source,
        target,
        log_chance,
    )
    return _sample(
        events,
        cases,
        source,
        target,
        -log_chance,
        order,
        f"one event and {each} controls of its own, {near_share:.0%} of them drawn "
        "near the history, the others evenly from all pairs seen so far",
    )


def _sample(
    events: SignedEvents,
    cases: Ints,
    source: Ints,
    target: Ints,
    offset: Floats,
    order: Order,
    says: str,
) -> Sample:
    """Rows of cases with controls of their own."""
    each = source.shape[1]
    width = 1 + each
    after = history_lengths(events, order)[cases]
    event = np.full((len(cases), width), -1, np.int64)
    event[:, 0] = cases
    case = np.zeros((len(cases), width), bool)
    case[:, 0] = True
    return Sample(
        rows=Rows(
            after=np.repeat(after, width),
            time=np.repeat(events.time[cases], width),
            source=np.column_stack([events.source[cases], source]).ravel(),
            target=np.column_stack([events.target[cases], target]).ravel(),
        ),
        case=case.ravel(),
        event=event.ravel(),
        stratum=np.repeat(np.arange(len(cases)), width),
        offset=offset.ravel(),
        own=True,
        says=says,
    )


def eventnet_strata(
    events: SignedEvents,
    *,
    each: int,
    rng: np.random.Generator,
    order: Order = Order.SIMULTANEOUS,
) -> Sample:
    """Strata as eventnet makes them: all events of a moment, and shared controls.

    A stratum gets `each` times its number of distinct dyads, drawn without replacement
    from all pairs seen up to and including the moment; loops and dyads observed then
    are drawn but left out. For comparison with stored tables and other programs only:
    `cox_fit` refuses several cases with sampled controls outside compatibility mode.

    Parameters
    ----------
    events, each, rng, order
        As for `own_controls`.
    """
    cases = np.flatnonzero(events.source != events.target)
    moment = events.time if order is Order.SIMULTANEOUS else np.arange(len(events))
    ordered, first = first_moments(events)
    after = history_lengths(events, order)
    starts = np.flatnonzero(np.r_[True, np.diff(moment[cases]) != 0])
    ends = np.r_[starts[1:], len(cases)]
    n = len(events.actors)
    parts: list[tuple[Ints, Ints, Ints, Ints]] = []
    for begin, end in zip(starts, ends, strict=True):
        here = cases[begin:end]
        stop = np.searchsorted(events.time, events.time[here[0]], side="right")
        pool = int(np.searchsorted(first, stop, side="left"))
        observed = np.unique(events.source[here] * n + events.target[here])
        wanted = min(each * len(observed), pool * pool)
        drawn = _distinct(pool * pool, wanted, rng)
        a, b = ordered[drawn // pool], ordered[drawn % pool]
        kept = (a != b) & ~np.isin(a * n + b, observed)
        parts.append(
            (
                np.concatenate([events.source[here], a[kept]]),
                np.concatenate([events.target[here], b[kept]]),
                np.concatenate([here, np.full(int(kept.sum()), -1, np.int64)]),
                np.full(len(here) + int(kept.sum()), here[0], np.int64),
            )
        )
    source, target, event, head = (
        np.concatenate([part[at] for part in parts]) for at in range(4)
    )
    return Sample(
        rows=Rows(
            after=after[head], time=events.time[head], source=source, target=target
        ),
        case=event >= 0,
        event=event,
        stratum=np.cumsum(np.r_[False, np.diff(head) != 0]).astype(np.int64),
        offset=np.zeros(len(head)),
        own=order is Order.SEQUENTIAL,
        says=f"strata of a moment with {each} shared controls a dyad, as eventnet",
    )


def _distinct(of: int, wanted: int, rng: np.random.Generator) -> Ints:
    """Return different numbers below `of`, in the order drawn."""
    if wanted * 3 >= of:
        return rng.permutation(of)[:wanted].astype(np.int64)
    drawn = np.empty(0, np.int64)
    while len(drawn) < wanted:
        more = np.concatenate([drawn, rng.integers(0, of, wanted - len(drawn) + 8)])
        _, at = np.unique(more, return_index=True)
        drawn = more[np.sort(at)]
    return drawn[:wanted]
