"""One conclusion under one reading, with all that carries its answer."""

from dataclasses import dataclass
from typing import Any, TypeVar

from cuibono.claims.records import Case, Conclusion, Reading
from cuibono.errors import UsageError
from cuibono.model.build import build_model
from cuibono.model.digraph import SignedDigraph
from cuibono.questions.answer import Answer
from cuibono.questions.follows import follows
from cuibono.questions.lens import Lens
from cuibono.study.document import plain
from cuibono.study.run import DRAWS, SEED, Progress, silent
from cuibono.support.carriers import Carriers, carriers
from cuibono.support.condition import Condition


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CarriedAnswer:
    """An answer and what carries it; `carriers` is None where no model gives one."""

    case: Case
    reading: Reading
    conclusion: Conclusion
    answer: Answer
    carriers: Carriers | None
    seed: int
    draws: int


def authors_of(case: Case) -> dict[str, str]:
    """Author of each source, empty where the case does not name one."""
    return {source.id: source.author for source in case.sources}


def carried_answer(
    case: Case,
    question: str,
    *,
    reading: str | None = None,
    max_size: int = 3,
    seed: int = SEED,
    draws: int = DRAWS,
    progress: Progress = silent,
) -> CarriedAnswer:
    """What carries the answer to one conclusion of a case.

    Parameters
    ----------
    case : Case
        A valid case.
    question : str
        Id of a conclusion.
    reading : str, optional
        The first if not given.
    max_size : int
        Flip sets are sought exhaustively up to this size.
    seed, draws : int
        Decide every draw.
    progress : callable, optional
        Told what is done, and how far it is.

    Raises
    ------
    UsageError
        If the case has no such reading or conclusion.
    """
    chosen = _named(case.readings, reading or case.readings[0].id, "reading")
    asked = _named(case.conclusions, question, "conclusion")
    lens = Lens(build_model(case, chosen), seed=seed, draws=draws)
    progress("asking", 0, 5)
    answer = follows(lens, asked)
    found = carriers(
        lens,
        asked,
        answer,
        max_size=max_size,
        authors=authors_of(case),
        progress=progress,
    )
    return CarriedAnswer(
        case=case,
        reading=chosen,
        conclusion=asked,
        answer=answer,
        carriers=found,
        seed=seed,
        draws=draws,
    )


Item = TypeVar("Item", Reading, Conclusion)


def _named(items: tuple[Item, ...], name: str, what: str) -> Item:
    """Return the item of that name.

    Raises
    ------
    UsageError
        If there is none.
    """
    for item in items:
        if item.id == name:
            return item
    known = ", ".join(item.id for item in items) or "none"
    raise UsageError(f'no {what} "{name}"; this case has: {known}')


def carries_document(found: CarriedAnswer) -> dict[str, Any]:
    """JSON object of an answer and what carries it, links by their nodes."""
    return {
        "case": found.case.id,
        "reading": found.reading.id,
        "seed": found.seed,
        "draws": found.draws,
        "digests": dict(found.case.digests),
        "conclusion": found.conclusion.id,
        "answer": plain(found.answer),
        "carriers": None if found.carriers is None else carriers_plain(found.carriers),
    }


def carriers_plain(found: Carriers) -> dict[str, Any]:
    """JSON object of what carries an answer."""
    graph = found.graph
    return {
        "against": found.against,
        "prior": found.prior,
        "share": round(found.base, 6),
        "models": found.models,
        "cuts": [
            {
                "by": kind,
                "names": list(cut.names),
                "proof": cut.proof.value,
                "bound": cut.bound,
                "checked": checked,
                "paths": [[_link(graph, k) for k in path] for path in cut.paths],
            }
            for kind, cut, checked in found.cuts
        ],
        "flip_sets": [
            {
                **{k: v for k, v in plain(item).items() if k != "sets"},
                "sets": [
                    {**plain(one), "edges": [_link(graph, k) for k in one.edges]}
                    for one in item.sets
                ],
            }
            for item in found.flips
        ],
        "wider": plain(found.wider),
        "drawn_anew": plain(found.resampled),
        "shapley": {kind: plain(shares) for kind, shares in found.shapley},
        "conditions": [_condition(graph, item) for item in found.conditions],
        "independent_support": plain(found.backing),
        "dropped": plain(found.dropped),
    }


def _link(graph: SignedDigraph, edge: int) -> dict[str, object]:
    """Link of a model by its nodes, with its claims."""
    return {
        "from": graph.names[graph.tail[edge]],
        "to": graph.names[graph.head[edge]],
        "sign": {1: "+", -1: "-", 0: "?"}[int(graph.sign[edge])],
        "claims": list(graph.claims[edge]) if graph.claims else [],
    }


def _condition(graph: SignedDigraph, item: Condition) -> dict[str, object]:
    """Condition with its factors by name: links, and self-limits that are assumed."""

    def factor(k: int) -> dict[str, object]:
        return _link(graph, k) if k >= 0 else {"self_limit": graph.names[-k - 1]}

    return {
        "node": graph.names[item.node],
        "raised_by": [
            {"times": n, "factors": [factor(k) for k in term]} for term, n in item.up
        ],
        "lowered_by": [
            {"times": n, "factors": [factor(k) for k in term]} for term, n in item.down
        ],
    }
