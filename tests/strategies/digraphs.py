"""Random signed digraphs."""

from hypothesis import strategies as st

from cuibono.model.digraph import SignedDigraph, digraph

_NAMES = ("Arda", "Brun", "Cor", "Dana", "Esk", "Fenn", "Gol", "Hadd")


@st.composite
def signed_digraphs(
    draw: st.DrawFn,
    *,
    most_nodes: int = 5,
    signs: tuple[int, ...] = (-1, 1),
    self_edges: bool = False,
    disputed: bool = False,
    uncertain: bool = False,
    limited: bool | None = True,
) -> SignedDigraph:
    """Draw a digraph of up to 8 nodes.

    `limited` True limits every node without a self-edge, False none, None either.
    """
    n = draw(st.integers(1, most_nodes))
    names = _NAMES[:n]
    choices: list[tuple[int, ...]] = [(), (), *((sign,) for sign in signs)]
    if disputed:
        choices.append((1, -1))
    edges = []
    for tail in names:
        for head in names:
            if tail == head and not self_edges:
                continue
            edges += [(tail, head, s) for s in draw(st.sampled_from(choices))]
    group = [draw(st.sampled_from((0, 0, 1))) if uncertain else 0 for _ in edges]
    limit = draw(st.booleans()) if limited is None else limited
    return digraph(edges, names=names, group=group, self_limitation=limit)
