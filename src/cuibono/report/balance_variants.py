"""Block models, relaxed and directed balance: JSON objects, and lines for people."""

from itertools import product
from typing import Any

from cuibono.balance.block_models import BlockModels
from cuibono.balance.directed import (
    DirectedTies,
    directed_frustration,
    transitive_triads,
)
from cuibono.balance.relaxed import RelaxedBalance
from cuibono.formats.symmetrise import Statements, directed
from cuibono.model.graph import SignedGraph

_RULES = {
    (1, 1): "friend of a friend is a friend",
    (1, -1): "enemy of a friend is an enemy",
    (-1, 1): "friend of an enemy is an enemy",
    (-1, -1): "enemy of an enemy is a friend",
}


def blocks_document(g: SignedGraph, models: BlockModels) -> dict[str, object]:
    """JSON object of the block models, that of the fewest bits first."""
    return {
        "best": models.best.name,
        "ahead_bits": None if models.ahead == float("inf") else models.ahead,
        "models": [
            {
                "name": model.name,
                "bits": model.bits,
                "groups": model.count,
                "group_of": dict(zip(g.names, model.groups.tolist(), strict=True)),
            }
            for model in models.models
        ],
    }


def relaxed_document(g: SignedGraph, found: RelaxedBalance) -> dict[str, object]:
    """JSON object of relaxed balance."""
    return {
        "upper_bound": found.upper,
        "proven": found.proved,
        "factions": dict(zip(g.names, found.partition.tolist(), strict=True)),
        "block_signs": found.block_sign.tolist(),
        "inconsistent_ties": len(found.inconsistent),
    }


def directed_document(
    stated: Statements, *, most_factions: int | None, time_limit: float | None
) -> dict[str, object]:
    """JSON object of balance and triads with the direction of ties kept."""
    kept = directed(stated)
    ties = DirectedTies(
        names=kept.names, arcs=kept.arcs, sign=kept.sign, weight=kept.weight
    )
    found = directed_frustration(
        ties, most_factions=most_factions, time_limit=time_limit
    )
    triads = transitive_triads(ties)
    return {
        "m": len(kept.sign),
        "contradictory": kept.contradictory,
        "lower_bound": found.lower,
        "upper_bound": found.upper,
        "proven": found.lower == found.upper,
        "contradicted": found.contradicted,
        "transitive_triads": {
            "".join("+-"[bit] for bit in signs): count
            for signs, count in zip(
                product((0, 1), repeat=3), triads.counts, strict=True
            )
        },
        "balanced_share": triads.balanced,
        "rules": {
            rule: triads.agreeing(first, second)
            for (first, second), rule in _RULES.items()
        },
    }


def variant_lines(told: dict[str, Any]) -> list[str]:
    """What was asked for beside the index, line by line."""
    lines = []
    if "block_models" in told:
        models = told["block_models"]
        bits = ", ".join(
            f"{one['name']} ({one['groups']} groups) {one['bits']:.1f}"
            for one in models["models"]
        )
        lead = models["ahead_bits"]
        ahead = "" if lead is None else f", ahead by {lead:.1f} bits"
        lines.append(f"block models, bits: {bits}; best {models['best']}{ahead}")
    if "relaxed" in told:
        relaxed = told["relaxed"]
        word = "proven" if relaxed["proven"] else "the least found"
        count = len(relaxed["block_signs"])
        lines.append(
            f"relaxed balance with {count} factions: {relaxed['upper_bound']:g} ({word})"
        )
    if "directed" in told:
        lines += _directed_lines(told["directed"])
    return lines


def _directed_lines(found: dict[str, Any]) -> list[str]:
    """Directed balance and the four rules along ties."""
    bounds = f"{found['upper_bound']:g}"
    if not found["proven"]:
        bounds = f"[{found['lower_bound']:g}, {found['upper_bound']:g}]"
    head = (
        f"with direction: {found['m']} ties, frustration {bounds}, of it "
        f"{found['contradicted']:g} by pairs that contradict each other"
    )
    lines = [head]
    for rule, share in found["rules"].items():
        if share is not None:
            lines.append(f"  {rule}: in a share of {share:.3f} of such triads")
    return lines
