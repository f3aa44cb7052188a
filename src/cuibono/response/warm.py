"""Compiles every kernel once, so that the first question does not wait.

``python -m cuibono.response.warm`` is run at set-up; compiled code is kept on disk.
"""

import numpy as np

from cuibono.model.digraph import digraph
from cuibono.response.answers import response_matrix, stable_without
from cuibono.response.bounded import (
    Phase,
    draw_bounded,
    followed,
    stable_status_quo,
)
from cuibono.response.cells import layout
from cuibono.response.chains import chain_cell
from cuibono.response.drawing import draw_ensemble
from cuibono.response.lasting import short_and_long
from cuibono.response.observed import sampled_responses
from cuibono.response.priors import PRIORS


def warm() -> None:
    """Compile the kernels by using each of them on a model of three nodes."""
    g = digraph(
        [
            ("Arda", "Brun", 1),
            ("Brun", "Arda", 1),
            ("Brun", "Cor", -1),
            ("Cor", "Brun", 1),
        ]
    )
    rng = np.random.default_rng(0)
    for cell in layout(g).cells:
        chain_cell(cell, PRIORS[0], 8, rng, 2, (0, 1))
    sampled_responses(g, prior=PRIORS[0], presses=[{0: 1.0}], samples=8, seed=0)
    ensemble = draw_ensemble(g, prior=PRIORS[0], draws=8, rng=rng)
    response_matrix(ensemble)
    stable_without(ensemble, [0])
    short_and_long(ensemble, {0: 1.0}, (1.0,))
    bounded = draw_bounded(g, prior=PRIORS[0], draws=2, rng=rng)
    stable_status_quo(bounded, 1.0)
    followed(bounded, 1.0, [Phase(length=1.0)])


if __name__ == "__main__":
    warm()
