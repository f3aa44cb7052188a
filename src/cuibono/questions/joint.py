"""Jointly: the conclusions of one voice, asked of the very same models."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cuibono.claims.records import Conclusion
from cuibono.questions.action import done_to
from cuibono.questions.follows import SIGNS, all_hold
from cuibono.questions.lens import Lens

Flags = NDArray[np.bool_]

OTHER_LINKS = "it adds, cuts or holds links: other models"
NO_SIGN = "it expects no sign of the equilibrium"
NO_PATH = "no stated path to what it expects"
NOT_ASKED = "not testable as stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two conclusions in the same models.

    Attributes
    ----------
    one, other : str
        Ids.
    both : float
        Share of the models in which both hold.
    excluded : bool
        Whether each holds in some model and both hold in none.
    """

    one: str
    other: str
    both: float
    excluded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """Conclusions in the same models, under one prior.

    Attributes
    ----------
    prior : str
        Name of the prior.
    draws : int
        Models.
    asked : tuple of str
        Ids of the conclusions that can be asked together.
    each : tuple of float
        Share in which each holds.
    all : float
        Share in which all hold.
    most : int
        The most that hold in one model.
    independent : float
        What `all` would be if they had nothing to do with each other.
    pairs : tuple of Pair
        Every two of them.
    left_out : tuple of (str, str)
        The others, each with the reason.
    """

    prior: str
    draws: int
    asked: tuple[str, ...]
    each: tuple[float, ...]
    all: float
    most: int
    independent: float
    pairs: tuple[Pair, ...]
    left_out: tuple[tuple[str, str], ...]


def jointly(lens: Lens, conclusions: Sequence[Conclusion]) -> tuple[Joint, ...]:
    """Return how conclusions hold together, prior by prior.

    A conclusion that changes links is asked of other models, and is left out; so is
    one that expects something to come back or stay, which is no sign of the
    equilibrium.

    Parameters
    ----------
    lens : Lens
        On the reading's model.
    conclusions : sequence of Conclusion
        Of one voice.
    """
    asked, left = sorted_out(lens, conclusions)
    found = []
    for prior in lens.priors:
        drawn = lens.ensemble(prior)
        if not drawn.draws or not asked:
            continue
        held = np.array(
            [all_hold(lens.responses(prior, push), wanted) for _, push, wanted in asked]
        )
        found.append(_joint(prior.name, [item.id for item, _, _ in asked], held, left))
    return tuple(found)


_Asked = tuple[Conclusion, list[tuple[int, float]], dict[int, frozenset[int]]]


def sorted_out(
    lens: Lens, conclusions: Sequence[Conclusion]
) -> tuple[list[_Asked], tuple[tuple[str, str], ...]]:
    """Part the conclusions that can be asked together from the others."""
    asked: list[_Asked] = []
    left: list[tuple[str, str]] = []
    for item in conclusions:
        signed = {node: word for node, word in item.expect if word in SIGNS}
        if item.untestable:
            left.append((item.id, NOT_ASKED))
        elif not signed or len(signed) < len(item.expect):
            left.append((item.id, NO_SIGN))
        elif (done := done_to(lens.graph, item.do)).graph is not lens.graph:
            left.append((item.id, OTHER_LINKS))
        elif not _connected(lens, list(done.push), list(signed)):
            left.append((item.id, NO_PATH))
        else:
            wanted = {lens.graph.position(node): SIGNS[w] for node, w in signed.items()}
            asked.append((item, list(done.push), wanted))
    return asked, tuple(left)


def _connected(lens: Lens, push: list[tuple[int, float]], nodes: list[str]) -> bool:
    """Whether each node is there and is reached by a push."""
    if any(node not in lens.graph.names for node in nodes):
        return False
    starts = [at for at, _ in push]
    return all(
        bool(lens.reach[lens.graph.position(node), starts].any())
        or lens.graph.position(node) in starts
        for node in nodes
    )


def _joint(
    prior: str, ids: list[str], held: Flags, left: tuple[tuple[str, str], ...]
) -> Joint:
    """Count what holds together."""
    each = held.mean(axis=1)
    pairs = []
    for i, j in combinations(range(len(ids)), 2):
        both = float((held[i] & held[j]).mean())
        excluded = both == 0.0 and bool(held[i].any() and held[j].any())
        pairs.append(Pair(one=ids[i], other=ids[j], both=both, excluded=excluded))
    return Joint(
        prior=prior,
        draws=held.shape[1],
        asked=tuple(ids),
        each=tuple(each.tolist()),
        all=float(held.all(axis=0).mean()),
        most=int(held.sum(axis=0).max()),
        independent=float(np.prod(each)),
        pairs=tuple(pairs),
        left_out=left,
    )
