"""Whether the questions that a case asks can be asked of it."""

from cuibono.claims.names import alias_table, nearest
from cuibono.claims.records import Case, Question
from cuibono.errors import Problems, UsageError
from cuibono.questions.catalogue import QUESTIONS, question_kind
from cuibono.study.parts import PARTS


def question_problems(case: Case) -> Problems:
    """Every question of a case that is not known, or whose inputs cannot be read."""
    problems = Problems()
    known = [*PARTS, *(kind.name for kind in QUESTIONS)]
    names = alias_table(case.nodes)
    for item in case.questions:
        if item.ask in PARTS:
            continue
        if item.ask not in known:
            problems.add(
                "case.toml",
                column=f"question {item.id}: ask",
                found=f'"{item.ask}"',
                expected="one of " + ", ".join(known),
                mend=nearest(item.ask, known),
            )
            continue
        for found, expected in _faults(item, names):
            problems.add(
                "case.toml",
                column=f"question {item.id}: inputs",
                found=found,
                expected=expected,
                mend=question_kind(item.ask).example,
            )
    return problems


def _faults(item: Question, names: dict[str, str]) -> list[tuple[str, str]]:
    """What is wrong with a question's inputs, and what was expected."""
    kind = question_kind(item.ask)
    known = [name for name, _ in kind.inputs]
    inputs = dict(item.inputs)
    found = [
        (f'"{name}"', "one of " + ", ".join(known))
        for name in inputs
        if name not in known
    ]
    try:
        kind.reads(inputs, names)
    except UsageError as error:
        found.append((str(error), "nodes of this case, and pushes such as name=+1"))
    return found
