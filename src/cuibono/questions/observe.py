"""What would change an answer: observations against it, and the one that tells most."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.claims.records import Conclusion
from cuibono.questions.action import done_to
from cuibono.questions.follows import SIGNS, all_hold
from cuibono.questions.lens import Lens

RARE = 0.05
"""An observation speaks against an answer where the answer holds in no larger share."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One node seen to rise or fall when what the conclusion names is done.

    Attributes
    ----------
    node : str
        Which node.
    sign : int
        1 seen to rise, -1 to fall.
    share : float
        Share of the models that show it.
    holds : float
        Share of these in which the conclusion holds.
    """

    node: str
    sign: int
    share: float
    holds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How much the sign of one node would narrow an open answer.

    Attributes
    ----------
    node : str
        Which node.
    before, after : float
        How open the answer is: twice the smaller of the shares for and against, now and
        on average once the sign is seen.
    """

    node: str
    before: float
    after: float

    @property
    def gain(self) -> float:
        """Expected reduction."""
        return self.before - self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Observable:
    """What could be observed about one conclusion, under one prior.

    Attributes
    ----------
    conclusion, prior : str
        Which, and under which prior.
    base : float
        Share of the models in which it holds.
    against : tuple of Observation
        Signs with which it holds in hardly any model, those shown most often first.
    ruled_out : tuple of (str, int)
        Node and sign that no model shows though the node moves in all of them: seen all
        the same, it would contradict the premises themselves.
    telling : tuple of Telling
        Nodes whose sign narrows it most, the best first; those that it names itself
        are left out.
    """

    conclusion: str
    prior: str
    base: float
    against: tuple[Observation, ...]
    ruled_out: tuple[tuple[str, int], ...]
    telling: tuple[Telling, ...]


def observable(lens: Lens, item: Conclusion, *, most: int = 5) -> Observable | None:
    """Return which observations would contradict a conclusion, and which would tell most.

    Observed is the direction in which a node moves when what the conclusion names is
    done and nothing else. All observations are taken to cost the same.

    Parameters
    ----------
    lens : Lens
        On the reading's model.
    item : Conclusion
        With signs expected; one that changes links is asked of the changed model.
    most : int
        Longest list of either kind.

    Returns
    -------
    Observable or None
        None where the conclusion cannot be asked of any model.
    """
    signed = {node: word for node, word in item.expect if word in SIGNS}
    done = done_to(lens.graph, item.do)
    if item.untestable or not signed or not done.push:
        return None
    if any(node not in done.graph.names for node in signed):
        return None
    seen = lens.on(done.graph, first_prior_only=True)
    prior = seen.priors[0]
    drawn = seen.ensemble(prior)
    starts = [at for at, _ in done.push]
    wanted = {done.graph.position(node): SIGNS[word] for node, word in signed.items()}
    if not drawn.draws or not all(seen.reach[node, starts].any() for node in wanted):
        return None
    moved = seen.responses(prior, done.push)
    held = all_hold(moved, wanted)
    names = done.graph.names
    others = [k for k in range(len(names)) if k not in wanted and k not in starts]
    signs = {names[node]: np.sign(moved[:, node]) for node in others}
    against = [one for name in signs for one in _against(name, signs[name], held)]
    telling = [_telling(name, signs[name], held) for name in signs]
    return Observable(
        conclusion=item.id,
        prior=prior.name,
        base=float(held.mean()),
        against=tuple(sorted(against, key=lambda one: (-one.share, one.node))[:most]),
        ruled_out=tuple(
            (name, -int(shown[0]))
            for name, shown in sorted(signs.items())
            if shown[0] and (shown == shown[0]).all()
        ),
        telling=tuple(
            one
            for one in sorted(telling, key=lambda one: (-one.gain, one.node))[:most]
            if one.gain > 0.01
        ),
    )


def _against(name: str, shown: Floats, held: NDArray[np.bool_]) -> list[Observation]:
    """Signs of a node with which the conclusion hardly holds."""
    found = []
    for sign in (1, -1):
        there = shown == sign
        if there.any() and held[there].mean() <= RARE < held.mean():
            holds = float(held[there].mean())
            share = float(there.mean())
            found.append(Observation(node=name, sign=sign, share=share, holds=holds))
    return found


def _telling(name: str, shown: Floats, held: NDArray[np.bool_]) -> Telling:
    """How open the conclusion is once the sign of a node is seen, on average."""
    after = sum(
        float((shown == sign).mean()) * _openness(held[shown == sign])
        for sign in (-1, 0, 1)
        if (shown == sign).any()
    )
    return Telling(node=name, before=_openness(held), after=after)


def _openness(held: NDArray[np.bool_]) -> float:
    """Twice the smaller of the shares for and against."""
    share = float(held.mean())
    return 2.0 * min(share, 1.0 - share)
