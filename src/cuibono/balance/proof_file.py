"""What of an answer goes into a certificate file, by the names of the actors."""

from cuibono.balance.certificate import Frustration, Proof
from cuibono.balance.verify import SCHEMA, Tie, network_digest
from cuibono.model.graph import SignedGraph

_SAYS = {
    Proof.BALANCED: "the sides frustrate nothing",
    Proof.PACKING: "the cycles carry what the sides frustrate",
    Proof.RELAXATION: "the sides and the cycles can be checked; that no partition costs "
    "less than the lower bound, beyond what the cycles carry, was computed in floating "
    "point from a semidefinite relaxation",
    Proof.SEARCH: "the sides and the cycles can be checked; that no partition costs less "
    "than the lower bound, beyond what the cycles carry, is the word of a solver",
    Proof.BOUNDS: "not proven: the index lies between the two bounds",
}


def named_ties(g: SignedGraph) -> list[Tie]:
    """List the ties by name, with sign and weight."""
    return [
        (g.names[i], g.names[j], sign, weight)
        for (i, j), sign, weight in zip(
            g.ends.tolist(), g.sign.tolist(), g.weight.tolist(), strict=True
        )
    ]


def certificate_document(g: SignedGraph, found: Frustration) -> dict[str, object]:
    """Certificate of a frustration index as JSON: sides, cycles, hash of the network.

    Where the proof is a search, `solver_word` is true: what the lower bound has beyond
    the cycles cannot be checked. Ties left free (disputed) cost nothing in it.

    Parameters
    ----------
    g : SignedGraph
        The network.
    found : Frustration
        Its index, under the signs of `g`.

    Raises
    ------
    ValueError
        If `found` holds under other signs than those of `g`.
    """
    if found.signs.tolist() != g.sign.tolist():
        raise ValueError(
            "found must hold under the signs of g, with disputed ties free"
        )
    ends = g.ends.tolist()
    return {
        "schema": SCHEMA,
        "network_sha256": network_digest(named_ties(g)),
        "proof": found.proof.value,
        "says": _SAYS[found.proof],
        "lower_millionths": round(found.lower * 1e6),
        "upper_millionths": round(found.upper * 1e6),
        "solver_word": found.lower_is_word,
        "sides": dict(zip(g.names, found.partition.tolist(), strict=True)),
        "cycles": [
            {
                "actors": [g.names[i] for i in _around([ends[t] for t in cycle.ties])],
                "billionths": round(cycle.weight * 1e9),
            }
            for cycle in found.cycles
        ],
    }


def _around(pairs: list[list[int]]) -> list[int]:
    """Actors in the order in which the ties go around."""
    here = next(end for end in pairs[0] if end not in pairs[1])
    actors = []
    for one, other in pairs:
        actors.append(here)
        here = other if here == one else one
    return actors
