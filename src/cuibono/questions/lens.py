"""The linear lens on one signed model: structure first, then ensembles, made once."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cuibono.model.build import SignedModel
from cuibono.model.digraph import SignedDigraph
from cuibono.questions.answer import (
    LEANING,
    SETTLED,
    Change,
    ChangeClass,
    PriorShare,
    Sampling,
)
from cuibono.response.answers import responses
from cuibono.response.condensation import Components, components, reachability
from cuibono.response.determined import Determination, determination
from cuibono.response.diagnostics import effective_draws as effective_sizes
from cuibono.response.diagnostics import split_r_hat
from cuibono.response.ensemble import draw_ensemble
from cuibono.response.equilibrium import NoEquilibrium, no_equilibrium
from cuibono.response.paths import open_loop_sign
from cuibono.response.priors import PRIORS, Prior
from cuibono.response.records import Ensemble, Method
from cuibono.response.store import CellStore

Floats = NDArray[np.float64]
Push = Sequence[tuple[int, float]]

CHAINS, EFFORT, STARVE = 4, 1.0, 0.02
"""Chains, their length against the usual one, and the share of stable tries below which
they take over from rejection."""

SETTLED_R_HAT = 1.1
"""Largest R-hat of a share at which the chains are taken to agree on it."""


class Lens:
    """Answers about one digraph under a fixed seed; nothing is drawn twice.

    `seed` and the prior's name alone decide the draws, so that the same pattern under
    another push, or in another question, is seen in the same models.
    """

    def __init__(
        self,
        model: SignedModel,
        *,
        seed: int,
        draws: int,
        graph: SignedDigraph | None = None,
        priors: tuple[Prior, ...] = PRIORS,
        store: CellStore | None = None,
    ) -> None:
        """Look at `graph`, by default the model's own, with `draws` models a prior.

        Lenses that share a `store` do not draw the same cell twice. `stable_without`
        remembers for edges taken out which models of the first prior stay stable.
        """
        self.store = CellStore() if store is None else store
        self.model = model
        self.graph = model.digraph if graph is None else graph
        self.seed = seed
        self.draws = draws
        self.priors = priors
        self._ensembles: dict[str, Ensemble] = {}
        self._variants: dict[bytes, Lens] = {}
        self.stable_without: dict[tuple[int, ...], NDArray[np.bool_]] = {}
        self._paths: dict[int, _Near] = {}
        self._moved: dict[tuple[str, tuple[tuple[int, float], ...]], Floats] = {}

    def on(self, graph: SignedDigraph, *, first_prior_only: bool = False) -> "Lens":
        """Return the lens on a changed digraph, made once for each digraph."""
        if graph is self.graph and not first_prior_only:
            return self
        priors = self.priors[:1] if first_prior_only else self.priors
        key = fingerprint(graph) + bytes([len(priors)])
        if key not in self._variants:
            self._variants[key] = Lens(
                self.model,
                seed=self.seed,
                draws=self.draws,
                graph=graph,
                priors=priors,
                store=self.store,
            )
        return self._variants[key]

    @cached_property
    def components(self) -> Components:
        """Strongly connected components, causes first."""
        return components(self.graph)

    @cached_property
    def reach(self) -> NDArray[np.bool_]:
        """Whether a stated path leads there, ``[to, from]``."""
        return reachability(self.graph)

    @cached_property
    def determination(self) -> Determination:
        """Signs that structure alone decides, given an equilibrium."""
        return determination(self.graph)

    @cached_property
    def open_loop(self) -> NDArray[np.int8]:
        """Signs of all walks, ``[to, from]``: 1, -1, 2 both, 0 none."""
        return open_loop_sign(self.graph)

    @cached_property
    def no_equilibrium(self) -> tuple[NoEquilibrium, ...]:
        """Components that provably have no equilibrium."""
        return no_equilibrium(self.graph)

    def ensemble(self, prior: Prior) -> Ensemble:
        """Stable models under a prior, drawn once."""
        if prior.name not in self._ensembles:
            stream = zlib.crc32(prior.name.encode())
            self._ensembles[prior.name] = draw_ensemble(
                self.graph,
                prior=prior,
                draws=self.draws,
                starve=STARVE,
                chains=CHAINS,
                effort=EFFORT,
                again=False,
                rng=np.random.default_rng([self.seed, stream]),
                store=self.store,
            )
        return self._ensembles[prior.name]

    def sampling(self) -> tuple[Sampling, ...]:
        """How each prior's ensemble was drawn."""
        found = []
        for prior in self.priors:
            drawn = self.ensemble(prior)
            found.append(
                Sampling(
                    prior=prior.name,
                    draws=drawn.draws,
                    stable_share=drawn.stable_share,
                    is_bound=drawn.share_is_bound,
                    chain=drawn.method is Method.CHAIN,
                    # Told no finer than they mean anything, so that the last bits of
                    # another processor do not show.
                    r_hat=round(max([1.0, *(b.r_hat for b in drawn.blocks)]), 3),
                    effective=round(effective_draws(drawn), 1),
                )
            )
        return tuple(found)

    def responses(self, prior: Prior, push: Push) -> Floats:
        """Equilibrium changes (draws, n) under a held push; each found once.

        A push the other way moves everything the other way by as much.
        """
        turn = 1.0 if not push or push[0][1] > 0 else -1.0
        key = (prior.name, tuple((at, size * turn) for at, size in push))
        if key not in self._moved:
            self._moved[key] = responses(self.ensemble(prior), dict(key[1]))
        moved = self._moved[key]
        return moved if turn > 0 else np.asarray(0.0 - moved)

    def shares(
        self, push: Push, holds: Callable[[Floats], NDArray[np.bool_]]
    ) -> tuple[PriorShare, ...]:
        """Share of the models, prior by prior, in which something holds of the change.

        `holds` takes changes (draws, n) and gives (draws,) bool.
        """
        found = []
        for prior in self.priors:
            drawn = self.ensemble(prior)
            if drawn.draws:
                held = holds(self.responses(prior, push))
                found.append(prior_share(drawn, held))
        return tuple(found)

    def change(self, push: Push, node: int) -> Change:
        """What a push does to one node."""
        return self.changes(push, [node])[0]

    def changes(self, push: Push, nodes: Sequence[int]) -> tuple[Change, ...]:
        """What a push does to some nodes, each with its class, shares and claims."""
        moved = {}
        if not self.no_equilibrium and push:
            moved = {
                prior.name: self.responses(prior, push)
                for prior in self.priors
                if self.ensemble(prior).draws
            }
        return tuple(self._change(push, node, moved) for node in nodes)

    def _change(self, push: Push, node: int, moved: dict[str, Floats]) -> Change:
        """What a push does to one node, from the changes (draws, n) by prior."""
        drawn = {prior.name: self.ensemble(prior) for prior in self.priors if moved}
        up = tuple(
            prior_share(drawn[name], change[:, node] > 0)
            for name, change in moved.items()
        )
        down = tuple(
            prior_share(drawn[name], change[:, node] < 0)
            for name, change in moved.items()
        )
        sign = self.structural_sign(push, node)
        kind, settled = _classified(sign, up, down, bool(self.no_equilibrium))
        return Change(
            node=self.graph.names[node],
            kind=kind,
            sign=settled,
            first=self._first(push, node),
            open_loop=self._open_loop(push, node),
            up=up,
            down=down,
            claims=self.path_claims([at for at, _ in push], node),
        )

    def structural_sign(self, push: Push, node: int) -> int:
        """Sign that structure decides: 1, -1, 0 no path, 2 open."""
        signs = set()
        for at, size in push:
            sign = int(self.determination.sign[node, at])
            if sign == 2:
                return 2
            if sign:
                signs.add(sign if size > 0 else -sign)
        if len(signs) > 1:
            return 2
        return signs.pop() if signs else 0

    def _open_loop(self, push: Push, node: int) -> int:
        """Sign over all walks from a push to a node."""
        signs = set()
        for at, size in push:
            sign = 1 if at == node else int(self.open_loop[node, at])
            if sign == 2:
                return 2
            if sign:
                signs.add(sign if size > 0 else -sign)
        if len(signs) > 1:
            return 2
        return signs.pop() if signs else 0

    def _first(self, push: Push, node: int) -> int:
        """Sign of the shortest stated paths from a push to a node, all pushes together."""
        near = min((self._near(at).steps[node] for at, _ in push), default=FAR)
        if near == FAR:
            return 0
        found = set()
        for at, size in push:
            if self._near(at).steps[node] == near:
                signs = self._near(at).signs[node]
                found |= signs if size > 0 else {-sign for sign in signs}
        return found.pop() if len(found) == 1 and 0 not in found else 2

    def _near(self, start: int) -> "_Near":
        """Shortest stated paths from a node, found once."""
        if start not in self._paths:
            self._paths[start] = _shortest_paths(self.graph, start)
        return self._paths[start]

    def path_claims(self, start: Sequence[int], node: int) -> tuple[str, ...]:
        """Claims on the shortest stated paths from a push to a node."""
        if not self.graph.claims:
            return ()
        edges = {edge for at in start for edge in self._near(at).edges_to(node)}
        return tuple(sorted({c for edge in edges for c in self.graph.claims[edge]}))


