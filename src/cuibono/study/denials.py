"""What voices deny, held against what the model says all the same."""

from cuibono.model.build import Constraint, SignedModel
from cuibono.questions.answer import SETTLED
from cuibono.questions.lens import Lens
from cuibono.study.records import Denial


def denials(model: SignedModel, lens: Lens) -> tuple[Denial, ...]:
    """Every denied or rejected proposition with what the reading's models give for it.

    A denial is gone against where a rise of the one node moves the other in the denied
    way: by structure, or in at least nine tenths of the models under the first prior.
    """
    return tuple(
        Denial(constraint=item, outcome=_outcome(item, lens))
        for item in model.constraints
    )


def _outcome(item: Constraint, lens: Lens) -> str:
    """What the models give for one denied proposition."""
    names = lens.graph.names
    wanted = item.sign.value_in_model
    if item.tail not in names or item.head not in names or item.tail == item.head:
        return "not in the model"
    tail, head = names.index(item.tail), names.index(item.head)
    if not lens.reach[head, tail]:
        return "kept: no stated path"
    if lens.no_equilibrium or not wanted:
        return "open"
    sign = lens.structural_sign([(tail, 1.0)], head)
    if sign != 2:
        return "gone against" if sign == wanted else "kept"
    prior = lens.priors[0]
    if not lens.ensemble(prior).draws:
        return "open"
    moved = lens.responses(prior, [(tail, 1.0)])[:, head] * wanted
    share = float((moved > 0).mean())
    if share >= SETTLED:
        return "gone against"
    return "kept" if share <= 1 - SETTLED else "open"
