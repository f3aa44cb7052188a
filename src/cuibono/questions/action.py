"""What is done to a model: presses, links added or cut, nodes held or taken out."""

from dataclasses import dataclass

import numpy as np

from cuibono.claims.records import Action
from cuibono.model.digraph import SignedDigraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A digraph after an action, with the push that goes with it.

    Attributes
    ----------
    graph : SignedDigraph
        Links added and cut; nodes held or taken out have no incoming links left.
    push : tuple of (int, float)
        Position and size, never 0; a node taken out is pushed down.
    unknown : tuple of str
        Nodes that the action names and the reading does not have.
    """

    graph: SignedDigraph
    push: tuple[tuple[int, float], ...]
    unknown: tuple[str, ...]


def done_to(graph: SignedDigraph, action: Action) -> Done:
    """Digraph and push that an action makes.

    Holding a node (`clamp`) cuts what acts on it. Taking one out (`remove`) cuts the
    same and pushes it down: what followed from it falls with it. A pulse pushes as a
    press does; what comes after its release is for the question of what lasts.
    """
    push: dict[str, float] = {}
    for node, size in (*action.press, *action.pulse):
        push[node] = push.get(node, 0.0) + size
    for node in action.remove:
        push[node] = -1.0
    added = [(link.tail, link.head, link.sign.value_in_model) for link in action.add]
    changed = _with_links(graph, added)
    names = set(changed.names)
    unknown = [name for name in (*push, *action.clamp) if name not in names]
    drop = np.zeros(changed.m, dtype=np.bool_)
    for link in action.cut:
        if {link.tail, link.head} <= names:
            tail, head = changed.position(link.tail), changed.position(link.head)
            drop |= (changed.tail == tail) & (changed.head == head)
    for name in (*action.clamp, *action.remove):
        if name in names:
            drop |= changed.head == changed.position(name)
    if drop.any():
        changed = changed.without_edges(drop)
    held = {name for name in action.clamp if name in names}
    return Done(
        graph=changed,
        push=tuple(
            (changed.position(name), size)
            for name, size in push.items()
            if size and name in names and name not in held
        ),
        unknown=tuple(dict.fromkeys(unknown)),
    )


def _with_links(
    graph: SignedDigraph, links: list[tuple[str, str, int]]
) -> SignedDigraph:
    """Digraph with links added; one that is there already is not added twice.

    An end that the digraph does not have joins it, with a self-limit of its own.
    """
    there = {
        (graph.names[t], graph.names[h], int(s))
        for t, h, s in zip(graph.tail, graph.head, graph.sign, strict=True)
    }
    new = [link for link in dict.fromkeys(links) if link not in there]
    if not new:
        return graph
    ends = dict.fromkeys(name for tail, head, _ in new for name in (tail, head))
    names = (*graph.names, *(name for name in ends if name not in graph.names))
    own = {tail for tail, head, _ in new if tail == head}
    limited = [
        name not in own and (at >= graph.n or bool(graph.self_limited[at]))
        for at, name in enumerate(names)
    ]

    def extended(array: np.ndarray, values: list[int]) -> np.ndarray:
        return np.concatenate([array, np.array(values, dtype=array.dtype)])

    zeros = [0] * len(new)
    return SignedDigraph(
        names=names,
        tail=extended(graph.tail, [names.index(t) for t, _, _ in new]),
        head=extended(graph.head, [names.index(h) for _, h, _ in new]),
        sign=extended(graph.sign, [s for _, _, s in new]),
        group=extended(graph.group, zeros),
        pair=extended(graph.pair, zeros),
        disputed=extended(graph.disputed, zeros),
        self_limited=np.array(limited, dtype=np.bool_),
        claims=(*graph.claims, *(() for _ in new)) if graph.claims else (),
    )