FAR = 1 << 30


@dataclass(slots=True)
class _Near:
    """Shortest paths from one node: steps to each, their signs, the edges before it."""

    steps: list[int]
    signs: list[set[int]]
    before: list[list[tuple[int, int]]]

    def edges_to(self, node: int) -> set[int]:
        """Edges on any shortest path to a node."""
        found: set[int] = set()
        queue = [node]
        for at in queue:
            for tail, edge in self.before[at]:
                if edge not in found:
                    found.add(edge)
                    queue.append(tail)
        return found


def _shortest_paths(graph: SignedDigraph, start: int) -> _Near:
    """Shortest paths from a node, breadth first."""
    near = _Near(
        steps=[FAR] * graph.n,
        signs=[set() for _ in range(graph.n)],
        before=[[] for _ in range(graph.n)],
    )
    near.steps[start] = 0
    near.signs[start] = {1}
    leaving: list[list[int]] = [[] for _ in range(graph.n)]
    for edge, tail in enumerate(graph.tail.tolist()):
        leaving[tail].append(edge)
    queue = [start]
    for at in queue:
        for edge in leaving[at]:
            far, sign = int(graph.head[edge]), int(graph.sign[edge])
            if near.steps[far] == FAR:
                near.steps[far] = near.steps[at] + 1
                queue.append(far)
            if near.steps[far] == near.steps[at] + 1:
                near.signs[far] |= {sign * before for before in near.signs[at]}
                near.before[far].append((at, edge))
    return near


