"""Tiny invented models with known answers, and the lens that looks at them."""

from cuibono.claims.records import Action, Alternative, Conclusion, Reading
from cuibono.model.build import SignedModel
from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.model.graph import graph
from cuibono.questions.lens import Lens

Edges = list[tuple[str, str, int]]

CHAIN: Edges = [("arda", "brun", 1), ("brun", "cor", -1)]
MUTUAL: Edges = [("arda", "brun", 1), ("brun", "arda", 1)]
DISPUTED: Edges = [("arda", "brun", 1), ("arda", "brun", -1)]
OPPOSED: Edges = [("arda", "brun", 1), ("arda", "cor", 1), ("cor", "brun", -1)]
RUNAWAY: Edges = [("arda", "arda", 1), ("arda", "brun", 1)]
TWO_SOURCES: Edges = [("arda", "brun", 1), ("cor", "brun", -1)]


def lens_on(graph_: SignedDigraph, *, draws: int = 60, seed: int = 1) -> Lens:
    """Lens on a digraph that no case stands behind."""
    nobody = graph([])
    model = SignedModel(
        reading=Reading(id="author", title="the author"),
        digraph=graph_,
        declared=nobody,
        effective=nobody,
        constraints=(),
        claims=(),
    )
    return Lens(model, seed=seed, draws=draws)


def lens_of(
    edges: Edges,
    *,
    draws: int = 60,
    seed: int = 1,
    names: tuple[str, ...] | None = None,
    self_limitation: bool = True,
) -> Lens:
    """Lens on a digraph of edges; claim ck stands behind edge k."""
    claims = tuple((f"c{k}",) for k in range(len(edges)))
    built = digraph(edges, names=names, claims=claims, self_limitation=self_limitation)
    return lens_on(built, draws=draws, seed=seed)


def press(**sizes: float) -> Action:
    """Pushes held for good."""
    return Action(press=tuple(sizes.items()))


def expecting(
    do: Action,
    *,
    alternatives: tuple[Alternative, ...] = (),
    untestable: str = "",
    **expect: str,
) -> Conclusion:
    """Conclusion stated by claim `said`."""
    return Conclusion(
        id="said",
        title="What was said",
        claims=("said",),
        do=do,
        expect=tuple(expect.items()),
        alternatives=alternatives,
        untestable=untestable,
    )
