"""Draws stable community matrices: by rejection, or by a chain where that starves."""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.cells import Cell, Layout, layout
from cuibono.response.chains import chain_cell
from cuibono.response.equilibrium import NoEquilibrium, Reason, diagnosed
from cuibono.response.loops import loops_within
from cuibono.response.priors import Prior
from cuibono.response.records import BlockReport, Ensemble, Method
from cuibono.response.rules import Rule
from cuibono.response.samples import Drawn, report_on, seeded
from cuibono.response.store import CellStore, cell_generator
from cuibono.response.tries import rejected

# Tries of the pilot that decides between rejection and chain.
PILOT = 2000


def _draw_cell(
    cell: Cell,
    prior: Prior,
    draws: int,
    rng: np.random.Generator,
    starve: float,
    most_tries: int,
    chains: int,
    effort: float,
    again: bool,
    rule: Rule,
    threads: int,
) -> Drawn:
    """Draw one cell: pilot, then rejection or a chain."""
    weights = np.empty((draws, len(cell.edges)))
    limits = np.empty((draws, len(cell.limited)))
    chance = np.empty(draws)
    state = seeded(rng)
    space = (weights, limits, chance)
    filled, tried = rejected(
        cell, prior, rule, 0, min(PILOT, most_tries), state, space, 1
    )
    promising = filled >= starve * tried and filled * most_tries >= draws * tried
    if filled < draws and promising:
        filled, more = rejected(
            cell, prior, rule, filled, most_tries - tried, state, space, threads
        )
        tried += more
    if filled == draws:
        report = report_on(cell, tried, draws, Method.REJECTION, 1.0, float(draws))
        return Drawn(weights=weights, limits=limits, chance=chance, report=report)
    return chain_cell(
        cell,
        prior,
        draws,
        rng,
        chains,
        (filled, tried),
        effort,
        rule,
        again=again,
        threads=threads,
    )


def draw_ensemble(
    g: SignedDigraph,
    *,
    prior: Prior,
    draws: int,
    rng: np.random.Generator,
    starve: float = 0.005,
    most_tries: int = 2_000_000,
    chains: int = 4,
    effort: float = 1.0,
    again: bool = True,
    store: CellStore | None = None,
    uncertain: Rule | str = Rule.QPRESS,
    threads: int = 1,
) -> Ensemble:
    """Stable community matrices of a model, magnitudes from a prior.

    Eigenvalues of the whole are those of its strongly connected blocks, so stability
    is tested and rejected block by block, which changes nothing in the distribution.
    Blocks with uncertain edges are drawn together: in each matrix, a probability is
    drawn uniformly and every set of uncertain edges is kept with it (or, by the other
    rule, with chance one half). An edge of unknown sign gets either sign, a disputed
    tie one of its edges, with equal chance. Where less than `starve` of the tries are
    stable, a Markov chain walks within the stable set of the block instead; its draws
    are approximate and dependent.
    Every bound is a count, so the same `rng` gives the same bytes.

    Parameters
    ----------
    g : SignedDigraph
        The model.
    prior : Prior
        Where magnitudes come from, self-effects included.
    draws : int
        Matrices wanted, at least 1.
    rng : numpy.random.Generator
        Source of chance.
    starve : float
        Share of stable tries in a block under which a chain takes over.
    most_tries : int
        Most tries for one block; where the pilot says that they will not do, a chain
        takes over.
    chains : int
        Chains from different starts, at least 2.
    effort : float
        Times the usual length of a chain: raise it where `r_hat` is above 1.05.
    again : bool
        Let chains that do not agree begin again and run longer, once.
    store : CellStore, optional
        Cells drawn before, for other models, under a generator in the same state.
    uncertain : Rule or str
        Chance with which uncertain edges are kept.
    threads : int
        Stretches of tries, or chains, that run side by side; what comes out is the
        same.

    Returns
    -------
    Ensemble
        With 0 draws and the diagnosis if no matrix can be, or was found, stable.

    Raises
    ------
    ValueError
        If `draws`, `chains`, `most_tries`, `effort` or `threads` is too small, or the
        rule is unknown.

    References
    ----------
    Raymond, McInnes, Dambacher, Way and Bergstrom (2011), Qualitative modelling of
    invasive species eradication on subantarctic Macquarie Island, J. Appl. Ecol. 48.
    Melbourne-Thomas, Wotherspoon, Raymond and Constable (2012), Comprehensive
    evaluation of model uncertainty in qualitative network analyses, Ecol. Monogr. 82.
    """
    if min(draws, most_tries, threads) < 1 or chains < 2 or effort <= 0:
        raise ValueError(
            "draws and most_tries must be 1 or more, threads too, chains 2 or more,"
            f" effort above 0, got {draws}, {most_tries}, {threads}, {chains}, {effort}"
        )
    reasons, rule = diagnosed(g), Rule(uncertain)
    if reasons:
        return _empty(g, prior, (), reasons)
    plan = layout(g)
    store = CellStore() if store is None else store
    entropy = int(rng.integers(0, 2**63))
    drawn = []
    for cell in plan.cells:
        part = store.drawn(
            cell,
            prior,
            (entropy, draws, starve, most_tries, chains, effort, again, rule),
            partial(
                _draw_cell,
                cell,
                prior,
                draws,
                cell_generator(entropy, cell),
                starve,
                most_tries,
                chains,
                effort,
                again,
                rule,
                threads,
            ),
        )
        drawn.append(part)
        if part.report.method is Method.NONE:
            reports = tuple(each.report for each in drawn)
            return _empty(g, prior, reports, (_not_found(g, part.report),))
    return _assemble(g, prior, plan, drawn, draws, rng, rule)


