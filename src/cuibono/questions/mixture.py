"""Mixtures: a disputed tie holds as one side has it with a chance, from 0 to 1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.claims.records import Conclusion
from cuibono.questions.action import done_to
from cuibono.questions.answer import LEANING, SETTLED
from cuibono.questions.follows import SIGNS, all_hold
from cuibono.questions.lens import Lens
from cuibono.response.records import Ensemble

CHANCES = tuple(k / 10 for k in range(11))
FEWEST_EFFECTIVE = 10.0
"""With fewer effective models a share is not told."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """One conclusion along a mixture, under one prior.

    Attributes
    ----------
    conclusion : str
        Its id.
    prior : str
        Name of the prior.
    ties : int
        Disputed ties that the mixture turns.
    chances : tuple of float
        Chance that a disputed tie holds as the second side has it.
    shares : tuple of float or None
        Share of the models in which the conclusion holds; None with too few.
    effective : tuple of float
        Effective models behind each share.
    """

    conclusion: str
    prior: str
    ties: int
    chances: tuple[float, ...]
    shares: tuple[float | None, ...]
    effective: tuple[float, ...]

    @property
    def turns(self) -> tuple[tuple[float, float], ...]:
        """Neighbouring chances between which the share crosses a threshold."""
        found = []
        for at in range(len(self.chances) - 1):
            one, two = self.shares[at], self.shares[at + 1]
            if one is not None and two is not None and _zone(one) != _zone(two):
                found.append((self.chances[at], self.chances[at + 1]))
        return tuple(found)


def _zone(share: float) -> int:
    """Which verdict a share would give: against, open, leaning, settled."""
    return sum(share >= bar for bar in (1 - SETTLED, LEANING, SETTLED))


def swept(
    lens: Lens,
    conclusions: Sequence[Conclusion],
    second: Mapping[int, bool],
    *,
    chances: Sequence[float] = CHANCES,
) -> tuple[Sweep, ...]:
    """Return the share of each conclusion as disputed ties go from one side to the other.

    Each disputed tie takes the second side's sign with the chance, by itself. The models
    are drawn once, at even chances, and weighed: a model with k of K ties on the second
    side weighs c^k (1 - c)^(K - k), which is exact, as stability depends on the model
    alone. Effective models grow few towards either end; the ends themselves are drawn
    apart. A conclusion that no stated path connects is left out.

    Parameters
    ----------
    lens : Lens
        On the model of both sides together.
    conclusions : sequence of Conclusion
        Those that expect signs and change no links are asked.
    second : mapping of int to bool
        For each edge of a disputed tie, whether it is the second side's.
    chances : sequence of float
        From 0 to 1.

    Raises
    ------
    ValueError
        If a chance is not from 0 to 1.
    """
    if any(not 0 <= chance <= 1 for chance in chances):
        raise ValueError(f"chances must be from 0 to 1, got {list(chances)}")
    found = []
    prior = lens.priors[0]
    drawn = lens.ensemble(prior)
    if not drawn.draws:
        return ()
    on_second, ties = _sides(drawn, second)
    ends = {
        float(side): lens.on(
            lens.graph.without_edges(_other_side(lens, second, side)),
            first_prior_only=True,
        )
        for side in (False, True)
    }
    for item in conclusions:
        asked = _asked(lens, item)
        if asked is None:
            continue
        push, wanted = asked
        held = all_hold(lens.responses(prior, push), wanted)
        told = [
            _pure(ends[chance], push, wanted)
            if chance in ends
            else _share(held, on_second, ties, chance)
            for chance in chances
        ]
        found.append(
            Sweep(
                conclusion=item.id,
                prior=prior.name,
                ties=ties,
                chances=tuple(chances),
                shares=tuple(share for share, _ in told),
                effective=tuple(size for _, size in told),
            )
        )
    return tuple(found)


def _asked(
    lens: Lens, item: Conclusion
) -> tuple[list[tuple[int, float]], dict[int, frozenset[int]]] | None:
    """Push and expected signs of a conclusion; None if it cannot be asked here."""
    signed = {node: word for node, word in item.expect if word in SIGNS}
    done = done_to(lens.graph, item.do)
    known = all(node in lens.graph.names for node in signed)
    if item.untestable or not signed or not known or done.graph is not lens.graph:
        return None
    wanted = {lens.graph.position(node): SIGNS[word] for node, word in signed.items()}
    starts = [at for at, _ in done.push]
    linked = all(bool(lens.reach[node, starts].any()) for node in wanted)
    return (list(done.push), wanted) if linked else None


def _other_side(
    lens: Lens, second: Mapping[int, bool], kept: bool
) -> NDArray[np.bool_]:
    """Edges (m,) of the disputed ties that are not on one side."""
    drop = np.zeros(lens.graph.m, dtype=np.bool_)
    for k, is_second in second.items():
        drop[k] = is_second != kept
    return drop


def _pure(
    lens: Lens, push: list[tuple[int, float]], wanted: dict[int, frozenset[int]]
) -> tuple[float | None, float]:
    """Return the share where every tie is on one side, drawn for itself."""
    prior = lens.priors[0]
    drawn = lens.ensemble(prior)
    if not drawn.draws:
        return None, 0.0
    held = all_hold(lens.responses(prior, push), wanted)
    return float(held.mean()), float(drawn.draws)


def _sides(
    drawn: Ensemble, second: Mapping[int, bool]
) -> tuple[NDArray[np.int64], int]:
    """Return how many ties (draws,) are on the second side, and how many there are."""
    number = drawn.graph.disputed
    ties = {int(number[k]) for k in second if number[k] > 0}
    count = np.zeros(drawn.draws, dtype=np.int64)
    for k, is_second in second.items():
        if is_second and int(number[k]) in ties:
            count += drawn.weights[:, k] != 0
    return count, len(ties)


def _share(
    held: NDArray[np.bool_], on_second: NDArray[np.int64], ties: int, chance: float
) -> tuple[float | None, float]:
    """Return a weighed share and the effective models behind it."""
    weight = chance**on_second * (1.0 - chance) ** (ties - on_second)
    total = float(weight.sum())
    if not total:
        return None, 0.0
    size = total**2 / float((weight**2).sum())
    share = float((weight * held).sum() / total)
    return (share if size >= FEWEST_EFFECTIVE else None), size
