"""Random signed graphs."""

from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from cuibono.model.graph import SignedGraph

_NAMES = ("Arda", "Brun", "Cor", "Dana", "Esk", "Fenn", "Gol", "Hadd", "Ilm")


@st.composite
def signed_graphs(
    draw: st.DrawFn,
    *,
    most_actors: int = 7,
    disputed: bool = False,
    weights: tuple[float, ...] = (1.0,),
) -> SignedGraph:
    """Draw a graph of up to 9 actors with any ties, signs and the given weights."""
    n = draw(st.integers(1, most_actors))
    pairs = list(combinations(range(n), 2))
    signs = (-1, 0, 1) if disputed else (-1, 1)
    # None leaves the pair without a tie.
    choice = st.one_of(st.none(), st.sampled_from(signs), st.sampled_from(signs))
    drawn = draw(st.lists(choice, min_size=len(pairs), max_size=len(pairs)))
    kept = [k for k, sign in enumerate(drawn) if sign is not None]
    cost = draw(
        st.lists(st.sampled_from(weights), min_size=len(kept), max_size=len(kept))
    )
    return SignedGraph(
        names=_NAMES[:n],
        ends=np.array([pairs[k] for k in kept], dtype=np.intp).reshape(-1, 2),
        sign=np.array([drawn[k] for k in kept], dtype=np.int8),
        weight=np.array(cost, dtype=np.float64),
    )
