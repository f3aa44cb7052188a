"""The class of a response: what is said of it before any share."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.determined import determination
from cuibono.response.observed import Sampled

SETTLED = 0.9
"""A sign held by so large a share of the models counts as held under a prior."""


class ResponseClass(StrEnum):
    """How far a response is settled, the surest first."""

    CERTAIN = "certain by structure"
    SAME = "same sign under all priors"
    ONE_PRIOR = "settled under this prior, others not asked"
    PRIOR = "depends on the prior"
    AMBIGUOUS = "ambiguous"
    NO_PATH = "no path"
    NO_EQUILIBRIUM = "no equilibrium"


def response_classes(
    g: SignedDigraph,
    presses: Sequence[Mapping[int, float]],
    sampled: Sequence[Sampled],
) -> list[list[ResponseClass]]:
    """Return the class of each response (q, n), over all the priors that were asked.

    Parameters
    ----------
    g : SignedDigraph
        The model.
    presses : sequence of mapping of int to float
        The pushes.
    sampled : sequence of Sampled
        One a prior, with the same presses.
    """
    certain = certain_signs(g, presses)
    none = any(one.no_equilibrium or not one.accepted for one in sampled)
    return [
        [_class(int(certain[at, node]), none, sampled, at, node) for node in range(g.n)]
        for at in range(len(presses))
    ]


def _class(
    certain: int, none: bool, sampled: Sequence[Sampled], at: int, node: int
) -> ResponseClass:
    """Class of one response."""
    if not certain:
        return ResponseClass.NO_PATH
    if none:
        return ResponseClass.NO_EQUILIBRIUM
    if abs(certain) == 1:
        return ResponseClass.CERTAIN
    return _by_share([_leaning(one, at, node) for one in sampled])


def certain_signs(
    g: SignedDigraph, presses: Sequence[Mapping[int, float]]
) -> NDArray[np.int8]:
    """Signs (q, n) that every strength gives, provided an equilibrium.

    1 or -1 certain, 0 structurally zero, 2 not decided. A push on several nodes is
    certain where none of its parts is open and all of them go one way.
    """
    signs = determination(g).sign
    found = np.zeros((len(presses), g.n), dtype=np.int8)
    for at, press in enumerate(presses):
        parts = [(signs[:, node], size) for node, size in press.items() if size]
        undecided = np.zeros(g.n, dtype=np.bool_)
        up, down = undecided.copy(), undecided.copy()
        for sign, size in parts:
            undecided |= sign == 2
            way = np.where(sign == 2, 0, sign) * np.sign(size)
            up |= way > 0
            down |= way < 0
        found[at] = np.where(undecided | (up & down), 2, up.astype(int) - down)
    return found


def _leaning(one: Sampled, at: int, node: int) -> int:
    """1 or -1 where a settled share of the models has that sign, else 0."""
    up, down, _ = one.counts[at, node].tolist()
    total = max(one.accepted, 1)
    return int(up / total >= SETTLED) - int(down / total >= SETTLED)


def _by_share(leaning: list[int]) -> ResponseClass:
    """Class by what the priors say."""
    if all(leaning) and len(set(leaning)) == 1:
        return ResponseClass.SAME if len(leaning) > 1 else ResponseClass.ONE_PRIOR
    return ResponseClass.PRIOR if any(leaning) else ResponseClass.AMBIGUOUS
