"""Policies by outcomes: what each thing that the sources name does to each outcome."""

from collections.abc import Sequence
from dataclasses import dataclass

from cuibono.claims.records import Action, Conclusion
from cuibono.questions.action import done_to
from cuibono.questions.answer import Change
from cuibono.questions.follows import SIGNS
from cuibono.questions.lens import Lens

MOST_OUTCOMES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One thing done, and what it does to each outcome.

    Attributes
    ----------
    id, title : str
        Of the conclusion or alternative that names it.
    changes : tuple of Change or None
        One an outcome; None where the model does not have the node, or the policy
        pushes it.
    """

    id: str
    title: str
    changes: tuple[Change | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTable:
    """Policies by outcomes, under the first prior and by structure."""

    prior: str
    outcomes: tuple[str, ...]
    policies: tuple[Policy, ...]


def policy_table(lens: Lens, conclusions: Sequence[Conclusion]) -> PolicyTable:
    """Return what every policy that conclusions name does to every outcome they name.

    The same action is listed once, under the first title that names it. Outcomes are
    those expected most often first, at most twelve.

    Parameters
    ----------
    lens : Lens
        On the reading's model.
    conclusions : sequence of Conclusion
        Their actions, and those of their alternatives.
    """
    named: dict[str, int] = {}
    for item in conclusions:
        for node, word in item.expect:
            if word in SIGNS and node in lens.graph.names:
                named[node] = named.get(node, 0) + 1
    outcomes = tuple(
        sorted(named, key=lambda node: (-named[node], node))[:MOST_OUTCOMES]
    )
    found: dict[Action, Policy] = {}
    for item in conclusions:
        told = [(item.id, item.title, item.do)]
        told += [
            (f"{item.id}: {other.id}", other.title, other.do)
            for other in item.alternatives
        ]
        for name, title, action in told:
            if action not in found and not item.untestable:
                found[action] = Policy(
                    id=name, title=title, changes=_changes(lens, action, outcomes)
                )
    return PolicyTable(
        prior=lens.priors[0].name,
        outcomes=outcomes,
        policies=tuple(one for one in found.values() if any(one.changes)),
    )


def _changes(
    lens: Lens, action: Action, outcomes: tuple[str, ...]
) -> tuple[Change | None, ...]:
    """What an action does to each outcome."""
    done = done_to(lens.graph, action)
    if not done.push:
        return (None,) * len(outcomes)
    seen = lens.on(done.graph, first_prior_only=True)
    pushed = {at for at, _ in done.push}
    nodes = [done.graph.position(name) for name in outcomes]
    asked = [node for node in nodes if node not in pushed]
    told = dict(zip(asked, seen.changes(done.push, asked), strict=True))
    return tuple(told.get(node) for node in nodes)
