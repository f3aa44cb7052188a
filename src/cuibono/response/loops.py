"""Loops: closed chains of effects, with their sign."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise, product

import numpy as np

from cuibono.model.digraph import SignedDigraph
from cuibono.response.condensation import (
    blocks_of_edges,
    components,
    switching,
)

# Steps of the search for each loop that may be listed: a search that finds little
# ends all the same, and always at the same place.
STEPS_PER_LOOP = 200


class LoopBalance(StrEnum):
    """What kinds of loop a component has, self-limitation by assumption apart."""

    NO_LOOP = "no loop"
    REINFORCING = "reinforcing only"
    BALANCING = "balancing only"
    MIXED = "mixed"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """A closed chain of effects in which no node comes twice.

    Attributes
    ----------
    nodes : tuple of int
        From the lowest position on; ``edges[k]`` leads from ``nodes[k]`` to the next.
    edges : tuple of int
        Indices of the edges.
    sign : int
        1 reinforcing, -1 balancing, 0 where an edge has unknown sign.
    disputed : bool
        An edge is one of the two signs of a disputed tie: the same nodes come once
        for each sign.
    """

    nodes: tuple[int, ...]
    edges: tuple[int, ...]
    sign: int
    disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopList:
    """Loops, shortest first, then by order of nodes; `complete` if none is missing."""

    loops: tuple[Loop, ...]
    complete: bool


class Steps:
    """Counts down the steps that a search may still take."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self) -> bool:
        """Take one step; False when none is left."""
        self.left -= 1
        return self.left >= 0


