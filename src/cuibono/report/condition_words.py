"""What must outweigh what, in words: strengths named by their links and claims."""

from collections.abc import Sequence

from cuibono.claims.records import Case
from cuibono.model.digraph import SignedDigraph
from cuibono.report.words import label
from cuibono.support.condition import Condition, Monomial

Told = tuple[str, tuple[str, ...]]
"""A sentence, and the claims that it names."""


def condition_told(item: Condition, graph: SignedDigraph, case: Case) -> Told:
    """Condition of a rise in words: what must outweigh what."""
    node = label(case, graph.names[item.node])
    up, down = _side(item.up, graph, case), _side(item.down, graph, case)
    claims = [c for k in item.edges for c in (graph.claims[k] if graph.claims else ())]
    if not item.up or not item.down:
        way = "rises" if item.up else "falls"
        return f"{node} {way} whatever the strengths, given an equilibrium.", ()
    return (
        f"{node} rises unless {down} outweighs {up}.",
        tuple(dict.fromkeys(claims)),
    )


def _side(
    terms: Sequence[tuple[Monomial, int]], graph: SignedDigraph, case: Case
) -> str:
    """Sum of products of strengths."""
    return " + ".join(
        (f"{times} x " if times > 1 else "")
        + (" x ".join(_factor(k, graph, case) for k in term) or "1")
        for term, times in terms
    )


def _factor(k: int, graph: SignedDigraph, case: Case) -> str:
    """One strength: a link with its claims, or an assumed self-limit."""
    if k < 0:
        return f"(self-limit of {label(case, graph.names[-k - 1])}, assumed)"
    tail = label(case, graph.names[graph.tail[k]])
    head = label(case, graph.names[graph.head[k]])
    claims = f": {', '.join(graph.claims[k])}" if graph.claims else ""
    return f"({tail} on {head}{claims})"
