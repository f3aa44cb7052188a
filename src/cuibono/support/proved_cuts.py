"""Least cuts with what proves them: by claim, voice or source.

A sign that the signs of the premises alone decide can vanish when claims are withdrawn,
but not turn: what is left of its terms has the same sign, given an equilibrium. It
vanishes when no path is left. So the claims that carry it are a cut: by greatest flow
where each claim stands behind one edge of the paths, as a covering problem (a label
cut) where claims, voices or sources stand behind several.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cuibono.model.digraph import SignedDigraph
from cuibono.support.cuts import cover_of_paths
from cuibono.support.flow import BOUNDLESS, greatest_flow
from cuibono.support.relevance import Behind, Ends, near_edges, parted

MOST_LOOKS = 200_000
"""Partial covers that a check looks at before it says that it cannot tell."""


class Proof(StrEnum):
    """What a cut rests on."""

    FLOW = "maximum flow"
    COVER = "hitting set"
    NO_PATH = "no path"
    UNCUTTABLE = "a path without claims"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Fewest names (claims, voices or sources) without which no path is left.

    Attributes
    ----------
    names : tuple of str
        In order of the model's edges; empty where there is nothing to cut.
    proof : Proof
        How it was found; STOPPED has no result.
    bound : int
        No set with fewer names than this parts the ends: the flow's value, or the
        solver's bound. Equal to the count of names where the cut is proven.
    paths : tuple of tuples of int
        The certificate. FLOW: paths of which no two use one claim. COVER: paths that
        no smaller set can all break.
    target : int
        Node that is cut off.
    """

    names: tuple[str, ...]
    proof: Proof
    bound: int
    paths: tuple[tuple[int, ...], ...]
    target: int


def least_cut(
    graph: SignedDigraph, behind: Behind, starts: Sequence[int], target: int
) -> Cut:
    """Fewest names behind edges whose withdrawal leaves no path to a target.

    Parameters
    ----------
    graph : SignedDigraph
        The model.
    behind : (m,) tuple of tuples of str
        Names behind each edge: an edge falls with all of them, never if it has none.
    starts : sequence of int
        Positions pushed.
    target : int
        Position asked about; not one of the starts.

    Raises
    ------
    ValueError
        If the target is one of the starts.
    """
    if target in starts:
        raise ValueError("a node that is pushed itself cannot be cut off")
    near = near_edges(graph, (list(starts), [target]))
    if parted(graph, (), (list(starts), [target])):
        return _nothing(Proof.NO_PATH, target)
    told = [name for k in near.nonzero()[0] for name in behind[k]]
    if len(told) > len(set(told)):
        return _by_cover(graph, behind, list(starts), target)
    capacity = [(len(behind[k]) or BOUNDLESS) if near[k] else 0 for k in range(graph.m)]
    flow = greatest_flow(graph, capacity, starts, target)
    if flow.value >= BOUNDLESS:
        return _nothing(Proof.UNCUTTABLE, target)
    edges = [k for k in flow.cut if near[k]]
    return Cut(
        names=tuple(name for k in edges for name in behind[k]),
        proof=Proof.FLOW,
        bound=flow.value,
        paths=flow.paths,
        target=target,
    )


def _nothing(proof: Proof, target: int) -> Cut:
    return Cut(names=(), proof=proof, bound=0, paths=(), target=target)


def _by_cover(
    graph: SignedDigraph, behind: Behind, starts: list[int], target: int
) -> Cut:
    """Cut as a covering problem in whole numbers."""
    found = cover_of_paths(graph, behind, starts, target)
    if found is None:
        return _nothing(Proof.STOPPED, target)
    if not found.names:
        return _nothing(Proof.UNCUTTABLE, target)
    return Cut(
        names=found.names,
        proof=Proof.COVER,
        bound=found.bound,
        paths=tuple(map(tuple, found.paths)),
        target=target,
    )


def cut_of(graph: SignedDigraph, behind: Behind, ends: Ends) -> Cut:
    """Least of the cuts that take a target from the pushes; one target is enough.

    UNCUTTABLE where every target is pushed itself.
    """
    starts, targets = ends
    found = [least_cut(graph, behind, starts, x) for x in targets if x not in starts]
    real = [cut for cut in found if cut.names]
    if real:
        return min(real, key=lambda cut: len(cut.names))
    return found[0] if found else _nothing(Proof.UNCUTTABLE, targets[0])


def named(behind: Behind, of: Mapping[str, str]) -> Behind:
    """What stands behind each edge by another name: voices or sources of its claims."""
    return tuple(tuple(dict.fromkeys(of[name] for name in ids)) for ids in behind)


def check_cut(
    graph: SignedDigraph, behind: Behind, starts: Sequence[int], cut: Cut
) -> bool:
    """Whether a cut is one, and its certificate proves that none is smaller.

    Uses neither the flow nor the solver that found it. False also where a cover is too
    large to be checked within `MOST_LOOKS` looks.
    """
    gone = set(cut.names)
    edges = [k for k, ids in enumerate(behind) if ids and set(ids) <= gone]
    apart = parted(graph, edges, (list(starts), [cut.target]))
    if not cut.names or not apart or cut.bound != len(cut.names):
        return False
    if not all(_is_path(graph, path, starts, cut.target) for path in cut.paths):
        return False
    if cut.proof is Proof.FLOW:
        return _packed(behind, cut)
    looks = [MOST_LOOKS]
    smaller = _broken(behind, cut.paths, frozenset(), len(cut.names) - 1, looks)
    return not smaller and looks[0] > 0


def _is_path(
    graph: SignedDigraph, path: Sequence[int], starts: Sequence[int], target: int
) -> bool:
    """Whether edges lead from a start to the target, one after the other."""
    at = [int(graph.tail[path[0]]), *(int(graph.head[k]) for k in path)]
    joined = all(int(graph.tail[k]) == at[i] for i, k in enumerate(path))
    return joined and at[0] in starts and at[-1] == target


def _packed(behind: Behind, cut: Cut) -> bool:
    """Whether the paths use no edge more often than it has claims, none of them twice."""
    use: dict[int, int] = {}
    for path in cut.paths:
        for k in path:
            use[k] = use.get(k, 0) + 1
    told = [name for k in use for name in behind[k]]
    within = all(not behind[k] or times <= len(behind[k]) for k, times in use.items())
    return within and len(told) == len(set(told)) and len(cut.paths) == cut.bound


def _broken(
    behind: Behind,
    paths: Sequence[Sequence[int]],
    gone: frozenset[str],
    left: int,
    looks: list[int],
) -> bool:
    """Whether so many more names break every path: some edge of each must fall."""
    looks[0] -= 1
    whole = next(
        (
            path
            for path in paths
            if not any(behind[k] and gone.issuperset(behind[k]) for k in path)
        ),
        None,
    )
    if whole is None:
        return True
    for k in whole:
        more = frozenset(behind[k]) - gone
        if not more or len(more) > left or looks[0] <= 0:
            continue
        if _broken(behind, paths, gone | more, left - len(more), looks):
            return True
    return False
