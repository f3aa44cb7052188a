"""Compiles every kernel once, so that the first question does not wait.

``python -m cuibono.balance.warm`` is run at set-up; compiled code is kept on disk.
"""

import numpy as np

from cuibono.balance.block_models import block_models
from cuibono.balance.clock import Clock
from cuibono.balance.directed import DirectedTies, transitive_triads
from cuibono.balance.frustration import frustration
from cuibono.balance.k_factions import weak_frustration
from cuibono.balance.nulls import NULLS
from cuibono.balance.optima import signed_blocks
from cuibono.balance.relaxed import relaxed_balance
from cuibono.balance.semidefinite import semidefinite_bound
from cuibono.model.graph import graph


def warm() -> None:
    """Compile the kernels by using each of them on a network of seven hostile actors."""
    names = ("Arda", "Brun", "Cor", "Dana", "Esk", "Fenn", "Gol")
    g = graph([(a, b, -1) for k, a in enumerate(names) for b in names[k + 1 :]])
    index = frustration(g)
    weak_frustration(graph([*((a, "Hal", 1) for a in names), ("Arda", "Brun", -1)]))
    relaxed_balance(
        graph([("Arda", str(at), 1) for at in range(20)]),
        3,
        rng=np.random.default_rng(0),
    )
    transitive_triads(
        DirectedTies(
            names=names, arcs=g.ends.copy(), sign=g.sign.copy(), weight=g.weight.copy()
        )
    )
    block_models(g, rng=np.random.default_rng(0), restarts=1)
    for block in signed_blocks(g):
        semidefinite_bound(block, enough=0, clock=Clock(1.0))
    for null in NULLS.values():
        null(g, draws=2, rng=np.random.default_rng(0), index=index)


if __name__ == "__main__":
    warm()
