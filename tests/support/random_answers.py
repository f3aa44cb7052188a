"""Random answers on trial: models to ten nodes, claims that share edges, and edges."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cuibono.model.digraph import digraph
from cuibono.response.ensemble import PRIORS, draw_ensemble
from cuibono.support.trial import Trial, make_trial

NAMES = ("Arda", "Brun", "Cor", "Dana", "Esk", "Fenn", "Gol", "Hadd", "Ilex", "Jura")
BEHIND = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One random answer."""

    trial: Trial
    behind: BEHIND
    claims: tuple[str, ...]


def random_answers(
    seed: int, count: int, *, draws: int = 12, most_claims: int = 14
) -> Iterator[Asked]:
    """Yield answers that at least one stable model gives."""
    rng = np.random.default_rng(seed)
    while count:
        asked = _random_answer(rng, draws, most_claims)
        if asked is not None:
            count -= 1
            yield asked


def _random_answer(
    rng: np.random.Generator, draws: int, most_claims: int
) -> Asked | None:
    """One random answer, or None where nothing is stable or no model gives it."""
    n = int(rng.integers(3, 11))
    names = NAMES[:n]
    edges: dict[tuple[str, str, int], None] = {}
    for _ in range(int(rng.integers(n, 2 * n + 3))):
        tail, head = (names[at] for at in rng.integers(0, n, 2))
        sign = int(rng.choice([-1, 1], p=[0.6, 0.4]))
        if tail != head or sign < 0:
            edges[tail, head, sign] = None
    claims = tuple(f"c{at}" for at in range(int(rng.integers(3, most_claims + 1))))
    behind = tuple(_behind(rng, claims) for _ in edges)
    graph = digraph(list(edges), names=names, claims=behind)
    drawn = draw_ensemble(graph, prior=PRIORS[0], draws=draws, rng=rng, most_tries=4000)
    if not drawn.draws:
        return None
    starts = rng.choice(n, size=int(rng.integers(1, 3)), replace=False)
    target = int(rng.integers(0, n))
    push = {int(at): float(rng.choice([-1.0, 1.0, 2.0])) for at in starts}
    word = [frozenset({1}), frozenset({-1}), frozenset({-1, 0})][rng.integers(0, 3)]
    trial = make_trial(drawn, push, {target: word})
    return Asked(trial, behind, claims) if trial.count else None


def _behind(rng: np.random.Generator, claims: tuple[str, ...]) -> tuple[str, ...]:
    """Up to three claims; now and then none, for an edge that is no claim."""
    size = int(rng.choice([0, 1, 2, 3], p=[0.05, 0.6, 0.25, 0.1]))
    chosen = rng.choice(len(claims), size=min(size, len(claims)), replace=False)
    return tuple(sorted(claims[at] for at in chosen))
