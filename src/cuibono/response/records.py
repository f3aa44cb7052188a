"""The ensemble and what is told about how it was drawn."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from cuibono.model.digraph import SignedDigraph
from cuibono.response.equilibrium import NoEquilibrium
from cuibono.response.priors import Prior


class Method(StrEnum):
    """How stable matrices were found; an ensemble has the weakest of its blocks'."""

    REJECTION = "rejection"
    CHAIN = "chain"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockReport:
    """How one strongly connected block (or several drawn jointly) was sampled.

    Attributes
    ----------
    nodes : tuple of int
        Positions of the nodes of the block.
    tried, accepted : int
        Independent draws tried, and those that were stable; for a chain, of the
        pilot.
    method : Method
        REJECTION is exact; CHAIN is approximate: that the stable set is connected
        is assumed, not proven; NONE found no stable matrix.
    r_hat : float
        Largest split R-hat over the weights of the block; 1 for rejection.
    ess : float
        Smallest effective sample size over those weights; draws for rejection.
    joint : bool
        Several blocks in one, because they share uncertain edges.
    """

    nodes: tuple[int, ...]
    tried: int
    accepted: int
    method: Method
    r_hat: float
    ess: float
    joint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ensemble:
    """Stable community matrices of one sign pattern.

    Attributes
    ----------
    graph : SignedDigraph
        The sign pattern.
    prior : Prior
        What magnitudes were drawn from.
    draws : int
        Matrices held; 0 where there is no equilibrium or none was found.
    weights : (draws, m) float64
        Signed effect of each edge, stated self-edges included; 0 where absent.
    self_effect : (draws, n) float64
        Assumed self-limitation, negative; 0 where a node has none by assumption.
        The diagonal of a matrix is this plus the weights of stated self-edges.
    method : Method
        REJECTION only if every block was drawn so.
    stable_share : float
        Share of sign-conform matrices that are stable, a product over blocks.
    share_is_bound : bool
        True where a chain's pilot found nothing, so that `stable_share` is an
        upper bound (95 percent) and no estimate.
    blocks : tuple of BlockReport
        One for each block that had to be tested.
    no_equilibrium : tuple of NoEquilibrium
        Why no matrix can be stable; proven unless its reason says "none found".
    """

    graph: SignedDigraph
    prior: Prior
    draws: int
    weights: NDArray[np.float64]
    self_effect: NDArray[np.float64]
    method: Method
    stable_share: float
    share_is_bound: bool
    blocks: tuple[BlockReport, ...]
    no_equilibrium: tuple[NoEquilibrium, ...]

    @property
    def settled(self) -> bool:
        """Whether every block was drawn exactly or by chains that agree.

        False (an R-hat above 1.1) says that shares are not to be relied on, and that
        `draw_ensemble` should be given more `effort`.
        """
        return all(not block.r_hat > 1.1 for block in self.blocks)

    def __post_init__(self) -> None:
        """Freeze the arrays."""
        self.weights.setflags(write=False)
        self.self_effect.setflags(write=False)
