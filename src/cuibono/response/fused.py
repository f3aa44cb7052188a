"""Drawing, testing, solving and counting in one go, where rejection will do.

Nothing is kept but counts, so that models by the million cost no memory. Batches have
streams of their own, so that threads change nothing in what comes out.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.cells import Layout, layout
from cuibono.response.equilibrium import diagnosed
from cuibono.response.kernels.batches import Groups, count_batch
from cuibono.response.kernels.counting import Asked
from cuibono.response.kernels.lanes import Blocks, Effects
from cuibono.response.kernels.sampling import reject
from cuibono.response.kernels.solving import match
from cuibono.response.plan import Plan, plan
from cuibono.response.priors import Prior
from cuibono.response.rules import Rule
from cuibono.response.samples import pattern, seeded, shape

Ints = NDArray[np.int64]

BATCH = 4096
"""Draws of one batch, whatever the number of threads."""
PILOT = 2000
"""Tries of the pilot that decides between rejection and chain."""
TRIES = 2_000_000
"""Most tries for what is held at a time; beyond, the batch is given up."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counted:
    """What one batch, or several, came to.

    Attributes
    ----------
    counts : (q, n, 2) int64
        Accepted models in which a response is positive, negative.
    tried, drawn : int
        `tried` is (cells,) int64: tries of each cell for `drawn` draws.
    used, ordered, accepted : int
        Stable draws up to the last one needed, those in line with the orders, and of
        these those in line with the observations.
    complete : bool
        Whether no cell ran out of tries.
    """

    counts: Ints
    tried: Ints
    drawn: int
    used: int
    ordered: int
    accepted: int
    complete: bool


