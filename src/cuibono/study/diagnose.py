"""Can the reading's model rest: loops, components, equilibrium."""

from cuibono.model.digraph import SignedDigraph
from cuibono.questions.lens import Lens
from cuibono.response.loops import Loop, loop_balance, loops
from cuibono.response.sign_stability import sign_stable
from cuibono.study.records import Block, Diagnosis, LoopLine

LONGEST = 7
MOST = 600


def diagnose(lens: Lens) -> Diagnosis:
    """Loops, components and equilibrium of a reading's model."""
    graph = lens.graph
    found = loops(graph, max_length=LONGEST, most=MOST)
    lines = tuple(_line(graph, loop) for loop in found.loops)
    kinds = loop_balance(graph)
    blocks = tuple(
        Block(nodes=tuple(graph.names[i] for i in members), kind=kind.value)
        for members, kind in zip(lens.components.members, kinds, strict=True)
        if kind.value != "no loop"
    )
    causes = lens.no_equilibrium
    return Diagnosis(
        blocks=blocks,
        loops=lines,
        longest=LONGEST,
        complete=found.complete,
        reinforcing=sum(line.sign > 0 for line in lines),
        balancing=sum(line.sign < 0 for line in lines),
        unknown=sum(line.sign == 0 for line in lines),
        sign_stable=sign_stable(graph),
        impossible=tuple(cause.reason.value for cause in causes),
        impossible_loops=tuple(
            _line(graph, loop) for cause in causes for loop in cause.loops
        ),
        sampling=() if causes or not graph.n else lens.sampling(),
    )


def _line(graph: SignedDigraph, loop: Loop) -> LoopLine:
    """Loop by node ids, with the claims behind its links."""
    claims = {c for edge in loop.edges for c in (graph.claims or ((),) * graph.m)[edge]}
    return LoopLine(
        nodes=tuple(graph.names[i] for i in loop.nodes),
        sign=loop.sign,
        claims=tuple(sorted(claims)),
    )
