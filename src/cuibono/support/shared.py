"""What the answers to several conclusions have in common: models, and their tests."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from cuibono.questions.lens import CHAINS, STARVE, Lens, fingerprint
from cuibono.response.ensemble import draw_ensemble
from cuibono.response.records import Ensemble
from cuibono.response.withdrawing import Scaled

EFFORT = 24.0
"""Length of chains against the usual: models that are nearly independent, for levels."""


@dataclass(slots=True)
class SharedTests:
    """Models, and tests of their stability, that several answers have in common."""

    held: list[Scaled] = field(default_factory=list)
    drawn: dict[bytes, Ensemble] = field(default_factory=dict)

    def models(self, lens: Lens, *, effort: float = EFFORT) -> Ensemble:
        """Models of a lens's digraph under its first prior, by longer chains.

        The lens's own serve for a share; here thousands of shares are told from one
        half at once, so that models should be nearly independent.
        """
        key = fingerprint(lens.graph) + str(effort).encode()
        if key not in self.drawn:
            prior = lens.priors[0]
            stream = zlib.crc32(prior.name.encode())
            self.drawn[key] = draw_ensemble(
                lens.graph,
                prior=prior,
                draws=lens.draws,
                starve=STARVE,
                chains=CHAINS,
                effort=effort,
                again=False,
                rng=np.random.default_rng([lens.seed, stream]),
                store=lens.store,
            )
        return self.drawn[key]

    def of(self, drawn: Ensemble) -> Scaled:
        """Return the tests on one ensemble, begun once."""
        for item in self.held:
            if item.ensemble is drawn:
                return item
        self.held.append(Scaled(drawn))
        return self.held[-1]


Reporter = Callable[[str, int, int], None]


def silent(what: str, at: int, of: int) -> None:
    """Progress that nobody watches."""
