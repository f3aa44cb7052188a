"""What `cuibono response` says: JSON objects, and lines for people."""

from collections.abc import Mapping, Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.archetypes import Found
from cuibono.response.classes import ResponseClass
from cuibono.response.equilibrium import NoEquilibrium
from cuibono.response.loops import Loop, LoopList
from cuibono.response.observed import Sampled
from cuibono.response.paths import Path, PathList, open_loop_sign

_SHARES = (
    "Shares are of models drawn, not chances in the world; links that nobody stated "
    "are taken as absent."
)
_LENS = (
    "Conditioning on a stable equilibrium favours weak reinforcing links; effects are "
    "linear and small."
)
CAVEATS = (_SHARES, _LENS)
"""What holds of every result of this lens."""
_OPEN: dict[int, int | str] = {1: 1, -1: -1, 0: 0, 2: "both"}
_WORD = {1: "reinforcing", -1: "balancing", 0: "of unknown sign"}


def press_label(g: SignedDigraph, press: Mapping[int, float]) -> str:
    """Push in words: each node with what it is pushed by.

    Examples
    --------
    >>> from cuibono.model.digraph import digraph
    >>> press_label(digraph([("Arda", "Brun", 1)]), {0: 1.0, 1: -0.5})
    'Arda +1, Brun -0.5'
    """
    return ", ".join(f"{g.names[node]} {size:+g}" for node, size in press.items())


_ALONG = {
    1: "raised along every chain of effects, feedback left aside",
    -1: "lowered along every chain of effects, feedback left aside",
    2: "raised along some chains of effects, lowered along others",
    0: "untouched by any chain of effects",
}


def response_rows(
    g: SignedDigraph,
    sampled: Sequence[Sampled],
    classes: Sequence[Sequence[ResponseClass]],
    certain: NDArray[np.int8],
) -> list[dict[str, object]]:
    """JSON rows of every response to every push; counts of the first prior.

    A push on one node is named by it; further priors stand under `by_prior`.
    """
    first = sampled[0]
    rows: list[dict[str, object]] = []
    walks = open_loop_signs(g, first.presses) if first.no_equilibrium else None
    for at, press in enumerate(first.presses):
        single = len(press) == 1
        name = g.names[next(iter(press))] if single else press_label(g, press)
        for node in range(g.n):
            row = _counts(first, at, node)
            told: dict[str, object] = {"press": name, "response": g.names[node], **row}
            told["class"] = classes[at][node].value
            told["certain_sign"] = (
                int(certain[at, node]) if abs(int(certain[at, node])) == 1 else None
            )
            if walks is not None:
                told["open_loop_sign"] = _OPEN[int(walks[at, node])]
            if len(sampled) > 1:
                told["by_prior"] = {
                    one.prior.name: _counts(one, at, node) for one in sampled
                }
            rows.append(told)
    return rows


def open_loop_signs(
    g: SignedDigraph, presses: Sequence[Mapping[int, float]]
) -> NDArray[np.int8]:
    """Signs (q, n) that chains of effects carry, feedback left aside; 2 for both."""
    walks = open_loop_sign(g)
    found = np.zeros((len(presses), g.n), dtype=np.int8)
    for at, press in enumerate(presses):
        for node, size in press.items():
            sign = walks[:, node]
            way = np.where(sign == 2, 2, sign * int(np.sign(size)))
            clash = (found[at] != 0) & (way != 0) & (found[at] != way)
            found[at] = np.where(clash, 2, np.where(found[at] == 0, way, found[at]))
    return found


def _counts(one: Sampled, at: int, node: int) -> dict[str, int]:
    """Counts of one response."""
    up, down, zero = (int(value) for value in one.counts[at, node])
    return {"n_pos": up, "n_neg": down, "n_zero": zero, "n": one.accepted}


def response_document(
    name: str,
    g: SignedDigraph,
    sampled: Sequence[Sampled],
    classes: Sequence[Sequence[ResponseClass]],
    certain: NDArray[np.int8],
    seed: int,
) -> dict[str, object]:
    """JSON object of the responses to some pushes."""
    first = sampled[0]
    tally = {kind.value: 0 for kind in ResponseClass}
    for row in classes:
        for kind in row:
            tally[kind.value] += 1
    return {
        "model": name,
        "nodes": list(g.names),
        "links": g.m,
        "class": {kind: count for kind, count in tally.items() if count},
        "responses": response_rows(g, sampled, classes, certain),
        "draws": round(first.draws),
        "stable": first.stable,
        "accepted": first.accepted,
        "likelihood": {
            "accepted_of_all": first.likelihood_of_all,
            "accepted_of_stable": first.likelihood_of_stable,
        },
        "finished": all(one.finished for one in sampled),
        "approximate": any(one.approximate for one in sampled),
        "r_hat": max(one.r_hat for one in sampled),
        "prior": first.prior.name if len(sampled) == 1 else "all",
        "priors": [
            {
                "name": one.prior.name,
                "says": one.prior.says,
                "draws": round(one.draws),
                "stable": one.stable,
                "accepted": one.accepted,
                "likelihood_of_all": one.likelihood_of_all,
                "likelihood_of_stable": one.likelihood_of_stable,
            }
            for one in sampled
        ],
        "no_equilibrium": [
            no_equilibrium_document(g, each) for each in first.no_equilibrium
        ],
        "seed": seed,
        "caveats": list(CAVEATS),
    }