def _classified(
    sign: int,
    up: tuple[PriorShare, ...],
    down: tuple[PriorShare, ...],
    no_equilibrium: bool,
) -> tuple[ChangeClass, int]:
    """Class and settled sign of a change."""
    if sign == 0:
        return ChangeClass.NO_PATH, 0
    if no_equilibrium or not up:
        return ChangeClass.NO_EQUILIBRIUM, 0
    if sign != 2:
        return ChangeClass.CERTAIN, sign
    for shares, way in ((up, 1), (down, -1)):
        least = min(share.share for share in shares)
        if least >= SETTLED and all(share.settled for share in shares):
            return ChangeClass.ALL_PRIORS, way
        if least >= LEANING:
            return ChangeClass.LEANS, way
    most_up = max(share.share for share in up)
    most_down = max(share.share for share in down)
    if most_up >= LEANING or most_down >= LEANING:
        return ChangeClass.PRIOR_DEPENDENT, 0
    return ChangeClass.AMBIGUOUS, 0


def effective_draws(drawn: Ensemble) -> float:
    """Draws that an ensemble is worth: the least over its blocks."""
    sizes = [block.ess for block in drawn.blocks if block.method is Method.CHAIN]
    return float(min([drawn.draws, *sizes]))


def prior_share(
    drawn: Ensemble,
    held: NDArray[np.bool_],
    among: NDArray[np.bool_] | None = None,
) -> PriorShare:
    """Share of an ensemble in which something holds, with its standard error.

    `among` (draws,) bool leaves out models that the question does not apply to. Where
    chains drew the ensemble, their agreement on this very share is looked at: what the
    strengths do is not at stake, what follows from them is.
    """
    counted = held if among is None else held[among]
    share = float(np.mean(counted)) if len(counted) else 0.0
    worth, r_hat = float(max(1, len(counted))), 1.0
    if drawn.method is Method.CHAIN and 0 < share < 1:
        worth, r_hat = _by_chains(held if among is None else held & among)
        worth *= len(counted) / max(1, len(held))
    return PriorShare(
        prior=drawn.prior.name,
        share=share,
        draws=len(counted),
        error=float(np.sqrt(share * (1 - share) / max(1.0, worth))),
        settled=r_hat <= SETTLED_R_HAT,
    )


def _by_chains(held: NDArray[np.bool_]) -> tuple[float, float]:
    """Effective draws and R-hat of a share, the chains' draws being interleaved."""
    length = len(held) // CHAINS
    if length < 4:
        return float(max(1, len(held))), float("inf")
    chains = held[: length * CHAINS].reshape(length, CHAINS, 1).swapaxes(0, 1)
    values = chains.astype(np.float64)
    return float(effective_sizes(values)[0]), float(split_r_hat(values)[0])


def fingerprint(graph: SignedDigraph) -> bytes:
    """Bytes that tell the digraphs apart that actions make of one model."""
    arrays = (graph.tail, graph.head, graph.sign, graph.disputed, graph.self_limited)
    names = "\0".join(graph.names).encode()
    return b"|".join([names, *(array.tobytes() for array in arrays)])
