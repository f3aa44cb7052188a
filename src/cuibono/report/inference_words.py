"""Models compared, uncertain links weighed, implications: JSON objects and lines."""

from collections.abc import Sequence

from cuibono.model.digraph import SignedDigraph
from cuibono.response.compare import Comparison, EdgeEvidence
from cuibono.response.implications import Event, Implication, Implications

_MOST = 40


def comparison_document(
    names: Sequence[str], found: Comparison, seed: int
) -> dict[str, object]:
    """JSON object of alternative models."""
    return {
        "models": [
            {
                "model": name,
                "prior_weight": one.prior_weight,
                "posterior": one.posterior,
                "posterior_of_stable": one.posterior_of_stable,
                "likelihood_of_all": one.of_all,
                "likelihood_of_stable": one.of_stable,
                "error_of_all": one.error_of_all,
                "error_of_stable": one.error_of_stable,
                "accepted": one.sampled.accepted,
                "stable": one.sampled.stable,
                "draws": round(one.sampled.draws),
                "finished": one.sampled.finished,
            }
            for name, one in zip(names, found.contenders, strict=True)
        ],
        "bayes_factors": [
            [value if value == value else None for value in row]
            for row in found.bayes_factors.tolist()
        ],
        "seed": seed,
    }


def comparison_lines(names: Sequence[str], found: Comparison) -> list[str]:
    """Likelihoods and posterior of each model, line by line."""
    lines = [
        f"{name}: accepted {one.of_all:.4f} of all drawn (standard error "
        f"{one.error_of_all:.4f}), {one.of_stable:.4f} of stable ones; posterior "
        f"{one.posterior:.3f} (by stable ones {one.posterior_of_stable:.3f})"
        for name, one in zip(names, found.contenders, strict=True)
    ]
    lines.append(
        "The first likelihood counts stability as evidence, the second does not; a "
        "posterior compares these models with each other alone."
    )
    return lines


def evidence_document(
    name: str, g: SignedDigraph, found: EdgeEvidence, seed: int
) -> dict[str, object]:
    """JSON object of uncertain links."""
    return {
        "model": name,
        "accepted": found.accepted,
        "stable": found.stable,
        "links": [
            {
                "links": [_link(g, k) for k in edges],
                "present": float(found.present[at]),
                "before": float(found.before[at]),
                "error": found.error(at),
            }
            for at, edges in enumerate(found.sets)
        ],
        "together": found.together.tolist(),
        "r_hat": found.r_hat,
        "finished": found.finished,
        "seed": seed,
    }


def _link(g: SignedDigraph, k: int) -> list[object]:
    """One link as [from, to, sign]."""
    return [g.names[g.tail[k]], g.names[g.head[k]], int(g.sign[k])]


def evidence_lines(g: SignedDigraph, found: EdgeEvidence) -> list[str]:
    """Uncertain links, those that the observations speak for most first."""
    order = sorted(range(len(found.sets)), key=lambda at: -float(found.present[at]))
    lines = [
        f"{found.accepted} models agree with what was observed, of {found.stable} stable"
    ]
    for at in order:
        links = " and ".join(
            f"{g.names[g.tail[k]]} to {g.names[g.head[k]]}" for k in found.sets[at]
        )
        lines.append(
            f"{links}: present in {found.present[at]:.3f} of these models (standard error "
            f"{found.error(at):.3f}), in {found.before[at]:.3f} of all stable ones"
        )
    return lines


def implications_document(
    name: str, g: SignedDigraph, found: Implications, seed: int
) -> dict[str, object]:
    """JSON object of what always goes together."""
    return {
        "model": name,
        "press": {g.names[node]: size for node, size in found.press.items()},
        "implications": [
            {
                "words": one.words(g.names),
                "whenever": [_event(g, event) for event in one.whenever],
                "then": _event(g, one.then),
                "support": one.support,
                "most_violated": one.most_violated,
                "back": one.back,
            }
            for one in found.found
        ],
        "together": [[_event(g, event) for event in group] for group in found.groups],
        "always": [_event(g, event) for event in found.always],
        "accepted": found.accepted,
        "approximate": found.approximate,
        "seed": seed,
    }


def _event(g: SignedDigraph, event: Event) -> list[object]:
    """A response as [node, sign]."""
    return [g.names[event.node], event.sign]


def implications_lines(g: SignedDigraph, found: Implications) -> list[str]:
    """What always goes together, line by line, with the bound on violations."""
    word = {1: "rises", -1: "falls", 0: "stays"}
    always = [
        f"{g.names[one.node]} {word[one.sign]}" for one in found.always if one.sign
    ]
    settled = ", ".join(always) or "nothing"
    lines = [f"{found.accepted} models accepted; in every one of them: {settled}"]
    lines += [_implication(g, one) for one in found.found[:_MOST]]
    if len(found.found) > _MOST:
        lines.append(f"and {len(found.found) - _MOST} more, in the JSON")
    return lines


def _implication(g: SignedDigraph, one: Implication) -> str:
    """One implication with what stands behind it."""
    return (
        f"{one.words(g.names)} (in all {one.support} models in which it happens; violated "
        f"in at most a share of {one.most_violated:.4f}, with 95 in 100 certainty)"
    )