def no_equilibrium_document(g: SignedDigraph, each: NoEquilibrium) -> dict[str, object]:
    """JSON object of a block that cannot be stable, or was never found so."""
    return {
        "nodes": [g.names[k] for k in each.nodes],
        "reason": str(each.reason),
        "loops": [loop_words(g, loop) for loop in each.loops],
    }


def loop_words(g: SignedDigraph, loop: Loop) -> str:
    """A loop as a chain of names with the sign of each step.

    Examples
    --------
    >>> from cuibono.model.digraph import digraph
    >>> from cuibono.response.loops import loops
    >>> g = digraph([("Arda", "Brun", 1), ("Brun", "Arda", -1)])
    >>> loop_words(g, loops(g).loops[0])
    'balancing: Arda raises Brun lowers Arda'
    """
    verbs = {1: "raises", -1: "lowers", 0: "moves"}
    steps = [g.names[loop.nodes[0]]]
    for at, edge in enumerate(loop.edges):
        head = loop.nodes[(at + 1) % len(loop.nodes)]
        steps += [verbs[int(g.sign[edge])], g.names[head]]
    return f"{_WORD[loop.sign]}: {' '.join(steps)}"


def path_words(g: SignedDigraph, path: Path) -> str:
    """A chain of effects as names with the sign of each step, and what it comes to."""
    verbs = {1: "raises", -1: "lowers", 0: "moves"}
    steps = [g.names[path.nodes[0]]]
    for node, edge in zip(path.nodes[1:], path.edges, strict=True):
        steps += [verbs[int(g.sign[edge])], g.names[node]]
    total = {1: "raises it", -1: "lowers it", 0: "of unknown sign"}[path.sign]
    return f"{total}: {' '.join(steps)}"


def paths_document(name: str, g: SignedDigraph, found: PathList) -> dict[str, object]:
    """JSON object of chains of effects, with the claims behind each step."""
    return {
        "model": name,
        "paths": [
            {
                "nodes": [g.names[k] for k in path.nodes],
                "sign": path.sign,
                "disputed": path.disputed,
                "claims": [list(g.claims[k]) for k in path.edges] if g.claims else [],
                "words": path_words(g, path),
            }
            for path in found.paths
        ],
        "complete": found.complete,
    }


def loops_document(
    name: str, g: SignedDigraph, listed: LoopList, found: Found
) -> dict[str, object]:
    """JSON object of loops and archetypes."""
    return {
        "model": name,
        "loops": [
            {
                "nodes": [g.names[k] for k in loop.nodes],
                "sign": loop.sign,
                "disputed": loop.disputed,
                "words": loop_words(g, loop),
            }
            for loop in listed.loops
        ],
        "complete": listed.complete,
        "archetypes": [
            {
                "name": one.name,
                "says": one.says,
                "roles": {role: g.names[node] for role, node in one.roles},
                "loops": [loop_words(g, loop) for loop in one.loops],
            }
            for one in found.archetypes
        ],
        "archetypes_complete": found.complete,
    }


def response_lines(
    g: SignedDigraph,
    sampled: Sequence[Sampled],
    classes: Sequence[Sequence[ResponseClass]],
    certain: NDArray[np.int8],
) -> list[str]:
    """Each push with its responses: the class first, then ranges over the priors."""
    lines = [_sampling(one) for one in sampled]
    for each in sampled[0].no_equilibrium:
        names = ", ".join(g.names[k] for k in each.nodes)
        lines.append(f"no equilibrium: {each.reason}: {names}")
        lines += [f"  {loop_words(g, loop)}" for loop in each.loops[:5]]
    walks = open_loop_signs(g, sampled[0].presses)
    for at, press in enumerate(sampled[0].presses):
        lines.append(f"push {press_label(g, press)}:")
        for node in range(g.n):
            kind = classes[at][node]
            if kind is ResponseClass.NO_PATH:
                continue
            told = _told(sampled, at, node, int(certain[at, node]))
            if kind is ResponseClass.NO_EQUILIBRIUM:
                told = _ALONG[int(walks[at, node])]
            lines.append(f"  {g.names[node]}: {told} ({kind.value})")
        silent = sum(kind is ResponseClass.NO_PATH for kind in classes[at])
        if silent:
            lines.append(f"  {silent} more: no path")
    return [*lines, *CAVEATS]


def _told(sampled: Sequence[Sampled], at: int, node: int, certain: int) -> str:
    """Direction of a response, or the range of shares with its standard error."""
    if abs(certain) == 1 and all(one.accepted for one in sampled):
        return "rises" if certain > 0 else "falls"
    shares = [one.counts[at, node, 0] / one.accepted for one in sampled if one.accepted]
    if not shares:
        return "no model to tell"
    errors = [
        sqrt(max(share * (1 - share), 1e-9) / one.accepted)
        for share, one in zip(shares, sampled, strict=False)
    ]
    low, high = min(shares), max(shares)
    extent = f"{low:.3f}" if low == high else f"{low:.3f} to {high:.3f}"
    return f"rises in {extent} of the models (standard error {max(errors):.3f})"


def _sampling(one: Sampled) -> str:
    """How the models of a prior were found."""
    if not one.accepted:
        return f"prior {one.prior.name} ({one.prior.says}): no model accepted"
    kind = f"; by Markov chain, approximate, R-hat {one.r_hat:.2f}" * one.approximate
    short = "" if one.finished else " (stopped before as many as asked for)"
    return (
        f"prior {one.prior.name} ({one.prior.says}): {one.accepted} models accepted "
        f"of {one.stable} stable, of about {one.draws:.0f} drawn{short}{kind}"
    )
