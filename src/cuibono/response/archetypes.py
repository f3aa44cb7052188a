"""System archetypes: patterns of loops that conflict analysts are trained to look for.

A pattern is a shape of loops and nothing more. That a map holds the shape of
"escalation" says what the map claims, not what is the case.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cuibono.model.digraph import SignedDigraph
from cuibono.response.loops import Loop, loops


@dataclass(frozen=True, slots=True, kw_only=True)
class Archetype:
    """One occurrence of a pattern.

    Attributes
    ----------
    name : str
        As trained analysts call it.
    says : str
        The shape in words, with the names of the nodes.
    loops : tuple of Loop
        The loops that make it, those of the shape's first part first.
    roles : tuple of (str, int)
        Position of the node that plays each role.
    """

    name: str
    says: str
    loops: tuple[Loop, ...]
    roles: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Occurrences, smallest first; `complete` if none was left out."""

    archetypes: tuple[Archetype, ...]
    complete: bool


def archetypes(g: SignedDigraph, *, max_length: int = 5, most: int = 200) -> Found:
    """Return the archetypes that a map's loops form.

    Escalation: two nodes, each of which raises the other. Success to the successful:
    two nodes, each of which lowers the other. Fixes that fail: a fix lowers what calls
    for it, and through other nodes raises it again. Shifting the burden: two fixes of
    one problem, of which the first wears the second down. Limits to success: a
    reinforcing loop of which a node also drives a balancing loop through others.
    Loops with an unknown sign belong to none.

    Parameters
    ----------
    g : SignedDigraph
        The map.
    max_length : int
        Longest loop looked at.
    most : int
        Most occurrences of each pattern.

    References
    ----------
    Senge (1990), The Fifth Discipline. Kim (1992), Systems Archetypes I. USAID (2011),
    Systems Thinking in Conflict Assessment. Ricigliano (2012), Making Peace Last.

    Examples
    --------
    >>> from cuibono.model.digraph import digraph
    >>> race = digraph([("Arda", "Brun", 1), ("Brun", "Arda", 1)])
    >>> archetypes(race).archetypes[0].says
    'Arda raises Brun, and Brun raises Arda'
    """
    listed = loops(g, max_length=max_length)
    stated = [loop for loop in listed.loops if loop.sign and len(loop.nodes) > 1]
    found: list[Archetype] = []
    complete = listed.complete
    for search in _SEARCHES:
        mine: list[Archetype] = []
        for one in search(g, stated):
            if len(mine) == most:
                complete = False
                break
            mine.append(one)
        found += mine
    return Found(archetypes=tuple(found), complete=complete)


def _signs(g: SignedDigraph, loop: Loop) -> list[int]:
    """Signs of a loop's edges."""
    return [int(g.sign[k]) for k in loop.edges]


def _escalation(g: SignedDigraph, found: list[Loop]) -> Iterator[Archetype]:
    """Two nodes that raise each other."""
    for loop in found:
        if len(loop.nodes) == 2 and _signs(g, loop) == [1, 1]:
            one, other = (g.names[k] for k in loop.nodes)
            yield Archetype(
                name="escalation",
                says=f"{one} raises {other}, and {other} raises {one}",
                loops=(loop,),
                roles=(("one", loop.nodes[0]), ("other", loop.nodes[1])),
            )


def _success(g: SignedDigraph, found: list[Loop]) -> Iterator[Archetype]:
    """Two nodes that lower each other: who is ahead gets further ahead."""
    for loop in found:
        if len(loop.nodes) == 2 and _signs(g, loop) == [-1, -1]:
            one, other = (g.names[k] for k in loop.nodes)
            yield Archetype(
                name="success to the successful",
                says=f"{one} lowers {other}, and {other} lowers {one}: who is ahead "
                "gets further ahead",
                loops=(loop,),
                roles=(("one", loop.nodes[0]), ("other", loop.nodes[1])),
            )


def _fixes(g: SignedDigraph, found: list[Loop]) -> list[tuple[int, int, Loop]]:
    """Problem, fix and loop wherever a problem raises what lowers it."""
    pairs = []
    for loop in found:
        if len(loop.nodes) != 2 or loop.sign > 0:
            continue
        signs = _signs(g, loop)
        problem, fix = loop.nodes if signs == [1, -1] else loop.nodes[::-1]
        pairs.append((problem, fix, loop))
    return pairs


def _follows(loop: Loop, one: int, other: int) -> bool:
    """Whether a loop goes straight from one node to another."""
    at = loop.nodes.index(one) if one in loop.nodes else -1
    return at >= 0 and loop.nodes[(at + 1) % len(loop.nodes)] == other


def _fixes_that_fail(g: SignedDigraph, found: list[Loop]) -> Iterator[Archetype]:
    """A fix that lowers the problem at once and raises it by way of others."""
    for problem, fix, short in _fixes(g, found):
        for long in found:
            if (
                long.sign > 0
                and len(long.nodes) > 2
                and _follows(long, problem, fix)
                and int(g.sign[long.edges[long.nodes.index(problem)]]) > 0
            ):
                way = " and ".join(
                    g.names[k] for k in long.nodes if k not in {problem, fix}
                )
                yield Archetype(
                    name="fixes that fail",
                    says=f"{g.names[fix]} lowers {g.names[problem]}, which calls for it, "
                    f"and raises it again by way of {way}",
                    loops=(short, long),
                    roles=(("problem", problem), ("fix", fix)),
                )


def _shifting_the_burden(g: SignedDigraph, found: list[Loop]) -> Iterator[Archetype]:
    """Two fixes of one problem; the quick one lowers the lasting one."""
    lowers = {
        (int(t), int(h))
        for t, h, sign in zip(g.tail, g.head, g.sign, strict=True)
        if sign < 0
    }
    fixes = _fixes(g, found)
    for problem, quick, first in fixes:
        for again, lasting, second in fixes:
            if again == problem and (quick, lasting) in lowers:
                names = [g.names[k] for k in (quick, lasting, problem)]
                yield Archetype(
                    name="shifting the burden",
                    says=f"{names[0]} and {names[1]} both lower {names[2]}, which calls "
                    f"for them, and {names[0]} wears {names[1]} down",
                    loops=(first, second),
                    roles=(
                        ("problem", problem),
                        ("quick", quick),
                        ("lasting", lasting),
                    ),
                )


def _limits(g: SignedDigraph, found: list[Loop]) -> Iterator[Archetype]:
    """A reinforcing loop, one node of which also drives a balancing loop."""
    growing = [loop for loop in found if loop.sign > 0]
    holding = [loop for loop in found if loop.sign < 0]
    pairs = sorted(
        (
            (one, other)
            for one in growing
            for other in holding
            if len(set(one.nodes) & set(other.nodes)) == 1
        ),
        key=lambda pair: (len(pair[0].nodes) + len(pair[1].nodes), pair[0].nodes),
    )
    for one, other in pairs:
        shared = next(iter(set(one.nodes) & set(other.nodes)))
        told = [
            " and ".join(g.names[k] for k in loop.nodes if k != shared)
            for loop in (one, other)
        ]
        yield Archetype(
            name="limits to success",
            says=f"{g.names[shared]} and {told[0]} reinforce each other; {told[1]} "
            f"holds {g.names[shared]} back",
            loops=(one, other),
            roles=(("grows", shared),),
        )


_SEARCHES: tuple[Callable[[SignedDigraph, list[Loop]], Iterator[Archetype]], ...] = (
    _escalation,
    _success,
    _fixes_that_fail,
    _shifting_the_burden,
    _limits,
)
"""One search a pattern: add one here."""
