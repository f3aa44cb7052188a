"""Which responses go together in every accepted model: "whenever A rises, B falls"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.answers import responses
from cuibono.response.drawing import draw_ensemble
from cuibono.response.observed import Observation, Order, agrees, in_order
from cuibono.response.priors import Prior
from cuibono.response.rules import Rule

_BATCH, _MOST_BATCHES = 4000, 500

# Words of a sign, for a reader.
_WORDS = {1: "rises", -1: "falls", 0: "stays"}

Signs = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Event:
    """A response of one sign: node and 1, -1 or 0."""

    node: int
    sign: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Implication:
    """Whenever all of `whenever` happen, `then` happens, in every accepted model.

    Attributes
    ----------
    whenever : tuple of Event
        One event, or two where neither of them alone implies it.
    then : Event
        What happens in all of these models.
    support : int
        Accepted models in which `whenever` happens.
    most_violated : float
        Upper 95 percent bound on the share of such models that violate it:
        ``1 - 0.05 ** (1 / support)``, about 3 / support.
    back : bool
        Whether it also holds the other way round; such are told once.
    """

    whenever: tuple[Event, ...]
    then: Event
    support: int
    most_violated: float
    back: bool

    def words(self, names: Sequence[str]) -> str:
        """The implication as a sentence."""
        told = " and ".join(f"{names[e.node]} {_WORDS[e.sign]}" for e in self.whenever)
        then = f"{names[self.then.node]} {_WORDS[self.then.sign]}"
        return f"whenever {told}, {then}{', and the other way round' * self.back}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Implications:
    """What goes together in the responses to one push.

    Attributes
    ----------
    press : mapping of int to float
        The push.
    found : tuple of Implication
        The shortest ones, most support first.
    groups : tuple of tuples of Event
        Events that happen in exactly the same accepted models.
    always : tuple of Event
        What happens in every accepted model: it follows from anything, and is left
        out of `found` on both sides.
    patterns : tuple of (signs, count)
        Sign patterns (n,) of the responses that occur, most frequent first.
    accepted : int
        Models that they were found in.
    approximate : bool
        Whether a chain was needed: bounds then take draws for independent.
    """

    press: Mapping[int, float]
    found: tuple[Implication, ...]
    groups: tuple[tuple[Event, ...], ...]
    always: tuple[Event, ...]
    patterns: tuple[tuple[tuple[int, ...], int], ...]
    accepted: int
    approximate: bool


def implications(
    g: SignedDigraph,
    press: Mapping[int, float],
    *,
    prior: Prior,
    samples: int,
    seed: int,
    observations: Sequence[Observation] = (),
    orders: Sequence[Order] = (),
    uncertain: Rule | str = Rule.QPRESS,
    threads: int = 1,
    least_support: int = 30,
    pairs: bool = True,
) -> Implications:
    """Implications between responses to a push that every accepted model keeps.

    Parameters
    ----------
    g : SignedDigraph
        The model.
    press : mapping of int to float
        The push, held.
    prior, samples, seed, observations, orders, uncertain, threads
        As for `sampled_responses`.
    least_support : int
        Accepted models in which an antecedent must happen to be spoken of; 30 keep
        the bound on violations below 10 percent.
    pairs : bool
        Look for antecedents of two events too.

    Raises
    ------
    ValueError
        If `samples` or `least_support` is below 1.

    References
    ----------
    Kristensen, Chisholm and McDonald-Madden (2019), Dealing with high uncertainty in
    qualitative network models using Boolean analysis, Methods Ecol. Evol. 10.
    """
    if samples < 1 or least_support < 1:
        raise ValueError(
            "samples and least_support must be at least 1, got "
            f"{samples} and {least_support}"
        )
    parts, accepted, approximate = [], 0, False
    for rng in np.random.default_rng(seed).spawn(_MOST_BATCHES):
        drawn = draw_ensemble(
            g,
            prior=prior,
            draws=_BATCH if observations or orders else samples,
            rng=rng,
            uncertain=uncertain,
            threads=threads,
        )
        approximate |= str(drawn.method) == "chain"
        agree = in_order(drawn, orders)
        for observation in observations:
            agree &= agrees(drawn, observation)
        parts.append(np.sign(responses(drawn, press)[agree]).astype(np.int8))
        accepted += len(parts[-1])
        if accepted >= samples or not drawn.draws:
            break
    signs = np.concatenate(parts)[:samples]
    return implied(signs, press, least_support, pairs=pairs, approximate=approximate)


def implied(
    signs: Signs,
    press: Mapping[int, float],
    least_support: int,
    *,
    pairs: bool = True,
    approximate: bool = False,
) -> Implications:
    """Implications in signs (accepted, n) of responses."""
    kinds, counts = np.unique(signs, axis=0, return_counts=True)
    events, holds = _events(kinds)
    certain = [bool(row.all()) for row in holds]
    open_ = [i for i in range(len(events)) if not certain[i]]
    singles = {i: _followers(i, open_, events, holds) for i in open_}
    support = {i: int(counts[holds[i]].sum()) for i in open_}
    groups = _groups(open_, holds)
    head = {i: group[0] for group in groups for i in group}
    # One event speaks for all that happen with it.
    lead = [i for i in open_ if head[i] == i and support[i] >= least_support]
    found = _single(lead, head, singles, support, events, holds)
    found += _mirrored(groups, support, events, holds, least_support)
    if pairs:
        found += _paired(lead, head, singles, counts, events, holds, least_support)
    order = np.argsort(-counts, kind="stable").tolist()
    return Implications(
        press=press,
        found=tuple(sorted(found, key=lambda x: (-x.support, x.whenever, x.then))),
        groups=tuple(
            tuple(events[i] for i in group) for group in groups if len(group) > 1
        ),
        always=tuple(events[i] for i in range(len(events)) if certain[i]),
        patterns=tuple((tuple(kinds[k].tolist()), int(counts[k])) for k in order),
        accepted=len(signs),
        approximate=approximate,
    )


def _events(kinds: Signs) -> tuple[list[Event], NDArray[np.bool_]]:
    """Events that occur, and in which kinds of model (events, kinds) they do."""
    events, holds = [], []
    for node in range(kinds.shape[1]):
        for sign in (1, -1, 0):
            happens = kinds[:, node] == sign
            if happens.any():
                events.append(Event(node=node, sign=sign))
                holds.append(happens)
    shape = (len(events), len(kinds))
    return events, np.array(holds, dtype=np.bool_).reshape(shape)


def _followers(
    i: int, open_: list[int], events: list[Event], holds: NDArray[np.bool_]
) -> set[int]:
    """Events of other nodes that happen whenever event i does."""
    return {
        j
        for j in open_
        if events[j].node != events[i].node and not (holds[i] & ~holds[j]).any()
    }


def _groups(open_: list[int], holds: NDArray[np.bool_]) -> list[list[int]]:
    """Events that happen in exactly the same kinds of model."""
    groups: dict[bytes, list[int]] = {}
    for i in open_:
        groups.setdefault(holds[i].tobytes(), []).append(i)
    return list(groups.values())


def _told(
    whenever: tuple[Event, ...], then: Event, support: int, *, back: bool
) -> Implication:
    """Put an implication together with its bound."""
    return Implication(
        whenever=whenever,
        then=then,
        support=support,
        most_violated=1.0 - 0.05 ** (1.0 / support),
        back=back,
    )


def _single(
    lead: list[int],
    head: dict[int, int],
    singles: dict[int, set[int]],
    support: dict[int, int],
    events: list[Event],
    holds: NDArray[np.bool_],
) -> list[Implication]:
    """Implications from one event, less those that others in between make plain."""
    found = []
    for i in lead:
        others = {head[j] for j in singles[i]} - {i}
        for j in sorted(others):
            between = any(k != j and j in {head[x] for x in singles[k]} for k in others)
            if not between and not _told_already(i, j, head, lead, events, holds):
                found.append(_told((events[i],), events[j], support[i], back=False))
    return found


def _told_already(
    i: int,
    j: int,
    head: dict[int, int],
    lead: list[int],
    events: list[Event],
    holds: NDArray[np.bool_],
) -> bool:
    """Whether "not j, hence not i" is told instead: one of the two is enough."""
    place = {(event.node, holds[k].tobytes()): k for k, event in enumerate(events)}
    not_i = place.get((events[i].node, (~holds[i]).tobytes()))
    not_j = place.get((events[j].node, (~holds[j]).tobytes()))
    if not_i is None or not_j is None or head[not_j] not in lead:
        return False
    return bool((~holds[j]).tobytes() < holds[i].tobytes())


def _mirrored(
    groups: list[list[int]],
    support: dict[int, int],
    events: list[Event],
    holds: NDArray[np.bool_],
    least_support: int,
) -> list[Implication]:
    """Events that happen together, each told against the first of its group.

    Where the same nodes turn round together, the way with more support is told.
    """
    at = {holds[group[0]].tobytes(): group for group in groups}
    found = []
    for group in groups:
        first = group[0]
        mirror = at.get((~holds[first]).tobytes(), [])
        same = {events[i].node for i in mirror} == {events[i].node for i in group}
        told = (support[first], -first)
        if support[first] < least_support or (
            same and (support[mirror[0]], -mirror[0]) > told
        ):
            continue
        found += [
            _told((events[first],), events[j], support[first], back=True)
            for j in group[1:]
        ]
    return found


def _paired(
    lead: list[int],
    head: dict[int, int],
    singles: dict[int, set[int]],
    counts: NDArray[np.intp],
    events: list[Event],
    holds: NDArray[np.bool_],
    least_support: int,
) -> list[Implication]:
    """Implications from two events that neither implies alone, and none in between."""
    found = []
    every = [i for i in head if head[i] == i]
    for a, b in combinations(lead, 2):
        both = holds[a] & holds[b]
        together = int(counts[both].sum())
        if together < least_support or b in singles[a] or a in singles[b]:
            continue
        nodes = {events[a].node, events[b].node}
        new = [
            j
            for j in every
            if events[j].node not in nodes
            and j not in singles[a] | singles[b]
            and not (both & ~holds[j]).any()
        ]
        for j in new:
            if not any(k != j and j in singles[k] for k in new):
                told = (events[a], events[b])
                found.append(_told(told, events[j], together, back=False))
    return found