def _flat(parts: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Lists one after the other, and where each begins."""
    start = np.cumsum([0, *(len(part) for part in parts)])
    return np.array([x for part in parts for x in part], dtype=np.int64), start


def _rest(count: int, *parts: Sequence[int]) -> list[int]:
    """Numbers up to `count` that are in none of the parts."""
    taken = {x for part in parts for x in part}
    return [x for x in range(count) if x not in taken]


def _groups(g: SignedDigraph, laid: Layout, blocks: Plan) -> Groups:
    """Cells and the rest, as flat arrays."""
    cells = laid.cells
    block_of = np.zeros(g.n, dtype=np.int64)
    for b in range(len(blocks.node_start) - 1):
        block_of[blocks.nodes[blocks.node_start[b] : blocks.node_start[b + 1]]] = b
    own = [sorted(set(block_of[cell.nodes].tolist())) for cell in cells]
    edges = [cell.edges.tolist() for cell in cells]
    limited = [cell.nodes[cell.limited].tolist() for cell in cells]
    units = [list(cell.units) for cell in cells]
    ties = [_present(laid.tie[cell.edges]) for cell in cells]
    edges.append(_rest(g.m, *edges))
    free = np.flatnonzero(g.self_limited).tolist()
    limited.append([x for x in _rest(g.n, *limited) if x in free])
    units.append(_rest(laid.units, *units))
    ties.append(_rest(len(laid.tie_size), *ties))
    chance = [bool(cell.units) for cell in cells]
    chance.append(not any(chance))
    listed = _flat(own) + _flat(edges) + _flat(limited) + _flat(units) + _flat(ties)
    return Groups(*listed, np.array(chance, dtype=np.bool_))


def _present(values: Ints) -> list[int]:
    """Distinct values that are not -1, ascending."""
    return sorted({int(v) for v in values if v >= 0})


def _matched(g: SignedDigraph, blocks: Plan) -> Ints:
    """Rows that give each column of each block a pivot, all edges taken as there."""
    found = np.zeros(len(blocks.nodes), dtype=np.int64)
    for b in range(len(blocks.node_start) - 1):
        here = slice(blocks.node_start[b], blocks.node_start[b + 1])
        within = slice(blocks.edge_start[b], blocks.edge_start[b + 1])
        nodes = blocks.nodes[here]
        a = np.diag(g.self_limited[nodes].astype(np.float64))
        a[blocks.rows[within], blocks.columns[within]] = 1.0
        column_of = np.arange(len(nodes))
        match(a, column_of)
        row_of = np.arange(len(nodes))
        row_of[column_of] = np.arange(len(nodes))
        found[here] = row_of
    return found


@lru_cache(maxsize=32)
def _compiled(g: SignedDigraph) -> tuple[Groups, Blocks]:
    """Model as the kernels are told of it."""
    flat = plan(g)
    blocks = Blocks(
        flat.nodes, flat.node_start, flat.edges, flat.rows, flat.columns,
        flat.edge_start, flat.links, flat.link_tails, flat.link_rows, flat.link_start,
        flat.reinforcing, _matched(g, flat),
    )  # fmt: skip
    return _groups(g, layout(g), flat), blocks


def effects(g: SignedDigraph, prior: Prior, rule: Rule) -> Effects:
    """Signs, uncertain sets, ties and prior, as the kernels are told of them."""
    laid = layout(g)
    return Effects(
        g.sign.astype(np.int64), laid.unit, laid.tie, laid.place, laid.tie_size,
        *shape(prior), rule is Rule.INDEPENDENT,
    )  # fmt: skip


def rejection_will_do(
    g: SignedDigraph, prior: Prior, rule: Rule, starve: float, seed: int
) -> bool:
    """Whether a pilot finds enough stable draws in every cell; False without any."""
    if diagnosed(g):
        return False
    rng = np.random.default_rng([seed, PILOT])
    for cell in layout(g).cells:
        weights = np.empty((PILOT, len(cell.edges)))
        limits = np.empty((PILOT, len(cell.limited)))
        space = (seeded(rng), weights, limits, np.empty(PILOT))
        told = (*pattern(cell, rule), *shape(prior))
        filled, tried = reject(*told, 0, PILOT, *space)
        if not filled or filled < starve * tried:
            return False
    return True


def _one(
    g: SignedDigraph,
    told: Effects,
    asked: Asked,
    seed: int,
    batch: int,
    draws: int,
    left: int,
) -> Counted:
    """Count one batch."""
    groups, blocks = _compiled(g)
    state = seeded(np.random.default_rng([seed, batch]))
    n, pushes = asked.right.shape
    counts = np.zeros((pushes - asked.observed, n, 2), dtype=np.int64)
    tried = np.zeros(len(layout(g).cells), dtype=np.int64)
    drawn, used, ordered, accepted = count_batch(
        groups, told, blocks, asked, layout(g).units, state, draws, left, TRIES,
        counts, tried,
    )  # fmt: skip
    return Counted(
        counts=counts,
        tried=tried,
        drawn=drawn,
        used=used,
        ordered=ordered,
        accepted=accepted,
        complete=drawn >= draws or accepted >= left,
    )


def counted(
    g: SignedDigraph,
    *,
    prior: Prior,
    rule: Rule,
    asked: Asked,
    samples: int,
    seed: int,
    threads: int,
) -> Iterator[Counted]:
    """Batches until `samples` models are accepted, each cut where enough are.

    Ends early after a batch in which a cell ran out of tries. The batches are the
    same for any number of threads; more are begun at a time, and what is not needed
    is dropped.
    """
    told = effects(g, prior, rule)
    plain = not len(asked.seen_push) and not len(asked.greater)
    one = partial(_one, g, told, asked, seed)
    batch, left = 0, samples
    with ThreadPoolExecutor(threads) as pool:
        while left > 0:
            ahead = [batch + i for i in range(threads)]
            sizes = [
                min(BATCH, max(left - i * BATCH, 0)) if plain else BATCH
                for i in range(threads)
            ]
            jobs = [(b, size) for b, size in zip(ahead, sizes, strict=True) if size]
            for (number, size), found in zip(
                jobs, _run(pool, one, jobs, threads), strict=True
            ):
                if found.accepted > left:
                    found = one(number, size, left)
                yield found
                left -= found.accepted
                if left <= 0 or not found.complete:
                    return
            batch += threads


def _run(
    pool: ThreadPoolExecutor,
    one: Callable[[int, int, int], Counted],
    jobs: list[tuple[int, int]],
    threads: int,
) -> Iterator[Counted]:
    """Results of batches in order."""
    if threads == 1:
        return (one(number, size, size) for number, size in jobs)
    return pool.map(lambda job: one(job[0], job[1], job[1]), jobs)