class Chains:
    """The edges of a signed digraph by ordered pair, self-edges apart."""

    def __init__(self, g: SignedDigraph, nodes: frozenset[int]) -> None:
        self.graph = g
        self.heads: dict[int, list[int]] = {node: [] for node in sorted(nodes)}
        self.tails: dict[int, list[int]] = {node: [] for node in sorted(nodes)}
        self.edges: dict[tuple[int, int], list[int]] = {}
        for k, (t, h) in enumerate(zip(g.tail.tolist(), g.head.tolist(), strict=True)):
            if t == h or t not in nodes or h not in nodes:
                continue
            if (t, h) not in self.edges:
                self.heads[t].append(h)
                self.tails[h].append(t)
            self.edges.setdefault((t, h), []).append(k)
        for heads in self.heads.values():
            heads.sort()

    def steps_to(self, goal: int, lowest: int) -> dict[int, int]:
        """Fewest edges from each node to the goal through nodes from `lowest` up."""
        far = {goal: 0}
        queue = [goal]
        for node in queue:
            for before in self.tails[node]:
                if before >= lowest and before not in far:
                    far[before] = far[node] + 1
                    queue.append(before)
        return far

    def readings(self, nodes: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """Every choice of edges along a chain of nodes; more than one if disputed."""
        yield from product(*(self.edges[pair] for pair in pairwise(nodes)))

    def walk(
        self, start: int, goal: int, length: int, far: dict[int, int], steps: Steps
    ) -> Iterator[tuple[int, ...]]:
        """Chains of exactly `length` edges from start to goal, no node twice."""
        stack = [iter(self.heads[start])]
        chain = [start]
        while stack:
            left = length - len(chain)
            node = next(stack[-1], None)
            if node is None or not steps.take():
                stack.pop()
                chain.pop()
                continue
            if node == goal and left == 0:
                yield (*chain, goal)
            elif node not in chain and node != goal and 0 < far.get(node, 0) <= left:
                chain.append(node)
                stack.append(iter(self.heads[node]))


def product_of_signs(g: SignedDigraph, edges: tuple[int, ...]) -> int:
    """Sign of a chain of effects: 0 if one of them is unknown."""
    return int(np.prod(g.sign[list(edges)], dtype=np.int64))


def _loop(g: SignedDigraph, nodes: tuple[int, ...], edges: tuple[int, ...]) -> Loop:
    return Loop(
        nodes=nodes,
        edges=edges,
        sign=product_of_signs(g, edges),
        disputed=bool((g.disputed[list(edges)] > 0).any()),
    )


def _self_loops(g: SignedDigraph) -> list[Loop]:
    """Self-edges that the model states, each a loop of one node."""
    own = np.flatnonzero(g.tail == g.head).tolist()
    by_node = sorted((int(g.tail[k]), k) for k in own)
    return [_loop(g, (node,), (k,)) for node, k in by_node]


def _of_length(
    chains: list[tuple[tuple[int, ...], Chains]], length: int, steps: Steps
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Loops of exactly `length` nodes in these components, by order of nodes."""
    starts = sorted(
        (node, index)
        for index, (nodes, _) in enumerate(chains)
        if len(nodes) >= length
        for node in nodes
    )
    for start, index in starts:
        block = chains[index][1]
        far = block.steps_to(start, start)
        for chain in block.walk(start, start, length, far, steps):
            for edges in block.readings(chain):
                yield chain[:-1], edges


def _longer_exists(
    chains: list[tuple[tuple[int, ...], Chains]], max_length: int, steps: Steps
) -> bool:
    """Whether a loop beyond `max_length` exists or could not be excluded."""
    largest = max((len(nodes) for nodes, _ in chains), default=0)
    for length in range(max_length + 1, largest + 1):
        if next(_of_length(chains, length, steps), None) is not None:
            return True
    return steps.left < 0


def loops(g: SignedDigraph, *, max_length: int = 8, most: int = 2000) -> LoopList:
    """Loops of the model, shortest first, those through a disputed tie once per sign.

    Self-edges that the model states count as loops of one node; self-limitation by
    assumption does not. The search is bounded in loops and in steps, never in time.

    Parameters
    ----------
    g : SignedDigraph
        The model, every uncertain edge taken as present.
    max_length : int
        Longest loop to list, in nodes.
    most : int
        Most loops to list.

    Raises
    ------
    ValueError
        If a bound is below 1.

    Examples
    --------
    >>> from cuibono.model.digraph import digraph
    >>> found = loops(digraph([("Arda", "Brun", 1), ("Brun", "Arda", -1)]))
    >>> [(loop.nodes, loop.sign) for loop in found.loops], found.complete
    ([((0, 1), -1)], True)
    """
    if max_length < 1 or most < 1:
        raise ValueError(f"bounds must be 1 or more, got {max_length} and {most}")
    found = components(g)
    chains = [
        (nodes, Chains(g, frozenset(nodes)))
        for nodes in found.members
        if len(nodes) > 1
    ]
    listed = _self_loops(g)
    steps = Steps(STEPS_PER_LOOP * most)
    for length in range(2, max_length + 1):
        for nodes, edges in _of_length(chains, length, steps):
            if len(listed) >= most:
                return LoopList(loops=tuple(listed[:most]), complete=False)
            listed.append(_loop(g, nodes, edges))
    cut = len(listed) > most or steps.left < 0
    complete = not cut and not _longer_exists(chains, max_length, steps)
    return LoopList(loops=tuple(listed[:most]), complete=complete)


def loops_within(
    g: SignedDigraph, nodes: tuple[int, ...], *, most: int = 5, sign: int | None = None
) -> tuple[Loop, ...]:
    """Shortest loops among these nodes, of one sign if asked, self-edges included."""
    inside = frozenset(nodes)
    listed = [
        loop
        for loop in _self_loops(g)
        if loop.nodes[0] in inside and sign in {None, loop.sign}
    ]
    chains = [(nodes, Chains(g, inside))]
    steps = Steps(STEPS_PER_LOOP * 200)
    for length in range(2, len(nodes) + 1):
        for chain, edges in _of_length(chains, length, steps):
            loop = _loop(g, chain, edges)
            if sign in {None, loop.sign}:
                listed.append(loop)
            if len(listed) >= most:
                return tuple(listed[:most])
    return tuple(listed[:most])


def _balance(g: SignedDigraph, nodes: tuple[int, ...], edges: list[int]) -> LoopBalance:
    """Kind of loops in one component; see `loop_balance`."""
    if not edges:
        return LoopBalance.NO_LOOP
    open_sign = (g.sign[edges] == 0) | (g.disputed[edges] > 0)
    if open_sign.any():
        return LoopBalance.MIXED
    own = {int(g.sign[k]) for k in edges if g.tail[k] == g.head[k]}
    if len(nodes) > 1 and switching(nodes, edges, g.tail, g.head, g.sign) is not None:
        own.add(1)
    elif len(nodes) > 1:
        own.add(-1)
        if 1 not in own:
            return _any_reinforcing(g, nodes)
    if own == {1}:
        return LoopBalance.REINFORCING
    return LoopBalance.BALANCING if own == {-1} else LoopBalance.MIXED


def _any_reinforcing(g: SignedDigraph, nodes: tuple[int, ...]) -> LoopBalance:
    """Tell a component that has a balancing loop from one that has no other kind."""
    chains = [(nodes, Chains(g, frozenset(nodes)))]
    steps = Steps(STEPS_PER_LOOP * 2000)
    for length in range(2, len(nodes) + 1):
        for _, edges in _of_length(chains, length, steps):
            if product_of_signs(g, edges) > 0:
                return LoopBalance.MIXED
    return LoopBalance.BALANCING if steps.left >= 0 else LoopBalance.UNDECIDED


def loop_balance(g: SignedDigraph) -> tuple[LoopBalance, ...]:
    """Kinds of loop in each component, in the order of `components`.

    "Reinforcing only" is decided exactly by a switching, without listing loops.
    Telling "balancing only" from "mixed" needs one reinforcing loop, which is looked
    for shortest first within a bound; "undecided" says that the bound was reached.
    A component with an edge of unknown or disputed sign is "mixed": that edge lies
    on a loop which can be of either sign. Self-edges that the model states are
    loops; self-limitation by assumption is none.
    """
    found = components(g)
    inside = blocks_of_edges(found, g)
    return tuple(
        _balance(g, nodes, edges)
        for nodes, edges in zip(found.members, inside, strict=True)
    )
