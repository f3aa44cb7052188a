"""Markov chains within the stable set of a cell, from several starts."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from cuibono.response.cells import Cell
from cuibono.response.diagnostics import effective_draws, split_r_hat
from cuibono.response.kernels.chain import fill, walk
from cuibono.response.kernels.stability import hurwitz
from cuibono.response.priors import Prior
from cuibono.response.records import Method
from cuibono.response.rules import Rule
from cuibono.response.samples import (
    Drawn,
    Floats,
    Start,
    pattern,
    report_on,
    seeded,
    shape,
)

State = NDArray[np.uint64]

# Proposals for each sample. Eigenvalue tests cost the cube of the size, so that a
# second attempt is longer where the size allows; burning in takes twenty-five samples.
THIN_FIRST, THIN_MOST, THIN_CUBES = 6, 40, 200_000
BURN_SAMPLES = 25

# Largest split R-hat at which chains are taken to agree.
AGREED = 1.05

# A start is sought from so many random matrices, each brought nearer to nodes that are
# independent in so many steps, by this factor.
BEGINNINGS, SHRINKINGS, SHRINK = 40, 40, 0.7


def _thins(cell: Cell, effort: float, *, again: bool) -> tuple[int, ...]:
    """Proposals between two samples of a chain, in the first and a second attempt."""
    thins = [THIN_FIRST]
    affordable = min(THIN_CUBES // len(cell.nodes) ** 3, THIN_MOST)
    if again and not cell.reinforcing and affordable >= 2 * THIN_FIRST:
        thins.append(affordable)
    return tuple(max(1, round(thin * effort)) for thin in thins)


def _start(cell: Cell, prior: Prior, rng: np.random.Generator) -> Start | None:
    """Shares of a stable matrix: effects made weaker and limits stronger until it is.

    None if none was found from any of the random matrices begun with.
    """
    size = len(cell.nodes)
    a, work = np.empty((size, size)), np.empty((size, size))
    for _ in range(BEGINNINGS):
        edge, limit, kept, chosen, drawn = _random_start(cell, rng)
        own = (cell.tail == cell.head) & (drawn < 0)
        for _ in range(SHRINKINGS):
            fill(
                a, cell.tail, cell.head, drawn, cell.unit, cell.tie, cell.place,
                cell.limited, edge, limit, kept, chosen, *shape(prior),
            )  # fmt: skip
            if hurwitz(a, cell.reinforcing, work):
                return edge, limit, kept, chosen, drawn
            edge = np.where(own, 1 - SHRINK * (1 - edge), SHRINK * edge)
            limit = 1 - SHRINK * (1 - limit)
    return None


def _random_start(cell: Cell, rng: np.random.Generator) -> Start:
    """Shares of any matrix, stable or not."""
    chosen = [rng.integers(0, size) for size in cell.tie_size.tolist()]
    return (
        rng.random(len(cell.edges)),
        rng.random(len(cell.limited)),
        rng.integers(0, 2, size=max(len(cell.units), 1)),
        np.array(chosen or [0], dtype=np.int64),
        np.where(cell.sign == 0, rng.choice([-1, 1], len(cell.sign)), cell.sign),
    )


def chain_cell(
    cell: Cell,
    prior: Prior,
    draws: int,
    rng: np.random.Generator,
    chains: int,
    pilot: tuple[int, int],
    effort: float = 1.0,
    rule: Rule = Rule.QPRESS,
    *,
    again: bool = True,
    threads: int = 1,
) -> Drawn:
    """Draw a cell by chains from different starts, interleaved.

    If the chains do not agree they are begun again and run longer, once, where the
    size of the cell makes that cheap and `again` allows it. `pilot` is how many were
    accepted and tried.
    """
    for thin in _thins(cell, effort, again=again):
        drawn = _run(cell, prior, draws, rng, chains, pilot, thin, rule, threads)
        if drawn.report.method is Method.NONE or drawn.report.r_hat <= AGREED:
            break
    return drawn


def _run(
    cell: Cell,
    prior: Prior,
    draws: int,
    rng: np.random.Generator,
    chains: int,
    pilot: tuple[int, int],
    thin: int,
    rule: Rule,
    threads: int,
) -> Drawn:
    """Run the chains once."""
    accepted, tried = pilot
    samples = max(4, -(-draws // chains))
    weights = np.empty((chains, samples, len(cell.edges)))
    limits = np.empty((chains, samples, len(cell.limited)))
    chance = np.empty((chains, samples, 1))
    starts: list[tuple[Start, State]] = []
    for _ in range(chains):
        start = _start(cell, prior, rng)
        if start is None:
            report = report_on(cell, tried, accepted, Method.NONE, np.nan, 0.0)
            nothing = weights[0, :0], limits[0, :0], chance[0, :0, 0]
            return Drawn.of(*nothing, report)
        starts.append((start, seeded(rng)))

    def follow(c: int) -> None:
        (edge, limit, kept, chosen, drawn), state = starts[c]
        walk(
            *pattern(cell, rule), *shape(prior), edge, limit, kept, chosen, drawn,
            BURN_SAMPLES * thin, thin,
            state, weights[c], limits[c], chance[c, :, 0],
        )  # fmt: skip

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(follow, range(chains)))
    both = np.concatenate([weights, limits], axis=2)
    r_hat, ess = float(split_r_hat(both).max()), float(effective_draws(both).min())
    report = report_on(cell, tried, accepted, Method.CHAIN, r_hat, ess)
    flat = [_interleaved(part)[:draws] for part in (weights, limits, chance)]
    return Drawn.of(flat[0], flat[1], flat[2][:, 0], report)


def _interleaved(chains: Floats) -> Floats:
    """Samples (c, s, v) of chains as draws (c * s, v), the chains in turn."""
    count, samples, values = chains.shape
    return chains.swapaxes(0, 1).reshape(count * samples, values)
