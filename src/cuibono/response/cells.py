"""What has to be drawn together: blocks with loops, jointly if they share a chance."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.condensation import blocks_of_edges, components, switching
from cuibono.response.plan import elimination_rank

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cell:
    """One block, or all blocks with uncertain edges: what stability is asked of.

    Attributes
    ----------
    nodes : (k,) int64
        Positions in the model, in the order of elimination.
    edges : (e,) int64
        Indices of the edges inside.
    tail, head : (e,) int64
        Their ends as places in `nodes`.
    sign : (e,) int64
        Their signs, 0 unknown.
    unit : (e,) int64
        Which set of uncertain edges each belongs to; -1 certain.
    tie, place : (e,) int64
        Which disputed tie each belongs to and as which of its signs; -1 and 0.
    tie_size : (ties,) int64
        How many signs each tie has.
    limited : (q,) int64
        Places of the nodes that are self-limited by assumption.
    units : tuple of int
        Numbers (as in `Drawn.unit`) of the sets of uncertain edges.
    reinforcing : bool
        All loops of two or more nodes reinforce, every sign known.
    joint : bool
        More than one block.
    """

    nodes: Ints
    edges: Ints
    tail: Ints
    head: Ints
    sign: Ints
    unit: Ints
    tie: Ints
    place: Ints
    tie_size: Ints
    limited: Ints
    units: tuple[int, ...]
    reinforcing: bool
    joint: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """Everything about a model that drawing needs, whatever the prior.

    Attributes
    ----------
    cells : tuple of Cell
        What has to be tested for stability.
    unit : (m,) int64
        Set of uncertain edges that each edge belongs to, -1 certain.
    units : int
        Count of those sets.
    tie : (m,) int64
        Disputed tie that each edge belongs to, -1 none.
    place : (m,) int64
        As which of the tie's signs.
    tie_size : (ties,) int64
        How many signs each tie has.
    """

    cells: tuple[Cell, ...]
    unit: Ints
    units: int
    tie: Ints
    place: Ints
    tie_size: Ints


def _units(g: SignedDigraph) -> tuple[Ints, int]:
    """Number the sets of uncertain edges that come and go together."""
    unit = np.full(g.m, -1, dtype=np.int64)
    numbers: dict[tuple[int, int], int] = {}
    for k in np.flatnonzero(g.group > 0).tolist():
        pair = int(g.pair[k])
        key = (pair, 0) if pair > 0 else (0, k + 1)
        unit[k] = numbers.setdefault(key, len(numbers))
    return unit, len(numbers)


def _ties(g: SignedDigraph) -> tuple[Ints, Ints, Ints]:
    """Number the disputed ties, and the edges in each."""
    tie = np.full(g.m, -1, dtype=np.int64)
    place = np.zeros(g.m, dtype=np.int64)
    sizes: list[int] = []
    numbers: dict[int, int] = {}
    for k in np.flatnonzero(g.disputed > 0).tolist():
        number = numbers.setdefault(int(g.disputed[k]), len(sizes))
        if number == len(sizes):
            sizes.append(0)
        tie[k], place[k] = number, sizes[number]
        sizes[number] += 1
    return tie, place, np.array(sizes, dtype=np.int64)


def _local(values: Ints) -> tuple[Ints, tuple[int, ...]]:
    """Renumber from 0 what is not -1; also the old numbers."""
    old = sorted({int(v) for v in values if v >= 0})
    new = {v: i for i, v in enumerate(old)} | {-1: -1}
    return np.array([new[int(v)] for v in values], dtype=np.int64), tuple(old)


def _cell(
    g: SignedDigraph,
    blocks: list[tuple[tuple[int, ...], list[int]]],
    unit: Ints,
    tie: Ints,
    place: Ints,
    tie_size: Ints,
) -> Cell:
    """One cell of one or more blocks."""
    rank = elimination_rank(g)
    nodes = [x for ns, _ in blocks for x in sorted(ns, key=lambda x: rank[x])]
    at = {node: i for i, node in enumerate(nodes)}
    edges = np.array([k for _, ks in blocks for k in ks], dtype=np.int64)
    own_unit, units = _local(unit[edges])
    own_tie, ties = _local(tie[edges])
    reinforcing = not ties and all(
        switching(ns, ks, g.tail, g.head, g.sign) is not None for ns, ks in blocks
    )
    return Cell(
        nodes=np.array(nodes, dtype=np.int64),
        edges=edges,
        tail=np.array([at[x] for x in g.tail[edges].tolist()], dtype=np.int64),
        head=np.array([at[x] for x in g.head[edges].tolist()], dtype=np.int64),
        sign=g.sign[edges].astype(np.int64),
        unit=own_unit,
        tie=own_tie,
        place=place[edges],
        tie_size=tie_size[list(ties)] if ties else np.zeros(0, dtype=np.int64),
        limited=np.array([at[x] for x in nodes if g.self_limited[x]], dtype=np.int64),
        units=units,
        reinforcing=reinforcing,
        joint=len(blocks) > 1,
    )


@lru_cache(maxsize=32)
def layout(g: SignedDigraph) -> Layout:
    """Cells of a model: blocks with an edge inside, those with uncertain ones as one.

    A lone node without a self-edge is stable if it is self-limited, and otherwise
    never: `no_equilibrium` tells.
    """
    unit, units = _units(g)
    tie, place, tie_size = _ties(g)
    found = components(g)
    inside = blocks_of_edges(found, g)
    blocks = [(ns, ks) for ns, ks in zip(found.members, inside, strict=True) if ks]
    shared = [b for b in blocks if (unit[b[1]] >= 0).any()]
    groups = [[b] for b in blocks if not (unit[b[1]] >= 0).any()]
    groups += [shared] if shared else []
    return Layout(
        cells=tuple(_cell(g, group, unit, tie, place, tie_size) for group in groups),
        unit=unit,
        units=units,
        tie=tie,
        place=place,
        tie_size=tie_size,
    )
