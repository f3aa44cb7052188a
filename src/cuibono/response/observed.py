"""Responses among the models that agree with what was observed, and how many do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.answers import responses, solve
from cuibono.response.cells import layout
from cuibono.response.condensation import reachability
from cuibono.response.drawing import draw_ensemble
from cuibono.response.equilibrium import NoEquilibrium
from cuibono.response.fused import Counted, counted, rejection_will_do
from cuibono.response.kernels.counting import Asked
from cuibono.response.plan import plan
from cuibono.response.priors import Prior
from cuibono.response.records import BlockReport, Ensemble, Method
from cuibono.response.rules import Rule
from cuibono.response.samples import report_on
from cuibono.response.store import CellStore
from cuibono.response.sure import needed, sure_signs

NO_CHANGE = 1e-5
"""Below it a response counts as no change where no change was observed (QPress)."""
_BATCH = 2000
_MOST_BATCHES = 500

Flags = NDArray[np.bool_]
Signs = Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What was seen when something was pushed.

    Attributes
    ----------
    press : mapping of int to float
        Position and size of each push, held.
    signs : mapping of int to int
        Position and sign (1, -1, 0 no change) of each observed response.
    """

    press: Mapping[int, float]
    signs: Signs


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A constraint between two effects: edge `greater` is the stronger one."""

    greater: int
    lesser: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sampled:
    """Signs of responses, counted over accepted models.

    Attributes
    ----------
    prior : Prior
        What magnitudes were drawn from.
    presses : tuple of mapping of int to float
        The pushes, in order.
    counts : (q, n, 3) int64
        Models in which the response of node n to push q is positive, negative, zero.
    zero : (q, n) bool
        No effect leads there: zero in every model, whatever the strengths.
    draws : float
        Matrices that were tried, or the estimate of it where blocks are rejected
        one by one: stable ones over the share that is stable.
    stable, ordered, accepted : int
        Models that were stable, of these in line with the orders, of these in line
        with the observations.
    finished : bool
        Whether as many were accepted as were asked for.
    approximate : bool
        Whether a Markov chain was needed in some block.
    r_hat : float
        Worst of any block and batch; 1 where all were drawn by rejection.
    no_equilibrium : tuple of NoEquilibrium
        Why no model can be stable, if none can.
    blocks : tuple of BlockReport
        Of all batches, or of the first where they were drawn as an ensemble.
    """

    prior: Prior
    presses: tuple[Mapping[int, float], ...]
    counts: NDArray[np.int64]
    zero: Flags
    draws: float
    stable: int
    ordered: int
    accepted: int
    finished: bool
    approximate: bool
    r_hat: float
    no_equilibrium: tuple[NoEquilibrium, ...]
    blocks: tuple[BlockReport, ...] = field(default=())

    @property
    def likelihood_of_all(self) -> float | None:
        """Accepted over all matrices tried, stability included; None without a try."""
        return self.accepted / self.draws if self.draws else None

    @property
    def likelihood_of_stable(self) -> float | None:
        """Accepted over stable ones; None if none was stable."""
        return self.accepted / self.stable if self.stable else None


def agrees(ensemble: Ensemble, observation: Observation) -> Flags:
    """Tell for each draw whether it responds as observed, (draws,) bool."""
    found = responses(ensemble, observation.press)
    agree = np.ones(ensemble.draws, dtype=np.bool_)
    for node, sign in observation.signs.items():
        value = found[:, node]
        agree &= value * sign > 0 if sign else np.abs(value) <= NO_CHANGE
    return agree


def in_order(ensemble: Ensemble, orders: Sequence[Order]) -> Flags:
    """Tell for each draw whether its strengths are in line, (draws,) bool."""
    size = np.abs(ensemble.weights)
    agree = np.ones(ensemble.draws, dtype=np.bool_)
    for order in orders:
        agree &= size[:, order.greater] > size[:, order.lesser]
    return agree


def sampled_responses(
    g: SignedDigraph,
    *,
    prior: Prior,
    presses: Sequence[Mapping[int, float]],
    samples: int,
    seed: int,
    observations: Sequence[Observation] = (),
    orders: Sequence[Order] = (),
    starve: float = 0.005,
    time_limit: float | None = None,
    uncertain: Rule | str = Rule.QPRESS,
    threads: int = 1,
    stop: Callable[[], bool] | None = None,
) -> Sampled:
    """Count signs of responses over `samples` accepted models.

    Models are drawn batch by batch, until enough of the stable ones are in line with
    every order and every observation. Where rejection will do in every block they are
    drawn and counted in one go; else as by `draw_ensemble`. A limit of time, or being
    stopped, ends it with what is there.

    Parameters
    ----------
    g : SignedDigraph
        The model.
    prior : Prior
        Where magnitudes come from.
    presses : sequence of mapping of int to float
        Each a push on one or more nodes, held.
    samples : int
        Accepted models wanted, at least 1.
    seed : int
        Decides every draw.
    observations : sequence of Observation
        All must hold.
    orders : sequence of Order
        All must hold; taken before observations, and without effect on stability.
    starve : float
        As for `draw_ensemble`.
    time_limit : float, optional
        Seconds after which no batch is begun.
    uncertain : Rule or str
        Chance with which uncertain edges are kept.
    threads : int
        Batches, or chains, that run side by side; what comes out is the same.
    stop : callable, optional
        Asked after every batch: True ends it. With it, being interrupted from the
        keyboard ends it too, after the last whole batch.

    Raises
    ------
    ValueError
        If `samples` or `threads` is below 1, the rule is unknown, or a press or an
        observation does not fit the model.

    References
    ----------
    Melbourne-Thomas, Wotherspoon, Raymond and Constable (2012), Comprehensive
    evaluation of model uncertainty in qualitative network analyses, Ecological
    Monographs 82 (validation). Fisher and others, for orders between effects.
    """
    if samples < 1 or threads < 1:
        raise ValueError(
            f"samples and threads must be at least 1, got {samples} and {threads}"
        )
    _check(g, orders, presses)
    _check(g, (), [observation.press for observation in observations])
    rule, begun = Rule(uncertain), monotonic()
    tally = _Tally(g, presses)
    if rejection_will_do(g, prior, rule, starve, seed):
        asked = asked_of(g, presses, observations, orders)
        steps = tally.counting(
            counted(
                g,
                prior=prior,
                rule=rule,
                asked=asked,
                samples=samples,
                seed=seed,
                threads=threads,
            )
        )
    else:
        steps = tally.drawing(
            prior, samples, seed, observations, orders, starve, rule, threads
        )
    with suppress(*([KeyboardInterrupt] if stop is not None else [])):
        for _ in steps:
            late = time_limit is not None and monotonic() - begun > time_limit
            if late or (stop is not None and stop()):
                break
    return tally.told(prior, samples)


def _check(
    g: SignedDigraph,
    orders: Sequence[Order],
    presses: Sequence[Mapping[int, float]],
) -> None:
    """Refuse orders on edges, and presses on nodes, that are not there.

    Raises
    ------
    ValueError
        If there is one.
    """
    if any(not 0 <= node < g.n for press in presses for node in press):
        raise ValueError(f"presses must be on nodes 0 to {g.n - 1}, got {presses}")
    for order in orders:
        if not (0 <= order.greater < g.m and 0 <= order.lesser < g.m):
            raise ValueError(f"orders must be on edges 0 to {g.m - 1}, got {order}")


def pushes(
    g: SignedDigraph, presses: Sequence[Mapping[int, float]]
) -> NDArray[np.float64]:
    """Pushes as the columns of an array (n, q)."""
    right = np.zeros((g.n, len(presses)))
    for at, press in enumerate(presses):
        right[list(press), at] = list(press.values())
    return right


def asked_of(
    g: SignedDigraph,
    presses: Sequence[Mapping[int, float]],
    observations: Sequence[Observation],
    orders: Sequence[Order],
) -> Asked:
    """Pushes, observations and orders, as the kernels are told of them."""
    right = pushes(g, [*(one.press for one in observations), *presses])
    seen = [
        (at, node, sign)
        for at, one in enumerate(observations)
        for node, sign in one.signs.items()
    ]
    table = np.array(seen, dtype=np.int64).reshape(-1, 3).T.copy()
    blocks = plan(g)
    sure = sure_signs(g, blocks, right)
    for at, node, _ in seen:
        sure[node, at] = 2
    return Asked(
        right,
        sure != 0,
        sure == 2,
        needed(blocks, sure),
        len(observations),
        table[0],
        table[1],
        table[2],
        np.array([order.greater for order in orders], dtype=np.int64),
        np.array([order.lesser for order in orders], dtype=np.int64),
        NO_CHANGE,
    )


class _Tally:
    """Counts over batches."""

    def __init__(
        self, g: SignedDigraph, presses: Sequence[Mapping[int, float]]
    ) -> None:
        """Start from nothing."""
        self.g, self.presses = g, tuple(presses)
        self.counts = np.zeros((len(presses), g.n, 3), dtype=np.int64)
        self.right = pushes(g, presses)[None]
        self.draws, self.stable, self.ordered, self.accepted = 0.0, 0, 0, 0
        self.blocks: tuple[BlockReport, ...] = ()
        self.none: tuple[NoEquilibrium, ...] = ()
        self.r_hat, self.approximate = 1.0, False

    def counting(self, batches: Iterator[Counted]) -> Iterator[None]:
        """Add batches that come counted, and what is sure in every model."""
        sure = sure_signs(self.g, plan(self.g), self.right[0]).T
        tried = np.zeros(len(layout(self.g).cells), dtype=np.int64)
        drawn = 0
        for found in batches:
            tried += found.tried
            drawn += found.drawn
            self.stable += found.used
            self.ordered += found.ordered
            self.accepted += found.accepted
            self.counts[:, :, :2] += found.counts
            for at, sign in enumerate((1, -1)):
                self.counts[:, :, at] += found.accepted * (sure == sign)
            moved = self.counts[:, :, :2].sum(axis=2)
            self.counts[:, :, 2] = self.accepted - moved
            self.draws = self.stable * float(np.prod(tried / max(drawn, 1)))
            self.blocks = tuple(
                report_on(cell, int(n), drawn, Method.REJECTION, 1.0, float(drawn))
                for cell, n in zip(layout(self.g).cells, tried, strict=True)
            )
            yield

    def drawing(
        self,
        prior: Prior,
        samples: int,
        seed: int,
        observations: Sequence[Observation],
        orders: Sequence[Order],
        starve: float,
        rule: Rule,
        threads: int,
    ) -> Iterator[None]:
        """Draw batches of an ensemble and add them."""
        wanted = samples
        for rng in np.random.default_rng(seed).spawn(_MOST_BATCHES):
            most = _BATCH if observations or orders else wanted
            found = draw_ensemble(
                self.g,
                prior=prior,
                draws=int(min(max(wanted, 100), most)),
                rng=rng,
                starve=starve,
                store=CellStore(),
                uncertain=rule,
                threads=threads,
            )
            self.take(found, observations, orders, samples)
            yield
            if self.accepted >= samples or not found.draws:
                return
            share = max(self.accepted, 0.5) / self.stable
            missing = int(1.1 * (samples - self.accepted) / share) + 100
            wanted = min(missing, 20 * _BATCH)

    def take(
        self,
        found: Ensemble,
        observations: Sequence[Observation],
        orders: Sequence[Order],
        samples: int,
    ) -> None:
        """Add a batch, up to the samples wanted."""
        self.blocks = self.blocks or found.blocks
        self.none = self.none or found.no_equilibrium
        if not found.draws:
            return
        self.r_hat = max([self.r_hat, *(block.r_hat for block in found.blocks)])
        self.approximate |= str(found.method) == "chain"
        kept = in_order(found, orders)
        ordered = np.cumsum(kept)
        for observation in observations:
            kept &= agrees(found, observation)
        enough = np.flatnonzero(np.cumsum(kept) == samples - self.accepted)
        used = int(enough[0]) + 1 if len(enough) else found.draws
        self.stable += used
        self.ordered += int(ordered[used - 1])
        self.draws += used / found.stable_share if found.stable_share else 0.0
        rows = np.flatnonzero(kept[:used])
        self.accepted += len(rows)
        values = solve(
            np.ascontiguousarray(found.weights[rows]),
            np.ascontiguousarray(found.self_effect[rows]),
            plan(self.g),
            self.right,
        )
        for at, mask in enumerate((values > 0, values < 0, values == 0)):
            self.counts[:, :, at] += mask.sum(axis=0).T

    def told(self, prior: Prior, samples: int) -> Sampled:
        """Return the counts as a record."""
        reach = _reached(self.g, self.right[0])
        return Sampled(
            prior=prior,
            presses=self.presses,
            counts=self.counts,
            zero=~reach,
            draws=self.draws,
            stable=self.stable,
            ordered=self.ordered,
            accepted=self.accepted,
            finished=self.accepted >= samples,
            approximate=self.approximate,
            r_hat=self.r_hat,
            no_equilibrium=self.none,
            blocks=self.blocks,
        )


def _reached(g: SignedDigraph, right: NDArray[np.float64]) -> Flags:
    """Nodes (q, n) that an effect of each push (n, q) can reach."""
    return np.asarray((reachability(g).astype(np.int64) @ (right != 0) > 0).T)
