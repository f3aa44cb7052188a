"""Balance by its definition: every partition, every triple, every choice of signs."""

from collections.abc import Iterator
from itertools import combinations, product

from cuibono.model.graph import SignedGraph

Tie = tuple[int, int, int, float]


def ties(g: SignedGraph) -> list[Tie]:
    """List ends, sign and weight of every tie."""
    return [
        (int(i), int(j), int(sign), float(weight))
        for (i, j), sign, weight in zip(g.ends, g.sign, g.weight, strict=True)
    ]


def sides(n: int) -> Iterator[tuple[int, ...]]:
    """Yield every split in two; the first actor stays on side 1."""
    for rest in product((1, -1), repeat=max(n - 1, 0)):
        yield (1, *rest)[:n]


def price(g: SignedGraph, side: tuple[int, ...]) -> float:
    """Sum the weights of negative ties within and positive ties between the sides."""
    return sum(w for i, j, s, w in ties(g) if s and s != side[i] * side[j])


def frustration_index(g: SignedGraph) -> float:
    """Return the least price over all splits."""
    return min(price(g, side) for side in sides(g.n))


def optimal_splits(g: SignedGraph) -> set[tuple[int, ...]]:
    """Collect the splits of the least price, with each component's first actor in 1."""
    least = frustration_index(g)
    first = _first_of_component(g)
    return {
        side
        for side in product((1, -1), repeat=g.n)
        if all(side[i] == 1 for i in first) and abs(price(g, side) - least) < 1e-9
    }


def _first_of_component(g: SignedGraph) -> set[int]:
    """Collect the first actor of each component, disputed ties aside."""
    label = list(range(g.n))
    for i, j, sign, _ in ties(g):
        if sign:
            low, high = sorted((label[i], label[j]))
            label = [low if x == high else x for x in label]
    return set(label)


def greatest_index(g: SignedGraph) -> float:
    """Return the greatest index over all choices of the disputed signs."""
    return max(_indices(g))


def least_index(g: SignedGraph) -> float:
    """Return the least index over all choices of the disputed signs."""
    return min(_indices(g))


def _indices(g: SignedGraph) -> Iterator[float]:
    """Yield the index under every choice of the disputed signs."""
    disputed = [k for k in range(g.m) if g.sign[k] == 0]
    for choice in product((1, -1), repeat=len(disputed)):
        sign = g.sign.copy()
        for k, value in zip(disputed, choice, strict=True):
            sign[k] = value
        yield frustration_index(g.with_sign(sign))


def weak_index(g: SignedGraph, most: int) -> float:
    """Return the least price over all partitions into at most `most` factions."""
    return min(
        sum(w for i, j, s, w in ties(g) if s and (s > 0) != (label[i] == label[j]))
        for label in product(range(min(most, g.n)), repeat=g.n)
    )


def triads(g: SignedGraph) -> list[tuple[int, int, int, tuple[int, int, int]]]:
    """List every triple of actors with three ties, and their signs."""
    sign = {(i, j): s for i, j, s, _ in ties(g)}
    return [
        (i, j, k, (sign[i, j], sign[i, k], sign[j, k]))
        for i, j, k in combinations(range(g.n), 3)
        if {(i, j), (i, k), (j, k)} <= sign.keys()
    ]
