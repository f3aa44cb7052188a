"""Who benefits: which nodes rise and which fall when one is pushed."""

from collections.abc import Sequence
from dataclasses import replace

from cuibono.claims.records import Action
from cuibono.questions.action import done_to
from cuibono.questions.answer import Answer, Change, ChangeClass, Verdict
from cuibono.questions.lens import Lens

SURE = (
    ChangeClass.CERTAIN,
    ChangeClass.ALL_PRIORS,
    ChangeClass.LEANS,
    ChangeClass.PRIOR_DEPENDENT,
    ChangeClass.AMBIGUOUS,
    ChangeClass.NO_EQUILIBRIUM,
    ChangeClass.NO_PATH,
)
"""Classes from the surest down; tables are in this order."""


def benefits(
    lens: Lens, action: Action, *, name: str, title: str, of: Sequence[str] = ()
) -> Answer:
    """Who rises and who falls under an action.

    Parameters
    ----------
    lens : Lens
        On the reading's model.
    action : Action
        Usually one press.
    name, title : str
        Of the answer.
    of : sequence of str, optional
        Nodes to tell about; all that the push can reach if not given.

    Notes
    -----
    Equilibrium change ``-A^-1 b`` over stable models of the sign pattern (Puccia and
    Levins 1985; Dambacher, Li and Rossignol 2002).
    """
    return _told(lens, action, "benefits", name, title, of)


def policy(
    lens: Lens, action: Action, *, name: str, title: str, of: Sequence[str] = ()
) -> Answer:
    """What a policy does to named targets: presses, links, nodes held or taken out."""
    return _told(lens, action, "policy", name, title, of)


def _told(
    lens: Lens, action: Action, question: str, name: str, title: str, of: Sequence[str]
) -> Answer:
    """Changes under an action, the surest first."""
    done = done_to(lens.graph, action)
    seen = lens.on(done.graph)
    blank = Answer(
        question=question,
        id=name,
        title=title,
        reading=lens.model.reading.id,
        verdict=Verdict.NOT_CONNECTED,
    )
    if not done.push:
        names = done.unknown or tuple(name for name, _ in action.press)
        target = next(iter(of), "")
        return replace(
            blank,
            reason="the reading's premises state nothing that follows from "
            + ", ".join(names or ("what is done",)),
            missing=(names[0], target) if names else None,
        )
    pushed = {at for at, _ in done.push}
    asked = [name for name in of if name in done.graph.names]
    if of:
        nodes = [done.graph.position(name) for name in asked]
    else:
        nodes = [
            node
            for node in range(done.graph.n)
            if node not in pushed and any(seen.reach[node, at] for at in pushed)
        ]
    changes = tuple(sorted(seen.changes(done.push, nodes), key=_order))
    claims = sorted({claim for change in changes for claim in change.claims})
    return replace(
        blank,
        verdict=_overall(seen, changes),
        changes=changes,
        claims=tuple(claims),
        sampling=() if seen.no_equilibrium else seen.sampling(),
    )


def _order(change: Change) -> tuple[int, int, float]:
    """Surest first; within a class rises, then falls, the strongest first."""
    most = max([share.share for share in (*change.up, *change.down)], default=0.0)
    return SURE.index(change.kind), -change.sign, -most


def _overall(seen: Lens, changes: tuple[Change, ...]) -> str:
    """Class of the answer as a whole: that of its surest change."""
    if seen.no_equilibrium:
        return ChangeClass.NO_EQUILIBRIUM
    return changes[0].kind if changes else ChangeClass.NO_PATH