def _not_found(g: SignedDigraph, report: BlockReport) -> NoEquilibrium:
    return NoEquilibrium(
        nodes=report.nodes,
        loops=loops_within(g, report.nodes, sign=1),
        reason=Reason.NONE_FOUND,
    )


def _empty(
    g: SignedDigraph,
    prior: Prior,
    blocks: tuple[BlockReport, ...],
    reasons: tuple[NoEquilibrium, ...],
) -> Ensemble:
    """Ensemble of a model without equilibrium."""
    share, is_bound = _stable_share(blocks)
    proven = any(each.reason is not Reason.NONE_FOUND for each in reasons)
    return Ensemble(
        graph=g,
        prior=prior,
        draws=0,
        weights=np.zeros((0, g.m)),
        self_effect=np.zeros((0, g.n)),
        method=Method.NONE,
        stable_share=0.0 if proven else share,
        share_is_bound=is_bound and not proven,
        blocks=blocks,
        no_equilibrium=reasons,
    )


def _stable_share(blocks: tuple[BlockReport, ...]) -> tuple[float, bool]:
    """Product over blocks; 3 / tries is a 95 percent bound where none was stable."""
    share, is_bound = 1.0, False
    for block in blocks:
        is_bound |= block.accepted == 0
        share *= (block.accepted or 3.0) / block.tried
    return min(share, 1.0), is_bound


def _assemble(
    g: SignedDigraph,
    prior: Prior,
    plan: Layout,
    drawn: list[Drawn],
    draws: int,
    rng: np.random.Generator,
    rule: Rule,
) -> Ensemble:
    """Put the cells together and draw what lies outside them."""
    chance = rng.random(draws)
    if rule is Rule.INDEPENDENT:
        chance[:] = 0.5
    for cell, part in zip(plan.cells, drawn, strict=True):
        if cell.units:
            chance = part.chance
    weights = weights_of_any(g, prior, plan, chance, rng)
    limits = -prior.quantile(rng.random((draws, g.n))) * g.self_limited
    for cell, part in zip(plan.cells, drawn, strict=True):
        weights[:, cell.edges] = part.weights
        limits[:, cell.nodes[cell.limited]] = part.limits
    reports = tuple(part.report for part in drawn)
    share, is_bound = _stable_share(reports)
    chained = any(report.method is Method.CHAIN for report in reports)
    return Ensemble(
        graph=g,
        prior=prior,
        draws=draws,
        weights=weights,
        self_effect=limits,
        method=Method.CHAIN if chained else Method.REJECTION,
        stable_share=share,
        share_is_bound=is_bound,
        blocks=reports,
        no_equilibrium=(),
    )


def weights_of_any(
    g: SignedDigraph,
    prior: Prior,
    plan: Layout,
    chance: NDArray[np.float64],
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Weights (draws, m) drawn without regard to stability."""
    draws = len(chance)
    weights = prior.quantile(rng.random((draws, g.m)))
    unknown = np.flatnonzero(g.sign == 0)
    sign = np.broadcast_to(g.sign.astype(np.float64), (draws, g.m)).copy()
    sign[:, unknown] = rng.choice([-1.0, 1.0], size=(draws, len(unknown)))
    kept = rng.random((draws, plan.units)) < chance[:, None]
    uncertain = np.flatnonzero(plan.unit >= 0)
    weights[:, uncertain] *= kept[:, plan.unit[uncertain]]
    chosen = np.floor(rng.random((draws, len(plan.tie_size))) * plan.tie_size)
    tied = np.flatnonzero(plan.tie >= 0)
    weights[:, tied] *= chosen[:, plan.tie[tied]] == plan.place[tied]
    return np.asarray(weights * sign)
